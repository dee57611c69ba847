"""What the plain face says: words, which a screen reader speaks."""

from collections.abc import Sequence

from impact_cli.report.french import lower_first

# The commands of the plain face, each alone on its line: words, which a screen reader says.
BACK, OTHER, PAUSE, HELP = "retour", "menu", "pause", "aide"
ASIDE = f"Tapez {HELP} pour en savoir plus."
COMMANDS = (
    f"Seul sur sa ligne\u00a0: {BACK} pour la question précédente, {OTHER} pour passer, ne pas savoir ou"
    f" aller ailleurs, {PAUSE} pour arrêter."
)
CUT = (
    "Cette ligne est trop longue pour ce terminal, qui l’a coupée\u00a0: elle n’est pas gardée. Collez-la en plusieurs"
    " lignes, ou répondez sans --plain."
)
HALF = "Une ligne qu’Entrée n’a pas validée n’est pas gardée."
NONE, ALL = "aucun", "tout"
SKIPS = "Ligne vide\u00a0: passer."
KEEPS = "Ligne vide\u00a0: la garder."
NUMBER = "Un numéro de la liste."
NUMBERS = "Un ou plusieurs numéros, séparés par des virgules."
KEYWORDS = "Des mots, séparés par des virgules."
LINES = "Plusieurs lignes possibles, terminées par une ligne vide."
WORDS = "Quelques mots, sur une ligne."
FIGURES = "Un nombre, en chiffres."


def say_all_word(label: str) -> str:
    """The word that ticks what a `label` says."""
    return f"{ALL} coche {lower_first(label)}."


def say_ticks_wanted(ticked: Sequence[int], *, all_of_them: bool) -> str:
    """How lines are ticked in the plain face, also at one stroke, and which are."""
    now = f" Cochés maintenant\u00a0: {', '.join(map(str, ticked))}." if ticked else ""
    return f"Les numéros, séparés par des virgules, {f'{ALL} ' if all_of_them else ''}ou {NONE}.{now}"
