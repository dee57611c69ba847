"""The part of impact import that reads published reports: a sheet for each, and what there is to say of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from impact_cli.cli.parts.account import tell_contradictions
from impact_cli.cli.parts.imports import Import
from impact_cli.cli.parts.parameters import name_sheet, read_source
from impact_cli.errors import ImpactError, shorten
from impact_cli.printing import say
from impact_cli.typography import cut_line

if TYPE_CHECKING:
    from impact_cli.answers.keeping.store import Stored
    from impact_cli.answers.sheet import Sheet
    from impact_cli.catalogue.model import Catalogue
    from impact_cli.exchange.process import ReaderProcess
    from impact_cli.exchange.reading import Reading

_LONGEST_EXCERPT = 100  # characters of a line that is shown
_LARGEST = 6_000_000  # bytes read of a file: enough to see that it is too large


class ReportsImport(Import):
    """Makes sheets of published reports."""

    def run(self, reader: "ReaderProcess", files: Sequence[str], *, apart: bool) -> Iterator[dict[str, object]]:
        """Import them one after the other: what there is to say of each sheet in JSON, and in words.

        A blank line keeps each `apart` from what was said before. Raises ImpactError where the only one has no sheet.
        """
        for file in files:
            try:
                reading = reader.read(read_source(file, _LARGEST), _name(file))
                stored = self._take(reading, file)
            except ImpactError as error:
                self.complain(error, alone=len(files) == 1)
                continue
            if apart:
                self.tell("")
            apart = True
            self._print_summary(stored, reading)
            yield _summarize(self.catalogue, stored.sheet, reading, file)

    def _take(self, reading: "Reading", file: str) -> "Stored":
        """The sheet that a reading gives, on the disk unless this is a dry run."""
        there = self._find_place(reading, file)
        return self._store(there, reading, file) if self.options.writes else self._fill(reading, there)

    def _find_place(self, reading: "Reading", file: str) -> "Stored":
        """The sheet that what was read is to become, as it is: without an answer where there is none yet."""
        from impact_cli.answers.keeping.editing import open_sheet
        from impact_cli.answers.keeping.names import check_edition, check_name

        options = self.options
        if not (name := options.venue or reading.venue):
            raise ImpactError(
                f"{_name(file)}\u00a0: le nom du lieu n’y est pas.",
                'Donnez-le avec --venue, par exemple --venue "Les Halles".',
            )
        year = check_edition(options.edition or reading.edition or str(options.now.year))
        return open_sheet(options.home, self.catalogue, check_name(name), year, options.now)

    def _fill(self, reading: "Reading", there: "Stored") -> "Stored":
        """The sheet with what was read in place of its answers, open again; what was unplaced in it stays."""
        from impact_cli.answers.consent import find_unasked
        from impact_cli.answers.following import stamp_of
        from impact_cli.answers.sheet import PUBLISHED, Origin, Status

        catalogue, now = self.catalogue, self.options.now
        unplaced = dict.fromkeys([*there.sheet.unplaced, *(each.text for each in reading.unplaced)])
        sheet = replace(
            there.sheet,
            catalogue=stamp_of(catalogue),
            status=Status.IN_PROGRESS,
            answers=reading.answers,
            silences=reading.silences,
            uncertain={key: reason for key, reason in reading.uncertain.items() if key in catalogue.questions},
            unplaced=tuple(unplaced),
            changed=now,
            origin=Origin(PUBLISHED, now, edition_said=bool(self.options.edition or reading.edition)),
        )
        for key in find_unasked(catalogue, sheet):
            sheet = sheet.with_consent(key, publish=key not in reading.withheld, source=PUBLISHED)
        return replace(there, sheet=sheet.in_order(catalogue.questions))

    def _store(self, there: "Stored", reading: "Reading", file: str) -> "Stored":
        from impact_cli.answers.keeping.editing import editing
        from impact_cli.answers.keeping.store import save_sheet

        with editing(there) as fresh:
            if fresh.digest and not self.options.replaces:
                _print_differences(self.catalogue, fresh, reading)
                raise ImpactError(
                    f"{_name(file)}\u00a0: une fiche existe déjà pour «\u00a0{shorten(fresh.sheet.venue)}\u00a0», "
                    f"édition {shorten(fresh.sheet.edition)}\u202f; elle n’a pas été touchée.",
                    "Choisissez une autre édition avec --edition, ou remplacez la fiche avec --replace.",
                )
            return save_sheet(self._fill(reading, fresh), self.catalogue)

    def _print_summary(self, stored: "Stored", reading: "Reading") -> None:
        from impact_cli.answers.progress import measure_progress
        from impact_cli.report.french import tell_sheet

        sheet, catalogue = stored.sheet, self.catalogue
        titles = {section.id: section.title for section in catalogue.sections}
        counts = reading.count_by_section(catalogue)
        progress = measure_progress(catalogue, sheet).told
        lines = [f"{tell_sheet(sheet.venue, sheet.edition)}\u00a0: {progress}."]
        lines += [f"  {titles[section]}\u00a0: {count}" for section, count in counts.items()]
        lines += [*_tell_doubts(catalogue, sheet.uncertain), *tell_contradictions(catalogue, sheet)]
        if reading.unplaced:
            lines.append("Lignes non reconnues, gardées telles quelles dans la fiche\u00a0:")
            lines += [
                f"  ligne {each.line}\u00a0: {cut_line(each.text, _LONGEST_EXCERPT)}" for each in reading.unplaced
            ]
        self.tell("\n".join(lines))
        self.end(
            {
                "La fiche est enregistrée dans\u00a0:": str(stored.path),
                "Pour vérifier et compléter\u00a0:": f"impact survey {name_sheet(stored)}",
            }
        )


def _name(file: str) -> str:
    """What a file is called in a sentence; its folder is not said."""
    if file == "-":
        return "entrée standard"
    return shorten(Path(file).name or file)


def _print_differences(catalogue: "Catalogue", stored: "Stored", reading: "Reading") -> None:
    """The answers that the report and the sheet do not share."""
    from impact_cli.survey.steps import tell_value

    here, there = stored.sheet.said, {**reading.answers, **reading.silences}
    for key in here | there:
        said = here.get(key), there.get(key)
        before, after = (
            "–" if each is None else cut_line(tell_value(catalogue.questions.get(key), each), _LONGEST_EXCERPT)
            for each in said
        )
        if said[0] != said[1]:
            say(f"{key}\u00a0: fiche {before}\u202f; rapport {after}")


def _summarize(catalogue: "Catalogue", sheet: "Sheet", reading: "Reading", file: str) -> dict[str, object]:
    return {
        "file": file,
        "venue": sheet.venue,
        "edition": sheet.edition,
        "answers": dict(reading.count_by_section(catalogue)),
        "uncertain": dict(sheet.uncertain),
        "unplaced": [{"line": each.line, "text": each.text} for each in reading.unplaced],
    }


def _tell_doubts(catalogue: "Catalogue", uncertain: Mapping[str, str]) -> Iterator[str]:
    """The questions to confirm, each under its section, and the reasons."""
    from impact_cli.catalogue.conditions import section_of
    from impact_cli.survey.steps import say_doubt

    titles = {section.id: section.title for section in catalogue.sections}
    for reason in dict.fromkeys(uncertain.values()):
        yield f"{say_doubt(reason)}\u00a0:"
        for key in (key for key, why in uncertain.items() if why == reason):
            yield f"  {titles[section_of(key)]}\u00a0: {catalogue.questions[key].ask}"
