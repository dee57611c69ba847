"""The catalogue of a folder, or every fault of it at once."""

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import convert

from impact_cli.catalogue.model import Catalogue
from impact_cli.catalogue.ours import catalogue_folder, default_folder, recall_catalogue
from impact_cli.errors import FaultsError

if TYPE_CHECKING:
    from impact_cli.catalogue.folders import Tree

HINT = "Corrigez ces lignes, puis vérifiez avec «\u00a0impact questions check DOSSIER\u00a0»."


def load_catalogue(folder: Path | None = None, *, readings: bool = False) -> Catalogue:
    """The catalogue of a folder, else IMPACT_QUESTIONS's, else ours. Raises FaultsError with every fault it has.

    `readings` are the wordings of other reports, which only reading back needs. Ours is built without being checked:
    our tests check it, and checking takes longer than all of `impact show`.
    """
    chosen = folder or default_folder(os.environ)
    if chosen == catalogue_folder():
        return _load_ours(readings=readings)
    from impact_cli.catalogue.folders import read_tree

    return build_checked(read_tree(chosen, readings=readings), HINT)


def build_checked(tree: "Tree", hint: str = "") -> Catalogue:
    """The catalogue of a tree. Raises FaultsError with every fault of it, and the hint."""
    from impact_cli.catalogue.inspecting import check_tree

    if faults := check_tree(tree):
        raise FaultsError(faults, hint)
    return convert(tree.root, Catalogue)


@cache
def _load_ours(*, readings: bool) -> Catalogue:
    return recall_catalogue(lambda: put_together(readings=readings), readings=readings)


def put_together(*, readings: bool) -> Catalogue:
    """Ours as its files are now, which our tests have checked."""
    from impact_cli.catalogue.folders import read_tree

    return convert(read_tree(catalogue_folder(), readings=readings).root, Catalogue)
