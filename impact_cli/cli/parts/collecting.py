"""What the commands over many sheets share: where the sheets are, how far the reading is, what is left out of it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from impact_cli.cli.parts.parameters import expand
from impact_cli.errors import shorten
from impact_cli.printing import counting, say
from impact_cli.report.french import name_some

if TYPE_CHECKING:
    from impact_cli.answers.collection.sources import LeftOut

_MOST_NAMED = 5  # files left out for one reason
_LONGEST = 300  # characters of a path, and of what is told of it

Sources = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[DOSSIER|FICHE|ZIP]...",
        parser=expand,
        help="Où sont les fiches\u00a0: dossiers, fichiers, archives ZIP\u202f; sans cela, vos fiches.",
    ),
]


@contextmanager
def telling_progress() -> Iterator[Callable[[int], object]]:
    """What is to be told how many sheets were read, before anything is kept of them; who interrupts it is told so."""
    try:
        with counting("Lecture des fiches") as tell:
            yield tell
    except KeyboardInterrupt:
        say("Lecture interrompue\u00a0: rien n’est enregistré.")
        raise


def say_left_out(left_out: Iterable["LeftOut"]) -> None:
    """What was not read, a line for each reason; and what to do where two venues may have one name."""
    from impact_cli.answers.collection.sources import Reason

    grouped: dict[str, list[LeftOut]] = {}
    for each in left_out:
        grouped.setdefault(each.reason, []).append(each)
    for reason, several in sorted(grouped.items()):
        files = [shorten(each.name, _LONGEST) + (f" ({each.detail})" if each.detail else "") for each in several]
        say(f"Laissé de côté, {reason}\u00a0: {name_some(files, most=_MOST_NAMED, longest=2 * _LONGEST)}")
        if reason == Reason.TWICE:
            say("Si deux lieux ont le même nom, ajoutez-y leur commune\u00a0: impact rename.")
