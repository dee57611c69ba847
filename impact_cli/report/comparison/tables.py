"""Numbers and marks of several sheets beside each other, as tables."""

from collections.abc import Iterator, Sequence

from impact_cli.answers.keeping.names import fold_name
from impact_cli.answers.sheet import Value
from impact_cli.catalogue.model import Catalogue, Number, Question, Rating
from impact_cli.report.blocks import Table
from impact_cli.report.comparison import wording
from impact_cli.report.comparison.sides import Side, is_alike
from impact_cli.report.french import raise_first, tell_number
from impact_cli.report.telling import say_marks
from impact_cli.report.wording import say_scale

_FEWEST = 2  # values, for a row to be a comparison


def tell_numbers(
    terms: Catalogue, sides: Sequence[Side], labels: Sequence[str], *, with_difference: bool = False
) -> Iterator[Table]:
    """The numbers that at least two sheets give; years are no numbers."""
    rows: list[tuple[str, ...]] = []
    keys: list[str] = []
    for key, question in terms.questions.items():
        values = _list_values(key, question, sides)
        if not isinstance(question, Number) or question.year or len(values) - values.count(None) < _FEWEST:
            continue
        cells = [_say_cell(key, side, value) for side, value in zip(sides, values, strict=True)]
        steps = [wording.say_step(_subtract(values))] if with_difference else []
        rows.append((raise_first(question.topic), *cells, *steps))
        keys.append(key)
    if rows:
        heads = ("", *labels, *([wording.DIFFERENCE] if with_difference else []))
        yield Table(wording.COUNTED, heads, tuple(rows), tuple(keys))


def tell_ratings(terms: Catalogue, sides: Sequence[Side], labels: Sequence[str]) -> Iterator[Table]:
    """The marks that at least two sheets give, a table for each scale."""
    venues = {fold_name(side.filled.sheet.venue) for side in sides}
    scales: dict[tuple[tuple[int, str], ...], dict[str, tuple[str, ...]]] = {}
    for key, question in terms.questions.items():
        values = _list_values(key, question, sides)
        if isinstance(question, Rating) and len(values) - values.count(None) >= _FEWEST:
            cells = [_say_cell(key, side, value) for side, value in zip(sides, values, strict=True)]
            rows = scales.setdefault(tuple(question.marks.items()), {})
            rows[key] = (raise_first(question.topic), *cells)
    for marks, rows in scales.items():
        caption = say_scale(dict(marks), "chaque lieu" if len(venues) > 1 else "le lieu").removesuffix("\u00a0:")
        yield Table(caption, ("", *labels), tuple(rows.values()), tuple(rows))


def _list_values(key: str, question: Question, sides: Sequence[Side]) -> list[Value | None]:
    """The values that may be held beside each other."""
    found = [side.said.get(key) for side in sides]
    return [said.value if said and not said.unsure and is_alike(said.question, question) else None for said in found]


def _say_cell(key: str, side: Side, value: Value | None) -> str:
    return f"{tell_number(value)}{say_marks({key: side.said[key].marks}, (key,))}" if isinstance(value, int) else ""


def _subtract(values: Sequence[Value | None]) -> int:
    former, latter = values
    return latter - former if isinstance(former, int) and isinstance(latter, int) else 0
