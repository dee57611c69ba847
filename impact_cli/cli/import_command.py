"""impact import: published reports, datasets and what phones sent, read back into sheets."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from impact_cli.cli.account import tell_contradictions
from impact_cli.cli.options import Edition, Home, Questions, find_home, name_sheet, read_source
from impact_cli.clock import read_clock
from impact_cli.errors import ImpactError
from impact_cli.printing import give_json, offer, say
from impact_cli.typography import cut_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from impact_cli.answers.keeping.store import Stored
    from impact_cli.answers.sheet import Sheet
    from impact_cli.catalogue.model import Catalogue
    from impact_cli.exchange.reading import Reading

_LONGEST_EXCERPT = 100  # characters of a line that is shown
_LARGEST = 6_000_000  # bytes read of a file: enough to see that it is too large


def import_reports(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FICHIER…",
            help="Rapports (texte, Markdown, HTML, Word, PDF\u202f; -\u00a0: entrée), table «\u00a0fiches\u00a0» d’un"
            " jeu de données, ou envois de KoboToolbox et d’ODK.",
        ),
    ],
    venue: Annotated[
        str | None, typer.Option("--venue", metavar="LIEU", help="Nom du lieu, s’il faut le dire.")
    ] = None,
    edition: Edition = None,
    replace_sheet: Annotated[
        bool, typer.Option("--replace", help="Prendre la place de la fiche qui existe déjà.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Lire et résumer, sans rien enregistrer.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Écrire le résumé en JSON.")] = False,
    home: Home = None,
    questions: Questions = None,
) -> None:
    """Read published reports, datasets and what phones sent back into sheets."""
    from impact_cli.catalogue.loading import load_catalogue
    from impact_cli.cli.import_dataset import DatasetImport
    from impact_cli.cli.import_submissions import SubmissionsImport
    from impact_cli.exchange.field.importing import Options
    from impact_cli.exchange.process import ReaderProcess

    if venue is not None and len(files) > 1:
        raise ImpactError("--venue ne vaut que pour un seul fichier.", "Importez-les un par un.", exit_code=2)
    catalogue = load_catalogue(questions)
    folder = find_home(home)
    rows = DatasetImport(catalogue, folder, writes=not dry_run, replaces=replace_sheet)
    files, summaries = rows.run(files, named=bool(venue or edition), quiet=as_json)
    options = Options(folder, read_clock(), venue or "", edition or "", replaces=replace_sheet, writes=not dry_run)
    sent = SubmissionsImport(catalogue, options)
    files, more = sent.run(files, quiet=as_json)
    summaries += more
    failed = rows.failed or sent.failed
    take = partial(_take, catalogue, folder, venue=venue, edition=edition, replace_sheet=replace_sheet, dry_run=dry_run)
    with ReaderProcess(catalogue, questions) as reader:
        for file in files:
            try:
                reading = reader.read(read_source(file, _LARGEST), _name(file))
                stored = take(reading, file)
            except ImpactError as error:
                if len(files) == 1:
                    raise
                failed = True
                say(f"{error.message}\n{error.hint}")
                continue
            if summaries and not as_json:
                say("")
            summaries.append(_summarize(catalogue, stored.sheet, reading, file))
            if not as_json:
                _print_summary(catalogue, stored, reading, dry_run=dry_run)
    if as_json:
        give_json(summaries)
    if failed:
        raise typer.Exit(1)


def _take(
    catalogue: "Catalogue",
    home: Path,
    reading: "Reading",
    file: str,
    *,
    venue: str | None,
    edition: str | None,
    replace_sheet: bool,
    dry_run: bool,
) -> "Stored":
    """The sheet that a reading gives, on the disk unless this is a dry run."""
    there = _find_place(catalogue, home, reading, file, venue, edition)
    fill = partial(_fill, catalogue, reading, edition_said=bool(edition or reading.edition))
    return fill(there) if dry_run else _store(catalogue, there, reading, file, fill, replace_sheet=replace_sheet)


def _name(file: str) -> str:
    """What a file is called in a sentence; its folder is not said."""
    if file == "-":
        return "entrée standard"
    return Path(file).name or file


def _find_place(
    catalogue: "Catalogue", home: Path, reading: "Reading", file: str, venue: str | None, edition: str | None
) -> "Stored":
    """The sheet that what was read is to become, as it is: without an answer where there is none yet."""
    from impact_cli.answers.keeping.editing import open_sheet
    from impact_cli.answers.keeping.names import check_edition, check_name

    if not (name := venue or reading.venue):
        raise ImpactError(
            f"{_name(file)} : le nom du lieu n’y est pas.",
            'Donnez-le avec --venue, par exemple --venue "Les Halles".',
        )
    now = read_clock()
    year = check_edition(edition or reading.edition or str(now.year))
    return open_sheet(home, catalogue, check_name(name), year, now)


def _fill(catalogue: "Catalogue", reading: "Reading", there: "Stored", *, edition_said: bool) -> "Stored":
    """The sheet with what was read in place of its answers, open again; what was unplaced in it stays."""
    from impact_cli.answers.consent import find_unasked
    from impact_cli.answers.following import stamp_of
    from impact_cli.answers.sheet import PUBLISHED, Origin, Status

    now = read_clock()
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
        origin=Origin(PUBLISHED, now, edition_said=edition_said),
    )
    for key in find_unasked(catalogue, sheet):
        sheet = sheet.with_consent(key, publish=key not in reading.withheld, source=PUBLISHED)
    return replace(there, sheet=sheet.in_order(catalogue.questions))


def _store(
    catalogue: "Catalogue",
    there: "Stored",
    reading: "Reading",
    file: str,
    fill: "Callable[[Stored], Stored]",
    *,
    replace_sheet: bool,
) -> "Stored":
    from impact_cli.answers.keeping.editing import editing
    from impact_cli.answers.keeping.store import save_sheet

    with editing(there) as fresh:
        if fresh.digest and not replace_sheet:
            _print_differences(catalogue, fresh, reading)
            raise ImpactError(
                f"{_name(file)} : une fiche existe déjà pour « {fresh.sheet.venue} », "
                f"édition {fresh.sheet.edition} ; elle n’a pas été touchée.",
                "Choisissez une autre édition avec --edition, ou remplacez la fiche avec --replace.",
            )
        return save_sheet(fill(fresh), catalogue)


def _print_differences(catalogue: "Catalogue", stored: "Stored", reading: "Reading") -> None:
    """The answers that the report and the sheet do not share."""
    from impact_cli.survey.steps import tell_value

    here = stored.sheet
    for key in dict.fromkeys([*here.answers, *here.silences, *reading.answers, *reading.silences]):
        said = here.answer(key), reading.answers.get(key, reading.silences.get(key))
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


def _print_summary(catalogue: "Catalogue", stored: "Stored", reading: "Reading", *, dry_run: bool) -> None:
    from impact_cli.answers.progress import measure_progress
    from impact_cli.report.french import tell_name

    sheet = stored.sheet
    counts = reading.count_by_section(catalogue)
    titles = {section.id: section.title for section in catalogue.sections}
    lines = [f"{tell_name(sheet.venue)}, édition {sheet.edition} : {measure_progress(catalogue, sheet).told}."]
    lines += [f"  {titles[section]} : {count}" for section, count in counts.items()]
    lines += [*_tell_doubts(catalogue, sheet.uncertain), *tell_contradictions(catalogue, sheet)]
    if reading.unplaced:
        lines.append("Lignes non reconnues, gardées telles quelles dans la fiche :")
        lines += [f"  ligne {each.line} : {cut_line(each.text, _LONGEST_EXCERPT)}" for each in reading.unplaced]
    say("\n".join(lines))
    if dry_run:
        say("Rien n’est enregistré (--dry-run).")
    else:
        offer("La fiche est enregistrée dans :", str(stored.path))
        offer("Pour vérifier et compléter :", f"impact survey {name_sheet(stored)}")


def _tell_doubts(catalogue: "Catalogue", uncertain: "Mapping[str, str]") -> Iterator[str]:
    """The questions to confirm, each under its section, and the reasons."""
    from impact_cli.catalogue.conditions import section_of
    from impact_cli.survey.wording.answers import say_doubt

    titles = {section.id: section.title for section in catalogue.sections}
    for reason in dict.fromkeys(uncertain.values()):
        yield f"{say_doubt(reason)} :"
        for key in (key for key, why in uncertain.items() if why == reason):
            yield f"  {titles[section_of(key)]} : {catalogue.questions[key].ask}"
