"""What the conversation asks about free words that people typed: which of them may be published."""

from collections.abc import Iterable, Mapping, Sequence

from impact_cli.answers.consent import find_personal, find_unasked, texts_of
from impact_cli.answers.sheet import Sheet
from impact_cli.catalogue.conditions import section_of
from impact_cli.catalogue.model import Section
from impact_cli.report.french import raise_first
from impact_cli.survey.prompter import Choice, Prompter
from impact_cli.survey.record import Record
from impact_cli.typography import cut_line

_TITLE = "Cochez ce qui peut être publié, tel quel\u202f; le reste ne quitte pas le lieu."
_EXCERPT_LENGTH = 160  # characters of a text about which one is asked: six of them fit in 24 rows


def ask_consent(
    prompter: Prompter, record: Record, sections: Iterable[Section], before: Sequence[Sheet], *, again: bool
) -> bool:
    """Ask about the texts that nobody was asked about, or `again` about all; False where somebody wants to pause.

    Nothing is ticked but what was before, in this edition or, the same words, in the one that it starts from: without
    a tick, nothing is published.
    """
    texts = _list_texts(record, {section.id for section in sections}, again=again)
    if not texts:
        return True
    sheet, questions = record.sheet, record.catalogue.questions
    seems = {key: find_personal(text, sheet.venue) for key, text in texts.items()}
    former = _list_published(record, texts, before)
    title = f"{_say_former(before[0].edition)}\n{_TITLE}" if former else _TITLE
    lines = [Choice(key, say_text(questions[key].topic, text, seems[key])) for key, text in texts.items()]
    standing = [key for key in texts if sheet.may_publish(key) or key in former]
    careful = [key for key in texts if not seems[key]]
    ticked = prompter.tick(title, lines, standing, Choice(careful, _say_all(warned=len(careful) < len(texts))))
    if ticked is None:
        return False
    for key in texts:
        sheet = sheet.with_consent(key, publish=key in ticked)
    record.write_consent(sheet)
    prompter.say(say_consented(len(ticked), len(texts)))
    return True


def _list_published(record: Record, keys: Iterable[str], before: Sequence[Sheet]) -> list[str]:
    """The texts that the only edition before may publish in the same words, and that this one was not asked about."""
    if len(before) != 1:
        return []
    former, sheet = before[0], record.sheet
    same = (key for key in keys if former.answers.get(key) == sheet.answers.get(key))
    return [key for key in same if former.may_publish(key) and sheet.find_consent(key) is None]


def _list_texts(record: Record, sections: set[str], *, again: bool) -> Mapping[str, str]:
    found = (texts_of if again else find_unasked)(record.catalogue, record.sheet)
    return {key: text for key, text in found.items() if section_of(key) in sections}


def _say_former(edition: str) -> str:
    return f"Déjà coché\u00a0: ce que l’édition {edition} publie, dans les mêmes mots."


def say_text(topic: str, text: str, seems: Sequence[str] = ()) -> str:
    """Words that somebody typed, by their subject and beginning, and what they `seem` to hold."""
    warning = f" (peut-être {' et '.join(seems)})" if seems else ""
    return f"{raise_first(topic)}\u00a0: «\u00a0{cut_line(text, _EXCERPT_LENGTH)}\u00a0»{warning}"


def _say_all(*, warned: bool) -> str:
    """The line that ticks all texts at once, save those that may name somebody and are `warned` of."""
    return "Tous ces textes, sauf ceux signalés par «\u00a0peut-être\u00a0»" if warned else "Tous ces textes"


def say_consented(published: int, total: int) -> str:
    """What was said about the publication of so many texts."""
    if not published:
        return "✓ Rien de tout cela ne sera publié." if total > 1 else "✓ Ces mots ne seront pas publiés."
    if published == total:
        return "✓ Tout cela peut être publié." if total > 1 else "✓ Ces mots peuvent être publiés."
    able = "peut être publié" if published == 1 else "peuvent être publiés"
    return f"✓ {published}\u00a0sur\u00a0{total} {able}, {'les autres' if total - published > 1 else 'l’autre'} non."
