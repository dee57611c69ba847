"""What stands in a field and was not answered yet: kept beside the sheet, and offered on return."""

import contextlib

from impact_cli.answers.keeping.drafts import load_drafts, save_drafts
from impact_cli.survey.prompter import Draft
from impact_cli.survey.record import Record


class HalfTyped:
    """The drafts of one sheet, by the names of their places."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._drafts = load_drafts(record.stored.path)

    @property
    def names(self) -> set[str]:
        """The places that have one."""
        return set(self._drafts)

    def find(self, name: str) -> Draft | None:
        """What was half typed at a place."""
        return self._drafts.get(name)

    def remember(self, name: str, draft: Draft, *known: Draft | None) -> None:
        """Keep what stands in a field, unless that is `known` without it."""
        if draft and draft not in known:
            self._keep({**self._drafts, name: draft})
        else:
            self.forget(name)

    def forget(self, name: str) -> None:
        """Keep nothing of a place any more: something was said there."""
        self._keep({other: draft for other, draft in self._drafts.items() if other != name})

    def _keep(self, drafts: dict[str, Draft]) -> None:
        if drafts != self._drafts:
            self._drafts = drafts
            with contextlib.suppress(OSError):  # no answer as yet: the disk is spoken of when one cannot be saved
                save_drafts(self._record.stored.path, drafts)
