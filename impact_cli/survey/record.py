"""What a conversation writes: all that is said is in the sheet, and the sheet on a disk, before the next is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from impact_cli.answers.keeping.store import Stored
from impact_cli.answers.sheet import Answer, Sheet, Silence, Status, Value
from impact_cli.answers.values import read_value
from impact_cli.catalogue.model import Catalogue, Grid, Number, Option
from impact_cli.survey.places import Place, find_answer, split_section


@dataclass
class Record:
    """A sheet that is written in. `save` puts it on the disk; its ImpactError ends the conversation."""

    catalogue: Catalogue
    stored: Stored
    save: Callable[[Stored], Stored]
    clock: Callable[[], datetime]

    @property
    def sheet(self) -> Sheet:
        """The sheet as it is on the disk."""
        return self.stored.sheet

    def is_unsaid(self, place: Place) -> bool:
        """Whether nothing was said at a place, not even in place of an answer."""
        return find_answer(self.sheet, place) in (None, Silence.SKIPPED)

    def list_silences(self, place: Place) -> list[Silence]:
        """What can be said in place of an answer: a grid with answers takes no silence over them."""
        said = [Silence.NOT_KNOWN, Silence.NOT_APPLICABLE]
        return [silence for silence in said if not self._rows(place) or _find_meaning(place, silence)]

    def write_value(self, place: Place, value: Value) -> None:
        """Write an answer; that to a row stands beside those to the other rows."""
        self._write(place, {**self._rows(place), place.row.id: str(value)} if place.row else value)

    def write_silence(self, place: Place, silence: Silence) -> Silence:
        """Write it, and give it: a row takes the choice that means it; otherwise it is that of the whole question."""
        meant = _find_meaning(place, silence)
        if meant and place.row:
            self.write_value(place, meant.id)
        else:
            self._write(place, silence)
        return silence

    def skip(self, place: Place) -> Silence | None:
        """Leave what is there; a grid is skipped when its last row is and none was answered."""
        is_last = not isinstance(place.question, Grid) or place.row is place.question.rows[-1]
        if is_last and self.sheet.answer(place.key) is None:
            self._write(place, Silence.SKIPPED)
        return Silence.SKIPPED if self.is_unsaid(place) else None

    def erase(self, place: Place) -> Silence:
        """Take an answer out of the sheet."""
        rows = {row: choice for row, choice in self._rows(place).items() if place.row and row != place.row.id}
        self._write(place, rows or Silence.SKIPPED)
        return Silence.SKIPPED

    def write_words(self, place: Place, words: str) -> Place | None:
        """Let the section's prose keep the words in which a number was given; where it does."""
        prose = place.question.prose if isinstance(place.question, Number) else None
        beside = next((other for other in split_section(place.section) if other.question.id == prose), None)
        if beside:
            before = self.sheet.answers.get(beside.key)
            if not (isinstance(before, str) and words in before):
                self._write(beside, f"{before}\n{words}" if isinstance(before, str) else words)
        return beside

    def write_consent(self, sheet: Sheet) -> None:
        """Keep what was said about the publication of texts."""
        self._save(sheet)

    def finish(self) -> None:
        """Keep that the manager says the sheet is complete."""
        self._save(replace(self.sheet, status=Status.FINISHED))

    def _save(self, sheet: Sheet) -> None:
        self.stored = self.save(replace(self.stored, sheet=replace(sheet, changed=self.clock())))

    def _write(self, place: Place, answer: Answer) -> None:
        if answer == self.sheet.answer(place.key) and place.key not in self.sheet.uncertain:
            return
        value = answer if isinstance(answer, Silence) else read_value(place.question, answer)
        sheet = self.sheet.with_answer(place.key, value, self.clock()).in_order(self.catalogue.questions)
        self.stored = self.save(replace(self.stored, sheet=sheet))

    def _rows(self, place: Place) -> Mapping[str, str]:
        rows = self.sheet.answers.get(place.key)
        return rows if isinstance(rows, Mapping) else {}


def _find_meaning(place: Place, silence: Silence) -> Option | None:
    """The choice of a grid by which one of its rows is silent."""
    choices = place.question.choices if isinstance(place.question, Grid) else ()
    return next((choice for choice in choices if choice.means == silence), None)
