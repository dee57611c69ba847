import pytest

from impact_cli.catalogue.conditions import Test as Condition
from impact_cli.catalogue.conditions import holds

ANSWERS = {"s.types": ("un", "deux"), "s.image": "mieux", "s.combien": 3, "t.types": ("aucun",)}


@pytest.mark.parametrize(
    ("question", "test", "held"),
    [
        ("types", Condition(includes=("un",)), True),
        ("types", Condition(includes=("trois", "deux")), True),
        ("types", Condition(includes=("trois",)), False),
        ("types", Condition(excludes=("trois",)), True),
        ("types", Condition(excludes=("deux",)), False),
        ("types", Condition(includes=("un",), excludes=("deux",)), False),
        ("image", Condition(includes=("mieux", "moins")), True),
        ("image", Condition(excludes=("mieux",)), False),
        ("t.types", Condition(excludes=("aucun",)), False),
        ("combien", Condition(min=3, max=3), True),
        ("combien", Condition(min=4), False),
        ("combien", Condition(max=2), False),
        ("rien", Condition(includes=("un",)), False),
        ("rien", Condition(excludes=("un",)), True),
        ("rien", Condition(max=9), False),
        ("t.rien", Condition(), True),
    ],
)
def test_a_condition_is_held_against_an_earlier_answer(question: str, test: Condition, *, held: bool) -> None:
    assert holds({question: test}, "s", ANSWERS) is held


def test_every_test_of_a_condition_must_hold() -> None:
    both = {"types": Condition(includes=("un",)), "combien": Condition(min=9)}
    assert not holds(both, "s", ANSWERS)
    assert holds({}, "s", {})
