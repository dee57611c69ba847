"""The one loop of the conversation: what is asked next, and what is saved before it is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto
from typing import assert_never

from impact_cli.answers.reading import read_value
from impact_cli.answers.sheet import Answer, Sheet, Silence, Status, Value
from impact_cli.answers.store import Stored
from impact_cli.catalogue.model import Catalogue, Grid, Section
from impact_cli.report.build import tell_one_section
from impact_cli.survey import wording
from impact_cli.survey.places import Place, count_answered, find_answer, find_draft, list_places
from impact_cli.survey.prompter import Aside, Choice, Draft, Prompter, Step, Wish


class Ending(Enum):
    """How a conversation ended."""

    FINISHED = auto()  # the manager said that the sheet is complete
    LATER = auto()  # what was to be asked was asked; the sheet is as complete as before
    LEFT = auto()  # somebody left in the middle


class Leave(Exception):  # noqa: N818  a signal, no error
    """Somebody leaves; everything said is saved."""


@dataclass
class Interview:
    """A conversation about one sheet.

    `save` puts the sheet on the disk; its ImpactError ends the conversation. `only` keeps to one section. `former` is
    an earlier edition, whose answers are proposed. `again` names the places to ask although they have an answer.
    """

    catalogue: Catalogue
    stored: Stored
    prompter: Prompter
    save: Callable[[Stored], Stored]
    clock: Callable[[], datetime]
    only: Section | None = None
    former: Sheet | None = None
    again: set[str] = field(default_factory=set)
    _announced: Section | None = None
    _draft: Draft | None = None

    @property
    def sheet(self) -> Sheet:
        """The sheet as it is on the disk."""
        return self.stored.sheet

    def run(self) -> Ending:
        """Ask until nothing is left or somebody leaves; each answer is saved before the next question appears."""
        try:
            place = self._find_first()
            while True:
                while place:
                    place = self._visit(place)
                if self.only:
                    return Ending.LATER
                place = self._review()
                if not place:
                    return Ending.FINISHED if self.sheet.status == Status.FINISHED else Ending.LATER
        except Leave:
            return Ending.LEFT

    def _visit(self, place: Place) -> Place | None:
        """Ask at a place, and find the one after; a section that is left shows what it adds to the report."""
        if place.section is not self._announced:
            self._announce(place.section)
        following = self._ask(place)
        if following is None or following.section is not place.section:
            self._show_gain(place.section)
            self._announced = None
        return following

    def _ask(self, place: Place) -> Place | None:
        step = self._step(place)
        reply = self.prompter.ask(step)
        self.again.discard(place.name)
        self._draft = None
        if isinstance(reply, Aside):
            return self._turn_aside(place, reply)
        self._record(place, reply)
        self.prompter.confirm(step, reply)
        return self._find_after(place)

    def _turn_aside(self, place: Place, aside: Aside) -> Place | None:
        match aside.wish:
            case Wish.BACK:
                return self._find_before(place)
            case Wish.SKIP:
                self._skip(place)
                return self._find_after(place)
            case Wish.OTHER:
                return self._offer_other(place, aside.draft)
            case Wish.PAUSE:
                return self._pause(place, aside.draft)
            case _:
                assert_never(aside.wish)

    # What is shown

    def _step(self, place: Place) -> Step:
        beside = [other.name for other in self._places() if other.section is place.section]
        draft = self._draft
        remark = self.sheet.uncertain.get(place.key, "")
        if draft is None and self.former and find_answer(self.sheet, place) is None:
            draft = find_draft(self.former, place)
            remark = wording.say_former(self.former.edition) if draft else remark
        return Step(
            question=place.question,
            row=place.row,
            number=beside.index(place.name) + 1,
            total=len(beside),
            current=find_answer(self.sheet, place),
            draft=draft,
            remark=remark,
        )

    def _announce(self, section: Section) -> None:
        self._announced = section
        sections = self._sections()
        number = [other.id for other in sections].index(section.id) + 1
        self.prompter.show_section(section.title, section.hint, number, len(sections))

    def _show_gain(self, section: Section) -> None:
        if told := tell_one_section(self.catalogue, self.sheet, section):
            self.prompter.show_report(wording.GAIN, told)

    # Where one goes

    def _places(self) -> list[Place]:
        places = list_places(self.catalogue, self.sheet)
        return [place for place in places if place.section is self.only] if self.only else places

    def _sections(self) -> list[Section]:
        return list({place.section.id: place.section for place in self._places()}.values())

    def _is_open(self, place: Place) -> bool:
        return place.name in self.again or find_answer(self.sheet, place) is None

    def _find_first(self) -> Place | None:
        """A place to confirm before all, then the first that was never asked; a section by itself is asked whole."""
        places = self._places()
        if self.only:
            self.again |= {place.name for place in places}
        unsure = [place for place in places if place.key in self.sheet.uncertain]
        self.again |= {place.name for place in unsure}
        return next((place for place in (*unsure, *places) if self._is_open(place)), None)

    def _find_after(self, place: Place) -> Place | None:
        """The next place that is open; the answer just given may have changed which ones there are."""
        places = self._places()
        names = [other.name for other in places]
        start = names.index(place.name) + 1 if place.name in names else 0
        return next((other for other in places[start:] if self._is_open(other)), None)

    def _find_before(self, place: Place) -> Place:
        places = self._places()
        index = [other.name for other in places].index(place.name)
        if index == 0:
            self.prompter.say(wording.NOTHING_BEFORE)
            return place
        self.again |= {place.name, places[index - 1].name}
        return places[index - 1]

    # What is kept

    def _record(self, place: Place, value: Value) -> None:
        self._keep(place, {**self._rows(place), place.row.id: str(value)} if place.row else value)

    def _skip(self, place: Place) -> None:
        """Skipping leaves what is there; a grid is skipped when its last row is and none was answered."""
        is_last = not isinstance(place.question, Grid) or place.row is place.question.rows[-1]
        if is_last and self.sheet.answer(place.key) is None:
            self._keep(place, Silence.SKIPPED)

    def _silence(self, place: Place, silence: Silence) -> None:
        """A row takes the choice that means the silence; a grid with answers takes no silence in their place."""
        if isinstance(place.question, Grid) and place.row:
            meant = next((choice for choice in place.question.choices if choice.means == silence), None)
            if meant:
                return self._record(place, meant.id)
            if self._rows(place):
                return None
        return self._keep(place, silence)

    def _erase(self, place: Place) -> None:
        rows = {row: choice for row, choice in self._rows(place).items() if place.row and row != place.row.id}
        self._keep(place, rows or Silence.SKIPPED)

    def _rows(self, place: Place) -> Mapping[str, str]:
        rows = self.sheet.answers.get(place.key)
        return rows if isinstance(rows, Mapping) else {}

    def _keep(self, place: Place, answer: Answer) -> None:
        if answer == self.sheet.answer(place.key) and place.key not in self.sheet.uncertain:
            return
        value = answer if isinstance(answer, Silence) else read_value(place.question, answer)
        sheet = self.sheet.with_answer(place.key, value, self.clock()).in_order(self.catalogue.questions)
        self.stored = self.save(replace(self.stored, sheet=sheet))

    # Menus

    def _offer_other(self, place: Place, draft: Draft | None) -> Place | None:
        answered = find_answer(self.sheet, place) is not None
        chosen = self.prompter.choose(wording.OTHER_TITLE, wording.list_other_replies(answered=answered))
        match chosen:
            case None:
                return self._pause(place, draft)
            case wording.SKIP:
                self._skip(place)
                return self._find_after(place)
            case wording.ERASE:
                self._erase(place)
                return self._find_after(place)
            case wording.NOT_KNOWN | wording.NOT_APPLICABLE:
                self._silence(place, Silence(chosen))
                return self._find_after(place)
            case wording.BACK:
                return self._find_before(place)
            case wording.JUMP:
                return self._jump(place, draft)
            case wording.PAUSE:
                return self._pause(place, draft)
            case _:
                return self._stay(place, draft)

    def _pause(self, place: Place, draft: Draft | None) -> Place | None:
        self.prompter.say(wording.SAVED)
        match self.prompter.choose(wording.PAUSE_TITLE, wording.PAUSE_CHOICES):
            case wording.STAY:
                return self._stay(place, draft)
            case wording.JUMP:
                return self._jump(place, draft)
            case _:
                raise Leave

    def _stay(self, place: Place, draft: Draft | None) -> Place:
        self._draft = draft
        self.again.add(place.name)
        return place

    def _jump(self, place: Place, draft: Draft | None) -> Place | None:
        sections = self._sections()
        places = self._places()
        choices = [Choice(section.id, self._name_progress(section, places)) for section in sections]
        chosen = self.prompter.choose(wording.JUMP_TITLE, [*choices, Choice(wording.STAY, wording.STAY_LABEL)])
        if chosen is None:
            return self._pause(place, draft)
        if chosen == wording.STAY:
            return self._stay(place, draft)
        return self._open_section([other for other in places if other.section.id == chosen])

    def _name_progress(self, section: Section, places: Iterable[Place]) -> str:
        own = [place for place in places if place.section is section]
        return wording.say_progress(section.title, count_answered(self.sheet, own), len(own))

    def _open_section(self, places: list[Place]) -> Place:
        """The first place of a section that is open; a section without one is asked again as a whole."""
        if not any(self._is_open(place) for place in places):
            self.again |= {place.name for place in places}
        return next(place for place in places if self._is_open(place))

    def _review(self) -> Place | None:
        """Before finishing: what is without an answer, and the choice to go there, to finish, or to leave it open."""
        places = self._places()
        open_places = [place for place in places if self._is_unsaid(place)]
        self.prompter.say(wording.say_review([(place.section.title, place.question.topic) for place in open_places]))
        match self.prompter.choose(wording.REVIEW_TITLE, wording.list_review_choices(len(open_places))):
            case wording.FINISH:
                sheet = replace(self.sheet, status=Status.FINISHED, changed=self.clock())
                self.stored = self.save(replace(self.stored, sheet=sheet))
                return None
            case wording.FILL:
                self.again |= {place.name for place in open_places}
                return open_places[0]
            case wording.JUMP:
                return self._jump(places[0], None)
            case wording.LATER:
                return None
            case _:
                raise Leave

    def _is_unsaid(self, place: Place) -> bool:
        return find_answer(self.sheet, place) in (None, Silence.SKIPPED)
