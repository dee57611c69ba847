"""What becomes of a sheet's answers when the catalogue has changed since: said on stderr and by the survey."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from impact_cli.answers.sheet import Sheet
    from impact_cli.catalogue.model import Catalogue


def tell_changes(catalogue: "Catalogue", sheet: "Sheet") -> Iterator[str]:
    """A sentence for each answer that moved, changed names, or is no longer understood; none where all is as it was."""
    from impact_cli.answers.following import follow_catalogue
    from impact_cli.answers.relevance import trace_path

    if sheet.catalogue.fingerprint != catalogue.fingerprint:
        lines = list(follow_catalogue(catalogue, sheet).notes)
    else:
        lines = []
    path = trace_path(catalogue, sheet)
    for key, reason in path.misread.items():
        told = "racontée en partie" if path.answers.get(key) is not None else "non racontée"
        lines.append(f"{key} : réponse gardée dans la fiche, {told} : {reason}")
    if lines and sheet.catalogue.fingerprint != catalogue.fingerprint:
        yield f"{_tell_questionnaires(catalogue, sheet)} Aucune réponse n’est perdue :"
    yield from lines


def _tell_questionnaires(catalogue: "Catalogue", sheet: "Sheet") -> str:
    """Whether the questionnaire is another one than the sheet's, or the same and changed since."""
    before, now = sheet.catalogue, f"{catalogue.id} {catalogue.version}"
    if before.id != catalogue.id:
        return f"Cette fiche a été remplie avec un autre questionnaire ({before.id} {before.version}, ici {now})."
    return f"Le questionnaire a changé depuis cette fiche (version {before.version}, maintenant {catalogue.version})."
