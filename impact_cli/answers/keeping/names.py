"""The names of venues and editions: which ones are fit, when two are the same, and what they make of a file's."""

import re
import unicodedata
from functools import lru_cache

from impact_cli.errors import ImpactError, shorten
from impact_cli.typography import fold

EDITION = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,19}")
YEAR = re.compile(r"\d{4}(?!\d)")
LONGEST_NAME = 120  # characters; what is longer is a description, and does not stand on a cover
_LONGEST_SLUG = 60  # of the 255 that a file's name may have, for edition, moment and ending come after it
_RESERVED = re.compile("con|prn|aux|nul|(com|lpt)[0-9]")  # what Windows takes for devices, whatever the ending
_ARTICLE = re.compile(r"^(?:le|la|les|l) |\s*\((?:le|la|les|l) ?\)$")
_APOSTROPHES = r"'\u02b9\u02bc\u2018\u2019\u201b\u00b4`\u2032"
_HYPHENS = r"\-\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_BETWEEN_WORDS = re.compile(rf"[\s{_APOSTROPHES}{_HYPHENS}\u115f\u1160\u2800]+")  # the last are letters that are blank
_UNSEEN = re.compile(r"[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # none of them "Cf"


def check_name(name: str) -> str:
    """A venue's name on one line, fit to be told. Raises ImpactError where nothing in it can be read."""
    clean = " ".join(re.sub(r"[^\S ]|[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", name).split())
    if not any(character.isalnum() for character in clean):
        raise ImpactError(
            f"«\u00a0{shorten(name)}\u00a0» n’est pas un nom de lieu\u00a0: il n’a ni lettre ni chiffre.",
            "Donnez le nom comme vous l’écrivez d’habitude, par exemple «\u00a0Les Halles\u00a0».",
            exit_code=2,
        )
    if len(clean) > LONGEST_NAME:
        raise ImpactError(
            f"Le nom du lieu compte {len(clean)} caractères\u202f; {LONGEST_NAME} au plus sont acceptés.",
            "Donnez le nom d’usage, sans sous-titre.",
            exit_code=2,
        )
    return clean


def year_of(edition: str) -> int:
    """The year an edition is named by, 0 where it begins with none."""
    year = YEAR.match(edition)
    return int(year[0]) if year else 0


def is_plain(edition: str) -> bool:
    """Whether an edition is a year, and no voice of it."""
    return bool(YEAR.fullmatch(edition))


def check_edition(edition: str) -> str:
    """An edition's name, fit to be a file's. Raises ImpactError."""
    if not EDITION.fullmatch(edition) or _RESERVED.fullmatch(edition.lower()):
        raise ImpactError(
            f"«\u00a0{shorten(edition)}\u00a0» n’est pas une édition.",
            "Donnez une année, comme 2026, ou un mot de lettres sans accent, de chiffres et de tirets (20 au plus).",
            exit_code=2,
        )
    return edition


def slug_of(name: str) -> str:
    """A name for a folder or a file: small ASCII letters, digits and hyphens, never empty."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold_name(name)).strip("-")[:_LONGEST_SLUG].strip("-") or "lieu"
    return f"lieu-{slug}" if _RESERVED.fullmatch(slug) else slug


@lru_cache(maxsize=10_000)  # a search folds every name of a home, more than once
def fold_name(name: str) -> str:
    """What makes a name the same name: not its case, accents, spaces, hyphens, apostrophes, article nor the unseen."""
    seen = _UNSEEN.sub("", name)
    if not seen.isprintable():  # as the marks of format are
        seen = "".join(letter for letter in seen if unicodedata.category(letter) != "Cf")
    folded = _BETWEEN_WORDS.sub(" ", fold(seen)).strip()
    return _ARTICLE.sub("", folded).strip() or folded
