"""Numbers as people type them, prose around them included."""

import re

from impact_cli.typography import fold

_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\w])|(?<![\w.,])\d+(?![\w]|[.,]\d)")
_SPACES = re.compile(r"\s")
_MOST_DIGITS = 12
_UNITS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_TEENS = ("onze", "douze", "treize", "quatorze", "quinze", "seize")
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100}
_IN_LETTERS = {word: number for number, word in enumerate((*_UNITS, *_TEENS), 2)} | _TENS


def find_number(typed: str) -> tuple[int | None, bool, bool]:
    """The first whole number of a text, whether it is all of the text, and whether there are several.

    In letters, it must be all of the text: "deux" in a sentence may count something else.
    """
    found = [match for match in _NUMBER.finditer(typed) if len(match[0]) <= _MOST_DIGITS]
    if not found:
        return _IN_LETTERS.get(fold(typed).strip(" .!")), False, False
    number = int(_SPACES.sub("", found[0][0]))
    return number, found[0][0] == typed.strip(), len(found) > 1
