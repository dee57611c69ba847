"""A published report read back as answers: `read_report`."""

import re
from collections.abc import Sequence
from typing import assert_never

from impact_cli.answers.doubts import SOUNDS_ALIKE
from impact_cli.answers.numbers import hear_number
from impact_cli.answers.reading import AnswerError, clean_text, read_value
from impact_cli.catalogue.conditions import section_of
from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Rating, Text
from impact_cli.errors import ImpactError, shorten
from impact_cli.exchange.document import Document
from impact_cli.exchange.explaining import explain
from impact_cli.exchange.files.pieces import Piece
from impact_cli.exchange.files.sources import read_pieces
from impact_cli.exchange.furniture import leave_furniture
from impact_cli.exchange.own import hear_own, leave_front, leave_own
from impact_cli.exchange.passages import Passage, is_cut
from impact_cli.exchange.placing import UNKNOWN_WORDS, Placement, place
from impact_cli.exchange.reading import Reading, Unplaced
from impact_cli.exchange.retelling import hold_against
from impact_cli.exchange.threads import Explanation, Said, Thread
from impact_cli.exchange.titles import part_titles
from impact_cli.exchange.wordbook import Wordbook
from impact_cli.exchange.wordings import Choices
from impact_cli.report.wording import COMPARISON_MADE, PANORAMA_MADE
from impact_cli.typography import fold

_OPEN_END = re.compile(r"\s+d(?:e|['’])$")  # of "une vingtaine de", before "personnes"


def read_report(book: Wordbook, content: bytes | str, name: str) -> Reading:
    """The answers of a report in text, Markdown, HTML, Word or PDF. Raises ImpactError where it is none."""
    catalogue = book.catalogue
    read = read_pieces(content, name)
    _refuse_several(read, name)
    pieces, own = leave_own(leave_furniture(catalogue, leave_front(catalogue, read)))
    document = Document(list(part_titles(book, pieces)), book.last_words, book.first_words)
    found = explain(document, book)
    placement = place(found, book)
    reading = _Gathering(book, found, placement, own=own is not None).gather()
    if own:
        named = hear_own(catalogue, own, reading)
        if own.is_of(catalogue):
            hold_against(catalogue, found, named, reading)
    if not _is_report(found, reading):
        raise ImpactError(
            f"{shorten(name)} : ce fichier n’est pas un rapport d’effets sociaux et urbains.",
            "Aucune rubrique ni aucune phrase du questionnaire n’y a été reconnue ; rien n’a été enregistré.",
        )
    reading.unplaced.sort(key=lambda each: each.line)
    return reading


def _refuse_several(pieces: Sequence[Piece], name: str) -> None:
    """Raise ImpactError where our own foot says that a document is about several sheets."""
    known = (fold(COMPARISON_MADE), fold(PANORAMA_MADE))
    if any(fold(piece.text).startswith(known) and " par impact " in fold(piece.text) for piece in pieces):
        raise ImpactError(
            f"{shorten(name)}\u00a0: ce document parle de plusieurs fiches et ne se relit pas.",
            "Relisez le rapport de chaque lieu, ou reprenez leurs fiches.",
        )


def _is_report(found: Explanation, reading: Reading) -> bool:
    sections = {title.section for title in found.titles.values() if title.section}
    told = any(thread.answers for thread in found.threads)
    return bool(found.venue_pieces) or told or len(sections) > 1 or bool(reading.silences)


class _Gathering:
    """Answers drawn together from sentences, passages and hashtags."""

    def __init__(self, book: Wordbook, found: Explanation, placement: Placement, *, own: bool) -> None:
        self.book = book
        self.found = found
        self.placement = placement
        self.own = own  # whether the report is one of ours, which says what it leaves out and what it doubts
        self.reading = Reading(venue=found.venue)
        self.raw: dict[str, list[object]] = {}
        self._lost: set[int] = set()  # the first lines of pieces

    def gather(self) -> Reading:
        self._account()
        for thread in self.found.threads:
            self._hear(thread)
        for said in self.placement.gleaned:
            self._hear_said(said)
        for key, values in self.raw.items():
            self._answer(key, values)
        self._gather_keywords()
        self._gather_texts()
        for key, reason in self.placement.doubts.items():
            self._doubt(key, reason)
        if not self.own:
            self._doubt_empty_texts()
        known = self.reading
        keys = self.book.catalogue.questions
        known.answers = {key: known.answers[key] for key in keys if key in known.answers}
        known.uncertain = {key: known.uncertain[key] for key in keys if key in known.uncertain}
        return known

    def _account(self) -> None:
        for number, piece in enumerate(self.found.document.pieces):
            for line in piece.numbers:
                self.reading.lines[line] = self.placement.held.get(number, ())
        for piece in self.placement.lost:
            self._lose(piece)

    def _lose(self, piece: Piece) -> None:
        if piece.first not in self._lost:
            self.reading.unplaced.append(Unplaced(piece.first, piece.kept))
        self._lost.add(piece.first)

    def _hold(self, piece: Piece, key: str) -> None:
        """A piece's lines answer a question, beside what they answer already."""
        for line in piece.numbers:
            self.reading.lines[line] = (*self.reading.lines.get(line, ()), key)

    # Sentences

    def _hear(self, thread: Thread) -> None:
        self._hear_said(thread.answers)
        for key in thread.state.doubts:
            self._doubt(key, UNKNOWN_WORDS)
        if thread.crossed:
            for key in thread.keys:
                self._doubt(key, "les colonnes de la page sont mêlées et coupent la phrase")
        if thread.state.started:
            self._hear_cut(thread)

    def _hear_said(self, said: Sequence[Said]) -> None:
        """Options and numbers by key; of a grid, its rows with the choice that stands beside them."""
        for name, value in said:
            key, _, role = name.partition(":")
            if not isinstance(self.book.catalogue.questions[key], Grid):
                self.raw.setdefault(key, []).append(value)
            elif role and (choice := next((other for about, other in said if about == key), None)):
                self.raw.setdefault(key, []).append((value, choice))

    def _hear_cut(self, thread: Thread) -> None:
        """The one option of which the end of a line left the first words."""
        part = thread.pattern.parts[thread.state.part]
        assert isinstance(part, Choices)  # noqa: S101  options alone are cut
        halves = {half.words for half in part.vocabulary.halves.wordings}
        begun = {
            wording.option
            for wording, known in thread.state.started
            if 2 * known > len(wording.words) or wording.words[:known] in halves
        }
        if len(begun) == 1 and not part.role:
            self.raw.setdefault(part.key, []).extend(begun)
        self._doubt(part.key, "une option est coupée")

    def _answer(self, key: str, values: list[object]) -> None:
        question = self.book.catalogue.questions[key]
        match question:
            case Number():
                self._answer_number(key, question, values)
                return
            case Many():
                value: object = list(dict.fromkeys(values))
                value = self._without_exclusive(key, question, value)  # type: ignore[arg-type]
            case Grid():
                value = self._read_grid(key, values)
            case One() | Rating() | Text() | Keywords():
                value = values[0]
                if len(set(map(str, values))) > 1:
                    self._doubt(key, "le rapport dit deux choses différentes")
            case _:
                assert_never(question)
        self._keep(key, value)

    def _read_grid(self, key: str, values: list[object]) -> dict[object, object]:
        grid: dict[object, object] = {}
        for pair in values:
            row, choice = pair if isinstance(pair, tuple) else (pair, pair)
            if grid.setdefault(row, choice) != choice:
                self._doubt(key, "le rapport dit deux choses différentes")
        return grid

    def _without_exclusive(self, key: str, question: Many, values: list[object]) -> list[object]:
        alone = [option.id for option in question.options if option.exclusive and option.id in values]
        if alone and len(values) > 1:
            self._doubt(key, "le rapport dit deux choses différentes")
            return [value for value in values if value not in alone]
        return values

    def _answer_number(self, key: str, question: Number, values: list[object]) -> None:
        """The number in what was typed, and the prose around it where there is any."""
        typed = values[0]
        if isinstance(typed, int):
            self._keep(key, typed)
            return
        heard = hear_number(str(typed))
        if heard.number is not None and self._keep(key, heard.number) and not (heard.number or self.own):
            self._doubt(key, "certains rapports impriment 0 là où personne n’a répondu")
        self._doubt(key if heard.doubt else "", heard.doubt)
        section = section_of(key)
        if not heard.only and question.prose:
            self._keep(prose := f"{section}.{question.prose}", _OPEN_END.sub("", str(typed)))
            self._doubt(prose if self.book.sounds_known(str(typed), section) else "", SOUNDS_ALIKE)
        elif not heard.only:
            self._doubt(key, f"le rapport dit «\u00a0{shorten(str(typed), 40)}\u00a0»")

    def _keep(self, key: str, value: object) -> bool:
        try:
            self.reading.answers[key] = read_value(self.book.catalogue.questions[key], value)
        except AnswerError as error:
            self._doubt(key, str(error))
            return False
        return True

    def _doubt(self, key: str, reason: str) -> None:
        if key:
            self.reading.uncertain.setdefault(key, reason)

    # Hashtags and free texts

    def _gather_keywords(self) -> None:
        for number, typed in self.found.keywords.items():
            self._keep_keywords(typed, number)

    def _keep_keywords(self, typed: str, number: int) -> None:
        titles = self.found.titles
        family = next((titles[at].family for at in range(number, -1, -1) if at in titles and titles[at].family), "")
        key = self.book.keywords.get(family, "")
        sure = bool(key)
        key = key or next(iter(self.book.keywords.values()), "")
        before = self.reading.answers.get(key, ())
        words = [f"#{word}" for word in before] if isinstance(before, tuple) else []
        last = number
        while last + 1 in self.found.keyword_pieces and last + 1 not in self.found.keywords:
            last += 1
        held = self.found.document.pieces[number : last + 1]
        if not key or not self._keep(key, " ".join([*words, typed])):
            for each in held:
                self._lose(each)
            return
        if not sure:
            self._doubt(key, "les mots-clés ne sont sous aucune famille d’effets")
        for each in held:
            self._hold(each, key)

    def _gather_texts(self) -> None:
        texts: dict[str, list[Passage]] = {}
        for key, passage in self.placement.passages:
            if key:
                texts.setdefault(key, []).append(passage)
            else:
                for piece in passage.pieces:
                    self._lose(piece)
        for key, passages in texts.items():
            self._keep_text(key, passages)

    def _keep_text(self, key: str, passages: list[Passage]) -> None:
        hyphens = self.found.document.hyphens
        texts = [str(self.reading.answers[key])] if key in self.reading.answers else []
        for number, passage in enumerate(passages):
            text = passage.read(hyphens)
            if number and not passage.exact and is_cut(texts[-1], text):
                texts[-1] = hyphens.flow(texts[-1], text)
            else:
                texts.append(text)
        typed = "\n\n".join(texts)
        kept = self._keep(key, typed if self._holds_lines(key) else clean_text(typed))
        for passage in passages:
            self._doubt(key if passage.reason else "", passage.reason)
            for piece in passage.pieces:
                if not kept:
                    self._lose(piece)
                self._hold(piece, key)

    def _holds_lines(self, key: str) -> bool:
        question = self.book.catalogue.questions[key]
        return isinstance(question, Text) and question.lines

    def _doubt_empty_texts(self) -> None:
        """A text that says that there is nothing to say is kept and doubted: which silence it is, the venue says."""
        for key, value in self.reading.answers.items():
            question = self.book.catalogue.questions[key]
            if isinstance(question, Text) and isinstance(value, str) and self.book.catalogue.says_nothing(value):
                self.reading.uncertain[key] = f"« {shorten(value, 20)} » veut sans doute dire qu’il n’y a rien à dire"
