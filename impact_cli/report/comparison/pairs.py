"""How two sheets are called beside each other: two years of a venue, two voices, two venues."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from impact_cli.answers.keeping.names import fold_name, is_plain, slug_of, year_of
from impact_cli.answers.keeping.venues import rank_edition
from impact_cli.answers.sheet import Sheet
from impact_cli.report.comparison.sides import Filled
from impact_cli.report.french import tell_edition, tell_name

_UNKNOWN = "édition inconnue"


class Relation(StrEnum):
    """What two sheets are to each other. Only years have an order: one comes after the other."""

    YEARS = "years"
    VOICES = "voices"
    VENUES = "venues"
    TWINS = "twins"


@dataclass(frozen=True, slots=True)
class Pair:
    """The names of two sheets: at the head of a column, and inside a sentence ("en 2024"); `whom` names both."""

    relation: Relation
    labels: tuple[str, str]
    inside: tuple[str, str]
    whom: str
    both: str

    @property
    def in_order(self) -> bool:
        """Whether the second comes after the first, so that something can change."""
        return self.relation is Relation.YEARS


def name_pair(one: Sheet, other: Sheet) -> Pair:
    """The names of two sheets, in this order."""
    relation = _relate(one, other)
    match relation:
        case Relation.YEARS:
            labels = (name_edition(one), name_edition(other))
            return Pair(relation, labels, _pair(_say_in, labels), "les deux éditions", "dans les deux éditions")
        case Relation.VOICES:
            labels = (_name_voice(one), _name_voice(other))
            return Pair(relation, labels, _pair(_say_according, labels), "les deux voix", "selon les deux voix")
        case Relation.VENUES:
            labels = (tell_name(one.venue), tell_name(other.venue))
            return Pair(relation, labels, _pair("pour {}".format, labels), "les deux lieux", "pour les deux lieux")
        case Relation.TWINS:
            labels = ("première fiche", "seconde fiche")
            return Pair(relation, labels, _pair("dans la {}".format, labels), "les deux fiches", "dans les deux fiches")


def _name_voice(sheet: Sheet) -> str:
    """The voice in its own words, where its edition is named after them and nothing else."""
    named = sheet.edition.partition("-")[2] or sheet.edition
    words = sheet.submission.voice if sheet.submission else ""
    return tell_edition(words if slug_of(words) == named else named)


def name_edition(sheet: Sheet) -> str:
    """The edition, where somebody said it."""
    return tell_edition(sheet.edition) if sheet.origin is None or sheet.origin.edition_said else _UNKNOWN


def order_pair(one: Filled, other: Filled) -> tuple[Filled, Filled]:
    """The two in the order of their years; where there is none, in that of their names, whichever came first."""
    match _relate(one.sheet, other.sheet):
        case Relation.YEARS:
            swapped = rank_edition(other.sheet.edition, other.sheet) < rank_edition(one.sheet.edition, one.sheet)
        case Relation.VOICES:
            swapped = other.sheet.edition < one.sheet.edition
        case Relation.VENUES:
            swapped = fold_name(other.sheet.venue) < fold_name(one.sheet.venue)
        case Relation.TWINS:
            swapped = False
    return (other, one) if swapped else (one, other)


def _relate(one: Sheet, other: Sheet) -> Relation:
    if fold_name(one.venue) != fold_name(other.venue):
        return Relation.VENUES
    if name_edition(one) == name_edition(other):
        return Relation.TWINS
    years = {year_of(name_edition(sheet)) for sheet in (one, other)}
    return Relation.VOICES if len(years) == 1 and 0 not in years else Relation.YEARS


def _pair(say: Callable[[str], str], labels: tuple[str, str]) -> tuple[str, str]:
    return say(labels[0]), say(labels[1])


def _say_in(edition: str) -> str:
    if edition == _UNKNOWN:
        return f"dans l’{edition}"
    return f"en\u00a0{edition}" if is_plain(edition) else f"dans l’édition {edition}"


def _say_according(voice: str) -> str:
    return f"dans l’édition {voice}" if is_plain(voice) else f"selon «\u00a0{voice}\u00a0»"
