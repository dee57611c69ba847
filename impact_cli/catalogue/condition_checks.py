"""What a condition can get wrong: names of nothing, tests that nobody passes, contradictions that cannot be."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from impact_cli.catalogue.conditions import Test, When, key_of
from impact_cli.catalogue.locating import Finding, Steps
from impact_cli.catalogue.model import Incoherence, Many, Number, One, Options, Question, Rating, Section
from impact_cli.catalogue.reach import can_be_answered, can_pass, needs_answer
from impact_cli.errors import nearest, suggest


@dataclass(frozen=True, slots=True)
class Known:
    """The questions a condition can name: all, those asked before, those that nobody can reach, as far as is known."""

    everything: Mapping[str, Question]
    earlier: Mapping[str, Question]
    unreachable: AbstractSet[str]


def check_when(question: Question, section: Section, path: Steps, known: Known) -> Iterator[Finding]:
    """Every fault of what a question waits for."""
    yield from _check_tests(question.when, section.id, path, known.earlier, known.everything)
    for name, test in question.when.items():
        if key_of(name, section.id) in known.unreachable and needs_answer(test):
            what = f"personne n’atteint cette question\u00a0: «\u00a0{name}\u00a0» n’est jamais posée."
            yield Finding((*path, "when", name), what)


def _check_tests(
    when: When, section: str, path: Steps, questions: Mapping[str, Question], later: Collection[str] = ()
) -> Iterator[Finding]:
    for name, test in when.items():
        here, key = (*path, "when", name), key_of(name, section)
        if key in questions:
            yield from _check_test(test, questions[key], here)
        elif key in later:
            yield Finding(
                here,
                f"«\u00a0{name}\u00a0» est posée plus tard\u202f; une condition porte sur une réponse déjà donnée.",
            )
        else:
            near = [other.removeprefix(f"{section}.") for other in questions]
            yield Finding(here, f"la question «\u00a0{name}\u00a0» n’existe pas.{suggest(name, near)}")


def _check_test(test: Test, about: Question, path: Steps) -> Iterator[Finding]:
    if not needs_answer(test) and not test.excludes:
        yield Finding(
            path,
            f"la condition ne demande rien de «\u00a0{about.id}\u00a0»\u00a0: une option, une liste, "
            "«\u00a0not\u00a0», «\u00a0min\u00a0» ou «\u00a0max\u00a0».",
        )
    if isinstance(about, Many | One):
        ids = [option.id for option in about.options]
        for name in (*test.all, *test.includes, *test.excludes):
            if name not in ids:
                what = f"l’option «\u00a0{name}\u00a0» n’existe pas dans «\u00a0{about.id}\u00a0»."
                yield Finding(path, what + _suggest_option(name, about.options))
        if _wants_refused(test):
            yield Finding(path, "cette condition n’est jamais vraie\u00a0: elle veut et refuse la même option.")
    elif test.all or test.includes or test.excludes:
        yield Finding(
            path,
            f"«\u00a0{about.id}\u00a0» n’a pas d’options\u00a0: la condition ne peut porter que sur "
            "«\u00a0min\u00a0» et «\u00a0max\u00a0».",
        )
    if test.min is None and test.max is None:
        return
    if not isinstance(about, Number | Rating | Many):
        yield Finding(
            path,
            f"«\u00a0{about.id}\u00a0» ne se compte pas\u00a0: «\u00a0min\u00a0» et «\u00a0max\u00a0» n’y "
            "ont pas de sens.",
        )
    elif not can_pass(about, [Test(min=test.min, max=test.max)]):
        yield Finding(path, "cette condition n’est jamais vraie\u00a0: aucun nombre ne la remplit.")


def _suggest_option(given: str, options: Options) -> str:
    """The nearest id, also for the label of an option, which is what its author has read."""
    ids = {option.label: option.id for option in options} | {option.id: option.id for option in options}
    near = nearest(given, ids)
    return f" Vouliez-vous dire «\u00a0{ids[near]}\u00a0»\u202f?" if near else ""


def _wants_refused(test: Test) -> bool:
    refused = set(test.excludes)
    return not refused.isdisjoint(test.all) or (bool(test.includes) and refused.issuperset(test.includes))


def check_consistency(
    entries: Sequence[Incoherence], section: str, path: Steps, questions: Mapping[str, Question]
) -> Iterator[Finding]:
    """Every fault of what cannot all be true; `section` is empty for what the catalogue's head says."""
    for index, entry in enumerate(entries):
        here = (*path, "consistency", index)
        if entry.id in [other.id for other in entries[:index]]:
            yield Finding((*here, "id"), f"«\u00a0{entry.id}\u00a0» est déjà pris dans cette liste.")
        if not entry.ask.endswith("?"):
            yield Finding(
                (*here, "ask"), "«\u00a0ask\u00a0» est la question à poser\u00a0: elle finit par «\u00a0?\u00a0»."
            )
        faults = list(_check_entry(entry, section, here, questions))
        yield from faults
        tests = {key_of(name, section): [test] for name, test in entry.when.items()}
        if not faults and not can_be_answered(tests, questions, tests):
            yield Finding(
                (*here, "when"), "ces réponses ne se rencontrent jamais\u00a0: cette contradiction n’arrive pas."
            )


def _wants_several(test: Test) -> bool:
    return len(test.all) + bool(test.includes) > 1


def _check_entry(entry: Incoherence, section: str, path: Steps, questions: Mapping[str, Question]) -> Iterator[Finding]:
    if len(entry.when) == 1 and not any(_wants_several(test) for test in entry.when.values()):
        yield Finding((*path, "when"), "il faut deux réponses pour se contredire, ou deux options d’une question.")
    yield from _check_tests(entry.when, section, path, questions)
