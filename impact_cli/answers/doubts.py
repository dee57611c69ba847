"""Why an answer that was read from a report is doubted, and which words are not told until somebody confirms them."""

from impact_cli.catalogue.model import Catalogue

# Clauses, said after "car", of texts that are perhaps no words of the venue.
SOUNDS_ALIKE = "le texte ressemble à une phrase du questionnaire"
BEGINS_ALIKE = "le texte commence comme une phrase du questionnaire, sans en être une"
_NOT_UNDERSTOOD = frozenset({SOUNDS_ALIKE, BEGINS_ALIKE})


def is_held_back(catalogue: Catalogue, text: str, reason: str | None) -> bool:
    """Whether doubted words may be a sentence of the report they were read from, or say that nothing is to be said."""
    return reason is not None and (reason in _NOT_UNDERSTOOD or catalogue.says_nothing(text))
