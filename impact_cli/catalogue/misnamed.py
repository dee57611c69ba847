"""What stands under a name that nothing else has: a file, a shared list, a wording of other reports."""

from collections.abc import Iterator, Sequence

from impact_cli.catalogue.extending import OPTION_LISTS, Folder, members
from impact_cli.catalogue.yaml_files import Entries, Entry
from impact_cli.errors import Fault, shorten, suggest


def find_misnamed(folder: Folder, before: Sequence[Folder]) -> Iterator[Fault]:
    """A fault for each family file whose name and id are not one; `before` are the folders it is laid over."""
    if not before and not folder.families:
        what = "aucune famille ici\u202f; pour compléter notre questionnaire, écrivez «\u00a0extends: impact\u00a0»."
        yield Fault(*folder.head.place, "", what)
    known = {name: family for each in before for name, family in each.families.items()}
    home = {str(section.get("id")): name for name, family in known.items() for section in members(family, "sections")}
    for name, entry in folder.families.items():
        identifier = str(entry.get("id", name))
        if name in home and name not in known:
            what = (
                f"«\u00a0{name}\u00a0» est une rubrique\u00a0: écrivez-la dans «\u00a0{home[name]}.yaml\u00a0», "
                "sous «\u00a0sections:\u00a0»."
            )
            yield Fault(*entry.place, "", what)
        elif identifier != name:
            place = entry.places.get("id", entry.place)
            yield Fault(*place, "id", _advise(name, identifier, known))
        elif "id" not in entry:
            yield Fault(
                *entry.place,
                "id",
                f"la clé «\u00a0id\u00a0» manque\u00a0: écrivez «\u00a0id: {name}\u00a0», le nom du fichier.",
            )


def _advise(name: str, identifier: str, known: dict[str, Entry]) -> str:
    """Which of the two names to keep: the one that a family has already."""
    rename = f"renommez ce fichier «\u00a0{shorten(identifier)}.yaml\u00a0»"
    write = f"écrivez «\u00a0id: {name}\u00a0»"
    right = rename if identifier in known else write if name in known else f"{write}, ou {rename}"
    return f"l’«\u00a0id\u00a0» d’une famille est le nom de son fichier\u00a0: {right}."


def find_unused(folders: Sequence[Folder]) -> Iterator[Fault]:
    """A fault for each shared list of an extension that no list before it is called, and that no question names."""
    written = [question for folder in folders for family in folder.families.values() for question in _questions(family)]
    named = {name for question in written for key in OPTION_LISTS for name in names_in(question.get(key))}
    known = {**folders[0].lists}
    for lists in (folder.lists for folder in folders[1:]):
        for name in lists.keys() - known.keys() - named:
            what = f"aucune question n’a cette liste d’options.{suggest(name, known)}"
            yield Fault(*lists.places[name], shorten(name), what)
        known |= lists


def _questions(family: Entry) -> Iterator[Entry]:
    return (question for section in members(family, "sections") for question in members(section, "questions"))


def names_in(options: object) -> Sequence[str]:
    """The words that stand for options, alone or among them."""
    named = (options,) if isinstance(options, str) else options if isinstance(options, Entries) else ()
    return [name for name in named if isinstance(name, str)]


_OF_READINGS = ("id", "read", "titles_read", "furniture", "nothing_said")
_LISTED = ("sections", "questions", *OPTION_LISTS)


def find_unread(readings: Folder, before: Sequence[Folder]) -> Iterator[Fault]:
    """A fault for each thing in the readings that is no wording, or no wording of anything in the folders before."""
    known = {name: family for each in before for name, family in each.families.items()}
    for name, entry in readings.families.items():
        if name in known:
            yield from _find_unread_in(entry, [each.families[name] for each in before if name in each.families])
        else:
            what = f"la famille «\u00a0{shorten(name)}\u00a0» n’existe pas.{suggest(name, known)}"
            yield Fault(*entry.place, "", f"{what} Le nom de ce fichier est celui d’une famille.")
    yield from _find_unread_in(readings.head, [each.head for each in before])


def _find_unread_in(entry: Entry, known: Sequence[Entry]) -> Iterator[Fault]:
    """`known` are the entries of that id, one a folder; options may also stand in shared lists."""
    for key in entry:
        if key in _LISTED:
            there: dict[str, list[Entry]] = {}
            for other in (each for parent in known for each in members(parent, key)):
                there.setdefault(str(other.get("id")), []).append(other)
            shared = key in OPTION_LISTS and any(isinstance(other.get(key), str | Entries) for other in known)
            for member in members(entry, key):
                name = str(member.get("id"))
                if name in there or shared:
                    yield from _find_unread_in(member, there.get(name, ()))
                else:
                    what = f"«\u00a0{shorten(name)}\u00a0» n’existe pas dans le questionnaire.{suggest(name, there)}"
                    yield Fault(*member.places.get("id", member.place), "", what)
        elif key not in _OF_READINGS:
            named = shorten(key)
            what = (
                f"«\u00a0{named}\u00a0» ne se lit pas ici\u00a0: «\u00a0readings\u00a0» ne contient que des "
                "formulations d’autrui"
            )
            yield Fault(*entry.places[key], "", f"{what} ({', '.join(_OF_READINGS[1:])}).")
