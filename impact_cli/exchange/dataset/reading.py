"""Sheets made again of the rows of a wide form, whoever wrote or corrected it since."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import assert_never

from impact_cli.answers.following import stamp_of
from impact_cli.answers.keeping.names import check_edition, check_name
from impact_cli.answers.sheet import PUBLISHED, Origin, Sheet, Silence, Status, Value
from impact_cli.answers.values import AnswerError, read_value
from impact_cli.catalogue.model import Catalogue, Grid, Keywords, Many, Number, One, Question, Rating, Text, is_free
from impact_cli.errors import Fault, FaultsError, shorten
from impact_cli.exchange.dataset.columns import describe_sheets, name_option, name_state
from impact_cli.exchange.dataset.lines import BETWEEN_KEYWORDS
from impact_cli.exchange.dataset.telling import State

Cells = Mapping[str, str]
_DOUBT = "le jeu de données la donne «\u00a0à confirmer\u00a0»"
_HINT = "Corrigez ces cellules, puis relancez la même commande\u202f; les autres fiches n’en dépendent pas."
_YES, _NO = ("1", "true", "vrai"), ("", "0", "false", "faux")


def is_wide(names: Iterable[str]) -> bool:
    """Whether these are the columns of a wide form, or most of them."""
    known = set(names)
    return {"venue", "edition"} <= known and any(name.startswith("state:") for name in known)


def is_long(names: Iterable[str]) -> bool:
    """Whether these are the columns of a long form, which has not all that makes a sheet."""
    return {"venue", "edition", "section", "question", "state"} <= set(names)


def list_unknown(catalogue: Catalogue, names: Iterable[str]) -> list[str]:
    """The columns that the catalogue has no question for."""
    known = {column.name for column in describe_sheets(catalogue).columns}
    return [name for name in names if name and name not in known]


class SheetReader:
    """Makes a sheet of each row; `unguard` takes away what guards words in a CSV."""

    def __init__(self, catalogue: Catalogue, file: str, unguard: Callable[[str], str]) -> None:
        self._catalogue = catalogue
        self._file = file
        self._unguard = unguard

    def read(self, row: Cells, now: datetime) -> Sheet:
        """The sheet of one row. Raises ImpactError with every cell that cannot be what its column says."""
        venue = check_name(self._unguard(row["venue"]))
        edition = check_edition(self._unguard(row["edition"]))
        faults: list[Fault] = []
        answers: dict[str, Value] = {}
        silences: dict[str, Silence] = {}
        for key, question in self._catalogue.questions.items():
            try:
                match self._read_state(row, key):
                    case Silence() as silence:
                        silences[key] = silence
                    case True if raw := self._read_raw(row, key, question):
                        answers[key] = read_value(question, raw)
            except AnswerError as error:
                faults.append(Fault(f"{self._file}, {venue} {edition}", 0, key, str(error)))
        if faults:
            raise FaultsError(faults, _HINT)
        sheet = Sheet(
            venue=venue,
            edition=edition,
            catalogue=stamp_of(self._catalogue),
            created=now,
            changed=_read_moment(row.get("changed", "")) or now,
            status=Status.FINISHED if row.get("status") == Status.FINISHED else Status.IN_PROGRESS,
            origin=Origin(PUBLISHED, now, edition_said=True) if row.get("source") else None,
            answers=answers,
            silences=silences,
            uncertain=dict.fromkeys(filter(answers.__contains__, _read_keys(row.get("doubted", ""))), _DOUBT),
        )
        for key in self._list_published(row, sheet):
            sheet = sheet.with_consent(key, publish=True, source=PUBLISHED)
        return sheet

    def _list_published(self, row: Cells, sheet: Sheet) -> Iterator[str]:
        """The words that the dataset published: none where it does not say, or not in our words, which it withheld."""
        withheld = _read_keys(row.get("withheld", "?"))
        if self._catalogue.questions.keys() >= {*withheld}:
            yield from (key for key in sheet.answers if is_free(self._catalogue.questions[key]) and key not in withheld)

    def _read_state(self, row: Cells, key: str) -> Silence | bool:
        """Whether there may be an answer, or why there is none; a table that says nothing of it may have one."""
        said = row.get(name_state(key), "").strip()
        if said in [*Silence]:
            return Silence(said)
        if said in ("", State.ANSWERED):
            return True
        if said in [*State]:
            return False
        raise AnswerError(f"«\u00a0{shorten(said)}\u00a0» n’est pas un de ces états\u00a0: {', '.join(State)}.")

    def _read_raw(self, row: Cells, key: str, question: Question) -> object:
        """What the cells of a question hold, as `read_value` takes it; nothing where they are empty."""
        match question:
            case Many(options=options):
                ticked = {option.id: row.get(name_option(key, option), "") for option in options}
                return [option for option, cell in ticked.items() if _is_ticked(cell)]
            case Grid(rows=rows):
                chosen = {line.id: row.get(name_option(key, line), "").strip() for line in rows}
                return {line: choice for line, choice in chosen.items() if choice}
            case Keywords():
                return [word for word in self._unguard(row.get(key, "")).split(BETWEEN_KEYWORDS) if word]
            case Text():
                return self._unguard(row.get(key, ""))
            case One() | Number() | Rating():
                return row.get(key, "").strip()
            case _:
                assert_never(question)


def _read_keys(cell: str) -> list[str]:
    """The keys of a cell, also where a person has parted them otherwise."""
    return re.findall(r"[^\s,;]+", cell)


def _is_ticked(cell: str) -> bool:
    said = cell.strip().casefold()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise AnswerError(f"1 ou 0 est attendu, pas «\u00a0{shorten(cell)}\u00a0».")


def _read_moment(cell: str) -> datetime | None:
    """The moment of a cell, None where a spreadsheet has made something else of it."""
    try:
        moment = datetime.fromisoformat(cell.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
