"""The files of a catalogue's folder, put together with those of the catalogues it extends."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from impact_cli.catalogue.extending import (
    OPTION_LISTS,
    Folder,
    expand_lists,
    make_id,
    members,
    merge_entries,
    merge_entry,
    sections_of,
)
from impact_cli.catalogue.leaving_out import leave_out
from impact_cli.catalogue.misnamed import find_misnamed, find_unread, find_unused, names_in
from impact_cli.catalogue.ours import catalogue_folder
from impact_cli.catalogue.short_forms import write_out
from impact_cli.catalogue.yaml_files import Entries, Entry, Place, read_yaml
from impact_cli.errors import Fault, FaultsError, ImpactError, shorten, suggest

OURS = "impact"
READINGS = "readings"  # the folder of other reports' wordings, in a questionnaire's own
_NO_FAMILY = ("catalogue", "lists")
_NEARLY = re.compile(r"\.yml$|\.ya?ml\.txt$|\.(?!yaml$)(?i:ya?ml)$")


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole catalogue as one mapping for the model, and what names nothing in its files.

    `folder` is the author's, `base` the one it extends, `head` its own catalogue.yaml.
    """

    root: Entry
    faults: Sequence[Fault]
    folder: Path
    base: Path | None
    head: Entry


def read_tree(folder: Path, *, readings: bool = False) -> Tree:
    """The catalogue of a folder laid over those it extends, each with its `readings` where they are asked for.

    Raises FaultsError with every fault of form, ImpactError where there is no catalogue.
    """
    folders = list(_read_chain(folder, readings=readings))
    faults = [fault for at, each in enumerate(folders) for fault in _find_stray(each, folders[:at])]
    if faults:
        raise FaultsError(faults)
    lists = merge_entries([each.lists for each in folders])
    root, faults = _assemble(folders, lists)
    faults += [*_resolve_lists(root, lists), *find_unused(folders)]
    faults += leave_out(root, [each.head for each in folders])
    *others, own = (each for each in folders if each.path.name != READINGS)
    return Tree(root, faults, folder, others[-1].path if others else None, own.head)


def _find_stray(folder: Folder, before: Sequence[Folder]) -> Iterator[Fault]:
    """What a folder says of nothing that there is: misnamed files, readings without what they read."""
    return find_unread(folder, before) if folder.path.name == READINGS else find_misnamed(folder, before)


def _read_chain(folder: Path, seen: tuple[Path, ...] = (), *, readings: bool) -> Iterator[Folder]:
    """The folders that make a catalogue, the one that extends no other first."""
    if not (folder / "catalogue.yaml").is_file():
        raise ImpactError(
            f"{folder}\u00a0: aucun questionnaire ici, le fichier «\u00a0catalogue.yaml\u00a0» manque.",
            "Indiquez le dossier d’un questionnaire\u00a0: --questions DOSSIER, ou la variable IMPACT_QUESTIONS.",
        )
    this = _read_folder(folder)
    if "extends" in this.head:
        name, place = str(this.head["extends"]), this.head.places["extends"]
        base = catalogue_folder() if name == OURS else folder / name
        if base.resolve() in (*seen, folder.resolve()):
            raise FaultsError([Fault(*place, "extends", "ce questionnaire s’étend lui-même.")])
        if not (base / "catalogue.yaml").is_file():
            what = f"aucun questionnaire dans «\u00a0{shorten(str(base))}\u00a0».{suggest(name, [OURS])}"
            raise FaultsError([Fault(*place, "extends", what)])
        yield from _read_chain(base, (*seen, folder.resolve()), readings=readings)
    yield this
    if readings:
        yield _read_folder(folder / READINGS)


def _read_folder(folder: Path) -> Folder:
    names = sorted(path for path in folder.glob("*") if not path.name.startswith("."))
    files, faults = _read_files([path for path in names if path.name.endswith(".yaml")])
    unread = "ce fichier n’est pas lu\u00a0: renommez-le, son nom doit finir par «\u00a0.yaml\u00a0»."
    faults += [Fault(str(path), 0, "", unread) for path in names if _NEARLY.search(path.name)]
    head, lists = (files.pop(name, Entry((str(folder / f"{name}.yaml"), 0))) for name in _NO_FAMILY)
    for entry in (head, *files.values()):
        write_out(entry)
    for name, options in lists.items():
        if isinstance(options, str):
            faults.append(
                Fault(*lists.places[name], "", f"une liste s’écrit ainsi\u00a0: {_advise_list(name, options)}.")
            )
        lists[name] = expand_lists(options, lists)
    if faults:
        raise FaultsError(faults)
    return Folder(folder, head, lists, files)


def _read_files(paths: Sequence[Path]) -> tuple[dict[str, Entry], list[Fault]]:
    files: dict[str, Entry] = {}
    faults: list[Fault] = []
    for path in paths:
        try:
            files[path.stem] = read_yaml(path)
        except FaultsError as error:
            faults += error.faults
    return files, faults


def _assemble(folders: Sequence[Folder], lists: Entry) -> tuple[Entry, list[Fault]]:
    """One tree: heads merged key by key, families by id, in the order the heads name them."""
    tree = merge_entries([folder.head for folder in folders])
    families: dict[str, Entry] = {}
    order: dict[str, Place] = {}
    for folder in folders:
        named = folder.head.get("families", ())
        order |= {str(name): place for name, place in named.pairs()} if isinstance(named, Entries) else {}
        for name, family in folder.families.items():
            families[name] = merge_entry(families[name], family, lists) if name in families else family
    missing = [name for name in order if name not in families]
    what = "le fichier «\u00a0{0}.yaml\u00a0» manque.{1}"
    faults = [Fault(*order[name], "families", what.format(shorten(name), suggest(name, families))) for name in missing]
    told = dict.fromkeys(name for name in (*order, *families) if name in families)
    tree.put("families", Entries.of((families[name], families[name].place) for name in told), tree.place)
    return tree, faults


def _resolve_lists(tree: Entry, lists: Entry) -> list[Fault]:
    """Put the options of the shared lists where questions name them; a fault for each name that is no list's."""
    faults = []
    for question in _questions(tree):
        for key in OPTION_LISTS:
            options = expand_lists(question.get(key), lists)
            if options is None:
                continue
            question.put(key, options)
            for name in names_in(options):
                advice = f"des options\u00a0: {_advise_list(key, name)}" if name is options else _advise_option(name)
                what = _no_list(name, lists, advice)
                faults.append(Fault(*question.places[key], str(question.get("id", "")), what))
    return faults


def _no_list(name: str, lists: Entry, advice: str) -> str:
    near = suggest(name, lists)
    return f"la liste partagée «\u00a0{shorten(name)}\u00a0» n’existe pas.{near} Pour en faire {advice}."


def _advise_list(key: str, words: str) -> str:
    options = ", ".join(shorten(word.strip()) for word in words.split(","))
    return f"«\u00a0{key}: [{options}]\u00a0»"


def _advise_option(name: str) -> str:
    return f"une option\u00a0: «\u00a0- {{id: {make_id(name)}, label: {shorten(name)}}}\u00a0»"


def _questions(tree: Entry) -> Iterator[Entry]:
    return (question for section in sections_of(tree) for question in members(section, "questions"))
