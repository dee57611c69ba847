"""impact history: the answers that were replaced, when, by what; and one of them brought back."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from impact_cli.cli.parts.account import choose_catalogue
from impact_cli.cli.parts.choosing import confirm, find_sheet
from impact_cli.cli.parts.parameters import Edition, Home, Questions, VenueWords, find_home, join_name
from impact_cli.clock import read_clock
from impact_cli.errors import ImpactError
from impact_cli.printing import give, say
from impact_cli.report.french import tell_sheet

if TYPE_CHECKING:
    from impact_cli.answers.keeping.history import Change
    from impact_cli.answers.keeping.store import Stored
    from impact_cli.answers.sheet import Answer
    from impact_cli.catalogue.model import Catalogue


Restore = Annotated[
    int | None, typer.Option("--restore", metavar="NUMÉRO", help="Remettre l’ancienne réponse de ce numéro.")
]
Forget = Annotated[bool, typer.Option("--forget", help="Effacer pour de bon toutes les anciennes réponses.")]


def history(
    venue: VenueWords = None,
    edition: Edition = None,
    restore: Restore = None,
    forget: Forget = False,
    home: Home = None,
    questions: Questions = None,
) -> None:
    """Show the answers that were replaced, and when; bring one back."""
    from impact_cli.answers.keeping.store import load_sheet
    from impact_cli.catalogue.loading import load_catalogue

    stored = load_sheet(find_sheet(find_home(home), join_name(venue), edition))
    if forget:
        _forget(stored)
        return
    catalogue = choose_catalogue(load_catalogue(questions), stored, questions)
    changes = _read(stored, catalogue)
    if restore is not None:
        _restore(catalogue, stored, changes, restore)
    elif changes:
        give(_tell(catalogue, stored, changes))
        say("\nPour remettre une ancienne réponse, ajoutez --restore et son numéro.")
    else:
        say(f"{tell_sheet(stored.sheet.venue, stored.sheet.edition)}\u00a0: aucune réponse n’a été remplacée.")
    _tell_spoilt(stored.path)


def _read(stored: "Stored", catalogue: "Catalogue") -> "list[Change]":
    from impact_cli.answers.following import follow_catalogue
    from impact_cli.answers.keeping.history import read_changes

    return read_changes(stored.path, follow_catalogue(catalogue, stored.sheet).sheet, catalogue)


def _tell_spoilt(path: Path) -> None:
    """Say which lines of the history nobody can read: an answer may stand there."""
    from impact_cli.answers.keeping.history import find_spoilt, history_path
    from impact_cli.report.french import join_words

    spoilt = find_spoilt(path)
    if spoilt:
        lines = f"les lignes {join_words([*map(str, spoilt)])}" if len(spoilt) > 1 else f"la ligne {spoilt[0]}"
        verb = "ne peuvent pas être lues" if len(spoilt) > 1 else "ne peut pas être lue"
        say(f"{history_path(path)}\u00a0: {lines} {verb}\u202f; rien n’en est effacé.")


def _tell(catalogue: "Catalogue", stored: "Stored", changes: "list[Change]") -> str:
    from impact_cli.survey.steps import tell_value

    lines = [tell_sheet(stored.sheet.venue, stored.sheet.edition)]
    for number, change in enumerate(changes, 1):
        question = catalogue.questions.get(change.key)
        lines += ["", f"{number}. {_tell_moment(change.when)} – {question.topic if question else change.key}"]
        lines += _indent("avant", tell_value(question, change.was))
        lines += _indent("après", "(retirée)" if change.now is None else tell_value(question, change.now))
    return "\n".join(lines)


def _indent(moment: str, words: str) -> list[str]:
    first, *others = words.split("\n")
    return [f"   {moment}\u00a0: {first}", *(f"           {line}" for line in others)]


def _tell_moment(moment: datetime) -> str:
    from impact_cli.report.french import tell_date

    local = moment.astimezone()
    return f"{tell_date(local.date())} à {local:%H} h {local:%M}"


def _restore(catalogue: "Catalogue", stored: "Stored", changes: "list[Change]", number: int) -> None:
    """Bring a former answer back, as an answer of today: what it replaces goes to the history in its turn."""
    from impact_cli.answers.following import follow_catalogue
    from impact_cli.answers.keeping.editing import editing
    from impact_cli.answers.keeping.store import save_sheet
    from impact_cli.survey.steps import tell_value

    if not 1 <= number <= len(changes):
        most = f"Les numéros vont de 1 à {len(changes)}." if changes else "Aucune réponse n’a été remplacée."
        raise ImpactError(f"Il n’y a pas d’ancienne réponse numéro {number}.", most, exit_code=2)
    change = changes[number - 1]
    answer = _read_again(catalogue, change)
    with editing(stored) as fresh:
        sheet = follow_catalogue(catalogue, fresh.sheet).sheet
        sheet = sheet.with_answer(change.key, answer, read_clock())
        save_sheet(replace(fresh, sheet=sheet.in_order(catalogue.questions)), catalogue, keep=True)
    say(f"Réponse remise\u00a0: {tell_value(catalogue.questions[change.key], answer)}")


def _read_again(catalogue: "Catalogue", change: "Change") -> "Answer":
    from impact_cli.answers.sheet import Silence
    from impact_cli.answers.values import AnswerError, read_value

    hint = "Elle reste dans l’historique."
    if change.key not in catalogue.questions:
        raise ImpactError(f"{change.key}\u00a0: la question n’est plus dans le questionnaire.", hint)
    if isinstance(change.was, Silence):
        return change.was
    try:
        return read_value(catalogue.questions[change.key], change.was)
    except AnswerError as error:
        raise ImpactError(
            f"{change.key}\u00a0: le questionnaire n’accepte plus cette réponse\u00a0: {error}", hint
        ) from error


def _forget(stored: "Stored") -> None:
    from impact_cli.answers.keeping.editing import editing
    from impact_cli.answers.keeping.history import list_former

    refusal = ImpactError(
        "Un effacement se confirme dans un terminal.", "Les anciennes réponses sont gardées.", exit_code=2
    )
    question = "Effacer pour de bon toutes les anciennes réponses\u202f?"
    if not confirm(question, "Non, les garder", "Oui, les effacer", refusal):
        say("Rien n’a été effacé.")
        raise typer.Exit(1)
    with editing(stored):
        for path in list_former(stored.path):
            path.unlink(missing_ok=True)
    say("Les anciennes réponses sont effacées\u202f; la fiche n’a pas changé.")
