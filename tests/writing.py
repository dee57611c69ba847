"""Tiny catalogues and sheets, written in the test that needs them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent, indent

from impact_cli.answers.sheet import CatalogueStamp, Sheet, Silence, Value
from impact_cli.catalogue.inspecting import find_faults
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.catalogue.model import Catalogue, Keywords, Text
from impact_cli.exchange.compiling import compile_wordbook
from impact_cli.exchange.wordbook import Wordbook

NOW = datetime(2026, 3, 1, 14, 30, tzinfo=UTC)

HEAD = """
    id: essai
    version: "1"
    title: Effets
    families: [famille]
"""


def write_files(folder: Path, **texts: str) -> Path:
    """The folder, with a file `name.yaml` for each text; texts may be indented as their test is."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return folder


def write_catalogue(folder: Path, sections: str, *, head: str = HEAD, **others: str) -> Path:
    """A catalogue of one family, `famille`, whose sections are written as a YAML list.

    The first line of `sections` is line 4 of famille.yaml.
    """
    family = "id: famille\ntitle: Famille\nsections:\n" + indent(dedent(sections).strip("\n"), "  ") + "\n"
    return write_files(folder, catalogue=head, famille=family, **others)


def write_section(folder: Path, section: str) -> Path:
    """A catalogue of one section, `rubrique`: its questions and lines, the first line being line 6 of famille.yaml."""
    return write_catalogue(
        folder, "- id: rubrique\n  title: Rubrique\n" + indent(dedent(section).strip("\n"), "  ") + "\n"
    )


@cache
def load_sections(sections: str) -> Catalogue:
    """The catalogue that `write_catalogue` writes of these sections, each text loaded once."""
    with TemporaryDirectory() as folder:
        return load_catalogue(write_catalogue(Path(folder), sections))


@cache
def load_section(section: str) -> Catalogue:
    """The same of one section, `rubrique`."""
    with TemporaryDirectory() as folder:
        return load_catalogue(write_section(Path(folder), section))


def new_sheet(
    catalogue: Catalogue,
    answers: Mapping[str, Value] | None = None,
    silences: Mapping[str, Silence] | None = None,
    *,
    venue: str = "La Remise",
    consent: bool = True,
) -> Sheet:
    """The sheet in progress of 2026 with these answers, as they are: nothing is checked.

    With `consent` all of its free words may be published.
    """
    stamp = CatalogueStamp(catalogue.id, catalogue.version, catalogue.fingerprint)
    sheet = Sheet(
        venue=venue,
        edition="2026",
        catalogue=stamp,
        created=NOW,
        changed=NOW,
        answers=dict(answers or {}),
        silences=dict(silences or {}),
    )
    for key in sheet.answers if consent else ():
        if isinstance(catalogue.questions.get(key), Text | Keywords):
            sheet = sheet.with_consent(key, publish=True)
    return sheet


@cache
def real_catalogue() -> Catalogue:
    """Our own questionnaire with its readings, loaded once."""
    return load_catalogue(readings=True)


@cache
def real_book() -> Wordbook:
    """Every wording of it, to read reports with."""
    return compile_wordbook(real_catalogue())


def list_faults(folder: Path) -> list[str]:
    """The faults of a folder's catalogue, each on one line, with the path of its file from there."""
    return [
        str(fault).replace(f"{folder}/", "").replace("\u00a0", " ").replace("\u202f", " ")
        for fault in find_faults(folder)
    ]
