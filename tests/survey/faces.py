"""The plain face of the conversation over other streams."""

from typing import TextIO

from impact_cli.cli.parts.prompting import set_for_ears
from impact_cli.survey.plain import PlainPrompter


def open_plain(source: TextIO, output: TextIO) -> PlainPrompter:
    """The plain face between two streams, with the report set as the program sets it."""
    return PlainPrompter(source, output, set_for_ears)
