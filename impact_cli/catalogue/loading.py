"""The catalogue of a folder, or every fault of it at once."""

import os
from functools import cache
from pathlib import Path

from impact_cli.catalogue.building import build_catalogue
from impact_cli.catalogue.model import Catalogue
from impact_cli.catalogue.ours import Raw, catalogue_folder, default_folder, recall_tree
from impact_cli.errors import FaultsError

HINT = "Corrigez ces lignes, puis vérifiez avec «\u00a0impact questions check DOSSIER\u00a0»."


def load_catalogue(folder: Path | None = None, *, readings: bool = False) -> Catalogue:
    """The catalogue of a folder, else IMPACT_QUESTIONS's, else ours. Raises FaultsError with every fault it has.

    `readings` are the wordings of other reports, which only reading back needs. Ours is built without being checked:
    our tests check it, and checking takes longer than all of `impact show`.
    """
    return load_with_tree(folder, readings=readings)[0]


def load_with_tree(folder: Path | None = None, *, readings: bool = False) -> tuple[Catalogue, Raw]:
    """It, and the tree it was built of: that can be kept in a file. Raises FaultsError as above."""
    chosen = folder or default_folder(os.environ)
    if chosen == catalogue_folder():
        return _load_ours(readings=readings)
    from impact_cli.catalogue.folders import read_tree
    from impact_cli.catalogue.inspecting import check_tree

    tree = read_tree(chosen, readings=readings)
    if faults := check_tree(tree):
        raise FaultsError(faults, HINT)
    return build_catalogue(tree.root), tree.root


@cache
def _load_ours(*, readings: bool) -> tuple[Catalogue, Raw]:
    tree = recall_tree(lambda: _read(catalogue_folder(), readings=readings), readings=readings)
    return build_catalogue(tree), tree


def _read(folder: Path, *, readings: bool) -> Raw:
    from impact_cli.catalogue.folders import read_tree

    return read_tree(folder, readings=readings).root
