"""What a catalogue of the right form can still get wrong: names, bounds, conditions that cannot hold."""

import re
from collections.abc import Iterator, Sequence

from impact_cli.catalogue.condition_checks import Known, check_consistency, check_when
from impact_cli.catalogue.line_checks import check_lines
from impact_cli.catalogue.locating import Finding, Steps, find_under
from impact_cli.catalogue.model import Catalogue, Grid, Many, Number, Option, Question, Section, Text, options_of
from impact_cli.catalogue.reach import can_be_answered
from impact_cli.catalogue.sentences import Headline
from impact_cli.errors import suggest
from impact_cli.typography import fold

_LONGEST_HEADLINE = 80  # characters
_STOPS = (".", "?", "!", ":", ";", ",")
_RESERVED = ("rapport", "silences")  # places in every report: its title, and what it does not say


def find_findings(catalogue: Catalogue) -> list[Finding]:
    """Every fault of meaning. An empty list says: every question can be asked, every answer is told, also alone."""
    findings: list[Finding] = list(_check_sections(catalogue))
    earlier: dict[str, Question] = {}
    unreachable: set[str] = set()
    known = Known(catalogue.questions, earlier, unreachable)
    for section, path in _walk_sections(catalogue):
        for index, question in enumerate(section.written):
            here = (*path, "questions", index)
            findings += _check_question(question, section, here)
            found = list(check_when(question, section, here, known))
            key = f"{section.id}.{question.id}"
            if not found and not can_be_answered([key], catalogue.questions):
                what = "personne n’atteint cette question\u00a0: ses conditions ne sont jamais vraies en même temps."
                found.append(Finding((*here, "when"), what))
            findings += found
            unreachable |= {key} if found else set()
            earlier[key] = question
        findings += check_lines(section, path, catalogue.questions)
        findings += check_consistency(section.consistency, section.id, path, catalogue.questions)
    return [*findings, *check_consistency(catalogue.consistency, "", (), catalogue.questions)]


def _walk_sections(catalogue: Catalogue) -> Iterator[tuple[Section, Steps]]:
    for family_index, family in enumerate(catalogue.families):
        for index, section in enumerate(family.sections):
            yield section, ("families", family_index, "sections", index)


def _check_sections(catalogue: Catalogue) -> Iterator[Finding]:
    """The ids of families and sections are also places in a page, so none can stand twice."""
    seen = dict.fromkeys(_RESERVED, "une partie du rapport")
    seen |= {family.id: "une famille" for family in catalogue.families}
    for section, path in _walk_sections(catalogue):
        if section.id in seen:
            yield Finding((*path, "id"), f"{seen[section.id]} s’appelle déjà «\u00a0{section.id}\u00a0».")
        seen.setdefault(section.id, "une autre rubrique")
        yield from _check_unique([question.id for question in section.written], (*path, "questions"))


def _check_unique(ids: Sequence[str], path: Steps) -> Iterator[Finding]:
    for index, identifier in enumerate(ids):
        if identifier in ids[:index]:
            yield Finding((*path, index, "id"), f"«\u00a0{identifier}\u00a0» est déjà pris dans cette liste.")


def _check_question(question: Question, section: Section, path: Steps) -> Iterator[Finding]:
    for key, options in options_of(question).items():
        yield from _check_unique([option.id for option in options], (*path, key))
        yield from _check_wordings(options, (*path, key))
        for index, option in enumerate(options):
            yield from find_under((*path, key, index), _check_option(option, question))
        if not any(option.asked for option in options):
            yield Finding((*path, key), "aucune de ces options n’est plus proposée.")
    if question.topic[0].isupper() or question.topic.endswith(_STOPS):
        what = "«\u00a0topic\u00a0» se lit au milieu d’une phrase\u00a0: ni majuscule, ni ponctuation à la fin."
        yield Finding((*path, "topic"), what)
    if isinstance(question, Many | Number) and question.headline:
        yield from find_under((*path, "headline"), _check_headline(question, question.headline))
    if isinstance(question, Number):
        yield from find_under(path, _check_number(question, section))


def _check_number(question: Number, section: Section) -> Iterator[tuple[str, str]]:
    if question.min > question.max:
        yield "min", f"«\u00a0min\u00a0» ({question.min}) dépasse «\u00a0max\u00a0» ({question.max})."
    prose = section.question(question.prose) if question.prose else None
    if question.prose and not isinstance(prose, Text):
        texts = [other.id for other in section.questions if isinstance(other, Text)]
        what = f"«\u00a0{question.prose}\u00a0» n’est pas une question de texte de la rubrique."
        yield "prose", what + suggest(question.prose, texts)


def _check_headline(question: Many | Number, headline: Headline) -> Iterator[tuple[str, str]]:
    """A headline stands alone on the first page: some words, and the figure wherever it is more than one."""
    if isinstance(question, Many) and headline.zero:
        yield "zero", "ces mots ne sont jamais dits\u00a0: une question «\u00a0many\u00a0» répondue compte au moins un."
    if "{count}" not in headline.many:
        yield "", "ces mots ne disent pas le nombre\u00a0: ils contiennent «\u00a0{count}\u00a0»."
    for form in (headline.zero, headline.one, headline.many):
        if re.search(r"[{}]", form.replace("{count}", "", 1)):
            yield "", "la seule accolade de ces mots est «\u00a0{count}\u00a0», une fois."
        if form.endswith(_STOPS) or len(form) > _LONGEST_HEADLINE:
            yield "", f"«\u00a0headline\u00a0» tient en {_LONGEST_HEADLINE} caractères, sans ponctuation à la fin."


def _check_option(option: Option, question: Question) -> Iterator[tuple[str, str]]:
    """What is wrong with an option, by the key of it that says so; "" for the option itself."""
    of_grid = isinstance(question, Grid)
    if option.exclusive and not isinstance(question, Many):
        yield "exclusive", "seule une question «\u00a0many\u00a0» a des options exclusives."
    if option.exclusive and not (option.tell[:1].isupper() and option.tell.endswith((".", "…"))):
        yield "tell", "une option exclusive se raconte en une phrase entière, dans «\u00a0tell\u00a0»."
    if option.specify and (option.exclusive or of_grid):
        what = "une option qui se précise («\u00a0specify\u00a0») se coche avec d’autres"
        yield "specify", f"{what}, ou dans une question «\u00a0one\u00a0»."
    if option.difficulty and of_grid:
        yield "difficulty", "une difficulté («\u00a0difficulty\u00a0») est une option que l’on coche."
    if option.means and not of_grid:
        yield "means", "seul un choix de grille peut valoir un silence («\u00a0means\u00a0»)."
    if not option.asked and of_grid:
        yield "asked", "les lignes et les choix d’une grille sont toujours proposés."
    if not option.tell and not option.means and option.label[:1].isupper():
        yield "", "l’option n’a pas de «\u00a0tell\u00a0»\u00a0: les mots qui la racontent au milieu d’une phrase."
    if not option.exclusive and option.told.endswith(_STOPS):
        yield "", "les mots de l’option se lisent au milieu d’une phrase\u00a0: sans ponctuation à la fin."


def _check_wordings(options: Sequence[Option], path: Steps) -> Iterator[Finding]:
    """Two options under the same words could not be told apart by a reader, nor when a report is read back."""
    owner: dict[str, str] = {}
    for index, option in enumerate(options):
        for wording in {fold(wording) for wording in (option.label, option.told, *option.read)}:
            if owner.setdefault(wording, option.id) != option.id:
                what = (
                    f"«\u00a0{wording}\u00a0» désigne aussi l’option «\u00a0{owner[wording]}\u00a0»\u00a0: on ne "
                    "peut pas les distinguer."
                )
                yield Finding((*path, index), what)
