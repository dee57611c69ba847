"""The sentence for a format whose parts are not installed."""

from impact_cli.errors import ImpactError


def missing_extra(name: str, extra: str) -> ImpactError:
    """What to raise when the import behind a format fails; `name` is what people call the format."""
    return ImpactError(
        f"Le format {name} demande un module qui n’est pas installé.",
        f"Installez-le avec\u00a0: pip install 'impact-cli[{extra}]'",
    )
