"""The words of our questionnaire, looked at pair by pair: what one ticks, and what the report then says.

`options.tsv` is the reviewed list. A label or a telling that is new or changed fails here until somebody has read the
two side by side and asked: do they mean the same, no word more, less or nicer? `--update-golden` then writes the list.
"""

import re
from pathlib import Path

import pytest
from writing import real_catalogue

from impact_cli.catalogue.consistency import find_contradictions
from impact_cli.catalogue.model import One, Rating, options_of

REVIEWED = Path(__file__).parent / "options.tsv"


def _list_pairs() -> str:
    """A line for each option, row, choice and mark: key, what one ticks, what is told."""
    lines = ["key\tticked\ttold"]
    for key, question in real_catalogue().questions.items():
        for option in (option for options in options_of(question).values() for option in options):
            notes = "" if option.asked else " (asked no more)"
            lines.append(f"{key}.{option.id}\t{option.label}{notes}\t{option.told}")
        if isinstance(question, Rating):
            lines += [f"{key}.{mark}\t{name}\t{name}" for mark, name in question.marks.items()]
    return "\n".join(lines) + "\n"


def test_every_label_and_its_telling_were_looked_at(request: pytest.FixtureRequest) -> None:
    pairs = _list_pairs()
    if request.config.getoption("--update-golden"):
        REVIEWED.write_text(pairs, encoding="utf-8")
    known = REVIEWED.read_text(encoding="utf-8").splitlines()
    assert [line for line in pairs.splitlines() if line not in known] == []
    assert [line for line in known if line not in pairs.splitlines()] == []


@pytest.mark.parametrize("word", ["votre lieu", "le projet", "le site", "notamment", "grâce à vous", "dédié"])
def test_no_word_that_was_left_is_back(word: str) -> None:
    """One name for the place, one for who answers, no word that adds to what was ticked."""
    for key, question in real_catalogue().questions.items():
        options = [option for listed in options_of(question).values() for option in listed]
        words = (question.ask, question.hint, str(question.tell), *(f"{each.label} {each.told}" for each in options))
        assert not re.search(rf"\b{word}\b", " ".join(words).casefold()), key


def test_every_list_is_open_or_closed_by_its_nature() -> None:
    closed = {
        "lieu.occupation": "temporary, lasting, undecided: there is no fourth",
        "lien_social.frequence": "from every day to now and then",
        "cadre_de_vie.image": "better, worse, both, neither",
        "innovation.evolution": "yes, with difficulty, worse, no",
        "egalite.parite": "more, as many, fewer",
    }
    for key, question in real_catalogue().questions.items():
        if options := options_of(question):
            specified = any(option.specify for listed in options.values() for option in listed)
            assert specified != (key in closed), key


def test_every_question_about_effects_can_be_answered_by_bad_news() -> None:
    """Each section of effects has an option for an unwanted effect, or one that says that there is none."""
    for section in real_catalogue().sections:
        options = [each for question in section.questions for each in options_of(question).get("options", ())]
        if not section.opening and options:
            bad = [each for each in options if each.difficulty]
            assert bad or section.id in ("lien_social", "capacite_agir"), section.id
            assert any(each.exclusive or each.id in ("inchangee", "non") for each in options), section.id


def test_no_volunteer_is_told_where_there_is_none() -> None:
    catalogue = real_catalogue()
    for key, question in catalogue.questions.items():
        for option in options_of(question).get("options", ()):
            if option.asked and "benevoles" in option.id:
                values = {"lieu.benevoles": 0, key: (option.id,)}
                assert find_contradictions(catalogue, values), f"{key}.{option.id}"


def test_no_change_stands_beside_a_mark_of_no_effect() -> None:
    catalogue = real_catalogue()
    for family in catalogue.families:
        mark = next((f"{section.id}.intensite" for section in family.sections if section.id.startswith("bilan_")), "")
        for section in family.sections if mark else ():
            for question in section.questions:
                for option in options_of(question).get("options", ()):
                    key = f"{section.id}.{question.id}"
                    values = {key: option.id if isinstance(question, One) else (option.id,), mark: 0}
                    assert not option.change or find_contradictions(catalogue, values), f"{key}.{option.id}"
