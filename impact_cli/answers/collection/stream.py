"""Many sheets as one stream, one at a time in memory: each once, and what is no sheet named."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from impact_cli.answers.collection.digests import Digests, digest
from impact_cli.answers.collection.plain_sheets import decode_plain
from impact_cli.answers.collection.sources import LeftOut, Place, Reader, Reason, list_places
from impact_cli.answers.keeping.names import fold_name
from impact_cli.answers.migrations import latest_format
from impact_cli.answers.sheet import Sheet
from impact_cli.answers.sheet_file import ForeignError, NewerError, decode_sheet
from impact_cli.errors import ImpactError


class Found(NamedTuple):
    """A sheet, the name of its file as people find it again, and by what its venue is known again in little room."""

    name: str
    sheet: Sheet
    venue: bytes


def read_collection(sources: Iterable[Path]) -> Iterator[Found | LeftOut]:
    """Every sheet of these folders, files and archives, and everything beside them that is none, with the reason.

    The order is that of the files' paths, however the sources are given. Of two sheets of one venue and edition the
    second is left out. What is known to lie beside sheets (histories, drafts, the bin) is passed over.
    """
    reader, seen = Reader(), Digests()
    try:
        for found in read_share(reader, list_places(sources)):
            yield _once(found, seen) if isinstance(found, Found) else found
    finally:
        reader.close()


def read_share(reader: Reader, share: Iterable[Place | LeftOut]) -> Iterator[Found | LeftOut]:
    """The sheets of these places, and why there are none at others."""
    return (read_sheet(reader, place) if isinstance(place, Place) else place for place in share)


def read_sheet(reader: Reader, place: Place) -> Found | LeftOut:
    """The sheet of one place, or why there is none."""
    content = reader.read(place)
    if isinstance(content, LeftOut):
        return content
    try:
        sheet = decode_plain(content) or decode_sheet(content, Path(place.name))
    except ForeignError:
        return LeftOut(place.name, Reason.OTHER)
    except NewerError:
        return LeftOut(place.name, Reason.NEWER)
    except ImpactError as error:
        return LeftOut(place.name, Reason.BROKEN, error.message.partition("\n")[0])
    if sheet.format > latest_format():
        return LeftOut(place.name, Reason.NEWER)
    return Found(place.name, sheet, digest(fold_name(sheet.venue)))


def _once(found: Found, seen: Digests) -> Found | LeftOut:
    known = len(seen)
    if seen.add(digest(found.venue, found.sheet.edition)) < known:
        return LeftOut(found.name, Reason.TWICE, f"{found.sheet.venue}, {found.sheet.edition}")
    return found
