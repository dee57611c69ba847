"""What people give in place of submissions: sheets, or a form that nobody filled in."""

from contextlib import suppress
from pathlib import Path

from impact_cli.answers.collection.sources import Reader, list_places
from impact_cli.answers.collection.stream import Found, read_share
from impact_cli.errors import ImpactError, shorten
from impact_cli.exchange.tables.workbooks import read_workbook
from impact_cli.printing import quote

_HEADS = {"type", "name"}  # of the first worksheet of an XLSForm
HINT = "Donnez l’export tel que KoboToolbox ou ODK Central l’ont fait\u00a0: CSV, XLSX, JSON, XML ou ZIP."


def explain_absence(path: Path) -> ImpactError:
    """Why no submission is in a file, a folder or an archive, and what to do with what is."""
    name, typed = shorten(path.name or str(path)), quote(str(path))
    if path.suffix.lower() == ".xlsx" and _is_blank_form(path):
        return ImpactError(
            f"{name}\u00a0: c’est le formulaire, sans aucune réponse.",
            "Déposez-le dans KoboToolbox ou ODK Central\u202f; ce qu’ils exportent ensuite s’importe ici.",
        )
    if path.suffix.lower() == ".json" and _holds_sheets(path):
        return ImpactError(
            f"{name}\u00a0: c’est déjà une fiche, il n’y a rien à relire.", f"Pour la lire\u00a0: impact show {typed}"
        )
    if (path.is_dir() or path.suffix.lower() == ".zip") and _holds_sheets(path):
        return ImpactError(
            f"{name}\u00a0: ce sont déjà des fiches, il n’y a rien à relire.",
            f"Pour les raconter ensemble\u00a0: impact panorama {typed}"
            + (f"\u202f; pour les voir\u00a0: impact list --home {typed}" if path.is_dir() else ""),
        )
    more = " Des rapports se donnent eux-mêmes, un nom après l’autre." if path.is_dir() else ""
    return ImpactError(f"{name}\u00a0: aucun envoi de ce questionnaire ne s’y trouve.", HINT + more)


def _is_blank_form(path: Path) -> bool:
    with suppress(ImpactError):
        return set(next(read_workbook(path), [])) >= _HEADS
    return False


def _holds_sheets(path: Path) -> bool:
    return any(isinstance(found, Found) for found in read_share(Reader(), list_places([path])))
