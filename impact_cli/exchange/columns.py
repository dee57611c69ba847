"""Pages set in columns, whose lines are mixed: which section a free text among them likely belongs to."""

from collections.abc import Iterator, Sequence

from impact_cli.catalogue.model import Catalogue
from impact_cli.exchange.passages import Passage

MIXED = "les colonnes de la page sont mêlées et ce texte pourrait appartenir à une autre rubrique"
ASTRAY = "les phrases qui précèdent ce texte sont sous le titre d’une autre rubrique"


class Columns:
    """The sections of titles, sentences and texts as they come by, and those whose lines stand among others."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.taking_turns: frozenset[str] = frozenset()  # two sections whose blocks alternate
        self._seen: list[str] = []  # sections in the order they came up
        self._trail: list[str] = []  # the section of each block so far
        self._mixed: list[str] = []
        self._titled: set[str] = set()  # sections whose title came by
        self._title = ""  # the section of the last title
        self._below = 0  # pieces since then
        self._beside: dict[str, str] = {}  # section → the one whose title stands right before its own
        self._astray = ""  # the section whose sentences stand right under the title of another one

    @property
    def is_under_title(self) -> bool:
        """Whether the piece is the first one below a title."""
        return self._below == 1

    def take_piece(self) -> None:
        """A piece that is no title comes by."""
        self._below += 1

    def take_title(self, section: str, *, asks: bool) -> None:
        """A section's title comes by, or a question of it that is printed."""
        if self._title and self._title != section and not self._below:
            self._beside[section] = self._title
        self._title, self._below = section, int(asks)  # a question is no bare title
        self._titled.add(section)
        self._note(section, gap=True)
        self.see(section)

    def take_sentence(self, section: str, under: str, *, crossed: bool, gap: bool) -> None:
        """A sentence of a section comes by while `under` is the one in force; `crossed` if others cut it."""
        if other := self._beside.pop(section, ""):
            self._give_back(section, other)
        if self._is_astray(section):
            self._astray = section
        if crossed or (section in self._seen and under not in ("", section)):
            self._mix(section)
        self.see(section)
        self._note(section, gap=gap)

    def _is_astray(self, section: str) -> bool:
        """Whether its title is lost and its sentences stand under another one, of which a text is still lacking."""
        if self._title in ("", section) or section in self._titled:
            return False
        return all(passage.section != self._title for passage in self.passages)

    def see(self, section: str) -> None:
        """The section came up, if only by a sentence that says nothing."""
        if section not in self._seen:
            self._seen.append(section)

    def take_passage(self, passage: Passage) -> None:
        """A text comes by; where two sections take turns, its own is found."""
        if passage.section == self._astray and not (passage.key or passage.reason):
            passage.reason = ASTRAY
        if self.taking_turns and not (passage.exact or passage.key):
            passage.section, passage.reason, passage.settled = self._whose_turn(), MIXED, True
            self._note(passage.section, gap=True)
        self.passages.append(passage)

    def _note(self, section: str, *, gap: bool) -> None:
        """A block is of this section: of three in a row, the outer ones of one section show two columns."""
        if gap or self._trail[-1:] != [section]:
            self._trail.append(section)
        match self._trail[-3:]:
            case [first, second, third] if first == third != second:
                self.taking_turns = frozenset({first, second})
            case _ if section not in self.taking_turns:
                self.taking_turns = frozenset()

    def _whose_turn(self) -> str:
        """The one that did not have its turn just now, unless a text ended it: a text comes last."""
        ended = {passage.section for passage in self.passages if not passage.exact}
        turns = [self._trail[-2], *sorted(self.taking_turns - {self._trail[-2]})]
        return next((section for section in turns if section not in ended), turns[0])

    def _give_back(self, section: str, other: str) -> None:
        """A text before a section's sentences is of the section whose title stands beside, with nothing else."""
        for passage in self.passages:
            if passage.section == section and not passage.exact and not passage.key:
                passage.section, passage.reason = other, MIXED

    def _mix(self, section: str) -> None:
        """The section's lines stand among others: all sections from it to here are mixed."""
        start = self._seen.index(section) if section in self._seen else len(self._seen)
        for other in (*self._seen[start:], section):
            if other and other not in self._mixed:
                self._mixed.append(other)

    # When all has come by

    def share(self, catalogue: Catalogue, homes: dict[str, str]) -> Iterator[tuple[str, Passage]]:
        """Each passage with the key it answers ("" for none), from `homes`."""
        self._share_mixed([section.id for section in catalogue.sections if section.id in homes])
        for passage in self.passages:
            yield passage.key or homes.get(passage.section, ""), passage

    def _share_mixed(self, sections: Sequence[str]) -> None:
        """Texts among mixed sections, in the order of these where one has several texts and another none."""
        mixed = [section for section in sections if section in self._mixed]
        among = [passage for passage in self.passages if passage.section in mixed and not passage.key]
        free = [passage for passage in among if not passage.settled]
        for passage in free:
            passage.reason = MIXED
        given = {passage.section for passage in among}
        if set(mixed) - given and len(among) > len(given) and len(free) == len(among):
            for passage, section in zip(free, [*mixed, *mixed[-1:] * len(free)], strict=False):
                passage.section = section
