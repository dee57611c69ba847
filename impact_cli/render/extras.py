"""The sentence for a format whose parts are not installed."""

import sys

from impact_cli.errors import ImpactError


def missing_extra(name: str, extra: str) -> ImpactError:
    """What to raise when the import behind a format fails; `name` is what people call the format.

    The command names the Python that runs, for a bare `pip` may be the system's, which refuses to install.
    """
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return ImpactError(
        f"Le format {name} demande un module qui n’est pas installé.",
        f'Installez-le avec\u00a0: {python} -m pip install "impact-cli[{extra}]"',
    )
