"""What the conversation asks about free words that people typed: which of them may be published."""

from collections.abc import Iterable, Mapping

from impact_cli.answers.consent import find_personal, find_unasked, texts_of
from impact_cli.catalogue.model import Section
from impact_cli.survey.prompter import Choice, Prompter
from impact_cli.survey.record import Record
from impact_cli.survey.wording import consent


def ask_consent(prompter: Prompter, record: Record, sections: Iterable[Section], *, again: bool = False) -> bool:
    """Ask about the texts that nobody was asked about, or `again` about all; False where somebody wants to pause.

    Nothing is ticked but what was before: without a tick, nothing is published.
    """
    texts = _list_texts(record, {section.id for section in sections}, again=again)
    if not texts:
        return True
    sheet = record.sheet
    seems = {key: find_personal(text, sheet.venue) for key, text in texts.items()}
    topics = {key: record.catalogue.questions[key].topic for key in texts}
    ticked = prompter.tick(
        consent.TITLE,
        [Choice(key, consent.say_text(topics[key], text, seems[key])) for key, text in texts.items()],
        [key for key in texts if sheet.may_publish(key)],
        Choice([key for key in texts if not seems[key]], consent.say_all(warned=any(seems.values()))),
    )
    if ticked is None:
        return False
    for key in texts:
        sheet = sheet.with_consent(key, publish=key in ticked)
    record.write_consent(sheet)
    prompter.say(consent.say_consented(len(ticked), len(texts)))
    return True


def _list_texts(record: Record, sections: set[str], *, again: bool) -> Mapping[str, str]:
    found = (texts_of if again else find_unasked)(record.catalogue, record.sheet)
    return {key: text for key, text in found.items() if key.partition(".")[0] in sections}
