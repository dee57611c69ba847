"""The one loop of the conversation: what is asked next, and what becomes of the reply."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import partial
from typing import assert_never

from impact_cli.answers.consent import texts_of
from impact_cli.answers.keeping.drafts import set_aside_spoilt
from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Answer, Sheet, Silence, Status
from impact_cli.catalogue.consistency import Contradiction, find_contradictions
from impact_cli.catalogue.model import Section
from impact_cli.report.blocks import Block, Quote
from impact_cli.report.build import tell_one_section
from impact_cli.survey import menus
from impact_cli.survey.consenting import ask_consent
from impact_cli.survey.duration import measure_minutes, say_time_left
from impact_cli.survey.half_typed import HalfTyped
from impact_cli.survey.places import Place, find_answer, find_draft
from impact_cli.survey.prompter import Aside, Draft, Leave, Prompter, Step, Wish, Worded
from impact_cli.survey.record import Record
from impact_cli.survey.route import Route
from impact_cli.survey.steps import say_doubt, tell_answer
from impact_cli.survey.voices import Proposal, hear
from impact_cli.typography import cut_line

_QUOTED_LENGTH = 240  # characters of words just typed: whole, they would scroll away what the report makes of the rest


class Ending(Enum):
    """How a conversation ended."""

    FINISHED = auto()  # the manager said that the sheet is complete
    LATER = auto()  # what was to be asked was asked; the sheet is as complete as before
    LEFT = auto()  # somebody left in the middle


@dataclass
class Interview:
    """A conversation about the sheet of a record.

    `only` keeps to one section. `before` is an earlier edition, or several voices, whose answers are proposed.
    """

    record: Record
    prompter: Prompter
    only: Section | None = None
    before: Sequence[Sheet] = ()
    _announced: Section | None = None
    _asked_about: set[str] = field(default_factory=set)  # contradictions, by their ids

    def __post_init__(self) -> None:
        self._catalogue = self.record.catalogue
        self._drafts = HalfTyped(self.record)
        self._route = Route(self.record, self.only, self._drafts.names)

    def run(self) -> Ending:
        """Ask until nothing is left or somebody leaves; each answer is saved before the next question appears."""
        if spoilt := set_aside_spoilt(self.record.stored.path):
            self.prompter.say(
                f"Ce que vous aviez commencé à taper ne peut plus être lu\u202f; le fichier est gardé\u00a0: {spoilt}"
            )
        try:
            place = self._route.begin()
            while True:
                while place:
                    place = self._visit(place)
                if self._route.only:
                    return Ending.LATER
                place = self._review()
                if not place:
                    return Ending.FINISHED if self.record.sheet.status == Status.FINISHED else Ending.LATER
        except Leave:
            return Ending.LEFT

    def _visit(self, place: Place) -> Place | None:
        """Ask at a place, and find the one after."""
        if place.section is not self._announced:
            self._announce(place.section)
        following = self._ask(place)
        if following and following.section is place.section:
            return following
        return self._leave_section(place, following)

    def _leave_section(self, place: Place, following: Place | None) -> Place | None:
        """Show what a section adds to the report, ask what only its end can, and go on to the place that follows."""
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
        self._route.again.discard(place.name)
        if isinstance(reply, Aside):
            if reply.draft is not None:
                self._remember(place, step, reply.draft)
            return self._follow(place, reply.wish)
        if isinstance(reply, Worded) and (beside := self.record.write_words(place, reply.words)):
            self._route.again.add(beside.name)
        value = reply.number if isinstance(reply, Worded) else reply
        if value is None:
            return self._go_on(place, self.record.write_silence(place, Silence.SKIPPED))
        self.record.write_value(place, value)
        return self._go_on(place, value)

    def _go_on(self, place: Place, said: Answer | None) -> Place | None:
        """Confirm what is on the disk now, if anything new is, and find the next place."""
        self._drafts.forget(place.name)
        if said is not None:
            self.prompter.confirm(self._step(place), said)
        return self._route.go_on(place)

    def _remember(self, place: Place, step: Step, draft: Draft) -> None:
        self._drafts.remember(place.name, draft, step.proposed, find_draft(self.record.sheet, place))

    def _follow(self, place: Place, wish: Wish) -> Place | None:
        """The place to go to when a person wants this at a place."""
        match wish:
            case Wish.OTHER:
                return self._follow(place, self._choose_other(place))
            case Wish.PAUSE:
                return self._follow(place, menus.choose_at_pause(self.prompter, has_drafts=bool(self._drafts.names)))
            case Wish.BACK:
                return self._go_back(place)
            case Wish.STAY:
                self._route.again.add(place.name)
                return place
            case Wish.JUMP:
                return self._jump(place)
            case Wish.CONSENT:
                answered = self._ask_consent(self._catalogue.sections, again=True)
                return self._follow(place, Wish.STAY if answered else Wish.PAUSE)
            case Wish.LEAVE:
                raise Leave
            case Wish.SKIP | Wish.ERASE | Wish.NOT_KNOWN | Wish.NOT_APPLICABLE:
                return self._go_on(place, self._pass_over(place, wish))
            case _:
                assert_never(wish)

    def _pass_over(self, place: Place, wish: Wish) -> Silence | None:
        """Keep what is said in place of an answer."""
        match wish:
            case Wish.SKIP:
                return self.record.skip(place)
            case Wish.ERASE:
                return self.record.erase(place)
            case _:
                return self.record.write_silence(place, Silence(wish.value))

    def _choose_other(self, place: Place) -> Wish:
        silences, has_texts = self.record.list_silences(place), bool(texts_of(self._catalogue, self.record.sheet))
        return menus.choose_other(self.prompter, self._step(place), silences, has_texts=has_texts)

    def _go_back(self, place: Place) -> Place:
        before = self._route.go_back(place)
        if not before:
            self.prompter.say("C’est la première question.")
        return before or place

    def _jump(self, place: Place) -> Place | None:
        match menus.choose_section(self.prompter, self._route, menus.STAY_LABEL, place.section.id):
            case Wish() as wish:
                return self._follow(place, wish)
            case chosen:
                return self._route.open_section(chosen)

    # What is shown

    def _step(self, place: Place) -> Step:
        beside = [other.name for other in self._route.places if other.section is place.section]
        heard = self._hear(place)
        return Step(
            question=place.question,
            row=place.row,
            number=beside.index(place.name) + 1,
            total=len(beside),
            current=find_answer(self.record.sheet, place),
            proposed=heard.draft,
            draft=self._drafts.find(place.name),
            remark=self._remark(place, heard),
        )

    def _hear(self, place: Place) -> Proposal:
        """What was said before at a place that has no answer now."""
        return hear(place, self.before) if find_answer(self.record.sheet, place) is None else Proposal()

    def _remark(self, place: Place, heard: Proposal) -> str:
        """What a person has to know before they answer: what is theirs already, or not yet."""
        if self._drafts.find(place.name) is not None:
            voices = [heard.remark] if len(self.before) > 1 and heard.remark else []
            return "\n".join(["Commencé, pas encore validé.", *voices])
        reason = self.record.sheet.uncertain.get(place.key)
        return heard.remark or (f"{say_doubt(reason)}." if reason else "")

    def _announce(self, section: Section) -> None:
        self._announced = section
        sections = self._route.sections
        number = [other.id for other in sections].index(section.id) + 1
        left = say_time_left(measure_minutes(self._route.list_open(), self._stands))
        title = f"{section.title} · rubrique\u00a0{number}\u00a0sur\u00a0{len(sections)}"
        self.prompter.show_section(title, [*filter(None, (left, section.hint))], number - 1, len(sections))

    def _stands(self, place: Place) -> bool:
        return not self.record.is_unsaid(place) or self._hear(place).draft is not None

    def _show_gain(self, section: Section) -> None:
        if told := tell_one_section(self._catalogue, self.record.sheet, section):
            self.prompter.show_report("Votre rapport dira\u00a0:", [_shorten_quote(block) for block in told])

    # What cannot be true together

    def _ask_contradictions(self, sections: Iterable[Section]) -> Place | None:
        """Ask once about each contradiction that the answers of sections bring; the place of the answer to look at."""
        brought = {section.id for section in sections}
        for found in find_contradictions(self._catalogue, trace_path(self._catalogue, self.record.sheet).values):
            if found.section in brought and found.id not in self._asked_about:
                self._asked_about.add(found.id)
                if place := self._ask_contradiction(found):
                    return place
        return None

    def _ask_contradiction(self, found: Contradiction) -> Place | None:
        there = {place.key: place for place in reversed(self._route.all_places) if place.key in found.keys}
        told = {key: self._tell_to_review(there[key]) for key in found.keys if key in there}
        match menus.choose_to_review(self.prompter, found.ask, told):
            case Wish.STAY:
                return None
            case Wish() as wish:
                return self._follow(there[next(iter(told))], wish)
            case key:
                return self._route.open_question(key)

    def _tell_to_review(self, place: Place) -> str:
        answer = find_answer(self.record.sheet, place)
        told = tell_answer(self._step(place), answer) if answer is not None else ""
        return f"{place.question.topic}\u00a0: {told}"

    # What may be published

    def _ask_consent_after(self, section: Section, following: Place | None) -> bool:
        """Ask about a family's texts once it is left, about all of a section's where one keeps to it."""
        if self._route.only:
            return self._ask_consent([section], again=True)
        family = next(family for family in self._catalogue.families if section in family.sections)
        if following and following.section in family.sections:
            return True
        return self._ask_consent(family.sections)

    def _ask_consent(self, sections: Iterable[Section], *, again: bool = False) -> bool:
        return ask_consent(self.prompter, self.record, sections, self.before, again=again)

    # The end

    def _review(self) -> Place | None:
        """Before finishing: what is without an answer, and the choice to go there, to finish, or to leave it open."""
        sections, unsaid = len(self._route.sections), self._route.list_unsaid()
        self.prompter.show_section("Vous avez parcouru toutes les rubriques.", [], sections, sections)
        for line in menus.tell_unsaid(self._route):
            self.prompter.say(line)
        while True:
            match menus.choose_at_end(self.prompter, len(unsaid)):
                case menus.FINISH:
                    if questioned := self._ask_contradictions(self._catalogue.sections):
                        return questioned
                    if self._ask_consent(self._catalogue.sections):
                        self._finish()
                        return None
                case menus.FILL:
                    self._route.again |= {place.name for place in unsaid}
                    return unsaid[0]
                case menus.REVISIT:
                    chosen = menus.choose_section(self.prompter, self._route, "Revenir à ce qui manque")
                    if not isinstance(chosen, Wish):
                        return self._route.open_section(chosen)
                case menus.LATER:
                    return None
                case _:
                    raise Leave

    def _finish(self) -> None:
        self.record.finish()
        for line in ("", "Votre fiche est terminée."):
            self.prompter.say(line)


def _shorten_quote(block: Block) -> Block:
    return replace(block, text=cut_line(block.text, _QUOTED_LENGTH)) if isinstance(block, Quote) else block
