"""The one loop of the conversation: what is asked next, and what is saved before it is."""

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, auto
from functools import partial
from typing import assert_never

from impact_cli.answers.consent import find_unasked, texts_of
from impact_cli.answers.keeping.drafts import load_drafts, save_drafts, set_aside_spoilt
from impact_cli.answers.keeping.store import Stored
from impact_cli.answers.progress import measure_progress
from impact_cli.answers.reading import read_value
from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Answer, Sheet, Silence, Status, Value
from impact_cli.catalogue.consistency import find_contradictions
from impact_cli.catalogue.model import Catalogue, Grid, Number, Option, Section
from impact_cli.report.blocks import Block, Quote
from impact_cli.report.build import tell_one_section
from impact_cli.survey import wording
from impact_cli.survey.consenting import ask_consent
from impact_cli.survey.display import excerpt
from impact_cli.survey.places import Place, find_answer, find_draft, list_places, split_section
from impact_cli.survey.prompter import Aside, Choice, Draft, Prompter, Step, Wish, Worded
from impact_cli.survey.steps import name_step, tell_answer
from impact_cli.survey.voices import Heard, hear


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

    `save` puts the sheet on the disk; its ImpactError ends the conversation. `only` keeps to one section. `before` is
    an earlier edition, or several voices, whose answers are proposed. `again` names the places to ask although they
    have an answer.
    """

    catalogue: Catalogue
    stored: Stored
    prompter: Prompter
    save: Callable[[Stored], Stored]
    clock: Callable[[], datetime]
    only: Section | None = None
    before: Sequence[Sheet] = ()
    again: set[str] = field(default_factory=set)
    _announced: Section | None = None
    _confirming: bool = False
    _asked_about: set[str] = field(default_factory=set)  # contradictions, by their ids
    _drafts: dict[str, Draft] = field(init=False)

    def __post_init__(self) -> None:
        self._drafts = load_drafts(self.stored.path)
        self.again |= self._drafts.keys()

    @property
    def sheet(self) -> Sheet:
        """The sheet as it is on the disk."""
        return self.stored.sheet

    def run(self) -> Ending:
        """Ask until nothing is left or somebody leaves; each answer is saved before the next question appears."""
        if spoilt := set_aside_spoilt(self.stored.path):
            self.prompter.say(wording.say_spoilt_draft(spoilt))
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
            if questioned := self._ask_contradictions([place.section]):
                return questioned
            if not self._ask_consent_after(place.section, following):
                return self._follow(following or place, Wish.PAUSE)
        return following

    def _ask(self, place: Place) -> Place | None:
        step = self._step(place)
        reply = self.prompter.ask(step, partial(self._remember, place, step))
        self.again.discard(place.name)
        if isinstance(reply, Aside):
            self._remember(place, step, reply.draft)
            return self._follow(place, reply.wish)
        if isinstance(reply, Worded):
            self._keep_words(place, reply.words)
        value = reply.number if isinstance(reply, Worded) else reply
        if value is None:
            self._silence(place, Silence.SKIPPED)
        else:
            self._record(place, value)
        self._forget_draft(place)
        if value is not None:
            self.prompter.confirm(step, value)
        return self._find_after(place)

    def _follow(self, place: Place, wish: Wish) -> Place | None:
        """The place to go to when a person wants this at a place."""
        match wish:
            case Wish.OTHER:
                return self._follow(place, self._choose_other(place))
            case Wish.PAUSE:
                return self._follow(place, self._choose_at_pause())
            case Wish.BACK:
                return self._find_before(place)
            case Wish.STAY:
                return self._stay(place)
            case Wish.JUMP:
                return self._jump(place)
            case Wish.CONSENT:
                answered = self._ask_consent(self.catalogue.sections, again=True)
                return self._follow(place, Wish.STAY if answered else Wish.PAUSE)
            case Wish.LEAVE:
                raise Leave
            case Wish.SKIP | Wish.ERASE | Wish.NOT_KNOWN | Wish.NOT_APPLICABLE:
                self._say_nothing(place, wish)
                self._forget_draft(place)
                return self._find_after(place)
            case _:
                assert_never(wish)

    def _say_nothing(self, place: Place, wish: Wish) -> None:
        if wish is Wish.SKIP:
            self._skip(place)
        elif wish is Wish.ERASE:
            self._erase(place)
        else:
            self._silence(place, Silence(wish.value))

    # What is half typed

    def _remember(self, place: Place, step: Step, draft: Draft | None) -> None:
        """Keep what stands in a field beside the sheet, unless it stood there already."""
        before = self._drafts.get(place.name)
        if draft and draft not in {step.proposed, find_draft(self.sheet, place)}:
            self._drafts[place.name] = draft
        elif draft is not None:
            self._drafts.pop(place.name, None)
        if self._drafts.get(place.name) != before:
            self._keep_drafts()

    def _forget_draft(self, place: Place) -> None:
        if self._drafts.pop(place.name, None) is not None:
            self._keep_drafts()

    def _keep_drafts(self) -> None:
        with contextlib.suppress(OSError):  # no answer as yet: the disk is spoken of when one cannot be saved
            save_drafts(self.stored.path, self._drafts)

    # What is shown

    def _step(self, place: Place) -> Step:
        beside = [other.name for other in self._places() if other.section is place.section]
        heard = hear(place, self.before) if self.before and find_answer(self.sheet, place) is None else Heard()
        draft = self._drafts.get(place.name)
        reason = self.sheet.uncertain.get(place.key)
        remark = heard.remark or (f"{wording.say_doubt(reason)}." if reason else "")
        if draft is not None:
            remark = f"{wording.HALF_TYPED}\n{heard.remark}" if len(self.before) > 1 else wording.HALF_TYPED
        return Step(
            question=place.question,
            row=place.row,
            number=beside.index(place.name) + 1,
            total=len(beside),
            current=find_answer(self.sheet, place),
            proposed=heard.proposed,
            draft=draft,
            remark=remark,
        )

    def _announce(self, section: Section) -> None:
        self._announced = section
        sections = self._sections()
        number = [other.id for other in sections].index(section.id) + 1
        progress = measure_progress(self.catalogue, self.sheet, [section.id] if self.only else None)
        left = wording.say_time_left(progress.concerned - progress.answered)
        hints = [hint for hint in (left, section.hint) if hint]
        title = wording.say_section(section.title, number, len(sections))
        self.prompter.show_section(title, hints, number - 1, len(sections))

    def _show_gain(self, section: Section) -> None:
        if told := tell_one_section(self.catalogue, self.sheet, section):
            self.prompter.show_report(wording.GAIN, [_shorten_quote(block) for block in told])

    # Where one goes

    def _places(self) -> list[Place]:
        places = self._all_places()
        return [place for place in places if place.section is self.only] if self.only else places

    def _all_places(self) -> list[Place]:
        return list_places(self.catalogue, self.sheet)

    def _sections(self) -> list[Section]:
        return list({place.section.id: place.section for place in self._all_places()}.values())

    def _is_open(self, place: Place) -> bool:
        return place.name in self.again or find_answer(self.sheet, place) is None

    def _find_first(self) -> Place | None:
        """A place to confirm before all, then the first that was never asked; a section by itself is asked whole."""
        places = self._places()
        if self.only:
            self.again |= {place.name for place in split_section(self.only)}
        self.again |= {place.name for place in places if place.key in self.sheet.uncertain}
        self._confirming = True
        return self._find_unsure() or next((place for place in places if self._is_open(place)), None)

    def _find_unsure(self) -> Place | None:
        unsure = (place for place in self._places() if place.key in self.sheet.uncertain and place.name in self.again)
        place = next(unsure, None) if self._confirming else None
        self._confirming = place is not None
        return place

    def _find_after(self, place: Place) -> Place | None:
        """The next place that is open; the answer just given may have changed which ones there are."""
        if self._confirming:
            return self._find_unsure() or next(filter(self._is_open, self._places()), None)
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

    def _keep_words(self, place: Place, words: str) -> None:
        """Let the section's prose keep the words in which a number was given; it is then asked about in its turn."""
        prose = place.question.prose if isinstance(place.question, Number) else None
        beside = next((other for other in split_section(place.section) if other.question.id == prose), None)
        if beside is None:
            return
        before = self.sheet.answers.get(beside.key)
        if not (isinstance(before, str) and words in before):
            self._keep(beside, f"{before}\n{words}" if isinstance(before, str) else words)
        self.again.add(beside.name)

    def _skip(self, place: Place) -> None:
        """Skipping leaves what is there; a grid is skipped when its last row is and none was answered."""
        is_last = not isinstance(place.question, Grid) or place.row is place.question.rows[-1]
        if is_last and self.sheet.answer(place.key) is None:
            self._keep(place, Silence.SKIPPED)
        if self._is_unsaid(place):
            self._confirm_silence(place, Silence.SKIPPED)

    def _silence(self, place: Place, silence: Silence) -> None:
        """A row takes the choice that means the silence; otherwise it is that of the whole question."""
        meant = _find_meaning(place, silence)
        if meant and place.row:
            self._record(place, meant.id)
        else:
            self._keep(place, silence)
        self._confirm_silence(place, silence)

    def _list_silences(self, place: Place) -> list[Silence]:
        """What can be said in place of an answer: a grid with answers takes no silence over them."""
        said = [Silence.NOT_KNOWN, Silence.NOT_APPLICABLE]
        return [silence for silence in said if not self._rows(place) or _find_meaning(place, silence)]

    def _erase(self, place: Place) -> None:
        rows = {row: choice for row, choice in self._rows(place).items() if place.row and row != place.row.id}
        self._keep(place, rows or Silence.SKIPPED)
        self._confirm_silence(place, Silence.SKIPPED)

    def _confirm_silence(self, place: Place, silence: Silence) -> None:
        self.prompter.confirm(self._step(place), silence)

    def _rows(self, place: Place) -> Mapping[str, str]:
        rows = self.sheet.answers.get(place.key)
        return rows if isinstance(rows, Mapping) else {}

    def _keep(self, place: Place, answer: Answer) -> None:
        if answer == self.sheet.answer(place.key) and place.key not in self.sheet.uncertain:
            return
        value = answer if isinstance(answer, Silence) else read_value(place.question, answer)
        sheet = self.sheet.with_answer(place.key, value, self.clock()).in_order(self.catalogue.questions)
        self.stored = self.save(replace(self.stored, sheet=sheet))

    # What cannot be true together

    def _ask_contradictions(self, sections: Iterable[Section]) -> Place | None:
        """Ask once about each contradiction that the answers of sections bring; the place of the answer to look at."""
        brought = {section.id for section in sections}
        values = trace_path(self.catalogue, self.sheet).values
        for found in find_contradictions(self.catalogue, values):
            if found.section not in brought or found.id in self._asked_about:
                continue
            self._asked_about.add(found.id)
            places = {key: place for place in self._all_places() if (key := place.key) in found.keys}
            lines: list[Choice[str | Wish]] = [
                *(Choice(key, self._say_review(places[key])) for key in found.keys if key in places),
                Choice(Wish.STAY, wording.KEEP_BOTH_LABEL),
            ]
            chosen = self.prompter.choose(found.ask, lines, escape=Wish.STAY)
            if chosen is None:
                return self._follow(next(iter(places.values())), Wish.PAUSE)
            if chosen in places:
                self.again |= {place.name for place in self._all_places() if place.key == chosen}
                return next(place for place in self._all_places() if place.key == chosen)
        return None

    def _say_review(self, place: Place) -> str:
        answer = find_answer(self.sheet, place)
        told = tell_answer(self._step(place), answer) if answer is not None else ""
        return wording.say_review_answer(place.question.topic, told)

    # What may be published

    def _ask_consent_after(self, section: Section, following: Place | None) -> bool:
        """Ask about a family's texts once it is left, about all of a section's where one keeps to it."""
        if self.only:
            return self._ask_consent([section], again=True)
        family = next(family for family in self.catalogue.families if section in family.sections)
        if following and following.section in family.sections:
            return True
        return self._ask_consent(family.sections)

    def _ask_consent(self, sections: Iterable[Section], *, again: bool = False) -> bool:
        """Ask about the texts that nobody was asked about, or `again` about all; False where one wants to pause."""
        asked = {section.id for section in sections}
        found = (texts_of if again else find_unasked)(self.catalogue, self.sheet)
        texts = {key: text for key, text in found.items() if key.partition(".")[0] in asked}
        if not texts:
            return True
        sheet = ask_consent(self.prompter, self.catalogue, self.sheet, texts)
        if sheet:
            self.stored = self.save(replace(self.stored, sheet=replace(sheet, changed=self.clock())))
            self.prompter.say(wording.say_consented(sum(map(sheet.may_publish, texts)), len(texts)))
        return sheet is not None

    # Menus

    def _choose_other(self, place: Place) -> Wish:
        answered = find_answer(self.sheet, place) is not None
        has_texts = bool(texts_of(self.catalogue, self.sheet))
        replies = wording.list_other_replies(self._list_silences(place), answered=answered, has_texts=has_texts)
        title = f"{name_step(self._step(place))}\n{wording.OTHER_TITLE}"
        return self.prompter.choose(title, replies, escape=Wish.STAY) or Wish.PAUSE

    def _choose_at_pause(self) -> Wish:
        title = f"{wording.SAVED_AND_KEPT if self._drafts else wording.SAVED}\n{wording.WHAT_NOW}"
        return self.prompter.choose(title, wording.PAUSE_CHOICES, escape=Wish.STAY, leaves=True) or Wish.LEAVE

    def _stay(self, place: Place) -> Place:
        self.again.add(place.name)
        return place

    def _jump(self, place: Place) -> Place | None:
        match self._choose_section(wording.STAY_LABEL, place.section):
            case Wish() as wish:
                return self._follow(place, wish)
            case chosen:
                return self._open_section(chosen)

    def _choose_section(self, stay_label: str, here: Section | None = None) -> str | Wish:
        """The id of a section, STAY for Esc and the line of `stay_label`, PAUSE for Ctrl-C; opened where one is."""
        shown = {section.id for section in self._sections()}
        choices: list[Choice[str | Wish]] = []
        for family in self.catalogue.families:
            lines = [section for section in family.sections if section.id in shown]
            for section in lines:
                heading = family.title if section is lines[0] else ""
                choices.append(Choice(section.id, self._name_progress(section), heading))
        choices.append(Choice(Wish.STAY, stay_label))
        at = here.id if here else None
        return self.prompter.choose(wording.JUMP_TITLE, choices, escape=Wish.STAY, at=at) or Wish.PAUSE

    def _name_progress(self, section: Section) -> str:
        return wording.say_progress(section.title, measure_progress(self.catalogue, self.sheet, [section.id]))

    def _open_section(self, chosen: str) -> Place:
        """The first place of a section that is open; a section without one is asked again as a whole."""
        places = [place for place in self._all_places() if place.section.id == chosen]
        self._confirming = False
        if self.only:
            self.only = places[0].section
        if not any(self._is_open(place) for place in places):
            self.again |= {place.name for place in split_section(places[0].section)}
        return next(place for place in places if self._is_open(place))

    def _review(self) -> Place | None:
        """Before finishing: what is without an answer, and the choice to go there, to finish, or to leave it open."""
        open_places = [place for place in self._places() if self._is_unsaid(place)]
        sections = len(self._sections())
        self.prompter.show_section(wording.ALL_ASKED, [], sections, sections)
        for line in self._tell_open(open_places):
            self.prompter.say(line)
        while True:
            match self.prompter.choose(wording.REVIEW_TITLE, wording.list_review_choices(len(open_places))):
                case wording.FINISH:
                    if questioned := self._ask_contradictions(self.catalogue.sections):
                        return questioned
                    if self._ask_consent(self.catalogue.sections):
                        self._finish()
                        return None
                case wording.FILL:
                    self.again |= {place.name for place in open_places}
                    return open_places[0]
                case wording.REVISIT:
                    chosen = self._choose_section(wording.REVIEW_LABEL)
                    if not isinstance(chosen, Wish):
                        return self._open_section(chosen)
                case wording.LATER:
                    return None
                case _:
                    raise Leave

    def _finish(self) -> None:
        sheet = replace(self.sheet, status=Status.FINISHED, changed=self.clock())
        self.stored = self.save(replace(self.stored, sheet=sheet))
        for line in ("", wording.FINISHED):
            self.prompter.say(line)

    def _tell_open(self, open_places: list[Place]) -> list[str]:
        """What has no answer yet: whole sections by their titles, subjects elsewhere."""
        whole, partly = [], []
        for section in self._sections():
            subjects = [place.question.topic for place in open_places if place.section is section]
            if len(subjects) == sum(place.section is section for place in self._places()):
                whole.append(section.title)
            elif subjects:
                partly.append((section.title, list(dict.fromkeys(subjects))))
        return wording.say_review(whole, partly)

    def _is_unsaid(self, place: Place) -> bool:
        return find_answer(self.sheet, place) in (None, Silence.SKIPPED)


def _shorten_quote(block: Block) -> Block:
    """Long words just typed would scroll away what the report makes of the rest."""
    return replace(block, text=excerpt(block.text)) if isinstance(block, Quote) else block


def _find_meaning(place: Place, silence: Silence) -> Option | None:
    """The choice of a grid by which one of its rows is silent."""
    choices = place.question.choices if isinstance(place.question, Grid) else ()
    return next((choice for choice in choices if choice.means == silence), None)
