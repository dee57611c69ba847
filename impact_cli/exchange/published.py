"""A published report read back as answers: `read_report`."""

import re
from collections.abc import Sequence
from typing import assert_never

from impact_cli.answers.doubts import SOUNDS_ALIKE
from impact_cli.answers.numbers import hear_number
from impact_cli.answers.values import AnswerError, clean_text, read_value
from impact_cli.catalogue.conditions import section_of
from impact_cli.catalogue.model import Catalogue, Grid, Keywords, Many, Number, One, Rating, Text
from impact_cli.errors import ImpactError, shorten
from impact_cli.exchange.document import Document
from impact_cli.exchange.explaining import explain
from impact_cli.exchange.files.pieces import Piece
from impact_cli.exchange.files.sources import read_pieces
from impact_cli.exchange.furniture import leave_furniture
from impact_cli.exchange.own import hear_own, leave_front, leave_own
from impact_cli.exchange.passages import Passage
from impact_cli.exchange.placing import UNKNOWN_WORDS, place
from impact_cli.exchange.reading import Reading
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
    reading = Reading(venue=found.venue, uncertain=dict(found.doubts))
    _Gathering(book, found, reading).gather()
    if own:
        named = hear_own(catalogue, own, reading)
        if own.is_of(catalogue):
            hold_against(catalogue, found, named, reading)
    else:
        _doubt_empty(catalogue, reading)
    if not _is_report(found, reading):
        raise ImpactError(
            f"{shorten(name)}\u00a0: ce fichier n’est pas un rapport d’effets sociaux et urbains.",
            "Aucune rubrique ni aucune phrase du questionnaire n’y a été reconnue\u202f; rien n’a été enregistré.",
        )
    return reading.in_order(catalogue.questions)


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

    def __init__(self, book: Wordbook, found: Explanation, reading: Reading) -> None:
        self.book = book
        self.found = found
        self.reading = reading
        self.raw: dict[str, list[object]] = {}

    def gather(self) -> None:
        passages, gleaned = place(self.found, self.book, self.reading)
        for thread in self.found.threads:
            self._hear(thread)
        for said in gleaned:
            self._hear_said(said)
        for key, values in self.raw.items():
            self._answer(key, values)
        self._gather_keywords()
        self._gather_texts(passages)

    # Sentences

    def _hear(self, thread: Thread) -> None:
        self._hear_said(thread.answers)
        for key in thread.state.doubts:
            self.reading.doubt(key, UNKNOWN_WORDS)
        if thread.crossed:
            for key in thread.keys:
                self.reading.doubt(key, "les colonnes de la page sont mêlées et coupent la phrase")
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
        self.reading.doubt(part.key, "une option est coupée")

    def _answer(self, key: str, values: list[object]) -> None:
        question = self.book.catalogue.questions[key]
        match question:
            case Number():
                self._answer_number(key, question, values)
                return
            case Many():
                value: object = list(dict.fromkeys(values))
            case Grid():
                value = self._read_grid(key, values)
            case One() | Rating() | Text() | Keywords():
                value = values[0]
                if len(set(map(str, values))) > 1:
                    self.reading.doubt(key, "le rapport dit deux choses différentes")
            case _:
                assert_never(question)
        self._keep(key, value)

    def _read_grid(self, key: str, values: list[object]) -> dict[object, object]:
        grid: dict[object, object] = {}
        for pair in values:
            row, choice = pair if isinstance(pair, tuple) else (pair, pair)
            if grid.setdefault(row, choice) != choice:
                self.reading.doubt(key, "le rapport dit deux choses différentes")
        return grid

    def _answer_number(self, key: str, question: Number, values: list[object]) -> None:
        """The number in what was typed, and the prose around it where there is any."""
        typed = values[0]
        if isinstance(typed, int):
            self._keep(key, typed)
            return
        heard = hear_number(str(typed))
        if heard.number is not None:
            self._keep(key, heard.number)
        self.reading.doubt(key, heard.doubt)
        section = section_of(key)
        if not heard.only and question.prose:
            self._keep(prose := f"{section}.{question.prose}", _OPEN_END.sub("", str(typed)))
            self.reading.doubt(prose, SOUNDS_ALIKE if self.book.sounds_known(str(typed), section) else "")
        elif not heard.only:
            self.reading.doubt(key, f"le rapport dit «\u00a0{shorten(str(typed), 40)}\u00a0»")

    def _keep(self, key: str, value: object) -> bool:
        try:
            self.reading.answers[key] = read_value(self.book.catalogue.questions[key], value)
        except AnswerError as error:
            self.reading.doubt(key, str(error))
            return False
        return True

    # Hashtags and free texts

    def _gather_keywords(self) -> None:
        """Hashtags go to the question of the family under whose title they stand, else to the first one."""
        titles = self.found.titles
        for numbers, typed in self.found.keywords.items():
            above = (titles[at].family for at in range(numbers.start, -1, -1) if at in titles)
            sure = self.book.keywords.get(next(filter(None, above), ""), "")
            key = sure or next(iter(self.book.keywords.values()), "")
            before = self.reading.answers.get(key, ())
            words = [f"#{word}" for word in before] if isinstance(before, tuple) else []
            kept = bool(key) and self._keep(key, " ".join([*words, typed]))
            for piece in self.found.document.pieces[numbers.start : numbers.stop]:
                if kept:
                    self.reading.hold(piece, key)
                else:
                    self.reading.lose(piece)
            if kept and not sure:
                self.reading.doubt(key, "les mots-clés ne sont sous aucune famille d’effets")

    def _gather_texts(self, placed: Sequence[tuple[str, Passage]]) -> None:
        texts: dict[str, list[Passage]] = {}
        for key, passage in placed:
            if key:
                texts.setdefault(key, []).append(passage)
            else:
                for piece in passage.pieces:
                    self.reading.lose(piece)
        for key, passages in texts.items():
            self._keep_text(key, passages)

    def _keep_text(self, key: str, passages: list[Passage]) -> None:
        hyphens = self.found.document.hyphens
        texts = [str(self.reading.answers[key])] if key in self.reading.answers else []
        typed = "\n\n".join([*texts, *(passage.read(hyphens) for passage in passages)])
        kept = self._keep(key, typed if self._holds_lines(key) else clean_text(typed))
        for passage in passages:
            self.reading.doubt(key, passage.reason)
            for piece in passage.pieces:
                if not kept:
                    self.reading.lose(piece)
                self.reading.hold(piece, key)

    def _holds_lines(self, key: str) -> bool:
        question = self.book.catalogue.questions[key]
        return isinstance(question, Text) and question.lines


def _doubt_empty(catalogue: Catalogue, reading: Reading) -> None:
    """Doubt what may stand for no answer in reports that are not ours: which silence it is, the venue says."""
    for key, value in reading.answers.items():
        if isinstance(value, str) and isinstance(catalogue.questions[key], Text) and catalogue.says_nothing(value):
            reading.uncertain[key] = f"«\u00a0{shorten(value, 20)}\u00a0» veut sans doute dire qu’il n’y a rien à dire"
        elif value == 0 and isinstance(catalogue.questions[key], Number):
            reading.doubt(key, "certains rapports impriment 0 là où personne n’a répondu")
