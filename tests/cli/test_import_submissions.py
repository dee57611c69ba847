import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cli.commands import Outcome, answer, photograph, run
from exchange.field.submitting import Sent, central_csv, instance_xml, kobo_csv, kobo_json, pack, write
from writing import new_sheet

from impact_cli.answers.keeping.store import load_sheet
from impact_cli.answers.sheet import Sheet, Value
from impact_cli.catalogue.loading import load_catalogue

CATALOGUE = load_catalogue()
TOWN, OPENED, STATUS, PUBLICS = "lieu.commune", "lieu.ouverture", "lieu.statut", "lien_social.publics"
Import = Callable[..., Outcome]


def sheet(venue: str, /, **more: Value) -> Sheet:
    answers: dict[str, Value] = {TOWN: "Massy", OPENED: 2019}
    answers |= {key.replace("__", "."): value for key, value in more.items()}
    return new_sheet(CATALOGUE, answers, {}, venue=venue)


def sent(voice: str = "", instance: str = "a1", **more: Value) -> Sent:
    return Sent(sheet("La Remise aux Vents", **more), voice, instance)


@pytest.fixture
def bring(home: Path, tmp_path: Path) -> Import:
    """Import a file of these bytes."""

    def bring_home(content: bytes, *options: str, name: str = "envois.csv") -> Outcome:
        path = tmp_path / name
        path.write_bytes(content)
        return run("import", str(path), *options, home=home)

    return bring_home


def editions(home: Path) -> list[str]:
    return sorted(path.stem for path in home.glob("*/*.json"))


def test_a_submission_without_a_voice_is_the_edition_itself(bring: Import, home: Path) -> None:
    outcome = bring(central_csv(CATALOGUE, [sent()]))
    assert outcome.code == 0
    stored = load_sheet(home / "remise-aux-vents" / "2026.json").sheet
    assert stored.answers == {TOWN: "Massy", OPENED: 2019}
    assert stored.submission
    assert stored.submission.instances == ("a1",)
    assert "1 envoi lu." in outcome.err


def test_several_submissions_are_voices_of_one_edition(bring: Import, home: Path) -> None:
    many = [sent("L’équipe", "a"), sent("Habitants", "b"), sent("habitants", "c"), sent("", "d"), sent("", "e")]
    outcome = bring(kobo_csv(CATALOGUE, many, labels=True, multiple="both"))
    assert editions(home) == ["2026-equipe", "2026-habitants", "2026-habitants-2", "2026-voix", "2026-voix-2"]
    assert "--edition 2026 --from toutes" in outcome.err


def test_an_edition_that_is_there_is_never_taken(bring: Import, home: Path) -> None:
    run(
        "survey",
        "La Remise aux Vents",
        "--edition",
        "2026",
        "--answers",
        "-",
        home=home,
        stdin='{"lieu.commune": "Lens"}',
    )
    before = photograph(home)
    bring(central_csv(CATALOGUE, [sent()]))
    assert {path: content for path, content in photograph(home).items() if path in before} == before
    assert editions(home) == ["2026", "2026-voix"]


def test_importing_again_adds_what_is_new_alone(bring: Import, home: Path) -> None:
    bring(central_csv(CATALOGUE, [sent("Equipe", "a")]))
    before = photograph(home)
    outcome = bring(kobo_json(CATALOGUE, [sent("Equipe", "a"), sent("Elus", "b")]), name="plus-tard.json")
    assert "1 envoi est déjà dans vos fiches." in outcome.err
    assert editions(home) == ["2026-elus", "2026-equipe"]
    assert before.items() <= photograph(home).items()


def test_an_edited_submission_waits_for_replace(bring: Import, home: Path) -> None:
    bring(central_csv(CATALOGUE, [sent("Equipe", "a")]))
    before = photograph(home)
    edited = central_csv(CATALOGUE, [sent("Equipe", "a", lieu__ouverture=2020)])
    outcome = bring(edited)
    assert outcome.code == 1
    assert "--replace" in outcome.err
    assert photograph(home) == before
    assert bring(edited, "--replace").code == 0
    assert load_sheet(home / "remise-aux-vents" / "2026-equipe.json").sheet.answers[OPENED] == 2020
    history = run("history", "La Remise aux Vents", "--edition", "2026-equipe", home=home)
    assert "2019" in history.out + history.err


def test_the_last_edit_wins_whatever_comes_first(home: Path, tmp_path: Path) -> None:
    first = instance_xml(CATALOGUE, sent("Equipe", "old"))
    second = instance_xml(CATALOGUE, sent("Equipe", "new", lieu__ouverture=2020))
    second = second.replace(b"</orx:meta>", b"<orx:deprecatedID>uuid:old</orx:deprecatedID></orx:meta>")
    (tmp_path / "envois").mkdir()
    (tmp_path / "envois" / "a.xml").write_bytes(second)
    (tmp_path / "envois" / "b.xml").write_bytes(first)
    outcome = run("import", str(tmp_path / "envois"), home=home)
    assert "1 envoi a été modifié après coup" in outcome.err
    assert load_sheet(home / "remise-aux-vents" / "2026-equipe.json").sheet.answers[OPENED] == 2020


def test_a_form_edited_by_hand_loses_nothing(bring: Import, home: Path) -> None:
    table = central_csv(CATALOGUE, [sent("Equipe", "a", lieu__statut="association")]).decode()
    table = table.replace("Lieu-lieu_Commune", "Lieu-ville_du_lieu").replace("association", "scop_de_quartier")
    outcome = bring(table.encode())
    assert "n’a pas de colonne pour la commune." in outcome.err
    assert "Colonnes que le questionnaire n’a pas" in outcome.err
    assert "Lieu-ville_du_lieu (1)" in outcome.err
    assert "à confirmer" in outcome.err
    stored = load_sheet(home / "remise-aux-vents" / "2026-equipe.json").sheet
    assert stored.answers == {OPENED: 2019}
    assert "Lieu-ville_du_lieu\u00a0: Massy" in stored.unplaced
    assert any("scop_de_quartier" in line for line in stored.unplaced)
    assert set(stored.uncertain) == {STATUS}


def test_what_a_question_does_not_take_is_kept_beside_it(bring: Import, home: Path) -> None:
    """A year before any; and a second column of one field, as Kobo has where a question was renamed."""
    table = central_csv(CATALOGUE, [sent("Equipe", "a")]).decode().replace(",2019,", ",12,")
    head, line = table.splitlines()
    bring(f"{head},Lieu-lieu_Commune\n{line},Lens".encode())
    stored = load_sheet(home / "remise-aux-vents" / "2026-equipe.json").sheet
    assert stored.answers == {TOWN: "Massy"}
    assert sorted(line.rpartition(" ")[2] for line in stored.unplaced) == ["12", "Lens"]
    assert stored.uncertain.keys() == {TOWN, OPENED}


def test_reordered_columns_say_the_same(bring: Import, home: Path) -> None:
    lines = [line.split(",") for line in central_csv(CATALOGUE, [sent("Equipe", "a")]).decode().splitlines()]
    bring("\n".join(",".join(reversed(cells)) for cells in lines).encode())
    assert load_sheet(home / "remise-aux-vents" / "2026-equipe.json").sheet.answers == {TOWN: "Massy", OPENED: 2019}


def test_another_version_of_the_questionnaire_is_said(bring: Import) -> None:
    ours = f"{CATALOGUE.id} {CATALOGUE.version} {CATALOGUE.fingerprint}"
    table = central_csv(CATALOGUE, [sent("Equipe", "a")]).decode().replace(ours, f"{CATALOGUE.id} 2025.1 {'0' * 64}")
    outcome = bring(table.encode())
    assert f"1 envoi répond au questionnaire {CATALOGUE.id} 2025.1 (ici " in outcome.err


def test_a_submission_without_a_venue_is_told_and_the_others_are_kept(bring: Import, home: Path) -> None:
    many = [sent("Equipe", "a"), replace(sent("Elus", "b"), sheet=sheet(""))]
    outcome = bring(central_csv(CATALOGUE, many))
    assert outcome.code == 1
    assert "1 envoi sans fiche. Le nom du lieu manque. Donnez-le avec --venue." in outcome.err
    assert editions(home) == ["2026-equipe"]
    assert bring(central_csv(CATALOGUE, many), "--venue", "La Remise aux Vents").code == 0
    assert editions(home) == ["2026-elus", "2026-equipe"]


def test_reports_and_submissions_are_told_apart(home: Path, tmp_path: Path) -> None:
    (tmp_path / "envois.txt").write_bytes(central_csv(CATALOGUE, [sent("Equipe", "a")]))
    run("survey", "Les Halles", "--answers", "-", home=home, stdin='{"lieu.commune": "Lens"}')
    report = tmp_path / "rapport.md"
    run("show", "Les Halles", "-o", str(report), home=home)
    other = tmp_path / "other"
    outcome = run("import", str(report), str(tmp_path / "envois.txt"), home=other)
    assert outcome.code == 0, outcome.err
    assert sorted(path.parent.name for path in other.glob("*/*.json")) == ["halles", "remise-aux-vents"]


def test_a_dry_run_writes_nothing(bring: Import, home: Path) -> None:
    outcome = bring(central_csv(CATALOGUE, [sent("Equipe", "a")]), "--dry-run", "--json")
    assert not home.exists()
    (summary,) = json.loads(outcome.out)
    assert (summary["edition"], summary["voice"], summary["answers"]) == ("2026-equipe", "Equipe", 2)


def test_rejected_and_locked_submissions_are_left_and_said(bring: Import, home: Path) -> None:
    table = central_csv(CATALOGUE, [sent("Equipe", "a"), sent("Elus", "b")]).decode()
    head, first, second = table.splitlines()
    first = first.replace(",0,0,,,", ",0,0,,rejected,")
    second = second.replace(",0,0,,,", ",0,0,not decrypted,,")
    outcome = bring(f"{head}\n{first}\n{second}".encode())
    assert "1 envoi a été refusé sur le serveur" in outcome.err
    assert "1 envoi est chiffré" in outcome.err
    assert not home.exists()


def test_media_are_left_and_said(bring: Import) -> None:
    table = central_csv(CATALOGUE, [sent("Equipe", "a")])
    outcome = bring(pack({"impact.csv": table, "media/a.jpg": b"\xff", "media/b.m4a": b"x"}), name="impact.csv.zip")
    assert "2 pièces jointes laissées de côté" in outcome.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.xml",
            b"<!DOCTYPE d [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><data id='i'><LIEU>&b;</LIEU></data>",
        ),
        ("b.xml", b"<!DOCTYPE d SYSTEM 'file:///etc/passwd'><data id='i'><LIEU>x</LIEU></data>"),
        ("c.xml", b"<data id='i'><LIEU>x"),
        ("d.json", b'[{"_uuid": "a", "LIEU": "x"}, {"_uuid": '),
        ("e.json", b'[{"_uuid": "a", "LIEU": "x"}, ' + b"[" * 100_000),
        ("f.csv", b'LIEU,KEY\n"x,1\n'),
        ("g.csv", b"LIEU,KEY\n" + b"x" * 5_000_000 + b",1\n"),
        ("h.zip", b"PK\x03\x04" + b"\0" * 100),
        ("i.csv", b"LIEU,KEY\n"),
        ("j.xml", b"<data id='i'>" + b"<a>" * 100 + b"</a>" * 100 + b"</data>"),
        ("k.xml", b"<?xml version='1.0' encoding='klingon'?><data id='i'><LIEU>x</LIEU></data>"),
    ],
)
def test_each_bad_file_is_a_sentence(bring: Import, home: Path, name: str, content: bytes) -> None:
    outcome = bring(content, name=name)
    assert outcome.failed_well, (outcome.out, outcome.err)
    assert not home.exists()


def test_a_spoilt_file_among_others_hides_none(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "envois"
    folder.mkdir()
    (folder / "a.xml").write_bytes(instance_xml(CATALOGUE, sent("Equipe", "a"))[:-40])
    (folder / "b.csv").write_bytes(central_csv(CATALOGUE, [sent("Elus", "b")])[:-3] + b',"')
    (folder / "c.json").write_bytes(kobo_json(CATALOGUE, [sent("Habitants", "c")]))
    outcome = run("import", str(folder), home=home)
    assert outcome.code == 1
    assert "a.xml" in outcome.err
    assert "b.csv, ligne 2" in outcome.err
    assert editions(home) == ["2026-habitants"]


def test_a_table_of_something_else_is_no_export(bring: Import, home: Path) -> None:
    outcome = bring(b"mois,montant\nmars,12\n", "--venue", "Le Lieu")
    assert outcome.failed_well
    assert "aucun envoi de ce questionnaire" in outcome.err
    assert not home.exists()


def test_json_that_is_huge_is_to_be_csv(home: Path, tmp_path: Path) -> None:
    with (tmp_path / "envois.json").open("wb") as file:
        file.write(b'[{"_uuid": "a"}')
        file.truncate(300_000_001)
    outcome = run("import", str(tmp_path / "envois.json"), home=home)
    assert outcome.failed_well
    assert "exportez en CSV" in outcome.err


def test_a_bomb_is_refused(bring: Import, home: Path) -> None:
    outcome = bring(pack({"impact.csv": b"LIEU,KEY\n" + b"0" * 60_000_000}), name="envois.zip")
    assert outcome.failed_well
    assert "sans mesure" in outcome.err
    assert not home.exists()


HOSTILE = [
    "=CMD|'/C calc'!A0",
    "<script>alert(1)</script>",
    "&lt;!ENTITY x&gt;",
    "[red]x[/red] {publics}",
    "../../etc/passwd",
    "\u202eenvers",
    "a\x00b",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words(home: Path, tmp_path: Path, words: str) -> None:
    path = write(tmp_path, "kobo, names", CATALOGUE, [sent("Equipe", "a", lien_social__exemple=words)])
    assert run("import", str(path), home=home).code == 0
    stored = load_sheet(home / "remise-aux-vents" / "2026-equipe.json").sheet
    assert stored.answers["lien_social.exemple"] == words
    shown = run("show", "La Remise aux Vents", home=home)
    assert shown.code == 0
    assert not shown.betrays_a_fault


def test_a_hostile_name_leads_nowhere(bring: Import, home: Path) -> None:
    bring(central_csv(CATALOGUE, [replace(sent("../../x", "a"), sheet=sheet("../../../etc"))]))
    assert [path.relative_to(home).as_posix() for path in home.glob("**/*.json")] == ["etc/2026-x.json"]


def test_a_form_without_answers_and_a_folder_of_sheets_are_known_for_what_they_are(home: Path, tmp_path: Path) -> None:
    blank, sheets = tmp_path / "formulaire.xlsx", tmp_path / "reseau"
    assert run("questions", "export", "-o", str(blank), home=home).code == 0
    assert answer(sheets, "Les Halles").code == 0
    sheet = next(sheets.glob("*/*.json"))
    for given, advice in (
        (blank, "Déposez-le dans KoboToolbox"),
        (sheets, "impact panorama"),
        (sheet, f'impact show "{sheet}"'),
    ):
        outcome = run("import", str(given), home=home)
        assert outcome.failed_well
        assert advice in outcome.err
    assert not home.exists()
