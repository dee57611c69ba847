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


def tell_tables(
    terms: Catalogue, sides: Sequence[Side], labels: Sequence[str], *, with_difference: bool = False
) -> Iterator[Table]:
    """What at least two sheets give: their numbers, years aside, then their marks, a table for each scale."""
    tables: dict[str, dict[str, tuple[str, ...]]] = {wording.COUNTED: {}}
    several = len({fold_name(side.filled.sheet.venue) for side in sides}) > 1
    for key, question in terms.questions.items():
        values = _list_values(key, question, sides)
        caption = _caption(question, several=several)
        if caption and len(values) - values.count(None) >= _FEWEST:
            cells = [_say_cell(key, side, value) for side, value in zip(sides, values, strict=True)]
            steps = [wording.say_step(_subtract(values))] if with_difference and caption == wording.COUNTED else []
            tables.setdefault(caption, {})[key] = (raise_first(question.topic), *cells, *steps)
    for caption, rows in tables.items():
        differences = [wording.DIFFERENCE] if with_difference and caption == wording.COUNTED else []
        if rows:
            yield Table(caption, ("", *labels, *differences), tuple(rows.values()), tuple(rows))


def _caption(question: Question, *, several: bool) -> str:
    """What is above the table of a question, "" for one that stands in none."""
    if isinstance(question, Rating):
        return say_scale(question.marks, "chaque lieu" if several else "le lieu").removesuffix("\u00a0:")
    return wording.COUNTED if isinstance(question, Number) and not question.year else ""


def _list_values(key: str, question: Question, sides: Sequence[Side]) -> list[Value | None]:
    """The values that may be held beside each other."""
    found = [side.said.get(key) for side in sides]
    return [said.value if said and not said.unsure and is_alike(said.question, question) else None for said in found]


def _say_cell(key: str, side: Side, value: Value | None) -> str:
    return f"{tell_number(value)}{say_marks({key: side.said[key].marks}, (key,))}" if isinstance(value, int) else ""


def _subtract(values: Sequence[Value | None]) -> int:
    former, latter = values
    return latter - former if isinstance(former, int) and isinstance(latter, int) else 0
