"""What becomes of a sheet's answers when the catalogue has changed since: said on stderr and by the survey."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from impact_cli.errors import FaultsError
from impact_cli.printing import say

if TYPE_CHECKING:
    from impact_cli.answers.keeping.store import Stored
    from impact_cli.answers.sheet import Sheet
    from impact_cli.catalogue.model import Catalogue


def choose_catalogue(catalogue: "Catalogue", stored: "Stored", questions: Path | None) -> "Catalogue":
    """What the sheet is answered with: one that is finished stays with its questionnaire, unless another is named."""
    kept = find_kept(stored.path, stored.sheet, catalogue) if questions is None else None
    if kept is None:
        return catalogue
    say(f"Fiche terminée avec le questionnaire {kept.version}\u00a0: c’est lui qui sert ici.")
    return kept


def find_kept(path: Path, sheet: "Sheet", today: "Catalogue") -> "Catalogue | None":
    """The catalogue that a finished sheet was told with; where it was spoilt, that is said and today's serves."""
    from impact_cli.answers.keeping.snapshots import find_kept_catalogue

    try:
        return find_kept_catalogue(path, sheet, today)
    except FaultsError as error:
        more = f" (et {len(error.faults) - 1} autres fautes)" if len(error.faults) > 1 else ""
        say(f"Le questionnaire gardé avec cette fiche est abîmé{more}\u00a0:\n{error.faults[0]}")
        say("Le questionnaire d’aujourd’hui sert à sa place. Réparez ce fichier, ou supprimez-le.")
        return None


def tell_changes(catalogue: "Catalogue", sheet: "Sheet") -> Iterator[str]:
    """A sentence for each answer that moved, changed names, or is no longer understood; none where all is as it was."""
    from impact_cli.answers.following import follow_catalogue
    from impact_cli.answers.relevance import trace_path

    is_other = sheet.catalogue.fingerprint != catalogue.fingerprint
    lines = [*follow_catalogue(catalogue, sheet).notes] if is_other else []
    path = trace_path(catalogue, sheet)
    for key, reason in path.misread.items():
        told = "racontée en partie" if path.answers.get(key) is not None else "non racontée"
        lines.append(f"{key}\u00a0: réponse gardée dans la fiche, {told}\u00a0: {reason}")
    if lines and is_other:
        yield f"{_tell_questionnaires(catalogue, sheet)} Aucune réponse n’est perdue\u00a0:"
    yield from lines


def _tell_questionnaires(catalogue: "Catalogue", sheet: "Sheet") -> str:
    """Whether the questionnaire is another one than the sheet's, or the same and changed since."""
    before, now = sheet.catalogue, f"{catalogue.id} {catalogue.version}"
    if before.id != catalogue.id:
        return f"Cette fiche a été remplie avec un autre questionnaire ({before.id} {before.version}, ici {now})."
    return f"Le questionnaire a changé depuis cette fiche (version {before.version}, maintenant {catalogue.version})."


def tell_contradictions(catalogue: "Catalogue", sheet: "Sheet") -> Iterator[str]:
    """A line for each answer that contradicts others: what is wrong in one place is said once."""
    from impact_cli.answers.relevance import trace_path
    from impact_cli.catalogue.consistency import find_contradictions, group_by_answer

    for key, found in group_by_answer(find_contradictions(catalogue, trace_path(catalogue, sheet).values)):
        others = dict.fromkeys(other for each in found for other in each.keys if other != key)
        if len(found) == 1:
            yield f"À vérifier ({', '.join((key, *others))})\u00a0: {found[0].ask}"
        else:
            yield f"À vérifier\u00a0: {key} contredit {', '.join(others)}. Ainsi\u00a0: {found[0].ask}"
