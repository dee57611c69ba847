"""What our own reports say besides their answers: what only repeats, marks, words of "Autre", what they do not tell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from impact_cli.answers.reading import AnswerError, read_value
from impact_cli.answers.sheet import Silence
from impact_cli.catalogue.conditions import section_of
from impact_cli.catalogue.model import Catalogue, Grid, Many, One, Option, Question, Section
from impact_cli.catalogue.specify import key_of_words
from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.reading import Reading, Unplaced
from impact_cli.report import wording
from impact_cli.report.blocks import CONTENTS_TITLE
from impact_cli.report.french import join_words
from impact_cli.typography import fold

# How reports of the questionnaire's version 2026.1 said it.
_FORMER: dict[Silence | None, str] = {None: "non demandé"}
_EDITED = {"\u00a0": " ", "\u202f": " ", "'": "’", " - ": " – ", "...": "…", " :": ":", " ;": ";"}
_QUOTE = re.compile(r'\s*[«»“”„"]\s*')
_FORMER_UNTOUCHED = "rubrique non abordée."
_PAGE = re.compile(r"[\s\u2060]*\d*$")
_COVER = re.compile(r"\d+\s*/\s*\d+$|[^:]+\s\d{4}$")
_EDITION = re.compile(rf"^{wording.EDITION} (?P<edition>\S+?) ?;")
_WORDS = f"(?:{wording.TO_CONFIRM}|{wording.WITHHELD}|{wording.TO_CONFIRM}, {wording.WITHHELD})"
_MARK = re.compile(rf" \({_WORDS}\)(?=\s*(?:[:.…]|[●○]+|$))")
_LEAD = re.compile(rf"{_WORDS}\s*:", re.IGNORECASE)
_TITLE = re.compile(rf"\s*–\s*{wording.INTERNAL}$")
_Specified = Mapping[str, tuple[Option, str]]  # by the key of the words: the option, its question's key


@dataclass(frozen=True, slots=True)
class _Said:
    """Words in brackets after the words of an option, and the piece they stood in."""

    piece: Piece
    option: str
    words: str


@dataclass(frozen=True, slots=True)
class Own:
    """What was taken away of a report of ours: its last section, marks by the number of their line, own words."""

    last: Sequence[Piece]
    marked: Mapping[int, str]
    said: Sequence[_Said]


def leave_front(catalogue: Catalogue, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with what our first pages say again, and what tells no answer, as furniture."""
    return _leave_repeats(catalogue, _leave_contents(catalogue, pieces))


def leave_own(catalogue: Catalogue, pieces: Sequence[Piece]) -> tuple[list[Piece], Own | None]:
    """The pieces that tell answers, and what else a report of ours says; None of one that is not ours."""
    told, last = _split_silences(pieces)
    if not last:
        return told, None
    told, marked = _take_marks(told)
    told, said = _take_own_words(catalogue, told)
    return told, Own(last, marked, said)


def hear_own(catalogue: Catalogue, own: Own, reading: Reading) -> None:
    """Add to a reading what was taken away before."""
    _hear_own_words(catalogue, reading, own.said)
    _hear_marks(reading, own.marked)
    _read_silences(catalogue, own.last, reading)


def _leave_contents(catalogue: Catalogue, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with our table of contents, where a PDF holds one, as furniture: it is no title of anything."""
    titles = [
        _plain(title)
        for family in catalogue.families
        for title in (family.title, *(section.title for section in family.sections))
    ]
    kept = list(pieces)
    first = next((number for number, piece in enumerate(kept) if piece.text.strip() == CONTENTS_TITLE), None)
    if first is None:
        return kept
    for number in range(first + 1, len(kept)):
        line = _PAGE.sub("", _plain(kept[number].text))
        if kept[number].mark == Mark.QUOTE or not (
            line == wording.SILENCES_TITLE or any(line in each for each in titles)
        ):
            return kept
        if line == wording.SILENCES_TITLE:
            contents = [replace(piece, mark=Mark.FURNITURE) for piece in kept[first : number + 1]]
            return [*(_leave_cover(piece, titles) for piece in kept[:first]), *contents, *kept[number + 1 :]]
    return kept


def _leave_repeats(catalogue: Catalogue, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with what our first page only repeats, and what our sections do not tell, as furniture."""
    ends = {_plain(title) for title in (CONTENTS_TITLE, wording.SILENCES_TITLE)}
    ends |= {_plain(family.title) for family in catalogue.families}
    kept: list[Piece] = []
    repeating = False
    for piece in pieces:
        line = _plain(piece.text).strip()
        if piece.mark != Mark.QUOTE:
            repeating = line == wording.ESSENTIALS_TITLE or (repeating and line not in ends)
        left = repeating or line.startswith(_plain(wording.CONTRADICTED))
        kept.append(replace(piece, mark=Mark.FURNITURE) if left else piece)
    return kept


def _leave_cover(piece: Piece, titles: Sequence[str]) -> Piece:
    """A line above our table of contents: the marks and the foot of the cover are said again further down."""
    return replace(piece, mark=Mark.FURNITURE) if _COVER.match(piece.text) or _plain(piece.text) in titles else piece


def _split_silences(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """What tells answers, and what stands from the title of the last section on."""
    for number in reversed(range(len(pieces))):  # the last one: a table of contents has the title too
        piece = pieces[number]
        if piece.mark in (Mark.HEADING, Mark.PLAIN) and piece.text.strip() == wording.SILENCES_TITLE:
            return list(pieces[:number]), list(pieces[number:])
    return list(pieces), []


def _read_silences(catalogue: Catalogue, pieces: Sequence[Piece], reading: Reading) -> None:
    """Add the silences of these pieces; what is not one of our lines is unplaced."""
    for number, piece in enumerate(pieces):
        reading.lines.update(dict.fromkeys(range(piece.first, piece.last + 1), ()))
        silent = number == 0 or piece.mark == Mark.FURNITURE or _is_whole_sentence(_plain(piece.text))
        if not silent and not any(_read_line(section, piece.text, reading) for section in catalogue.sections):
            reading.unplaced.append(Unplaced(piece.first, piece.kept))
            reading.lines[piece.first] = ("?",)
        if match := _EDITION.match(_plain(piece.text)):
            reading.edition = match["edition"]


def _is_whole_sentence(line: str) -> bool:
    """Whether a line is one of those that name no question: of the foot, or of what nobody touched."""
    known = tuple(_plain(opening) for opening in (*wording.FOOT, wording.NOTHING_SILENT))
    return line.startswith(known) or wording.tells_untouched(line) or line.endswith(_FORMER_UNTOUCHED)


def _read_line(section: Section, line: str, reading: Reading) -> bool:
    """Whether the line is about the section; its silences are added."""
    line = _plain(line)
    head = f"{_plain(section.title)} – "
    if not line.startswith(head) or not line.endswith("."):
        return False
    openings = {
        _plain(f"{words}\u00a0: "): silence for said in (wording.GAPS, _FORMER) for silence, words in said.items()
    }
    for part in line[len(head) : -1].split(_plain(" ; ")):
        opening = next((words for words in openings if part.startswith(words)), None)
        if opening is not None:
            _read_subjects(section, part[len(opening) :], openings[opening], reading)
        elif part.startswith(doubt := _plain(f"{wording.TO_CONFIRM} : ")):
            for question in _questions_in(section, part[len(doubt) :]):
                reading.uncertain[f"{section.id}.{question.id}"] = "le rapport la donne « à confirmer »"
    return True


def _plain(text: str) -> str:
    """The text with every space an ordinary one, and with the signs that editors replace as we print them."""
    for edited, printed in _EDITED.items():
        text = text.replace(edited, printed)
    return _QUOTE.sub(' " ', text)


def _questions_in(section: Section, subjects: str) -> list[Question]:
    """The questions whose topics are all of these words, in order; none where they are not."""
    found = [question for question in section.questions if _plain(question.topic) in subjects]
    joined = join_words([_plain(question.topic) for question in found]) if found else ""
    return found if joined == subjects else [question for question in found if _stands_alone(question, subjects)]


def _stands_alone(question: Question, subjects: str) -> bool:
    """Whether a topic is a whole subject, and not words of a longer one."""
    pattern = rf"(?:^|, | et ){re.escape(_plain(question.topic))}(?:$|, | et | \()"
    return bool(re.search(pattern, subjects))


def _read_subjects(section: Section, subjects: str, silence: Silence | None, reading: Reading) -> None:
    for question in _questions_in(section, subjects):
        key = f"{section.id}.{question.id}"
        if isinstance(question, Grid) and f"{_plain(question.topic)} (" in subjects:
            _read_rows(question, key, subjects, silence, reading)
        elif silence not in (None, Silence.SKIPPED):
            reading.silences[key] = silence


def _read_rows(question: Grid, key: str, subjects: str, silence: Silence | None, reading: Reading) -> None:
    """The rows of a grid whose choice is this silence."""
    choice = next((choice.id for choice in question.choices if choice.means == silence and silence), None)
    start = subjects.index(f"{_plain(question.topic)} (") + len(_plain(question.topic)) + 2
    named = subjects[start:].partition(")")[0]
    if choice is None:
        return
    rows = {row.id: choice for row in question.rows if _plain(row.told) in named}
    before = reading.answers.get(key)
    known = {**(before if isinstance(before, dict) else {}), **rows}
    reading.answers[key] = {row.id: known[row.id] for row in question.rows if row.id in known}


# Marks, in a sentence or above it


def _take_marks(pieces: Sequence[Piece]) -> tuple[list[Piece], Mapping[int, str]]:
    """The pieces without the marks, and what these say by the number of the line they stand in or above."""
    marked: dict[int, str] = {}
    return list(_leave_marks(pieces, marked)), marked


def _leave_marks(pieces: Sequence[Piece], marked: dict[int, str]) -> Iterator[Piece]:
    led_in = ""
    for piece in pieces:
        lead = piece.mark != Mark.QUOTE and bool(_LEAD.fullmatch(piece.text.strip()))
        found = None if piece.mark == Mark.QUOTE else _MARK.search(piece.text)
        if said := led_in or (found[0] if found else ""):
            marked.update(dict.fromkeys(piece.numbers, said))
        led_in = piece.text.casefold() if lead else ""
        if lead:
            yield replace(piece, mark=Mark.FURNITURE)
        elif found:
            yield replace(piece, text=_MARK.sub("", piece.text))
        else:
            yield replace(piece, text=_TITLE.sub("", piece.text)) if piece.mark == Mark.HEADING else piece


def _hear_marks(reading: Reading, marked: Mapping[int, str]) -> None:
    """Doubt the answers of the lines that are marked so, and withhold the texts of those that are not published."""
    for line, said in marked.items():
        for key in reading.lines.get(line, ()):
            if key in reading.answers and wording.TO_CONFIRM in said:
                reading.uncertain.setdefault(key, "le rapport la donne «\u00a0à confirmer\u00a0»")
            if key in reading.answers and wording.WITHHELD in said:
                reading.withheld.add(key)


# The words of "Autre", which stand after their option


def _take_own_words(catalogue: Catalogue, pieces: Sequence[Piece]) -> tuple[list[Piece], list[_Said]]:
    """The pieces without the words that specify an option, and these words."""
    told = {option.told for option, _ in _list_specified(catalogue).values()}
    if not told:
        return list(pieces), []
    options = "|".join(_loosen(words) for words in sorted(told, key=len, reverse=True))
    pattern = re.compile(rf"({options})\s\([«“\"]\s?(.+?)\s?[»”\"]\)(?=[,.:;…]|\s|$)", re.IGNORECASE)
    left, said = [], []
    for piece in pieces:
        found = [] if piece.mark in (Mark.QUOTE, Mark.FURNITURE) else list(pattern.finditer(piece.text))
        said += [_Said(piece, each[1], each[2]) for each in found]
        left.append(replace(piece, text=pattern.sub(r"\1", piece.text)) if found else piece)
    return left, said


def _hear_own_words(catalogue: Catalogue, reading: Reading, said: Sequence[_Said]) -> None:
    """Give the words to the option that their line has ticked; keep them as not placed where it has none."""
    specified = _list_specified(catalogue)
    for each in said:
        keys = [key for key in _list_ticked(each, specified, reading) if key not in reading.answers]
        if not keys or not _keep(catalogue, reading, keys[0], each):
            reading.unplaced.append(Unplaced(each.piece.first, each.piece.kept))
    reading.answers = {key: reading.answers[key] for key in catalogue.questions if key in reading.answers}


def _keep(catalogue: Catalogue, reading: Reading, key: str, said: _Said) -> bool:
    try:
        reading.answers[key] = read_value(catalogue.questions[key], said.words)
    except AnswerError:
        return False
    for line in said.piece.numbers:
        reading.lines[line] = (*reading.lines.get(line, ()), key)
    return True


def _list_specified(catalogue: Catalogue) -> _Specified:
    """The key of the words of each option that asks for some, with the option and its question's key."""
    return {
        f"{section_of(key)}.{key_of_words(question, option)}": (option, key)
        for key, question in catalogue.questions.items()
        if isinstance(question, Many | One)
        for option in question.options
        if option.specify
    }


def _list_ticked(said: _Said, specified: _Specified, reading: Reading) -> Iterator[str]:
    answered = {key for line in said.piece.numbers for key in reading.lines.get(line, ())}
    for key, (option, question) in specified.items():
        chosen = reading.answers.get(question, ())
        ticked = option.id in (chosen if isinstance(chosen, tuple) else (chosen,))
        if question in answered and ticked and fold(option.told) == fold(said.option):
            yield key


def _loosen(words: str) -> str:
    """The words with any apostrophes and spaces."""
    return r"\s+".join(re.escape(word).replace("’", "['’]") for word in words.split())
