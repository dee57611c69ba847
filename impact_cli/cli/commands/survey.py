"""impact survey: the conversation with a venue's manager, or a file of answers in its place."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from impact_cli.cli.parts.account import choose_catalogue, tell_contradictions
from impact_cli.cli.parts.choosing import refuse_file
from impact_cli.cli.parts.parameters import (
    Edition,
    Home,
    Questions,
    SectionName,
    VenueWords,
    find_home,
    is_path,
    join_name,
    name_edition,
    name_sheet,
    read_source,
    require_section,
)
from impact_cli.cli.parts.prompting import is_interactive, open_conversation
from impact_cli.clock import read_clock
from impact_cli.errors import ImpactError
from impact_cli.printing import offer, say

if TYPE_CHECKING:
    from impact_cli.answers.keeping.store import Stored
    from impact_cli.answers.sheet import Sheet
    from impact_cli.catalogue.model import Catalogue, Section
    from impact_cli.survey.interview import Ending
    from impact_cli.survey.opening import Start
    from impact_cli.survey.prompter import Prompter


Answers = Annotated[
    str | None,
    typer.Option(
        "--answers", metavar="FICHIER", help="Prendre les réponses dans un fichier JSON (-\u00a0: entrée standard)."
    ),
]
Voices = Annotated[
    list[str] | None,
    typer.Option(
        "--from",
        metavar="VOIX",
        help="Partir de ce qu’ont dit des voix\u00a0: éditions du lieu, entre virgules, ou «\u00a0toutes\u00a0».",
    ),
]
Plain = Annotated[bool, typer.Option("--plain", help="Poser les questions en lignes simples, pour un lecteur d’écran.")]


def survey(
    venue: VenueWords = None,
    edition: Edition = None,
    section: SectionName = None,
    answers: Answers = None,
    voices: Voices = None,
    plain: Plain = False,
    home: Home = None,
    questions: Questions = None,
) -> None:
    """Ask the questionnaire of a venue, or take its answers from a file."""
    from impact_cli.catalogue.loading import load_catalogue

    catalogue = load_catalogue(questions)
    _find_section(catalogue, section)
    wanted = _Wanted(find_home(home), join_name(venue), edition, section, voices or [], questions)
    if wanted.venue and not is_path(wanted.venue):
        refuse_file(wanted.home, wanted.venue)
    if answers is not None and voices:
        raise ImpactError("--from et --answers ne vont pas ensemble.", "Choisissez l’un des deux.", exit_code=2)
    if answers is not None:
        _take_answers(catalogue, wanted, answers)
    else:
        with open_conversation(plain=plain) as prompter:
            _converse(catalogue, wanted, prompter, plain=plain)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the command was told: the sheet, the part of it and the voices, as somebody typed them."""

    home: Path
    venue: str | None
    edition: str | None
    section: str | None
    voices: list[str]
    questions: Path | None


def _find_section(catalogue: "Catalogue", named: str | None) -> "Section | None":
    return require_section(catalogue, named) if named else None


def _converse(catalogue: "Catalogue", wanted: _Wanted, prompter: "Prompter", *, plain: bool) -> None:
    from impact_cli.survey.interview import Ending
    from impact_cli.survey.prompter import Leave

    talk = _Talk(catalogue, wanted, prompter)
    try:
        ending = talk.hold()
        if ending is Ending.FINISHED and talk.stored and is_interactive():
            from impact_cli.cli.parts.ending import offer_report

            offer_report(prompter, talk.catalogue, talk.stored, wanted.home)
    except (Leave, EOFError, KeyboardInterrupt):
        ending = Ending.LEFT
    _say_farewell(talk.stored, left=ending is Ending.LEFT, plain=plain)


@dataclass
class _Talk:
    """A conversation, and the sheet it is about once that is known: who leaves hears where it is."""

    catalogue: "Catalogue"
    wanted: _Wanted
    prompter: "Prompter"
    stored: "Stored | None" = None

    def hold(self) -> "Ending":
        """Find the sheet, and ask. Raises Leave; once the venue has another name, it begins anew."""
        from impact_cli.answers.keeping.editing import editing
        from impact_cli.survey.opening import choose_start

        self.stored, voices = _open_sheet(self.catalogue, self.wanted, self.prompter)
        with editing(self.stored) as fresh:
            self.catalogue = choose_catalogue(self.catalogue, fresh, self.wanted.questions)
            self.stored = _follow(self.catalogue, fresh, self.prompter.say)
            only = _find_section(self.catalogue, self.wanted.section)
            start = choose_start(self.prompter, self.catalogue, self.stored, only, voices)
            if not start.name:
                return self._ask(start)
        venue = _rename(self.stored, start.name, self.wanted, self.prompter.say)
        self.wanted = replace(self.wanted, venue=venue, edition=self.stored.sheet.edition)
        return self.hold()

    def _ask(self, start: "Start") -> "Ending":
        from impact_cli.answers.following import follow_catalogue
        from impact_cli.answers.keeping.store import save_sheet
        from impact_cli.survey.interview import Interview
        from impact_cli.survey.record import Record
        from impact_cli.survey.saving import Saver

        saver = Saver(self.prompter, start.stored.sheet, partial(save_sheet, catalogue=self.catalogue, keep=True))
        record = Record(self.catalogue, start.stored, saver.save, read_clock)
        before = [follow_catalogue(self.catalogue, sheet).sheet for sheet in start.before]
        try:
            return Interview(record, self.prompter, only=start.only, before=before).run()
        finally:
            self.stored = record.stored


def _rename(stored: "Stored", name: str, wanted: _Wanted, say: Callable[[str], None]) -> str:
    """Give the venue another name, in a home or only in its sheets; how a command finds the sheet from then on."""
    from impact_cli.answers.keeping.venues import read_venue
    from impact_cli.cli.parts.renaming import correct_name

    home = None if wanted.venue and is_path(wanted.venue) else wanted.home
    venue = read_venue(stored.path.parent)
    try:
        if venue:
            correct_name(venue, name, home)
    except ImpactError as error:
        say(f"{error.message} {error.hint}")
        name = stored.sheet.venue
    return name if home else str(stored.path)


def _follow(catalogue: "Catalogue", stored: "Stored", say: Callable[[str], None]) -> "Stored":
    """The sheet in the terms of this catalogue, once it was said what becomes of each answer that had others."""
    from impact_cli.answers.following import follow_catalogue
    from impact_cli.cli.parts.account import tell_changes

    for line in tell_changes(catalogue, stored.sheet):
        say(line)
    return replace(stored, sheet=follow_catalogue(catalogue, stored.sheet).sheet)


def _open_sheet(catalogue: "Catalogue", wanted: _Wanted, prompter: "Prompter | None") -> "tuple[Stored, list[Sheet]]":
    """The sheet to fill, begun where there is none, and those of the voices that are named."""
    from impact_cli.answers.keeping.editing import open_sheet
    from impact_cli.answers.keeping.names import check_edition
    from impact_cli.answers.keeping.store import load_sheet
    from impact_cli.answers.keeping.venues import place_sheet
    from impact_cli.survey.opening import choose_edition
    from impact_cli.survey.voices import find_voices, name_edition

    home, named = wanted.home, wanted.voices
    if wanted.venue and is_path(wanted.venue):
        stored = load_sheet(Path(wanted.venue))
        return stored, find_voices(stored.path.parent, named, stored.sheet.edition) if named else []
    edition = check_edition(wanted.edition) if wanted.edition else None
    name, year = _choose_name(wanted, prompter), str(read_clock().year)
    voices = find_voices(place_sheet(home, name, year).parent, named, edition) if named else []
    edition = edition or name_edition(voices) or choose_edition(prompter.say if prompter else say, home, name, year)
    return open_sheet(home, catalogue, name, edition, read_clock()), voices


def _choose_name(wanted: _Wanted, prompter: "Prompter | None") -> str:
    """The name of the venue; with a prompter, one that is nearly known or not given is asked about."""
    from impact_cli.answers.keeping.names import check_name
    from impact_cli.survey.opening import ask_venue, match_venue

    if wanted.venue is not None:
        name = check_name(wanted.venue)
        return match_venue(prompter, wanted.home, name) if prompter else name
    if prompter:
        return ask_venue(prompter, wanted.home)
    raise ImpactError(
        "Avec --answers, le nom du lieu est nécessaire.",
        'Par exemple\u00a0: impact survey "Les Halles" --answers reponses.json',
        exit_code=2,
    )


def _say_farewell(stored: "Stored | None", *, left: bool, plain: bool = False) -> None:
    """What is saved, and the command that goes on; leaving in the middle exits with 130."""
    from impact_cli.answers.keeping.drafts import load_drafts

    has_drafts = stored is not None and bool(load_drafts(stored.path))
    if stored and (stored.digest or has_drafts):
        again = f"{name_sheet(stored)}{' --plain' if plain else ''}"
        _say_kept(stored, has_drafts=has_drafts, again=again if left else "")
    elif is_interactive():
        new = name_edition(stored.path.parent.parent, stored.sheet.venue, stored.sheet.edition) if stored else ""
        say("Aucune réponse donnée, rien n’est enregistré.")
        offer("Pour commencer\u00a0:", f"impact survey {new}".rstrip())
    else:
        raise ImpactError(
            "Aucune réponse n’a été lue\u00a0: ni terminal, ni lignes sur l’entrée standard.",
            "Lancez impact survey dans un terminal, ou donnez un fichier avec --answers FICHIER.",
        )
    if left:
        raise typer.Abort


def _say_kept(stored: "Stored", *, has_drafts: bool, again: str) -> None:
    if stored.digest:
        offer("\nVos réponses sont enregistrées dans\u00a0:", str(stored.path))
    if has_drafts:
        say("Ce que vous aviez commencé est gardé à côté, et vous sera proposé.")
    if again:
        offer("Pour reprendre\u00a0:", f"impact survey {again}")
    if stored.digest:
        offer("Pour lire le rapport\u00a0:", f"impact show {name_sheet(stored)}")
    if stored.sheet.status == "finished":
        say("L’an prochain, impact survey repartira de ces réponses.")


def _take_answers(catalogue: "Catalogue", wanted: _Wanted, source: str) -> None:
    """Store the answers of a file, all or none."""
    from impact_cli.answers.answers_file import LARGEST, read_answers
    from impact_cli.answers.keeping.editing import editing
    from impact_cli.answers.keeping.store import save_sheet
    from impact_cli.answers.progress import measure_progress

    stored, _ = _open_sheet(catalogue, wanted, None)
    content = read_source(source, LARGEST)
    catalogue = choose_catalogue(catalogue, stored, wanted.questions)
    answers = read_answers(catalogue, content, "entrée standard" if source == "-" else source)
    with editing(stored) as fresh:
        sheet = _follow(catalogue, fresh, say).sheet
        sheet = sheet.with_answers(answers, read_clock()).in_order(catalogue.questions)
        stored = save_sheet(replace(fresh, sheet=sheet), catalogue, keep=True)
    progress = measure_progress(catalogue, stored.sheet)
    say(f"Le fichier est pris en entier\u00a0: la fiche a maintenant {progress.told}.")
    for line in tell_contradictions(catalogue, stored.sheet):
        say(line)
    _say_farewell(stored, left=False)
