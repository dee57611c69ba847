"""YAML as questionnaire authors write it: every entry knows its line, and nothing means what it does not look like."""

import errno
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from impact_cli.errors import Fault, FaultsError, explain_os_error, shorten
from impact_cli.files import read_file
from impact_cli.typography import HIDDEN

LARGEST = 1_000_000  # bytes; our own files are some tens of thousands
_DEEPEST = 30  # levels; our own files have nine
_NO_ALIAS = "les renvois de YAML (*nom) ne sont pas acceptés : écrivez la valeur, ou une liste partagée."
_MISSHAPEN = "la mise en page YAML est incorrecte : vérifiez les retraits et les guillemets de cette ligne."
_HEAP = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]{9}")
_BREAKS = re.compile(r"[ \t]*[\n\t]\s*")  # no text of a questionnaire has more than one line
_KEYS_ON_A_LINE = re.compile(r"\s*(?:- )?(when|headline|tell): ([a-z][a-z0-9_.]*: .*\S)\s*")
_HASHTAG = re.compile(r"[ \t]+#(?=[^\s#])")
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

    def changed(self, key: str, value: object) -> "Entry":
        """A copy in which a key has another value, at the place it has."""
        copy = Entry(self.place)
        for other, kept in self.items():
            copy.put(other, value if other == key else kept, self.places[other])
        return copy


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


_PLAIN_TAGS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


class _Loader(yaml.CSafeLoader):
    """Resolves nothing: what a plain word means is decided below."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  the base class's own attribute


class _Explainer(yaml.SafeLoader):
    """The same in Python, ten times slower: its sentences come with PyYAML and not with any version of libyaml."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  the base class's own attribute


def read_yaml(path: Path) -> Entry:
    """The mapping a file holds. Raises FaultsError with every fault of form: what cannot be read as written."""
    text = _read_text(path)
    try:
        faults, node = _compose(path, text, _Loader)
    except yaml.YAMLError as error:
        raise _explain(path, text, error) from error
    conversion = _Conversion(str(path), text.split("\n"), faults)
    converted = conversion.convert(node) if node else None
    if conversion.faults:
        raise FaultsError(conversion.faults)
    if not isinstance(converted, Entry):
        raise _fault(path, 1, "le fichier doit commencer par des clés, comme « id: … ».")
    return converted


def _compose(path: Path, text: str, loader: type[_Loader | _Explainer]) -> tuple[list[Fault], yaml.Node | None]:
    """A fault for each alias, and the tree. Raises FaultsError where lists are too deep.

    Building the tree recurses without a bound and ends the process; reading its events does not.
    """
    faults = []
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _fault(path, line, f"les listes sont imbriquées sur plus de {_DEEPEST} niveaux.")
        if isinstance(event, yaml.AliasEvent):
            faults.append(Fault(str(path), line, "", _NO_ALIAS))
    return faults, yaml.compose(text, Loader=loader)


def _read_text(path: Path) -> str:
    try:
        content = read_file(path, LARGEST)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise _fault(path, 0, f"le fichier dépasse {LARGEST // 1000} ko.") from error
        raise _fault(path, 0, f"le fichier ne peut pas être lu ({explain_os_error(error)}).") from error
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _fault(path, line, "le fichier n’est pas en UTF-8 ; enregistrez-le dans ce codage.") from error
    at, what = _find_unsettable(text.replace("\t", " "))
    if what:
        raise _fault(path, text.count("\n", 0, at) + 1, what)
    return text


def _find_unsettable(text: str) -> tuple[int, str]:
    """Where a text has what no format can set, and what that is; no words where it has none."""
    if hidden := HIDDEN.search(text) or yaml.reader.Reader.NON_PRINTABLE.search(text):
        return hidden.start(), "cette ligne contient un caractère invisible : effacez-le."
    if heap := _HEAP.search(text):
        return heap.start(), "cette ligne empile plus de huit accents ou signes sans largeur : effacez-les."
    return 0, ""


def _fault(path: Path, line: int, what: str) -> FaultsError:
    return FaultsError([Fault(str(path), line, "", what)])


def _explain(path: Path, text: str, refusal: yaml.YAMLError) -> FaultsError:
    """What is wrong with a text that libyaml refused; each version of it has limits and sentences of its own."""
    mark = refusal.problem_mark if isinstance(refusal, yaml.MarkedYAMLError) else None
    refused = mark.line + 1 if mark else 1
    line, what = refused, _MISSHAPEN
    try:
        _compose(path, text, _Explainer)
    except FaultsError as error:
        return error
    except yaml.MarkedYAMLError as error:
        if error.problem_mark and error.problem_mark.line + 1 >= refused:  # it is stricter on some lines before
            line, what = _find_cause(error)
    except yaml.YAMLError:
        pass
    return _fault(path, line, _advise_braces("".join(text.split("\n")[line - 1 : line])) or what)


def _advise_braces(line: str) -> str:
    """What to write in place of keys on the line of another key; nothing where none that takes keys stands there."""
    found = _KEYS_ON_A_LINE.match(line)
    return f"des clés sur une même ligne s’écrivent entre accolades : « {found[1]}: {{{found[2]}}} »." if found else ""


def _find_cause(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """The line to look at, and what is wrong with it."""
    problem, context = error.problem or "", error.context or ""
    line = error.problem_mark.line + 1 if error.problem_mark else 0
    opened = error.context_mark.line + 1 if error.context_mark else line
    if "mapping values are not allowed" in problem:
        return line, 'un deux-points suivi d’une espace, dans un texte : mettez ce texte entre guillemets droits ("…").'
    if "tab" in problem or "cannot start any token" in problem:
        return line, (
            "un caractère ne peut pas commencer un texte (tabulation, @, `, %) : mettez des espaces ou des guillemets."
        )
    if "alias" in problem or "anchor" in problem:
        return line, _NO_ALIAS
    if "escape" in problem or "hexdecimal" in problem:
        return line, "une barre « \\ », dans un texte entre guillemets droits, s’écrit deux fois."
    if "quoted scalar" in context:
        return opened, "un guillemet ouvert sur cette ligne n’est pas refermé."
    if "flow" in context:
        return opened, (
            "une accolade ou un crochet n’est pas refermé, ou un texte avec « : », « , » ou « ? » manque de guillemets."
        )
    if "another document" in problem:
        return line, "un second document commence ici (« --- ») ; un fichier n’en contient qu’un."
    return line, _MISSHAPEN


@dataclass
class _Conversion:
    """Nodes of one file made entries, texts, whole numbers and booleans; faults are collected on the way."""

    file: str
    lines: list[str]
    faults: list[Fault] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def convert(self, node: yaml.Node) -> object:
        if id(node) in self.seen:
            return ""
        self.seen.add(id(node))
        line = node.start_mark.line + 1
        if isinstance(node, yaml.CollectionNode) and node.tag not in _PLAIN_TAGS:
            return self.note(line, f"l’étiquette « {shorten(node.tag)} » n’est pas acceptée.")
        match node:
            case yaml.MappingNode():
                return self.convert_mapping(node)
            case yaml.SequenceNode():
                return Entries.of((self.convert(member), self.place(member)) for member in node.value)
            case yaml.ScalarNode():
                return self.convert_scalar(node)
            case _:
                return self.note(line, "cette écriture de YAML n’est pas acceptée.")

    def convert_mapping(self, node: yaml.MappingNode) -> Entry:
        entry = Entry(self.place(node))
        for key_node, value_node in node.value:
            key, place = str(key_node.value), self.place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.note(place[1], "une clé est un mot ; un texte qui commence par { ou [ se met entre guillemets.")
            elif key in entry:
                self.note(
                    place[1], f"la clé « {shorten(key)} » est écrite deux fois (déjà ligne {entry.places[key][1]})."
                )
            elif node.flow_style and _is_missing(value_node):
                what = "n’a pas de valeur : un texte qui contient « , » ou « { » se met entre guillemets."
                self.note(place[1], f"« {shorten(key)} » {what}")
            else:
                entry.put(key, self.convert(value_node), place)
        return entry

    def convert_scalar(self, node: yaml.ScalarNode) -> object:
        if not node.tag.startswith("tag:yaml.org,2002:str") and node.tag != "!":
            return self.note(node.start_mark.line + 1, f"l’étiquette « {shorten(node.tag)} » n’est pas acceptée.")
        text = node.value
        if node.style is not None and node.style != "":
            _, what = _find_unsettable(_BREAKS.sub(" ", text))
            return self.note(node.start_mark.line + 1, what) if what else _BREAKS.sub(" ", text).strip(" ")
        if _HASHTAG.match(self.lines[node.end_mark.line], node.end_mark.column):
            what = (
                "un « # » après une espace ouvre un commentaire : mettez le texte entre guillemets, ou écrivez « # … »."
            )
            return self.note(node.end_mark.line + 1, what)
        if text in {"true", "false"}:
            return text == "true"
        return int(text) if _INTEGER.fullmatch(text) else text

    def place(self, node: yaml.Node) -> Place:
        return self.file, node.start_mark.line + 1

    def note(self, line: int, what: str) -> object:
        self.faults.append(Fault(self.file, line, "", what))
        return ""


def _is_missing(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value and not node.style
