"""Many sheets as one stream: what is read, in which order, and what is named and left out."""

import itertools
import json
import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from writing import new_sheet, real_catalogue

from impact_cli.answers.collection import sources as listing
from impact_cli.answers.collection.sources import LeftOut, Reader, Reason, list_places, list_shares
from impact_cli.answers.collection.stream import Found, read_share
from impact_cli.answers.keeping.store import Stored, save_sheet
from impact_cli.answers.sheet_file import LARGEST, encode_sheet


def written(venue: str, edition: str = "2026") -> bytes:
    return encode_sheet(replace(new_sheet(real_catalogue(), {"lieu.salaries": 3}, venue=venue), edition=edition))


def put(path: Path, content: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def pack(path: Path, members: dict[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def read(*sources: Path) -> Iterator[Found | LeftOut]:
    return read_share(Reader(), list_places(sources))


def venues(*sources: Path) -> list[str]:
    return [each.sheet.venue for each in read(*sources) if isinstance(each, Found)]


def left_out(*sources: Path) -> list[tuple[str, Reason]]:
    return [(Path(each.name).name, each.reason) for each in read(*sources) if isinstance(each, LeftOut)]


def test_a_home_is_read_without_what_lies_beside_its_sheets(home: Path) -> None:
    catalogue = real_catalogue()
    stored = Stored(home / "remise" / "2026.json", new_sheet(catalogue, {"lieu.salaries": 3}), "")
    stored = save_sheet(stored, catalogue)
    save_sheet(replace(stored, sheet=replace(stored.sheet, answers={"lieu.salaries": 4})), catalogue)
    for name in ("2026.draft.json", "2026.catalogue.json", "2026.format-1.json", ".2026.holder"):
        put(home / "remise" / name, "{}")
    put(home / "_corbeille" / "remise" / "2025_x" / "2025.json", written("Partie", "2025"))
    assert (home / "remise" / "2026.history.jsonl").exists()
    assert venues(home) == ["La Remise"]
    assert left_out(home) == []


def test_the_order_and_the_nesting_of_sources_change_nothing(tmp_path: Path) -> None:
    put(tmp_path / "b" / "2026.json", written("B"))
    single = put(tmp_path / "a" / "sous" / "x.json", written("A"))
    archive = pack(tmp_path / "c.zip", {"z.json": written("Z"), "y/2026.json": written("Y")})
    sources = [tmp_path / "b", single, tmp_path / "a", archive, tmp_path / "b" / ".." / "b"]
    streams = {tuple(venues(*order)) for order in itertools.permutations(sources)}
    assert streams == {("A", "B", "Y", "Z")}


def test_what_is_no_sheet_is_named_with_the_reason_and_the_rest_is_read(tmp_path: Path) -> None:
    newer = json.loads(written("Demain")) | {"format": 99}
    put(tmp_path / "a.json", written("A"))
    put(tmp_path / "autre.json", '{"name": "package"}')
    put(tmp_path / "coupe.json", written("Coupé")[:200])
    put(tmp_path / "demain.json", json.dumps(newer))
    put(tmp_path / "demain-autrement.json", json.dumps(newer | {"answers": 3}))
    put(tmp_path / "notes.txt", "bonjour")
    put(tmp_path / "vide.json", "")
    put(tmp_path / "z.json", written("Z"))
    assert venues(tmp_path) == ["A", "Z"]
    assert left_out(tmp_path, tmp_path / "nulle-part") == [
        ("autre.json", Reason.OTHER),
        ("coupe.json", Reason.BROKEN),
        ("demain-autrement.json", Reason.NEWER),
        ("demain.json", Reason.NEWER),
        ("notes.txt", Reason.OTHER),
        ("vide.json", Reason.BROKEN),
    ]
    assert left_out(tmp_path / "nulle-part") == [("nulle-part", Reason.ABSENT)]


def test_shares_hold_all_places_and_cut_through_no_venue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_SHARE", 4)
    for rank in range(12):
        for edition in range(1 + rank % 3):
            put(tmp_path / f"lieu-{rank:02}" / f"{edition}.json", "{}")
    for rank in range(17):
        put(tmp_path / "z" / f"{rank:02}.json", "{}")
    shares = [*list_shares([tmp_path])]
    assert [place for share in shares for place in share] == [*list_places([tmp_path])]
    folders = [{Path(place.name).parent.name for place in share} - {"z"} for share in shares]
    assert sum(map(len, folders)) == 12
    assert [len(share) for share in shares] == [6, 6, 6, 6, 8, 8, 1]


def test_a_file_too_large_is_refused_by_its_size(tmp_path: Path) -> None:
    with (tmp_path / "gros.json").open("wb") as file:
        file.truncate(LARGEST * 5)
    assert left_out(tmp_path) == [("gros.json", Reason.LARGE)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_links_loops_and_pipes_are_not_entered(tmp_path: Path) -> None:
    put(tmp_path / "a" / "2026.json", written("A"))
    (tmp_path / "a" / "boucle").symlink_to(tmp_path)
    (tmp_path / "lien.json").symlink_to(tmp_path / "a" / "2026.json")
    os.mkfifo(tmp_path / "tuyau.json")
    assert venues(tmp_path) == ["A"]
    assert left_out(tmp_path) == [("boucle", Reason.LINK), ("lien.json", Reason.LINK), ("tuyau.json", Reason.OTHER)]


def test_an_archive_is_read_in_memory_and_its_traps_are_left(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("lien.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive = pack(
        tmp_path / "lot.zip",
        {
            "../../grimpe.json": written("Grimpe"),
            "bombe.json": b" " * 9_000_000,
            "lot/2026.json": written("A"),
            "lot/2026.draft.json": b"{}",
            "__MACOSX/lot/._2026.json": b"x",
            "encore.zip": b"PK",
            "photo.jpg": os.urandom(60_000),
        },
    )
    with zipfile.ZipFile(archive, "a") as opened:
        opened.writestr(link, "/etc/passwd")
    before = sorted(tmp_path.parent.rglob("*"))
    assert venues(archive) == ["Grimpe", "A"]
    assert left_out(archive) == [
        ("lot.zip › bombe.json", Reason.BOMB),
        ("lot.zip › encore.zip", Reason.OTHER),
        ("lot.zip › lien.json", Reason.LINK),
        ("lot.zip › photo.jpg", Reason.OTHER),
    ]
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_an_archive_of_nothing_but_air_is_left_whole(tmp_path: Path) -> None:
    archive = pack(tmp_path / "bombe.zip", {f"{rank}.json": b"0" * 5_000_000 for rank in range(4)})
    assert left_out(archive) == [("bombe.zip", Reason.BOMB)]


@given(st.data())
def test_no_damage_to_an_archive_ends_the_stream(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("lot")
    archive = pack(folder / "lot.zip", {"a.json": written("A"), "b.json": written("B")})
    content = bytearray(archive.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    archive.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    put(folder / "z.json", written("Z"))
    assert venues(folder)[-1] == "Z"
