"""The face of the conversation in lines: for screen readers, simple terminals and pipes. Nothing is ever redrawn."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TextIO, assert_never

from impact_cli.answers.sheet import Answer
from impact_cli.answers.values import AnswerError
from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Option, Rating, Text
from impact_cli.report.blocks import Block
from impact_cli.report.french import lower_first, raise_first
from impact_cli.survey.keyboard import forget_waiting, has_waiting
from impact_cli.survey.picking import read_choice, read_numbers
from impact_cli.survey.prompter import Aside, Choice, Draft, Keep, Key, Reply, SetBlocks, Step, Wish
from impact_cli.survey.steps import (
    list_options,
    name_step,
    read_step,
    take_step,
    tell_answer,
    tell_confirmed,
    tell_current,
    tell_example,
)
from impact_cli.typography import make_visible, wrap

# What is typed alone on its line: words, which a screen reader says.
_WISHES = {"retour": Wish.BACK, "menu": Wish.OTHER, "pause": Wish.PAUSE}
_HELP, _NONE, _ALL = "aide", "aucun", "tout"
_COMMANDS = (
    "Seul sur sa ligne\u00a0: retour pour la question précédente, menu pour passer, ne pas savoir ou aller ailleurs,"
    " pause pour arrêter."
)
_CUT = (
    "Cette ligne est trop longue pour ce terminal, qui l’a coupée\u00a0: elle n’est pas gardée. Collez-la en plusieurs"
    " lignes, ou répondez sans --plain."
)
SKIPS, KEEPS = "Ligne vide\u00a0: passer.", "Ligne vide\u00a0: la garder."
_UNCUT = 1_000_000  # columns: no line of a file or a pipe is cut
_LONGEST_LINE = 1_023 if sys.platform == "darwin" else 4_095  # bytes of a line, and its end, that a terminal holds


class PlainPrompter:
    """Reads lines from `source`, writes lines to `output`; the end of the lines is a pause."""

    def __init__(self, source: TextIO, output: TextIO, set_report: SetBlocks) -> None:
        self._source = source
        self._output = output
        self._set_report = set_report
        for stream in (source, output):  # a byte that is no text, or a letter that the terminal lacks, stops nothing
            if isinstance(stream, io.TextIOWrapper):
                with contextlib.suppress(io.UnsupportedOperation):
                    stream.reconfigure(errors="replace")

    def ask(self, step: Step, keep: Keep) -> Reply:
        """Ask until a line is a value the question accepts, or an aside."""
        for line in _introduce(step):
            self.say(line)
        refused: str | None = None
        while True:
            typed = self._read_line()
            try:
                reply = self._take_reply(step, typed, insists=typed is not None and typed == refused)
            except AnswerError as error:
                refused = typed
                self.say(raise_first(str(error)))
                self.say(name_step(step))
                continue
            if reply is not None:
                if isinstance(reply, Aside) and reply.draft:
                    keep(reply.draft)
                return reply

    def confirm(self, step: Step, answer: Answer) -> None:
        """The answer, said again in words."""
        self.say(tell_confirmed(step, answer))

    def choose(
        self,
        title: str,
        choices: Sequence[Choice[Key]],
        escape: Key | None = None,
        at: Key | None = None,
        *,
        leaves: bool = False,
    ) -> Key | None:
        """The key of the line whose number or label is typed; None for Ctrl-C or the end of the lines."""
        del escape, at, leaves  # a line of the menu says the same
        self._show_list(title, choices)
        known = {choice.label: choice.key for choice in choices}
        known |= {str(number): choice.key for number, choice in enumerate(choices, 1)}
        while (line := self._read_line()) is not None:
            if line.strip() in known:
                return known[line.strip()]
            self.say(f"Tapez un numéro de 1 à {len(choices)}.")
        return None

    def tick(
        self, title: str, choices: Sequence[Choice[Key]], ticked: Sequence[Key], several: Choice[Sequence[Key]]
    ) -> Sequence[Key] | None:
        """The keys of the lines whose numbers are typed, or `several`; None for Ctrl-C or the end of the lines."""
        self._show_list(title, choices)
        words: dict[str, Sequence[Key]] = {_NONE: ()}
        if len(several.key) > 1:
            words = {_ALL: several.key, **words}
            self.say(f"{_ALL} coche {lower_first(several.label)}.")
        options = [Option(id=str(number), label=choice.label) for number, choice in enumerate(choices, 1)]
        standing = [option.id for option, choice in zip(options, choices, strict=True) if choice.key in ticked]
        wanted = f"Les numéros, séparés par des virgules, {' ou '.join(words)}."
        if standing:
            wanted += f" Cochés maintenant\u00a0: {', '.join(standing)}."
        self.say(wanted)
        while (line := self._read_line()) is not None:
            if (word := line.strip().casefold()) in words:
                return words[word]
            if numbers := read_numbers(line, options):
                return [choice.key for number, choice in enumerate(choices, 1) if number in numbers]
            self.say(wanted)
        return None

    def ask_line(self, title: str, draft: str = "") -> str | None:
        """One line of words, `draft` where it is empty; None for Ctrl-C or the end of the lines."""
        self.say("")
        self.say(title)
        if draft:
            self.say(_tell_proposed(draft))
        line = self._read_line()
        return line if line is None else " ".join(line.split()) or draft

    def show_section(self, title: str, hints: Sequence[str], gone: int, total: int) -> None:
        """The title, which says the way gone in numbers, then the hints."""
        del gone, total
        for line in ("", title, *hints):
            self.say(line)

    def show_report(self, lead: str, blocks: Sequence[Block]) -> None:
        """The lead, then the blocks, a line each."""
        for line in ("", lead, *self._set_report(blocks, _UNCUT)):
            self.say(line)

    def say(self, sentence: str) -> None:
        """Write the sentence as a line; on a terminal, cut between words."""
        lines = wrap(sentence, _measure(self._output)) if self._output.isatty() else [make_visible(sentence)]
        self._output.write("\n".join(lines) + "\n")
        self._output.flush()

    def _show_list(self, title: str, choices: Sequence[Choice[Key]]) -> None:
        for line in ("", title):
            self.say(line)
        for number, choice in enumerate(choices, 1):
            if choice.heading:
                self.say(choice.heading)
            self.say(f"{number}. {choice.label}")

    def _take_reply(self, step: Step, line: str | None, *, insists: bool) -> Reply | None:
        """The reply of a line; None where it asked for help, or was cut."""
        if line is None:
            return Aside(Wish.PAUSE, step.draft)
        command = line.strip().casefold()
        if command in _WISHES:
            return Aside(_WISHES[command], step.draft)
        if command == _HELP:
            self._help(step)
            return None
        if not command:
            offered = _offered(step)
            return read_step(step, offered) if offered else Aside(Wish.SKIP)
        if isinstance(step.question, Text) and step.question.lines:
            return self._take_text(step, line)
        return take_step(step, read_choice(step, line), insists=insists)

    def _help(self, step: Step) -> None:
        for line in filter(None, (step.question.hint, tell_example(step.question), _COMMANDS, name_step(step))):
            self.say(line)

    def _take_text(self, step: Step, first: str) -> Reply:
        """The text that starts with `first` and ends with an empty line, the last of a paste, or the end of lines."""
        lines = [first + "\n"]
        try:
            while (line := self._source.readline()) and (line.strip() or self._has_waiting()):
                if self._is_cut(line):
                    self.say(_CUT)
                else:
                    lines.append(line)
        except KeyboardInterrupt:
            return Aside(Wish.PAUSE, "".join(lines))
        return read_step(step, "".join(lines))

    def _has_waiting(self) -> bool:
        return self._source.isatty() and has_waiting(self._source.fileno())

    def _is_cut(self, line: str) -> bool:
        """Whether a line fills what a terminal can hold of one: the rest of it went nowhere."""
        return self._source.isatty() and len(line.encode("utf-8", "replace")) >= _LONGEST_LINE

    def _read_line(self) -> str | None:
        """The next line that was typed after this moment; None for Ctrl-C or the end."""
        if self._source.isatty():
            forget_waiting(self._source.fileno())
            self._output.write("> ")
            self._output.flush()
        try:
            line = self._source.readline()
        except KeyboardInterrupt:
            self.say("")
            self.say("Une ligne qu’Entrée n’a pas validée n’est pas gardée.")
            return None
        if self._is_cut(line):
            self.say(_CUT)
            return self._read_line()
        return line.rstrip("\r\n") if line else None


def _measure(terminal: TextIO) -> int:
    try:
        return os.get_terminal_size(terminal.fileno()).columns or _UNCUT
    except OSError:
        return _UNCUT


def _offered(step: Step) -> Draft | None:
    """What an empty line takes: half-typed before, or of an earlier edition."""
    return step.draft or step.proposed


def _introduce(step: Step) -> Iterator[str]:
    """The question, what can be chosen, and one line of help."""
    yield from ("", name_step(step))
    if step.remark:
        yield step.remark
    for number, option in enumerate(list_options(step), 1):
        yield f"{option.id if isinstance(step.question, Rating) else number}. {option.label}"
    yield " ".join((_describe_form(step), *_describe_standing(step), f"Tapez {_HELP} pour en savoir plus."))


def _describe_standing(step: Step) -> Iterator[str]:
    if offered := _offered(step):
        yield _tell_proposed(tell_answer(step, offered))
    elif current := tell_current(step):
        yield f"{current}. {KEEPS}"
    else:
        yield SKIPS


def _tell_proposed(answer: str) -> str:
    return f"Réponse proposée\u00a0: {answer}. {KEEPS}"


def _describe_form(step: Step) -> str:
    match step.question:
        case Many():
            return "Un ou plusieurs numéros, séparés par des virgules."
        case Keywords():
            return "Des mots, séparés par des virgules."
        case Number():
            return "Un nombre, en chiffres."
        case Text(lines=lines):
            return (
                "Plusieurs lignes possibles, terminées par une ligne vide."
                if lines
                else "Quelques mots, sur une ligne."
            )
        case One() | Grid() | Rating():
            return "Un numéro de la liste."
        case _:
            assert_never(step.question)
