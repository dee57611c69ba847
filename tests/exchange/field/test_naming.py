"""Names of a form's fields: one to one with keys, and no other's."""

import re
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st
from writing import real_catalogue

from impact_cli.answers.sheet import CatalogueStamp
from impact_cli.catalogue.model import Catalogue, Grid
from impact_cli.exchange.field import naming

RESERVED = {"meta", "start", "end", "data", "formhub", "instanceID", "instanceName", "__version__"}

ids = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
keys = st.lists(ids, min_size=2, max_size=3).map(".".join)


def list_names(catalogue: Catalogue) -> list[str]:
    of_questions = chain.from_iterable(
        (naming.name_question(key), naming.name_silence(key), naming.name_consent(key)) for key in catalogue.questions
    )
    rows = (
        naming.name_row(key, row.id)
        for key, question in catalogue.questions.items()
        if isinstance(question, Grid)
        for row in question.rows
    )
    sections = chain.from_iterable(
        (naming.name_section(section.id), naming.name_hint(section.id)) for section in catalogue.sections
    )
    ours = (naming.OPENING, naming.VENUE, naming.EDITION, naming.VOICE, naming.STAMP)
    return [*of_questions, *rows, *sections, *ours]


def test_no_name_stands_twice_in_a_form() -> None:
    found = list_names(real_catalogue())
    assert len(found) == len(set(found))
    assert not RESERVED & set(found)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) for name in found)


@given(st.lists(keys, min_size=2, max_size=2, unique=True), st.sampled_from(["name_question", "name_silence"]))
def test_two_keys_have_two_names(two: list[str], function: str) -> None:
    first, second = (getattr(naming, function)(key) for key in two)
    assert first != second


@given(st.lists(ids, min_size=1, max_size=3))
def test_a_section_bears_no_name_of_a_field_nor_of_ours(parts: list[str]) -> None:
    section = naming.name_section(parts[0])
    assert section not in {naming.name_question(".".join(parts)), naming.name_hint(parts[0]), *RESERVED}
    assert section not in {naming.OPENING, naming.VENUE, naming.EDITION, naming.VOICE, naming.STAMP}


def test_a_submission_says_which_catalogue_it_answers() -> None:
    catalogue = real_catalogue()
    expected = CatalogueStamp(catalogue.id, catalogue.version, catalogue.fingerprint)
    assert naming.read_stamp(naming.write_stamp(catalogue)) == expected
    assert naming.read_stamp("impact") is None
    assert naming.read_stamp("essai version du 3 mars abc") == CatalogueStamp("essai", "version du 3 mars", "abc")
