"""The French of the conversation: every word that the faces of the survey show."""

from impact_cli.answers.sheet import Silence


def _join_keys(*keys: str) -> str:
    """The keys on one line, which breaks between two of them only."""
    return "\u00a0· ".join(key.replace(" ", "\u00a0") for key in keys)


# The keys, said at the bottom of every prompt of the terminal; the longest line just fits 80 columns.
_ENTER, _ASIDE = "Entrée valide", ("Tab autre réponse", "Maj-Tab retour", "Ctrl-C pause")
KEYS_CHOICE = KEYS_WORDS = _join_keys(_ENTER, *_ASIDE)
KEYS_TICKS = _join_keys("Espace coche", _ENTER, *_ASIDE)
KEYS_LINES = _join_keys("Deux fois Entrée valide", *_ASIDE)
KEYS_LINE = _join_keys(_ENTER, "Ctrl-C sort")
KEYS_MENU = _join_keys("Flèches ou chiffres", _ENTER, "Ctrl-C sort")

TICK_ONE = "Cochez avec la barre d’espace, ou Tab pour une autre réponse."
KEEPS_ANSWER = "La réponse d’avant est gardée tant que rien ne la remplace\u202f; Tab pour l’effacer."

# The commands of the plain face, each alone on its line.
PLAIN_BACK = "<"
PLAIN_OTHER = "?"
PLAIN_PAUSE = "!"
PLAIN_ASIDE = (
    f"{PLAIN_BACK} question précédente, {PLAIN_OTHER} autre réponse, {PLAIN_PAUSE} pause, chacun seul sur sa ligne."
)
PLAIN_SKIPS = "Ligne vide\u00a0: passer."
PLAIN_KEEPS = "Ligne vide\u00a0: la garder."
PLAIN_NUMBER = "Un numéro de la liste."
PLAIN_NUMBERS = "Un ou plusieurs numéros, séparés par des virgules."
PLAIN_KEYWORDS = "Des mots, séparés par des virgules."
PLAIN_LINES = "Plusieurs lignes possibles, terminées par une ligne vide."
PLAIN_WORDS = "Quelques mots, sur une ligne."
PLAIN_FIGURES = "Un nombre, en chiffres."

SILENCES = {
    Silence.SKIPPED: "passée",
    Silence.NOT_KNOWN: "ne sait pas",
    Silence.NOT_APPLICABLE: "sans objet",
}


def say_place(number: int, total: int) -> str:
    """Where a question stands in its section."""
    return f"Question {number} sur {total}"


def say_section(title: str, number: int, total: int) -> str:
    """Where a section stands in the survey."""
    return f"{title} · rubrique {number} sur {total}"


def say_example(example: str) -> str:
    """An invented answer, named as one."""
    return f"Exemple\u00a0: {example}"


def say_current(answer: str) -> str:
    """What the sheet holds for the question."""
    return f"Réponse actuelle\u00a0: {answer}"


def say_proposed(answer: str) -> str:
    """What stands in the field, and is not in the sheet yet."""
    return f"Réponse proposée\u00a0: {answer}"


def say_answered(topic: str, answer: str) -> str:
    """The line that stays on the screen once a question is answered."""
    return f"✓ {capitalize(topic)}\u00a0: {answer}"


def say_mark(mark: str, most: int, level: str) -> str:
    """A mark of a rating, with the name of its level."""
    return f"{mark} sur {most} ({level})"


def say_no_such_number(number: int, most: int) -> str:
    """A number typed for a line of a list that has `most` lines."""
    return f"il n’y a pas de numéro {number}\u00a0: la liste va de 1 à {most}."


def say_not_on_list(most: int) -> str:
    """Words typed where a line of a menu is chosen by its number."""
    return f"Tapez un numéro de 1 à {most}."


def capitalize(sentence: str) -> str:
    """The sentence with its first letter large, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]
