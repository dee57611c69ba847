"""Import, restore, delete, rename and finishing, killed at each system call that touches the disk: nothing is lost."""

import itertools
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from assurance.conversation import CONVERSATION, EDITION, VENUE, Place, expected
from assurance.terminals import IMPACT

from impact_cli.answers.keeping.bin import list_discarded
from impact_cli.answers.keeping.history import history_path
from impact_cli.answers.keeping.snapshots import find_kept_catalogue
from impact_cli.answers.keeping.store import load_sheet
from impact_cli.answers.keeping.venues import list_venues
from impact_cli.answers.sheet import Answer, Status
from impact_cli.catalogue.loading import load_catalogue

pytestmark = pytest.mark.slow

CALLS = ("fsync", "rename", "write", "mkdir", "unlink", "rmdir")
FIRST = {key: value for key, value in expected(list(CONVERSATION)).items() if key}
REPLACED = "lien.rythme"


@dataclass(frozen=True)
class Act:
    """A command, what is typed to it, and whether its end was reached."""

    words: tuple[str, ...]
    given: str
    is_done: Callable[[Place], bool]
    begins_deleted: bool = False


def _sheet_says(key: str, value: object) -> Callable[[Place], bool]:
    return lambda place: load_sheet(place.sheet_path).sheet.answers.get(key) == value


ACTS = {
    "import": Act(
        ("import", "REPORT", "--venue", VENUE, "--edition", EDITION, "--replace"),
        "",
        lambda place: load_sheet(place.sheet_path).sheet.origin is not None,
    ),
    "restore an answer": Act(("history", VENUE, "--restore", "1"), "", _sheet_says(REPLACED, "jour")),
    "answers": Act(("survey", VENUE, "--edition", EDITION, "--answers", "ANSWERS"), "", _sheet_says(REPLACED, "jour")),
    "finish": Act(
        ("survey", VENUE, "--edition", EDITION, "--plain"),
        "1\n1\n1\n1\n1\n6\n",
        lambda place: load_sheet(place.sheet_path).sheet.status == Status.FINISHED,
    ),
    "delete": Act(("delete", VENUE, "--yes"), "", lambda place: not place.sheet_path.exists()),
    "bring back": Act(("delete", VENUE, "--restore"), "", lambda place: place.sheet_path.exists(), begins_deleted=True),
}


def _prepare(place: Place, act: Act) -> list[str]:
    """A sheet with a history, and the command of an act on it."""
    folder = place.home.parent
    for name, rhythm in (("first", "jour"), ("second", "mois")):
        (folder / f"{name}.json").write_text(json.dumps({**FIRST, REPLACED: rhythm}), encoding="utf-8")
        _run(place, "survey", VENUE, "--edition", EDITION, "--answers", str(folder / f"{name}.json"))
    report = folder / "rapport.txt"
    report.write_text("Effets de La Remise\n\nNombres\n\nLa ville : Lyon.\n", encoding="utf-8")
    if act.begins_deleted:
        _run(place, "delete", VENUE, "--yes")
    files = {"REPORT": str(report), "ANSWERS": str(folder / "first.json")}
    return [files.get(word, word) for word in act.words]


def _run(place: Place, *words: str, given: str = "", before: tuple[str, ...] = ()) -> int:
    named = () if words[0] in {"delete", "rename"} else ("--questions", str(place.questions))
    ran = subprocess.run(
        (*before, *IMPACT, *words, *named), env=place.environ, input=given, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in ran.stderr, ran.stderr
    assert "la faute est à nous" not in ran.stderr, ran.stderr
    return ran.returncode


def _everything_kept(place: Place) -> dict[str, set[str]]:
    """Each answer that is somewhere: in the sheet, wherever it lies, or in the history beside it or on its way."""
    kept: dict[str, set[str]] = {}

    def keep(key: str, answer: Answer | object) -> None:
        kept.setdefault(key, set()).add(json.dumps(answer, sort_keys=True))

    sheets = [venue.latest for venue in list_venues(place.home)]
    sheets += [found.folder / f"{found.edition}.json" for found in list_discarded(place.home)]
    assert len(sheets) == 1, sheets
    for key, answer in load_sheet(sheets[0]).sheet.answers.items():
        keep(key, answer)
    for history in place.home.rglob(history_path(Path("2026.json")).name):
        for line in history.read_bytes().splitlines():
            change = json.loads(line)
            keep(change["key"], change.get("was"))
    return kept


def _kill_at_each(
    ready: Place, words: Sequence[str], given: str, new_place: Callable[[object], Place], step: int
) -> Iterator[tuple[Place, int]]:
    """A copy of the place for each call at which the command was killed there, and with what it left."""
    for call in CALLS:
        for number in itertools.count(1, step):
            place = replace(ready, home=new_place(f"{call}{number}").home)
            shutil.copytree(ready.home, place.home)
            traced = ("strace", "-f", "-qqq", "-o", "/dev/null", "-e", f"trace={call}", "-e", "signal=none")
            fault = ("-e", f"inject={call}:signal=KILL:when={number}")
            code = _run(place, *words, given=given, before=(*traced, *fault))
            yield place, code
            if code == 0:
                break


@pytest.fixture
def step(request: pytest.FixtureRequest) -> int:
    """How many calls lie between two at which to kill."""
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    return 1 if request.config.getoption("--every-point", default=False) else 8


@pytest.mark.parametrize("name", ACTS)
def test_an_act_that_is_killed_loses_nothing_and_is_done_by_doing_it_again(
    name: str, step: int, new_place: Callable[[object], Place]
) -> None:
    act = ACTS[name]
    ready = new_place("ready")
    words = _prepare(ready, act)
    killed = 0
    for place, code in _kill_at_each(ready, words, act.given, new_place, step):
        _check_kept(place)
        killed += code != 0
        if code and not act.is_done(place):
            assert _run(place, *words, given=act.given) == 0
        assert act.is_done(place)
        _check_kept(place)
    assert killed > len(CALLS) / 2


def test_a_renaming_that_is_killed_is_done_by_doing_it_again_and_what_was_deleted_comes_back_to_it(
    step: int, new_place: Callable[[object], Place]
) -> None:
    ready = new_place("ready")
    answers = ready.home.parent / "answers.json"
    answers.parent.mkdir(exist_ok=True)
    answers.write_text(json.dumps(FIRST), encoding="utf-8")
    for edition in ("2024", "2025", EDITION):
        _run(ready, "survey", VENUE, "--edition", edition, "--answers", str(answers))
    _run(ready, "delete", VENUE, "--edition", "2024", "--yes")
    words = ("rename", VENUE, "Le Hangar")
    killed = 0
    for place, code in _kill_at_each(ready, words, "", new_place, step):
        killed += code != 0
        if code and list_venues(place.home)[0].name == VENUE:
            assert _run(place, *words) == 0
        _run(place, "delete", "--restore")
        (venue,) = list_venues(place.home)
        assert (venue.name, [*venue.editions]) == ("Le Hangar", ["2024", "2025", EDITION])
        for path in venue.editions.values():
            sheet = load_sheet(path).sheet
            assert (sheet.venue, sheet.answers) == ("Le Hangar", FIRST)
    assert killed > len(CALLS) / 2


def _check_kept(place: Place) -> None:
    kept = _everything_kept(place)
    for key, value in {**FIRST, REPLACED: "jour"}.items():
        assert json.dumps(value, sort_keys=True) in kept.get(key, set()), key
    assert json.dumps("mois") in kept[REPLACED]
    _check_told(place)


def _check_told(place: Place) -> None:
    """A finished sheet is told with what it was finished with, also where another questionnaire has come."""
    for venue in list_venues(place.home):
        sheet = load_sheet(venue.latest).sheet
        if sheet.status == Status.FINISHED:
            assert find_kept_catalogue(venue.latest, sheet, load_catalogue())
