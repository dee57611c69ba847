"""What the conversation asks about free words that people typed: which of them may be published."""

from collections.abc import Iterable, Mapping, Sequence

from impact_cli.answers.consent import find_personal, find_unasked, texts_of
from impact_cli.answers.sheet import Sheet
from impact_cli.catalogue.conditions import section_of
from impact_cli.catalogue.model import Section
from impact_cli.survey.prompter import Choice, Prompter
from impact_cli.survey.record import Record
from impact_cli.survey.wording import consent


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
    sheet = record.sheet
    seems = {key: find_personal(text, sheet.venue) for key, text in texts.items()}
    topics = {key: record.catalogue.questions[key].topic for key in texts}
    former = _list_published(record, texts, before)
    ticked = prompter.tick(
        f"{consent.say_former(before[0].edition)}\n{consent.TITLE}" if former else consent.TITLE,
        [Choice(key, consent.say_text(topics[key], text, seems[key])) for key, text in texts.items()],
        [key for key in texts if sheet.may_publish(key) or key in former],
        Choice([key for key in texts if not seems[key]], consent.say_all(warned=any(seems.values()))),
    )
    if ticked is None:
        return False
    for key in texts:
        sheet = sheet.with_consent(key, publish=key in ticked)
    record.write_consent(sheet)
    prompter.say(consent.say_consented(len(ticked), len(texts)))
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
