"""Our own questionnaire, and the example of an extension that ships with it."""

from pathlib import Path

import pytest
from writing import list_faults, real_catalogue

from impact_cli.catalogue.lines import lines_of
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.catalogue.model import Number, Text
from impact_cli.catalogue.ours import catalogue_folder

FOLDERS = [catalogue_folder(), *(path.parent for path in catalogue_folder().glob("exemples/*/catalogue.yaml"))]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_shipped_questionnaire_has_no_fault(folder: Path) -> None:
    assert list_faults(folder) == []


def test_the_example_writes_publics_with_points_and_asks_the_same() -> None:
    example = load_catalogue(catalogue_folder() / "exemples" / "points_medians")
    assert list(example.questions) == list(real_catalogue().questions)
    assert "visiteur·euse·s grand public" in repr(example)


def test_each_family_ends_with_an_intensity_and_keywords() -> None:
    for family in real_catalogue().families[1:]:
        kinds = [question.kind for section in family.sections if section.opening for question in section.questions]
        assert kinds == ["rating", "keywords"]


def test_each_section_ends_with_a_concrete_example() -> None:
    told = [section for section in real_catalogue().sections if not section.opening]
    assert len(told) == 12
    for section in told:
        last = section.questions[-1]
        assert isinstance(last, Text)
        assert last.lines
        (told_last,) = lines_of(section)[-1]
        assert str(told_last).endswith(f"{{{last.id}:quote}}")


def test_each_question_is_one_question() -> None:
    for key, question in real_catalogue().questions.items():
        assert question.ask.endswith("\u202f?"), key
        assert question.ask.count("?") == 1, key


def test_each_number_that_takes_prose_keeps_it_in_a_text() -> None:
    numbers = [question for question in real_catalogue().questions.values() if isinstance(question, Number)]
    assert [number.prose for number in numbers if number.id == "combien"] == ["precisions", "precisions"]
