"""What a field takes, what it refuses as XPath, and the French of `answers.values` for it, said by a phone."""

from collections.abc import Sequence
from typing import NamedTuple, assert_never

from impact_cli.answers.values import LONGEST_KEYWORD, AnswerError, read_value
from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Question, Rating, Text, list_offered
from impact_cli.report.french import tell_number

# Each character can be matched in one way only: else a phone might take years to refuse heaps of commas.
_BETWEEN = r"[,;\n\t•][\s,;•]*"
_KEYWORD = rf"[^\s,;•][^,;\n\t•]{{0,{LONGEST_KEYWORD - 1}}}"


class Entry(NamedTuple):
    """The type of a field; a test of `.`, what was given, and the sentence for what fails it, where something can."""

    type: str
    constraint: str = ""
    constraint_message: str = ""


def describe_entry(question: Question, name: str) -> Entry:
    """How the field of that name, or each row of a grid's group, is answered.

    Words are counted as a phone counts them: it may refuse some that a survey would take, and takes none too long.
    """
    match question:
        case Many():
            return Entry(f"select_multiple {name}", *_keep_alone(question))
        case One() | Rating() | Grid():
            return Entry(f"select_one {name}")
        case Number(min=low, max=high):
            return Entry("integer", f". >= {low} and . <= {high}", _hear_refusal(question, high + 1))
        case Text(lines=lines, max_length=most):
            words = "." if lines else "normalize-space(.)"
            told = f"{tell_number(most)} caractères au plus sont acceptés."
            return Entry("text", f"string-length({words}) <= {most}", told)
        case Keywords(most=most):
            words = rf"^[\s,;•]*({_KEYWORD}{_BETWEEN}){{0,{most - 1}}}({_KEYWORD}({_BETWEEN})?)?$"
            told = f"{most} mots-clés au plus sont acceptés, séparés par des virgules"
            return Entry("text", f"regex(., '{words}')", f"{told}, de {LONGEST_KEYWORD} caractères au plus.")
        case _:
            assert_never(question)


def _keep_alone(question: Many) -> Sequence[str]:
    """An exclusive option is ticked alone."""
    offered = list_offered(question.options)
    alone = [option for option in offered if option.exclusive]
    if not alone or len(offered) == 1:
        return ()
    ticked = " or ".join(f"selected(., '{option.id}')" for option in alone)
    others = {option.id: next(other.id for other in offered if other is not option) for option in alone}
    refusals = [_hear_refusal(question, pair) for pair in others.items()]
    return f"count-selected(.) <= 1 or not({ticked})", " ".join(dict.fromkeys(refusals))


def _hear_refusal(question: Question, raw: object) -> str:
    """What a survey says of an answer that the question does not take."""
    try:
        read_value(question, raw)
    except AnswerError as error:
        return str(error)[:1].upper() + str(error)[1:]
    raise AssertionError(question)
