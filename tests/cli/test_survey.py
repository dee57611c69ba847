import json
from pathlib import Path

import pytest
from another_user import own_folder, run_as_another
from cli.commands import answer, made_once, photograph, run, run_apart

from impact_cli.answers.keeping.store import load_sheet
from impact_cli.answers.sheet import Silence, Status

ANSWERS = {
    "lieu.commune": "Massy",
    "lien_social.publics": ["Bénévoles", "voisins"],
    "lien_social.frequence": "semaine",
    "insertion.combien": 0,
    "egalite.parite": {"equipe": "plus", "publics": "Autant de femmes que d’hommes"},
    "bilan_individuel.mots_cles": "#entraide, récup",
    "bilan_individuel.intensite": 4,
    "sante.changements": {"state": "not_known"},
    "sante.exemple": "Une scène <b>de vie</b> [café] 🎉 =SOMME(A1)\n\n" + "mot " * 700,
}


@made_once
def filled(home: Path) -> None:
    assert answer(home, "Les Halles").code == 0


@pytest.fixture
def halles(filled: Path) -> Path:
    """The sheet of a venue that has one answer."""
    return filled / "halles" / "2026.json"


# Lines in, lines out


def test_lines_on_stdin_are_answers(home: Path) -> None:
    told = run("survey", "Les Halles", "--edition", "2026", home=home, stdin="Massy\n91300\n\nmenu\n3\npause\n3\n")
    sheet = load_sheet(home / "halles" / "2026.json").sheet
    assert sheet.answers == {"lieu.commune": "Massy", "lieu.code_postal": "91300"}
    assert sheet.silences == {"lieu.ouverture": Silence.SKIPPED, "lieu.statut": Silence.NOT_KNOWN}
    assert told.code == 130
    assert "✓ La commune : Massy" in told.out
    assert 'impact survey "Les Halles" --edition 2026' in told.err


@pytest.mark.parametrize("environ", [{"ACCESSIBLE": "1"}, {"TERM": "dumb"}])
def test_every_plain_face_says_the_same_lines(home: Path, environ: dict[str, str], tmp_path: Path) -> None:
    lines = "Massy\n\n2016\n"
    asked = run("survey", "Les Halles", "--plain", "--edition", "2026", home=home, stdin=lines)
    other = run("survey", "Les Halles", "--edition", "2026", home=tmp_path / "other", stdin=lines, environ=environ)
    assert asked.out == other.out
    assert "\x1b" not in asked.out


def test_a_whole_survey_in_lines_is_finished(home: Path) -> None:
    lines = "\n" * 60 + "1\n"
    told = run("survey", "Les Halles", "--edition", "2026", home=home, stdin="Massy\n" + lines)
    assert told.code == 0
    assert "Votre fiche est terminée" in told.out
    assert load_sheet(home / "halles" / "2026.json").sheet.status is Status.FINISHED


@pytest.mark.parametrize("arguments", [("survey",), ("survey", "Les Halles")])
def test_without_a_line_nothing_is_stored_and_the_sentence_says_what_to_do(
    home: Path, arguments: tuple[str, ...]
) -> None:
    told = run(*arguments, home=home)
    assert told.failed_well
    assert "--answers FICHIER" in told.err
    assert photograph(home) == {}


@pytest.mark.slow
def test_without_any_standard_input_the_same_is_said(home: Path) -> None:
    told = run_apart("survey", "Les Halles", home=home, stdin=None)
    assert told.failed_well
    assert "--answers FICHIER" in told.err


def test_the_name_is_asked_again_until_it_is_one(home: Path) -> None:
    told = run("survey", "--edition", "2026", home=home, stdin="\n?!\nLa Remise\nMassy\n")
    assert load_sheet(home / "remise" / "2026.json").sheet.venue == "La Remise"
    assert "Il faut un nom" in told.out
    assert "ni lettre ni chiffre" in told.out


@pytest.mark.parametrize("argument", ["les hales", None])
def test_a_nearly_known_name_is_asked_about(halles: Path, home: Path, argument: str | None) -> None:
    words = ["survey", *([argument] if argument else []), "--edition", "2026"]
    lines = ("" if argument else "2\nles hales\n") + "1\n1\n91300\n"
    told = run(*words, home=home, stdin=lines)
    assert "Est-ce ce lieu ?" in told.out
    assert load_sheet(halles).sheet.answers["lieu.code_postal"] == "91300"
    assert [folder.name for folder in home.iterdir()] == ["halles"]


def test_one_section_is_asked_and_nothing_else(halles: Path, home: Path) -> None:
    told = run(
        "survey", "Les Halles", "--edition", "2026", "--section", "bilan_territoire", home=home, stdin="4\nun\naucun\n"
    )
    assert told.code == 0
    assert "rubrique 17 sur 17" in told.out
    assert set(load_sheet(halles).sheet.answers) == {
        "lieu.commune",
        "bilan_territoire.intensite",
        "bilan_territoire.mots_cles",
    }


def test_a_section_is_redone_from_the_menu(halles: Path, home: Path) -> None:
    told = run("survey", "Les Halles", "--edition", "2026", home=home, stdin="2\n1\nÉvry\n" + "\n" * 12)
    assert told.code == 0
    assert load_sheet(halles).sheet.answers["lieu.commune"] == "Évry"


def test_a_new_edition_proposes_last_year_also_after_a_pause(halles: Path, home: Path) -> None:
    words = ("survey", "Les Halles", "--edition", "2027")
    answer(home, "Les Halles", answers={"lieu.commune": "Massy", "lieu.code_postal": "91300"})
    first = run(*words, home=home, stdin="1\n\n")
    again = run(*words, home=home, stdin="1\n\n")
    for told, proposed in ((first, "Massy"), (again, "91300")):
        assert f"Réponse proposée : {proposed}" in told.out
        assert "Réponse de l’édition 2026" in told.out
    sheet = load_sheet(halles.with_name("2027.json")).sheet
    assert sheet.answers == {"lieu.commune": "Massy", "lieu.code_postal": "91300"}


def test_a_new_edition_can_start_from_nothing(halles: Path, home: Path) -> None:
    told = run("survey", "Les Halles", "--edition", "2027", home=home, stdin="2\n\n")
    assert halles.with_name("2027.json").exists()
    assert "Réponse proposée" not in told.out


def test_an_unreadable_edition_does_not_keep_a_new_one_from_starting(halles: Path, home: Path) -> None:
    halles.write_bytes(b"{")
    told = run("survey", "Les Halles", "--edition", "2027", home=home, stdin="Massy\n")
    assert not told.betrays_a_fault
    assert halles.with_name("2027.json").exists()
    assert halles.read_bytes() == b"{"


def test_an_edition_in_progress_goes_on_in_another_year(home: Path) -> None:
    run("survey", "Les Halles", "--edition", "1999", "--answers", "-", home=home, stdin='{"lieu.commune": "Massy"}')
    told = run("survey", "Les Halles", home=home, stdin="1\n91300\n")
    assert "édition 1999" in told.out
    assert "Pour commencer l’édition 2" in told.out
    assert [path.name for path in photograph(home)] == ["1999.json"]


def test_a_sheet_is_named_by_its_path(halles: Path, home: Path) -> None:
    run("survey", str(halles), home=home / "elsewhere", stdin="1\n91300\n")
    assert load_sheet(halles).sheet.answers["lieu.code_postal"] == "91300"


# Answers from a file


def test_a_file_of_answers_is_taken_whole_by_ids_or_labels(home: Path) -> None:
    told = answer(home, "Les Halles", answers=ANSWERS)
    sheet = load_sheet(home / "halles" / "2026.json").sheet
    assert told.code == 0
    assert "la fiche a maintenant 8 réponses sur 5" in told.err
    assert sheet.answers["lien_social.publics"] == ("voisins", "benevoles")
    assert sheet.answers["egalite.parite"] == {"equipe": "plus", "publics": "autant"}
    assert sheet.answers["bilan_individuel.mots_cles"] == ("entraide", "récup")
    assert sheet.answers["insertion.combien"] == 0
    assert sheet.silences == {"sante.changements": Silence.NOT_KNOWN}


def test_one_wrong_answer_is_one_line_however_many_it_contradicts(home: Path) -> None:
    publics = {key: ["benevoles"] for key in ("lien_social.publics", "solidarite.publics", "reseau.publics")}
    told = answer(
        home,
        "Les Halles",
        answers={"lieu.benevoles": 0, "solidarite.types": ["biens"], "reseau.autour": ["projet"], **publics},
    )
    (line,) = (line for line in told.err.split("\n") if line.startswith("À vérifier"))
    assert "lieu.benevoles contredit lien_social.publics, solidarite.publics, reseau.publics." in line
    told = answer(home, "Les Halles", answers={"reseau.publics": ["voisins"], "solidarite.publics": ["voisins"]})
    assert "À vérifier (lieu.benevoles, lien_social.publics) : Vous comptez 0 bénévole" in told.err


def test_a_file_and_standard_input_give_the_same_sheet(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "reponses.json"
    file.write_text(json.dumps(ANSWERS, ensure_ascii=False), encoding="utf-8-sig")
    answer(home, "Les Halles", answers=ANSWERS)
    other = tmp_path / "other"
    assert run("survey", "Les Halles", "--edition", "2026", "--answers", str(file), home=other).code == 0
    sheets = [load_sheet(folder / "halles" / "2026.json").sheet for folder in (home, other)]
    assert sheets[0].answers == sheets[1].answers


FAULTS: list[tuple[dict[str, object], str]] = [
    ({"lieu.comune": "Paris"}, "lieu.comune: cette question n’existe pas. Vouliez-vous dire « lieu.commune » ?"),
    ({"lieu.ouverture": "deux mille"}, "un nombre entier, en chiffres, est attendu : « deux mille » n’en est pas un."),
    ({"insertion.combien": -3}, "un nombre de 0 à 100 000 est attendu."),
    ({"insertion.combien": 10**30}, "un nombre de 0 à 100 000 est attendu."),
    ({"insertion.combien": True}, "« true » n’en est pas un."),
    ({"insertion.combien": 3.5}, "« 3.5 » n’en est pas un."),
    ({"lieu.ouverture": 1492}, "un nombre de 1700 à 2200 est attendu."),
    ({"lien_social.publics": ["voisin"]}, "option inconnue « voisin ». Vouliez-vous dire « voisins » ?"),
    ({"lien_social.publics": ["ours", "loups"]}, "option inconnue « ours »"),
    ({"lien_social.publics": ["ours", "loups"]}, "Option inconnue « loups »"),
    ({"lien_social.publics": []}, "au moins une option est attendue"),
    ({"lien_social.publics": 3}, "une liste d’options est attendue."),
    ({"sante.changements": ["aucun", "stress"]}, "« Aucun changement constaté » exclut les autres options."),
    ({"cadre_de_vie.image": ["mieux"]}, 'un texte est attendu, pas « [ "mieux" ] ».'),
    ({"egalite.parite": {"equipe": "plein"}}, "Les choix : plus, autant, moins, inconnu, sans_objet."),
    ({"egalite.parite": {}}, "au moins une ligne est attendue."),
    ({"bilan_individuel.intensite": 7}, "un nombre de 0 à 5 est attendu."),
    ({"bilan_individuel.mots_cles": []}, "au moins un mot-clé est attendu."),
    ({"lieu.periode": None}, "un texte est attendu, pas « null »."),
    ({"lieu.periode": "  "}, "le texte est vide."),
    ({"lieu.code_postal": "9" * 13}, "le texte compte 13 caractères ; 12 au plus sont acceptés."),
    ({"lieu.periode": {"state": "ignoree"}}, "n’est pas un de ces états : skipped, not_known, not_applicable."),
]


@pytest.mark.usefixtures("halles")
@pytest.mark.parametrize(("answers", "sentence"), FAULTS)
def test_a_wrong_answer_is_refused_with_its_reason_and_nothing_is_stored(
    home: Path, answers: dict[str, object], sentence: str
) -> None:
    before = photograph(home)
    told = answer(home, "Les Halles", answers={"lieu.repondant": "l’équipe", **answers})
    assert told.failed_well
    assert sentence in told.err
    assert photograph(home) == before


def test_every_fault_of_a_file_is_told_at_once_with_its_line(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "reponses.json"
    wrong = {key: value for answers, _ in FAULTS for key, value in answers.items()}
    lines_of_file = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in wrong.items()]
    file.write_text("{\n" + ",\n".join(lines_of_file) + "\n}", encoding="utf-8")
    told = run("survey", "Les Halles", "--answers", str(file), home=home)
    lines = [line for line in told.err.splitlines() if line.startswith(str(file))]
    assert [line.split(":")[1] for line in lines] == [str(number) for number in range(2, len(wrong) + 2)]
    assert "Rien n’a été enregistré" in told.err
    assert not home.exists()


@pytest.mark.usefixtures("halles")
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "le fichier est coupé avant sa fin"),
        (b'{"lieu.commune": "A"', "le fichier est coupé avant sa fin"),
        (b'{\n "lieu.commune": A\n}', ":2: ce n’est pas du JSON correct"),
        (b'{\n "lieu.commune": "\xe9"}', ":2: le fichier n’est pas en UTF-8."),
        (b"[" * 100_000, "trop profond"),
        (b'{"insertion.combien": ' + b"9" * 5000 + b"}", "un nombre entier, en chiffres, est attendu"),
        (b'{"lieu.commune": ' + b"[" * 150 + b"]" * 150 + b"}", "trop profond"),
        (b'{"lieu.commune": "A",\n "lieu.commune": "B"}', "lieu.commune: la clé est écrite deux fois."),
        (b"[]", "un objet est attendu"),
        (b'"A"', "un objet est attendu"),
        (b"null", "un objet est attendu"),
        (b'{"lieu.commune": NaN}', "n’est pas un nombre en JSON"),
    ],
)
def test_what_is_no_file_of_answers_is_refused(home: Path, content: bytes, sentence: str) -> None:
    before = photograph(home)
    told = answer(home, "Les Halles", answers=content)
    assert told.failed_well
    assert sentence in told.err
    assert photograph(home) == before


def test_a_file_of_answers_that_is_not_there_or_a_folder(home: Path, tmp_path: Path) -> None:
    for source, cause in ((tmp_path / "rien.json", "il n’existe pas"), (tmp_path, "c’est un dossier")):
        told = run("survey", "Les Halles", "--answers", str(source), home=home)
        assert told.failed_well
        assert cause in told.err


def test_answers_need_the_name_of_a_venue(home: Path) -> None:
    told = run("survey", "--answers", "-", home=home, stdin=b"{}")
    assert told.code == 2
    assert "le nom du lieu est nécessaire" in told.err


# Bad names, bad places


@pytest.mark.parametrize(("name", "edition"), [("..", "2026"), ("", "2026"), ("\x00", "2026"), ("Les Halles", "../x")])
@pytest.mark.parametrize("more", [(), ("--answers", "-")])
def test_what_is_no_name_and_no_edition_opens_no_sheet(
    home: Path, name: str, edition: str, more: tuple[str, ...]
) -> None:
    told = run("survey", f"--edition={edition}", *more, "--", name, home=home, stdin='{"lieu.commune": "Massy"}')
    assert told.failed_well
    assert told.code == 2
    assert photograph(home.parent) == {}


@pytest.mark.parametrize("name", ["../../etc", "a/b\\c", "Le 🎉 36", "CON", "L’Été: 24h/24 ?", "日本", "x" * 120, "l'"])
def test_any_name_with_a_letter_stays_in_the_home(home: Path, name: str) -> None:
    assert answer(home, name).code == 0
    (path,) = photograph(home.parent)
    assert path.parent.parent == home
    assert load_sheet(path).sheet.venue == name


@pytest.mark.slow
def test_a_home_that_is_read_only() -> None:
    home = own_folder(0o500)
    told = run_as_another(home, "survey", "Les Halles", "--answers", "-", given='{"lieu.commune": "Massy"}')
    assert told.returncode == 1
    assert "vous n’en avez pas le droit" in told.stderr
    assert not list(home.iterdir())


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_bytes(b"ours")
    told = answer(home, "Les Halles")
    assert told.failed_well
    assert "ce n’est pas un dossier" in told.err
    assert home.read_bytes() == b"ours"


def test_another_questionnaire_that_is_not_there(home: Path, tmp_path: Path) -> None:
    told = run("survey", "Les Halles", "--questions", str(tmp_path), home=home)
    assert told.failed_well
    assert "catalogue.yaml" in told.err


@pytest.mark.parametrize(
    "damage", [lambda whole: whole[:100], lambda _whole: b"", lambda _whole: b"{}", lambda _whole: b"\xff"]
)
def test_a_damaged_sheet_is_not_touched(halles: Path, home: Path, damage: object) -> None:
    assert callable(damage)
    halles.write_bytes(damage(halles.read_bytes()))
    before = photograph(home)
    for told in (
        run("survey", "Les Halles", "--edition", "2026", home=home, stdin="1\nMassy\n"),
        answer(home, "Les Halles", answers={"lieu.code_postal": "91300"}),
        run("show", "Les Halles", home=home),
    ):
        assert told.failed_well
        assert str(halles) in told.err
    assert run("list", home=home).code == 0
    assert photograph(home) == before


def test_a_sheet_of_a_newer_format_is_never_rewritten(halles: Path, home: Path) -> None:
    newer = json.loads(halles.read_bytes()) | {"format": 99, "later": True}
    halles.write_text(json.dumps(newer), encoding="utf-8")
    before = photograph(home)
    for told in (
        run("survey", "Les Halles", "--edition", "2026", home=home, stdin="1\nMassy\n"),
        answer(home, "Les Halles", answers={"lieu.code_postal": "91300"}),
    ):
        assert not told.betrays_a_fault
        assert told.code in {1, 130}
        assert "plus récente" in told.err + told.out
    assert photograph(home) == before
