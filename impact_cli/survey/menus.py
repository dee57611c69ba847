"""The menus of the conversation: what somebody wants instead of answering, and where they want to go."""

from collections.abc import Mapping, Sequence

from impact_cli.answers.progress import measure_progress
from impact_cli.answers.sheet import Silence
from impact_cli.catalogue.model import Section
from impact_cli.catalogue.paper import SILENCES
from impact_cli.survey.prompter import Choice, Prompter, Step, Wish
from impact_cli.survey.route import Route
from impact_cli.survey.steps import name_step
from impact_cli.typography import SEMICOLON

WHAT_NOW = "Que voulez-vous faire\u202f?"
JUMP_TITLE = "Quelle rubrique\u202f?"
STAY_LABEL = "Revenir à la question"
_JUMP_LABEL = "Aller à une autre rubrique"
_LEAVE_LABEL = "Arrêter ici et reprendre plus tard"
_AT_PAUSE = (Choice(Wish.STAY, STAY_LABEL), Choice(Wish.JUMP, _JUMP_LABEL), Choice(Wish.LEAVE, _LEAVE_LABEL))

# What can be done once all is asked.
FINISH, FILL, REVISIT, LATER = "finish", "fill", "jump", "later"


def choose_other(prompter: Prompter, step: Step, silences: Sequence[Silence], *, has_texts: bool) -> Wish:
    """What to do with a question, below it; of the `silences`, those that it can keep."""
    answered = step.current is not None
    replies = (
        Choice(Wish.STAY, STAY_LABEL),
        Choice(Wish.SKIP, "Garder la réponse et continuer" if answered else "Passer la question"),
        *(Choice(Wish(silence), label) for silence, label in SILENCES.items() if silence in silences),
        *([Choice(Wish.ERASE, "Effacer la réponse enregistrée")] if answered else []),
        Choice(Wish.BACK, "Revenir à la question précédente"),
        Choice(Wish.JUMP, _JUMP_LABEL),
        *([Choice(Wish.CONSENT, "Revoir ce qui peut être publié")] if has_texts else []),
        Choice(Wish.LEAVE, _LEAVE_LABEL),
    )
    title = f"{name_step(step)}\nQue faire de cette question\u202f?"
    return prompter.choose(title, replies, escape=Wish.STAY) or Wish.PAUSE


def choose_at_pause(prompter: Prompter, *, has_drafts: bool) -> Wish:
    """What to do after Ctrl-C; a second one leaves."""
    saved = "Tout ce que vous avez validé est enregistré."
    if has_drafts:
        saved = "Ce que vous avez validé est enregistré\u202f; ce que vous aviez commencé est gardé."
    return prompter.choose(f"{saved}\n{WHAT_NOW}", _AT_PAUSE, escape=Wish.STAY, leaves=True) or Wish.LEAVE


def choose_section(prompter: Prompter, route: Route, stay_label: str, at: str | None = None) -> str | Wish:
    """The id of a section, STAY for Esc and the line of `stay_label`, PAUSE for Ctrl-C; opened `at` where one is."""
    shown = {section.id for section in route.sections}
    choices: list[Choice[str | Wish]] = []
    for family in route.record.catalogue.families:
        sections = [section for section in family.sections if section.id in shown]
        choices += [
            Choice(section.id, _tell_progress(route, section), family.title if section is sections[0] else "")
            for section in sections
        ]
    choices.append(Choice(Wish.STAY, stay_label))
    return prompter.choose(JUMP_TITLE, choices, escape=Wish.STAY, at=at) or Wish.PAUSE


def _tell_progress(route: Route, section: Section) -> str:
    progress = measure_progress(route.record.catalogue, route.record.sheet, [section.id])
    return f"{section.title} ({progress.answered}\u00a0sur\u00a0{progress.concerned})"


def choose_to_review(prompter: Prompter, asked: str, told: Mapping[str, str]) -> str | Wish:
    """Which of the answers that are `told` to look at again, by its key; STAY for none of them, PAUSE for Ctrl-C."""
    lines: list[Choice[str | Wish]] = [Choice(key, f"Revoir {line}") for key, line in told.items()]
    lines.append(Choice(Wish.STAY, "Laisser ces réponses telles quelles"))
    return prompter.choose(asked, lines, escape=Wish.STAY) or Wish.PAUSE


def choose_at_end(prompter: Prompter, unsaid: int) -> str | None:
    """What to do once all is asked, with `unsaid` questions without an answer; None for Ctrl-C."""
    fill = "Répondre à la question restante" if unsaid == 1 else f"Répondre aux {unsaid} questions restantes"
    choices = (
        Choice(FINISH, "Terminer\u00a0: ma fiche est complète"),
        *([Choice(FILL, fill)] if unsaid else []),
        Choice(REVISIT, "Revoir une rubrique"),
        Choice(LATER, _LEAVE_LABEL),
    )
    return prompter.choose("Et maintenant\u202f?", choices)


def tell_unsaid(route: Route) -> list[str]:
    """What has no answer yet: whole sections by their titles, subjects elsewhere."""
    whole, partly = [], []
    for section in route.sections:
        places = [place for place in route.places if place.section is section]
        subjects = [place.question.topic for place in places if route.record.is_unsaid(place)]
        if len(subjects) == len(places):
            whole.append(section.title)
        elif subjects:
            partly.append(f"• {section.title}\u00a0: {', '.join(dict.fromkeys(subjects))}.")
    if not whole and not partly:
        return ["Toutes les questions ont reçu une réponse."]
    sections = [f"• Rubriques entières\u00a0: {SEMICOLON.join(whole)}."] if whole else []
    return ["Sans réponse pour l’instant\u00a0:", *sections, *partly]
