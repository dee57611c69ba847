"""The half of impact import that reads datasets: the rows of the wide form back into sheets."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from impact_cli.cli.parts.imports import Import
from impact_cli.cli.parts.parameters import expand, name_home
from impact_cli.clock import read_clock
from impact_cli.errors import ImpactError
from impact_cli.printing import say
from impact_cli.report.french import name_some, say_count

if TYPE_CHECKING:
    from impact_cli.answers.sheet import Sheet
    from impact_cli.exchange.field.editions import Shelves


@dataclass(slots=True)
class DatasetImport(Import):
    """Makes sheets of the rows of datasets."""

    _shelves: "Shelves | None" = None

    def run(self, files: Sequence[str]) -> tuple[list[str], list[dict[str, object]]]:
        """Import the datasets among these files: the other files, and what there is to say of each sheet in JSON.

        Raises ImpactError where a venue or an edition was named for them.
        """
        files = [_find_table(file) for file in files]
        datasets = [file for file in files if _is_dataset(expand(file))]
        if datasets and (self.options.venue or self.options.edition):
            raise ImpactError(
                "Un jeu de données dit lui-même ses lieux et ses éditions.",
                "Enlevez --venue et --edition.",
                exit_code=2,
            )
        summaries = [each for file in datasets for each in self._import(expand(file))]
        return [file for file in files if file not in datasets], summaries

    def _import(self, file: Path) -> Iterator[dict[str, object]]:
        done, kept = 0, list[str]()
        for sheet in self._read(file):
            try:
                is_new = self._store(sheet)
            except ImpactError as error:
                self.complain(error)
                continue
            if not is_new:
                kept.append(f"{sheet.venue}, {sheet.edition}")
                continue
            done += 1
            yield {"file": str(file), "venue": sheet.venue, "edition": sheet.edition, "answers": len(sheet.answers)}
        if kept:
            self.failed = True
            say(f"{file.name}\u00a0: ces fiches existent déjà et n’ont pas été touchées\u00a0: {name_some(kept)}.")
            say("Pour les remplacer, ajoutez --replace\u00a0: leurs réponses iront dans leur historique.")
        if done:
            self.tell(f"{file.name}\u00a0: {say_count(done, 'fiche lue', 'fiches lues')}.")
            self.end(
                {"Les fiches sont enregistrées. Pour les voir\u00a0:": f"impact list{name_home(self.options.home)}"}
            )

    def _read(self, file: Path) -> Iterator["Sheet"]:
        """The sheets of one file; what is wrong with a row is said, and the next is read."""
        from impact_cli.exchange.dataset.reading import SheetReader, list_unknown
        from impact_cli.exchange.tables.cells import unguard
        from impact_cli.exchange.tables.rows import is_workbook, read_rows

        reader = SheetReader(self.catalogue, file.name, str if is_workbook(file) else unguard)
        for rank, row in enumerate(read_rows(file)):
            if rank == 0 and (unknown := list_unknown(self.catalogue, row)):
                say(f"{file.name}\u00a0: colonnes inconnues, laissées de côté\u00a0: {name_some(unknown)}.")
            try:
                yield reader.read(row, read_clock())
            except ImpactError as error:
                self.complain(error)

    def _store(self, sheet: "Sheet") -> bool:
        """Save the sheet, unless one is there already that is not to be replaced."""
        from impact_cli.answers.keeping.editing import begin_sheet, editing
        from impact_cli.answers.keeping.store import load_sheet, save_sheet
        from impact_cli.exchange.field.editions import Shelves

        self._shelves = self._shelves or Shelves(self.options.home)
        shelf = self._shelves.find(sheet.venue)
        if sheet.edition in shelf.editions and not self.options.replaces:
            return False
        if not self.options.writes:
            return True
        if path := shelf.editions.get(sheet.edition):
            there = load_sheet(path)
        else:
            there = begin_sheet(self.catalogue, shelf.name, shelf.put(sheet.edition, ()), sheet.created)
        with editing(there, unchanged=True) as fresh:
            filled = _fill(fresh.sheet, sheet) if fresh.digest else sheet
            save_sheet(replace(fresh, sheet=filled.in_order(self.catalogue.questions)), self.catalogue)
        return True


def _fill(former: "Sheet", row: "Sheet") -> "Sheet":
    """The sheet that is there, with what the row says; what it said of its words counts, others are asked about."""
    return replace(
        former,
        catalogue=row.catalogue,
        status=row.status,
        changed=row.changed,
        origin=row.origin,
        answers=row.answers,
        silences=row.silences,
        uncertain=row.uncertain,
    )


def _find_table(file: str) -> str:
    """The table of sheets, where the folder of a dataset is given."""
    folder = expand(file)
    if not (folder / "datapackage.json").is_file():
        return file
    return next(map(str, (*folder.glob("fiches*.csv"), *folder.glob("effets*.xlsx"))), file)


def _is_dataset(path: Path) -> bool:
    """Whether the file is the wide form of a dataset, by the names of its columns. Raises ImpactError for the long."""
    from impact_cli.exchange.dataset.reading import is_long, is_wide
    from impact_cli.exchange.tables.rows import is_table, read_rows

    names: Iterable[str] = ()
    with suppress(ImpactError):  # of what cannot be read, who reads it as something else says so
        names = next(read_rows(path), {}) if is_table(path) else ()
    if is_long(names):
        raise ImpactError(
            f"{path.name}\u00a0: cette table d’un jeu de données ne suffit pas à refaire des fiches.",
            "Donnez la table «\u00a0fiches\u00a0» du même jeu.",
        )
    return is_wide(names)
