"""In which order a section is told, and what a question may say of itself."""

from pathlib import Path

import pytest
from writing import list_faults, load_section, write_section

from impact_cli.catalogue.lines import lines_of
from impact_cli.report.blocks import Bullets
from impact_cli.report.telling import tell_section

QUESTIONS = """
questions:
  - {id: a, kind: text, ask: A ?, topic: a, tell: "A {a}."}
  - {id: b, kind: text, ask: B ?, topic: b, tell: "B :{b:quote}"}
  - {id: n, kind: number, ask: N ?, topic: n, tell: {by: n, zero: Rien., one: Un., many: "{n} fois."}}
  - {id: c, kind: text, ask: C ?, topic: c, tell: "C {c}."}
"""


def _lines(section: str) -> list[list[object]]:
    (section_read,) = load_section(section).sections
    return [list(line) for line in lines_of(section_read)]


def test_questions_tell_themselves_in_the_order_asked() -> None:
    told = _lines(QUESTIONS)
    assert [line[0] for line in told if isinstance(line[0], str)] == ["A {a}.", "B\u00a0:{b:quote}", "C {c}."]
    assert [len(line) for line in told] == [1, 1, 1, 1]


def test_a_line_that_ties_questions_stands_where_the_first_of_them_is_asked() -> None:
    told = _lines(QUESTIONS + 'tell: ["Pour {c}, {n} fois."]')
    assert [line[0] for line in told] == ["A {a}.", "B\u00a0:{b:quote}", "Pour {c}, {n} fois."]


def test_questions_that_are_tied_tell_themselves_in_that_line() -> None:
    told = _lines(QUESTIONS + 'tell: ["Pour {c}, {n} fois."]')
    assert [len(line) for line in told] == [1, 1, 3]
    assert told[-1][-1] == "C {c}."


@pytest.mark.parametrize(
    ("section", "fault"),
    [
        (
            "questions: [{id: a, kind: text, ask: A ?, topic: a, tell: A.}]",
            "famille.yaml:6: rubrique.a: la phrase ne nomme aucune question",
        ),
        (
            QUESTIONS.replace("A {a}.", "A {c}."),
            "famille.yaml:7: rubrique.a: ici, une phrase raconte « a » et rien d’autre",
        ),
        (
            QUESTIONS.replace("A {a}.", "A {n} {a}."),
            "famille.yaml:7: rubrique.a: ici, une phrase raconte « a » et rien d’autre",
        ),
        (
            QUESTIONS + 'tell: ["Pour {c}."]',
            "famille.yaml:10: rubrique.c: le « tell » de la rubrique raconte déjà « c »",
        ),
        (QUESTIONS.replace("B :{b:quote}", "b."), "famille.yaml:8: rubrique.b: la phrase ne nomme aucune question"),
        (
            "questions: [{id: a, kind: text, ask: A ?, topic: a}]",
            "famille.yaml:6: rubrique.a: aucune phrase ne raconte cette réponse quand elle est la seule",
        ),
    ],
)
def test_what_a_question_cannot_say_of_itself_is_a_fault(section: str, fault: str, tmp_path: Path) -> None:
    assert list_faults(write_section(tmp_path, section))[0].startswith(fault)


@pytest.mark.parametrize(
    ("ticked", "told"), [(1, "Avec a."), (2, "Avec a et b."), (3, "Avec a, b et c."), (4, "Plusieurs\u00a0: a b c d")]
)
def test_two_or_three_can_be_told_otherwise_than_many(ticked: int, told: str) -> None:
    forms = 'one: "Avec {q}.", few: "Avec {q}.", many: "Plusieurs :{q:bullets}"'
    question = f"{{id: q, kind: many, ask: Q ?, topic: q, options: [a, b, c, d], tell: {{by: q, {forms}}}}}"
    catalogue = load_section(f"questions:\n  - {question}\n")
    blocks = tell_section(next(catalogue.sections), {"q": ("a", "b", "c", "d")[:ticked]})
    said = [text for block in blocks for text in (block.items if isinstance(block, Bullets) else (block.text,))]  # type: ignore[union-attr]
    assert " ".join(said) == told
