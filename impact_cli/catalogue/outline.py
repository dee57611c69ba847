"""The questionnaire in words, for somebody who writes or weighs one."""

from collections.abc import Iterable, Iterator, Sequence

from impact_cli.catalogue.conditions import Test
from impact_cli.catalogue.lines import lines_of
from impact_cli.catalogue.model import Catalogue, Option, Question, Rating, Section, options_of
from impact_cli.catalogue.sentences import Alternative, Counted

_COUNTS = {"zero": "aucun", "one": "un", "few": "deux ou trois", "many": "plusieurs"}


def outline_catalogue(catalogue: Catalogue) -> str:
    """Families and sections as a tree, each with its number of questions and the minutes it takes."""
    lines = [f"{catalogue.title} ({_measure(catalogue.sections)})"]
    for family in catalogue.families:
        lines += ["", f"{family.title} ({_measure(family.sections)})"]
        width = max(len(section.id) for section in family.sections)
        for section in family.sections:
            lines.append(f"  {section.id:<{width}}  {section.title} ({_measure([section])})")
    lines += ["", "Une rubrique en détail\u00a0: impact questions RUBRIQUE"]
    return "\n".join(lines)


def _measure(sections: Iterable[Section]) -> str:
    """How many questions are asked, without those for the words of an option, which few people meet; whole minutes."""
    asked = [question for section in sections for question in section.written if question.asked]
    minutes = max(1, round(sum(question.seconds for question in asked) / 60))
    return f"{len(asked)} question{'s' if len(asked) > 1 else ''}, {minutes} min"


def outline_section(section: Section) -> str:
    """A section's questions with options and conditions, then its sentences with their slots."""
    lines = [f"{section.title} ({section.id}, {_measure([section])})"]
    if section.hint:
        lines.append(section.hint)
    for number, question in enumerate(section.questions, 1):
        lines += [
            "",
            f"{number}. {question.ask}",
            f"   {question.id}\u00a0: {question.called}{'' if question.asked else ', qui n’est plus posée'}",
        ]
        lines += [f"   Aide\u00a0: {question.hint}"] if question.hint else []
        lines += [f"   Seulement si {_tell_when(question)}"] if question.when else []
        lines += [f"   {line}" for line in _list_options(question)]
    lines += ["", "Ce que le rapport en dit\u00a0:"]
    for line in lines_of(section):
        for rank, alternative in enumerate(line):
            start = "  sinon\u00a0: " if rank else "- "
            lines += [f"  {start}{form}" for form in _list_forms(alternative)]
    return "\n".join(lines)


def _list_options(question: Question) -> Iterator[str]:
    if isinstance(question, Rating):
        yield from (f"{mark}\u00a0: {level}" for mark, level in question.marks.items())
    for key, options in options_of(question).items():
        if key != "options":
            yield {"rows": "Lignes\u00a0:", "choices": "Choix\u00a0:"}[key]
        yield from (_tell_option(option) for option in options)


def _tell_option(option: Option) -> str:
    notes = " (exclut les autres)" if option.exclusive else ""
    notes += "" if option.asked else " (n’est plus proposée)"
    return f"- {option.label}{notes} [{option.id}]"


def _tell_when(question: Question) -> str:
    return " et ".join(_tell_test(name, test) for name, test in question.when.items())


def _tell_test(name: str, test: Test) -> str:
    parts = []
    if test.all:
        parts.append(f"«\u00a0{name}\u00a0» contient {_quote(test.all, ' et ')}")
    if test.includes:
        parts.append(f"«\u00a0{name}\u00a0» contient {_quote(test.includes, ' ou ')}")
    if test.excludes:
        parts.append(f"«\u00a0{name}\u00a0» ne contient pas {_quote(test.excludes, ' ni ')}")
    if test.min is not None:
        parts.append(f"«\u00a0{name}\u00a0» vaut au moins {test.min}")
    if test.max is not None:
        parts.append(f"«\u00a0{name}\u00a0» vaut au plus {test.max}")
    return " et ".join(parts)


def _quote(ids: Sequence[str], between: str) -> str:
    return between.join(f"«\u00a0{identifier}\u00a0»" for identifier in ids)


def _list_forms(alternative: Alternative) -> Iterator[str]:
    if not isinstance(alternative, Counted):
        yield alternative
        return
    yield from (f"[{_COUNTS[key]}] {form}" for key, form in alternative.forms.items())
