"""Numbers as people say them: "environ 20", "une vingtaine", "20 (dont 12 femmes)", "1 200"."""

import re
from typing import NamedTuple

from impact_cli.typography import fold

_SPACES = "[ \u00a0\u202f\u2009\u2007]"
_GROUPED = rf"\d{{1,3}}(?:{_SPACES}\d{{3}}|\.\d{{3}})+"
_NUMBER = re.compile(rf"(?<![\w.,])(?:{_GROUPED}|\d+)(?![\w]|[.,]\d|{_SPACES}?%)")
_IN_FIGURES = re.compile(r"\d")
_ASIDE = re.compile(r"\([^()]*\)|\bdont\b.*", re.DOTALL)
_YEARS = re.compile(r"\b(?:en|depuis|fin|début|année|pour|de)\s+(?:19|20)\d\d\b", re.IGNORECASE)
_NEGATIVE = re.compile(r"(?:^|[\s(:])[-\u2212]\s?\d")
_DIGIT_AND_ENDING = re.compile(r"(?<!\w)(\d+)(?:aine|taine|zaine)s?\b", re.IGNORECASE)  # "une 20aine"
_NO_DIGIT = re.compile(r"\D")
_MOST_DIGITS = 12  # with their spaces; what is longer counts nothing that a venue has
_ABOUT = re.compile(
    r"^(?:environ|env\.?|a peu pres|pres de|presque|autour de|plus de|plus d'|au moins|moins de|une|un|les|des|nos|~|≈)"
    r"\s*"
)
_NAMED = re.compile(r"^(?:de|d')?\s*(?:personnes?|projets?|actions?|fois|an|ans)?[ .!]*$")
_UNITS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")
_TEENS = ("onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf")
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "cent": 100, "mille": 1000}
_NONE = {"zero": 0, "aucun": 0, "aucune": 0, "un": 1, "une": 1}
_IN_LETTERS = {
    **_NONE,
    **{word: number for number, word in enumerate((*_UNITS, *_TEENS), 2)},
    **_TENS,
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1000,
}


class Heard(NamedTuple):
    """The whole number that words give, if they give one; `only` where they are nothing else; why it is doubted."""

    number: int | None
    only: bool = False
    doubt: str = ""


def hear_number(typed: str) -> Heard:
    """The number of a text: the one outside of brackets, of years that date it and of percentages.

    In letters, it must be all of the text, but for "environ" and its like: "deux" in a sentence may count other things.
    """
    if _NEGATIVE.search(typed):
        return Heard(None, doubt="le nombre est négatif")
    if found := _DIGIT_AND_ENDING.search(typed):
        return Heard(int(found[1][:_MOST_DIGITS]))
    main = _ASIDE.sub(" ", typed)
    found_all = _find(_YEARS.sub(" ", main)) or _find(main) or _find(typed)
    if not found_all:
        return Heard(_read_letters(typed), doubt=_explain(typed))
    if len(found_all) > 1:
        return Heard(None, doubt="le texte contient plusieurs nombres")
    return Heard(int(_NO_DIGIT.sub("", found_all[0])), only=found_all[0] == typed.strip())


def _explain(typed: str) -> str:
    """Why figures in a text are no whole number; "" where there are none."""
    if not _IN_FIGURES.search(typed):
        return ""
    return "un pourcentage ne dit pas combien" if "%" in typed else "le texte contient un nombre qui n’est pas entier"


def _find(text: str) -> list[str]:
    return [match[0] for match in _NUMBER.finditer(text) if len(match[0]) <= _MOST_DIGITS]


def _read_letters(typed: str) -> int | None:
    words = fold(typed).strip(" .!")
    for said in (words, _ABOUT.sub("", words)):
        first, _, rest = said.partition(" ")
        if said in _IN_LETTERS:
            return _IN_LETTERS[said]
        if first in _IN_LETTERS and _IN_LETTERS[first] > 1 and _NAMED.match(rest):
            return _IN_LETTERS[first]
    return None
