"""What may be published of the words that somebody typed, and which of them stand on the first page."""

from collections.abc import Sequence

from impact_cli.report.french import raise_first
from impact_cli.typography import cut_line

_EXCERPT_LENGTH = 160  # characters of a text about which one is asked: six of them fit in 24 rows
TITLE = "Cochez ce qui peut être publié, tel quel\u202f; le reste ne quitte pas le lieu."


def say_former(edition: str) -> str:
    """Above texts that an edition before may publish in the same words."""
    return f"Déjà coché\u00a0: ce que l’édition {edition} publie, dans les mêmes mots."


def say_text(topic: str, text: str, seems: Sequence[str]) -> str:
    """Words that somebody typed, by their subject and beginning, and what they `seem` to hold."""
    warning = f" (peut-être {' et '.join(seems)})" if seems else ""
    return f"{raise_first(topic)}\u00a0: «\u00a0{cut_line(text, _EXCERPT_LENGTH)}\u00a0»{warning}"


def say_all(*, warned: bool) -> str:
    """The line that ticks all texts at once, save those that may name somebody and are `warned` of."""
    return "Tous ces textes, sauf ceux signalés par «\u00a0peut-être\u00a0»" if warned else "Tous ces textes"


def say_consented(published: int, total: int) -> str:
    """What was said about the publication of so many texts."""
    if not published:
        return "✓ Rien de tout cela ne sera publié." if total > 1 else "✓ Ces mots ne seront pas publiés."
    if published == total:
        return "✓ Tout cela peut être publié." if total > 1 else "✓ Ces mots peuvent être publiés."
    able = "peut être publié" if published == 1 else "peuvent être publiés"
    return f"✓ {published}\u00a0sur\u00a0{total} {able}, {'les autres' if total - published > 1 else 'l’autre'} non."
