"""What a finished survey gives: the report to read, to keep and to open, and the words that stand on its first page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from impact_cli.cli.parts.comparing import build_pair, find_former, list_years
from impact_cli.cli.parts.formats import Form
from impact_cli.cli.parts.reporting import build, write_report
from impact_cli.errors import ImpactError
from impact_cli.report.build import Audience

if TYPE_CHECKING:
    from impact_cli.answers.keeping.store import Stored
    from impact_cli.answers.keeping.venues import Venue
    from impact_cli.catalogue.model import Catalogue
    from impact_cli.survey.prompter import Choice, Prompter

_QUOTE, _COMPARE, _DONE = "quote", "compare", "done"


def offer_report(prompter: "Prompter", catalogue: "Catalogue", stored: "Stored", home: Path) -> None:
    """Offer the report of a sheet in each form, and to compare it, as often as somebody wants."""
    from impact_cli.answers.keeping.venues import read_venue

    venue = read_venue(stored.path.parent)
    former = find_former(venue, stored.path.stem) if venue else None
    while True:
        quotable = _list_quotable(catalogue, stored)
        choices = _list_choices(former, has_texts=bool(quotable))
        chosen = prompter.choose("Votre rapport est prêt. Que voulez-vous en faire\u202f?", choices)
        if chosen is None or chosen == _DONE:
            return
        try:
            if chosen == _QUOTE:
                stored = _choose_quotation(prompter, catalogue, stored, quotable)
            elif chosen == _COMPARE and venue and former:
                _give_comparison(catalogue, stored, venue, former)
            else:
                _give(catalogue, stored, Form(chosen), home)
        except ImpactError as error:
            prompter.say(f"{error.message} {error.hint}".rstrip())


def _list_choices(former: str | None, *, has_texts: bool) -> "Sequence[Choice[str]]":
    """The menu; `former` is the edition that this one can be compared with."""
    from impact_cli.survey.prompter import Choice

    return (
        Choice(Form.TERMINAL, "Le lire ici"),
        *([Choice(_COMPARE, f"Le comparer avec l’édition {former}")] if former else []),
        Choice(Form.PDF, "L’enregistrer en PDF et l’ouvrir"),
        Choice(Form.HTML, "L’enregistrer en page web et l’ouvrir"),
        Choice(Form.DOCX, "L’enregistrer pour Word et l’ouvrir"),
        *([Choice(_QUOTE, "Choisir les mots cités en première page")] if has_texts else []),
        Choice(_DONE, "C’est tout pour aujourd’hui"),
    )


def _give(catalogue: "Catalogue", stored: "Stored", form: Form, home: Path) -> None:
    on_screen = form is Form.TERMINAL
    report = build(catalogue, stored.sheet, Audience.SCREEN if on_screen else Audience.PUBLIC)
    write_report(report, form, None, home=home, open_it=not on_screen)


def _give_comparison(catalogue: "Catalogue", stored: "Stored", venue: "Venue", former: str) -> None:
    years = list_years(venue, (former, stored.path.stem))
    paths = (venue.editions[former], stored.path)
    report = build_pair(paths, Audience.SCREEN, catalogue, years)
    write_report(report, Form.TERMINAL, None)


def _list_quotable(catalogue: "Catalogue", stored: "Stored") -> Mapping[str, str]:
    """The texts that the public's report quotes, by key: no keywords, no words inside a sentence."""
    from impact_cli.report.blocks import Quote

    told = build(catalogue, stored.sheet, Audience.PUBLIC).blocks
    keys = dict.fromkeys(block.tells[0] for block in told if isinstance(block, Quote))
    return {key: str(stored.sheet.answers[key]) for key in keys}


def _choose_quotation(
    prompter: "Prompter", catalogue: "Catalogue", stored: "Stored", texts: Mapping[str, str]
) -> "Stored":
    from impact_cli.answers.keeping.editing import editing
    from impact_cli.answers.keeping.store import save_sheet
    from impact_cli.survey.consenting import say_text
    from impact_cli.survey.prompter import Choice

    questions = catalogue.questions
    lines = [Choice(key, say_text(questions[key].topic, text)) for key, text in texts.items()]
    lines.append(Choice("", "Aucun"))
    now = stored.sheet.quotation
    key = prompter.choose("Quels mots citer en première page\u202f?", lines, escape=now or "", at=now)
    if key is None or key == (now or ""):
        return stored
    with editing(stored) as fresh:
        chosen = replace(fresh, sheet=replace(fresh.sheet, quotation=key or None))
        stored = save_sheet(chosen, catalogue, keep=True)
    prompter.say("✓ Ces mots seront cités en première page." if key else "✓ La première page ne citera rien.")
    return stored
