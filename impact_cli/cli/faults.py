"""What no command foresaw: what is said of it and, where the fault is ours, the report that is left behind."""

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from impact_cli import __version__
from impact_cli.errors import EXHAUSTED, ImpactError, explain_os_error, shorten


def explain_refusal(error: OSError) -> ImpactError | None:
    """The sentence for what the system refused, a path or more of itself; None for one of the program's own files."""
    path = str(error.filename or "")
    if error.errno in EXHAUSTED:
        return ImpactError(
            f"Le système refuse ce qu’il faut pour continuer ({explain_os_error(error)}).",
            "Fermez d’autres programmes, puis relancez la commande\u202f; les réponses enregistrées sont intactes.",
        )
    if not path or any(Path(path).is_relative_to(ours) for ours in (Path(__file__).parent.parent, sys.prefix)):
        return None
    return ImpactError(
        f"{shorten(path, 200)}\u00a0: {explain_os_error(error)}.",
        "Vérifiez ce chemin, puis relancez la même commande\u202f; les réponses enregistrées sont intactes.",
    )


def report_fault(error: BaseException) -> ImpactError:
    """The sentence for an unexpected error, whose places in our code (and nothing that was typed) go to a file."""
    lines = [f"impact {__version__}, Python {platform.python_version()}, {platform.system()}", type(error).__name__]
    lines += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    hint = "Relancez la commande\u202f; si cela se reproduit, signalez-le sur la page du projet."
    try:
        with tempfile.NamedTemporaryFile("w", prefix="impact-", suffix=".txt", delete=False, encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        hint = f"{hint} Le fichier {Path(file.name)} dit où, sans aucune de vos réponses."
    except OSError:
        pass
    where = ""
    with suppress(Exception):
        where = f", dans {_find_home(sys.argv)}"
    return ImpactError(
        "Une erreur est survenue dans impact\u00a0: la faute est à nous."
        f" Les réponses enregistrées sont intactes{where}.",
        hint,
    )


def _find_home(words: Sequence[str]) -> Path:
    """The folder of the sheets, as the command that failed was given it: its options were perhaps never read."""
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "--home" and following:
            return Path(following)
        if word.startswith("--home="):
            return Path(word.removeprefix("--home="))
    from impact_cli.answers.keeping.venues import default_home  # not above: what is broken may be there

    return default_home(os.environ)
