"""The menus of the conversation, and what stands above them: keys for the code, labels for people."""

from collections.abc import Sequence

from impact_cli.answers.progress import Progress
from impact_cli.answers.sheet import Silence
from impact_cli.survey.prompter import Choice, Wish
from impact_cli.typography import SEMICOLON


def say_section(title: str, number: int, total: int) -> str:
    """Where a section stands in the survey."""
    return f"{title} · rubrique\u00a0{number}\u00a0sur\u00a0{total}"


def say_time_left(minutes: int) -> str:
    """About how long the rest takes; nothing where nothing is left."""
    return f"Encore {minutes}\u00a0minutes environ." if minutes > 1 else "Encore une minute." if minutes else ""


GAIN = "Votre rapport dira\u00a0:"
KEEP_BOTH_LABEL = "Laisser ces réponses telles quelles"


def say_review_answer(topic: str, answer: str) -> str:
    """A line of the menu about answers that contradict each other."""
    return f"Revoir {topic}\u00a0: {answer}"


HALF_TYPED = "Commencé, pas encore validé."
SAVED_AND_KEPT = "Ce que vous avez validé est enregistré\u202f; ce que vous aviez commencé est gardé."
SAVED = "Tout ce que vous avez validé est enregistré."
NOTHING_BEFORE = "C’est la première question."
FINISHED = "Votre fiche est terminée."
ALL_ASKED = "Vous avez parcouru toutes les rubriques."

FINISH, FILL, REVISIT, LATER = "finish", "fill", "jump", "later"

STAY_LABEL = "Revenir à la question"
REVIEW_LABEL = "Revenir à ce qui manque"
_JUMP_LABEL = "Aller à une autre rubrique"
_LEAVE_LABEL = "Arrêter ici et reprendre plus tard"

OTHER_TITLE = "Que faire de cette question\u202f?"
WHAT_NOW = "Que voulez-vous faire\u202f?"
JUMP_TITLE = "Quelle rubrique\u202f?"
REVIEW_TITLE = "Et maintenant\u202f?"
PAUSE_CHOICES = (Choice(Wish.STAY, STAY_LABEL), Choice(Wish.JUMP, _JUMP_LABEL), Choice(Wish.LEAVE, _LEAVE_LABEL))


def list_other_replies(silences: Sequence[Silence], *, answered: bool, has_texts: bool) -> tuple[Choice[Wish], ...]:
    """The menu of all but an answer; of the `silences`, those that this question can keep."""
    said = {Silence.NOT_KNOWN: "Je ne sais pas", Silence.NOT_APPLICABLE: "Sans objet pour notre lieu"}
    return (
        Choice(Wish.STAY, STAY_LABEL),
        Choice(Wish.SKIP, "Garder la réponse et continuer" if answered else "Passer la question"),
        *(Choice(Wish(silence.value), label) for silence, label in said.items() if silence in silences),
        *([Choice(Wish.ERASE, "Effacer la réponse enregistrée")] if answered else []),
        Choice(Wish.BACK, "Revenir à la question précédente"),
        Choice(Wish.JUMP, _JUMP_LABEL),
        *([Choice(Wish.CONSENT, "Revoir ce qui peut être publié")] if has_texts else []),
        Choice(Wish.LEAVE, _LEAVE_LABEL),
    )


def list_review_choices(open_places: int) -> tuple[Choice[str], ...]:
    """The menu at the end of a survey, with `open_places` questions without an answer."""
    fill = "Répondre à la question restante" if open_places == 1 else f"Répondre aux {open_places} questions restantes"
    return (
        Choice(FINISH, "Terminer\u00a0: ma fiche est complète"),
        *([Choice(FILL, fill)] if open_places else []),
        Choice(REVISIT, "Revoir une rubrique"),
        Choice(LATER, _LEAVE_LABEL),
    )


def say_review(whole: Sequence[str], partly: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """What has no answer yet: titles of `whole` sections, then of others, each with its subjects."""
    if not whole and not partly:
        return ["Toutes les questions ont reçu une réponse."]
    titles = SEMICOLON.join(whole)
    sections = [f"• Rubriques entières\u00a0: {titles}."] if whole else []
    subjects = [f"• {title}\u00a0: {', '.join(topics)}." for title, topics in partly]
    return ["Sans réponse pour l’instant\u00a0:", *sections, *subjects]


def say_progress(title: str, progress: Progress) -> str:
    """A section in the list of sections."""
    return f"{title} ({progress.answered}\u00a0sur\u00a0{progress.concerned})"


# When all is said. The keys of the forms are those of the formats.
QUOTE, COMPARE, DONE = "quote", "compare", "done"
END_TITLE = "Votre rapport est prêt. Que voulez-vous en faire\u202f?"
QUOTE_TITLE = "Quels mots citer en première page\u202f?"
NO_QUOTATION = "Aucun"
QUOTED, UNQUOTED = "✓ Ces mots seront cités en première page.", "✓ La première page ne citera rien."


def list_end_choices(*, has_texts: bool, former: str | None = None) -> tuple[Choice[str], ...]:
    """The menu after a finished survey; `former` is the edition that it can be compared with."""
    return (
        Choice("terminal", "Le lire ici"),
        *([Choice(COMPARE, f"Le comparer avec l’édition {former}")] if former else []),
        Choice("pdf", "L’enregistrer en PDF et l’ouvrir"),
        Choice("html", "L’enregistrer en page web et l’ouvrir"),
        Choice("docx", "L’enregistrer pour Word et l’ouvrir"),
        *([Choice(QUOTE, "Choisir les mots cités en première page")] if has_texts else []),
        Choice(DONE, "C’est tout pour aujourd’hui"),
    )


# When the disk refuses.
RETRY, GIVE_UP = "retry", "give_up"
NOT_SAVED = "ATTENTION : VOTRE DERNIÈRE RÉPONSE N’EST PAS ENREGISTRÉE."
RETRY_LABEL = "Réessayer au même endroit"
GIVE_UP_LABEL = "Arrêter sans l’enregistrer"


def say_save_in(folder: object) -> str:
    """Another folder for the sheet."""
    return f"Enregistrer la fiche dans {folder}"


def say_spoilt_draft(path: object) -> str:
    """What somebody had half typed is in a file that nobody can read."""
    return f"Ce que vous aviez commencé à taper ne peut plus être lu\u202f; le fichier est gardé\u00a0: {path}"


def say_moved(path: object) -> str:
    """Where the sheet lies from now on."""
    return f"La fiche est maintenant dans {path}"


def say_lost(unsaved: Sequence[str]) -> str:
    """What stands on no disk, to be copied from the screen."""
    return "\n".join(["Pas enregistré, à copier d’ici si besoin :", *unsaved]) if unsaved else ""
