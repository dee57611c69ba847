"""What a field refuses, as XPath, and the French for it: the refusals of `answers.values`, said by a phone."""

from typing import NamedTuple, assert_never

from impact_cli.answers.values import LONGEST_KEYWORD, AnswerError, read_value
from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Question, Rating, Text
from impact_cli.report.french import tell_number

# Each character can be matched in one way only: else a phone might take years to refuse heaps of commas.
_BETWEEN = r"[,;\n\t•][\s,;•]*"
_KEYWORD = rf"[^\s,;•][^,;\n\t•]{{0,{LONGEST_KEYWORD - 1}}}"


class Constraint(NamedTuple):
    """A test of `.`, what was given, and the sentence for what fails it."""

    test: str
    message: str


def write_constraint(question: Question) -> Constraint | None:
    """What the question refuses; None where every answer that can be given is taken.

    Words are counted as a phone counts them: it may refuse some that a survey would take, and takes none too long.
    """
    match question:
        case Many():
            return _keep_alone(question)
        case Number(min=low, max=high):
            return Constraint(f". >= {low} and . <= {high}", _hear_refusal(question, high + 1))
        case Text(lines=lines, max_length=most):
            words = "." if lines else "normalize-space(.)"
            return Constraint(
                f"string-length({words}) <= {most}", f"{tell_number(most)} caractères au plus sont acceptés."
            )
        case Keywords(most=most):
            words = rf"^[\s,;•]*({_KEYWORD}{_BETWEEN}){{0,{most - 1}}}({_KEYWORD}({_BETWEEN})?)?$"
            told = f"{most} mots-clés au plus sont acceptés, séparés par des virgules"
            return Constraint(f"regex(., '{words}')", f"{told}, de {LONGEST_KEYWORD} caractères au plus.")
        case One() | Rating() | Grid():
            return None
        case _:
            assert_never(question)


def _keep_alone(question: Many) -> Constraint | None:
    """An exclusive option is ticked alone."""
    alone = [option for option in question.options if option.exclusive and option.asked]
    others = [option for option in question.options if option.asked]
    if not alone or len(others) == 1:
        return None
    ticked = " or ".join(f"selected(., '{option.id}')" for option in alone)
    refusals = [
        _hear_refusal(question, [option.id, next(other.id for other in others if other is not option)])
        for option in alone
    ]
    return Constraint(f"count-selected(.) <= 1 or not({ticked})", " ".join(dict.fromkeys(refusals)))


def _hear_refusal(question: Question, raw: object) -> str:
    """What a survey says of an answer that the question does not take."""
    try:
        read_value(question, raw)
    except AnswerError as error:
        return str(error)[:1].upper() + str(error)[1:]
    raise AssertionError(question)
