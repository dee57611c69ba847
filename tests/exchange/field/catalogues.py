"""Random small catalogues: every kind, conditions and contradictions, ids that forms use themselves, hostile words."""

from collections.abc import Sequence
from typing import Any, get_args

from hypothesis import strategies as st
from msgspec.structs import replace

from impact_cli.catalogue.conditions import Test
from impact_cli.catalogue.model import (
    Catalogue,
    Family,
    Grid,
    Incoherence,
    Keywords,
    Many,
    Number,
    One,
    Option,
    Question,
    Rating,
    Section,
    Text,
)
from impact_cli.catalogue.specify import add_questions

_SECTIONS = ("meta", "start", "data", "lieu", "fiche", "xml_a", "x", "formhub", "a_b")
_QUESTIONS = ("end", "name", "silence", "accord", "a", "a_b", "b", "meta", "instance_id", "xml")
_OPTIONS = ("autre", "x", "x_y", "silence", "end", "y2")
_WORDS = (
    "=1+1",
    "<b>gras</b> & <script>",
    "${LIEU} ou ${rien}",
    "habitant*e*s, un_mot_là",
    "L’été, « oui »",
    "\"droits\" et 'droits'",
    "# titre\\",
    "jr:itext('x')",
    "Un repas",
    "[ici](http://exemple.fr)",
)
_WORDED = st.sampled_from(_WORDS)


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """A catalogue of one to three sections; their questions wait for any earlier one."""
    earlier: list[tuple[str, Question]] = []
    sections = []
    for identifier in draw(st.lists(st.sampled_from(_SECTIONS), min_size=1, max_size=3, unique=True)):
        questions: list[Question] = []
        for name in draw(st.lists(st.sampled_from(_QUESTIONS), min_size=1, max_size=5, unique=True)):
            question = draw(_questions(name, earlier))
            questions += add_questions(identifier, question)
            earlier.append((f"{identifier}.{name}", question))
        hint = draw(st.sampled_from(["", *_WORDS]))
        sections.append(Section(id=identifier, title=draw(_WORDED), hint=hint, written=tuple(questions)))
    return Catalogue(
        id="essai",
        version=draw(st.sampled_from(["1", "du 3 mars", "l’été", "\"2\" ou '3'"])),
        title=draw(_WORDED),
        families=(Family(id="famille", title=draw(_WORDED), sections=tuple(sections)),),
        consistency=draw(_consistency(earlier)),
    )


@st.composite
def _questions(draw: st.DrawFn, name: str, earlier: Sequence[tuple[str, Question]]) -> Question:
    kind = draw(st.sampled_from(get_args(Question)))
    words: dict[str, Any] = {
        "id": name,
        "ask": draw(_WORDED),
        "topic": name,
        "hint": draw(_WORDED),
        "example": draw(_WORDED),
    }
    when = draw(_conditions(earlier, most=2))
    asked = draw(st.integers(0, 9)) > 0
    question = draw(_of_kind(kind, words))
    return replace(question, when=when, asked=asked)


@st.composite
def _of_kind(draw: st.DrawFn, kind: type[Question], words: dict[str, Any]) -> Question:
    if kind is Many:
        return Many(options=draw(_options(exclusive=True)), **words)
    if kind is One:
        return One(options=draw(_options()), **words)
    if kind is Number:
        low = draw(st.integers(-5, 5))
        return Number(min=low, max=low + draw(st.integers(0, 5)), year=draw(st.booleans()), **words)
    if kind is Text:
        lines, public = draw(st.booleans()), draw(st.booleans())
        return Text(lines=lines, public=public, max_length=draw(st.integers(150, 500)), **words)
    if kind is Grid:
        rows = tuple(replace(row, specify=False, asked=True) for row in draw(_options()))
        choices = tuple(replace(choice, specify=False, asked=True) for choice in draw(_options()))
        return Grid(rows=rows, choices=choices, **words)
    if kind is Rating:
        return Rating(levels=("peu", draw(_WORDED)), none=draw(st.sampled_from(["", "rien"])), **words)
    return Keywords(most=draw(st.integers(1, 4)), **words)


@st.composite
def _options(draw: st.DrawFn, *, exclusive: bool = False) -> tuple[Option, ...]:
    ids = draw(st.lists(st.sampled_from(_OPTIONS), min_size=1, max_size=4, unique=True))
    alone = {identifier for identifier in ids if exclusive and draw(st.integers(0, 3)) == 0}
    dropped = {identifier for identifier in ids[1:] if draw(st.integers(0, 4)) == 0}
    return tuple(
        Option(
            id=identifier,
            label=f"{draw(_WORDED)} {identifier}",
            specify=identifier not in alone and draw(st.booleans()),
            exclusive=identifier in alone,
            asked=identifier not in dropped,
        )
        for identifier in ids
    )


@st.composite
def _conditions(draw: st.DrawFn, earlier: Sequence[tuple[str, Question]], *, most: int) -> dict[str, Test]:
    able = {key: question for key, question in earlier if isinstance(question, Many | One | Number | Rating)}
    if not able:
        return {}
    keys = draw(st.lists(st.sampled_from([*able]), max_size=most, unique=True))
    return {key: draw(_tests(able[key])) for key in keys}


@st.composite
def _tests(draw: st.DrawFn, question: Question) -> Test:
    if isinstance(question, Number | Rating):
        return (
            draw(st.builds(Test, min=st.integers(-1, 2))) if draw(st.booleans()) else Test(max=draw(st.integers(0, 2)))
        )
    assert isinstance(question, Many | One)
    named = st.lists(st.sampled_from([option.id for option in question.options]), min_size=1, unique=True).map(tuple)
    tests = [st.builds(Test, includes=named), st.builds(Test, excludes=named)]
    if isinstance(question, Many):
        tests += [
            st.builds(Test, min=st.just(2)),
            st.builds(Test, max=st.just(1), excludes=named),
            st.builds(Test, all=named),
        ]
    return draw(st.one_of(tests))


@st.composite
def _consistency(draw: st.DrawFn, earlier: Sequence[tuple[str, Question]]) -> tuple[Incoherence, ...]:
    when = draw(_conditions(earlier, most=3))
    return (Incoherence(id="silence", when=when, ask=draw(_WORDED)),) if len(when) > 1 else ()
