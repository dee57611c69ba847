"""What was said of the same venue before: by an earlier edition, or by the voices of this one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from impact_cli.answers.keeping.store import load_sheet
from impact_cli.answers.keeping.venues import read_venue
from impact_cli.answers.sheet import Answer, Sheet, Silence
from impact_cli.errors import ImpactError, shorten, suggest
from impact_cli.report.french import name_some, say_count
from impact_cli.survey.places import Place, find_answer, find_draft
from impact_cli.survey.prompter import Draft, Step
from impact_cli.survey.steps import tell_answer

ALL_VOICES = "toutes"
_MOST_ANSWERS = 6  # different ones shown at one place: more would push the question out of the window
_MOST_NAMES = 4  # of voices that say the same: a line of 80 columns, or two


@dataclass(frozen=True, slots=True)
class Proposal:
    """What stands in the field where all who answered say the same, and what is shown above it."""

    draft: Draft | None = None
    remark: str = ""


def hear(place: Place, before: Sequence[Sheet]) -> Proposal:
    """What was said at a place before, by one edition or by several voices."""
    drafts = [draft for sheet in before if (draft := find_draft(sheet, place)) is not None]
    agreed = drafts[0] if drafts and all(draft == drafts[0] for draft in drafts) else None
    if not before:
        return Proposal()
    if len(before) == 1:
        return Proposal(
            agreed, f"Réponse de l’édition {before[0].edition}, à confirmer ou à changer." if agreed else ""
        )
    said = list(_tell_voices(place, before))
    return Proposal(agreed, "\n".join([_lead(drafts, agreed), *said]) if said else "")


def _lead(drafts: Sequence[Draft], agreed: Draft | None) -> str:
    """Above what the voices said, whether they agree."""
    if not drafts:
        return "Aucune voix n’a de réponse\u00a0:"
    if len(drafts) == 1:
        return "Une seule voix a répondu, à confirmer ou à changer\u00a0:"
    if agreed is None:
        return "Les voix ne sont pas d’accord, à vous de choisir\u00a0:"
    return "Les voix qui ont répondu sont d’accord, à confirmer ou à changer\u00a0:"


def _tell_voices(place: Place, voices: Sequence[Sheet]) -> Iterator[str]:
    """Who said what: the answer that most gave first."""
    said: dict[Answer, list[str]] = {}
    for sheet in voices:
        answer = find_answer(sheet, place)
        if answer is not None and answer is not Silence.SKIPPED:
            said.setdefault(answer, []).append(name_voice(sheet))
    ranked = sorted(said.items(), key=lambda each: -len(each[1]))
    for answer, names in ranked[:_MOST_ANSWERS]:
        told = tell_answer(Step(place.question, place.row, 1, 1, current=answer), answer)
        yield f"• {name_some(names, most=_MOST_NAMES, longest=30)}\u00a0: {told}"
    if others := len(ranked[_MOST_ANSWERS:]):
        yield f"• et {say_count(others, 'autre réponse', 'autres réponses')}"


def name_voice(sheet: Sheet) -> str:
    """In whose name a sheet was answered, in their own words; else its edition."""
    return sheet.submission.voice if sheet.submission and sheet.submission.voice else sheet.edition


def find_voices(folder: Path, named: Sequence[str], edition: str | None) -> list[Sheet]:
    """The sheets of a venue's folder that are named: by their editions whole, without the year ("equipe"), or all.

    Raises ImpactError with the editions there are.
    """
    venue = read_venue(folder)
    there = {other: path for other, path in venue.editions.items() if other != edition} if venue else {}
    names = dict.fromkeys(name for each in named for name in re.split(r"[,\s]+", each) if name)
    if [*names] == [ALL_VOICES] and (voices := _list_voices(there, edition)):
        return [load_sheet(there[voice]).sheet for voice in voices]
    return [load_sheet(there[_find_edition(name, there, edition)]).sheet for name in names]


def _list_voices(editions: Iterable[str], edition: str | None) -> list[str]:
    """All voices of an edition, of the latest that has some where none is said."""
    years = [year for year, dash, _ in (other.partition("-") for other in editions) if dash]
    return [other for other in editions if years and other.startswith(f"{edition or years[-1]}-")]


def _find_edition(name: str, editions: Iterable[str], edition: str | None) -> str:
    ending = f"{edition}-{name}" if edition else f"-{name}"
    found = [other for other in editions if other == name or other.endswith(ending)]
    if not found:
        raise ImpactError(
            f"«\u00a0{shorten(name)}\u00a0» n’est pas une voix de ce lieu.{suggest(name, editions)}",
            f"Ses éditions\u00a0: {', '.join(editions)}." if editions else "Ce lieu n’a pas d’autre édition.",
            exit_code=2,
        )
    return name if name in found else found[-1]


def name_edition(voices: Sequence[Sheet]) -> str | None:
    """The edition of which these are voices: the year before their names; None where they bear no name."""
    year, dash, _ = voices[0].edition.partition("-") if voices else ("", "", "")
    return year if dash else None
