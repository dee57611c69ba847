"""What the conversation asks about free words that people typed: which of them may be published."""

from collections.abc import Mapping

from impact_cli.answers.consent import find_personal
from impact_cli.answers.sheet import Sheet
from impact_cli.catalogue.model import Catalogue
from impact_cli.survey import wording
from impact_cli.survey.prompter import Choice, Prompter


def ask_consent(prompter: Prompter, catalogue: Catalogue, sheet: Sheet, texts: Mapping[str, str]) -> Sheet | None:
    """The sheet with what was said about each of these texts; None where somebody wanted to pause.

    Nothing is ticked but what was before: without a tick, nothing is published.
    """
    choices = [
        Choice(key, wording.say_text(catalogue.questions[key].topic, text, find_personal(text, sheet.venue)))
        for key, text in texts.items()
    ]
    ticked = prompter.tick(wording.CONSENT_TITLE, choices, [key for key in texts if sheet.may_publish(key)])
    if ticked is None:
        return None
    for key in texts:
        sheet = sheet.with_consent(key, publish=key in ticked)
    return sheet
