"""The clock of the machine, the only one who asks it: it may be wrong by thousands of years."""

import time
from datetime import MAXYEAR, MINYEAR, datetime

from impact_cli.errors import ImpactError


def read_clock(seconds: float | None = None) -> datetime:
    """The moment it is, or that of so many seconds since 1970, with the machine's offset.

    Raises ImpactError where no calendar has it: a sheet that bore it could not be read again.
    """
    try:
        moment = datetime.fromtimestamp(time.time() if seconds is None else seconds).astimezone()
    except (ValueError, OverflowError, OSError):
        moment = None
    if moment is None or not is_in_calendar(moment):
        raise ImpactError(
            "L’horloge de cet ordinateur indique une date hors du calendrier.",
            "Réglez-la, puis relancez la même commande.",
        )
    return moment


def is_in_calendar(moment: datetime) -> bool:
    """Whether the moment has a date in every time zone, which the first and the last hours of all have not."""
    return MINYEAR < moment.year < MAXYEAR
