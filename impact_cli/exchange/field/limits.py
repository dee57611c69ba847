"""What a survey does and a form cannot, in French: told to who exports one, and on its first page."""

from collections.abc import Sequence

from impact_cli.catalogue.model import Catalogue, Number, Question, Text
from impact_cli.exchange.field import wording

_MOST_ON_PHONES = 999_999_999  # nine digits are all that ODK Collect lets one type


def list_limits(catalogue: Catalogue) -> Sequence[str]:
    """A sentence for each limit that this catalogue meets."""
    asked = [question for question in catalogue.questions.values() if question.asked]
    numbers = [question for question in asked if isinstance(question, Number)]
    contradicted = catalogue.consistency or any(section.consistency for section in catalogue.sections)
    met = {
        wording.FIGURES_ONLY: bool(numbers),
        wording.NINE_DIGITS: any(max(number.max, -number.min) > _MOST_ON_PHONES for number in numbers),
        wording.NO_SECOND_QUESTION: any(map(_is_asked_twice, asked)),
        wording.ONLY_WARNED: bool(contradicted),
    }
    return [sentence for sentence, is_met in met.items() if is_met]


def _is_asked_twice(question: Question) -> bool:
    """Whether a survey wants an odd answer to be confirmed: a year to come, letters where figures are usual."""
    return (isinstance(question, Number) and question.year) or (
        isinstance(question, Text) and question.example.isdigit()
    )
