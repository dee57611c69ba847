"""The questionnaire in words, for somebody who writes or weighs one."""

from collections.abc import Iterator, Sequence

from impact_cli.catalogue.conditions import Test
from impact_cli.catalogue.lines import lines_of
from impact_cli.catalogue.model import Catalogue, Option, Question, Rating, Section, options_of
from impact_cli.catalogue.sentences import Alternative, Counted

_COUNTS = {"zero": "aucun", "one": "un", "few": "deux ou trois", "many": "plusieurs"}


def outline_catalogue(catalogue: Catalogue) -> str:
    """Families and sections as a tree, each with its number of questions and the minutes it takes."""
    lines = [f"{catalogue.title} ({_measure(list(catalogue.questions.values()))})"]
    for family in catalogue.families:
        questions = [question for section in family.sections for question in section.questions]
        lines += ["", f"{family.title} ({_measure(questions)})"]
        width = max(len(section.id) for section in family.sections)
        for section in family.sections:
            lines.append(f"  {section.id:<{width}}  {section.title} ({_measure(section.questions)})")
    lines += ["", "Une rubrique en détail : impact questions RUBRIQUE"]
    return "\n".join(lines)


def _estimate_minutes(questions: Sequence[Question]) -> int:
    """Whole minutes that answering takes, at least one."""
    return max(1, round(sum(question.seconds for question in _list_counted(questions)) / 60))


def _list_counted(questions: Sequence[Question]) -> list[Question]:
    """Those that are asked, without those for the words of an option, which few people meet."""
    return [question for question in questions if question.asked and "." not in question.id]


def _measure(questions: Sequence[Question]) -> str:
    count = len(_list_counted(questions))
    return f"{count} question{'s' if count > 1 else ''}, {_estimate_minutes(questions)} min"


def outline_section(section: Section) -> str:
    """A section's questions with options and conditions, then its sentences with their slots."""
    lines = [f"{section.title} ({section.id}, {_measure(section.questions)})"]
    if section.hint:
        lines.append(section.hint)
    for number, question in enumerate(section.questions, 1):
        lines += [
            "",
            f"{number}. {question.ask}",
            f"   {question.id} : {question.called}{'' if question.asked else ', qui n’est plus posée'}",
        ]
        lines += [f"   Aide : {question.hint}"] if question.hint else []
        lines += [f"   Seulement si {_tell_when(question)}"] if question.when else []
        lines += [f"   {line}" for line in _list_options(question)]
    lines += ["", "Ce que le rapport en dit :"]
    for line in lines_of(section):
        for rank, alternative in enumerate(line):
            lines += [f"  {'- ' if rank == 0 else '  sinon : '}{form}" for form in _list_forms(alternative)]
    return "\n".join(lines)


def _list_options(question: Question) -> Iterator[str]:
    if isinstance(question, Rating):
        yield from (f"{mark} : {level}" for mark, level in question.marks.items())
    for key, options in options_of(question).items():
        if key != "options":
            yield {"rows": "Lignes :", "choices": "Choix :"}[key]
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
        parts.append(f"« {name} » contient {_quote(test.includes, ' ou ')}")
    if test.excludes:
        parts.append(f"« {name} » ne contient pas {_quote(test.excludes, ' ni ')}")
    if test.min is not None:
        parts.append(f"« {name} » vaut au moins {test.min}")
    if test.max is not None:
        parts.append(f"« {name} » vaut au plus {test.max}")
    return " et ".join(parts)


def _quote(ids: Sequence[str], between: str) -> str:
    return between.join(f"« {identifier} »" for identifier in ids)


def _list_forms(alternative: Alternative) -> Iterator[str]:
    if not isinstance(alternative, Counted):
        yield alternative
        return
    yield from (f"[{_COUNTS[key]}] {form}" for key, form in alternative.forms.items())
