"""Numbers as people type them, prose around them included."""

import re

_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\w])|(?<![\w.,])\d+(?![\w]|[.,]\d)")
_SPACES = re.compile(r"\s")
_MOST_DIGITS = 12


def find_number(typed: str) -> tuple[int | None, bool, bool]:
    """The first whole number of a text, whether it is all of the text, and whether there are several."""
    found = [match for match in _NUMBER.finditer(typed) if len(match[0]) <= _MOST_DIGITS]
    if not found:
        return None, False, False
    number = int(_SPACES.sub("", found[0][0]))
    return number, found[0][0] == typed.strip(), len(found) > 1
