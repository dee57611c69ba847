"""The form in programs that others wrote: pyxform and ODK Validate take it, ODK Web Forms asks what we would ask."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

import pytest
from exchange.field.catalogues import catalogues
from exchange.field.filling import fill, keep_offered
from exchange.field.web_form import Reply, WebForm, start_engine
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pyxform.validators.odk_validate import check_java_available  # type: ignore[import-untyped]
from pyxform.xls2xform import convert  # type: ignore[import-untyped]
from strategies import sheets
from writing import new_sheet, real_catalogue

from impact_cli.answers.reading import AnswerError, read_value
from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Answer, Silence, Value
from impact_cli.catalogue.conditions import holds
from impact_cli.catalogue.consistency import find_contradictions
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.catalogue.model import Catalogue, Keywords, Many, Number, Question, Text, list_offered
from impact_cli.catalogue.ours import catalogue_folder
from impact_cli.exchange.field import names
from impact_cli.exchange.field.conditions import list_offered as list_offered_questions
from impact_cli.exchange.field.form import build_form
from impact_cli.exchange.field.workbook import write_workbook

pytestmark = pytest.mark.slow

_UNSHRUNK = (Phase.generate,)  # each try takes a program of others: shrinking takes minutes


@pytest.fixture(scope="module")
def java() -> None:
    try:
        check_java_available()
    except OSError:
        pytest.skip("ODK Validate needs a Java runtime: default-jre-headless")


@pytest.fixture(scope="module")
def engine() -> Iterator[WebForm]:
    with start_engine() as engine:
        yield engine


@pytest.fixture(scope="module")
def real_form(engine: WebForm) -> WebForm:
    engine.open(convert_form(real_catalogue()))
    return engine


def convert_form(catalogue: Catalogue, *, validate: bool = False) -> str:
    warnings: list[str] = []
    converted = convert(write_workbook(build_form(catalogue)), warnings, validate=validate)
    assert not [warning for warning in warnings if "case-insensitive" not in warning]  # a section called "start"
    return str(converted.xform)


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize("folder", ["", "exemples/points_medians"])
def test_odk_validate_takes_our_questionnaires(folder: str) -> None:
    convert_form(load_catalogue(catalogue_folder() / folder), validate=True)


@pytest.mark.usefixtures("java")
@settings(max_examples=8, phases=_UNSHRUNK)
@given(catalogues())
def test_odk_validate_takes_any_catalogue(catalogue: Catalogue) -> None:
    convert_form(catalogue, validate=True)


@settings(max_examples=300, phases=_UNSHRUNK)
@given(st.data())
def test_a_form_asks_and_sends_what_a_sheet_holds(real_form: WebForm, data: st.DataObject) -> None:
    catalogue = real_catalogue()
    sheet = data.draw(sheets(catalogue))
    check_way(catalogue, real_form, keep_offered(catalogue, sheet))


@settings(max_examples=25, phases=_UNSHRUNK)
@given(catalogues(), st.data())
def test_a_form_of_any_catalogue_asks_and_sends_what_a_sheet_holds(
    engine: WebForm, catalogue: Catalogue, data: st.DataObject
) -> None:
    engine.open(convert_form(catalogue))
    for _ in range(5):
        check_way(catalogue, engine, keep_offered(catalogue, data.draw(sheets(catalogue))))


def check_way(catalogue: Catalogue, form: WebForm, said: Mapping[str, Answer]) -> None:
    path = walk(catalogue, said)
    values = {key: answer for key, answer in path.items() if answer is not None and not isinstance(answer, Silence)}
    reply = form.answer({names.VENUE: "La Remise", **fill(catalogue, said)})
    assert not reply.refused
    assert find_relevant(catalogue, reply) == {
        *map(names.name_question, path),
        *(names.name_silence(key) for key in path.keys() - values.keys()),
        *(names.name_consent(key) for key in values if asks_consent(catalogue.questions[key])),
        *(names.name_warning(found.id) for found in find_contradictions(catalogue, values)),
    }
    told = fill(catalogue, {key: answer for key, answer in path.items() if answer is not None})
    sent = read_submission(reply)
    assert sent.keys() == told.keys()
    for name, typed in told.items():  # options are sent in the order of their list
        assert sorted(sent[name].split()) == sorted(typed) if isinstance(typed, list) else sent[name] == typed


def walk(catalogue: Catalogue, said: Mapping[str, Answer]) -> dict[str, Answer | None]:
    """What a survey would ask, with what was said; also the words around a number, which a form always asks."""
    path: dict[str, Answer | None] = {}
    values: dict[str, Value] = {}
    for key, question in list_offered_questions(catalogue.questions).items():
        if holds(question.when, key.partition(".")[0], values):
            path[key] = answer = said.get(key)
            if answer is not None and not isinstance(answer, Silence):
                values[key] = answer
    surveyed = trace_path(catalogue, new_sheet(catalogue, values)).answers.keys()
    assert surveyed <= path.keys()
    assert not any(catalogue.questions[key].asked for key in path.keys() - surveyed)
    return path


def find_relevant(catalogue: Catalogue, reply: Reply) -> set[str]:
    """What the form asks that it might not ask, and which warnings it shows."""
    of_questions = {name for key in catalogue.questions for name in list_names(key)}
    return {name for name in reply.relevant if name in of_questions or name.startswith("VERIFIER_")}


def list_names(key: str) -> tuple[str, str, str]:
    return names.name_question(key), names.name_silence(key), names.name_consent(key)


def asks_consent(question: Question) -> bool:
    return isinstance(question, Keywords) or (isinstance(question, Text) and not question.public)


def read_submission(reply: Reply) -> dict[str, str]:
    """What the fields of questions hold, by name."""
    root = ET.fromstring(reply.sent)  # noqa: S314  of an engine that we started
    filled = {field.tag.rpartition("}")[2]: field.text for field in root.iter() if field.text and not len(field)}
    others = {names.VENUE, names.STAMP, names.STARTED, names.ENDED, "instanceID", "instanceName"}
    return {name: text for name, text in filled.items() if name not in others}


@settings(max_examples=40, phases=_UNSHRUNK)
@given(st.data())
def test_a_form_refuses_what_a_survey_refuses(real_form: WebForm, data: st.DataObject) -> None:
    catalogue = real_catalogue()
    offered = list_offered_questions(catalogue.questions)
    tried = {key: data.draw(_tried(question)) for key, question in offered.items() if _has_bounds(question)}
    given = {names.name_question(key): raw if isinstance(raw, list) else str(raw) for key, raw in tried.items()}
    reply = real_form.answer({names.VENUE: "La Remise", **given})
    asked = {key: raw for key, raw in tried.items() if names.name_question(key) in reply.relevant}
    assert {*reply.refused} == {names.name_question(key) for key, raw in asked.items() if refuses(offered[key], raw)}


def _has_bounds(question: Question) -> bool:
    return isinstance(question, Many | Number | Text | Keywords)


def _tried(question: Question) -> st.SearchStrategy[int | str | list[str]]:
    match question:
        case Many(options=options):
            ids = [option.id for option in list_offered(options)]
            return st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True)
        case Number(min=low, max=high):
            return st.sampled_from([low - 1, low, high, high + 1])
        case Text(max_length=most):
            return st.sampled_from([most, most + 1]).map("é".__mul__)
        case Keywords(most=most):
            letters = st.sampled_from([1, 80, 81])
            return st.tuples(st.integers(1, most + 2), letters).map(_join_keywords)
        case _:
            raise AssertionError(question)


def _join_keywords(amount: tuple[int, int]) -> str:
    words, letters = amount
    return ", ".join(f"{number}".ljust(letters, "a") for number in range(words))


def refuses(question: Question, raw: object) -> bool:
    try:
        read_value(question, raw)
    except AnswerError:
        return True
    return False
