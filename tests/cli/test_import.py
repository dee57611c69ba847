"""impact import: reports come back as sheets, or not at all."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cli.commands import Outcome, photograph, run
from writing import real_book

from impact_cli.answers.keeping.store import load_sheet
from impact_cli.answers.sheet import Sheet
from impact_cli.clock import read_clock
from impact_cli.exchange.published import read_report

_REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
HERON = "Les Ateliers du Héron"
YEAR = str(read_clock().year)  # the edition of the demonstration
NO_TEXT = "ce fichier ne contient pas de texte"
NO_REPORT = "n’est pas un rapport d’effets sociaux et urbains"
RECIPE = b"Une recette\n\nCasser trois \xc5\x93ufs.\n"
DOUBTFUL = """Effets sociaux et urbains des Halles

Lien social
Ces rencontres ont lieu au quotidien.

Capacité à agir
De 6 à 8 nouveaux projets ou actions (atelier, évènement, marché…) imprévus, portés par des bénévoles, ont émergé.
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder for reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


def write_demo(reports: Path, ending: str) -> Path:
    report = reports / f"heron.{ending}"
    report.write_bytes(demo(ending))
    return report


@cache
def demo(ending: str) -> bytes:
    with TemporaryDirectory() as folder:
        report = Path(folder) / f"heron.{ending}"
        assert run("demo", "-o", str(report), home=Path(folder) / "unused").code == 0
        return report.read_bytes()


def heron(home: Path, edition: str = YEAR) -> Sheet:
    return load_sheet(home / "ateliers-du-heron" / f"{edition}.json").sheet


@cache
def demo_answers() -> Mapping[str, object]:
    """What the demo's text says: other formats must say the same."""
    return read_report(real_book(), demo("txt"), "demo.txt").answers


def imported(home: Path, *words: str, stdin: bytes = b"") -> Outcome:
    return run("import", *words, home=home, stdin=stdin)


# What is read


@pytest.mark.parametrize("ending", ["txt", "md", "html"])
def test_our_own_report_comes_back_as_a_sheet_that_tells_it_word_for_word(
    home: Path, reports: Path, ending: str
) -> None:
    told = imported(home, str(write_demo(reports, ending)))
    assert (told.code, told.out) == (0, "")
    assert f"Les Ateliers du Héron, édition {YEAR} : 55 réponses sur 59." in told.err
    assert "  Lien social : 4\n" in told.err
    assert f'impact survey "Les Ateliers du Héron" --edition {YEAR}' in told.err
    sheet = heron(home)
    assert sheet.answers["lieu.commune"] == "Sainte-Aubrée"
    assert sheet.answers.keys() == demo_answers().keys()
    assert not sheet.uncertain
    assert not sheet.unplaced
    before = demo("md").decode().replace("\u00a0", " ").replace("\u202f", " ").splitlines()
    after = run("show", HERON, "--format", "markdown", home=home).out.splitlines()
    chosen = before.index("Dans les mots du lieu :")  # that the venue chose it for the first page is not read back
    told_first = [
        *before[:chosen],
        *before[before.index(next(line for line in before if line.startswith("Notes que"))) :],
    ]
    assert after[: after.index("---")] == told_first[: told_first.index("---")]


def test_published_reports_come_back_and_are_told(home: Path) -> None:
    seeds = {"seed-numeripole.txt": ("Numéripôle", 20), "seed-uto-pic.txt": ("Uto-Pic", 28)}
    if not all((_REFERENCE / name).exists() for name in seeds):
        pytest.skip("the seeds are not in shared/reference beside the repository")
    told = imported(home, *(str(_REFERENCE / name) for name in seeds), "--edition", "2020", "--json")
    assert told.code == 0
    for summary, (venue, least) in zip(json.loads(told.out), seeds.values(), strict=True):
        assert sum(summary["answers"].values()) >= least
        assert venue.casefold() in summary["venue"].casefold()
        shown = run("show", summary["venue"], home=home)
        assert shown.code == 0
        assert "Effets sociaux et urbains" in shown.out


def test_a_report_on_standard_input(home: Path, reports: Path) -> None:
    content = write_demo(reports, "md").read_bytes()
    assert imported(home, "-", stdin=content).code == 0
    assert heron(home).answers.keys() == demo_answers().keys()


def test_venue_and_edition_are_those_that_are_given(home: Path, reports: Path) -> None:
    told = imported(home, str(write_demo(reports, "txt")), "--venue", "La Remise", "--edition", "2019")
    assert told.code == 0
    sheet = load_sheet(home / "remise" / "2019.json").sheet
    assert (sheet.venue, sheet.edition) == ("La Remise", "2019")
    assert list(photograph(home)) == [home / "remise" / "2019.json"]


def test_a_report_without_its_venue_asks_for_it(home: Path) -> None:
    lines = DOUBTFUL.partition("\n")[2].encode()
    told = imported(home, "-", stdin=lines)
    assert told.failed_well
    assert "entrée standard : le nom du lieu n’y est pas" in told.err
    assert "--venue" in told.err
    assert photograph(home) == {}


def test_an_edition_that_is_none_is_refused(home: Path) -> None:
    told = imported(home, "-", "--edition", "../2026", stdin=DOUBTFUL.encode())
    assert told.failed_well
    assert "n’est pas une édition" in told.err
    assert photograph(home) == {}


def test_a_dry_run_says_all_and_stores_nothing(home: Path, reports: Path) -> None:
    told = imported(home, str(write_demo(reports, "txt")), "--dry-run")
    assert told.code == 0
    assert "55 réponses sur 59" in told.err
    assert "Rien n’est enregistré" in told.err
    assert photograph(home) == {}


@pytest.mark.slow
def test_the_summary_as_json(home: Path, reports: Path) -> None:
    files = [str(write_demo(reports, ending)) for ending in ("txt", "md")]
    told = imported(home, *files, "--json", "--dry-run")
    assert (told.code, told.err) == (0, "")
    summaries = json.loads(told.out)
    assert [summary["file"] for summary in summaries] == files
    assert all(summary["venue"] == HERON and summary["edition"] == YEAR for summary in summaries)
    assert all(sum(summary["answers"].values()) == 55 for summary in summaries)
    assert all(summary["unplaced"] == [] and summary["uncertain"] == {} for summary in summaries)


def test_a_line_without_a_place_is_shown_with_its_number_and_kept(home: Path) -> None:
    content = f"Imprimé par nos soins en mars\n\n{DOUBTFUL}"
    told = imported(home, "-", "--edition", "2026", "--json", stdin=content.encode())
    assert json.loads(told.out)[0]["unplaced"] == [{"line": 1, "text": "Imprimé par nos soins en mars"}]
    assert load_sheet(home / "halles" / "2026.json").sheet.unplaced == ("Imprimé par nos soins en mars",)
    told = imported(home, "-", "--edition", "2027", stdin=content.encode())
    assert "ligne 1 : Imprimé par nos soins en mars" in told.err


# A sheet that is there already


@pytest.mark.slow
def test_a_sheet_that_exists_is_never_touched_unless_replaced(home: Path, reports: Path) -> None:
    report = str(write_demo(reports, "txt"))
    given = json.dumps({"lieu.commune": "Massy", "lieu.code_postal": "99120"})
    assert run("survey", HERON, "--edition", YEAR, "--answers", "-", home=home, stdin=given).code == 0
    before = photograph(home)

    told = imported(home, report)
    assert told.failed_well
    assert "lieu.commune : fiche Massy ; rapport Sainte-Aubrée" in told.err
    assert "lieu.code_postal" not in told.err
    assert "--replace" in told.err
    assert "--edition" in told.err
    assert photograph(home) == before

    assert imported(home, report, "--edition", "2019").code == 0
    assert before.items() <= photograph(home).items()
    assert heron(home, "2019").answers["lieu.commune"] == "Sainte-Aubrée"

    assert imported(home, report, "--replace").code == 0
    assert heron(home).answers["lieu.commune"] == "Sainte-Aubrée"


# What is no report


NO_REPORTS = {
    "recette.txt": (RECIPE, NO_REPORT),
    "recette.md": (b"# Une recette\n\n- " + RECIPE, NO_REPORT),
    "recette.html": (b"<html><p>" + RECIPE, NO_REPORT),
    "vide.txt": (b"", NO_REPORT),
    "latin.txt": ("Été à la ferme\n".encode("latin-1"), NO_REPORT),
    "octets.txt": (bytes(range(256)) * 20, NO_TEXT),
    "long.txt": (b"a" * 300_001, "trop long"),
    "lourd.txt": (b"a" * 5_000_001, "dépasse 5 Mo"),
    "faux.pdf": (b"%PDF-1.7\n" + b"x" * 1000, "PDF ne peut pas être lu"),
}


@pytest.mark.slow
def test_what_is_no_report_is_said_in_a_sentence_and_stores_nothing(home: Path, reports: Path) -> None:
    for name, (content, _) in NO_REPORTS.items():
        (reports / name).write_bytes(content)
    told = imported(home, *(str(reports / name) for name in NO_REPORTS))
    assert (told.code, told.out, told.betrays_a_fault) == (1, "", False)
    said = told.err.splitlines()[::2]  # each a sentence, and what to do
    for (name, (_, sentence)), line in zip(NO_REPORTS.items(), said, strict=True):
        assert name in line
        assert sentence in line
    assert photograph(home) == {}


def test_a_report_in_the_letters_of_old_windows(home: Path) -> None:
    assert imported(home, "-", "--edition", "2026", stdin=DOUBTFUL.encode("cp1252")).code == 0
    assert load_sheet(home / "halles" / "2026.json").sheet.answers["lien_social.frequence"] == ("quotidien",)


@pytest.mark.parametrize(("name", "why"), [("nulle-part.txt", "ne peut pas être lu"), (".", "un nom après l’autre")])
def test_a_missing_file_or_a_folder_of_reports(home: Path, reports: Path, name: str, why: str) -> None:
    told = imported(home, str(reports / name))
    assert (told.code, told.betrays_a_fault) == (1, False)
    assert why in told.err
    assert photograph(home) == {}


def test_the_other_files_are_read_despite_one_that_is_no_report(home: Path, reports: Path) -> None:
    (reports / "recette.txt").write_bytes(RECIPE)
    told = imported(home, str(reports / "recette.txt"), str(write_demo(reports, "txt")))
    assert told.code == 1
    assert NO_REPORT in told.err
    assert heron(home).answers.keys() == demo_answers().keys()


def test_a_venue_is_for_one_file(home: Path, reports: Path) -> None:
    told = imported(home, *[str(write_demo(reports, ending)) for ending in ("txt", "md")], "--venue", "La Remise")
    assert told.code == 2
    assert photograph(home) == {}


# PDF


@pytest.mark.slow
def test_our_own_pdf_comes_back(home: Path, reports: Path) -> None:
    for module in ("typst", "pypdfium2"):
        pytest.importorskip(module, reason=f"{module} writes or reads the PDF")
    told = imported(home, str(write_demo(reports, "pdf")))
    assert told.code == 0
    answers = heron(home).answers
    expected = demo_answers()
    assert {key: _flatten(value) for key, value in answers.items()} == {
        key: _flatten(value) for key, value in expected.items()
    }
    assert not heron(home).uncertain


def test_a_pdf_without_its_library_names_what_to_install(
    home: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (reports / "pypdfium2.py").write_text("raise ImportError")
    monkeypatch.syspath_prepend(reports)
    (reports / "rapport.pdf").write_bytes(b"%PDF-1.7\n")
    told = imported(home, str(reports / "rapport.pdf"))
    assert (told.code, told.betrays_a_fault) == (1, False)
    assert "impact-cli[pdf]" in told.err
    assert photograph(home) == {}


def _flatten(value: object) -> object:
    """The value without the places where a page breaks its lines."""
    return " ".join(value.split()) if isinstance(value, str) else value


# The survey afterwards


def test_the_survey_asks_the_uncertain_answers_first(home: Path) -> None:
    assert imported(home, "-", "--edition", "2026", stdin=DOUBTFUL.encode()).code == 0
    sheet = home / "halles" / "2026.json"
    assert list(load_sheet(sheet).sheet.uncertain) == ["capacite_agir.combien"]
    lines = "1\n7\nMassy\npause\n3\n"  # go on, the number (its words were published), the commune, pause
    told = run("survey", "Les Halles", "--edition", "2026", "--plain", home=home, stdin=lines)
    assert told.out.index("Combien de projets") < told.out.index("Dans quelle commune")
    assert "plusieurs nombres" in told.out
    after = load_sheet(sheet).sheet
    assert after.answers["capacite_agir.combien"] == 7
    assert after.answers["lieu.commune"] == "Massy"
    assert not after.uncertain
