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
from impact_cli.survey.duration import measure_minutes
from impact_cli.survey.places import find_first, list_places
from impact_cli.survey.prompter import Choice, Leave, Prompter
from impact_cli.survey.voices import hear
from impact_cli.survey.wording import answers, beginning, menus


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
    venues = list_venues(home)
    if venues:
        choices = [Choice(str(number), venue.name) for number, venue in enumerate(venues)]
        chosen = prompter.choose(
            beginning.VENUE_TITLE, [*choices, Choice(beginning.OTHER_VENUE, beginning.OTHER_VENUE_LABEL)]
        )
        if chosen is None:
            raise Leave
        if chosen != beginning.OTHER_VENUE:
            return venues[int(chosen)].name
    return match_venue(prompter, home, _ask_name(prompter))


def match_venue(prompter: Prompter, home: Path, name: str) -> str:
    """The name as given, or the venue that it nearly names. Raises Leave."""
    venue, names = search_venue(home, name)
    near = None if venue else find_near(names, name)
    if near is None:
        return name
    choices = [Choice(beginning.SAME_VENUE, near), Choice(beginning.OTHER_VENUE, beginning.say_new_venue(name))]
    match prompter.choose(beginning.say_unknown_venue(name), choices):
        case beginning.SAME_VENUE:
            return near
        case beginning.OTHER_VENUE:
            return name
        case _:
            raise Leave


def _ask_name(prompter: Prompter, typed: str = "") -> str:
    while True:
        line = prompter.ask_line(beginning.NAME_TITLE, typed)
        if line is None:
            raise Leave
        if not line:
            prompter.say(beginning.NAME_NEEDED)
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
            say(beginning.say_later_edition(year))
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
    prompter.say(beginning.say_new(sheet.venue, sheet.edition))
    if not start.before:
        start = _choose_before(prompter, start)
    if start.only is None:
        prompter.say(_introduce(catalogue, start))
    if len(start.before) > 1:
        prompter.say(answers.VOICES_TITLE)
    return start


def _choose_before(prompter: Prompter, start: Start) -> Start:
    """With the earlier edition, or the voices of this one, from which somebody wants to start."""
    before = _find_before(start.stored)
    if not before:
        return start
    sheet = start.stored.sheet
    names = [each.edition for each in before]
    match prompter.choose(beginning.say_new_edition(sheet.edition), beginning.list_new_choices(names)):
        case beginning.FROM_FORMER:
            told = {"former_edition": names[0]} if len(names) == 1 else {"voices": tuple(names)}
            remembering = replace(start.stored, sheet=replace(sheet, **told))
            return replace(start, stored=remembering, before=before)
        case beginning.FROM_NOTHING:
            return start
        case _:
            raise Leave


def _introduce(catalogue: Catalogue, start: Start) -> str:
    places = list_places(catalogue, start.stored.sheet)
    minutes = measure_minutes(places, lambda place: hear(place, start.before).proposed is not None)
    questions = len({place.key for place in places})
    return beginning.say_introduction(len(list(catalogue.sections)), questions, minutes)


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
    finished = sheet.status == Status.FINISHED
    prompter.say(beginning.say_found(sheet.venue, sheet.edition, progress, finished=finished))
    if start.only:
        return start
    at = beginning.say_resume(here.section.title, here.question.topic) if here else beginning.RESUME_REVIEW
    match prompter.choose(menus.WHAT_NOW, [Choice(beginning.RESUME, at), *beginning.START_CHOICES]):
        case beginning.RESUME:
            return start
        case beginning.REDO:
            return replace(start, only=_choose_section(prompter, catalogue))
        case beginning.RENAME:
            return replace(start, name=_ask_name(prompter, sheet.venue))
        case _:
            raise Leave


def _choose_section(prompter: Prompter, catalogue: Catalogue) -> Section:
    sections = {section.id: section for section in catalogue.sections}
    chosen = prompter.choose(menus.JUMP_TITLE, [Choice(section.id, section.title) for section in sections.values()])
    if chosen is None:
        raise Leave
    return sections[chosen]
