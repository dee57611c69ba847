"""A save that the disk refuses: said loudly, with what to do about it, until the sheet is on a disk or given up."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from impact_cli.answers.keeping.names import slug_of
from impact_cli.answers.keeping.store import ChangedError, GoneError, SaveError, Stored
from impact_cli.answers.sheet import Sheet
from impact_cli.files import first_free
from impact_cli.survey.menus import WHAT_NOW
from impact_cli.survey.prompter import Choice, Prompter
from impact_cli.survey.steps import tell_value

_RETRY, _GIVE_UP = "retry", "give_up"
_NOT_SAVED = "ATTENTION\u00a0: VOTRE DERNIÈRE RÉPONSE N’EST PAS ENREGISTRÉE."


@dataclass
class Saver:
    """Saves what a conversation says to a sheet, by `write`; `saved` is the sheet as a disk has it."""

    prompter: Prompter
    saved: Sheet
    write: Callable[[Stored], Stored]

    def save(self, stored: Stored) -> Stored:
        """The sheet as it lies on a disk now, perhaps at another place. Raises SaveError where it was given up."""
        place = stored.path
        while True:
            try:
                done = self.write(stored)
            except ChangedError:
                raise
            except SaveError as error:
                stored = self._ask_where(stored, error)
            else:
                break
        if stored.path != place:
            self.prompter.say(f"La fiche est maintenant dans {done.path}")
        self.saved = done.sheet
        return done

    def _ask_where(self, stored: Stored, error: SaveError) -> Stored:
        """Where to try next. Leaving the menu twice gives up, and shows what no disk has."""
        folders = {str(number): folder for number, folder in enumerate(_list_other_folders(stored.path))}
        choices = [
            Choice(_RETRY, "Réessayer au même endroit"),
            *(Choice(number, f"Enregistrer la fiche dans {folder}") for number, folder in folders.items()),
            Choice(_GIVE_UP, "Arrêter sans l’enregistrer"),
        ]
        for sentence in ("", _NOT_SAVED, error.message, error.hint):
            self.prompter.say(sentence)
        chosen = self.prompter.choose(WHAT_NOW, choices) or self.prompter.choose(WHAT_NOW, choices)
        if chosen == _RETRY:
            is_gone = isinstance(error, GoneError) and not stored.path.exists()  # a drive may be back by now
            return replace(stored, digest="") if is_gone else stored
        if chosen in folders:
            name = f"{slug_of(stored.sheet.venue)}-{stored.sheet.edition}.json"
            return replace(stored, path=first_free(folders[chosen] / name), digest="")
        self._say_lost(stored.sheet)
        raise error

    def _say_lost(self, sheet: Sheet) -> None:
        """What stands on no disk, to be copied from the screen."""
        before = self.saved.answers
        lost = [
            f"{key}\u00a0: {tell_value(None, said)}" for key, said in sheet.answers.items() if before.get(key) != said
        ]
        if lost:
            self.prompter.say("\n".join(["Pas enregistré, à copier d’ici si besoin\u00a0:", *lost]))


def _list_other_folders(sheet: Path) -> list[Path]:
    """Where a sheet could be saved when its own folder refuses, the most lasting first."""
    import tempfile

    folders: list[Path] = []
    for find_folder in (Path.home, Path.cwd, lambda: Path(tempfile.gettempdir())):
        with suppress(OSError, RuntimeError):  # no home, no current folder, nowhere to write
            folders.append(find_folder())
    return [folder for folder in dict.fromkeys(folders) if folder.is_dir() and folder != sheet.parent]
