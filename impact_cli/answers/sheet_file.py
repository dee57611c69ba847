"""The sheet as JSON: one object a person can read and a database can load. docs/sheet.md describes it."""

from collections.abc import Mapping
from pathlib import Path

from impact_cli.answers.json_files import Where, find_lines, parse_json, write_json
from impact_cli.answers.migrations import Document, latest_format, migrate, read_format
from impact_cli.answers.sheet import Sheet
from impact_cli.answers.sheet_form import SHEET, Faults
from impact_cli.errors import Fault, FaultsError, ImpactError, shorten

LARGEST = 20_000_000  # bytes; a sheet with long texts everywhere has some tens of thousands

_HINT = "Rien n’a été modifié. Réparez le fichier dans un éditeur de texte, ou remettez une copie plus ancienne."
_CUT = "la fiche est coupée avant sa fin."


class ForeignError(ImpactError):
    """The file is no sheet, and never was one."""


class NewerError(ImpactError):
    """A later version of the program wrote the sheet."""


def decode_sheet(content: bytes, path: Path) -> Sheet:
    """The sheet in a file's bytes, in today's format. Raises ImpactError, naming `path`, with every fault there is."""
    document = read_document(content, path)
    faults: Faults = []
    sheet: Sheet | None = SHEET.read(migrate(document), (), faults)
    if sheet and not (faults := _find_contradictions(sheet)):
        return sheet
    if read_format(document) > latest_format():
        raise refuse_newer(path)
    raise _explain(faults, content, path)


def read_document(content: bytes, path: Path) -> Document:
    """The object in a sheet's bytes, in whichever format. Raises ImpactError where there is none."""
    if len(content) > LARGEST:
        raise ImpactError(
            f"{path}\u00a0: le fichier dépasse {LARGEST // 1_000_000} Mo, ce n’est pas une fiche.",
            "Rien n’a été modifié. Vérifiez le chemin.",
        )
    if not content.strip():
        raise ImpactError(f"{path}\u00a0: la fiche est vide.", _HINT)
    if not content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise _refuse_other(path)
    document = parse_json(content, str(path), _HINT, _CUT)
    if b"\\u" in content:
        _refuse_halves(document, path)
    required = SHEET.required.keys()
    if not isinstance(document, Mapping) or 2 * len(required - document.keys()) > len(required):
        raise _refuse_other(path)
    return document


def encode_sheet(sheet: Sheet) -> bytes:
    """The sheet’s file: UTF-8, two spaces a level, keys in a stable order, unknown ones last."""
    return write_json(SHEET.write(sheet)).encode("utf-8", "replace") + b"\n"


def refuse_newer(path: Path) -> NewerError:
    """The error about a sheet that a later version of the program wrote."""
    return NewerError(
        f"{path}\u00a0: fiche d’une version plus récente d’impact\u202f; elle n’est pas modifiée.",
        "Installez la dernière version d’impact pour la compléter.",
    )


def _refuse_halves(document: object, path: Path) -> None:
    try:
        write_json(document).encode()
    except (UnicodeEncodeError, ValueError) as error:
        raise ImpactError(f"{path}\u00a0: un caractère y est écrit à moitié (\\ud800 à \\udfff).", _HINT) from error


def _refuse_other(path: Path) -> ForeignError:
    return ForeignError(f"{path}\u00a0: ce fichier n’est pas une fiche.", "Rien n’a été modifié. Vérifiez le chemin.")


def _find_contradictions(sheet: Sheet) -> Faults:
    doubled = sorted(sheet.answers.keys() & sheet.silences.keys())
    what = "la question a une réponse et un silence\u00a0: gardez l’un des deux."
    return [(("silences", key), what) for key in doubled]


def _explain(faults: Faults, content: bytes, path: Path) -> ImpactError:
    lines = find_lines(content)
    found = {where: Fault(str(path), _line_of(where, lines), _name(where), what) for where, what in faults}
    return FaultsError([*found.values()], _HINT)


def _name(where: Where) -> str:
    """The key at fault as people know it: that of a question by itself, others with the key they stand under."""
    return shorten(".".join(str(step) for step in where[where[0] == "answers" and len(where) > 1 :]))


def _line_of(where: Where, lines: Mapping[Where, int]) -> int:
    """The line of the key, or of the one it should stand under; 0 for the whole file."""
    return next((lines[where[:end]] for end in range(len(where), 0, -1) if where[:end] in lines), 0)
