"""What the conversation asks about free words that people typed: whether they may be published."""

from collections.abc import Callable, Iterable

from impact_cli.answers.consent import find_personal, find_unasked
from impact_cli.answers.sheet import Sheet
from impact_cli.catalogue.model import Catalogue, Section
from impact_cli.survey import wording
from impact_cli.survey.prompter import Prompter


def ask_clearance(
    prompter: Prompter, catalogue: Catalogue, sheet: Sheet, sections: Iterable[Section], keep: Callable[[Sheet], None]
) -> bool:
    """Ask once about each text of these sections that nobody was asked about; `keep` saves each reply.

    False where somebody wanted to pause: what was not said is asked at the next occasion.
    """
    asked = {section.id for section in sections}
    for key, text in find_unasked(catalogue, sheet).items():
        if key.partition(".")[0] not in asked:
            continue
        seems = find_personal(text, sheet.venue)
        title = wording.say_clearance(catalogue.questions[key].topic, text, seems)
        chosen = prompter.choose(title, wording.list_clearances(safe_first=bool(seems)))
        if chosen is None:
            return False
        publish = chosen == wording.MAY_PUBLISH
        sheet = sheet.with_consent(key, publish=publish)
        keep(sheet)
        prompter.say(wording.CLEARED[publish])
    return True
