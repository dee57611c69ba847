"""What our own reports say besides their answers: what only repeats, marks, what they do not tell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from impact_cli.answers.sheet import Silence
from impact_cli.catalogue.model import Catalogue, Grid, Section
from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.reading import Reading
from impact_cli.exchange.words import is_damaged, words_of
from impact_cli.report import wording
from impact_cli.report.blocks import CONTENTS_TITLE

_GIVEN_IN_DOUBT = "le rapport la donne «\u00a0à confirmer\u00a0»"
_EDITION = re.compile(rf"{wording.EDITION}\s(?P<edition>\S+?)\s?;")
_WORDS = f"(?:{wording.TO_CONFIRM}|{wording.WITHHELD}|{wording.TO_CONFIRM}, {wording.WITHHELD})"
_MARK = re.compile(rf" \({_WORDS}\)(?=\s*(?:[:.…]|[●○]+|$))")
_LEAD = re.compile(rf"{_WORDS}\s*:", re.IGNORECASE)
_TITLE = re.compile(rf"\s*–\s*{wording.INTERNAL}$")


def _plain(text: str) -> str:
    """The words of a text alone: an editor may have changed all else."""
    return " ".join(words_of(text))


_CONTENTS, _ESSENTIALS, _LAST = map(_plain, (CONTENTS_TITLE, wording.ESSENTIALS_TITLE, wording.SILENCES_TITLE))
_CONTRADICTED, _SILENT = _plain(wording.CONTRADICTED), _plain(wording.NOTHING_SILENT)
_FOOT, _UNTOUCHED = (tuple(map(_plain, openings)) for openings in (wording.FOOT, wording.UNTOUCHED))


@dataclass(frozen=True, slots=True)
class Own:
    """What was taken away of a report of ours: its last section, and marks by the number of their line."""

    last: Sequence[Piece]
    marked: Mapping[int, str]

    def is_of(self, catalogue: Catalogue) -> bool:
        """Whether its foot names this very questionnaire, or none."""
        known = _plain(wording.say_questionnaire(catalogue.title, catalogue.version))
        lines = {_plain(piece.text) for piece in self.last}
        return all(line == known for line in lines if line.startswith(_plain(wording.QUESTIONNAIRE)))


def leave_front(catalogue: Catalogue, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with what our first pages say again, and what tells no answer, as furniture."""
    families = [_plain(family.title) for family in catalogue.families]
    titles = [*families, *(_plain(section.title) for section in catalogue.sections)]
    left = {*_list_repeats(families, _find_contents(titles, pieces), pieces)}
    return [replace(piece, mark=Mark.FURNITURE) if at in left else piece for at, piece in enumerate(pieces)]


def leave_own(pieces: Sequence[Piece]) -> tuple[list[Piece], Own | None]:
    """The pieces that tell answers, and what else a report of ours says; None of one that is not ours."""
    last = next((number for number in reversed(range(len(pieces))) if _is_last_title(pieces[number])), None)
    if last is None:  # the last one: a table of contents has the title too
        return list(pieces), None
    marked: dict[int, str] = {}
    return list(_leave_marks(pieces[:last], marked)), Own(pieces[last:], marked)


def hear_own(catalogue: Catalogue, own: Own, reading: Reading) -> set[str]:
    """Add to a reading what was taken away before; the questions named as silent (of a grid: `key.row`)."""
    _hear_marks(reading, own.marked)
    named: set[str] = set()
    for number, piece in enumerate(own.last):
        reading.hold(piece)
        silent = not number or piece.mark == Mark.FURNITURE
        if match := _EDITION.match(piece.text):
            reading.edition = match["edition"]
        if not (_hear_last(catalogue, _plain(piece.text), reading, named) or silent):
            reading.lose(piece)
    return named


def _find_contents(titles: Sequence[str], pieces: Sequence[Piece]) -> range:
    """Our table of contents, where a PDF holds one, up to the title of our last section: it is no title of anything."""
    lines = [_plain(piece.text) for piece in pieces]
    first = lines.index(_CONTENTS) if _CONTENTS in lines else len(lines)
    for last in range(first + 1, len(lines)):
        line = lines[last].rstrip(" 0123456789")  # of a page
        if line == _LAST:
            return range(first, last + 1)
        if pieces[last].mark == Mark.QUOTE or not any(line in title for title in titles):
            break
    return range(0)


def _list_repeats(families: Sequence[str], contents: range, pieces: Sequence[Piece]) -> Iterator[int]:
    """What our first page only repeats, up to a family's title behind its contents; what our sections do not tell."""
    repeating = False
    for number, piece in enumerate(pieces):
        line = _plain(piece.text)
        if piece.mark != Mark.QUOTE and number not in contents:
            repeating = line == _ESSENTIALS or (repeating and line not in (*families, _LAST))
        repeating = repeating or number in contents
        if repeating or line.startswith(_CONTRADICTED):
            yield number


# The last section


def _is_last_title(piece: Piece) -> bool:
    known, letters = ("".join(words) for words in (_LAST.split(), words_of(piece.text)))
    return piece.mark in (Mark.HEADING, Mark.PLAIN) and is_damaged(known, letters)


def _hear_last(catalogue: Catalogue, line: str, reading: Reading, named: set[str]) -> bool:
    """Whether a line is one of ours; the silences that it names are added."""
    if line.startswith(_UNTOUCHED):
        named.update(*_list_untouched(catalogue, line))
        return True
    heard = [_hear_section(section, line, reading, named) for section in catalogue.sections]
    return line.startswith((*_FOOT, _SILENT)) or any(heard)


def _list_untouched(catalogue: Catalogue, line: str) -> Iterator[Iterable[str]]:
    """The questions of each section that a sentence names, itself or by its family; of all where it names none."""
    titles = {section.id: (family.title, section.title) for family in catalogue.families for section in family.sections}
    named = [section for section in catalogue.sections if any(_plain(title) in line for title in titles[section.id])]
    yield from (section.keyed for section in named or catalogue.sections)


def _hear_section(section: Section, line: str, reading: Reading, named: set[str]) -> bool:
    """Whether the line is about the section; its silences and doubts are added."""
    title = f"{_plain(section.title)} "
    if not line.startswith(title):
        return False
    openings = {_plain(words): silence for silence, words in wording.GAPS.items()} | {_plain(wording.TO_CONFIRM): None}
    subjects = {_plain(question.topic): key for key, question in section.keyed.items()}
    for key, question in section.keyed.items():
        rows = question.rows if isinstance(question, Grid) else ()
        subjects |= {_plain(row.told): f"{key}.{row.id}" for row in rows}
    words = sorted((*openings, *subjects), key=len, reverse=True)
    silence = None
    for said in re.findall(rf"\b(?:{'|'.join(words)})\b", line.removeprefix(title)):
        if said in openings:
            silence = openings[said]
        elif silence is None:
            reading.uncertain[subjects[said]] = _GIVEN_IN_DOUBT
        else:
            _hear_silence(section, subjects[said], silence, reading, named)
    return True


def _hear_silence(section: Section, name: str, silence: Silence, reading: Reading, named: set[str]) -> None:
    """The silence of a question or, of a grid, of a row, whose question does not have it as a whole."""
    named.add(name)
    key = name.rpartition(".")[0]
    grid = section.keyed.get(key)
    if not isinstance(grid, Grid):
        reading.silences |= {name: silence} if silence is not Silence.SKIPPED else {}
        return
    named.discard(key)
    reading.silences.pop(key, None)
    before = reading.answers.get(key)
    for choice in (choice.id for choice in grid.choices if choice.means == silence):
        said = {**(before if isinstance(before, dict) else {}), name.removeprefix(f"{key}."): choice}
        reading.answers[key] = {row.id: said[row.id] for row in grid.rows if row.id in said}


# Marks, in a sentence or above it


def _leave_marks(pieces: Sequence[Piece], marked: dict[int, str]) -> Iterator[Piece]:
    """The pieces without their marks; what these say is added by the number of the line they stand in or above."""
    led_in = ""
    for piece in pieces:
        quoted = piece.mark == Mark.QUOTE
        lead = not quoted and bool(_LEAD.fullmatch(piece.text.strip()))
        if said := led_in or "".join(_MARK.findall("" if quoted else piece.text)[:1]):
            marked.update(dict.fromkeys(piece.numbers, said))
        led_in = piece.text.casefold() if lead else ""
        if lead or quoted:
            yield replace(piece, mark=Mark.FURNITURE) if lead else piece
        else:
            text = _MARK.sub("", piece.text)
            yield replace(piece, text=_TITLE.sub("", text) if piece.mark == Mark.HEADING else text)


def _hear_marks(reading: Reading, marked: Mapping[int, str]) -> None:
    """Doubt the answers of the lines that are marked so, and withhold the texts of those that are not published."""
    for line, said in marked.items():
        for key in reading.lines.get(line, ()):
            if key in reading.answers and wording.TO_CONFIRM in said:
                reading.doubt(key, _GIVEN_IN_DOUBT)
            if key in reading.answers and wording.WITHHELD in said:
                reading.withheld.add(key)
