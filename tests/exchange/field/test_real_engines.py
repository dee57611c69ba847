"""The form in programs that others wrote: pyxform and ODK Validate take it, ODK Web Forms asks what we would ask."""

from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO

import pytest
from exchange.field.catalogues import catalogues
from exchange.field.submitting import Sent
from exchange.field.web_form import Given, Reply, WebForm, start_engine
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from strategies import sheets
from writing import new_sheet, real_catalogue

from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Answer, Sheet, Silence, Value
from impact_cli.answers.values import AnswerError, read_value
from impact_cli.catalogue.conditions import holds
from impact_cli.catalogue.consistency import find_contradictions
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.catalogue.model import Catalogue, Keywords, Many, Number, One, Question, Text, list_offered
from impact_cli.catalogue.ours import catalogue_folder
from impact_cli.exchange.field import naming
from impact_cli.exchange.field.fields import Fields
from impact_cli.exchange.field.filling import fill
from impact_cli.exchange.field.instances import read_instances
from impact_cli.exchange.field.naming import read_stamp, write_stamp
from impact_cli.exchange.field.xlsform import build_form
from impact_cli.exchange.field.xlsform_file import write_workbook
from impact_cli.exchange.field.xpath import list_offered as list_offered_questions

pytestmark = pytest.mark.slow

_UNSHRUNK = (Phase.generate,)  # each try takes a program of others: shrinking takes minutes


@pytest.fixture(scope="module")
def java() -> None:
    from pyxform.validators.odk_validate import check_java_available  # type: ignore[import-untyped]

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


@cache
def real_fields() -> Fields:
    return Fields(real_catalogue())


def convert_form(catalogue: Catalogue, *, validate: bool = False) -> str:
    from pyxform.xls2xform import convert  # type: ignore[import-untyped]

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
    check_way(catalogue, real_fields(), real_form, keep_offered(catalogue, sheet))


@settings(max_examples=25, phases=_UNSHRUNK)
@given(catalogues(), st.data())
def test_a_form_of_any_catalogue_asks_and_sends_what_a_sheet_holds(
    engine: WebForm, catalogue: Catalogue, data: st.DataObject
) -> None:
    engine.open(convert_form(catalogue))
    fields = Fields(catalogue)
    for _ in range(5):
        check_way(catalogue, fields, engine, keep_offered(catalogue, data.draw(sheets(catalogue))))


def check_way(catalogue: Catalogue, fields: Fields, form: WebForm, said: Mapping[str, Answer]) -> None:
    """The form asks and shows what a survey would; what it sends, read back, is what was said on the way."""
    path = walk(catalogue, said)
    values, silences = divide(path)
    reply = form.answer(write(catalogue, said))
    consents = {key for key in values if asks_consent(catalogue.questions[key])}
    assert not reply.refused
    assert find_relevant(catalogue, reply) == {
        *map(naming.name_question, path),
        *(naming.name_silence(key) for key in path.keys() - values.keys()),
        *map(naming.name_consent, consents),
        *(naming.name_warning(found.id) for found in find_contradictions(catalogue, values)),
    }
    (pairs,) = read_instances(BytesIO(reply.sent.encode()), "envoi.xml")
    filled = fill(fields, catalogue, [(fields.name_head(head) or head, value) for head, value in pairs])
    assert (filled.answers, filled.silences) == (values, silences)
    assert filled.consents == dict.fromkeys(consents, True)
    assert (filled.venue, read_stamp(filled.stamp)) == ("La Remise", read_stamp(straighten(write_stamp(catalogue))))
    assert [*filled.unplaced, *filled.uncertain, *filled.strangers] == []


def write(catalogue: Catalogue, said: Mapping[str, Answer]) -> Given:
    """What somebody types and ticks, who lets every text be published."""
    return Sent(new_sheet(catalogue, *divide(said))).row(catalogue)


def divide(said: Mapping[str, Answer | None]) -> tuple[dict[str, Value], dict[str, Silence]]:
    silences = {key: answer for key, answer in said.items() if isinstance(answer, Silence)}
    return {key: answer for key, answer in said.items() if answer is not None and key not in silences}, silences


def straighten(stamp: str) -> str:
    """The stamp with the apostrophes of forms."""
    return stamp.replace("’", "'")


def keep_offered(catalogue: Catalogue, sheet: Sheet) -> dict[str, Answer]:
    """What of a sheet can be said in the form: without questions and options that are not asked any more."""
    offered = list_offered_questions(catalogue.questions)
    said = {key: _keep(offered[key], answer) for key in offered if (answer := sheet.answer(key)) is not None}
    return {key: answer for key, answer in said.items() if answer is not None}


def _keep(question: Question, answer: Answer) -> Answer | None:
    if isinstance(question, Text) and isinstance(answer, str):
        # Phones count a letter beyond U+FFFF twice.
        return answer if len(answer.encode("utf-16-le")) <= 2 * question.max_length else None
    if isinstance(answer, Silence) or not isinstance(question, Many | One):
        return answer
    able = {option.id for option in list_offered(question.options)}
    if isinstance(answer, tuple):
        return tuple(one for one in answer if one in able) or None
    return answer if answer in able else None


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
    return naming.name_question(key), naming.name_silence(key), naming.name_consent(key)


def asks_consent(question: Question) -> bool:
    return isinstance(question, Keywords) or (isinstance(question, Text) and not question.public)


@settings(max_examples=40, phases=_UNSHRUNK)
@given(st.data())
def test_a_form_refuses_what_a_survey_refuses(real_form: WebForm, data: st.DataObject) -> None:
    catalogue = real_catalogue()
    offered = list_offered_questions(catalogue.questions)
    tried = {key: data.draw(_tried(question)) for key, question in offered.items() if _has_bounds(question)}
    typed = {key: " ".join(raw) if isinstance(raw, list) else str(raw) for key, raw in tried.items()}
    given = {naming.name_question(key): words for key, words in typed.items()}
    reply = real_form.answer({naming.VENUE: "La Remise", **given})
    asked = {key: raw for key, raw in tried.items() if naming.name_question(key) in reply.relevant}
    assert {*reply.refused} == {naming.name_question(key) for key, raw in asked.items() if refuses(offered[key], raw)}


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
