"""French grammar that sentences need at the moment they are told: lists, elision, contraction, numbers, dates."""

import re
from collections.abc import Sequence
from datetime import date

from impact_cli.answers.keeping.names import LONGEST_NAME
from impact_cli.errors import shorten
from impact_cli.typography import SEMICOLON, cut_line, fold, typeset

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
# Words before which nothing is elided although they begin with h or a vowel (Académie française, "h aspiré").
_ASPIRATED = re.compile(
    r"h(?:a(?!b[ei]|lein|llu|lo[gp]|lter|mec|rmon|rusp)"
    r"|e(?:aume|nn|re\b|riss|rni|ron|ros\b|rse|tre|urt)"
    r"|i(?:bou|c\b|deu|era|erog|p\b|pp?[iy]e?s?\b|pster|ss|ts?\b)"
    r"|o(?:bb|ch|ckey|ld|lland|mard|ngr|nte|quet|rde|rs|t\b|tte|u)"
    r"|u(?:bs?\b|blot|che|ees?\b|er\b|guenot|is.clos|it(?!r)|lul|ppe|rl|ss|tte)|ypes?\b)"
    r"|onz|oui\b|ouistiti|uhlan|y(?=[aeiou])(?!eux)"
)
_LONGEST_EDITION = 40  # characters: twice what can be given
_PARENTHESIS = re.compile(r"\([^)]*\)")
_VOWEL = re.compile(r"[aeiouyh]")
_ARTICLE_AFTER = re.compile(r"^(?P<name>.*\S)\s*\((?P<article>le|la|les|l’)\)$", re.IGNORECASE)
_CONTRACTED = re.compile(r"^(?P<article>le|les)\s+(?=\S)", re.IGNORECASE)


def join_words(words: Sequence[str]) -> str:
    """a, b et c."""
    return " et ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def name_some(names: Sequence[str], total: int = 0, *, most: int = 8, longest: int = 60) -> str:
    """The first of several names, and how many more there are, `total` in all where some are left out already."""
    left = max(total, len(names)) - most
    shown = ", ".join(shorten(name, longest) for name in names[:most])
    return f"{shown} et {say_count(left, 'autre', 'autres')}" if left > 0 else shown


def list_labels(labels: Sequence[str]) -> str:
    """Labels in one line; some hold commas of their own."""
    divided = any(", " in _PARENTHESIS.sub("", label) for label in labels)
    return (SEMICOLON if divided else ", ").join(labels)


def with_de(word: str) -> str:
    """Put de or d’ before a word without an article: d’espaces, de biens, de hangars, d’habits."""
    return f"d’{word}" if _is_elided(word) else f"de {word}"


def _is_elided(word: str) -> bool:
    bare = fold(word)
    return bool(_VOWEL.match(bare)) and not _ASPIRATED.match(bare)


def tell_name(name: str) -> str:
    """A name in the order one says it: "Numéripôle (Le)" is Le Numéripôle, "Octroi (L')" is L’Octroi.

    One that is longer than anybody can give, in a sheet written by hand, is cut.
    """
    name = typeset(cut_line(name, LONGEST_NAME)).replace("'", "’")
    if not (match := _ARTICLE_AFTER.match(name)):
        return name
    article = match["article"].capitalize()
    return f"{article}{match['name']}" if article.endswith("’") else f"{article} {match['name']}"


def tell_edition(edition: str) -> str:
    """The name of an edition, which a hand may have made as long as it liked."""
    return cut_line(edition, _LONGEST_EDITION)


def tell_sheet(venue: str, edition: str) -> str:
    """Which sheet is spoken of."""
    return f"{tell_name(venue)}, édition {tell_edition(edition)}"


def name_with_de(name: str) -> str:
    """The name of a venue after "de": du Numéripôle, des Halles, d’Uto-Pic, de La Remise."""
    told = tell_name(name)
    if match := _CONTRACTED.match(told):
        return ("du " if match["article"].casefold() == "le" else "des ") + told[match.end() :]
    return with_de(told)


def lower_first(label: str) -> str:
    """A label inside a line: without its capital, save that of initials."""
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] in " ’\u00a0" else label


def raise_first(words: str) -> str:
    """Words at the beginning of a line: with a capital."""
    return words[:1].upper() + words[1:]


def tell_number(number: int) -> str:
    """Digits in groups of three from 1000 on, with a narrow non-breaking space, after a true minus: 1 200, −5."""
    return f"{number:,}".replace(",", "\u202f").replace("-", "\u2212")


def say_count(count: int, one: str, several: str) -> str:
    """A number with its words: 0 lieu, 1 lieu, 37 lieux."""
    return f"{tell_number(count)} {several if count > 1 else one}"


def tell_date(day: date) -> str:
    """1er mars 2026."""
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"
