"""The way through all that can be asked: where it begins, what comes next, what came before."""

from dataclasses import dataclass, field

from impact_cli.catalogue.model import Section
from impact_cli.survey.places import Place, find_answer, list_places, split_section
from impact_cli.survey.record import Record


@dataclass
class Route:
    """The places of a sheet in the order asked; each answer may change which ones there are.

    `only` keeps to one section. `again` names the places to ask although they have an answer.
    """

    record: Record
    only: Section | None = None
    again: set[str] = field(default_factory=set)
    _confirming: bool = False  # answers that a reader doubted come before all others

    @property
    def all_places(self) -> list[Place]:
        """Everything that concerns the venue."""
        return list_places(self.record.catalogue, self.record.sheet)

    @property
    def places(self) -> list[Place]:
        """What the conversation keeps to."""
        return [place for place in self.all_places if self.only in (None, place.section)]

    @property
    def sections(self) -> list[Section]:
        """The sections that concern the venue."""
        return list({place.section.id: place.section for place in self.all_places}.values())

    def list_open(self) -> list[Place]:
        """What is to be asked, now or once more."""
        return [place for place in self.places if self._is_open(place)]

    def list_unsaid(self) -> list[Place]:
        """What was passed over or never asked."""
        return [place for place in self.places if self.record.is_unsaid(place)]

    def begin(self) -> Place | None:
        """A place to confirm before all, then the first that was never asked; a section by itself is asked whole."""
        if self.only:
            self.again |= {place.name for place in split_section(self.only)}
        self.again |= {place.name for place in self.places if self._is_unsure(place)}
        self._confirming = True
        return self._go_to_next(self.places)

    def go_on(self, place: Place) -> Place | None:
        """The next place that is open."""
        places = self.places
        names = [other.name for other in places]
        start = 0 if self._confirming or place.name not in names else names.index(place.name) + 1
        return self._go_to_next(places[start:])

    def go_back(self, place: Place) -> Place | None:
        """The place before; None at the first."""
        places = self.places
        index = [other.name for other in places].index(place.name)
        if index == 0:
            return None
        self.again |= {place.name, places[index - 1].name}
        return places[index - 1]

    def open_section(self, chosen: str) -> Place:
        """The first place of a section that is open; a section without one is asked again as a whole."""
        places = [place for place in self.all_places if place.section.id == chosen]
        self._confirming = False
        if self.only:
            self.only = places[0].section
        if not any(self._is_open(place) for place in places):
            self.again |= {place.name for place in split_section(places[0].section)}
        return next(place for place in places if self._is_open(place))

    def open_question(self, key: str) -> Place:
        """The first place of a question, of which all is asked once more."""
        places = [place for place in self.all_places if place.key == key]
        self.again |= {place.name for place in places}
        return places[0]

    def _go_to_next(self, places: list[Place]) -> Place | None:
        unsure = next((place for place in places if self._is_unsure(place) and place.name in self.again), None)
        if self._confirming and unsure:
            return unsure
        self._confirming = False
        return next(filter(self._is_open, places), None)

    def _is_open(self, place: Place) -> bool:
        return place.name in self.again or find_answer(self.record.sheet, place) is None

    def _is_unsure(self, place: Place) -> bool:
        return place.key in self.record.sheet.uncertain
