"""What every import shares: what the command was told, what is said meanwhile, and whether something went wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from impact_cli.errors import ImpactError
from impact_cli.printing import offer, say

if TYPE_CHECKING:
    from impact_cli.catalogue.model import Catalogue
    from impact_cli.exchange.field.importing import Options


@dataclass(slots=True)
class Import:
    """Makes sheets as `options` say, `quiet` where a program reads; `failed` where something has no sheet."""

    catalogue: "Catalogue"
    options: "Options"
    quiet: bool
    failed: bool = False

    def tell(self, line: str) -> None:
        """Say it, unless a program reads."""
        if not self.quiet:
            say(line)

    def complain(self, error: ImpactError, *, alone: bool = False) -> None:
        """Say why something has no sheet, and go on; what stands `alone` has nothing to go on with."""
        if alone:
            raise error
        self.failed = True
        say(f"{error.message}\n{error.hint}")

    def end(self, offers: Mapping[str, str]) -> None:
        """What to do now: commands and paths by what they lead to; or that nothing is saved."""
        if not self.options.writes:
            self.tell("Rien n’est enregistré (--dry-run).")
        elif not self.quiet:
            for lead, line in offers.items():
                offer(lead, line)
