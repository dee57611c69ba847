"""Answers given as a JSON file in place of the conversation: all are valid, or none is taken."""

from collections.abc import Mapping

from impact_cli.answers.json_files import find_lines, parse_json
from impact_cli.answers.numbers import hear_number
from impact_cli.answers.sheet import Answer, Silence
from impact_cli.answers.values import AnswerError, read_value
from impact_cli.catalogue.conditions import section_of
from impact_cli.catalogue.model import Catalogue, Number, Question
from impact_cli.errors import Fault, FaultsError, ImpactError, shorten, suggest

LARGEST = 20_000_000  # bytes
_MOST_SUGGESTIONS = 20  # each takes a millisecond
_HINT = "Rien n’a été enregistré. Corrigez le fichier, puis relancez la même commande."


def read_answers(catalogue: Catalogue, content: bytes, name: str) -> dict[str, Answer]:
    """The answers of a file called `name`, by key. Raises FaultsError with every fault, each with its line.

    The file is an object `{"section.question": value}`: ids or exact labels, or `{"state": "not_known"}` (also
    "skipped", "not_applicable") in place of a value. A number can be said in words ("environ 20") where the section has
    a text that keeps them, which the file may write itself.
    """
    given = _read_object(content, name)
    answers: dict[str, Answer] = {}
    refused: dict[str, str] = {}
    for key, raw in given.items():
        try:
            question = _find_question(catalogue, key, near=len(refused) < _MOST_SUGGESTIONS)
            heard = _hear_words(catalogue, key, raw) or {key: _read_answer(question, raw)}
            answers |= {name: said for name, said in heard.items() if name == key or name not in given}
        except AnswerError as error:
            refused[key] = str(error)
    if refused:
        lines = find_lines(content)
        raise FaultsError([Fault(name, lines[(key,)], shorten(key), what) for key, what in refused.items()], _HINT)
    return answers


def _find_question(catalogue: Catalogue, key: str, *, near: bool) -> Question:
    if key in catalogue.questions:
        return catalogue.questions[key]
    raise AnswerError(f"cette question n’existe pas.{suggest(key, catalogue.questions) if near else ''}")


def _hear_words(catalogue: Catalogue, key: str, raw: object) -> dict[str, Answer]:
    """A number said in words, and these for the section's text that keeps them; nothing where there are none."""
    question = catalogue.questions[key]
    if not isinstance(question, Number) or not question.prose or not isinstance(raw, str):
        return {}
    heard = hear_number(raw)
    if heard.only or heard.number is None:
        return {}
    prose = f"{section_of(key)}.{question.prose}"
    return {key: read_value(question, heard.number), prose: read_value(catalogue.questions[prose], raw)}


def _read_answer(question: Question, raw: object) -> Answer:
    match raw:
        case {"state": str(state), **others} if not others:
            states = [silence.value for silence in Silence]
            if state not in states:
                raise AnswerError(
                    f"«\u00a0{shorten(state)}\u00a0» n’est pas un de ces états\u00a0: {', '.join(states)}."
                )
            return Silence(state)
        case _:
            return read_value(question, raw)


def _read_object(content: bytes, name: str) -> Mapping[str, object]:
    if len(content) > LARGEST:
        raise ImpactError(f"{name}\u00a0: le fichier dépasse {LARGEST // 1_000_000} Mo.", _HINT)
    given = parse_json(content, name, _HINT, "le fichier est coupé avant sa fin.")
    if not isinstance(given, dict):
        raise ImpactError(f'{name}\u00a0: un objet est attendu, comme {{"rubrique.question": réponse}}.', _HINT)
    return given
