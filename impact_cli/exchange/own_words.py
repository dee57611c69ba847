"""The words of "Autre", which our own reports print after their option: heard, and taken away."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from impact_cli.answers.reading import AnswerError, read_value
from impact_cli.catalogue.model import Catalogue, Many, One, Option
from impact_cli.catalogue.specify import key_of_words
from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.reading import Reading, Unplaced
from impact_cli.typography import fold


@dataclass(frozen=True, slots=True)
class Said:
    """Words in brackets after the words of an option, and the piece they stood in."""

    piece: Piece
    option: str
    words: str


def leave_own_words(catalogue: Catalogue, pieces: Sequence[Piece]) -> tuple[list[Piece], list[Said]]:
    """The pieces without the words that specify an option, and these words."""
    told = {option.told for option, _ in _list_specified(catalogue).values()}
    if not told:
        return list(pieces), []
    options = "|".join(_loosen(words) for words in sorted(told, key=len, reverse=True))
    pattern = re.compile(rf"({options})\s\([«“\"]\s?(.+?)\s?[»”\"]\)(?=[,.:;…]|\s|$)", re.IGNORECASE)
    left, said = [], []
    for piece in pieces:
        found = [] if piece.mark in (Mark.QUOTE, Mark.FURNITURE) else list(pattern.finditer(piece.text))
        said += [Said(piece, each[1], each[2]) for each in found]
        left.append(replace(piece, text=pattern.sub(r"\1", piece.text)) if found else piece)
    return left, said


def hear_own_words(catalogue: Catalogue, reading: Reading, said: Sequence[Said]) -> None:
    """Give the words to the option that their line has ticked; keep them as not placed where it has none."""
    specified = _list_specified(catalogue)
    for each in said:
        keys = [key for key in _list_ticked(each, specified, reading) if key not in reading.answers]
        if not keys or not _keep(catalogue, reading, keys[0], each):
            reading.unplaced.append(Unplaced(each.piece.first, each.piece.kept))
    reading.answers = {key: reading.answers[key] for key in catalogue.questions if key in reading.answers}


def _keep(catalogue: Catalogue, reading: Reading, key: str, said: Said) -> bool:
    try:
        reading.answers[key] = read_value(catalogue.questions[key], said.words)
    except AnswerError:
        return False
    for line in said.piece.numbers:
        reading.lines[line] = (*reading.lines.get(line, ()), key)
    return True


_Specified = Mapping[str, tuple[Option, str]]


def _list_specified(catalogue: Catalogue) -> _Specified:
    """The key of the words of each option that asks for some, with the option and its question's key."""
    return {
        f"{section.id}.{key_of_words(question, option)}": (option, f"{section.id}.{question.id}")
        for section in catalogue.sections
        for question in section.questions
        if isinstance(question, Many | One)
        for option in question.options
        if option.specify
    }


def _list_ticked(said: Said, specified: _Specified, reading: Reading) -> Iterator[str]:
    answered = {key for line in said.piece.numbers for key in reading.lines.get(line, ())}
    for key, (option, question) in specified.items():
        chosen = reading.answers.get(question, ())
        ticked = option.id in (chosen if isinstance(chosen, tuple) else (chosen,))
        if question in answered and ticked and fold(option.told) == fold(said.option):
            yield key


def _loosen(words: str) -> str:
    """The words with any apostrophes and spaces."""
    return r"\s+".join(re.escape(word).replace("’", "['’]") for word in words.split())
