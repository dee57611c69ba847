"""YAML as questionnaire authors write it: every entry knows its line, and nothing means what it does not look like."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from impact_cli.errors import Fault, FaultsError, explain_os_error, shorten

_LARGEST = 1_000_000  # bytes; our own files are some tens of thousands
_DEEPEST = 30  # levels; our own files have nine
# libyaml recurses without a bound and ends the process, so depth is judged before it parses.
_STACKED = re.compile(r"(?:[-?][ \t]+){30}")
_BRACKETS = re.compile(r"[\[\]{}]")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")


Place = tuple[str, int]  # a file, and a line from 1


class Entry(dict[str, object]):
    """A mapping of a file, with its own place and that of each key."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.places: dict[str, Place] = {}

    def put(self, key: str, value: object, place: Place) -> None:
        """Set a key, and where it was written."""
        self[key] = value
        self.places[key] = place


class Entries(tuple[object, ...]):  # noqa: SLOT001  a tuple cannot have slots of its own
    """A list of a file, with the place of each member."""

    places: tuple[Place, ...]

    @classmethod
    def of(cls, members: Iterable[tuple[object, Place]]) -> "Entries":
        """The list of these members, each with its place."""
        pairs = list(members)
        entries = cls(member for member, _ in pairs)
        entries.places = tuple(place for _, place in pairs)
        return entries

    def pairs(self) -> Iterator[tuple[object, Place]]:
        """Each member with its place."""
        return zip(self, self.places, strict=True)


class _Loader(yaml.CSafeLoader):
    """Resolves nothing: what a plain word means is decided below."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  the base class's own attribute


def read_yaml(path: Path) -> Entry:
    """The mapping a file holds. Raises FaultsError with every fault of form: what cannot be read as written."""
    text = _read_text(path)
    if _STACKED.search(text) or _count_open_brackets(text) > _DEEPEST:
        raise _fault(path, 0, f"les listes sont imbriquées sur plus de {_DEEPEST} niveaux.")
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise _fault(path, error.problem_mark.line + 1 if error.problem_mark else 0, _explain(error)) from error
    except yaml.YAMLError as error:
        raise _fault(path, 0, "le fichier contient un caractère que YAML n’accepte pas.") from error
    conversion = _Conversion(str(path))
    converted = conversion.convert(node, 0) if node else None
    if conversion.faults:
        raise FaultsError(conversion.faults)
    if not isinstance(converted, Entry):
        raise _fault(path, 1, "le fichier doit commencer par des clés, comme « id: … ».")
    return converted


def _read_text(path: Path) -> str:
    try:
        content = path.read_bytes() if path.stat().st_size <= _LARGEST else None
    except OSError as error:
        raise _fault(path, 0, f"le fichier ne peut pas être lu ({explain_os_error(error)}).") from error
    if content is None:
        raise _fault(path, 0, f"le fichier dépasse {_LARGEST // 1000} ko.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _fault(path, line, "le fichier n’est pas en UTF-8 ; enregistrez-le dans ce codage.") from error


def _count_open_brackets(text: str) -> int:
    most = opened = 0
    for bracket in _BRACKETS.findall(text):
        opened = opened + 1 if bracket in "[{" else max(opened - 1, 0)
        most = max(most, opened)
    return most


def _fault(path: Path, line: int, what: str) -> FaultsError:
    return FaultsError([Fault(str(path), line, "", what)])


def _explain(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return 'un deux-points suivi d’une espace, dans un texte : mettez ce texte entre guillemets droits ("…").'
    if "tab" in problem or "cannot start any token" in problem:
        return (
            "un caractère ne peut pas commencer un texte (tabulation, @, `, %) : mettez des espaces ou des guillemets."
        )
    if "alias" in problem or "anchor" in problem:
        return "les renvois de YAML (*nom) ne sont pas acceptés : écrivez la valeur, ou une liste partagée."
    if "quoted scalar" in f"{error.context}":
        return "un guillemet ouvert n’est pas refermé."
    if "flow" in f"{error.context}":
        return "une accolade ou un crochet n’est pas refermé, ou un texte avec « : » ou « , » manque de guillemets."
    return "la mise en page YAML est incorrecte : vérifiez les retraits et les guillemets de cette ligne."


@dataclass
class _Conversion:
    """Nodes of one file made entries, texts, whole numbers and booleans; faults are collected on the way."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def convert(self, node: yaml.Node, depth: int) -> object:
        line = node.start_mark.line + 1
        if id(node) in self.seen:
            return self.note(line, "les renvois de YAML (*nom) ne sont pas acceptés : écrivez la valeur elle-même.")
        self.seen.add(id(node))
        if depth > _DEEPEST:
            return self.note(line, f"les listes sont imbriquées sur plus de {_DEEPEST} niveaux.")
        match node:
            case yaml.MappingNode():
                return self.convert_mapping(node, depth)
            case yaml.SequenceNode():
                return Entries.of((self.convert(member, depth + 1), self.place(member)) for member in node.value)
            case yaml.ScalarNode():
                return self.convert_scalar(node)
            case _:
                return self.note(line, "cette écriture de YAML n’est pas acceptée.")

    def convert_mapping(self, node: yaml.MappingNode, depth: int) -> Entry:
        entry = Entry(self.place(node))
        for key_node, value_node in node.value:
            key, place = str(key_node.value), self.place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.note(place[1], "une clé est un mot ; un texte qui commence par { ou [ se met entre guillemets.")
            elif key in entry:
                self.note(
                    place[1], f"la clé « {shorten(key)} » est écrite deux fois (déjà ligne {entry.places[key][1]})."
                )
            else:
                entry.put(key, self.convert(value_node, depth + 1), place)
        return entry

    def convert_scalar(self, node: yaml.ScalarNode) -> object:
        if not node.tag.startswith("tag:yaml.org,2002:str") and node.tag != "!":
            return self.note(node.start_mark.line + 1, f"l’étiquette « {shorten(node.tag)} » n’est pas acceptée.")
        text = node.value
        if node.style is not None and node.style != "":
            return text
        if text in {"true", "false"}:
            return text == "true"
        return int(text) if _INTEGER.fullmatch(text) else text

    def place(self, node: yaml.Node) -> Place:
        return self.file, node.start_mark.line + 1

    def note(self, line: int, what: str) -> object:
        self.faults.append(Fault(self.file, line, "", what))
        return ""
