"""One step of the conversation in words: what it asks, what it offers, what it accepts, what was answered."""

import re
from collections.abc import Mapping, Sequence
from typing import assert_never

from impact_cli.answers.numbers import hear_number
from impact_cli.answers.sheet import Answer, Silence, Value
from impact_cli.answers.values import AnswerError, find_option, read_value
from impact_cli.catalogue.model import (
    Grid,
    Keywords,
    Many,
    Number,
    One,
    Option,
    Question,
    Rating,
    Text,
    list_offered,
    options_of,
)
from impact_cli.clock import read_clock
from impact_cli.report.french import raise_first, tell_number
from impact_cli.report.wording import say_mark
from impact_cli.survey.prompter import Draft, Step, Worded
from impact_cli.typography import SEMICOLON, cut_line, make_visible

_ECHO_LENGTH = 120  # characters of an answer shown again: two lines of 80 columns, with its subject
_SILENCES = {
    Silence.SKIPPED: "passée",
    Silence.NOT_KNOWN: "ne sait pas",
    Silence.NOT_APPLICABLE: "sans objet",
}
_INSIST = "Validez encore une fois pour le noter."


def name_step(step: Step) -> str:
    """What is asked: the question, and on a line of its own the row where it is a grid."""
    return f"{step.question.ask}\n→ {step.row.label}" if step.row else step.question.ask


def name_topic(step: Step) -> str:
    """The subject of what is asked; of a grid, the row."""
    return step.row.label if step.row else step.question.topic


def list_options(step: Step) -> Sequence[Option]:
    """What can be chosen, in order; none where words are typed. The levels of a rating have their marks as ids."""
    match step.question:
        case Many(options=options) | One(options=options) | Grid(choices=options):
            return list_offered(options, _list_ticked(step))
        case Rating(marks=marks):
            return [Option(id=str(mark), label=level) for mark, level in marks.items()]
        case Number() | Text() | Keywords():
            return ()
        case _:
            assert_never(step.question)


def _list_ticked(step: Step) -> set[str]:
    """The ids that stand in the field, or in the sheet."""
    standing = [said for said in (step.current, step.proposed, step.draft) if isinstance(said, str | tuple)]
    return {one for said in standing for one in ((said,) if isinstance(said, str) else said)}


def read_step(step: Step, raw: object) -> Value:
    """The value the step accepts, for one row of a grid the id of a choice. Raises AnswerError."""
    if isinstance(step.question, Grid):
        return find_option(step.question.choices, str(raw)).id
    return read_value(step.question, raw)


def take_step(step: Step, raw: object, *, insists: bool) -> Value | Worded:
    """The value of what was typed. Raises AnswerError, also for what is odd until somebody insists on it."""
    question = step.question
    if isinstance(question, Number) and isinstance(raw, str):
        return _take_number(question, raw, insists=insists)
    value = read_step(step, raw)
    figures = isinstance(question, Text) and question.example.isdigit()
    if figures and not insists and not re.fullmatch(r"[\d\s]+", str(value)):
        raise AnswerError(f"des chiffres sont attendus ici, pas «\u00a0{value}\u00a0». {_INSIST}")
    return value


def _take_number(question: Number, raw: str, *, insists: bool) -> Value | Worded:
    try:
        value = read_value(question, raw)
    except AnswerError:
        heard = hear_number(raw)
        if heard.number is None and not (heard.doubt and question.prose):
            raise
        if heard.number is not None:
            value = read_value(question, heard.number)
        if not insists:
            raise AnswerError(_say_heard(heard.number)) from None
        return Worded(heard.number, " ".join(raw.split())) if question.prose else value
    if question.year and not insists and int(str(value)) > read_clock().year:
        raise AnswerError(f"{value} est une année à venir. {_INSIST}")
    return value


def _say_heard(number: int | None) -> str:
    if number is None:
        return "ce n’est pas un seul nombre. Validez encore une fois pour garder vos mots, sans nombre."
    return f"compris\u00a0: {number}. {_INSIST}"


def tell_example(question: Question) -> str:
    """An invented answer, named as one; nothing where the question has none."""
    return f"Exemple\u00a0: {question.example}" if question.example else ""


def tell_current(step: Step) -> str:
    """What the sheet holds; nothing where it holds nothing."""
    return "" if step.current is None else f"Réponse actuelle\u00a0: {tell_answer(step, step.current)}"


def say_doubt(reason: str) -> str:
    """Why an answer that was read in a report is to be confirmed, without a stop."""
    return f"À confirmer, car {reason.rstrip('.')}"


def tell_answer(step: Step, answer: Answer) -> str:
    """The answer in the words of the screen, on one line, cut when it is long."""
    if isinstance(answer, Silence):
        return _SILENCES[answer]
    if list_options(step):
        return tell_value(step.question, answer)
    if isinstance(answer, int) and isinstance(step.question, Number) and not step.question.year:
        return tell_number(answer)
    return make_visible(cut_line(write_draft(answer), _ECHO_LENGTH))


def tell_value(question: Question | None, answer: Answer) -> str:
    """The whole answer in the labels of the questionnaire; by its ids where the question is no longer there."""
    if isinstance(answer, Silence):
        return f"({_SILENCES[answer]})"
    if isinstance(question, Rating):  # of which a draft is in letters
        return next((say_mark(question, mark) for mark in question.marks if str(mark) == str(answer)), str(answer))
    lists = options_of(question) if question else {}
    rows, choices = lists.get("rows", ()), lists.get("choices", lists.get("options", ()))
    match answer:
        case Mapping():
            said = (f"{_label(rows, row)}\u00a0: {_label(choices, choice)}" for row, choice in answer.items())
            return SEMICOLON.join(said)
        case tuple():
            return (SEMICOLON if choices else ", ").join(_label(choices, chosen) for chosen in answer)
        case _:
            return _label(choices, str(answer))


def _label(options: Sequence[Option], identifier: str) -> str:
    return next((option.label for option in options if option.id == identifier), identifier)


def tell_confirmed(step: Step, answer: Answer) -> str:
    """The line that stays on the screen once something was said to a question."""
    sign = "–" if isinstance(answer, Silence) else "✓"
    return f"{sign} {raise_first(name_topic(step))}\u00a0: {tell_answer(step, answer)}"


def write_draft(answer: Answer | Draft | None) -> str:
    """The answer as one would type it in a field of words; nothing for a silence."""
    match answer:
        case None | Silence():
            return ""
        case int():
            return str(answer)
        case str():
            return answer
        case _:
            return ", ".join(answer)
