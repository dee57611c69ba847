"""What the check passes can be told in every format: what is too long for one is a fault with its line."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from writing import HEAD, list_faults, new_sheet, write_files

from impact_cli.answers.sheet import Value
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.render.docx import render_docx
from impact_cli.render.html import render_html
from impact_cli.report.build import Audience, build_report

OPTION = "{{id: o{0}, label: mot {0}}}"
FAMILY = """
id: famille
title: TITRE
sections:
  - id: rubrique
    title: Rubrique
    questions:
      - {id: q, kind: many, ask: Quoi ?, topic: des q, options: [OPTIONS], tell: "Des {q}."}
      - {id: t, kind: text, ask: TEXTE, topic: un t, max_length: 2000, tell: "{t:quote}"}
"""


def _write(folder: Path, *, title: str = "T", options: int = 1, text: str = "Quoi ?", length: int = 2000) -> Path:
    listed = ", ".join(OPTION.format(index) for index in range(options))
    family = FAMILY.replace("TITRE", title).replace("OPTIONS", listed).replace("TEXTE", text)
    head = HEAD.replace("Effets", "E" * len(title))
    return write_files(folder, catalogue=head, famille=family.replace("max_length: 2000", f"max_length: {length}"))


def test_the_longest_that_can_be_told_is_no_fault_and_is_told(tmp_path: Path) -> None:
    folder = _write(tmp_path, title="T" * 100, options=200, text="Q" * 2000, length=20_000)
    assert list_faults(folder) == []
    catalogue = load_catalogue(folder)
    answers: dict[str, Value] = {"rubrique.q": tuple(f"o{index}" for index in range(200)), "rubrique.t": "t" * 20_000}
    sheet = new_sheet(catalogue, answers, venue="V" * 120)
    report = build_report(catalogue, sheet, date(2026, 3, 1), "1", Audience.INTERNAL)
    assert render_docx(report).startswith(b"PK")
    assert render_html(report)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"title": "T" * 101}, "famille.yaml:2: famille: « title » : le texte est trop long (100 caractères au plus)."),
        ({"options": 201}, "famille.yaml:7: rubrique.q: « options » : la liste est trop longue (200 au plus)."),
        (
            {"text": "Q" * 2001},
            "famille.yaml:8: rubrique.t: « ask » : le texte est trop long (2000 caractères au plus).",
        ),
        ({"length": 20_001}, "famille.yaml:8: rubrique.t: « max_length » : un nombre d’au plus 20000 est attendu."),
    ],
)
def test_what_is_longer_is_a_fault_with_its_line(given: dict[str, Any], fault: str, tmp_path: Path) -> None:
    assert fault in list_faults(_write(tmp_path, **given))
