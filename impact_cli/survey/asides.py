"""The menus of the conversation: what somebody wants instead of answering, and where they want to go."""

from collections.abc import Mapping, Sequence

from impact_cli.answers.progress import measure_progress
from impact_cli.answers.sheet import Silence
from impact_cli.survey.prompter import Choice, Prompter, Step, Wish
from impact_cli.survey.record import Record
from impact_cli.survey.route import Route
from impact_cli.survey.steps import name_step
from impact_cli.survey.wording import menus


def choose_other(prompter: Prompter, step: Step, silences: Sequence[Silence], *, has_texts: bool) -> Wish:
    """What to do with a question, below it."""
    replies = menus.list_other_replies(silences, answered=step.current is not None, has_texts=has_texts)
    return prompter.choose(f"{name_step(step)}\n{menus.OTHER_TITLE}", replies, escape=Wish.STAY) or Wish.PAUSE


def choose_at_pause(prompter: Prompter, *, has_drafts: bool) -> Wish:
    """What to do after Ctrl-C; a second one leaves."""
    title = f"{menus.SAVED_AND_KEPT if has_drafts else menus.SAVED}\n{menus.WHAT_NOW}"
    return prompter.choose(title, menus.PAUSE_CHOICES, escape=Wish.STAY, leaves=True) or Wish.LEAVE


def choose_section(prompter: Prompter, route: Route, stay_label: str, at: str | None = None) -> str | Wish:
    """The id of a section, STAY for Esc and the line of `stay_label`, PAUSE for Ctrl-C; opened `at` where one is."""
    shown = {section.id for section in route.sections}
    choices: list[Choice[str | Wish]] = []
    for family in route.record.catalogue.families:
        heading = family.title
        for section in family.sections:
            if section.id in shown:
                choices.append(Choice(section.id, _tell_progress(route.record, section.id, section.title), heading))
                heading = ""
    choices.append(Choice(Wish.STAY, stay_label))
    return prompter.choose(menus.JUMP_TITLE, choices, escape=Wish.STAY, at=at) or Wish.PAUSE


def _tell_progress(record: Record, section: str, title: str) -> str:
    return menus.say_progress(title, measure_progress(record.catalogue, record.sheet, [section]))


def choose_to_review(prompter: Prompter, asked: str, told: Mapping[str, str]) -> str | Wish:
    """Which of the answers that are `told` to look at again, by its key; STAY for none of them, PAUSE for Ctrl-C."""
    lines: list[Choice[str | Wish]] = [*(Choice(key, line) for key, line in told.items())]
    lines.append(Choice(Wish.STAY, menus.KEEP_BOTH_LABEL))
    return prompter.choose(asked, lines, escape=Wish.STAY) or Wish.PAUSE


def tell_unsaid(route: Route) -> list[str]:
    """What has no answer yet: whole sections by their titles, subjects elsewhere."""
    whole, partly = [], []
    for section in route.sections:
        places = [place for place in route.places if place.section is section]
        subjects = [place.question.topic for place in places if route.record.is_unsaid(place)]
        if len(subjects) == len(places):
            whole.append(section.title)
        elif subjects:
            partly.append((section.title, list(dict.fromkeys(subjects))))
    return menus.say_review(whole, partly)
