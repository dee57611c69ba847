"""YAML as questionnaire authors write it: entries know their lines, texts are French, no word has a second meaning."""

import errno
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from impact_cli.errors import Fault, FaultsError, explain_os_error, shorten
from impact_cli.files import read_file
from impact_cli.typography import HIDDEN, typeset

LARGEST = 1_000_000  # bytes; our own files are some tens of thousands
_DEEPEST = 30  # levels; our own files have nine
_NO_ALIAS = "les renvois de YAML (*nom) ne sont pas acceptés\u00a0: écrivez la valeur, ou une liste partagée."
_MISSHAPEN = "la mise en page YAML est incorrecte\u00a0: vérifiez les retraits et les guillemets de cette ligne."
_SECOND = "un second document commence ici («\u00a0---\u00a0»)\u202f; un fichier n’en contient qu’un."
_INVISIBLE = "cette ligne contient un caractère invisible\u00a0: effacez-le."
_COMMENT = (
    "un «\u00a0#\u00a0» après une espace ouvre un commentaire\u00a0: mettez le texte entre "
    "guillemets, ou écrivez «\u00a0# …\u00a0»."
)
_SPACES = re.compile("[\\n\u00a0\u202f]+")
_BREAKS = re.compile(r"[ \t]*[\n\t]\s*")  # no text of a questionnaire has more than one line
_KEYS_ON_A_LINE = re.compile(r"\s*(?:- )?(when|headline|tell): ([a-z][a-z0-9_.]*: .*\S)\s*")
_HASHTAG = re.compile(r"[ \t]+#(?=[^\s#])")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")


Place = tuple[str, int]  # a file, and a line from 1


class Entry(dict[str, object]):
    """A mapping of a file, with its own place and that of each key."""

    def __init__(self, place: Place, /, **values: object) -> None:
        super().__init__(values)
        self.place = place
        self.places = dict.fromkeys(values, place)

    def put(self, key: str, value: object, place: Place | None = None) -> None:
        """Set a key, and where it was written: where it stood, or the entry itself, unless a place is given."""
        self[key] = value
        self.places[key] = place or self.places.get(key, self.place)

    def changed(self, key: str, value: object) -> "Entry":
        """A copy in which a key has another value, at the place it has."""
        copy = Entry(self.place, **self)
        copy.places = dict(self.places)
        copy.put(key, value)
        return copy

    def without(self, key: str) -> "Entry":
        """A copy without a key."""
        copy = self.changed(key, None)
        del copy[key]
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


_PATHS = ("extends",)  # keys whose value is no French
_PLAIN_TAGS = (None, "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")
_TEXT_TAGS = (None, "!", "tag:yaml.org,2002:str")
_FRAMES = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)


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
        content, faults = _convert(path, text, _Loader)
    except yaml.YAMLError as error:
        raise _explain(path, text, error) from error
    if faults:
        raise FaultsError(faults)
    if not isinstance(content, Entry):
        raise _fault(path, 1, "le fichier doit commencer par des clés, comme «\u00a0id: …\u00a0».")
    return content


def _convert(path: Path, text: str, loader: type[_Loader | _Explainer]) -> tuple[object, list[Fault]]:
    """What a text holds, and the faults in it. Raises FaultsError where lists are too deep.

    It is read event by event: PyYAML's own tree recurses without a bound, and takes as long again.
    """
    events = yaml.parse(text, Loader=loader)
    conversion = _Conversion(str(path), text.split("\n"), events)
    content: object = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and content is not None:
            raise _fault(path, _line(event), _SECOND)
        if not isinstance(event, _FRAMES):
            content = conversion.convert(event)
    return content, conversion.faults


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
        raise _fault(path, line, "le fichier n’est pas en UTF-8\u202f; enregistrez-le dans ce codage.") from error
    if hidden := _find_hidden(text.replace("\t", " ")):
        raise _fault(path, text.count("\n", 0, hidden.start()) + 1, _INVISIBLE)
    return text


def _find_hidden(text: str) -> re.Match[str] | None:
    """The first character that nobody sees; that most texts have none is known at once."""
    return None if _SPACES.sub("", text).isprintable() else HIDDEN.search(text)


def _fault(path: Path, line: int, what: str) -> FaultsError:
    return FaultsError([Fault(str(path), line, "", what)])


def _explain(path: Path, text: str, refusal: yaml.YAMLError) -> FaultsError:
    """What is wrong with a text that libyaml refused; each version of it has limits and sentences of its own."""
    mark = refusal.problem_mark if isinstance(refusal, yaml.MarkedYAMLError) else None
    refused = mark.line + 1 if mark else 1
    line, what = refused, _MISSHAPEN
    try:
        _convert(path, text, _Explainer)
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
    return (
        f"des clés sur une même ligne s’écrivent entre accolades\u00a0: «\u00a0{found[1]}: {{{found[2]}}}\u00a0»."
        if found
        else ""
    )


def _find_cause(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """The line to look at, and what is wrong with it."""
    problem, context = error.problem or "", error.context or ""
    line = error.problem_mark.line + 1 if error.problem_mark else 0
    opened = error.context_mark.line + 1 if error.context_mark else line
    if "mapping values are not allowed" in problem:
        return (
            line,
            'un deux-points suivi d’une espace, dans un texte\u00a0: mettez ce texte entre guillemets droits ("…").',
        )
    if "tab" in problem or "cannot start any token" in problem:
        return line, (
            "un caractère ne peut pas commencer un texte (tabulation, @, `, %)\u00a0: mettez des espaces ou "
            "des guillemets."
        )
    if "alias" in context or "anchor" in context:
        return line, _NO_ALIAS
    if "escape" in problem:
        return line, "une barre «\u00a0\\\u00a0», dans un texte entre guillemets droits, s’écrit deux fois."
    if "quoted scalar" in context:
        return opened, "un guillemet ouvert sur cette ligne n’est pas refermé."
    if "flow" in context:
        return opened, (
            "une accolade ou un crochet n’est pas refermé, ou un texte avec «\u00a0:\u00a0», "
            "«\u00a0,\u00a0» ou «\u00a0?\u00a0» manque de guillemets."
        )
    return line, _MISSHAPEN


@dataclass
class _Conversion:
    """Events of one file made entries, texts, whole numbers and booleans; faults are collected on the way."""

    file: str
    lines: list[str]
    events: Iterator[yaml.Event]
    faults: list[Fault] = field(default_factory=list)
    depth: int = 0

    def convert(self, event: yaml.Event) -> object:
        match event:
            case yaml.ScalarEvent():
                return self.convert_scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                return self.convert_collection(event)
            case _:
                return self.note(_line(event), _NO_ALIAS)

    def convert_collection(self, event: yaml.CollectionStartEvent) -> object:
        self.depth += 1
        if self.depth > _DEEPEST:
            what = f"les listes sont imbriquées sur plus de {_DEEPEST} niveaux."
            raise FaultsError([Fault(self.file, _line(event), "", what)])
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        content = self.convert_mapping(event) if is_mapping else Entries.of(self.convert_members())
        self.depth -= 1
        if event.tag not in _PLAIN_TAGS:
            return self.note(_line(event), f"l’étiquette «\u00a0{shorten(event.tag)}\u00a0» n’est pas acceptée.")
        return content

    def convert_members(self) -> Iterator[tuple[object, Place]]:
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            place = self.file, _line(event)
            yield self.convert(event), place

    def convert_mapping(self, start: yaml.CollectionStartEvent) -> Entry:
        entry = Entry((self.file, _line(start)))
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            place = self.file, _line(event)
            name = event.value if isinstance(event, yaml.ScalarEvent) else self.convert(event)
            key = str(name)
            following = next(self.events)
            value = self.convert(following)
            if key in _PATHS and isinstance(following, yaml.ScalarEvent):
                value = following.value
            if not isinstance(event, yaml.ScalarEvent):
                self.note(
                    place[1], "une clé est un mot\u202f; un texte qui commence par { ou [ se met entre guillemets."
                )
            elif key in entry:
                known = entry.places[key][1]
                self.note(place[1], f"la clé «\u00a0{shorten(key)}\u00a0» est écrite deux fois (déjà ligne {known}).")
            elif start.flow_style and _is_missing(following):
                what = (
                    "n’a pas de valeur\u00a0: un texte qui contient «\u00a0,\u00a0» ou "
                    "«\u00a0{\u00a0» se met entre guillemets."
                )
                self.note(place[1], f"«\u00a0{shorten(key)}\u00a0» {what}")
            else:
                entry.put(key, value, place)
        return entry

    def convert_scalar(self, event: yaml.ScalarEvent) -> object:
        if event.tag not in _TEXT_TAGS:
            return self.note(_line(event), f"l’étiquette «\u00a0{shorten(event.tag)}\u00a0» n’est pas acceptée.")
        text = event.value
        if event.style:
            text = _BREAKS.sub(" ", text).strip(" ")
            return self.note(_line(event), _INVISIBLE) if _find_hidden(text) else typeset(text)
        end = event.end_mark
        if end and _HASHTAG.match(self.lines[end.line], end.column):
            return self.note(end.line + 1, _COMMENT)
        if text in {"true", "false"}:
            return text == "true"
        return int(text) if _INTEGER.fullmatch(text) else typeset(text)

    def note(self, line: int, what: str) -> object:
        self.faults.append(Fault(self.file, line, "", what))
        return ""


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _is_missing(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.value and not event.style
