"""The face of the conversation on a terminal: prompts that are answered with keys, and what they leave on screen."""

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, assert_never

import questionary
from prompt_toolkit import print_formatted_text
from prompt_toolkit.application import create_app_session, get_app_session
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output, create_output

from impact_cli.answers.sheet import Answer, Silence
from impact_cli.answers.values import AnswerError
from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Question, Rating, Text
from impact_cli.report.blocks import Block
from impact_cli.survey.prompter import Aside, Choice, Draft, Keep, Key, Reply, SetBlocks, Step, Wish
from impact_cli.survey.steps import (
    list_options,
    name_step,
    take_step,
    tell_confirmed,
    tell_current,
    tell_example,
    write_draft,
)
from impact_cli.survey.terminal.field import QUIET, STRONG, Field
from impact_cli.survey.terminal.lists import ALL_OF_THEM, OptionField, TickField
from impact_cli.survey.terminal.screen import STYLE, Screen, Texts
from impact_cli.survey.terminal.word_field import WordField
from impact_cli.typography import draw_dots, wrap

_BAR_WIDTH = 32  # columns: two for most of our sections, and short enough to be seen as one line
_EXCERPT = "│ "  # before every line that the report gains
# What other keys than those of the field do, as the foot of a prompt says it.
_PAUSE, _LEAVE = {Wish.PAUSE: "Ctrl-C pause"}, {Wish.PAUSE: "Ctrl-C sort"}
_ASIDES = {Wish.OTHER: "Tab menu", Wish.BACK: "Maj-Tab retour", **_PAUSE}
_ESCAPE = {Wish.STAY: "Échap revient"}


class TerminalPrompter:
    """Asks with questionary's prompts, framed by `Screen`; talks on stderr where that is a terminal.

    Raises EOFError when the keyboard is closed.
    """

    def __init__(self, set_report: SetBlocks, source: Input | None = None, output: Output | None = None) -> None:
        session = get_app_session()
        self._input = source or session.input
        self._output = output or (create_output(sys.stderr) if sys.stderr.isatty() else session.output)
        self._set_report = set_report
        self._confirmed: list[tuple[str, int, int]] = []  # what the last lines confirm: its name, rows, columns then

    def ask(self, step: Step, keep: Keep) -> Reply:
        """Ask until the reply is a value the question accepts, or an aside."""
        self._take_back(step)
        reply: Reply = self._run(_head(step), partial(_field, step), _ASIDES, partial(_read, step), keep)
        return reply

    def confirm(self, step: Step, answer: Answer) -> None:
        """The one line that an answer leaves, until the same is asked right again."""
        confirmed = self._confirmed
        rows = self._print([("", tell_confirmed(step, answer))], "  ")
        self._confirmed = [*confirmed, (_name(step), rows, self._columns)]

    def _take_back(self, step: Step) -> None:
        """Wipe out the line of what is asked again, where nothing but such lines stands below it."""
        if not self._confirmed or self._confirmed[-1][::2] != (_name(step), self._columns):
            return
        *self._confirmed, (_, rows, _) = self._confirmed
        self._output.cursor_up(rows)
        self._output.erase_down()
        self._output.flush()

    def choose(
        self,
        title: str,
        choices: Sequence[Choice[Key]],
        escape: Key | None = None,
        at: Key | None = None,
        *,
        leaves: bool = False,
    ) -> Key | None:
        """The key of the chosen line; `escape` for Esc, None for Ctrl-C, Ctrl-D."""
        here = next((index for index, choice in enumerate(choices) if choice.key == at), None)
        lines = [questionary.Choice(choice.label, str(index)) for index, choice in enumerate(choices)]
        field = partial(OptionField, lines, here, headings=[choice.heading for choice in choices])
        wishes = _LEAVE if escape is None else _ESCAPE | (_LEAVE if leaves else _PAUSE)
        reply = self._run(_head_menu(title), field, wishes, _take_line)
        if isinstance(reply, Aside):
            return escape if reply.wish is Wish.STAY else None
        return choices[int(reply)].key

    def tick(
        self, title: str, choices: Sequence[Choice[Key]], ticked: Sequence[Key], several: Choice[Sequence[Key]]
    ) -> Sequence[Key] | None:
        """The keys of the lines that were ticked; `several` by a line above them. None for Ctrl-C, Ctrl-D."""
        names = {str(index): choice.key for index, choice in enumerate(choices)}
        together = frozenset(name for name, key in names.items() if key in several.key)
        above = [questionary.Choice(several.label, ALL_OF_THEM)] if len(together) > 1 else []
        boxes = [
            questionary.Choice(choice.label, name, checked=names[name] in ticked)
            for name, choice in zip(names, choices, strict=True)
        ]
        field = partial(TickField, [*above, *boxes], together=together)
        reply = self._run(_head_menu(title), field, _PAUSE, _take_ticks)
        return None if isinstance(reply, Aside) else [names[name] for name in reply]

    def ask_line(self, title: str, draft: str = "") -> str | None:
        """One line of words, which may be empty; None for Ctrl-C, Ctrl-D."""
        line = self._run(_head_menu(title), partial(WordField, draft), _LEAVE, lambda draft, _insists: draft)
        return None if isinstance(line, Aside) else " ".join(line.split())

    def show_section(self, title: str, hints: Sequence[str], gone: int, total: int) -> None:
        """A heading, a bar as long as the way gone, the hints."""
        width = min(_BAR_WIDTH, self._columns)
        full = width * gone // total
        bar = "━" * full + "┈" * (width - full)
        self._print([("", ""), (STRONG, title), ("", bar)] + [(QUIET, hint) for hint in hints])

    def show_report(self, lead: str, blocks: Sequence[Block]) -> None:
        """The lead, then the blocks behind a line that runs down their left."""
        self._print([("", ""), ("", lead)])
        for line in filter(None, self._set_report(blocks, self._columns - len(_EXCERPT))):
            self._print([("", line)], _EXCERPT, _EXCERPT)

    def say(self, sentence: str) -> None:
        """Print the sentence, wrapped."""
        self._print([("", sentence)], "  " if sentence.startswith("• ") else "")

    def _run(
        self,
        head: Texts,
        open_field: Callable[[], Field],
        wishes: Mapping[Wish, str],
        read: Callable[[Draft, bool], object],
        keep: Keep = lambda _draft: None,
    ) -> Any:
        """What `read` made of the field, or an aside with one of the wishes."""
        with create_app_session(input=self._input, output=self._output):
            return Screen(head, open_field(), wishes, read, keep).run()

    def _print(self, parts: Texts, follow: str = "", lead: str = "") -> int:
        """Show the parts, and give how many rows they take."""
        self._confirmed = []
        rows = [(style, line) for style, text in parts for line in wrap(text, self._columns, lead, follow)]
        for row in rows:
            print_formatted_text(FormattedText([row]), output=self._output, style=STYLE)
        return len(rows)

    @property
    def _columns(self) -> int:
        return self._output.get_size().columns


def _name(step: Step) -> str:
    return f"{step.question.id} {step.row.id if step.row else ''}"


def _head_menu(title: str) -> Texts:
    *above, asked = title.split("\n")
    return [*(("", line) for line in above), (STRONG, asked)]


def _head(step: Step) -> Texts:
    question = step.question
    parts = [
        (QUIET, f"Question {step.number} sur\u00a0{step.total}"),
        (STRONG, name_step(step)),
        ("", step.remark),
        (QUIET, question.hint),
        (QUIET, tell_example(question)),
        (QUIET, tell_current(step) if isinstance(step.current, Silence) else ""),
    ]
    return [(style, text) for style, text in parts if text]


def _field(step: Step) -> Field:
    question, standing = step.question, step.standing
    match question:
        case Many():
            return _tick_field(step, question)
        case One() | Grid():
            return _option_field(step, [option.label for option in list_options(step)])
        case Rating(marks=marks):
            titles = [f"{draw_dots(mark, max(marks))} {mark} · {level}" for mark, level in marks.items()]
            return _option_field(step, titles, numbered=False)
        case Number():
            return WordField(write_draft(standing), proposed=step.draft is None)
        case Text(lines=lines):
            return WordField(write_draft(standing), lines=lines)
        case Keywords():
            return WordField(write_draft(standing), joint=", ")
        case _:
            assert_never(question)


def _tick_field(step: Step, question: Many) -> TickField:
    ticked = _list_standing(step)
    boxes = [questionary.Choice(option.label, option.id, checked=option.id in ticked) for option in list_options(step)]
    exclusive = frozenset(option.id for option in question.options if option.exclusive)
    return TickField(boxes, exclusive)


def _option_field(step: Step, titles: Sequence[str], *, numbered: bool = True) -> OptionField:
    options, ticked = list_options(step), _list_standing(step)
    lines = [questionary.Choice(title, option.id) for title, option in zip(titles, options, strict=True)]
    pointed = next((index for index, option in enumerate(options) if option.id in ticked), None)
    return OptionField(lines, pointed, numbered=numbered)


def _list_standing(step: Step) -> set[str]:
    """The ids of what stands in the field already."""
    standing = step.standing
    return {str(standing)} if isinstance(standing, str | int) else set(standing or ())


def _take_line(draft: Draft, _insists: bool) -> Draft:
    if not draft:
        raise AnswerError("Choisissez d’abord, avec les flèches ou un chiffre.")
    return draft


def _take_ticks(draft: Draft, insists: bool) -> Draft:
    if not draft and not insists:
        raise AnswerError("Rien n’est coché. Entrée encore une fois\u00a0: rien ne sera publié.")
    return draft


def _read(step: Step, draft: Draft, insists: bool) -> Reply:
    """The value of what stands in the field; who insists on an empty one skips, unless it would take an answer away."""
    if draft and not (isinstance(draft, str) and not draft.strip()):
        return take_step(step, draft, insists=insists)
    if step.current is not None and not isinstance(step.current, Silence):
        raise AnswerError("Votre réponse d’avant est gardée. Pour l’enlever\u00a0: Tab, puis «\u00a0Effacer\u00a0».")
    if not insists:
        given = _name_giving(step.question)
        raise AnswerError(f"Rien n’est {given}. Entrée encore une fois\u00a0: passer la question.")
    return Aside(Wish.SKIP)


def _name_giving(question: Question) -> str:
    match question:
        case Many():
            return "coché"
        case One() | Grid() | Rating():
            return "choisi"
        case Text() | Number() | Keywords():
            return "écrit"
        case _:
            assert_never(question)
