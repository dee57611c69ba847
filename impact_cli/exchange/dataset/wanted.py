"""What a dataset is to be."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from impact_cli.exchange.dataset.telling import Spell
from impact_cli.exchange.tables.cells import spell_guarded
from impact_cli.exchange.tables.delimited import spell


class Format(StrEnum):
    """A format of the tables."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Finished sheets, with `drafts` all, or those of one `edition`, in these formats.

    `internal` keeps the words without consent, `by_edition` parts the Parquet files.
    """

    formats: Collection[Format] = (Format.CSV,)
    edition: str | None = None
    drafts: bool = False
    internal: bool = False
    by_edition: bool = False

    @property
    def ending(self) -> str:
        """What ends the names of its files, where they hold what is not published."""
        return "-version-interne" if self.internal else ""


def choose_spelling(form: Format) -> Spell:
    """How words that people typed stand in the lines of a format: in a CSV so that no spreadsheet runs them."""
    return spell_guarded if form is Format.CSV else spell
