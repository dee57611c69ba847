"""The questions that ask for an option's own words: "Autre", and what it stands for."""

from collections.abc import Iterator

from impact_cli.catalogue.conditions import Test
from impact_cli.catalogue.model import Many, One, Option, Question, Text
from impact_cli.typography import typeset

_LONGEST = 150  # characters: the words stand inside a sentence
_TOPIC = "la précision "
_HINT = "Quelques mots, sans nommer personne\u00a0: ils se liront entre guillemets, au milieu d’une phrase."


def key_of_words(question: Question, option: Option) -> str:
    """The id, within its section, of the question that asks for the words of an option."""
    return f"{question.id}.{option.id}"


def name_option(question: Question) -> str:
    """The option, between quotation marks, whose words a question asks for; "" where it asks for none."""
    return question.topic.removeprefix(_TOPIC) if "." in question.id else ""


def add_questions(section: str, question: Question) -> Iterator[Question]:
    """The question, then one for the words of each option that asks for some."""
    yield question
    for option in question.options if isinstance(question, Many | One) else ():
        if option.specify:
            yield Text(
                id=key_of_words(question, option),
                ask=typeset(f"«\u00a0{option.label}\u00a0»\u00a0: pouvez-vous préciser\u202f?"),
                topic=typeset(f"{_TOPIC}«\u00a0{option.label}\u00a0»"),
                hint=_HINT,
                when={question.id: Test(includes=(option.id,))},
                was=tuple(_list_former_keys(section, question, option)),
                asked=question.asked and option.asked,
                max_length=_LONGEST,
            )


def _list_former_keys(section: str, question: Question, option: Option) -> Iterator[str]:
    """The keys that the words had under former ids of the question or of the option."""
    named = [former if "." in former else f"{section}.{former}" for former in (question.id, *question.was)]
    keys = [f"{key}.{identifier}" for key in named for identifier in (option.id, *option.was)]
    yield from keys[1:]
