"""The one way to write to a sheet, or to what lies beside it."""

import contextlib
from collections.abc import Iterator

from impact_cli.answers.locks import lock_sheet
from impact_cli.answers.store import Stored, refresh, refuse_read_only


@contextlib.contextmanager
def editing(stored: Stored) -> Iterator[Stored]:
    """Keep others from the sheet, and give it as it is now: somebody may have written since it was first read.

    What is changed is followed into today's questionnaire by who changes it, and saved by `save_sheet`, which sees to
    the history. Raises ImpactError where a newer version wrote the sheet, or where somebody else is writing.
    """
    refuse_read_only(stored)
    with lock_sheet(stored.path):
        fresh = refresh(stored)
        refuse_read_only(fresh)
        yield fresh
