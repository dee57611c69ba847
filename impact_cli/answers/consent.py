"""What a venue may publish of its own words, and what in them may name or reach a person."""

import re
from collections.abc import Mapping

from impact_cli.answers.following import follow_catalogue
from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Sheet
from impact_cli.catalogue.model import Catalogue, Text
from impact_cli.typography import fold

_ADDRESS = re.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}\.\w{2,}")
_PHONE = re.compile(r"(?<![\d+])(?:\+\d{2,3}[ .\-\u00a0]?|0)[1-9](?:[ .\-\u00a0\u202f]?\d{2}){4}(?!\d)")
_TITLED = re.compile(r"\b(?:M\.|MM\.|Mr|Mme|Mlle|Mmes|Monsieur|Madame|Mademoiselle|Dr|Docteure?)[ \u00a0][A-ZÀ-Ý]")
_TWO_CAPITALS = re.compile(r"\b[A-ZÀ-Ý][\w’'-]*[a-zà-ÿ][ \u00a0]+[A-ZÀ-Ý][\w’'-]+")
_NO_FIRST_NAMES = (
    "le la les l un une des du de au aux en a dans par pour avec chez sur sous entre notre nos votre vos leur leurs son"
    " sa ses mon ma mes ce cet cette ces il elle ils elles on nous vous et ou mais donc or ni car quand si depuis lors"
    " pole maison centre saint sainte rue place quartier ville cafe atelier ateliers association"
)


def texts_of(catalogue: Catalogue, sheet: Sheet) -> Mapping[str, str]:
    """The free words of a sheet that the report tells and that are no public facts, by key, in the order asked."""
    values = trace_path(catalogue, sheet).values
    asked = {key: question for key, question in catalogue.questions.items() if isinstance(question, Text)}
    return {
        key: value
        for key, question in asked.items()
        if not question.public and isinstance(value := values.get(key), str)
    }


def find_unasked(catalogue: Catalogue, sheet: Sheet) -> Mapping[str, str]:
    """The free words about which nobody was asked yet whether they may be published, by key."""
    sheet = follow_catalogue(catalogue, sheet).sheet
    return {key: text for key, text in texts_of(catalogue, sheet).items() if sheet.find_consent(key) is None}


def find_withheld(catalogue: Catalogue, sheet: Sheet) -> frozenset[str]:
    """The keys of the free words that may not leave the venue: all but those to which it consented."""
    sheet = follow_catalogue(catalogue, sheet).sheet
    return frozenset(key for key in texts_of(catalogue, sheet) if not sheet.may_publish(key))


def find_personal(text: str, venue: str = "") -> tuple[str, ...]:
    """What the words seem to hold, as French noun phrases; the venue's own name is no person's.

    A guess, which misses a first name alone and may take a place for a person: it warns, and decides nothing.
    """
    found = []
    if _TITLED.search(text) or any(_looks_like_name(pair, venue) for pair in _TWO_CAPITALS.findall(text)):
        found.append("un nom de personne")
    if _ADDRESS.search(text):
        found.append("une adresse électronique")
    if _PHONE.search(text):
        found.append("un numéro de téléphone")
    return tuple(found)


def _looks_like_name(pair: str, venue: str) -> bool:
    folded = fold(pair)
    return folded not in fold(venue) and re.split(r"[ '-]", folded)[0] not in _NO_FIRST_NAMES.split()
