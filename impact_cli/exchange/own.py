"""What our own reports say besides their answers: what only repeats, marks, what they do not tell."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from impact_cli.answers.sheet import Silence
from impact_cli.catalogue.model import Catalogue, Grid, Question, Section
from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.reading import Reading
from impact_cli.report import wording
from impact_cli.report.blocks import CONTENTS_TITLE

_GIVEN_IN_DOUBT = "le rapport la donne «\u00a0à confirmer\u00a0»"
_EDITED = {"\u00a0": " ", "\u202f": " ", "'": "’", " - ": " – ", "...": "…", " :": ":", " ;": ";"}
_QUOTE = re.compile(r'\s*[«»“”„"]\s*')
_PAGE = re.compile(r"[\s\u2060]*\d*$")
_COVER = re.compile(r"\d+\s*/\s*\d+$|[^:]+\s\d{4}$")
_EDITION = re.compile(rf"^{wording.EDITION} (?P<edition>\S+?) ?;")
_WORDS = f"(?:{wording.TO_CONFIRM}|{wording.WITHHELD}|{wording.TO_CONFIRM}, {wording.WITHHELD})"
_MARK = re.compile(rf" \({_WORDS}\)(?=\s*(?:[:.…]|[●○]+|$))")
_LEAD = re.compile(rf"{_WORDS}\s*:", re.IGNORECASE)
_TITLE = re.compile(rf"\s*–\s*{wording.INTERNAL}$")


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
    return list(_leave_repeats(families, _leave_contents(titles, pieces)))


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
        if not (_hear_last(catalogue, _plain(piece.text), reading, named) or silent):
            reading.lose(piece)
    return named


def _leave_contents(titles: Sequence[str], pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with our table of contents, where a PDF holds one, as furniture: it is no title of anything.

    Above it, the marks and the foot of the cover are said again further down.
    """
    first = next((number for number, piece in enumerate(pieces) if piece.text.strip() == CONTENTS_TITLE), len(pieces))
    last = _end_contents(titles, pieces, first)
    for number, piece in enumerate(pieces):
        cover = number < first and (_COVER.match(piece.text) or _plain(piece.text) in titles)
        left = first < last and (cover or first <= number < last)
        yield replace(piece, mark=Mark.FURNITURE) if left else piece


def _end_contents(titles: Sequence[str], pieces: Sequence[Piece], first: int) -> int:
    """Behind the last line of a table of contents, which has the title of our last section; 0 where it is none."""
    for number in range(first + 1, len(pieces)):
        line = _PAGE.sub("", _plain(pieces[number].text))
        if line == wording.SILENCES_TITLE:
            return number + 1
        if pieces[number].mark == Mark.QUOTE or not any(line in title for title in titles):
            return 0
    return 0


def _leave_repeats(families: Sequence[str], pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces with what our first page only repeats, and what our sections do not tell, as furniture."""
    ends = {*families, _plain(CONTENTS_TITLE), _plain(wording.SILENCES_TITLE)}
    repeating = False
    for piece in pieces:
        line = _plain(piece.text).strip()
        if piece.mark != Mark.QUOTE:
            repeating = line == wording.ESSENTIALS_TITLE or (repeating and line not in ends)
        left = repeating or line.startswith(_plain(wording.CONTRADICTED))
        yield replace(piece, mark=Mark.FURNITURE) if left else piece


def _plain(text: str) -> str:
    """The text with every space an ordinary one, and with the signs that editors replace as we print them."""
    for edited, printed in _EDITED.items():
        text = text.replace(edited, printed)
    return _QUOTE.sub(' " ', text)


# The last section


def _is_last_title(piece: Piece) -> bool:
    return piece.mark in (Mark.HEADING, Mark.PLAIN) and piece.text.strip() == wording.SILENCES_TITLE


def _hear_last(catalogue: Catalogue, line: str, reading: Reading, named: set[str]) -> bool:
    """Whether a line is one of ours; the silences that it names are added."""
    if match := _EDITION.match(line):
        reading.edition = match["edition"]
    if wording.tells_untouched(line):
        named.update(*_list_untouched(catalogue, line))
        return True
    known = line.startswith(tuple(_plain(opening) for opening in (*wording.FOOT, wording.NOTHING_SILENT)))
    return known or any(_hear_section(section, line, reading, named) for section in catalogue.sections)


def _list_untouched(catalogue: Catalogue, line: str) -> Iterator[Iterable[str]]:
    """The questions of each section that is named in a sentence or, where that names none, of all."""
    for family in catalogue.families:
        for section in family.sections:
            if '"' not in line or any(_plain(f"«{title}»") in line for title in (family.title, section.title)):
                yield section.keyed


def _hear_section(section: Section, line: str, reading: Reading, named: set[str]) -> bool:
    """Whether the line is about the section; its silences and doubts are added."""
    head = f"{_plain(section.title)} – "
    if not line.startswith(head) or not line.endswith("."):
        return False
    openings = {_plain(f"{words} : "): silence for silence, words in wording.GAPS.items()}
    doubting = _plain(f"{wording.TO_CONFIRM} : ")
    for part in line[len(head) : -1].split(_plain(" ; ")):
        opening = next((words for words in (*openings, doubting) if part.startswith(words)), "")
        subjects = part.removeprefix(opening)
        for key, question in section.keyed.items() if opening else ():
            if not _is_subject(question, subjects):
                continue
            if opening == doubting:
                reading.uncertain[key] = _GIVEN_IN_DOUBT
            else:
                named.update(_hear_silence(question, key, subjects, openings[opening], reading))
    return True


def _is_subject(question: Question, subjects: str) -> bool:
    """Whether a question's topic is one of the subjects of a line, and not words of a longer one."""
    topic = re.escape(_plain(question.topic))
    return bool(re.search(rf"(?:^|, | et ){topic}(?:$|, | et | \()", subjects))


def _hear_silence(
    question: Question, key: str, subjects: str, silence: Silence | None, reading: Reading
) -> Iterator[str]:
    """The silence of a question or, of a grid, that of the rows in brackets behind it; what is named so."""
    _, bracket, behind = subjects.partition(f"{_plain(question.topic)} (")
    if isinstance(question, Grid) and bracket:
        rows = [row.id for row in question.rows if _plain(row.told) in behind.partition(")")[0]]
        yield from (f"{key}.{row}" for row in rows)
        if choice := next((choice.id for choice in question.choices if silence and choice.means == silence), None):
            before = reading.answers.get(key)
            said = {**(before if isinstance(before, dict) else {}), **dict.fromkeys(rows, choice)}
            reading.answers[key] = {row.id: said[row.id] for row in question.rows if row.id in said}
        return
    yield key
    if silence not in (None, Silence.SKIPPED):
        reading.silences[key] = silence


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
