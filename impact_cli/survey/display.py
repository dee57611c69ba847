"""What the faces of the survey show alike: answers in words, text made visible, blocks as lines."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import assert_never

from impact_cli.answers.sheet import Answer, Silence
from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Option, Rating, Text
from impact_cli.report import blocks
from impact_cli.survey.prompter import Draft, Step
from impact_cli.survey.wording import SILENCES

_ECHO_LENGTH = 240  # of an answer shown again, in characters
_HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls, save the newline
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # marks without width, and what turns the direction of text
    "\ud800-\udfff]"  # halves of a pair, from bytes that were not UTF-8
)
_CONTROL_PICTURES = 0x2400
_STAND_IN = "\ufffd"


def make_visible(text: str) -> str:
    """The text with one stand-in for each character that a terminal would obey or hide: ␛ for escape, else �."""
    return _HIDDEN.sub(lambda hidden: _picture(hidden[0]), text)


def _picture(hidden: str) -> str:
    return chr(_CONTROL_PICTURES + ord(hidden)) if hidden < " " else _STAND_IN


def wrap(text: str, width: int, lead: str = "", follow: str = "") -> list[str]:
    """The visible text in lines of at most `width` characters, cut at spaces; `lead` opens the first."""
    room = max(width, len(lead) + 4)
    lines = [
        line
        for paragraph in make_visible(text).split("\n")
        for line in textwrap.wrap(paragraph, room - len(lead), break_on_hyphens=False) or [""]
    ]
    return [lead + lines[0], *(follow + line for line in lines[1:])]


def list_options(step: Step) -> Sequence[Option]:
    """What can be chosen for the step, in order; the levels of a rating have their numbers as ids, none for words."""
    match step.question:
        case Many(options=options) | One(options=options) | Grid(choices=options):
            return options
        case Rating(levels=levels):
            return [
                Option.model_construct(id=str(value), label=f"{draw_rating(value, len(levels))} {value} · {level}")
                for value, level in enumerate(levels, 1)
            ]
        case Number() | Text() | Keywords():
            return ()
        case _:
            assert_never(step.question)


def draw_rating(value: int, maximum: int) -> str:
    """The mark in dots, readable without colours."""
    return "●" * value + "○" * (maximum - value)


def name_step(step: Step) -> str:
    """What is asked: the question, and the row where it is a grid."""
    return f"{step.question.ask} — {step.row.label}" if step.row else step.question.ask


def name_topic(step: Step) -> str:
    """The subject of what is asked, and the row where it is a grid."""
    return f"{step.question.topic}, {step.row.label}" if step.row else step.question.topic


def tell_answer(step: Step, answer: Answer | Draft) -> str:
    """The answer in the words of the screen, on one line, cut when it is long."""
    if isinstance(answer, Silence):
        return SILENCES[answer]
    if labels := {option.id: option.label for option in list_options(step)}:
        given = (answer,) if isinstance(answer, str | int) else answer
        return "\u202f; ".join(labels.get(str(one), str(one)) for one in given)
    return _shorten(write_draft(answer, year=isinstance(step.question, Number) and step.question.year))


def write_draft(answer: Answer | Draft | None, *, year: bool = True) -> str:
    """The answer as one would type it in a field of words; nothing for a silence."""
    match answer:
        case None | Silence():
            return ""
        case int():
            return str(answer) if year else f"{answer:,}".replace(",", "\u202f")
        case str():
            return answer
        case _:
            return ", ".join(answer)


def _shorten(text: str) -> str:
    flat = make_visible(" ".join(text[: 4 * _ECHO_LENGTH].split()))
    return flat if len(flat) <= _ECHO_LENGTH else flat[:_ECHO_LENGTH].rstrip() + "…"


def set_blocks(report: Sequence[blocks.Block], width: int) -> Iterator[str]:
    """The blocks as plain lines of at most `width` characters."""
    for block in report:
        match block:
            case blocks.Heading(text=text) | blocks.Paragraph(text=text) | blocks.Rating(text=text):
                yield from wrap(text, width)
            case blocks.Quote(text=text):
                yield from wrap(f"«\u00a0{text}\u00a0»", width, "  ", "  ")
            case blocks.Bullets(items=items):
                for line in items:
                    yield from wrap(line, width, "• ", "  ")
            case blocks.Keywords(words=words):
                yield from wrap(" ".join(f"#{word}" for word in words), width)
            case _:
                assert_never(block)
