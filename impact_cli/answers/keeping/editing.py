"""The one way to a sheet that is to be written, or to what lies beside it."""

import contextlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from impact_cli.answers.following import stamp_of
from impact_cli.answers.keeping.bin import find_returning, take_back
from impact_cli.answers.keeping.locks import lock_sheet
from impact_cli.answers.keeping.store import Stored, load_sheet, refuse_read_only
from impact_cli.answers.keeping.venues import find_venue, is_claimed, place_folder
from impact_cli.answers.sheet import Sheet
from impact_cli.catalogue.model import Catalogue
from impact_cli.errors import ImpactError, explaining


def open_sheet(home: Path, catalogue: Catalogue, name: str, edition: str, now: datetime) -> Stored:
    """The sheet of a venue and edition as it is on the disk, or a new one without an answer."""
    venue = find_venue(home, name)
    path = venue.place_sheet(edition) if venue else place_folder(home, name) / f"{edition}.json"
    if os.path.lexists(path):  # also a link that leads nowhere: nothing is written through it
        return load_sheet(path)
    return begin_sheet(catalogue, venue.name if venue else name, path, now)


def begin_sheet(catalogue: Catalogue, venue: str, path: Path, now: datetime) -> Stored:
    """A sheet that is not there yet."""
    sheet = Sheet(venue=venue, edition=path.stem, catalogue=stamp_of(catalogue), created=now, changed=now)
    return Stored(path, sheet, digest="")


@contextlib.contextmanager
def editing(stored: Stored, *, unchanged: bool = False) -> Iterator[Stored]:
    """Keep others from the sheet, and give it as it is now: somebody may have written since it was first read.

    What is changed is followed into today's questionnaire by who changes it, and saved by `save_sheet`, which sees to
    the history. Raises ImpactError where a newer version wrote the sheet, where somebody else is writing, or, where it
    is to be `unchanged`, has written.
    """
    refuse_read_only(stored)
    with lock_sheet(stored.path, stored.sheet.venue):
        with explaining(
            f"{stored.path}\u00a0: son historique n’a pas pu revenir de la corbeille",
            "La fiche n’a pas changé. Libérez de la place ou rétablissez l’accès au dossier.",
        ):
            take_back(stored.path)
        fresh = load_sheet(stored.path) if stored.path.exists() else stored
        refuse_read_only(fresh)
        if unchanged and fresh.digest != stored.digest:
            raise ImpactError(f"{stored.path}\u00a0: la fiche vient de changer.", "Relancez la même commande.")
        if not fresh.digest and is_claimed(stored.path.parent, stored.sheet.venue):
            raise ImpactError(
                f"{stored.path.parent}\u00a0: un autre lieu vient de prendre ce dossier.", "Relancez la même commande."
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
