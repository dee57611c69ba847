import ast
import gettext
import importlib.util
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import click
import polib
import pytest
import typer
from typer.testing import CliRunner

from impact_cli.cli import translation
from impact_cli.cli.translation import FrenchGroup, speak_french
from impact_cli.typography import typeset

LOCALE = Path(translation.__file__).parent / "locale"
PO = polib.pofile(LOCALE / "fr.po")
TEXTS = {(entry.msgid, entry.msgid_plural) if entry.msgid_plural else (entry.msgid,): entry for entry in PO}


def source_of(package: str) -> Path:
    origin = importlib.util.find_spec(package)
    assert origin
    assert origin.origin
    return Path(origin.origin).parent


def translated_calls() -> Iterator[tuple[str, list[ast.expr]]]:
    for package in ("click", "typer"):
        for path in source_of(package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    if node.func.id in {"_", "gettext"}:
                        yield path.name, node.args[:1]
                    elif node.func.id == "ngettext":
                        yield path.name, node.args[:2]


def fields(text: str) -> set[str]:
    braces = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return braces | set(re.findall(r"%\((\w+)\)s", text))


def french_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_string_of_click_and_typer_has_its_french() -> None:
    asked = {
        tuple(argument.value for argument in arguments if isinstance(argument, ast.Constant))
        for _, arguments in translated_calls()
    } - {()}
    assert len(asked) > 70
    assert asked - set(TEXTS) == set()


def test_only_our_own_help_and_one_known_word_reach_gettext_unseen() -> None:
    unseen = {
        (file, ast.unparse(argument))
        for file, arguments in translated_calls()
        for argument in arguments
        if not isinstance(argument, ast.Constant)
    }
    assert unseen == {("core.py", "text"), ("core.py", "extra['required']")}
    assert ("required",) in TEXTS


def test_a_translation_keeps_its_placeholders() -> None:
    for entry in PO:
        if entry.msgid_plural:
            one, many = french_of(entry)
            assert fields(one) <= fields(entry.msgid) | fields(entry.msgid_plural)
            assert fields(many) == fields(entry.msgid_plural)
        else:
            assert fields(entry.msgstr) == fields(entry.msgid)


def test_a_translation_is_whole_and_typeset() -> None:
    assert [entry.msgid for entry in PO if entry.fuzzy or entry.obsolete] == []
    for text in (text for entry in PO for text in french_of(entry)):
        assert text
        assert typeset(text) == text
        assert "'" not in text
        assert "..." not in text


def test_french_counts_none_as_one() -> None:
    assert PO.metadata["Plural-Forms"] == "nplurals=2; plural=(n > 1);"


def test_the_compiled_file_is_that_of_the_translations() -> None:
    assert (LOCALE / "fr.mo").read_bytes() == PO.to_binary()


class Format(StrEnum):
    text = "text"
    markdown = "markdown"


def tiny_app() -> typer.Typer:
    speak_french()
    app = typer.Typer(cls=FrenchGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=False)
    questions = typer.Typer()
    app.add_typer(questions, name="questions")

    @app.callback(invoke_without_command=True)
    def root() -> None:
        """Raconter un lieu."""

    @app.command()
    def show(  # noqa: PLR0913, PLR0917
        venue: Annotated[str, typer.Argument(metavar="LIEU", help="Le nom du lieu.")] = "",
        number: Annotated[int, typer.Option(min=1, help="Un nombre.")] = 3,
        share: Annotated[float, typer.Option(show_default=False)] = 1,
        answers: Annotated[Path | None, typer.Option(exists=True, dir_okay=False)] = None,
        folder: Annotated[Path | None, typer.Option(exists=True, file_okay=False)] = None,
        name: Annotated[str, typer.Option(envvar="TINY_NAME")] = "",
        style: Annotated[Format, typer.Option("--format")] = Format.text,
        *,
        plain: Annotated[bool, typer.Option("--plain")] = False,
    ) -> None:
        """Montrer un rapport\u00a0: tout ce qui a été répondu, et rien que ce qui a été répondu.

        Une suite. Une autre.
        """

    @app.command()
    def survey(
        venue: Annotated[str, typer.Argument(metavar="LIEU", help="Le nom du lieu.")],
        edition: Annotated[int, typer.Option(metavar="ANNÉE")],
    ) -> None:
        """Remplir une fiche."""

    @app.command()
    def leave() -> None:
        """Partir."""
        raise EOFError

    @questions.callback(invoke_without_command=True)
    def tree() -> None:
        """Lire le questionnaire."""

    @questions.command()
    def check() -> None:
        """Vérifier un questionnaire."""

    @questions.command()
    def export() -> None:
        """Exporter un questionnaire."""

    return app


def say(*arguments: str) -> str:
    outcome = CliRunner().invoke(tiny_app(), arguments, prog_name="impact")
    return outcome.output


ERRORS = {
    "survey": "Il manque l’argument « LIEU ».",
    "survey a": "Il manque l’option « --edition ».",
    "survey a --edition deux": "Valeur incorrecte pour « --edition ». « deux » n’est pas un entier.",
    "survey a b --edition 1": "Cet argument est de trop\u00a0: b",
    "survey a b c --edition 1": "Ces arguments sont de trop\u00a0: b c",
    "shwo": "La commande « shwo » n’existe pas. Vouliez-vous dire « show »\u202f?",
    "questions chek": "La commande « chek » n’existe pas. Vouliez-vous dire « check »\u202f?",
    "xyz": "La commande « xyz » n’existe pas.",
    "show --plan": "L’option « --plan » n’existe pas. Vouliez-vous dire « --plain »\u202f?",
    "show --xyz": "L’option « --xyz » n’existe pas.",
    "show -z": "L’option « -z » n’existe pas.",
    "show --number": "L’option « --number » attend une valeur.",
    "show --plain=oui": "L’option « --plain » ne prend pas de valeur.",
    "show --number 0": "Valeur incorrecte pour « --number ». « 0 » est hors des limites\u00a0: x>=1.",
    "show --number l'un": "Valeur incorrecte pour « --number ». « l'un » n’est pas un entier.",
    "show --share x": "Valeur incorrecte pour « --share ». « x » n’est pas un nombre.",
    "show --answers nul/part": "Valeur incorrecte pour « --answers ». Fichier introuvable\u00a0: « nul/part ».",
    "show --answers .": "Valeur incorrecte pour « --answers ». Fichier attendu\u00a0: « . » est un dossier.",
    "show --folder nul/part": "Valeur incorrecte pour « --folder ». Dossier introuvable\u00a0: « nul/part ».",
    "show --format texte": "Valeur incorrecte pour « --format ». « texte » n’est pas un choix possible. "
    "Choix possibles\u00a0: « text », « markdown ».",
}


def test_an_error_is_told_in_french() -> None:
    for line, message in ERRORS.items():
        typeset_message = message.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
        assert say(*line.split()).splitlines()[-1] == f"Erreur\u00a0: {typeset_message}", line


def test_an_error_says_how_to_find_help() -> None:
    assert say("survey").splitlines()[:3] == [
        "Utilisation\u00a0: impact survey [OPTIONS] LIEU",
        "Essayez «\u00a0impact survey --help\u00a0» pour obtenir de l’aide.",
        "",
    ]


def test_leaving_is_said_in_french() -> None:
    assert say("leave") == "\nAbandon.\n"


def test_the_help_of_the_program_is_french() -> None:
    assert (
        say("--help").replace("\u00a0", "~")
        == """\
Utilisation~: impact [OPTIONS] [COMMANDE] [ARGUMENTS]...

  Raconter un lieu.

Options~:
  --help  Afficher cette aide et quitter.

Commandes~:
  show       Montrer un rapport~: tout ce qui a été répondu, et rien que ce qui
             a été répondu.
  survey     Remplir une fiche.
  leave      Partir.
  questions  Lire le questionnaire.
"""
    )


def test_the_help_of_a_command_is_french() -> None:
    assert (
        say("show", "--help").replace("\u00a0", "~")
        == """\
Utilisation~: impact show [OPTIONS] [LIEU]

  Montrer un rapport~: tout ce qui a été répondu, et rien que ce qui a été
  répondu.

  Une suite. Une autre.

Arguments~:
  [LIEU]  Le nom du lieu.

Options~:
  --number ENTIER           Un nombre.  [par défaut~: 3; x>=1]
  --share NOMBRE
  --answers FICHIER
  --folder DOSSIER
  --name TEXTE              [variable d’environnement~: TINY_NAME]
  --format [text|markdown]  [par défaut~: text]
  --plain
  --help                    Afficher cette aide et quitter.
"""
    )


def test_what_is_required_is_said_in_french() -> None:
    assert "[obligatoire]" in say("survey", "--help")


def test_no_english_word_of_click_is_shown() -> None:
    english = {word for texts in TEXTS for text in texts for word in words(text)}
    own = {word for entry in PO for text in french_of(entry) for word in words(text)}
    spoken = words("\n".join(say(*line.split()) for line in [*ERRORS, "--help", "show --help", "survey --help"]))
    assert {"the", "is", "missing", "usage", "file", "directory"} <= english - own
    assert spoken & (english - own) - {"show", "text"} == set()  # names of ours


def words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]{2,}", text)}


def test_the_types_of_click_stay_those_of_every_program() -> None:
    say("show", "--help")
    assert (click.INT.name, click.STRING.name) == ("integer", "text")


def test_other_translations_stay_those_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_french()
    monkeypatch.setenv("LANGUAGE", "en")
    assert gettext.gettext("Usage:") == "Utilisation\u00a0:"
    assert gettext.dgettext("another", "Usage:") == "Usage:"
    assert os.environ["LANGUAGE"] == "en"


@pytest.mark.slow
@pytest.mark.parametrize("first", ["click", "typer", "impact_cli.cli.translation"])
@pytest.mark.parametrize(
    "language", [{"LANG": "C"}, {"LANG": "C", "LANGUAGE": "en"}, {"LC_ALL": "en_US.UTF-8"}, {"LANGUAGE": "de:en"}]
)
def test_no_locale_and_no_order_of_imports_changes_the_words(first: str, language: dict[str, str]) -> None:
    program = f"""
import {first}, sys, typer
from impact_cli.cli.translation import FrenchGroup, speak_french
app = typer.Typer(cls=FrenchGroup, rich_markup_mode=None, add_completion=False)
app.callback()(lambda: None)
app.command("show")(lambda: None)
speak_french()
app(["shwo"], prog_name="impact")
"""
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1"} | language,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr == (
        "Utilisation\u00a0: impact [OPTIONS] COMMANDE [ARGUMENTS]...\n"
        "Essayez «\u00a0impact --help\u00a0» pour obtenir de l’aide.\n\n"
        "Erreur\u00a0: La commande «\u00a0shwo\u00a0» n’existe pas. Vouliez-vous dire «\u00a0show\u00a0»\u202f?\n"
    )
