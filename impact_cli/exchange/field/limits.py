"""What a survey does and a form cannot, in French: told to who exports one, and on its first page."""

from collections.abc import Sequence

from impact_cli.catalogue.model import Catalogue, Number, Question, Text

_MOST_ON_PHONES = 999_999_999  # nine digits are all that ODK Collect lets one type


def list_limits(catalogue: Catalogue) -> Sequence[str]:
    """A sentence for each limit that this catalogue meets."""
    asked = [question for question in catalogue.questions.values() if question.asked]
    numbers = [question for question in asked if isinstance(question, Number)]
    contradicted = catalogue.consistency or any(section.consistency for section in catalogue.sections)
    met = {
        "Les nombres se donnent ici en chiffres, sans mots autour.": bool(numbers),
        "Un téléphone n’en prend pas plus de neuf.": any(
            max(number.max, -number.min) > _MOST_ON_PHONES for number in numbers
        ),
        "Une année à venir, ou des lettres au lieu de chiffres, ne sont pas redemandées\u00a0: relisez-vous.": any(
            map(_is_asked_twice, asked)
        ),
        "Des réponses qui se contredisent sont signalées, mais peuvent partir telles quelles.": bool(contradicted),
    }
    return [sentence for sentence, is_met in met.items() if is_met]


def _is_asked_twice(question: Question) -> bool:
    """Whether a survey wants an odd answer to be confirmed: a year to come, letters where figures are usual."""
    return (isinstance(question, Number) and question.year) or (
        isinstance(question, Text) and question.example.isdigit()
    )
