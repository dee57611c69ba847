"""What holds for every sheet of our questionnaire: nothing invented, nothing untold, nothing else changed.

A few sheets are tried each time; the slow tests try many.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len
from strategies import sheets
from writing import new_sheet, real_catalogue

from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Sheet, Silence, Value
from impact_cli.catalogue.consistency import find_contradictions
from impact_cli.catalogue.lines import lines_of
from impact_cli.catalogue.model import Grid, Many, Number
from impact_cli.catalogue.sentences import questions_of
from impact_cli.render.json import render_json
from impact_cli.render.markdown import render_markdown
from impact_cli.render.terminal import render_terminal
from impact_cli.render.text import render_text
from impact_cli.report.blocks import Bars, Block, Bullets, Facts, Figures, Heading, Keywords, Report, Table
from impact_cli.report.build import build_report, tell_one_section
from impact_cli.report.french import tell_number

CATALOGUE = real_catalogue()
SHEETS = sheets(CATALOGUE)
WITH_FEW = settings(max_examples=5, suppress_health_check=[*HealthCheck])
WITH_MANY = settings(WITH_FEW, max_examples=25)  # each tells a whole report several times

Promise = Callable[[Sheet], None]


def _report(sheet: Sheet) -> Report:
    return build_report(CATALOGUE, sheet, date(2026, 3, 1), "1.0")


def _told(sheet: Sheet) -> list[Block]:
    """The blocks that tell answers, without titles nor silences."""
    return [block for block in _report(sheet).blocks if _tells(block)]


def _tells(block: Block) -> tuple[str, ...]:
    return () if isinstance(block, Heading) else block.tells


def _texts(block: Block) -> tuple[str, ...]:
    match block:
        case Bullets(items=items):
            return items
        case Facts(rows=rows):
            return tuple(row.text for row in rows)
        case Figures(items=figures):
            return tuple(figure.text for figure in figures)
        case Table(caption=caption, lines=rows):
            return (caption, *rows)
        case Bars(caption=caption, items=bars):
            return (caption, *(bar.line for bar in bars))
        case Keywords(words=words):
            return tuple(f"#{word}" for word in words)
        case _:
            return (block.text,)


def names_only_answered_questions(sheet: Sheet) -> None:
    answered = trace_path(CATALOGUE, sheet).values.keys()
    assert {key for block in _told(sheet) for key in _tells(block)} <= answered


def tells_every_answer(sheet: Sheet) -> None:
    blocks = _told(sheet)
    contradicted = _contradicted(sheet)
    for key, value in trace_path(CATALOGUE, sheet).values.items():
        if key in contradicted:
            continue
        words = "\n".join(text for block in blocks if key in _tells(block) for text in _texts(block))
        for said in _words_of(key, value):
            assert said in words, f"{key} is not told"


def _contradicted(sheet: Sheet) -> set[str]:
    """The answers that the report names instead of telling them, for they cannot all be true."""
    found = find_contradictions(CATALOGUE, trace_path(CATALOGUE, sheet).values)
    doubted = {key for contradiction in found for key in contradiction.keys}
    return doubted | {key for key in sheet.answers if key.rpartition(".")[0] in doubted}


def _words_of(key: str, value: Value) -> Iterator[str]:
    """What a report cannot leave out of an answer."""
    question = CATALOGUE.questions[key]
    match question, value:
        case Many(options=options), tuple():
            yield from (option.told for option in options if option.id in value)
        case Grid(rows=rows, choices=choices), Mapping():
            told = {choice.id: choice.told for choice in choices if not choice.means}
            yield from (row.told for row in rows if value.get(row.id) in told)
            yield from (told[choice] for choice in value.values() if choice in told)
        case Number(year=year), int():
            if value > 1:
                yield str(value) if year else tell_number(value)
        case _, int():
            yield f"{value} sur "
        case _, tuple():
            yield from (f"#{word}" for word in value)
        case _, str():
            told = {option.id: option.told for option in getattr(question, "options", ())}
            yield told.get(value, value)


def tells_an_answer_also_alone(sheet: Sheet) -> None:
    for section in CATALOGUE.sections:
        for question in section.questions:
            key = f"{section.id}.{question.id}"
            if key in sheet.answers and not question.when:
                alone = new_sheet(CATALOGUE, {key: sheet.answers[key]})
                told = tell_one_section(CATALOGUE, alone, section)
                assert told or not list(_words_of(key, sheet.answers[key])), key
                tells_every_answer(alone)


def lists_every_silence(sheet: Sheet) -> None:
    """Programs get every question that is not told; readers the sections nobody touched and the real gaps."""
    path = trace_path(CATALOGUE, sheet)
    report = _report(sheet)
    untold = dict(report.untold)
    told = {key for block in report.blocks for key in _tells(block)}
    for key, said in path.answers.items():
        rows = {name for name in untold if name.startswith(f"{key}.") and name not in CATALOGUE.questions}
        silent = said is None or isinstance(said, Silence)
        assert (key in untold) == (silent or key in _contradicted(sheet)), key
        assert silent or key in _contradicted(sheet) or bool(rows) == _has_silent_row(CATALOGUE.questions[key], said), (
            key
        )
        assert key in told or key in untold or rows, key
    words = " ".join(_last_part(report))
    for section in CATALOGUE.sections:
        asked = [said for key, said in path.answers.items() if key.startswith(f"{section.id}.")]
        touched = any(said not in (None, Silence.SKIPPED) for said in asked)
        if asked and not touched and not section.opening:
            family = next(family for family in CATALOGUE.families if section in family.sections)
            everything = "n’a encore abordé aucune rubrique" in words
            assert everything or f"« {section.title} »" in words or f"« {family.title} »" in words


def _last_part(report: Report) -> Iterator[str]:
    for block in report.blocks[::-1]:
        if isinstance(block, Heading):
            return
        for text in _texts(block):
            yield text.replace("\u00a0", " ")


def _has_silent_row(question: object, said: object) -> bool:
    if not isinstance(question, Grid) or not isinstance(said, Mapping):
        return False
    told = {choice.id for choice in question.choices if not choice.means}
    return any(said.get(row.id) not in told for row in question.rows)


def loses_only_what_a_removed_answer_said(sheet: Sheet) -> None:
    """Other answers of its line may be told by another sentence, and answers that depended on it fall silent."""
    before = trace_path(CATALOGUE, sheet).values
    for key in list(sheet.answers)[::7]:
        rest = replace(sheet, answers={other: value for other, value in sheet.answers.items() if other != key})
        after = trace_path(CATALOGUE, rest).values
        changed_too = _contradicted(sheet) | _contradicted(rest)
        beside = {other for changed in (before.keys() ^ after.keys()) | changed_too for other in _told_with(changed)}
        kept = [block for block in _told_in_sections(sheet) if beside.isdisjoint(_tells(block))]
        assert kept == [block for block in _told_in_sections(rest) if beside.isdisjoint(_tells(block))]
        names_only_answered_questions(rest)
        tells_every_answer(rest)


def _told_in_sections(sheet: Sheet) -> Iterator[Block]:
    """What is told after the first page, whose lines gather many answers."""
    front = False
    for block in _report(sheet).blocks:
        front = block.front if isinstance(block, Heading) else front
        if _tells(block) and not front:
            yield block


def _told_with(key: str) -> set[str]:
    """The questions that share a line with this one."""
    section_id, name = key.split(".")[:2]
    section = next(section for section in CATALOGUE.sections if section.id == section_id)
    lines = [{name for each in line for name in questions_of(each)} for line in lines_of(section)]
    return {f"{section_id}.{other}" for names in lines if name in names for other in names}


def says_the_same_in_text_markdown_and_json(sheet: Sheet) -> None:
    report = _report(sheet)
    expected = [text for block in report.blocks for text in _texts(block)]
    document = json.loads(render_json(report))
    assert [text for block in document["blocks"] for text in _texts_of_json(block)] == expected
    words = _bare("".join([*expected, *report.colophon]))
    assert _bare(render_text(report)) == words
    assert _bare(_read_markdown(render_markdown(report))) == words


def _texts_of_json(block: dict[str, object]) -> list[str]:
    match block:
        case {"type": "bullets", "items": list(items)}:
            return items
        case {"type": "keywords", "words": list(words)}:
            return [f"#{word}" for word in words]
        case {"type": "facts", "rows": list(rows)}:
            return [f"{row['label']}\u00a0: {row['value']}." for row in rows]
        case {"type": "figures", "items": list(figures)}:
            return [figure["text"] for figure in figures]
        case {"text": str(text)}:
            return [text]
        case _:
            pytest.fail(f"unknown block {block}")


def _bare(text: str) -> str:
    """Without spaces nor the signs that formats draw round texts: bullets, bars, rules, guillemets, marks."""
    return re.sub(r"[-=«»●○•▌\s]", "", text)


def _read_markdown(source: str) -> str:
    """The text a reader of the Markdown sees, with nothing taken for markup."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source)
    inline = [child for token in tokens if token.type == "inline" for child in token.children or []]
    assert {child.type for child in inline} <= {"text", "text_special", "softbreak", "hardbreak"}
    assert not [token for token in tokens if token.type in {"html_block", "fence", "code_block", "table_open"}]
    return "".join(child.content for child in inline)


def says_the_same_whatever_the_order_of_answering(sheet: Sheet) -> None:
    backwards = replace(
        sheet,
        answers=dict(reversed([*sheet.answers.items()])),
        silences=dict(reversed([*sheet.silences.items()])),
    )
    assert _report(backwards) == _report(sheet)


PROMISES: list[Promise] = [
    names_only_answered_questions,
    tells_every_answer,
    tells_an_answer_also_alone,
    lists_every_silence,
    loses_only_what_a_removed_answer_said,
    says_the_same_in_text_markdown_and_json,
    says_the_same_whatever_the_order_of_answering,
]


@WITH_FEW
@given(SHEETS)
def test_a_report_keeps_every_promise(sheet: Sheet) -> None:
    for promise in PROMISES:
        promise(sheet)


@pytest.mark.slow
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_any_report(promise: Promise) -> None:
    WITH_MANY(given(SHEETS)(promise))()


def _fits_and_says_the_same(sheet: Sheet, width: int) -> None:
    report = _report(sheet)
    lines = render_terminal(report, width, styled=False).split("\n")
    assert max(map(cell_len, lines)) <= width
    assert Counter(_bare("".join(lines)).casefold()) == Counter(_bare(render_text(report)).casefold())


@WITH_FEW
@given(SHEETS, st.integers(min_value=20, max_value=200))
def test_a_terminal_says_the_same(sheet: Sheet, width: int) -> None:
    _fits_and_says_the_same(sheet, width)


@pytest.mark.slow
@WITH_MANY
@given(SHEETS, st.integers(min_value=20, max_value=200))
def test_any_terminal_says_the_same(sheet: Sheet, width: int) -> None:
    _fits_and_says_the_same(sheet, width)
