"""Lines that commands print: cut between words for a terminal, and with commands one can copy."""

import os
import re
import shlex
import shutil
import textwrap
from typing import TYPE_CHECKING, TextIO

from impact_cli.typography import make_visible

if TYPE_CHECKING:
    from impact_cli.answers.store import Stored

_NARROWEST = 20  # columns


def fit(text: str, stream: TextIO) -> str:
    """The text in lines that break between words where the stream is a terminal; as it is elsewhere."""
    if not stream.isatty():
        return text
    columns = max(_NARROWEST, shutil.get_terminal_size().columns)
    fitted = []
    for line in text.split("\n"):
        indent = " " * (len(line) - len(line.lstrip(" ")))
        pieces = textwrap.wrap(line, columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        fitted += pieces or [""]
    return "\n".join(fitted)


def name_sheet(stored: "Stored") -> str:
    """How a command names a sheet: by venue and edition in the usual folder, by its path elsewhere."""
    from impact_cli.answers.store import default_home

    if stored.path.parent.parent != default_home(os.environ):
        return make_visible(quote(str(stored.path)))
    return make_visible(f"{quote(stored.sheet.venue)} --edition {stored.sheet.edition}")


def quote(name: str) -> str:
    """The name as one types it in a shell: between double quotes, which every system has, unless it holds a sign."""
    return shlex.quote(name) if re.search(r'["$`\\!]', name) else f'"{name}"'
