"""What stands below a prompt: what keys do there, and why something was refused."""

from impact_cli.errors import shorten


def join_keys(*keys: str) -> str:
    """The keys on one line, which breaks between two of them only."""
    return "\u00a0· ".join(key.replace(" ", "\u00a0") for key in keys)


# The keys, said at the bottom of every prompt of the terminal: those that a field takes as it stands, then the others.
KEY_ENTER, KEY_SPACE = "Entrée valide", "Espace coche"
KEY_NEW_LINE, KEY_CHANGE = "Ctrl-J à la ligne", "Flèches changent"
KEY_ARROWS = "Flèches ou chiffres choisissent"
KEYS_ASIDE = ("Tab menu", "Maj-Tab retour", "Ctrl-C pause")
KEYS_MENU = ("Ctrl-C sort",)
KEYS_TICKS = ("Ctrl-C pause",)


def list_menu_keys(*, escapes: bool, leaves: bool) -> tuple[str, ...]:
    """What leads out of a menu: back to the question, or out of the survey."""
    return (*(["Échap revient"] if escapes else []), *(KEYS_MENU if leaves else KEYS_TICKS))


NOTHING_CHOSEN = "Rien n’est choisi. Entrée encore une fois\u00a0: passer la question."
POINT_FIRST = "Choisissez d’abord, avec les flèches ou un chiffre."
NOTHING_TYPED = "Rien n’est écrit. Entrée encore une fois : passer la question."
NOTHING_TICKED = "Rien n’est coché. Entrée encore une fois\u00a0: rien ne sera publié."
_INSIST = "Validez encore une fois pour le noter."


def say_heard(number: int | None) -> str:
    """A number that was heard in words, or figures that are no single one, to be confirmed."""
    if number is None:
        return "ce n’est pas un seul nombre. Validez encore une fois pour garder vos mots, sans nombre."
    return f"compris\u00a0: {number}. {_INSIST}"


def say_to_come(year: str) -> str:
    """A year that has not come yet, to be confirmed."""
    return f"{year} est une année à venir. {_INSIST}"


def say_no_figures(typed: str) -> str:
    """Letters where figures are usual, to be confirmed."""
    return f"des chiffres sont attendus ici, pas «\u00a0{typed}\u00a0». {_INSIST}"


TICK_ONE = "Rien n’est coché. Entrée encore une fois\u00a0: passer la question."
KEEPS_ANSWER = "Votre réponse d’avant est gardée. Pour l’enlever\u00a0: Tab, puis «\u00a0Effacer\u00a0»."


def say_no_such_number(number: int, most: int) -> str:
    """A number typed for a line of a list that has `most` lines."""
    return f"il n’y a pas de numéro {number}\u00a0: la liste va de 1 à {most}."


def say_no_such_option(given: str, most: int) -> str:
    """Words typed where lines of a list that has `most` lines are chosen by their numbers."""
    return f"«\u00a0{shorten(given)}\u00a0» n’est pas dans la liste, qui va de 1 à {most}."


def say_not_on_list(most: int) -> str:
    """Words typed where a line of a menu is chosen by its number."""
    return f"Tapez un numéro de 1 à {most}."
