"""impact rename: a venue under another name."""

from typing import Annotated

import typer

from impact_cli.cli.parts.parameters import Home, complete_venue, find_home


def rename(
    venue: Annotated[
        str,
        typer.Argument(metavar="ANCIEN", autocompletion=complete_venue, help="Le nom d’aujourd’hui, entre guillemets."),
    ],
    name: Annotated[str, typer.Argument(metavar="NOUVEAU", help="Le nom à écrire, entre guillemets.")],
    home: Home = None,
) -> None:
    """Write a venue's name anew in all its sheets."""
    from impact_cli.answers.keeping.names import check_name
    from impact_cli.answers.keeping.venues import require_venue
    from impact_cli.cli.parts.renaming import correct_name

    folder = find_home(home)
    found = require_venue(folder, venue)
    if not found.editions:
        raise found.refuse_closed()
    correct_name(found, check_name(name), folder)
