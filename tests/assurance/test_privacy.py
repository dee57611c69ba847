"""What is kept is its owner's alone, goes nowhere, and is published only where the venue said so."""

import os
import shutil
import socket
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from assurance.conversation import CONVERSATION, EDITION, VENUE, Place, answer
from assurance.terminals import IMPACT, Terminal
from keys import DOWN, ENTER, SPACE
from writing import NOW, new_sheet, real_catalogue

from impact_cli.answers.consent import find_personal, find_unasked, find_withheld
from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.sheet import Value
from impact_cli.render.text import render_text
from impact_cli.report.build import Audience, build_report

KEY, OTHER, FACT = "lien_social.exemple", "sante.exemple", "lieu.commune"
STORY = "Une voisine raconte sa vie"


def tell(audience: Audience, **consent: bool) -> str:
    answers: dict[str, Value] = {KEY: STORY, OTHER: "Un autre récit", FACT: "Massy"}
    sheet = new_sheet(real_catalogue(), answers, consent=False)
    for key, may in consent.items():
        sheet = sheet.with_consent(key.replace("__", "."), publish=may)
    return render_text(build_report(real_catalogue(), sheet, date(2026, 3, 1), "1", audience))


def test_a_public_report_leaves_out_what_nobody_consented_to_and_speaks_of_what_it_quotes() -> None:
    told = tell(Audience.PUBLIC)
    assert STORY not in told
    assert "Massy" in told
    said = "Les textes cités sont ceux que le lieu a choisi de publier."
    assert said not in told
    assert said in tell(Audience.PUBLIC, lien_social__exemple=True)
    assert STORY in tell(Audience.SCREEN)


@pytest.mark.parametrize("may", [True, False])
def test_a_public_report_follows_what_the_venue_said(may: bool) -> None:
    assert (STORY in tell(Audience.PUBLIC, lien_social__exemple=may)) == may


def test_words_that_change_are_asked_about_again() -> None:
    sheet = new_sheet(real_catalogue(), {KEY: STORY}).with_consent(KEY, publish=True)
    assert find_withheld(real_catalogue(), sheet) == frozenset()
    assert KEY in find_withheld(real_catalogue(), sheet.with_answer(KEY, "Autre chose", NOW))
    assert find_withheld(real_catalogue(), sheet.with_answer(KEY, STORY, NOW)) == frozenset()


def test_facts_meant_to_be_printed_are_not_asked_about() -> None:
    sheet = new_sheet(real_catalogue(), {FACT: "Massy", KEY: STORY}, consent=False)
    assert list(find_unasked(real_catalogue(), sheet)) == [KEY]


@pytest.mark.parametrize(
    ("text", "seems"),
    [
        ("Écrivez à accueil@lieu.fr", ("une adresse électronique",)),
        ("Le numéro est le 06 12 34 56 78.", ("un numéro de téléphone",)),
        ("+33 6 12 34 56 78", ("un numéro de téléphone",)),
        ("0612345678", ("un numéro de téléphone",)),
        ("Mme Untel est passée", ("un nom de personne",)),
        ("C’est Jeanne Untel qui anime", ("un nom de personne",)),
        ("M. Untel, untel@lieu.fr", ("un nom de personne", "une adresse électronique")),
        ("Une voisine est venue avec une idée.", ()),
        ("Les Halles ont changé", ()),
        ("Depuis 2016, 1 200 personnes et 35 000 euros", ()),
        ("Les ateliers de La Remise plaisent", ()),
        ("Le Petit Marché du samedi", ()),
    ],
)  # fmt: skip
def test_what_seems_to_name_or_reach_somebody_is_noticed(text: str, seems: tuple[str, ...]) -> None:
    assert find_personal(text, "La Remise") == seems


def test_files_and_folders_are_their_owner_s_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        stored = Stored(tmp_path / "a" / "b" / "2026.json", new_sheet(real_catalogue()), digest="")
        for text in ("un", "deux"):
            stored = save_sheet(replace(stored, sheet=stored.sheet.with_answer(KEY, text, NOW)))
    finally:
        os.umask(before)
    for folder in (tmp_path / "a", tmp_path / "a" / "b"):
        assert folder.stat().st_mode & 0o777 == 0o700
        files = [path for path in folder.iterdir() if path.is_file()]
        assert [path.stat().st_mode & 0o777 for path in files] == [0o600] * len(files)
    assert len(list((tmp_path / "a" / "b").iterdir())) == 2


@pytest.mark.slow
def test_every_file_of_a_whole_survey_is_its_owner_s_alone(place: Place) -> None:
    terminal = Terminal(("sh", "-c", 'umask 0; exec "$@"', "sh", *place.command), place.environ)
    answer(terminal, *CONVERSATION)
    assert terminal.leave() == 0
    everything = [place.home, *place.home.rglob("*")]
    assert len(everything) > 3
    for path in everything:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.slow
def test_the_survey_asks_once_a_text_and_the_careful_choice_comes_first(place: Place) -> None:
    terminal = place.begin(2)
    terminal.type("Mme Untel", ENTER)
    terminal.wait_for("peut-être un nom de personne")
    terminal.type(ENTER)
    terminal.wait_for("Rien n’est coché")
    terminal.type(ENTER)
    terminal.wait_for("Combien de personnes")
    terminal.end()
    (given,) = load_sheet(place.sheet_path).sheet.consent.values()
    assert not given.publish
    questions = ("--questions", str(place.questions))
    assert "Mme Untel" not in place.run("show", VENUE, *questions).stdout.replace("\u00a0", " ")
    assert "Mme Untel" in place.run("show", VENUE, *questions, "--internal").stdout.replace("\u00a0", " ")
    again = place.open()
    again.wait_for("Que voulez-vous faire")
    again.type(DOWN, DOWN, ENTER)
    again.wait_for("Quelle rubrique")
    again.type(DOWN, ENTER)
    for prompt in ("Qui se rencontre", "À quel rythme"):
        again.wait_for(prompt)
        again.type(ENTER)
    again.wait_for("Un exemple")
    again.type(ENTER)
    again.wait_for("Cochez ce qui peut être publié")
    again.type(SPACE, ENTER)
    assert again.leave() == 0
    assert load_sheet(place.sheet_path).sheet.may_publish("lien.exemple")


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [("survey", VENUE, "--edition", EDITION, "--plain"), ("show", VENUE), ("list",), ("demo",), ("history", VENUE)],
    ids=lambda words: words[0],
)
def test_no_command_opens_a_socket(place: Place, words: tuple[str, ...]) -> None:
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    save_sheet(Stored(place.sheet_path, new_sheet(real_catalogue(), {KEY: STORY}, venue=VENUE), digest=""))
    log = place.home.parent / "calls"
    traced = ("strace", "-f", "-qq", "-o", str(log), "-e", "trace=socket,connect,sendto,socketpair")
    subprocess.run((*traced, *IMPACT, *words), env=place.environ, input="", capture_output=True, text=True, check=False)
    calls = [line for line in log.read_text().splitlines() if "socket(" in line or "connect(" in line]
    assert [line for line in calls if "AF_INET" in line or "AF_NETLINK" in line] == []


@pytest.mark.slow
def test_everything_works_without_a_network(place: Place) -> None:
    if subprocess.run(("unshare", "-rn", "true"), check=False, capture_output=True).returncode:
        pytest.skip("no namespace without a network")
    terminal = place.open("unshare", "-rn")
    answer(terminal, *CONVERSATION)
    assert terminal.leave() == 0
    for form in ("text", "html", "pdf", "docx", "markdown", "json"):
        output = place.home.parent / f"rapport.{form}"
        words = ("show", VENUE, "--questions", str(place.questions), "--format", form, "-o", str(output))
        ran = subprocess.run(
            ("unshare", "-rn", *IMPACT, *words), env=place.environ, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        assert output.stat().st_size


def test_importing_everything_opens_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert STORY in tell(Audience.SCREEN)
