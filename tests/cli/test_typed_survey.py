"""The real survey on a real terminal, typed key by key."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli.commands import run
from cli.terminal_session import TerminalSession
from keys import BACK_TAB, CTRL_C, CTRL_D, DOWN, ENTER, ESCAPE, SPACE, TAB, UP, paste
from writing import real_catalogue

from impact_cli.answers.keeping.drafts import load_drafts
from impact_cli.answers.keeping.store import load_sheet
from impact_cli.answers.sheet import Sheet, Status, Value
from impact_cli.answers.values import clean_text
from impact_cli.catalogue.conditions import holds
from impact_cli.catalogue.consistency import find_contradictions
from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Question, Rating, Section, Text

Golden = Callable[[str, str], None]
SIZES = [80, 48]
STORY = "Une voisine [est] venue 🎉 <b>vite</b>, =SOMME(A1).\n\n- Puis son frère.\n" + "Et leurs amis. " * 200


def survey(home: Path, *more: str, columns: int = 80, rows: int = 24, prelude: str = "") -> TerminalSession:
    words = ("survey", "Le Café", "--edition", "2026", *more)
    return TerminalSession(*words, home=home, columns=columns, rows=rows, prelude=prelude)


def sheet_of(home: Path) -> Sheet:
    return load_sheet(home / "cafe" / "2026.json").sheet


HALF_A_SCREEN = """
import time
print("above", flush=True)
end = time.process_time() + 0.1
while time.process_time() < end: pass
print("below", flush=True)
input()
"""


def test_a_screen_that_comes_in_halves_is_read_whole(home: Path) -> None:
    with survey(home, prelude=HALF_A_SCREEN) as session:
        assert "below" in session.until("above").words


@pytest.mark.slow
@pytest.mark.parametrize("columns", SIZES)
def test_the_first_section_and_the_menu_of_ctrl_c_as_they_are_seen(home: Path, golden: Golden, columns: int) -> None:
    with TerminalSession("survey", "--edition", "2026", home=home, columns=columns) as session:
        session.until("Comment s’appelle votre lieu ?", "Ctrl-C sort").type("Le Café", ENTER)
        session.until("Dans quelle commune", "Ctrl-C pause")
        golden(f"screens/survey_first_{columns}.txt", session.text)
        session.type("Massy", ENTER).until("Quel est le code postal", "Ctrl-C pause")
        session.type(ENTER).until("Rien n’est écrit").type("91", CTRL_C)
        session.until("Que voulez-vous faire", "Échap revient")
        golden(f"screens/survey_pause_{columns}.txt", session.text)
        session.type(DOWN, ENTER).until("Quel est le code postal", "> 91").type("300", ENTER)
        session.until("En quelle année", "Ctrl-C pause").type("2016", ENTER)
        session.until("forme juridique", "Ctrl-C pause").type(DOWN, ENTER)
        session.until("temporaire ou durable", "Ctrl-C pause").type(UP, ENTER)
        session.until("Quelle surface", "Ctrl-C pause").type("1200", ENTER)
        session.until("Combien de personnes", "Ctrl-C pause").type("4", ENTER)
        session.until("Combien de bénévoles", "Ctrl-C pause").type("30", ENTER)
        session.until("De quelle période", "Ctrl-C pause").type("l’année 2025", ENTER)
        session.until("Qui a pris part", "Ctrl-C pause")
        golden(f"screens/survey_gain_{columns}.txt", session.text)
        session.type(CTRL_C).until("Que voulez-vous faire").type(CTRL_C)
        assert session.leave() == 130
    assert sheet_of(home).answers["lieu.code_postal"] == "91300"


@pytest.mark.slow
@pytest.mark.parametrize("columns", SIZES)
def test_a_long_list_of_options_as_it_is_seen(home: Path, golden: Golden, columns: int) -> None:
    with survey(home, "--section", "insertion", columns=columns) as session:
        session.until("Pour la formation", "Certificat", "Ctrl-C pause")
        session.type(*[DOWN] * 5, SPACE).until("[x]")
        golden(f"screens/survey_options_{columns}.txt", session.text)


@pytest.mark.slow
@pytest.mark.parametrize("columns", SIZES)
def test_the_review_as_it_is_seen(home: Path, golden: Golden, columns: int) -> None:
    answers = '{"lieu.commune": "Massy", "lieu.periode": "2025", "sante.changements": ["travail"]}'
    run("survey", "Le Café", "--edition", "2026", "--answers", "-", home=home, stdin=answers)
    with survey(home, columns=columns) as session:
        session.until("Que voulez-vous faire", "Ctrl-C sort").type(DOWN, ENTER)
        session.until("Quel est le code postal", "Ctrl-C pause").type(TAB)
        session.until("Que faire de cette question", "Échap revient").type("6", ENTER)
        session.until("Quelle rubrique").type("1", "7", ENTER)
        session.until("Au total", "Ctrl-C pause").type("4", ENTER)
        session.until("Quels mots", "Ctrl-C pause").type("verdure", ENTER)
        session.until("Cochez ce qui peut être publié", "« verdure »", "Ctrl-C pause").type(SPACE, ENTER)
        session.until("Et maintenant", "Ctrl-C sort")
        golden(f"screens/survey_review_{columns}.txt", session.text)


STOPS: list[tuple[str, tuple[str, ...], str]] = [
    ("lieu", ("Mas",), "> Mas"),
    ("lien_social", (DOWN, SPACE), "[x] Voisines"),
    ("cadre_de_vie", (DOWN, DOWN), "» 2. Image changée en moins bien"),
    ("bilan_territoire", ("3",), "» ●●●○○"),
    ("egalite", (DOWN, DOWN, DOWN), "» 3. Moins"),
]


@pytest.mark.slow
@pytest.mark.parametrize("stop", [CTRL_C, CTRL_D], ids=["ctrl-c", "ctrl-d"])
@pytest.mark.parametrize(("section", "strokes", "shown"), STOPS, ids=[section for section, _, _ in STOPS])
def test_a_pause_in_any_kind_of_prompt_comes_back_to_what_stood_there(
    home: Path, section: str, strokes: tuple[str, ...], shown: str, stop: str
) -> None:
    with survey(home, "--section", section) as session:
        session.until("Question 1 sur", "Ctrl-C pause").type(*strokes).until(shown)
        session.type(stop).until("Que voulez-vous faire", "Échap revient").type(DOWN, ENTER)
        session.until("Question 1 sur", shown)
        session.type(stop).until("Que voulez-vous faire", "Échap revient").type(stop)
        assert session.leave() == 130


@pytest.mark.slow
def test_the_menus_of_the_beginning_are_left_by_ctrl_c(home: Path) -> None:
    with TerminalSession("survey", home=home) as session:
        session.until("Comment s’appelle").type(CTRL_C)
        assert session.leave() == 130
    run("survey", "Le Café", "--edition", "2026", "--answers", "-", home=home, stdin='{"lieu.commune": "Massy"}')
    before = (home / "cafe" / "2026.json").read_bytes()
    for words, title in (
        ((), "De quel lieu"),
        (("cafes",), "Est-ce ce lieu"),
        (("Café", "--edition", "2027"), "Comment"),
    ):
        with TerminalSession("survey", *words, home=home) as session:
            session.until(title, "Ctrl-C sort").type(CTRL_D)
            assert session.leave() == 130
    assert (home / "cafe" / "2026.json").read_bytes() == before


@pytest.mark.slow
def test_an_edition_left_without_an_answer_is_named_by_the_command_that_begins_it(home: Path) -> None:
    with survey(home) as session:
        session.until("Dans quelle commune", "Ctrl-C pause").type(CTRL_C).until("Échap revient").type("3", ENTER)
        assert session.leave() == 130
        assert 'impact survey "Le Café" --edition 2026' in session.words


@pytest.mark.slow
def test_going_back_shows_the_answer_and_keeps_what_was_typed_ahead(home: Path) -> None:
    with survey(home) as session:
        session.until("Dans quelle commune", "Ctrl-C pause").type("Massy", ENTER)
        session.until("Quel est le code postal", "Ctrl-C pause").type("91", BACK_TAB)
        session.until("Dans quelle commune", "> Massy").type(ENTER)
        session.until("Quel est le code postal", "> 91").type("300", ENTER)
        session.until("En quelle année")
        assert session.words.count("✓ La commune") == session.words.count("✓ Le code postal") == 1
        session.type(BACK_TAB).until("Quel est le code postal", "> 91300").type(BACK_TAB)
        session.until("Dans quelle commune", "> Massy").type(" Palaiseau", ENTER).until("> 91300", "✓ La commune")
        assert "✓ La commune : Massy Palaiseau" in session.words
        assert session.words.count("✓") == 1
    assert sheet_of(home).answers == {"lieu.commune": "Massy Palaiseau", "lieu.code_postal": "91300"}


WAIT_FOR_A_LINE = """
import select, impact_cli.answers.keeping.store as store
write = store.write_whole
def write_once_a_line_was_typed(*given):
    print("on the disk soon", file=sys.stderr)
    select.select([0], [], [])
    write(*given)
store.write_whole = write_once_a_line_was_typed
"""


@pytest.mark.slow
def test_keys_that_come_before_a_question_is_seen_are_neither_shown_nor_taken(home: Path) -> None:
    with survey(home, prelude=f"import sys\n{WAIT_FOR_A_LINE}\n") as session:
        session.until("Dans quelle commune", "Ctrl-C pause").type("Massy", ENTER)
        session.until("on the disk soon").type("91300", ENTER)
        session.until("Quel est le code postal", "Ctrl-C pause").type("77").until("> 77")
        assert "91300" not in session.received.decode()
    assert sheet_of(home).answers == {"lieu.commune": "Massy"}


@pytest.mark.slow
def test_an_enter_that_comes_too_early_confirms_nothing_of_the_year_before(home: Path) -> None:
    answers = '{"lieu.commune": "Massy", "lieu.code_postal": "91300"}'
    run("survey", "Le Café", "--edition", "2025", "--answers", "-", home=home, stdin=answers)
    with survey(home, prelude=f"import sys\n{WAIT_FOR_A_LINE}\n") as session:
        session.until("Comment commencer", "Ctrl-C sort").type("1", ENTER)
        session.until("Dans quelle commune", "> Massy", "Ctrl-C pause").type(ENTER)
        session.until("on the disk soon").type(ENTER, ENTER)
        session.until("Quel est le code postal", "> 91300", "Ctrl-C pause").type(TAB)  # heard after all before it
        session.until("Que faire de cette question")
        assert sheet_of(home).answers == {"lieu.commune": "Massy"}


@pytest.mark.slow
def test_a_terminal_that_never_replies_is_heard_a_moment_after(home: Path) -> None:
    with survey(home) as session:
        session.screen.write_process_input = lambda _reply: None  # type: ignore[method-assign,assignment]
        session.until("Dans quelle commune", "Ctrl-C pause")
        session.wait_for(lambda: "> M" in session.type("M").words)


@pytest.mark.slow
def test_escape_leaves_a_menu_and_does_nothing_in_a_question(home: Path) -> None:
    with survey(home) as session:
        session.until("Dans quelle commune", "Ctrl-C pause").type("Mas", TAB)
        session.until("Dans quelle commune", "Que faire de cette question", "Échap revient").type(ESCAPE)
        session.until("Dans quelle commune", "> Mas", "Ctrl-C pause").type(ESCAPE).type("sy").until("> Massy")


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_what_was_half_typed_is_offered_after_a_kill(home: Path, end: signal.Signals) -> None:
    with survey(home) as session:
        session.until("Dans quelle commune", "Ctrl-C pause").type("Mas").until("> Mas")
        if end is signal.SIGKILL:
            session.wait_for(lambda: load_drafts(home / "cafe" / "2026.json") == {"lieu.commune": "Mas"})
        os.kill(session.process, end)
        assert session.leave() == (143 if end is signal.SIGTERM else -end)
    with survey(home) as session:
        session.until("Dans quelle commune", "pas encore validé", "> Mas").type("sy", ENTER)
        session.until("Quel est le code postal")
    assert sheet_of(home).answers == {"lieu.commune": "Massy"}
    assert load_drafts(home / "cafe" / "2026.json") == {}


@pytest.mark.slow
def test_what_was_half_typed_when_one_leaves_is_kept_and_said(home: Path) -> None:
    with survey(home) as session:
        session.until("Dans quelle commune", "Ctrl-C pause").type("Mas").until("> Mas").type(CTRL_C)
        session.until("ce que vous aviez commencé est gardé", "Échap revient").type("3", ENTER)
        assert session.leave() == 130
        assert "Ce que vous aviez commencé est gardé" in session.words
    assert load_drafts(home / "cafe" / "2026.json") == {"lieu.commune": "Mas"}


@pytest.mark.slow
def test_a_paste_of_lines_stays_in_its_question(home: Path) -> None:
    with survey(home) as session:
        session.until("Dans quelle commune", "Ctrl-C pause").type(paste("Massy\nÉvry\n"), ENTER)
        session.until("Quel est le code postal", "Ctrl-C pause")
    assert sheet_of(home).answers == {"lieu.commune": "Massy Évry"}


@pytest.mark.slow
def test_a_terminal_of_20_columns_asks_and_keeps(home: Path) -> None:
    with survey(home, "--section", "lien_social", columns=20) as session:
        session.until("Qui avez-vous vu", "Ctrl-C pause").type(SPACE, DOWN, SPACE, ENTER)
        session.until("quelles occasions", "Ctrl-C pause").type(SPACE, ENTER)
        session.until("quelle fréquence", "Ctrl-C pause").type(UP, SPACE, ENTER)
        session.until("pouvez-vous").type("Une fête.", ENTER)
        session.until("publié").type(SPACE, ENTER)
        assert session.leave() == 0
    assert sheet_of(home).answers == {
        "lien_social.publics": ("visiteurs", "voisins"),
        "lien_social.occasions": ("quotidien",),
        "lien_social.frequence": ("ponctuel",),
        "lien_social.exemple": "Une fête.",
    }


@pytest.mark.slow
@pytest.mark.parametrize("columns", SIZES)
def test_a_whole_survey_is_typed_and_kept(home: Path, columns: int) -> None:
    expected: dict[str, Value] = {}
    with survey(home, columns=columns) as session:
        for section in real_catalogue().sections:
            for question in section.questions:
                if question.asked and holds(question.when, section.id, expected):
                    expected[f"{section.id}.{question.id}"] = type_answer(session, question)
            for contradiction in find_contradictions(real_catalogue(), expected):
                if contradiction.section == section.id:
                    session.until(plain(contradiction.ask), "Échap revient").type(ESCAPE)
            if texts := [key for key in list_texts_left(section) if key in expected]:
                session.until("Cochez ce qui peut être publié").type(
                    *(key for _ in texts for key in (UP, SPACE)), ENTER
                )
        session.until("Toutes les questions ont reçu une réponse.", "Et maintenant", "Ctrl-C sort").type("1", ENTER)
        session.until("Votre fiche est terminée.", "Que voulez-vous en faire", "6. C’est tout", "Ctrl-C sort")
        session.type("6", ENTER)
        assert session.leave() == 0
        assert 'impact show "Le Café" --edition 2026' in session.words
    assert sheet_of(home).answers == expected
    assert sheet_of(home).status is Status.FINISHED
    assert sheet_of(home).silences == {}


def type_answer(session: TerminalSession, question: Question) -> Value:
    """Type an answer to a question once it is seen; what the sheet must then hold."""
    asked = plain(question.ask)
    match question:
        case Many(options=options):
            ticked = [option.id for option in options if option.asked and not option.exclusive]
            session.until(asked, "Espace coche", "Ctrl-C pause").type(
                *(key for _ in ticked for key in (SPACE, DOWN)), ENTER
            )
            return tuple(ticked)
        case One(options=options):
            session.until(asked, "Ctrl-C pause").type(DOWN, DOWN, ENTER)
            return options[1].id
        case Rating():
            session.until(asked, "Ctrl-C pause").type("4", ENTER)
            return 4
        case Number():
            session.until(asked, "Ctrl-C pause").type("2016", ENTER)
            return 2016
        case Text(lines=True):
            session.until(asked, "Ctrl-C pause").type(paste(STORY), ENTER)
            return clean_text(STORY)
        case Text():
            session.until(asked, "Ctrl-C pause").type("91300", ENTER)
            return "91300"
        case Keywords():
            session.until(asked, "Ctrl-C pause").type("verdure, #coup de main", ENTER)
            return ("verdure", "coup de main")
        case Grid():
            return dict(type_rows(session, question))


def type_rows(session: TerminalSession, question: Grid) -> Iterator[tuple[str, str]]:
    for rank, row in enumerate(question.rows):
        session.until(plain(question.ask), f"→ {plain(row.label)}", "Ctrl-C pause").type(*[DOWN] * (rank + 1), ENTER)
        yield row.id, question.choices[rank].id


def list_texts_left(section: Section) -> list[str]:
    """The keys of the words about whose publication one is asked after a section: those of a family at its end."""
    family = next(family for family in real_catalogue().families if section in family.sections)
    if section is not family.sections[-1]:
        return []
    questions = [(section.id, question) for section in family.sections for question in section.questions]
    return [f"{name}.{each.id}" for name, each in questions if is_free(each)]


def is_free(question: Question) -> bool:
    """Whether the answer is the venue's own words, that are published by its consent alone."""
    return isinstance(question, Keywords) or (isinstance(question, Text) and not question.public)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
