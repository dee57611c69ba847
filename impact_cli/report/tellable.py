"""What may be told of a sheet: its answers without those that nobody may rely on, or that may not be published."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from impact_cli.answers.consent import find_withheld
from impact_cli.answers.doubts import is_held_back
from impact_cli.answers.following import follow_catalogue
from impact_cli.answers.relevance import SheetPath, trace_path
from impact_cli.answers.sheet import Sheet, Value
from impact_cli.catalogue.consistency import Contradiction, find_contradictions
from impact_cli.catalogue.model import Catalogue, Family, Question, Section
from impact_cli.report import wording
from impact_cli.report.telling import Marks


@dataclass(frozen=True, slots=True)
class Tellable:
    """What a report tells of a sheet, and what it leaves out.

    `values` may be told, with the `marks` beside them. Of the `path`, words are `withheld`, other answers `held_back`
    until somebody confirms them, or `contradicted` by others, which is said in their section. What was `read_back` from
    a report lacks what that did not print.
    """

    catalogue: Catalogue
    path: SheetPath
    values: Mapping[str, Value]
    marks: Marks
    withheld: Collection[str]
    held_back: Collection[str]
    contradictions: Sequence[Contradiction]
    read_back: bool

    def list_answers(self) -> Iterator[tuple[Family, Section, Question, str]]:
        """Every question that has a value to be told, in the order asked."""
        for family in self.catalogue.families:
            for section in family.sections:
                for key, question in section.keyed.items():
                    if key in self.values:
                        yield family, section, question, key

    @property
    def contradicted(self) -> Collection[str]:
        """The answers that would be told, did others not contradict them."""
        return self.path.values.keys() - self.values.keys() - set(self.held_back)


def find_tellable(catalogue: Catalogue, sheet: Sheet, *, public: bool) -> Tellable:
    """What may be told; of the words that the venue has not given to be published, the public gets none."""
    sheet = follow_catalogue(catalogue, sheet).sheet
    path = trace_path(catalogue, sheet)
    withheld = find_withheld(catalogue, sheet)
    marks = mark_answers(sheet, withheld)
    if public:
        path = replace(path, answers={key: said for key, said in path.answers.items() if key not in withheld})
    else:
        withheld = frozenset()
    relied = {key: value for key, value in path.values.items() if not _is_held_back(catalogue, sheet, key, value)}
    contradictions = find_contradictions(catalogue, relied)
    held_back = path.values.keys() - relied.keys()
    values, read_back = leave_out(contradictions, relied), sheet.origin is not None
    return Tellable(catalogue, path, values, marks, withheld, held_back, contradictions, read_back)


def mark_answers(sheet: Sheet, withheld: frozenset[str]) -> Marks:
    """What is said beside the answers of a sheet: that one is doubted, that words are not published."""
    doubtful = dict.fromkeys(sheet.uncertain, (wording.TO_CONFIRM,))
    return doubtful | {key: (*doubtful.get(key, ()), wording.WITHHELD) for key in withheld}


def leave_out(contradictions: Sequence[Contradiction], values: Mapping[str, Value]) -> Mapping[str, Value]:
    """The values of which none contradicts another, nor are words of an option of one that does."""
    doubted = {key for contradiction in contradictions for key in contradiction.keys}
    return {key: value for key, value in values.items() if doubted.isdisjoint((key, key.rpartition(".")[0]))}


def _is_held_back(catalogue: Catalogue, sheet: Sheet, key: str, value: Value) -> bool:
    """Whether these are words of another report that nobody understood and nobody has confirmed."""
    return isinstance(value, str) and is_held_back(catalogue, value, sheet.uncertain.get(key))
