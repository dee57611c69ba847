"""The catalogue of a folder, or every fault of it at once."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from impact_cli.catalogue import model
from impact_cli.catalogue.checks import find_findings
from impact_cli.catalogue.findings import Finding
from impact_cli.catalogue.folders import catalogue_folder, read_tree
from impact_cli.catalogue.model import Catalogue
from impact_cli.catalogue.yaml_files import Entries, Entry, Place
from impact_cli.errors import Fault, FaultsError, shorten, suggest

_HINT = "Corrigez ces lignes, puis vérifiez avec « impact questions check DOSSIER »."

# pydantic's error types, as a questionnaire's author understands them.
_FRENCH = {
    "missing": "la clé « {key} » manque.",
    "string_type": "un texte est attendu ; mettez-le entre guillemets.",
    "string_too_short": "le texte est vide.",
    "string_too_long": "le texte est trop long ({max_length} caractères au plus).",
    "bool_type": "true ou false est attendu.",
    "int_type": "un nombre entier est attendu.",
    "tuple_type": "une liste est attendue.",
    "dict_type": "des clés et des valeurs sont attendues.",
    "model_type": "des clés et des valeurs sont attendues.",
    "too_short": "la liste est trop courte ({min_length} au moins).",
    "too_long": "la liste est trop longue ({max_length} au plus).",
    "greater_than_equal": "un nombre d’au moins {ge} est attendu.",
    "less_than_equal": "un nombre d’au plus {le} est attendu.",
    "union_tag_not_found": "la clé « kind » manque.",
}


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """The catalogue of a folder, ours by default, without a fault. Raises FaultsError with all there are."""
    folder = folder or catalogue_folder()
    catalogue, findings = _read_catalogue(folder)
    if findings:
        raise FaultsError(findings, _HINT)
    return catalogue


def find_faults(folder: Path) -> Sequence[Fault]:
    """Every fault of a folder's catalogue, sorted by file and line."""
    try:
        load_catalogue(folder)
    except FaultsError as error:
        return error.faults
    return ()


def _read_catalogue(folder: Path) -> tuple[Catalogue, list[Fault]]:
    tree, fingerprint = read_tree(folder)
    try:
        catalogue = Catalogue.model_validate({**tree, "fingerprint": fingerprint})
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        raise FaultsError([_locate(tree, _translate(detail)) for detail in details], _HINT) from error
    return catalogue, [_locate(tree, finding) for finding in find_findings(catalogue)]


def _translate(detail: ErrorDetails) -> Finding:
    key = str(detail["loc"][-1])
    given = shorten(str(detail["input"]))
    context = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            what = f"la clé « {shorten(key)} » n’existe pas ici.{suggest(key, _known_keys())}"
        case "string_pattern_mismatch":
            what = f"« {given} » n’est pas un identifiant : une minuscule, puis minuscules sans accent, chiffres et _."
        case "union_tag_invalid":
            kind = str(context["tag"])
            kinds = ["many", "one", "number", "text", "grid", "rating", "keywords"]
            what = f"le genre « {shorten(kind)} » n’existe pas.{suggest(kind, kinds)} Genres : {', '.join(kinds)}."
        case "literal_error":
            what = f"« {given} » n’est pas une de ces valeurs : {context['expected']}."
        case other:
            what = _FRENCH.get(other, f"valeur inattendue : « {given} ».").format(key=key, **context)
    return Finding(detail["loc"], what)


def _known_keys() -> Iterator[str]:
    for member in vars(model).values():
        if isinstance(member, type) and issubclass(member, BaseModel):
            yield from (field.alias or name for name, field in member.model_fields.items())


def _locate(tree: Entry, finding: Finding) -> Fault:
    """The finding with its file and line, and `section.question.option` for a name of the place."""
    node: object = tree
    place: Place = tree.place
    ids: list[str] = []
    for step in finding.path:
        if isinstance(node, Entry) and isinstance(step, str) and step in node:
            place, node = node.places.get(step, place), node[step]
        elif isinstance(node, Entries) and isinstance(step, int) and step < len(node):
            place, node = node.places[step], node[step]
            if isinstance(node, Entry) and isinstance(node.get("id"), str):
                ids.append(str(node["id"]))
    where = ".".join(ids[1:] if len(ids) > 1 else ids)
    return Fault(*place, where, finding.what)
