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
    catalogue, faults = _read_catalogue(folder)
    if faults or catalogue is None:
        raise FaultsError(faults, _HINT)
    return catalogue


def find_faults(folder: Path) -> Sequence[Fault]:
    """Every fault of a folder's catalogue, sorted by file and line."""
    try:
        load_catalogue(folder)
    except FaultsError as error:
        return error.faults
    return ()


def _read_catalogue(folder: Path) -> tuple[Catalogue | None, list[Fault]]:
    """The catalogue, or as much of it as has the right form, with every fault of form and of meaning."""
    tree = read_tree(folder)
    root, faults = tree.root, list(tree.faults)
    catalogue, details = _validate(root, tree.fingerprint)
    absent: set[str] = set()
    if details:
        said = {(fault.file, fault.line) for fault in faults}
        located = [_locate(root, _translate(detail)) for detail in details]
        faults += [fault for fault in located if (fault.file, fault.line) not in said]
        root, absent = _without_unsound(root, details)
        catalogue, _ = _validate(root, tree.fingerprint)
    findings = find_findings(catalogue) if catalogue else []
    return catalogue, faults + [_locate(root, finding) for finding in findings if not _is_about(finding, absent)]


def _validate(root: Entry, fingerprint: str) -> tuple[Catalogue | None, list[ErrorDetails]]:
    try:
        return Catalogue.model_validate({**root, "fingerprint": fingerprint}), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        return None, [detail for detail in details if not _is_echo(detail, details)]


def _is_echo(detail: ErrorDetails, details: Sequence[ErrorDetails]) -> bool:
    """A list is also said to be too short when all of its members have faults of their own."""
    place = detail["loc"]
    inner = (other["loc"] for other in details if len(other["loc"]) > len(place))
    return detail["type"] == "too_short" and any(other[: len(place)] == place for other in inner)


def _without_unsound(root: Entry, details: Sequence[ErrorDetails]) -> tuple[Entry, set[str]]:
    """A copy without the sections and families that have faults of form, and the ids of the sections left out."""
    families, absent = [], set()
    for index, family, place in _numbered(root, "families"):
        sections = list(_numbered(family, "sections"))
        unsound = {detail["loc"][2:4] for detail in details if detail["loc"][:2] == ("families", index)}
        whole = all(path[:1] == ("sections",) and len(path) > 1 for path in unsound)
        sound = [(each, where) for number, each, where in sections if whole and ("sections", number) not in unsound]
        absent |= {str(each.get("id")) for _, each, where in sections if (each, where) not in sound}
        if sound:
            families.append((family.changed("sections", Entries.of(sound)), place))
    return root.changed("families", Entries.of(families)), absent


def _numbered(entry: Entry, key: str) -> Iterator[tuple[int, Entry, Place]]:
    """The mappings of a list, each with its index and its place."""
    listed = entry.get(key)
    pairs = listed.pairs() if isinstance(listed, Entries) else ()
    return ((index, each, place) for index, (each, place) in enumerate(pairs) if isinstance(each, Entry))


def _is_about(finding: Finding, absent: set[str]) -> bool:
    """Whether it comes from a condition on a section that was not looked at."""
    return "when" in finding.path and str(finding.path[-1]).partition(".")[0] in absent


def _translate(detail: ErrorDetails) -> Finding:
    key = str(detail["loc"][-1])
    given = shorten(str(detail["input"]))
    context = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            what = f"la clé « {shorten(key)} » n’existe pas ici.{_suggest_key(key)}"
        case "string_pattern_mismatch":
            what = f"« {given} » n’est pas un identifiant : une minuscule, puis minuscules sans accent, chiffres et _."
        case "union_tag_invalid":
            kind = str(context["tag"])
            kinds = ["many", "one", "number", "text", "grid", "rating", "keywords"]
            what = f"le genre « {shorten(kind)} » n’existe pas.{suggest(kind, kinds)} Genres : {', '.join(kinds)}."
        case "literal_error":
            expected = str(context["expected"]).replace("'", "").replace(" or ", ", ")
            what = f"« {given} » n’est pas une de ces valeurs : {expected}."
        case other:
            what = _FRENCH.get(other, f"valeur inattendue : « {given} ».").format(key=key, **context)
    at_kind = ("kind",) if detail["type"] == "union_tag_invalid" else ()
    return Finding((*detail["loc"], *at_kind), what)


def _suggest_key(key: str) -> str:
    """The nearest key there is; none for one that exists and only stands in the wrong place."""
    known = set(_known_keys())
    return "" if key in known else suggest(key, sorted(known))


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
