from collections.abc import Callable, Sequence

import pytest
from keys import (
    ALT_ENTER,
    BACK_TAB,
    BACKSPACE,
    CTRL_C,
    CTRL_D,
    CTRL_J,
    DOWN,
    END,
    ENTER,
    HOME,
    LEFT,
    PAGE_DOWN,
    PAGE_UP,
    SPACE,
    TAB,
    UP,
    paste,
)
from msgspec.structs import replace
from prompt_toolkit.application import create_app_session
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
from survey.typist import typing

from impact_cli.answers.sheet import Silence
from impact_cli.catalogue.model import Option, Question, Text
from impact_cli.report.blocks import Bullets, Heading, Paragraph, Quote
from impact_cli.survey.prompter import Aside, Choice, Draft, Reply, Step, Wish, Worded
from impact_cli.survey.terminal.screen import Screen
from impact_cli.survey.terminal.word_field import WordField
from impact_cli.typography import wrap

Golden = Callable[[str, str], None]
HOSTILE = "\x1b]0;pris\x07 \u202eéver \x00 [bold] :warning: \ud800"
MENU = (Choice("on", "Continuer"), Choice("off", "Arrêter là"))


def ask(step: Step, *strokes: str, columns: int = 80) -> Reply:
    with typing(*strokes, columns=columns) as typist:
        return typist.ask(step)


def look(step: Step, *strokes: str, columns: int = 80, rows: int = 24) -> str:
    """The screen once the strokes are typed, the question still open."""
    with typing(*strokes, columns=columns, rows=rows) as typist:
        with pytest.raises(EOFError):
            typist.ask(step)
        return typist.shown


@pytest.mark.parametrize(
    ("question", "strokes", "value"),
    [
        (PUBLICS, (SPACE, DOWN, DOWN, SPACE, ENTER), ("voisins", "benevoles")),
        (FREQUENCY, (DOWN, DOWN, ENTER), "semaine"),
        (FREQUENCY, (UP, ENTER), "mois"),
        (INTENSITY, (DOWN, DOWN, DOWN, ENTER), 3),
        (FROM_NONE, ("4", ENTER), 4),
        (FROM_NONE, ("4", "0", ENTER), 0),
        (PEOPLE, ("1 200", ENTER), 1200),
        (PEOPLE, ("0", ENTER), 0),
        (TOWN, ("Évry-sur-Œuvre", ENTER), "Évry-sur-Œuvre"),
        (EXAMPLE, ("Une voisine", CTRL_J, "est venue.", ENTER), "Une voisine\nest venue."),
        (HASHTAGS, ("#entraide, récup", ENTER), ("entraide", "récup")),
        (PARITY, (DOWN, DOWN, ENTER), "autant"),
    ],
)
def test_each_kind_is_answered_with_its_value(question: Question, strokes: tuple[str, ...], value: object) -> None:
    assert ask(step_for(question), *strokes) == value


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stroke", "wish"),
    [(BACK_TAB, Wish.BACK), (TAB, Wish.OTHER), (CTRL_C, Wish.PAUSE), (CTRL_D, Wish.PAUSE)],
)
@pytest.mark.parametrize(
    ("question", "strokes", "draft"),
    [
        (PUBLICS, (DOWN, SPACE), ("acteurs",)),
        (FREQUENCY, (DOWN, DOWN), "semaine"),
        (INTENSITY, (DOWN, DOWN), "2"),
        (PEOPLE, ("1",), "1"),
        (TOWN, ("Évr",), "Évr"),
        (EXAMPLE, ("Une voisine", CTRL_J, "est"), "Une voisine\nest"),
        (HASHTAGS, ("entraide, ",), "entraide, "),
        (PARITY, (DOWN, DOWN), "autant"),
    ],
)
def test_leaving_any_prompt_keeps_what_stood_in_it(
    question: Question, strokes: tuple[str, ...], draft: Draft, stroke: str, wish: Wish
) -> None:
    left = ask(step_for(question), *strokes, stroke)
    assert left == Aside(wish, draft)
    assert ask(step_for(question, draft=draft), stroke) == left


@pytest.mark.parametrize("question", KINDS, ids=lambda question: question.kind)
def test_a_keyboard_that_closes_ends_the_prompt(question: Question) -> None:
    with pytest.raises(EOFError):
        ask(step_for(question))


@pytest.mark.parametrize(
    ("question", "current"),
    [
        (PUBLICS, ("voisins", "benevoles")),
        (FREQUENCY, "semaine"),
        (INTENSITY, 4),
        (PEOPLE, 12),
        (TOWN, "Évry"),
        (EXAMPLE, "Une voisine\n\nest venue."),
        (HASHTAGS, ("entraide", "récup")),
        (PARITY, "autant"),
    ],
)
def test_enter_alone_confirms_the_current_answer(question: Question, current: object) -> None:
    assert ask(step_for(question, current=current), ENTER) == current


def test_a_draft_stands_in_the_field_before_the_current_answer() -> None:
    assert ask(step_for(TOWN, current="Évry", draft="Massy"), ENTER) == "Massy"


@pytest.mark.parametrize("question", [PEOPLE, TOWN, EXAMPLE, HASHTAGS], ids=lambda question: question.kind)
def test_enter_in_an_empty_field_of_words_says_so_and_skips_when_it_comes_again(question: Question) -> None:
    assert "Rien n’est écrit" in look(step_for(question), ENTER)
    assert "Rien n’est écrit" in look(step_for(question), ENTER, "x", BACKSPACE, ENTER)
    assert ask(step_for(question), ENTER, ENTER) == Aside(Wish.SKIP)
    assert ask(step_for(question, current=Silence.NOT_KNOWN), ENTER, ENTER) == Aside(Wish.SKIP)


@pytest.mark.parametrize("question", [FREQUENCY, INTENSITY, PARITY], ids=lambda question: question.kind)
def test_enter_chooses_nothing_until_somebody_points(question: Question) -> None:
    screen = look(step_for(question), ENTER)
    assert "»" not in screen
    assert "Rien n’est choisi. Entrée encore une fois" in screen
    assert ask(step_for(question), ENTER, ENTER) == Aside(Wish.SKIP)


def test_enter_in_a_menu_chooses_nothing_until_somebody_points() -> None:
    with typing(ENTER, ENTER, DOWN, ENTER) as typist:
        assert typist.prompter.choose("Et maintenant\u202f?", MENU) == "on"


def test_the_answer_of_an_earlier_edition_is_confirmed_by_enter() -> None:
    assert ask(step_for(FREQUENCY, proposed="mois"), ENTER) == "mois"
    assert ask(step_for(PUBLICS, proposed=("benevoles",)), ENTER) == ("benevoles",)
    assert ask(step_for(PEOPLE, proposed="14"), ENTER) == 14


@pytest.mark.parametrize("standing", [{"proposed": "14"}, {"current": 14}])
def test_the_first_digit_takes_the_place_of_a_number_that_stands_there(standing: dict[str, object]) -> None:
    assert ask(step_for(PEOPLE, **standing), "2", "0", ENTER) == 20
    assert ask(step_for(PEOPLE, **standing), paste("20"), ENTER) == 20
    assert ask(step_for(PEOPLE, **standing), BACKSPACE, "5", ENTER) == 15
    assert ask(step_for(PEOPLE, **standing), LEFT, "0", ENTER) == 104
    assert ask(step_for(PEOPLE, draft="14"), "2", ENTER) == 142


def test_keys_of_a_keypad_are_the_keys_they_bear() -> None:
    one, two, enter = "\x1bOq", "\x1bOr", "\x1bOM"
    assert ask(step_for(PEOPLE), one, two, enter) == 12
    assert ask(step_for(INTENSITY), two, enter) == 2


def test_home_end_and_page_keys_move_in_a_list() -> None:
    pointed = [ask(step_for(LONG_LIST), *strokes, SPACE, ENTER) for strokes in ([END], [END, HOME], [PAGE_DOWN])]
    assert pointed == [("besoin_30",), ("besoin_1",), ("besoin_9",)]
    assert ask(step_for(LONG_LIST), END, PAGE_UP, SPACE, ENTER) == ("besoin_22",)


@pytest.mark.parametrize("between", [(DOWN, DOWN), (UP, DOWN), ("x",), (SPACE,)])
def test_digits_make_one_number_only_when_nothing_comes_between(between: tuple[str, ...]) -> None:
    menu = [Choice(str(number), f"Rubrique {number}") for number in range(1, 17)]
    with typing("1", *between, "2", ENTER) as typist:
        assert typist.prompter.choose("Où aller\u202f?", menu) == "2"


def test_an_emptied_field_never_erases_an_answer() -> None:
    screen = look(step_for(TOWN, current="Évr"), BACKSPACE, BACKSPACE, BACKSPACE, ENTER, columns=120)
    assert "Votre réponse d’avant est gardée" in screen


def test_nothing_ticked_is_no_answer_and_says_how_to_tick() -> None:
    assert "Rien n’est coché" in look(step_for(PUBLICS), ENTER)
    assert "Rien n’est coché" not in look(step_for(PUBLICS), ENTER, SPACE)
    assert ask(step_for(PUBLICS), ENTER, ENTER) == Aside(Wish.SKIP)
    assert ask(step_for(PUBLICS), ENTER, SPACE, ENTER) == ("voisins",)


def test_a_refused_answer_stays_in_the_field_to_be_mended() -> None:
    screen = look(step_for(PEOPLE), "12x", ENTER)
    assert "> 12x" in screen
    assert "Un nombre entier, en chiffres, est attendu" in screen
    assert ask(step_for(PEOPLE), "12x", ENTER, BACKSPACE, ENTER) == 12


def test_an_exclusive_option_unticks_the_others_at_once() -> None:
    screen = look(step_for(PUBLICS), SPACE, DOWN, SPACE, UP, UP, SPACE)
    assert screen.count("[x]") == 1
    assert "[x] Aucune rencontre" in screen


def test_another_option_unticks_the_exclusive_one_at_once() -> None:
    screen = look(step_for(PUBLICS, draft=("rien",)), SPACE)
    assert screen.count("[x]") == 1
    assert "[x] Voisins" in screen


def test_letters_tick_nothing() -> None:
    assert "[x]" not in look(step_for(PUBLICS), "a", "i", "j", "q")


@pytest.mark.parametrize(
    ("strokes", "pointed"), [("b", 2), ("bb", 2), ("v", 0), ("Vv", 0), ("z", 0), ("a", 1), ("aa", 3), ("ba", 3)]
)
def test_a_letter_points_at_the_next_option_that_begins_with_it(strokes: str, pointed: int) -> None:
    reply = ask(step_for(PUBLICS), *strokes, SPACE, ENTER)
    assert reply == (PUBLICS.options[pointed].id,)


def test_a_letter_that_begins_no_option_chooses_nothing() -> None:
    assert "Rien n’est choisi" in look(step_for(FREQUENCY), "z", ENTER)


def test_control_q_and_search_keys_leave_a_field_of_words_alone() -> None:
    assert ask(step_for(TOWN), "Évry", "\x11", "\x12", "\x13", "\x0f", "\x1b\r", ENTER) == "Évry"


@pytest.mark.parametrize("letter", [*"aebdfuclty<"])
def test_escape_takes_no_letter_that_comes_soon_after(letter: str) -> None:
    assert ask(step_for(TOWN), "Évry", f"\x1b{letter}", ENTER) == f"Évry{letter}"
    with typing(f"\x1b{letter}") as typist:
        assert typist.prompter.choose("Et maintenant ?", MENU, escape="out") == "out"


def test_what_a_terminal_replies_is_no_key() -> None:
    assert ask(step_for(TOWN), "Ma", "\x1b[12;1R", "ssy", ENTER) == "Massy"


@pytest.mark.parametrize("text", ["un\ndeux", "un\r\ndeux", "un\rdeux"])
def test_a_paste_of_lines_is_one_line_in_a_field_of_one(text: str) -> None:
    assert ask(step_for(TOWN), paste(text), ENTER) == "un deux"
    assert ask(step_for(HASHTAGS), paste(text), ENTER) == ("un", "deux")


def test_a_paste_with_blank_lines_stays_whole_in_a_field_of_lines() -> None:
    pasted = "Une voisine est venue.\n\nPuis son frère.\n"
    assert ask(step_for(EXAMPLE), paste(pasted), ENTER) == pasted.strip()


def test_a_paste_nobody_announced_neither_ends_the_answer_nor_gives_the_next() -> None:
    with typing("Évry\rMassy\r", "Cachan", ENTER) as typist:
        assert typist.ask(step_for(TOWN)) == "Évry Massy"
        assert typist.ask(step_for(TOWN)) == "Cachan"
    assert ask(step_for(EXAMPLE), "Une voisine\r\rest venue\r", ENTER) == "Une voisine\n\nest venue"


def test_an_unannounced_paste_into_a_list_chooses_nothing() -> None:
    assert ask(step_for(FREQUENCY), "Évry\rMassy", DOWN, ENTER) == "quotidien"
    assert ask(step_for(FREQUENCY), "Place 2\r", "12 rue 3\r", "1", ENTER) == "quotidien"
    assert ask(step_for(PUBLICS), "Évry et Massy\r", "à 2 ", DOWN, SPACE, ENTER) == ("acteurs",)


PARAGRAPH = "Une voisine est venue avec une idée que personne n’attendait. " * 25


@pytest.mark.parametrize(("length", "columns"), [(1577, 80), (5000, 48), (1577, 20)])
def test_a_paragraph_taller_than_the_window_is_seen_where_the_cursor_is(length: int, columns: int) -> None:
    text = (PARAGRAPH * 4)[:length]
    end = look(step_for(EXAMPLE), paste(text), ".", columns=columns)
    assert squeeze(end).count(squeeze(text[-150:] + ".")) == 1
    start = look(step_for(EXAMPLE), paste(text), *[PAGE_UP] * 20, columns=columns)
    assert f">{squeeze(text[:60])}" in squeeze(start)
    assert ask(step_for(EXAMPLE), paste(text), *[PAGE_UP] * 20, "A", ENTER) == f"A{text}".rstrip()


def squeeze(screen: str) -> str:
    return "".join(screen.split())


@pytest.mark.parametrize("columns", [80, 48, 20])
def test_words_typed_are_cut_between_words_and_before_no_sign(columns: int) -> None:
    screen = look(step_for(EXAMPLE), paste(PARAGRAPH.replace(".", " ;")), columns=columns, rows=200)
    lines = [line.strip() for line in screen.split(">")[1].split("Entrée valide")[0].strip().split("\n")]
    assert len(lines) > 10
    assert {word for line in lines for word in line.split()} == {*PARAGRAPH.replace(".", " ;").split()}
    assert not any(line.startswith(";") for line in lines)


def test_arrows_move_by_the_rows_that_are_seen() -> None:
    text = PARAGRAPH.strip()
    typed = ask(
        step_for(EXAMPLE), paste(text), UP, HOME, "A", END, "Z", UP, UP, "B", DOWN, DOWN, DOWN, "C", ENTER, columns=48
    )
    assert isinstance(typed, str)
    assert len(typed) == len(text) + 4
    assert [typed.index(letter) for letter in "BA"] == sorted(typed.index(letter) for letter in "BA")
    assert typed.index("A") < typed.index("Z") < typed.index("C")


@pytest.mark.parametrize("key", [CTRL_J, ALT_ENTER])
def test_blank_lines_can_be_typed_between_paragraphs(key: str) -> None:
    assert ask(step_for(EXAMPLE), "Un.", key, key, "Deux.", ENTER) == "Un.\n\nDeux."
    assert "Ctrl-J à la ligne" in look(step_for(EXAMPLE), "Un.")


@pytest.mark.parametrize("pasted", [paste("Un\tdeux"), "Un\tdeux"])
def test_a_tab_within_a_paste_is_a_space(pasted: str) -> None:
    assert ask(step_for(TOWN), pasted, ENTER) == "Un deux"
    assert ask(step_for(EXAMPLE), pasted, ENTER) == "Un deux"


def test_the_foot_says_what_keys_do_as_the_field_stands() -> None:
    assert "Entrée valide" not in look(step_for(TOWN))
    assert "Entrée valide" in look(step_for(TOWN), "É")
    assert "Entrée valide" not in look(step_for(TOWN), "É", BACKSPACE)
    assert "Entrée valide" not in look(step_for(FREQUENCY))
    assert "Entrée valide" in look(step_for(FREQUENCY), DOWN)
    assert "Entrée valide" not in look(step_for(PUBLICS), SPACE, SPACE)
    assert "Entrée valide" in look(step_for(PUBLICS), SPACE)


def test_what_stands_in_a_field_is_told_before_a_prompt_is_torn_away() -> None:
    for question, strokes, draft in (
        (TOWN, ("Évr",), "Évr"),
        (PUBLICS, (SPACE,), ("voisins",)),
        (FREQUENCY, (DOWN,), "quotidien"),
    ):
        with typing(*strokes) as typist:
            with pytest.raises(EOFError):
                typist.ask(step_for(question))
            assert typist.kept[-1] == draft


def test_nothing_ticked_in_a_list_of_texts_is_taken_when_enter_insists() -> None:
    one: Choice[Sequence[str]] = Choice(("on",), "Tout, sauf")
    with typing(ENTER, ENTER, SPACE, ENTER, DOWN, ENTER, CTRL_C) as typist:
        assert typist.prompter.tick("Que publier\u202f?", MENU, (), one) == []
        assert typist.prompter.tick("Que publier\u202f?", MENU, (), one) == ["on"]
        assert typist.prompter.tick("Que publier\u202f?", MENU, ("off",), one) == ["off"]
        assert typist.prompter.tick("Que publier\u202f?", MENU, ("off",), one) is None


def test_one_line_ticks_several_texts_and_unticks_them() -> None:
    lines = (*MENU, Choice("name", "Karim"))
    both: Choice[Sequence[str]] = Choice(("on", "off"), "Tout, sauf")
    with typing(SPACE, ENTER, SPACE, DOWN, SPACE, ENTER, SPACE, UP, SPACE, ENTER, SPACE, SPACE, ENTER, ENTER) as typist:
        replies = [typist.prompter.tick("Que publier\u202f?", lines, (), both) for _ in range(4)]
    assert replies == [["on", "off"], ["off"], ["on", "off", "name"], []]


@pytest.mark.parametrize("columns", [80, 48])
@pytest.mark.parametrize("question", [*KINDS, LONG_LIST], ids=lambda question: question.id)
def test_screens_of_every_kind(golden: Golden, question: Question, columns: int) -> None:
    golden(f"screens/{question.id}_{columns}.txt", look(step_for(question), DOWN, SPACE, columns=columns))


@pytest.mark.parametrize("columns", [80, 48, 20])
def test_screen_of_a_list_scrolled_to_its_end(golden: Golden, columns: int) -> None:
    golden(f"screens/besoins_end_{columns}.txt", look(step_for(LONG_LIST), UP, SPACE, columns=columns))


@pytest.mark.parametrize("columns", [80, 48])
def test_screen_of_what_a_section_leaves_behind(golden: Golden, columns: int) -> None:
    blocks = (
        Heading(3, "Lien social", "lien-social"),
        Paragraph("Des rencontres ont lieu au moins une fois par semaine entre\u00a0:"),
        Bullets(("voisins et voisines du quartier", "acteurs et actrices du quartier, associations ou entreprises")),
        Quote("Une voisine\nest venue."),
    )
    with typing(SPACE, DOWN, SPACE, ENTER, DOWN, ENTER, "4", ENTER, columns=columns) as typist:
        typist.prompter.show_section(
            "Lien social · rubrique\u00a03\u00a0sur\u00a016",
            ["Encore 20 minutes environ.", "Ce que le lieu change."],
            2,
            16,
        )
        for question in (PUBLICS, FREQUENCY, PEOPLE):
            reply = typist.ask(step_for(question))
            assert not isinstance(reply, Aside | Worded)
            typist.prompter.confirm(step_for(question), reply)
        typist.prompter.show_report("Votre rapport dira\u00a0:", blocks)
        typist.prompter.say("Réponses enregistrées.")
        with pytest.raises(EOFError):
            typist.prompter.choose("Tout est enregistré. Et maintenant\u202f?", MENU)
        golden(f"screens/section_{columns}.txt", typist.shown)


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "rows"), [(20, 24), (20, 6), (8, 4), (1, 1), (80, 3)])
@pytest.mark.parametrize("question", [*KINDS, LONG_LIST], ids=lambda question: question.id)
def test_the_smallest_windows_still_ask(question: Question, columns: int, rows: int) -> None:
    with typing("1", DOWN, SPACE, ENTER, ENTER, columns=columns, rows=rows) as typist:
        assert not isinstance(typist.ask(step_for(question)), Aside)


@pytest.mark.slow
def test_the_pointed_option_can_be_seen_in_a_low_window() -> None:
    for steps in range(30):
        screen = look(step_for(LONG_LIST), *[DOWN] * steps, columns=48, rows=12)
        assert f" » [ ] Le besoin numéro {steps + 1}," in screen


def test_nothing_english_is_written() -> None:
    with typing(ENTER, SPACE, ENTER, "x", ENTER, CTRL_C, CTRL_C) as typist:
        typist.ask(step_for(PUBLICS))
        typist.ask(step_for(PEOPLE))
        typist.prompter.choose("Et maintenant\u202f?", MENU)
        for word in ("done", "select", "arrow", "Invalid", "Answer", "Cancel", "Enter", "Abort", "too small"):
            assert word not in typist.paper.received


def test_hostile_words_are_kept_and_never_obeyed() -> None:
    with typing(paste(HOSTILE), ENTER, TAB) as typist:
        value = typist.ask(step_for(TOWN))
        assert isinstance(value, str)
        assert "\x1b]0;pris\x07" in value
        assert "\u202e" in value
        assert "\x00" in value
        typist.ask(step_for(TOWN, current=value))
        typist.prompter.say(value)
        typist.prompter.show_report(value, [Quote(value)])
        assert "\x1b]0;pris" not in typist.paper.received
        assert "\u202e" not in typist.paper.received
        assert "\ufffd]0;pris\ufffd \ufffdéver \ufffd [bold] :warning: \ufffd" in typist.paper.text


def test_each_hidden_character_of_a_field_takes_a_cell_of_its_row() -> None:
    assert look(step_for(EXAMPLE), paste("ab\x07 " * 60), columns=48).count("ab�") == 60


@pytest.mark.parametrize("width", range(8, 24))
def test_no_line_begins_with_a_sign_that_a_space_stands_before(width: int) -> None:
    lines = wrap("Un mot ; un autre ! Et « oui » ? Voilà :", width)
    assert not [line for line in lines if line[0] in ";:!?»" or line.endswith("«")]


def test_hostile_words_in_the_field_are_shown_by_stand_ins() -> None:
    assert "> \ufffd]0;pris\ufffd \ufffdéver \ufffd" in look(step_for(TOWN), paste(HOSTILE))


@pytest.mark.slow
def test_a_long_paste_of_one_mebibyte_is_taken_whole() -> None:
    question = Text(id="t", ask="Quoi\u202f?", topic="quoi", lines=True, max_length=1_000_000)
    pasted = "Une voisine est venue avec une idée.\n" * 20_000
    assert ask(step_for(question), paste(pasted), ENTER) == pasted.rstrip()


def test_a_confirmed_answer_is_one_line_with_its_labels() -> None:
    with typing() as typist:
        typist.prompter.confirm(step_for(PUBLICS), ("voisins", "benevoles"))
        line = "✓ Les publics qui se rencontrent\u00a0: Voisins et voisines du quartier\u202f; Bénévoles"
        assert typist.paper.text.replace("\n  ", " ") == f"{line}\n"


def test_a_silence_already_given_is_said() -> None:
    assert "Réponse actuelle : ne sait pas" in look(step_for(TOWN, current=Silence.NOT_KNOWN)).replace("\u00a0", " ")


def test_a_menu_is_chosen_from_by_arrows_or_by_digits() -> None:
    with typing(DOWN, DOWN, ENTER, "2", ENTER, "1", ENTER, "7", ENTER, "1", ENTER) as typist:
        assert [typist.prompter.choose("Et maintenant\u202f?", MENU) for _ in range(4)] == ["off", "off", "on", "on"]


@pytest.mark.parametrize("stroke", [CTRL_C, CTRL_D])
def test_two_pauses_in_a_row_leave_the_question_and_its_menu(stroke: str) -> None:
    with typing(stroke, stroke, stroke) as typist:
        assert typist.ask(step_for(PUBLICS)) == Aside(Wish.PAUSE, ())
        assert typist.prompter.choose("Et maintenant\u202f?", MENU) is None
        assert typist.prompter.ask_line("Le nom du lieu\u202f?") is None


def test_tab_means_nothing_in_a_menu_and_keeps_the_line() -> None:
    with typing("La Fabr", TAB, BACK_TAB, "ique", ENTER) as typist:
        assert typist.prompter.ask_line("Le nom du lieu\u202f?") == "La Fabrique"


def test_a_line_comes_back_as_it_was_proposed() -> None:
    with typing(ENTER) as typist:
        assert typist.prompter.ask_line("Le nom du lieu\u202f?", "La Fabrique") == "La Fabrique"


def test_the_whole_of_the_pointed_option_can_be_seen_at_20_columns() -> None:
    for strokes in ([DOWN] * 15, [DOWN] * 30, [UP], [UP] * 15):
        screen = look(step_for(LONG_LIST), *strokes, columns=20, rows=24)
        pointed = screen[screen.index("»") :].split("[ ]")[1]
        assert "se plier deux fois" in " ".join(pointed.replace("↓", "").split())


def test_a_fault_of_ours_comes_out_as_it_is_and_prints_nothing() -> None:
    def fail(_draft: Draft, _insists: bool) -> object:
        raise ZeroDivisionError

    with typing(ENTER, ENTER) as typist, create_app_session(typist.keyboard, typist.output):
        screen = Screen([], WordField(""), {}, fail)
        with pytest.raises(ZeroDivisionError):
            screen.run()
        assert "ZeroDivisionError" not in typist.paper.received


def test_digits_make_the_number_of_a_line_in_a_long_menu() -> None:
    menu = [Choice(str(number), f"Rubrique {number}") for number in range(1, 17)]
    with typing("1", "2", ENTER, "1", ENTER, "9", "3", ENTER, "0", ENTER, "1", "0", ENTER) as typist:
        assert [typist.prompter.choose("Où aller\u202f?", menu) for _ in range(4)] == ["12", "1", "3", "10"]


def test_wide_characters_cut_no_option() -> None:
    options = (Option(id="a", label="Une fête 🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉 日本語日本語日本語日本語 et la fin"),)
    screen = look(step_for(replace(FREQUENCY, options=options)), columns=20)
    assert "🎉" * 12 + "日本語" * 4 + "etlafin" in "".join(screen.split())


@pytest.mark.parametrize("columns", [80, 20])
def test_a_corrected_answer_takes_the_place_of_the_line_it_left(columns: int) -> None:
    with typing(SPACE, ENTER, "4", ENTER, BACK_TAB, DOWN, SPACE, ENTER, columns=columns) as typist:
        for question in (PUBLICS, PEOPLE, PEOPLE, PUBLICS):
            reply = typist.ask(step_for(question))
            if not isinstance(reply, Aside | Worded):
                typist.prompter.confirm(step_for(question), reply)
    assert typist.paper.text.count("✓") == 1
    assert "✓" in typist.paper.text.split("\n")[0]


def test_the_bar_is_full_once_every_section_lies_behind() -> None:
    with typing() as typist:
        typist.prompter.show_section("Fin", [], 15, 16)
        assert "┈" in typist.paper.text
        typist.prompter.show_section("Fin", [], 16, 16)
    assert typist.paper.text.strip().endswith("━" * 32)
