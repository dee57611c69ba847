"""How a conversation begins."""

from collections.abc import Sequence

from impact_cli.answers.progress import Progress
from impact_cli.report.french import tell_sheet
from impact_cli.survey.prompter import Choice

VENUE_TITLE = "De quel lieu s’agit-il\u202f?"
OTHER_VENUE, OTHER_VENUE_LABEL = "other", "Un autre lieu"
SAME_VENUE = "same"
NAME_NEEDED = "Il faut un nom pour ouvrir une fiche\u202f; Ctrl-C pour sortir."
NAME_TITLE = "Comment s’appelle votre lieu\u202f?"
FROM_FORMER, FROM_NOTHING = "former", "nothing"
RESUME, REDO, RENAME, LEAVE = "resume", "redo", "rename", "leave"
RESUME_REVIEW = "Relire ce qui manque, puis terminer"
START_CHOICES = (
    Choice(REDO, "Reprendre une rubrique depuis son début"),
    Choice(RENAME, "Corriger le nom du lieu"),
    Choice(LEAVE, "Ne rien changer"),
)


def say_unknown_venue(name: str) -> str:
    """Above the choice between a venue nearly named and a new one."""
    return f"Aucune fiche pour «\u00a0{name}\u00a0». Est-ce ce lieu\u202f?"


def say_new_venue(name: str) -> str:
    """A venue that has no sheet yet."""
    return f"Non, commencer une fiche pour «\u00a0{name}\u00a0»"


def say_new_edition(edition: str) -> str:
    """Above the choice of where a new edition starts."""
    return f"Comment commencer l’édition {edition}\u202f?"


def list_new_choices(before: Sequence[str]) -> tuple[Choice[str], ...]:
    """Where a new edition can start, when these are its voices, or the last edition."""
    what = f"réponses de l’édition {before[0]}" if len(before) == 1 else f"{len(before)} voix de cette édition"
    return (
        Choice(FROM_FORMER, f"Partir des {what}, à confirmer ou à changer une à une"),
        Choice(FROM_NOTHING, "Partir d’une fiche vierge"),
    )


def say_new(venue: str, edition: str) -> str:
    """A sheet that begins."""
    return f"{tell_sheet(venue, edition)}\u00a0: nouvelle fiche."


def say_introduction(sections: int, questions: int, minutes: int) -> str:
    """What is asked of somebody who begins, how long it takes, and what it gives."""
    counted = f"{_count(sections, 'rubrique')}, {_count(questions, 'question')}"
    return (
        f"{counted}\u00a0: comptez {_count(minutes, 'minute')}, en autant de fois que vous voulez. Chaque réponse est"
        " enregistrée aussitôt\u202f; toute question peut être passée. À la fin, un rapport à lire ou à remettre\u00a0:"
        " PDF, page web ou Word."
    )


def _count(number: int, noun: str) -> str:
    return f"{number}\u00a0{noun}{'s' if number > 1 else ''}"


def say_later_edition(year: str) -> str:
    """Said when an earlier edition goes on, to somebody who wants this year's."""
    return f"Pour commencer l’édition {year}\u00a0: ajoutez --edition {year}."


def say_found(venue: str, edition: str, progress: Progress, *, finished: bool) -> str:
    """The sheet that is there already, and how far it is."""
    state = "terminée" if finished else "en cours"
    return f"{tell_sheet(venue, edition)}\u00a0: fiche {state}, {progress.told}."


def say_resume(section: str, topic: str) -> str:
    """Where one was."""
    return f"Reprendre où vous en étiez\u00a0: {section}, {topic}"
