"""Which field of a form a column of somebody's export is: by its name or its label, whatever groups stand before it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from impact_cli.answers.following import list_moves
from impact_cli.catalogue.model import Catalogue, Grid, Many, Option, Question, Rating
from impact_cli.exchange.field import naming
from impact_cli.exchange.field.xpath import list_offered
from impact_cli.typography import fold

_MOST_HEADS = 50_000  # of columns; a form of ours has some hundreds
_BETWEEN_NAMES = re.compile(r"[^A-Za-z0-9_]+")  # "/" of Kobo, "-" of Central, "." and ":" where somebody chose them


class Role(Enum):
    """What a field says."""

    ANSWER = auto()
    SILENCE = auto()
    CONSENT = auto()
    OPENING = auto()  # venue, edition, voice, catalogue, when it was begun and ended


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: today's ids by the ids that a form may have, and by labels, folded."""

    ids: Mapping[str, str]
    labels: Mapping[str, str]

    def find(self, given: str) -> str | None:
        """Today's id of what an export gives. "Stress" may be a label where "stress" is another's id."""
        return self.ids.get(given.strip()) or self.labels.get(fold(given))


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: what it says, of which question by today's key, of which row where that is a grid.

    `label` is what people read.
    """

    role: Role
    key: str = ""
    row: str = ""
    label: str = ""
    choices: Choices = Choices({}, {})


class Fields:
    """The fields of a catalogue's form, and of its former forms, by name and label."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._fields = dict(_list_fields(catalogue))
        self._labels = _index_labels(catalogue, self._fields)
        self.name_head = lru_cache(_MOST_HEADS)(self._name_head)  # a file may name its columns in each submission

    def find(self, name: str) -> Field | None:
        """The field of that name."""
        return self._fields.get(name)

    def require(self, key: str) -> Field:
        """Today's field of a question that is no grid."""
        return self._fields[naming.name_question(key)]

    def name_heads(self, heads: Sequence[str]) -> list[str]:
        """The same of all columns of a table, by their labels too; a head that nobody knows as it is.

        Labels that several fields share are theirs in the order of the form, which exports keep.
        """
        met: dict[str, int] = {}
        return [self.name_head(head) or self._find_label(head, met) or head for head in heads]

    def list_absent(self, heads: Sequence[str]) -> list[str]:
        """The questions that a form asks and none of these columns answers, by their topics."""
        found = [self._fields.get(head.partition("/")[0]) for head in heads]
        there = {field.key for field in found if field and field.role is Role.ANSWER}
        asked = list_offered(self._catalogue.questions)
        return [question.topic for key, question in asked.items() if key not in there]

    def _name_head(self, head: str) -> str:
        """The field whose name a column bears, `name/option` where it is one of its options; "" where there is none."""
        *groups, last = _BETWEEN_NAMES.split(head.strip())
        if last in self._fields:
            return last
        field = self._fields.get(groups[-1]) if groups else None
        many = field and field.role is Role.ANSWER and isinstance(self._catalogue.questions[field.key], Many)
        return f"{groups[-1]}/{last}" if many else ""

    def _find_label(self, head: str, met: dict[str, int]) -> str:
        """The field that bears the label, or the end of it after titles of groups."""
        folded = fold(head)
        starts = [0, *(found.end() for found in re.finditer("/", folded))]
        label = next((folded[start:] for start in starts if folded[start:] in self._labels), None)
        if label is None:
            return ""
        found = self._labels[label]
        number = met[label] = met.get(label, -1) + 1
        return found[min(number, len(found) - 1)]


def _list_fields(catalogue: Catalogue) -> Iterator[tuple[str, Field]]:
    """Former names first, without labels: today's take their place where both are one."""
    for old, key in list_moves(catalogue).items():
        yield from ((name, replace(field, label="")) for name, field in _list_of(old, key, catalogue.questions[key]))
    for key, question in catalogue.questions.items():
        yield from _list_of(key, key, question)
    yield from ((name, Field(Role.OPENING, label=label)) for name, label in naming.LABELS.items())
    yield from ((name, Field(Role.OPENING)) for name in (naming.STAMP, naming.STARTED, naming.ENDED))


def _list_of(named: str, key: str, question: Question) -> Iterator[tuple[str, Field]]:
    """The fields of one question, under the key that a form knows it by."""
    if isinstance(question, Grid):
        choices = _list_choices(question)
        for row in question.rows:
            for identifier in (*row.was, row.id):
                yield naming.name_row(named, identifier), Field(Role.ANSWER, key, row.id, row.label, choices)
    else:
        yield naming.name_question(named), Field(Role.ANSWER, key, "", question.ask, _list_choices(question))
    consents, silences = _index_choices(naming.CONSENTS), _index_choices(naming.SILENCES)
    yield naming.name_consent(named), Field(Role.CONSENT, key, "", naming.ask_consent(question), consents)
    yield naming.name_silence(named), Field(Role.SILENCE, key, "", naming.ask_silence(question), silences)


def _list_choices(question: Question) -> Choices:
    """A mark is known by its level too."""
    choices = _index_options(naming.list_choices(question))
    marks = question.marks if isinstance(question, Rating) else {}
    return Choices(choices.ids, {**{fold(level): str(mark) for mark, level in marks.items()}, **choices.labels})


def _index_options(options: Sequence[Option]) -> Choices:
    """Today's ids take the place of former ones where both are one."""
    today = _index_choices({option.id: option.label for option in options})
    former = {identifier: option.id for option in options for identifier in option.was}
    return Choices({**former, **today.ids}, today.labels)


def _index_choices(labels: Mapping[str, str]) -> Choices:
    return Choices({name: name for name in labels}, {fold(label): name for name, label in labels.items()})


def _index_labels(catalogue: Catalogue, fields: Mapping[str, Field]) -> Mapping[str, list[str]]:
    """The names of today's fields by label, in the order of the form; of several options `label/option` too."""
    labels: dict[str, list[str]] = {}
    today = {naming.name_question(key): key for key in catalogue.questions}
    for name, field in fields.items():
        if not field.label:
            continue
        labels.setdefault(fold(field.label), []).append(name)
        question = catalogue.questions.get(today.get(name, ""))
        for option in question.options if isinstance(question, Many) else ():
            labels.setdefault(f"{fold(field.label)}/{fold(option.label)}", []).append(f"{name}/{option.id}")
    return labels
