"""Conditions as XPath, over the fields of a form: what `catalogue.conditions` decides on a sheet, said for phones."""

from collections.abc import Iterator, Mapping, Sequence

from impact_cli.catalogue.conditions import Test, When, key_of, section_of
from impact_cli.catalogue.model import Many, Number, Question
from impact_cli.catalogue.reach import list_reachable
from impact_cli.exchange.field.naming import name_question

Offered = Mapping[str, Question]  # the questions that a form asks, by key, in the order asked


def list_offered(questions: Mapping[str, Question]) -> Offered:
    """What a form asks: as it takes figures alone, also the text for the words around a number."""
    numbers = [(section_of(key), each) for key, each in questions.items() if isinstance(each, Number)]
    prose = {f"{section}.{number.prose}" for section, number in numbers if number.prose}
    return list_reachable(questions, prose)


def write_when(when: When, section: str, offered: Offered) -> str:
    """The condition of a question; empty where it is always asked. A question that is not offered refuses nothing."""
    tests = [(key_of(name, section), test) for name, test in when.items()]
    return " and ".join(part for key, test in tests if key in offered for part in _write_test(key, test, offered[key]))


def write_contradiction(when: When, section: str, offered: Offered) -> str:
    """The condition of a warning: every question is answered and every test holds."""
    answered = [write_answered(key_of(name, section)) for name in when]
    return " and ".join([*answered, write_when(when, section, offered)])


def write_answered(key: str) -> str:
    """Whether a question of one field has an answer."""
    return f"{refer(name_question(key))} != ''"


def write_silent(names: Sequence[str]) -> str:
    """Whether none of these fields has an answer."""
    return " and ".join(f"{refer(name)} = ''" for name in names)


def write_string(text: str) -> str:
    """The words as a string of XPath, which knows no escape; curly apostrophes become straight in every form."""
    text = text.replace("’", "'").replace("‘", "'")
    if "'" not in text:
        return f"'{text}'"
    pieces = ', "\'", '.join(f"'{piece}'" for piece in text.split("'"))
    return f"concat({pieces})"


def refer(name: str) -> str:
    """The field of that name, as XLSForm refers to it."""
    return f"${{{name}}}"


def _write_test(key: str, test: Test, question: Question) -> Iterator[str]:
    field = refer(name_question(key))
    yield from (_write_any(field, [option]) for option in test.all)
    if test.includes:
        yield _write_any(field, test.includes)
    if test.excludes:
        yield f"not({_write_any(field, test.excludes)})"
    amount = f"count-selected({field})" if isinstance(question, Many) else field
    bounds = [(test.min, ">="), (test.max, "<=")]
    written = [f"{amount} {sign} {bound}" for bound, sign in bounds if bound is not None]
    if written:
        yield " and ".join([write_answered(key), *written])


def _write_any(field: str, options: Sequence[str]) -> str:
    chosen = [f"selected({field}, '{option}')" for option in options]
    return chosen[0] if len(chosen) == 1 else f"({' or '.join(chosen)})"
