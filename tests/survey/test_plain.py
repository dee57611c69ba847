import io
import os
import pty
import termios
import threading
from collections.abc import Callable, Sequence

import pytest
from msgspec.structs import replace
from survey.faces import open_plain
from survey.questions import (
    EXAMPLE,
    FREQUENCY,
    FROM_NONE,
    HASHTAGS,
    INTENSITY,
    KINDS,
    LONG_LIST,
    PARITY,
    PEOPLE,
    PUBLICS,
    TOWN,
    step_for,
)

from impact_cli.answers.sheet import Silence
from impact_cli.catalogue.model import Question, Text
from impact_cli.report.blocks import Bullets, Paragraph, Quote
from impact_cli.survey.plain import KEEPS, SKIPS, PlainPrompter
from impact_cli.survey.prompter import Aside, Choice, Draft, Reply, Step, Wish, Worded

MENU = (Choice("on", "Continuer"), Choice("off", "Arrêter là"))


def forget(_draft: Draft) -> None:
    """Keep nothing of what is half typed."""


def ask(step: Step, lines: str) -> tuple[Reply, str]:
    """The reply, and all that was written."""
    output = io.StringIO()
    reply = _ask_and_confirm(open_plain(io.StringIO(lines), output), step)
    return reply, output.getvalue()


def _ask_and_confirm(prompter: PlainPrompter, step: Step) -> Reply:
    reply = prompter.ask(step, forget)
    if not isinstance(reply, Aside | Worded):
        prompter.confirm(step, reply)
    return reply


@pytest.mark.parametrize(
    ("question", "lines", "value"),
    [
        (PUBLICS, "1, 3\n", ("voisins", "benevoles")),
        (PUBLICS, "3 1", ("voisins", "benevoles")),
        (PUBLICS, "1-3\n", ("voisins", "acteurs", "benevoles")),
        (PUBLICS, "3 – 2;\n", ("acteurs", "benevoles")),
        (PUBLICS, "voisins benevoles\n", ("voisins", "benevoles")),
        (PUBLICS, "Bénévoles, Voisins et voisines du quartier\n", ("voisins", "benevoles")),
        (PUBLICS, f"{PUBLICS.options[1].label}\n", ("acteurs",)),
        (PUBLICS, "4\n", ("rien",)),
        (LONG_LIST, "30\n", ("besoin_30",)),
        (FREQUENCY, "2\n", "semaine"),
        (FREQUENCY, "Au quotidien\n", "quotidien"),
        (FREQUENCY, "mois\r\n", "mois"),
        (INTENSITY, "3\n", 3),
        (INTENSITY, "très forte\n", 5),
        (FROM_NONE, "0\n", 0),
        (FROM_NONE, "5\n", 5),
        (FROM_NONE, "aucun effet constaté\n", 0),
        (PEOPLE, " 1 200 \n", 1200),
        (PEOPLE, "0\n", 0),
        (TOWN, "Évry-sur-Œuvre\n", "Évry-sur-Œuvre"),
        (TOWN, "<<\n", "<<"),
        (EXAMPLE, "Une voisine\nest venue.\n\nMassy\n", "Une voisine\nest venue."),
        (EXAMPLE, "Une voisine\nmenu\n!\n\n", "Une voisine\nmenu\n!"),
        (EXAMPLE, "Une voisine", "Une voisine"),
        (HASHTAGS, "#entraide, récup\n", ("entraide", "récup")),
        (PARITY, "2\n", "autant"),
    ],
)
def test_a_line_is_read_as_the_value_of_its_kind(question: Question, lines: str, value: object) -> None:
    assert ask(step_for(question), lines)[0] == value


@pytest.mark.parametrize("question", KINDS, ids=lambda question: question.kind)
@pytest.mark.parametrize(
    ("lines", "wish"),
    [("retour\n", Wish.BACK), (" Menu \n", Wish.OTHER), ("pause\n", Wish.PAUSE), ("", Wish.PAUSE), ("\n", Wish.SKIP)],
)
def test_a_command_alone_on_its_line_is_a_wish(question: Question, lines: str, wish: Wish) -> None:
    assert ask(step_for(question), lines)[0] == Aside(wish)


@pytest.mark.parametrize(
    ("question", "line", "sentence"),
    [
        (PUBLICS, "5", "Il n’y a pas de numéro 5"),
        (PUBLICS, "0", "Il n’y a pas de numéro 0"),
        (PUBLICS, "1-999999", "Il n’y a pas de numéro 999999"),
        (PUBLICS, "9" * 5000, "n’est pas dans la liste, qui va de 1 à"),
        (PUBLICS, ",", "Au moins une option est attendue"),
        (PUBLICS, "1 4", "exclut les autres options"),
        (PUBLICS, "Voisins et voisines du quartie", "Vouliez-vous dire «\u00a0Voisins et voisines du quartier\u00a0»"),
        (FREQUENCY, "souvent", "«\u00a0souvent\u00a0» n’est pas dans la liste"),
        (INTENSITY, "6", "Un nombre de 1 à 5 est attendu"),
        (PEOPLE, "20-30", "Un nombre entier, en chiffres, est attendu"),
        (PEOPLE, "beaucoup", "Un nombre entier, en chiffres, est attendu"),
        (PEOPLE, "environ vingt", "Compris\u00a0: 20"),
        (PEOPLE, "-3", "Un nombre de 0"),
        (PARITY, "3", "Il n’y a pas de numéro 3"),
    ],
)
def test_a_refused_line_is_explained_and_asked_again(question: Question, line: str, sentence: str) -> None:
    reply, written = ask(step_for(question), f"{line}\nmenu\n")
    assert reply == Aside(Wish.OTHER)
    assert sentence in written
    assert written.count(question.ask) == 2


@pytest.mark.parametrize(
    ("question", "line", "value"),
    [
        (PEOPLE, "une vingtaine", 20),
        (replace(PEOPLE, prose="precisions"), "environ 20", Worded(20, "environ 20")),
        (replace(PEOPLE, prose="precisions"), "20-30", Worded(None, "20-30")),
        (replace(PEOPLE, year=True, max=9999), "9000", 9000),
        (replace(TOWN, example="93200"), "Massy", "Massy"),
    ],
)
def test_what_is_odd_is_taken_when_it_comes_twice(question: Question, line: str, value: object) -> None:
    assert ask(step_for(question), f"{line}\nmenu\n")[0] == Aside(Wish.OTHER)
    reply, written = ask(step_for(question), f"{line}\n{line}\n")
    assert reply == value
    assert "Validez encore une fois" in written


def test_hints_and_commands_are_told_on_demand_and_help_is_one_line() -> None:
    written = ask(step_for(PUBLICS), "menu\n")[1]
    assert PUBLICS.hint not in written
    assert len(written.strip().split("\n")) == 2 + len(PUBLICS.options)
    helped = ask(step_for(PUBLICS), "aide\nmenu\n")[1]
    assert PUBLICS.hint in helped
    assert "retour pour la question précédente" in helped


@pytest.mark.parametrize(
    ("question", "draft", "value"),
    [
        (PUBLICS, ("benevoles",), ("benevoles",)),
        (FREQUENCY, "mois", "mois"),
        (INTENSITY, "2", 2),
        (PEOPLE, "12", 12),
        (EXAMPLE, "Une voisine\n\nest venue.", "Une voisine\n\nest venue."),
        (HASHTAGS, ("entraide", "récup"), ("entraide", "récup")),
        (PARITY, "plus", "plus"),
    ],
)
def test_an_empty_line_takes_what_is_proposed(question: Question, draft: Draft, value: object) -> None:
    reply, written = ask(step_for(question, draft=draft), "\n")
    assert reply == value
    assert "Réponse proposée" in written
    assert KEEPS in written


@pytest.mark.parametrize("current", ["Évry", Silence.NOT_KNOWN])
def test_an_empty_line_leaves_the_current_answer_alone(current: object) -> None:
    reply, written = ask(step_for(TOWN, current=current), "\n")
    assert reply == Aside(Wish.SKIP)
    assert "Réponse actuelle" in written
    assert KEEPS in written
    assert SKIPS not in written


def test_a_wish_gives_the_draft_back() -> None:
    assert ask(step_for(TOWN, draft="Év"), "menu\n")[0] == Aside(Wish.OTHER, "Év")


def test_a_whole_conversation_in_lines(golden: Callable[[str, str], None]) -> None:
    output = io.StringIO()
    lines = "1, 3\n2\n4\nbeaucoup\n20\nÉvry\nUne voisine\nest venue.\n\nentraide\n\n2\n"
    prompter = open_plain(io.StringIO(lines), output)
    prompter.show_section(
        "Lien social · rubrique\u00a03\u00a0sur\u00a016",
        ["Encore 20 minutes environ.", "Ce que le lieu change."],
        2,
        16,
    )
    replies = [_ask_and_confirm(prompter, step_for(question)) for question in KINDS]
    prompter.show_report("Votre rapport dira\u00a0:", (Paragraph("Entre\u00a0:"), Bullets(("voisins",)), Quote("Oui.")))
    prompter.choose("Et maintenant\u202f?", MENU)
    assert replies[-1] == Aside(Wish.SKIP)
    golden("screens/plain.txt", output.getvalue())


def test_nothing_is_redrawn_or_coloured_and_hostile_words_are_not_obeyed() -> None:
    hostile = "\x1b]0;pris\x07 \u202eéver \x00 \ud800 [bold]"
    reply, written = ask(step_for(TOWN), f"{hostile}\n")
    assert isinstance(reply, str)
    assert "\x1b]0;pris\x07" in reply
    assert "\ufffd]0;pris\ufffd \ufffdéver \ufffd \ufffd [bold]" in written
    assert all(character.isprintable() or character in "\n\u00a0\u202f" for character in written)


def test_a_line_of_one_million_letters_is_taken_whole() -> None:
    question = Text(id="t", ask="Quoi\u202f?", topic="quoi", max_length=1_000_000)
    reply, written = ask(step_for(question), "é" * 1_000_000 + "\n")
    assert reply == "é" * 1_000_000
    assert len(written) < 1000


def test_bytes_that_are_no_text_stop_nothing() -> None:
    source = io.TextIOWrapper(io.BytesIO(b"\xc9vry\n"), encoding="utf-8")
    output = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    assert open_plain(source, output).ask(step_for(TOWN), forget) == "\ufffdvry"


@pytest.mark.parametrize(("lines", "key"), [("2\n", "off"), ("Arrêter là\n", "off"), ("\n3\n1\n", "on"), ("", None)])
def test_a_menu_is_chosen_from_by_number_or_label(lines: str, key: str | None) -> None:
    assert open_plain(io.StringIO(lines), io.StringIO()).choose("Et maintenant\u202f?", MENU) == key


@pytest.mark.parametrize(
    ("lines", "draft", "line"),
    [(" La  Fabrique \n", "", "La Fabrique"), ("\n", "Le Lieu", "Le Lieu"), ("\n", "", ""), ("", "Le Lieu", None)],
)
def test_one_line_of_words(lines: str, draft: str, line: str | None) -> None:
    assert open_plain(io.StringIO(lines), io.StringIO()).ask_line("Le nom du lieu\u202f?", draft) == line


class _Interrupted(io.StringIO):
    """Lines, then Ctrl-C."""

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # typeshed says bytes
        line = super().readline(-1 if size is None else size)
        if not line:
            raise KeyboardInterrupt
        return line


@pytest.mark.parametrize(
    ("question", "lines", "draft"), [(PUBLICS, "", None), (EXAMPLE, "Une voisine\nest", "Une voisine\nest")]
)
def test_ctrl_c_is_a_pause_that_keeps_the_lines_typed(question: Question, lines: str, draft: Draft | None) -> None:
    prompter = open_plain(_Interrupted(lines), output := io.StringIO())
    assert prompter.ask(step_for(question), forget) == Aside(Wish.PAUSE, draft)
    assert ("n’est pas gardée" in output.getvalue()) is (draft is None)
    assert prompter.choose("Et maintenant\u202f?", MENU) is None


def _ask_on_terminal(pasted: str, questions: Sequence[Question]) -> list[Reply]:
    """The replies when the text is pasted as soon as the first question waits, and "Cachan" typed at the second."""
    ours, theirs = pty.openpty()
    typed = iter((pasted, "Cachan\n"))

    class Output(io.StringIO):
        def write(self, text: str, /) -> int:
            if text == "> ":
                os.write(ours, next(typed).encode())
            return super().write(text)

    with open(theirs, encoding="utf-8") as source:  # noqa: PTH123 — it has no path
        replies = [open_plain(source, Output()).ask(step_for(question), forget) for question in questions]
    os.close(ours)
    return replies


def test_a_paste_with_blank_lines_stays_whole_on_a_terminal() -> None:
    pasted = "Une voisine\n\nest venue.\n\n"
    assert _ask_on_terminal(pasted, (EXAMPLE, TOWN)) == ["Une voisine\n\nest venue.", "Cachan"]


def test_the_rest_of_a_paste_never_answers_the_next_question() -> None:
    assert _ask_on_terminal("Évry\nMassy\n", (TOWN, TOWN)) == ["Évry", "Cachan"]


@pytest.mark.parametrize("question", [replace(TOWN, max_length=20_000), EXAMPLE], ids=lambda question: question.id)
def test_a_line_that_the_terminal_cuts_is_refused_loudly(question: Question) -> None:
    ours, theirs = pty.openpty()
    reader = threading.Thread(target=os.write, args=(ours, b"a" * 4500 + b"\n"))
    written = io.StringIO()

    class Output(io.StringIO):
        def write(self, text: str, /) -> int:
            if text == "> ":
                if not reader.ident:
                    reader.start()
                elif "trop longue" in written.getvalue():
                    os.write(ours, b"Massy\n\n")
            return written.write(text)

    attributes = termios.tcgetattr(theirs)
    termios.tcsetattr(theirs, termios.TCSANOW, [*attributes[:3], attributes[3] & ~termios.ECHO, *attributes[4:]])
    with open(theirs, encoding="utf-8") as source:  # noqa: PTH123 — it has no path
        assert open_plain(source, Output()).ask(step_for(question), forget) == "Massy"
    reader.join()
    os.close(ours)


def test_lines_are_cut_between_words_on_a_terminal() -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 48))
    written = b""
    with open(theirs, "w", encoding="utf-8") as output:  # noqa: PTH123 — it has no path
        open_plain(io.StringIO("2\n"), output).ask(step_for(PUBLICS), forget)
        output.write("\0")
        output.flush()
        while not written.endswith(b"\0"):
            written += os.read(ours, 65_536)
    os.close(ours)
    lines = written.decode().rstrip("\0").split("\r\n")
    assert all(len(line) <= 48 for line in lines)
    assert PUBLICS.options[1].label in " ".join(lines)


def test_a_word_ticks_all_the_texts_that_go_together() -> None:
    output = io.StringIO()
    several: Choice[Sequence[str]] = Choice(("on", "off"), "Tous ces textes")
    assert open_plain(io.StringIO("tout\n"), output).tick("Que publier\u202f?", MENU, (), several) == ("on", "off")
    assert "tout coche tous ces textes" in output.getvalue()
