"""A question and its answer in words, and what was said of it before."""

from collections.abc import Sequence

from impact_cli.answers.sheet import Silence
from impact_cli.errors import shorten
from impact_cli.report.french import raise_first

SILENCES = {
    Silence.SKIPPED: "passée",
    Silence.NOT_KNOWN: "ne sait pas",
    Silence.NOT_APPLICABLE: "sans objet",
}


def say_place(number: int, total: int) -> str:
    """Where a question stands in its section."""
    return f"Question {number} sur\u00a0{total}"


def say_example(example: str) -> str:
    """An invented answer, named as one."""
    return f"Exemple\u00a0: {example}"


def say_current(answer: str) -> str:
    """What the sheet holds for the question."""
    return f"Réponse actuelle\u00a0: {answer}"


def say_proposed(answer: str) -> str:
    """What stands in the field, and is not in the sheet yet."""
    return f"Réponse proposée\u00a0: {answer}"


def say_answered(topic: str, answer: str, *, silent: bool = False) -> str:
    """The line that stays on the screen once a question is answered, or passed over in words."""
    return f"{'–' if silent else '✓'} {raise_first(topic)}\u00a0: {answer}"


def say_doubt(reason: str) -> str:
    """Why an answer that was read in a report is to be confirmed, without a stop."""
    return f"À confirmer, car {reason.rstrip('.')}"


def say_former(edition: str) -> str:
    """Above an answer proposed from an earlier edition."""
    return f"Réponse de l’édition {edition}, à confirmer ou à changer."


VOICES_AGREE = "Les voix qui ont répondu sont d’accord, à confirmer ou à changer\u00a0:"
ONE_VOICE = "Une seule voix a répondu, à confirmer ou à changer\u00a0:"
VOICES_DIFFER = "Les voix ne sont pas d’accord, à vous de choisir\u00a0:"
VOICES_SILENT = "Aucune voix n’a de réponse\u00a0:"
VOICES_TITLE = (
    "Au-dessus de chaque question, ce que chaque voix a répondu. Là où celles qui ont répondu disent la même"
    " chose, Entrée le confirme\u202f; ailleurs, c’est à vous de choisir."
)
ALL_VOICES = "toutes"
_MOST_NAMES = 4  # of voices that say the same: a line of 80 columns, or two


def say_voices(names: Sequence[str], answer: str) -> str:
    """Who gave an answer, by the names of the voices, and the answer."""
    shown = [shorten(name, 30) for name in names[:_MOST_NAMES]]
    others = len(names) - len(shown)
    more = f" et {others} autre{'s' if others > 1 else ''}" if others else ""
    return f"• {', '.join(shown)}{more}\u00a0: {answer}"


def say_other_answers(count: int) -> str:
    """Answers of voices that are not shown."""
    return f"• et {count} autre{'s' if count > 1 else ''} réponse{'s' if count > 1 else ''}"
