"""What commands write for people: asked about, whole, and never in the place of what impact keeps."""

import codecs
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.commands import RUN, answer, made_once, photograph, run, run_apart
from cli.terminal_session import TerminalSession
from keys import ENTER

from impact_cli.cli.parts.output import choose_output
from impact_cli.errors import ImpactError

WRITERS = [
    ("show", "Les Halles", "--edition", "2026", "-o"),
    ("demo", "-o"),
    ("questions", "export", "--format", "json-schema", "-o"),
]


@made_once
def home(home: Path) -> None:
    for commune in ("Massy", "Évry"):  # the second makes a history
        assert answer(home, "Les Halles", answers={"lieu.commune": commune}).code == 0
    assert (home / "halles" / "2026.history.jsonl").exists()


@pytest.mark.parametrize("words", WRITERS, ids=lambda words: words[0])
def test_a_file_that_is_there_stays_unless_force_is_said(home: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    file = tmp_path / "rapport.json"
    file.write_text("écrit à la main", encoding="utf-8")
    told = run(*words, str(file), home=home)
    assert told.failed_well
    assert "existe déjà" in told.err
    assert "--force" in told.err
    assert file.read_text(encoding="utf-8") == "écrit à la main"
    assert run(*words, str(file), "--force", home=home).code == 0
    assert json.loads(file.read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize(("keys", "code", "kept"), [(("1", ENTER), 1, True), (("2", ENTER), 0, False)])
def test_in_a_terminal_one_is_asked(home: Path, tmp_path: Path, keys: tuple[str, ...], code: int, kept: bool) -> None:
    file = tmp_path / "rapport.md"
    file.write_text("à la main", encoding="utf-8")
    with TerminalSession("demo", "-o", str(file), home=home, columns=120) as session:
        session.until("Le remplacer", "Oui, le remplacer").type(*keys)
        assert session.leave() == code
    assert (file.read_text(encoding="utf-8") == "à la main") == kept


def spell(home: Path, file: Path) -> list[Path]:
    """Other ways to name a file of a home folder."""
    link, folder = home.parent / "lien.json", home.parent / "dossier"
    link.symlink_to(file)
    folder.symlink_to(file.parent)
    return [file, file.parent / ".." / file.parent.name / file.name, link, folder / file.name]


@pytest.mark.parametrize("named", [True, False], ids=["this-home", "another-home"])
@pytest.mark.parametrize("words", WRITERS, ids=lambda words: words[0])
def test_nothing_of_a_home_folder_is_written_over_by_any_name(
    home: Path, tmp_path: Path, words: tuple[str, ...], named: bool
) -> None:
    run("delete", "Les Halles", "--edition", "2026", "--yes", home=home)
    run("delete", "Les Halles", "--restore", home=home)
    answer(home, "Le Four")
    run("delete", "Le Four", "--yes", home=home)
    here = home
    if not named:
        here = tmp_path / "autre"
        answer(here, "Les Halles")
    before = photograph(home)
    assert len(before) >= 3
    targets = [path for file in before for path in [file]] + spell(home, home / "halles" / "2026.json")
    for target in targets:
        told = run(*words, str(target), "--format", "json" if words[0] != "questions" else "markdown", home=here)
        assert told.code == 2, target
        told = run(*words, str(target), "--force", home=here)
        assert told.failed_well, target
    assert photograph(home) == before


ENCODINGS: list[Callable[[bytes], bytes]] = [
    lambda raw: codecs.BOM_UTF8 + raw,
    lambda raw: raw.decode().encode("utf-16"),
    lambda raw: raw.decode().encode("utf-16-le"),
    lambda raw: json.dumps(json.loads(raw), sort_keys=True).encode(),
    lambda raw: json.dumps({**json.loads(raw), "format": 99}).encode(),
    lambda raw: json.dumps(dict(reversed(json.loads(raw).items()))).encode(),
    lambda raw: raw[:-20],
    lambda raw: b"\n\n  " + raw,
]


@pytest.mark.parametrize("encode", range(len(ENCODINGS)))
def test_a_sheet_anywhere_is_known_whatever_a_hand_did_to_it(home: Path, tmp_path: Path, encode: int) -> None:
    sheet = tmp_path / "ailleurs" / "fiche.json"
    sheet.parent.mkdir()
    sheet.write_bytes(ENCODINGS[encode]((home / "halles" / "2026.json").read_bytes()))
    history = sheet.with_name("fiche.history.jsonl")
    history.write_bytes((home / "halles" / "2026.history.jsonl").read_bytes())
    before = photograph(tmp_path)
    for target in (sheet, history):
        told = run("demo", "-o", str(target), "--format", "json", "--force", home=home)
        assert (told.code, "fiches" in told.err) == (2, True)
    assert photograph(tmp_path) == before


def test_a_report_beside_a_sheet_is_a_file_like_others(home: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "fiche.json"
    sheet.write_bytes((home / "halles" / "2026.json").read_bytes())
    report = tmp_path / "fiche.md"
    for more in ((), ("--force",)):
        assert run("show", str(sheet), "-o", str(report), *more, home=home).code == 0


def test_no_new_file_beside_a_sheet_is_taken_for_what_belongs_to_it(home: Path, tmp_path: Path) -> None:
    (tmp_path / "fiche.json").write_bytes((home / "halles" / "2026.json").read_bytes())
    for name in ("fiche.draft.json", "fiche.history.jsonl", "fiche.catalogue.json", ".fiche.lock"):
        told = run("demo", "-o", str(tmp_path / name), "--format", "text", home=home)
        assert (told.code, (tmp_path / name).exists()) == (2, False), name


def test_no_new_file_in_a_home_folder_looks_like_a_sheet(home: Path) -> None:
    for name in ("2027.json", "2027.JSON", "2026.draft.json", ".2026.lock", "../_corbeille"):
        told = run("demo", "-o", str(home / "halles" / name), "--format", "text", home=home)
        assert told.code == 2, name
    assert run("demo", "-o", str(home / "halles" / "rapport.txt"), home=home).code == 0


@pytest.mark.parametrize("name", ["2027.json", "2026.draft.json", "2027.history.jsonl", ".2027.lock", "_x"])
def test_no_new_file_in_another_home_folder_looks_like_a_sheet(home: Path, tmp_path: Path, name: str) -> None:
    target = home / "halles" / name
    for more in ((), ("--force",)):
        told = run("demo", "-o", str(target), "--format", "text", *more, home=tmp_path / "autre")
        assert (told.code, target.exists()) == (2, False)


def test_nothing_is_written_into_the_bin_of_another_home_folder(home: Path, tmp_path: Path) -> None:
    run("delete", "Les Halles", "--yes", home=home)
    (folder,) = (home / "_corbeille" / "halles").iterdir()
    told = run("demo", "-o", str(folder / "2027.json"), "--format", "text", home=tmp_path / "autre")
    assert (told.code, (folder / "2027.json").exists()) == (2, False)


@pytest.mark.parametrize("is_there", [False, True])
def test_a_file_that_came_since_it_was_asked_about_is_left_alone(tmp_path: Path, is_there: bool) -> None:
    file = tmp_path / "rapport.md"
    if is_there:
        file.write_text("avant", encoding="utf-8")
    destination = choose_output(file, force=is_there)
    (tmp_path / "autre.md").write_text("à un autre", encoding="utf-8")
    (tmp_path / "autre.md").replace(file)
    with pytest.raises(ImpactError, match="entre-temps"):
        destination.write("le rapport")
    assert file.read_text(encoding="utf-8") == "à un autre"
    assert [*tmp_path.iterdir()] == [file]


def test_a_link_to_nothing_is_refused_and_one_to_a_file_is_followed(home: Path, tmp_path: Path) -> None:
    link = tmp_path / "lien.md"
    link.symlink_to(tmp_path / "rien.md")
    assert run("demo", "-o", str(link), home=home).code == 2
    assert not (tmp_path / "rien.md").exists()
    (tmp_path / "rien.md").write_text("là", encoding="utf-8")
    assert run("demo", "-o", str(link), home=home).code == 2
    assert run("demo", "-o", str(link), "--force", home=home).code == 0
    assert link.is_symlink()
    assert "Héron" in (tmp_path / "rien.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["block", "socket", "folder"])
def test_what_is_no_file_is_refused(home: Path, tmp_path: Path, kind: str) -> None:
    import socket

    target = tmp_path / "cible.md"
    if kind == "folder":
        target.mkdir()
    elif kind == "socket":
        bound = socket.socket(socket.AF_UNIX)
        os.chdir(tmp_path)
        bound.bind(target.name)
    else:
        try:
            os.mknod(target, stat.S_IFBLK | 0o600, os.makedev(7, 250))
        except PermissionError:
            pytest.skip("only the administrator makes devices")
    told = run("demo", "-o", str(target), "--force", home=home)
    assert told.failed_well


@pytest.mark.slow
def test_a_full_disk_leaves_the_former_file_whole(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "rapport.md"
    file.write_text("le rapport d’avant", encoding="utf-8")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)); import signal;"
    limit += "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    command = [sys.executable, "-B", "-c", limit + RUN, "demo", "-o", str(file), "--force"]
    environ = {**os.environ, "IMPACT_HOME": str(home)}
    done = subprocess.run(command, env=environ, capture_output=True, check=False)
    assert done.returncode == 1
    assert "n’a pas pu être écrit" in done.stderr.decode()
    assert file.read_text(encoding="utf-8") == "le rapport d’avant"
    assert {each.name for each in tmp_path.iterdir()} == {"home", "rapport.md"}


def test_a_file_keeps_its_rights_and_a_new_one_has_those_of_the_user(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "rapport.md"
    former = os.umask(0o027)
    try:
        run("demo", "-o", str(file), home=home)
        assert stat.S_IMODE(file.stat().st_mode) == 0o640
        file.chmod(0o600)
        run("demo", "-o", str(file), "--force", home=home)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    finally:
        os.umask(former)


# Streams


def shell(command: str, home: Path, folder: Path) -> subprocess.CompletedProcess[bytes]:
    impact = f'"{sys.executable}" -c "{RUN}"'
    environ = {**os.environ, "IMPACT_HOME": str(home)}
    command = command.replace("impact", impact)
    return subprocess.run(
        ["bash", "-c", command], env=environ, cwd=folder, capture_output=True, check=False, timeout=100
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        "impact demo --format markdown -o /dev/stdout",
        "impact demo --format markdown -o /dev/fd/1",
        "impact demo --format markdown -o /proc/self/fd/1",
        "impact demo --format markdown -o /dev/stdout | cat",
        "impact demo --format markdown -o /dev/stdout > f; cat f",
        "impact demo --format markdown -o /dev/fd/3 3> f; cat f",
        "impact demo --format markdown -o >(cat > f); while ! [ -s f ]; do :; done; cat f",
        "mkfifo p.md; cat p.md & impact demo -o p.md; wait",
        "mkfifo p.md; impact demo -o p.md & cat p.md; wait",
        "ln -s /dev/stdout l.md; impact demo -o l.md",
    ],
)
def test_a_stream_gets_the_report_and_no_word_more(home: Path, tmp_path: Path, command: str) -> None:
    done = shell(command, home, tmp_path)
    assert done.returncode == 0
    assert done.stdout.decode().startswith("# Effets sociaux")
    assert done.stdout == shell("impact demo --format markdown", home, tmp_path).stdout
    assert b"enregistr" not in done.stderr


@pytest.mark.slow
def test_streams_that_refuse_say_so(home: Path, tmp_path: Path) -> None:
    full = shell("impact demo --format markdown -o /dev/full", home, tmp_path)
    assert (full.returncode, "le disque est plein" in full.stderr.decode()) == (1, True)
    gone = shell("impact demo --format markdown -o /dev/stdout | true; exit ${PIPESTATUS[0]}", home, tmp_path)
    assert (gone.returncode, gone.stderr) == (1, b"")
    closed = shell("impact demo --format markdown -o /dev/fd/77", home, tmp_path)
    assert (closed.returncode, "elle est fermée" in closed.stderr.decode()) == (1, True)
    assert shell("impact demo --format markdown -o /dev/null", home, tmp_path).returncode == 0


@pytest.mark.slow
def test_a_pdf_is_not_thrown_at_a_terminal(home: Path) -> None:
    with TerminalSession("demo", "--format", "pdf", "-o", "/dev/stdout", home=home, columns=120) as session:
        assert session.leave() == 2
        assert "pas fait pour un terminal" in session.words


@pytest.mark.slow
def test_a_pipe_that_nobody_reads_can_be_left(home: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "p.md"
    os.mkfifo(pipe)
    command = [sys.executable, "-c", RUN, "demo", "-o", str(pipe)]
    environ = {**os.environ, "IMPACT_HOME": str(home)}
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE) as process:
        assert process.stderr
        assert "Ctrl-C" in process.stderr.readline().decode()
        process.send_signal(2)
        assert process.wait(60) == 130


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="xdg-open is of Linux")
@pytest.mark.parametrize("code", [0, 3])
def test_a_viewer_that_complains_is_not_heard_and_the_file_is_named(home: Path, tmp_path: Path, code: int) -> None:
    viewer = tmp_path / "xdg-open"
    viewer.write_text(f"#!/bin/sh\necho no method available | tee /dev/stderr\nexit {code}\n", encoding="utf-8")
    viewer.chmod(0o755)
    told = run_apart("demo", "--open", "-o", f"{tmp_path}/demo.md", home=home, PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert told.code == 0
    assert "available" not in told.out + told.err
    assert (f"Aucun programme n’a pu ouvrir {tmp_path}/demo.md ; le fichier" in told.err) is bool(code)


# Names of files


@pytest.mark.parametrize("edition", ["2026/../../x", "../x", "/x", "a\nb", "\x1b[31m", "-rf", ".", "é" * 300])
def test_no_word_of_a_sheet_decides_where_its_report_goes(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edition: str
) -> None:
    document = json.loads((home / "halles" / "2026.json").read_bytes())
    document |= {"edition": edition, "venue": f"../{edition}/Les Halles"}
    (tmp_path / "fiche.json").write_text(json.dumps(document), encoding="utf-8")
    folder = tmp_path / "ici" / "profond"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    before = photograph(tmp_path)
    told = run("show", str(tmp_path / "fiche.json"), "--format", "html", home=home)
    new = photograph(tmp_path).keys() - before.keys()
    assert all(file.parent == folder and file.name.startswith("effets-") for file in new)
    assert (told.code, len(new)) in {(0, 1), (1, 0)}
    assert not told.betrays_a_fault


def test_a_tilde_is_ones_own_folder_also_after_an_equals_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    fiches = {"HOME": str(tmp_path), "IMPACT_HOME": "~/fiches"}
    folder = tmp_path / "vide"
    folder.mkdir()
    given = ["survey", "Le Four", "--answers", "-", "--home=~/fiches"]
    done = run(*given, home=tmp_path, stdin='{"lieu.commune": "Massy"}', environ=fiches)
    assert done.code == 0
    assert list((tmp_path / "fiches").glob("*/*.json"))
    assert run("show", "--output=~/r.md", home=tmp_path, environ=fiches).code == 0
    assert (tmp_path / "r.md").exists()
    (tmp_path / "reponses.json").write_text('{"lieu.commune": "Massy"}', encoding="utf-8")
    assert run("survey", "A", "--answers=~/reponses.json", home=tmp_path, environ=fiches).code == 0
    missing = run("questions", home=tmp_path, environ={**fiches, "IMPACT_QUESTIONS": "~/rien"})
    assert str(tmp_path / "rien") in missing.err
    assert not Path("~").exists()
    assert "~" not in {each.name for each in tmp_path.rglob("*")}


@pytest.mark.parametrize(
    "words",
    [
        ("demo", "--format", "pdf", "-o", "rapport.docx"),
        ("demo", "--format", "html", "-o", "rapport.MD"),
        ("questions", "export", "--format", "xlsform", "-o", "questionnaire.pdf"),
        ("questions", "export", "-o", "questionnaire.docx"),
        ("dataset", "--format", "csv", "-o", "jeu.csv"),
        ("demo", "--network", "reseau.zip"),
    ],
)
def test_no_file_bears_the_ending_of_another_format(words: tuple[str, ...], home: Path, tmp_path: Path) -> None:
    *options, name = words
    told = run(*options, str(tmp_path / name), home=home)
    assert told.code == 2
    assert name in told.err
    assert not (tmp_path / name).exists()


def test_an_ending_that_promises_nothing_is_free_where_a_format_is_asked_for(home: Path, tmp_path: Path) -> None:
    assert run("demo", "--format", "html", "-o", str(tmp_path / "rapport.2026"), home=home).code == 0
