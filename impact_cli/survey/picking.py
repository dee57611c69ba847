"""What a typed line picks from a list: by numbers, ranges of numbers, labels or ids."""

import re
from collections.abc import Iterator, Sequence

from impact_cli.answers.values import AnswerError
from impact_cli.catalogue.model import Many, Option, Rating
from impact_cli.errors import shorten, suggest
from impact_cli.survey.prompter import Step
from impact_cli.survey.steps import list_options

_NUMBER = re.compile(r"[0-9]{1,6}")
_RANGE = re.compile(r"([0-9]{1,6}) ?[-–] ?([0-9]{1,6})")
_ONLY_NUMBERS = re.compile(r"[0-9\s,;–-]+")


def read_choice(step: Step, line: str) -> object:
    """What the line names: ids for numbers and labels; the words themselves where nothing is offered."""
    options = list_options(step)
    if isinstance(step.question, Rating):
        return {option.label: option.id for option in options}.get(line.strip(), line.strip())
    if isinstance(step.question, Many):
        return [identifier for piece in _split(line, options) for identifier in _read_piece(piece, options)]
    return next(_read_piece(line.strip(), options)) if options else line


def read_numbers(line: str, options: Sequence[Option]) -> list[int]:
    """The numbers of the options that the line names; none where it names another."""
    try:
        return [int(name) for piece in _split(line, options) for name in _read_piece(piece, options)]
    except AnswerError:
        return []


def _split(line: str, options: Sequence[Option]) -> list[str]:
    """The pieces between commas, or between spaces where nothing but numbers or ids was typed."""
    names = {name for option in options for name in (option.id, option.label)}
    if line.strip() in names:
        return [line.strip()]
    if _ONLY_NUMBERS.fullmatch(line) or names.issuperset(line.split()):
        return re.findall(r"[^\s,;]+", _RANGE.sub(r"\1-\2", line))
    return [piece.strip() for piece in re.split("[,;]", line) if piece.strip()]


def _read_piece(piece: str, options: Sequence[Option]) -> Iterator[str]:
    """The ids of a number, a range of numbers, a label or an id."""
    if _NUMBER.fullmatch(piece):
        yield _pick(int(piece), options)
    elif spanned := _RANGE.fullmatch(piece):
        first, last = sorted(map(int, spanned.groups()))
        _pick(last, options)
        yield from (_pick(number, options) for number in range(first, last + 1))
    else:
        yield _find(piece, options)


def _find(name: str, options: Sequence[Option]) -> str:
    for option in options:
        if name in (option.id, option.label):
            return option.id
    near = suggest(name, [option.label for option in options])
    raise AnswerError(f"«\u00a0{shorten(name)}\u00a0» n’est pas dans la liste, qui va de 1 à {len(options)}.{near}")


def _pick(number: int, options: Sequence[Option]) -> str:
    if not 1 <= number <= len(options):
        raise AnswerError(f"il n’y a pas de numéro {number}\u00a0: la liste va de 1 à {len(options)}.")
    return options[number - 1].id
