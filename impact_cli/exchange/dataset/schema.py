"""The dataset described for machines: Table Schema and Data Package, in the words of the catalogue."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from impact_cli.catalogue.model import Catalogue
from impact_cli.exchange.dataset.columns import Column, Kind, Table, describe_sheets
from impact_cli.report.wording import INTERNAL, INTERNAL_NOTICE
from impact_cli.typography import typeset

Described = dict[str, Any]
_PROFILES = "https://datapackage.org/profiles/2.0"
_GUARDED = (
    "Dans les CSV, une apostrophe est mise devant =, +, -, @ et devant une apostrophe au début d’un nom, d’un texte ou"
    " d’un mot-clé, et après un point-virgule ou une fin de ligne, pour qu’aucun tableur n’y voie une formule."
)
_LICENCE = {"name": "a-choisir", "title": "Licence à choisir avant de publier, par exemple ODbL-1.0 ou etalab-2.0"}
MEDIA = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
}


def describe_table(table: Table) -> Described:
    """The Table Schema of a table."""
    described: Described = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_describe_column(column) for column in table.columns],
        "missingValues": [""],
    }
    return {**described, "primaryKey": [*table.key]} if table.key else described


def describe_schema(catalogue: Catalogue) -> Described:
    """The Table Schema of the wide form of a catalogue, by itself."""
    return {"title": describe_sheets(catalogue).title, **describe_table(describe_sheets(catalogue))}


def _describe_column(column: Column) -> Described:
    described: Described = {"name": column.name, "type": column.kind.value, "title": column.title}
    if column.description:
        described["description"] = column.description
    if column.kind is Kind.FLAG:
        described |= {"trueValues": ["1"], "falseValues": ["0"]}
    if column.allowed:
        described["categories"] = [{"value": value, "label": label} for value, label in column.allowed.items()]
    constraints = {
        "required": column.required or None,
        "enum": [*column.allowed] or None,
        "minimum": column.low,
        "maximum": column.high,
    }
    if held := {name: value for name, value in constraints.items() if value is not None}:
        described["constraints"] = held
    return described


def describe_package(
    catalogue: Catalogue, files: Mapping[str, Table | None], versions: Sequence[str], *, internal: bool
) -> Described:
    """The Data Package of these files, each with the table it holds, None for several."""
    notice = f" {INTERNAL_NOTICE}" if internal else ""
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "effets-version-interne" if internal else "effets",
        "title": catalogue.title + (f" – {INTERNAL}" if internal else ""),
        "description": typeset(_GUARDED) + notice,
        "licenses": [_LICENCE],
        "catalogue": {
            "id": catalogue.id,
            "title": catalogue.title,
            "version": catalogue.version,
            "fingerprint": catalogue.fingerprint,
            "answered": [*versions],
        },
        "resources": [_describe_file(path, table) for path, table in files.items()],
    }


def _describe_file(path: str, table: Table | None) -> Described:
    ending = path[path.rindex(".") :]
    described: Described = {
        "name": re.sub(r"[^a-z0-9_-]+", "-", path.lower()),
        "path": path,
        "format": ending[1:],
        "mediatype": MEDIA[ending],
    }
    if table:
        described |= {"title": table.title}
    if table and ending == ".csv":
        return {**described, "type": "table", "encoding": "utf-8", "schema": describe_table(table)}
    return {**described, "type": "file"}  # no table that every reader of packages reads
