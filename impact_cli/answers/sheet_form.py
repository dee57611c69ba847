"""The form of a sheet's file, held against it by pydantic; every fault of it, with its line, in French."""

import json
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from impact_cli.answers.migrations import latest_format, migrate, read_format
from impact_cli.answers.sheet import CatalogueStamp, Sheet, Silence, Status
from impact_cli.errors import Fault, FaultsError, ImpactError, shorten

_HINT = "Rien n’a été modifié. Réparez le fichier dans un éditeur de texte, ou remettez une copie plus ancienne."

# pydantic's error types, as somebody who edited the file by hand understands them.
_FRENCH = {
    "missing": "la clé manque.",
    "enum": "la valeur n’est pas une de celles attendues : {expected}.",
    "string_type": "un texte est attendu.",
    "string_too_short": "le texte est vide.",
    "int_type": "un nombre entier est attendu.",
    "bool_type": "true ou false est attendu.",
    "dict_type": "un objet {{…}} est attendu.",
    "datetime_parsing": "une date est attendue, comme 2026-03-01T14:30:00+01:00.",
    "datetime_from_date_parsing": "une date est attendue, comme 2026-03-01T14:30:00+01:00.",
    "timezone_aware": "la date doit porter son décalage horaire, comme +01:00.",
}


class _Stamp(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)
    id: str
    version: str
    fingerprint: str


class _File(BaseModel):
    """The keys of the file that this version knows."""

    model_config = ConfigDict(extra="allow", strict=True)
    format: Annotated[int, Field(ge=1)]
    catalogue: _Stamp
    venue: Annotated[str, Field(min_length=1)]
    edition: Annotated[str, Field(min_length=1)]
    status: Status
    created: AwareDatetime
    changed: AwareDatetime
    answers: dict[str, int | str | tuple[str, ...] | dict[str, str]] = {}
    silences: dict[str, Silence] = {}
    uncertain: dict[str, str] = {}
    cleared: dict[str, bool] = {}
    unplaced: tuple[str, ...] = ()


def read_sheet(content: bytes, path: Path) -> Sheet:
    """The sheet in a file's bytes, brought to today's format. Raises ImpactError, naming `path`, with every fault."""
    try:
        file = _File.model_validate_json(migrate(content))
    except ValidationError as error:
        if read_format(content) > latest_format():
            raise refuse_newer(path) from error
        raise _explain(error, content, path) from error
    if doubled := sorted(file.answers.keys() & file.silences.keys()):
        what = "la question a une réponse et un silence : gardez l’un des deux."
        raise FaultsError([Fault(str(path), _line_of(content, "silences", key), key, what) for key in doubled], _HINT)
    known = {name: getattr(file, name) for name in _File.model_fields}
    stamp = file.catalogue
    known["catalogue"] = CatalogueStamp(stamp.id, stamp.version, stamp.fingerprint, extra=stamp.model_extra or {})
    return Sheet(**known, extra=file.model_extra or {})


def refuse_newer(path: Path) -> ImpactError:
    """The error about a sheet that a later version of the program wrote."""
    return ImpactError(
        f"{path} : fiche d’une version plus récente d’impact ; elle n’est pas modifiée.",
        "Installez la dernière version d’impact pour la compléter.",
    )


def _explain(error: ValidationError, content: bytes, path: Path) -> ImpactError:
    details = error.errors(include_url=False)
    if details[0]["type"] == "json_invalid":
        return _explain_syntax(content, path)
    faults = {}
    for detail in details:
        where = [str(step) for step in detail["loc"]]
        key = ".".join(where[:2]) if where[:1] != ["answers"] else where[1] if len(where) > 1 else "answers"
        if where[:1] == ["answers"] and len(where) > 1:
            what = "une réponse est un texte, un nombre entier, une liste de textes ou un objet de textes."
        elif detail["type"] in _FRENCH:
            what = _FRENCH[detail["type"]].format(**detail.get("ctx", {}))
        else:
            what = f"valeur inattendue : « {shorten(str(detail['input']))} »."
        faults[key] = Fault(str(path), _line_of(content, *where[:2]), shorten(key), what)
    return FaultsError(list(faults.values()), _HINT)


def _explain_syntax(content: bytes, path: Path) -> ImpactError:
    if not content.strip():
        return ImpactError(f"{path} : la fiche est vide.", _HINT)
    try:
        json.loads(content)
    except json.JSONDecodeError as error:
        whole = error.doc.rstrip()
        if error.pos >= len(whole) or not whole.endswith("}"):
            line, what = whole.count("\n") + 1, "la fiche est coupée avant sa fin."
        else:
            line, what = error.lineno, "ce n’est pas du JSON correct à partir d’ici."
        return FaultsError([Fault(str(path), line, "", what)], _HINT)
    except (UnicodeDecodeError, RecursionError, ValueError):
        pass
    return ImpactError(f"{path} : ce fichier n’est pas une fiche en JSON et en UTF-8.", _HINT)


def _line_of(content: bytes, *keys: str) -> int:
    """The line on which the last of these keys is written, each after the one before; 0 where none is found."""
    at = -1
    for key in keys:
        found = content.find(json.dumps(key, ensure_ascii=False).encode("utf-8", "replace"), at + 1)
        at = found if found >= 0 else at
    return content[:at].count(b"\n") + 1 if at >= 0 else 0
