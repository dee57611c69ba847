"""Submissions as XML, one or many in a file: read as they come, with nothing declared in them and nothing fetched."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO
from xml.parsers import expat

from impact_cli.errors import ImpactError, shorten

Pairs = Sequence[tuple[str, str]]  # what a submission says, field by field in its order: path and value

_CHUNK = 1 << 16
_DEEPEST = 30  # groups in one another
_MOST_FIELDS = 20_000  # of a submission; a form of ours has some hundreds
_MOST_LETTERS = 5_000_000  # of a submission: every text as long as it may be
_HINT = "Exportez de nouveau les envois, sans les modifier."


def read_instances(file: BinaryIO, name: str) -> Iterator[Pairs]:
    """Each submission of a file. Raises ImpactError where it is no such XML, or declares what could be run."""
    reader = _Reader(name)
    try:
        while chunk := file.read(_CHUNK):
            reader.parser.Parse(chunk)
            yield from reader.take()
        reader.parser.Parse(b"", True)  # noqa: FBT003  the end, which it takes by position alone
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two of an encoding that Python has not
        line = reader.parser.ErrorLineNumber
        raise ImpactError(
            f"{shorten(name)}, ligne {line}\u00a0: ce n’est pas un envoi XML correct à partir d’ici.", _HINT
        ) from error
    yield from reader.take()


class _Reader:
    """Gathers the leaves of each element that bears an `id`, as the root of every submission does."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._path: list[str] = []
        self._root = 0  # the depth of the submission that is read; 0 outside
        self._pairs: list[tuple[str, str]] = []
        self._text: list[str] = []
        self._letters = 0
        self._is_leaf = False
        self._done: list[Pairs] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._hear
        self.parser.StartDoctypeDeclHandler = self._refuse_declaration

    def take(self) -> Iterator[Pairs]:
        """The submissions that are whole since the last time."""
        done, self._done = self._done, []
        return iter(done)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._path.append(_leave_prefix(tag))
        if len(self._path) > _DEEPEST or len(self._pairs) > _MOST_FIELDS:
            raise self._refuse("trop de champs, ou trop de groupes l’un dans l’autre")
        if not self._root and "id" in attributes:
            self._root, self._letters = len(self._path), 0
        self._text, self._is_leaf = [], True

    def _end(self, _tag: str) -> None:
        if self._root and self._is_leaf and len(self._path) > self._root:
            self._pairs.append(("/".join(self._path[self._root :]), "".join(self._text)))
        if len(self._path) == self._root:
            self._done.append(self._pairs)
            self._pairs, self._root = [], 0
        self._path.pop()
        self._is_leaf = False

    def _hear(self, text: str) -> None:
        self._letters += len(text)
        if self._letters > _MOST_LETTERS:
            raise self._refuse("trop de texte")
        if self._root:
            self._text.append(text)

    def _refuse_declaration(self, *_declared: object) -> None:
        raise self._refuse("des définitions, que les formulaires n’ont pas")

    def _refuse(self, what: str) -> ImpactError:
        return ImpactError(f"{shorten(self._name)}\u00a0: cet envoi XML contient {what}\u202f; il n’est pas lu.", _HINT)


def _leave_prefix(tag: str) -> str:
    return tag.rpartition(":")[2]
