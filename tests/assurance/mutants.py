"""Sound files, mutated: sheets, catalogues, answers, histories, reports, submissions; and what must hold for each."""

import contextlib
import json
import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from assurance.conversation import make_place
from exchange.field.submitting import STYLES, Sent
from report.speaking import random_sheet
from writing import new_sheet, real_book, real_catalogue

from impact_cli.answers.answers_file import read_answers
from impact_cli.answers.json_files import write_json
from impact_cli.answers.keeping.history import history_path, read_changes
from impact_cli.answers.keeping.snapshots import catalogue_path, find_kept_catalogue, keep_catalogue
from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.sheet import Status
from impact_cli.answers.sheet_file import decode_sheet, encode_sheet
from impact_cli.catalogue.checks import find_findings
from impact_cli.catalogue.inspecting import find_faults
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.catalogue.ours import catalogue_folder
from impact_cli.cli.parts.account import tell_changes
from impact_cli.errors import ImpactError
from impact_cli.exchange.field.exports import Beside, find_kind, read_submissions
from impact_cli.exchange.field.fields import Fields
from impact_cli.exchange.field.filling import fill
from impact_cli.exchange.field.importing import Fate, Importer, Options
from impact_cli.exchange.field.submissions import Gathering
from impact_cli.exchange.published import read_report
from impact_cli.render.text import render_text
from impact_cli.report.build import build_report
from impact_cli.report.comparison.build import build_comparison
from impact_cli.report.comparison.sides import Filled

_DAY = date(2026, 3, 1)
_PIECES = [
    *(b"\x00", b"\xff", b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b"\xef\xbb\xbf", b"\x1b]0;x\x07", b"\t", b"\r\n"),
    *(b"{", b"}", b"[", b"]", b'"', b":", b",", b"\n", b"- ", b"  ", b"# ", b"<b>", b"</", b"&amp;", b"**", b"|", b">"),
    *(b"null", b"true", b"no", b"-1", b"01", b"0x1", b"NaN", b"1e999", b"2026-03-01", b"9" * 400, b"---", b"...", b"?"),
    *(b"[" * 3000, b'{"a":' * 3000, b"&a [*a]", b"*a", b"!!python/x", b": ", b"%s", b"{publics}", b"{x:bullets}"),
    "é\u202e😀".encode(),
]
_VALUES: list[object] = [
    *(None, True, 0, -1, 10**400, 1.5, "", " ", "\x00", "\ud800", "[bold]{0}%s", "x" * 30_000, [], {}, [[]], {"": ""}),
    *(
        ["a", 1],
        {"a": {"b": []}},
        "skipped",
        "2026",
        "2026-03-01T14:30:00+01:00",
        "9999-12-31T23:59:59-23:59",
        [None] * 99,
    ),
]


def mutate(sound: bytes, drawn: random.Random) -> bytes:
    """The bytes of a file that is spoilt in its bytes or, where it is JSON, as often in its values."""
    if drawn.random() < 0.5:
        with contextlib.suppress(ValueError):
            return json.dumps(_mutate_value(json.loads(sound), drawn)).encode()
    return _mutate_bytes(sound, drawn)


def _mutate_value(node: object, drawn: random.Random) -> object:
    """The document with one of its values replaced, taken away, or under another key."""
    if isinstance(node, dict) and node and drawn.random() < 0.9:
        key = drawn.choice(list(node))
        match drawn.randrange(8):
            case 0:
                return {other: value for other, value in node.items() if other != key}
            case 1:
                return {**node, str(drawn.choice(_VALUES)): node[key]}
            case _:
                return {**node, key: _mutate_value(node[key], drawn)}
    if isinstance(node, list) and node and drawn.random() < 0.7:
        at = drawn.randrange(len(node))
        return [*node[:at], _mutate_value(node[at], drawn), *node[at:]]
    return drawn.choice(_VALUES)


def _mutate_bytes(sound: bytes, drawn: random.Random) -> bytes:
    """The bytes after one to eight changes: cut, doubled, moved, flipped, or a nasty piece put in."""
    spoilt = bytearray(sound)
    for _ in range(drawn.randint(1, 8)):
        start, end = sorted(drawn.randint(0, len(spoilt)) for _ in range(2))
        end = min(end, start + drawn.choice([1, 2, 8, 64, 4096]))
        match drawn.randrange(6):
            case 0:
                del spoilt[start:end]
            case 1:
                spoilt[start:start] = spoilt[start:end] * drawn.choice([1, 1, 2, 50])
            case 2:
                at = drawn.randint(0, len(spoilt))
                spoilt[at:at] = spoilt[start:end]
            case 3 if spoilt:
                spoilt[min(start, len(spoilt) - 1)] ^= 1 << drawn.randrange(8)
            case 4:
                spoilt[start:end] = drawn.choice(_PIECES)
            case _:
                spoilt[start:start] = drawn.choice(_PIECES)
    return bytes(spoilt)


def try_sheet(content: bytes, folder: Path) -> None:
    """A sheet is refused with a sentence; or told, compared, followed, and saved with all that it holds."""
    path = folder / "2026.json"
    path.write_bytes(content)
    try:
        stored = load_sheet(path)
    except ImpactError as error:
        error.message.encode()
        return
    render_text(build_report(real_catalogue(), stored.sheet, _DAY, "1"))
    pair = (Filled(real_catalogue(), stored.sheet), Filled(real_catalogue(), random_sheet(3)))
    render_text(build_comparison(pair, _DAY, "1"))
    list(tell_changes(real_catalogue(), stored.sheet))
    assert path.read_bytes() == content
    try:
        saved = save_sheet(stored)
    except ImpactError:
        assert path.read_bytes() == content
        return
    again = load_sheet(path)
    assert again == saved
    assert again.sheet.answers == stored.sheet.answers
    assert write_json(again.sheet.extra) == write_json(stored.sheet.extra)


def try_answers(content: bytes, folder: Path) -> None:
    """A file of answers is refused with a sentence, or its answers make a sheet."""
    del folder
    try:
        answers = read_answers(real_catalogue(), content, "r.json")
    except ImpactError:
        return
    sheet = new_sheet(real_catalogue())
    for key, answer in answers.items():
        sheet = sheet.with_answer(key, answer, sheet.changed)
    assert decode_sheet(encode_sheet(sheet), Path("r.json")) == sheet


def try_history(content: bytes, folder: Path) -> None:
    """A spoilt history is read as far as it can be, and grows all the same."""
    stored = save_sheet(Stored(folder / "2026.json", new_sheet(real_catalogue(), {"sante.exemple": "a"}), digest=""))
    history_path(stored.path).write_bytes(content)
    before = read_changes(stored.path, stored.sheet)
    stored = save_sheet(
        Stored(stored.path, stored.sheet.with_answer("sante.exemple", "b", stored.sheet.changed), stored.digest)
    )
    assert history_path(stored.path).read_bytes().startswith(content)
    after = read_changes(stored.path, stored.sheet)
    assert any(change.was == "a" for change in after) or len(after) >= len(before)


def try_kept_catalogue(content: bytes, folder: Path) -> None:
    """A spoilt copy of a catalogue has faults that are told, each in its file, or is one."""
    path = folder / "2026.json"
    catalogue_path(path).write_bytes(content)
    sheet = json.loads(encode_sheet(new_sheet(real_catalogue())))
    sheet["status"], sheet["catalogue"]["fingerprint"] = "finished", "elsewhere"
    try:
        found = find_kept_catalogue(path, decode_sheet(json.dumps(sheet).encode(), path), real_catalogue())
        faults: list[object] = [*find_findings(found)] if found else []
    except ImpactError as error:
        faults = [] if str(catalogue_path(path)) in error.message else [error]
    assert not faults


def try_catalogue(content: bytes, folder: Path) -> None:
    """A family's file has faults that are told, each with its line, or none."""
    place = make_place(folder)
    (place.questions / "famille.yaml").write_bytes(content)
    try:
        faults = find_faults(place.questions)
    except ImpactError as error:
        error.message.encode()
        return
    assert all(fault.what for fault in faults)


def try_report(content: bytes, folder: Path) -> None:
    """A report is refused with a sentence, or read back as answers that a sheet can hold."""
    del folder
    try:
        reading = read_report(real_book(), content, "rapport.md")
    except ImpactError:
        return
    sheet = new_sheet(real_catalogue(), {**reading.answers})
    assert decode_sheet(encode_sheet(sheet), Path("r.json")).answers == sheet.answers


def try_submissions(content: bytes, folder: Path) -> None:
    """An export is refused with a sentence, or every submission in it is a sheet, or has a reason not to be one."""
    (folder / "envois").write_bytes(content)
    shutil.rmtree(folder / "home", ignore_errors=True)
    catalogue = real_catalogue()
    fields = Fields(catalogue)
    gathering = Gathering(partial(fill, fields, catalogue))
    with contextlib.suppress(ImpactError):
        kind = find_kind(folder / "envois", fields)
        for pairs in read_submissions(folder / "envois", "envois", kind, fields, Beside()) if kind else ():
            gathering.add(pairs)
        for became in Importer(catalogue, Options(folder / "home", new_sheet(catalogue).created)).run(gathering):
            if became.fate is Fate.NEW:
                assert became.stored
                assert decode_sheet(became.stored.path.read_bytes(), became.stored.path) == became.stored.sheet
            else:
                assert became.error or became.fate is Fate.EMPTY


def seeds(folder: Path) -> Mapping[str, list[bytes]]:
    """Sound files of each kind."""
    demo = (catalogue_folder() / "exemples" / "demo.json").read_bytes()
    sheet = new_sheet(real_catalogue(), {**read_answers(real_catalogue(), demo, "demo.json")})
    stored = save_sheet(Stored(folder / "seeds" / "2026.json", sheet, digest=""))
    keep_catalogue(stored.path, replace(stored.sheet, status=Status.FINISHED), load_catalogue())
    changed = stored.sheet.with_answer("sante.exemple", "autre", sheet.changed)
    save_sheet(Stored(stored.path, changed, stored.digest))
    kept = catalogue_path(stored.path).read_bytes().replace(real_catalogue().fingerprint.encode(), b"elsewhere")
    place = make_place(folder / "seeds")
    report = render_text(build_report(real_catalogue(), sheet, _DAY, "1")).encode()
    return {
        "sheet": [encode_sheet(sheet)],
        "answers": [demo],
        "history": [history_path(stored.path).read_bytes() * 3],
        "kept_catalogue": [kept],
        "catalogue": [(place.questions / "famille.yaml").read_bytes()],
        "report": [report],
        "submissions": [build(real_catalogue(), [Sent(sheet, "Équipe")]) for _, build in STYLES.values()],
    }


TARGETS: Mapping[str, Callable[[bytes, Path], None]] = {
    "sheet": try_sheet,
    "answers": try_answers,
    "history": try_history,
    "kept_catalogue": try_kept_catalogue,
    "catalogue": try_catalogue,
    "report": try_report,
    "submissions": try_submissions,
}
