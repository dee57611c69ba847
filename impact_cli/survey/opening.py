"""How a conversation begins: which venue, which edition, and from where."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from impact_cli.answers.keeping.names import check_name
from impact_cli.answers.keeping.store import Stored, load_sheet
from impact_cli.answers.keeping.venues import find_near, find_venue, list_venues, read_venue, search_venue
from impact_cli.answers.progress import measure_progress
from impact_cli.answers.sheet import Sheet, Status
from impact_cli.catalogue.model import Catalogue, Section
from impact_cli.errors import ImpactError
from impact_cli.report.french import say_count, tell_sheet
from impact_cli.report.wording import STATUSES
from impact_cli.survey.duration import measure_minutes
from impact_cli.survey.menus import JUMP_TITLE, WHAT_NOW
from impact_cli.survey.places import find_first, list_places
from impact_cli.survey.prompter import Choice, Leave, Prompter
from impact_cli.survey.voices import hear

VENUE_TITLE = "De quel lieu s’agit-il\u202f?"
_WITH_VOICES = (
    "Au-dessus de chaque question, ce que chaque voix a répondu. Là où celles qui ont répondu disent la même"
    " chose, Entrée le confirme\u202f; ailleurs, c’est à vous de choisir."
)


@dataclass(frozen=True, slots=True)
class Start:
    """What a conversation starts from: a sheet, one section or all (None), an earlier edition or several voices.

    With a `name`, the venue is to bear it before the conversation starts anew.
    """

    stored: Stored
    only: Section | None = None
    before: Sequence[Sheet] = ()
    name: str = ""


def ask_venue(prompter: Prompter, home: Path) -> str:
    """The name of the venue: of one that has a sheet, or typed. Raises Leave."""
    known = [Choice(venue.name, venue.name) for venue in list_venues(home)]
    chosen = _choose(prompter, VENUE_TITLE, [*known, Choice("", "Un autre lieu")]) if known else ""
    return chosen or match_venue(prompter, home, _ask_name(prompter))


def match_venue(prompter: Prompter, home: Path, name: str) -> str:
    """The name as given, or the venue that it nearly names. Raises Leave."""
    venue, names = search_venue(home, name)
    near = None if venue else find_near(names, name)
    if near is None:
        return name
    other = Choice(name, f"Non, commencer une fiche pour «\u00a0{name}\u00a0»")
    title = f"Aucune fiche pour «\u00a0{name}\u00a0». Est-ce ce lieu\u202f?"
    return _choose(prompter, title, [Choice(near, near), other])


def _choose(prompter: Prompter, title: str, choices: Sequence[Choice[str]]) -> str:
    chosen = prompter.choose(title, choices)
    if chosen is None:
        raise Leave
    return chosen


def _ask_name(prompter: Prompter, typed: str = "") -> str:
    while True:
        line = prompter.ask_line("Comment s’appelle votre lieu\u202f?", typed)
        if line is None:
            raise Leave
        if not line:
            prompter.say("Il faut un nom pour ouvrir une fiche\u202f; Ctrl-C pour sortir.")
            continue
        try:
            return check_name(line)
        except ImpactError as error:
            prompter.say(error.message)
            typed = line


def choose_edition(say: Callable[[str], None], home: Path, name: str, year: str) -> str:
    """The edition of `year`, or the venue's latest while that is still in progress."""
    venue = find_venue(home, name)
    if venue is None:
        return year
    with contextlib.suppress(ImpactError):  # what cannot be read is no reason not to begin
        latest = load_sheet(venue.latest).sheet
        is_open = latest.status == Status.IN_PROGRESS and latest.submission is None  # a voice is drawn into an edition
        if is_open and latest.edition != year and year not in venue.editions:
            say(f"Pour commencer l’édition {year}\u00a0: ajoutez --edition {year}.")
            return latest.edition
    return year


def choose_start(
    prompter: Prompter,
    catalogue: Catalogue,
    stored: Stored,
    only: Section | None = None,
    voices: Sequence[Sheet] = (),
) -> Start:
    """Where to start on this sheet: where one was, with a section again, or from what was said before. Raises Leave.

    With a section given, nothing is asked about the rest; `voices` are what to start from, and then remembered.
    """
    if voices:
        names = tuple(voice.edition for voice in voices)
        stored = replace(stored, sheet=replace(stored.sheet, voices=names))
    if not stored.digest:
        return _start_new(prompter, catalogue, Start(stored, only, voices))
    return _start_again(prompter, catalogue, Start(stored, only, voices or _recall(stored)))


def _start_new(prompter: Prompter, catalogue: Catalogue, start: Start) -> Start:
    sheet = start.stored.sheet
    prompter.say(f"{tell_sheet(sheet.venue, sheet.edition)}\u00a0: nouvelle fiche.")
    if not start.before:
        start = _choose_before(prompter, start)
    if start.only is None:
        prompter.say(_introduce(catalogue, start))
    if len(start.before) > 1:
        prompter.say(_WITH_VOICES)
    return start


def _choose_before(prompter: Prompter, start: Start) -> Start:
    """With the earlier edition, or the voices of this one, from which somebody wants to start."""
    before = _find_before(start.stored)
    if not before:
        return start
    sheet = start.stored.sheet
    names = [each.edition for each in before]
    what = f"réponses de l’édition {names[0]}" if len(names) == 1 else f"{len(names)} voix de cette édition"
    choices = (
        Choice("former", f"Partir des {what}, à confirmer ou à changer une à une"),
        Choice("nothing", "Partir d’une fiche vierge"),
    )
    if _choose(prompter, f"Comment commencer l’édition {sheet.edition}\u202f?", choices) == "nothing":
        return start
    told = {"former_edition": names[0]} if len(names) == 1 else {"voices": tuple(names)}
    return replace(start, stored=replace(start.stored, sheet=replace(sheet, **told)), before=before)


def _introduce(catalogue: Catalogue, start: Start) -> str:
    places = list_places(catalogue, start.stored.sheet)
    minutes = measure_minutes(places, lambda place: hear(place, start.before).draft is not None)
    sections = say_count(len(list(catalogue.sections)), "rubrique", "rubriques")
    questions = say_count(len({place.key for place in places}), "question", "questions")
    return (
        f"{sections}, {questions}\u00a0: comptez {say_count(minutes, 'minute', 'minutes')}, en autant de fois que vous"
        " voulez. Chaque réponse est enregistrée aussitôt\u202f; toute question peut être passée. À la fin, un rapport"
        " à lire ou à remettre\u00a0: PDF, page web ou Word."
    )


def _find_before(stored: Stored) -> Sequence[Sheet]:
    """The voices of the edition, else the latest of the venue's other editions that can be read."""
    venue = read_venue(stored.path.parent)
    paths = venue.editions.values() if venue else ()
    sheets = (_read_or_none(path) for path in sorted(paths, reverse=True) if path != stored.path)
    found = [sheet for sheet in sheets if sheet]
    voices = [sheet for sheet in found if sheet.edition.startswith(f"{stored.sheet.edition}-")]
    return tuple(reversed(voices)) or tuple(found[:1])


def _recall(stored: Stored) -> tuple[Sheet, ...]:
    """The voices, or the edition, that this one was started from, as long as they can be read."""
    former = stored.sheet.former_edition
    names = stored.sheet.voices or ((former,) if former else ())
    venue = read_venue(stored.path.parent)
    paths = [venue.editions[name] for name in names if name in venue.editions] if venue else []
    return tuple(sheet for path in paths if (sheet := _read_or_none(path)))


def _read_or_none(path: Path) -> Sheet | None:
    try:
        return load_sheet(path).sheet
    except ImpactError:
        return None


def _start_again(prompter: Prompter, catalogue: Catalogue, start: Start) -> Start:
    sheet = start.stored.sheet
    progress = measure_progress(catalogue, sheet)
    here = find_first(sheet, list_places(catalogue, sheet))
    prompter.say(f"{tell_sheet(sheet.venue, sheet.edition)}\u00a0: {STATUSES[sheet.status]}, {progress.told}.")
    if start.only:
        return start
    at = "Relire ce qui manque, puis terminer"
    if here:
        at = f"Reprendre où vous en étiez\u00a0: {here.section.title}, {here.question.topic}"
    choices = (
        Choice("resume", at),
        Choice("redo", "Reprendre une rubrique depuis son début"),
        Choice("rename", "Corriger le nom du lieu"),
        Choice("leave", "Ne rien changer"),
    )
    match prompter.choose(WHAT_NOW, choices):
        case "resume":
            return start
        case "redo":
            return replace(start, only=_choose_section(prompter, catalogue))
        case "rename":
            return replace(start, name=_ask_name(prompter, sheet.venue))
        case _:
            raise Leave


def _choose_section(prompter: Prompter, catalogue: Catalogue) -> Section:
    sections = {section.id: section for section in catalogue.sections}
    return sections[_choose(prompter, JUMP_TITLE, [Choice(each.id, each.title) for each in sections.values()])]
