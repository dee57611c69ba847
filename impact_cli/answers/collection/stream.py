"""Many sheets as one stream, one at a time in memory, and what is no sheet named."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from impact_cli.answers.collection.digests import digest
from impact_cli.answers.collection.plain_sheets import decode_plain
from impact_cli.answers.collection.sources import LeftOut, Place, Reader, Reason
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
