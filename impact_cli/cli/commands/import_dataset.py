"""The half of impact import that reads datasets: the rows of the wide form back into sheets."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from impact_cli.cli.parts.parameters import expand, name_home
from impact_cli.clock import read_clock
from impact_cli.errors import ImpactError, shorten
from impact_cli.printing import offer, say

if TYPE_CHECKING:
    from impact_cli.answers.sheet import Sheet
    from impact_cli.catalogue.model import Catalogue
    from impact_cli.exchange.field.editions import Shelves

_MOST_NAMED = 8  # columns and sheets


@dataclass(slots=True)
class DatasetImport:
    """Makes sheets of the rows of datasets; `writes` whether they are saved, `replaces` also over others."""

    catalogue: "Catalogue"
    home: Path
    writes: bool
    replaces: bool
    failed: bool = False
    _shelves: "Shelves | None" = None

    def run(self, files: Sequence[str], *, named: bool, quiet: bool) -> tuple[list[str], list[dict[str, object]]]:
        """Import the datasets among these files: the other files, and what there is to say of each sheet in JSON.

        Raises ImpactError where a venue or an edition was `named` for them.
        """
        files = [_find_table(file) for file in files]
        datasets = [file for file in files if _is_dataset(expand(file))]
        if datasets and named:
            raise ImpactError(
                "Un jeu de données dit lui-même ses lieux et ses éditions.",
                "Enlevez --venue et --edition.",
                exit_code=2,
            )
        summaries = [each for file in datasets for each in self._import(expand(file), quiet=quiet)]
        return [file for file in files if file not in datasets], summaries

    def _import(self, file: Path, *, quiet: bool) -> Iterator[dict[str, object]]:
        done, kept = 0, list[str]()
        for sheet in self._read(file):
            try:
                if not self._store(sheet):
                    kept.append(f"{sheet.venue}, {sheet.edition}")
                    continue
            except ImpactError as error:
                self._complain(error)
                continue
            done += 1
            yield {"file": str(file), "venue": sheet.venue, "edition": sheet.edition, "answers": len(sheet.answers)}
        self.failed = self.failed or bool(kept)
        if kept:
            say(f"{file.name}\u00a0: ces fiches existent déjà et n’ont pas été touchées\u00a0: {_name(kept)}")
            say("Pour les remplacer, ajoutez --replace\u00a0: leurs réponses iront dans leur historique.")
        if done and not quiet:
            what = "fiche lue" if done == 1 else "fiches lues"
            say(f"{file.name}\u00a0: {done} {what}{'.' if self.writes else ', et rien n’est enregistré (--dry-run).'}")
        if done and self.writes and not quiet:
            offer("Les fiches sont enregistrées. Pour les voir\u00a0:", f"impact list{name_home(self.home)}")

    def _read(self, file: Path) -> Iterator["Sheet"]:
        """The sheets of one file; what is wrong with a row is said, and the next is read."""
        from impact_cli.exchange.dataset.reading import SheetReader, list_unknown
        from impact_cli.exchange.tables.cells import unguard
        from impact_cli.exchange.tables.rows import is_workbook, read_rows

        reader = SheetReader(self.catalogue, file.name, str if is_workbook(file) else unguard)
        for rank, row in enumerate(read_rows(file)):
            if rank == 0 and (unknown := list_unknown(self.catalogue, row)):
                say(f"{file.name}\u00a0: colonnes inconnues du questionnaire, laissées de côté\u00a0: {_name(unknown)}")
            try:
                yield reader.read(row, read_clock())
            except ImpactError as error:
                self._complain(error)

    def _complain(self, error: ImpactError) -> None:
        """Say why one sheet is not made; the next one is."""
        self.failed = True
        say(f"{error.message}\n{error.hint}")

    def _store(self, sheet: "Sheet") -> bool:
        """Save the sheet, unless one is there already that is not to be replaced."""
        from impact_cli.answers.keeping.editing import begin_sheet, editing
        from impact_cli.answers.keeping.store import load_sheet, save_sheet
        from impact_cli.exchange.field.editions import Shelves

        self._shelves = self._shelves or Shelves(self.home)
        shelf = self._shelves.find(sheet.venue)
        if sheet.edition in shelf.editions and not self.replaces:
            return False
        if not self.writes:
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


def _name(several: Sequence[str]) -> str:
    shown = ", ".join(shorten(each) for each in several[:_MOST_NAMED])
    return f"{shown}, et {len(several) - _MOST_NAMED} de plus" if len(several) > _MOST_NAMED else shown


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
