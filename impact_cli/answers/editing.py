"""The one way to write to a sheet, or to what lies beside it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from impact_cli.answers.bin import find_returning, take_back
from impact_cli.answers.locks import lock_sheet
from impact_cli.answers.store import Stored, is_claimed, refresh, refuse_read_only
from impact_cli.errors import ImpactError, explain_os_error


@contextlib.contextmanager
def editing(stored: Stored) -> Iterator[Stored]:
    """Keep others from the sheet, and give it as it is now: somebody may have written since it was first read.

    What is changed is followed into today's questionnaire by who changes it, and saved by `save_sheet`, which sees to
    the history. Raises ImpactError where a newer version wrote the sheet, or where somebody else is writing.
    """
    refuse_read_only(stored)
    with lock_sheet(stored.path, stored.sheet.venue):
        _take_back(stored.path)
        fresh = refresh(stored)
        refuse_read_only(fresh)
        if not fresh.digest and is_claimed(stored.path.parent, stored.sheet.venue):
            raise ImpactError(
                f"{stored.path.parent} : un autre lieu vient de prendre ce dossier.", "Relancez la même commande."
            )
        if not fresh.digest:
            _refuse_returning(stored)
        yield fresh


def _refuse_returning(stored: Stored) -> None:
    """Raise ImpactError where the history beside is not ours: that of a deleted sheet on its way back."""
    if find_returning(stored.path.parent.parent, stored.path):
        raise ImpactError(
            f"{stored.path}\u00a0: le retour d’une fiche de cette édition a été interrompu\u202f; ce qui va avec elle "
            "est revenu, elle est encore dans la corbeille.",
            "Terminez son retour avec «\u00a0impact delete --restore\u00a0», puis relancez la même commande.",
        )


def _take_back(sheet: Path) -> None:
    try:
        take_back(sheet)
    except OSError as error:
        raise ImpactError(
            f"{sheet} : son historique n’a pas pu revenir de la corbeille ({explain_os_error(error)}).",
            "La fiche n’a pas changé. Libérez de la place ou rétablissez l’accès au dossier.",
        ) from error
