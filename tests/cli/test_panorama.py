"""impact panorama: from folders, files and archives to one report, with every file that is no sheet named."""

import json
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cli.commands import Outcome, photograph, run
from cli.test_show import read_file
from writing import NOW, new_sheet, real_catalogue

from impact_cli.answers.sheet import CatalogueStamp, Sheet, Status
from impact_cli.answers.sheet_file import encode_sheet
from impact_cli.cli.parts.collecting import telling_progress
from impact_cli.cli.parts.formats import FORMATS


def finished(venue: str, answer: str = "mieux", edition: str = "2026", status: Status = Status.FINISHED) -> Sheet:
    sheet = new_sheet(real_catalogue(), {"cadre_de_vie.image": answer}, venue=venue)
    return replace(sheet, edition=edition, status=status)


def put(path: Path, sheet: Sheet) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode_sheet(sheet))
    return path


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """Seven venues, one of which has a draft alone."""
    folder = tmp_path / "fiches"
    for rank in range(6):
        put(folder / f"lieu-{rank}" / "2026.json", finished(f"Lieu {rank}"))
    put(folder / "brouillon" / "2026.json", finished("Brouillon", status=Status.IN_PROGRESS))
    return folder


def tell(*words: str, home: Path) -> Outcome:
    return run("panorama", *words, "--format", "text", home=home)


def test_ones_own_home_is_told_unless_others_are_named(network: Path, home: Path) -> None:
    for told in (tell(home=network), tell(str(network), home=home), tell("--home", str(network), home=home)):
        assert told.code == 0
        assert told.out.startswith("Effets sociaux et urbains de 6 lieux\n")
        assert "1 autre lieu n’a qu’une fiche en cours, qui n’est pas comptée." in told.out
        assert "Image changée en mieux" in told.out
        assert told.err == ""


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_holds_words_without_consent_or_takes_a_name_for_markup(
    form: str, home: Path, tmp_path: Path
) -> None:
    for rank in range(7):
        answers = {"cadre_de_vie.image": "mieux", "cadre_de_vie.exemple": "Parole gardée." if rank else "Parole dite."}
        venue = f"<b>*Lieu*</b> [{rank}](http://x) =1+1"
        sheet = new_sheet(real_catalogue(), answers, venue=venue, consent=not rank)
        put(tmp_path / f"{rank}.json", replace(sheet, status=Status.FINISHED))
    written = tmp_path / f"panorama{FORMATS[form][0]}"
    told = run("panorama", str(tmp_path), "--names", "--format", form, "-o", str(written), home=home)
    assert told.code == 0, told.err
    text = read_file(written)
    assert "Parole dite" in text
    assert "gardée" not in text
    assert form != "html" or "<b>*Lieu" not in text
    assert form != "markdown" or re.search(r"(?<!\\)[*\[<]Lieu", text) is None


def test_what_is_no_sheet_is_named_once_for_each_reason(network: Path, home: Path) -> None:
    whole = tell(str(network), home=home).out
    (network / "autre.json").write_text("{}")
    (network / "coupe.json").write_bytes(encode_sheet(finished("Coupé"))[:150])
    (network / "demain.json").write_text(json.dumps(json.loads(encode_sheet(finished("Demain"))) | {"format": 9}))
    (network / "boucle").symlink_to(network)
    put(network / "z-double.json", finished("lieu 3"))
    put(network / "etranger.json", replace(finished("Loin"), catalogue=_foreign(), answers={"a.b": "c"}))
    for rank in range(9):
        (network / f"photo-{rank}.jpg").write_text("image")
    told = tell(str(network), home=home)
    assert told.out == whole
    assert told.code == 0
    lines = [line for line in told.err.splitlines() if line.startswith("Laissé de côté, ")]
    assert len(lines) == 6
    assert {*told.err.splitlines()} - {*lines} == {
        "Si deux lieux ont le même nom, ajoutez-y leur commune : impact rename."
    }
    assert "et 5 autres" in told.err
    assert "z-double.json (lieu 3, 2026)" in told.err


def _foreign() -> CatalogueStamp:
    return replace(finished("x").catalogue, id="recherche")


def test_the_latest_finished_edition_counts_wherever_it_lies(network: Path, home: Path, tmp_path: Path) -> None:
    for rank in range(6):
        put(network / f"lieu-{rank}" / "2025.json", finished(f"Lieu {rank}", "moins", "2025"))
        put(network / f"lieu-{rank}" / "2027.json", finished(f"Lieu {rank}", "moins", "2027", Status.IN_PROGRESS))
    assert "6 lieux sur 6" in tell(str(network), home=home).out.partition("Image changée en mieux")[2]
    later = tmp_path / "avant"  # before "fiches", so that what comes first is not the latest
    for rank in range(6):
        put(later / f"{rank}.json", finished(f"lieu {rank}", "inchangee", "2024"))
    assert "Image changée en mieux" in tell(str(later), str(network), home=home).out
    told = tell(str(later), str(network), "--edition", "2025", home=home)
    assert "de l’édition 2025" in told.out
    assert "Image changée en moins bien" in told.out


def test_the_same_sheets_in_an_archive_give_the_same_bytes(network: Path, home: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "lot.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(network.rglob("*.json"), reverse=True):
            archive.write(path, str(path.relative_to(network)))
    before = photograph(tmp_path)
    assert tell(str(tmp_path / "lot.zip"), home=home).out == tell(str(network), home=home).out
    assert photograph(tmp_path) == before


def test_too_few_venues_are_told_of_nowhere(network: Path, home: Path) -> None:
    shutil.rmtree(network / "lieu-0")
    shutil.rmtree(network / "lieu-1")
    told = tell(str(network), home=home)
    assert told.failed_well
    assert "4 lieux seulement (1 en cours)" in told.err
    assert tell(str(network), "--least", "1", home=home).code == 0
    nobody = tell(str(network / "nulle-part"), "--least", "1", home=home)
    assert "Aucune fiche terminée : il n’y a rien à raconter." in nobody.err
    assert nobody.failed_well
    assert "introuvable" in nobody.err


def test_names_stand_only_where_they_are_asked_for(network: Path, home: Path) -> None:
    assert "Lieu 4" not in tell(str(network), home=home).out
    assert "Ce sont Lieu 0, Lieu 1, Lieu 2, Lieu 3, Lieu 4 et Lieu 5." in tell(
        str(network), "--names", home=home
    ).out.replace("\n", " ")


def test_of_two_dates_of_one_year_the_later_counts(home: Path, tmp_path: Path) -> None:
    for rank in range(5):
        first = finished(f"Lieu {rank}", "moins", "2026-equipe")
        put(tmp_path / "f" / f"{rank}-a.json", replace(first, changed=NOW + timedelta(days=3)))
        put(tmp_path / "f" / f"{rank}-b.json", finished(f"Lieu {rank}", "mieux", "2026-habitants"))
    assert "Image changée en moins bien" in tell(str(tmp_path / "f"), home=home).out


def test_what_draws_voices_together_counts_and_not_one_that_is_changed_later(home: Path, tmp_path: Path) -> None:
    for rank in range(5):
        put(tmp_path / "f" / f"{rank}-a.json", replace(finished(f"Lieu {rank}"), voices=("2026-equipe",)))
        voice = finished(f"Lieu {rank}", "moins", "2026-equipe")
        put(tmp_path / "f" / f"{rank}-b.json", replace(voice, changed=NOW + timedelta(days=3)))
    assert "Image changée en mieux" in tell(str(tmp_path / "f"), home=home).out


@pytest.mark.parametrize("least", ["0", "-3"])
def test_less_than_one_venue_is_refused_in_french(network: Path, home: Path, least: str) -> None:
    told = tell(str(network), "--least", least, home=home)
    assert told.code == 2
    assert "--least attend un nombre de lieux, 1 ou plus." in told.err
    assert "x>=" not in tell("--help", home=home).out


def test_who_interrupts_the_reading_is_told_that_nothing_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(KeyboardInterrupt), telling_progress():
        raise KeyboardInterrupt
    assert capsys.readouterr().err == "Lecture interrompue\u00a0: rien n’est enregistré.\n"
