"""Answers given as a JSON file in place of the conversation: all are valid, or none is taken."""

import json
from collections.abc import Mapping

from impact_cli.answers.reading import AnswerError, read_value
from impact_cli.answers.sheet import Answer, Silence
from impact_cli.catalogue.model import Catalogue, Question
from impact_cli.errors import Fault, FaultsError, ImpactError, shorten, suggest

LARGEST = 20_000_000  # bytes
_HINT = "Rien n’a été enregistré. Corrigez le fichier, puis relancez la même commande."


def read_answers(catalogue: Catalogue, content: bytes, name: str) -> dict[str, Answer]:
    """The answers of a file called `name`, by key. Raises FaultsError with every fault, each with its line.

    The file is an object `{"section.question": value}`: ids or exact labels, or `{"state": "not_known"}` (also
    "skipped", "not_applicable") in place of a value.
    """
    given = _read_object(content, name)
    answers: dict[str, Answer] = {}
    faults = []
    for key, raw in given.items():
        try:
            answers[key] = _read_answer(_find_question(catalogue, key), raw)
        except AnswerError as error:
            faults.append(Fault(name, _line_of(content, key), shorten(key), str(error)))
    if faults:
        raise FaultsError(faults, _HINT)
    return answers


def _find_question(catalogue: Catalogue, key: str) -> Question:
    if key in catalogue.questions:
        return catalogue.questions[key]
    raise AnswerError(f"cette question n’existe pas.{suggest(key, catalogue.questions)}")


def _read_answer(question: Question, raw: object) -> Answer:
    match raw:
        case {"state": str(state), **others} if not others:
            states = [silence.value for silence in Silence]
            if state not in states:
                raise AnswerError(f"« {shorten(state)} » n’est pas un de ces états : {', '.join(states)}.")
            return Silence(state)
        case _:
            return read_value(question, raw)


def _read_object(content: bytes, name: str) -> Mapping[str, object]:
    if len(content) > LARGEST:
        raise ImpactError(f"{name} : le fichier dépasse {LARGEST // 1_000_000} Mo.", _HINT)
    doubled: list[str] = []

    def gather(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in pairs]
        doubled.extend(key for index, key in enumerate(keys) if key in keys[:index])
        return dict(pairs)

    try:
        given = json.loads(content.decode("utf-8-sig"), object_pairs_hook=gather)
    except json.JSONDecodeError as error:
        raise FaultsError(
            [Fault(name, error.lineno, "", "ce n’est pas du JSON correct à partir d’ici.")], _HINT
        ) from error
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FaultsError([Fault(name, line, "", "le fichier n’est pas en UTF-8.")], _HINT) from error
    except (RecursionError, ValueError) as error:
        raise ImpactError(f"{name} : ce JSON est trop profond, ou un nombre y est trop long.", _HINT) from error
    if doubled:
        what = "la clé est écrite deux fois."
        raise FaultsError([Fault(name, _line_of(content, key), shorten(key), what) for key in doubled], _HINT)
    if not isinstance(given, dict):
        raise ImpactError(f'{name} : un objet est attendu, comme {{"rubrique.question": réponse}}.', _HINT)
    return given


def _line_of(content: bytes, key: str) -> int:
    """The line on which a key is first written, 0 where it is written with escapes."""
    at = content.find(json.dumps(key, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return content[:at].count(b"\n") + 1 if at >= 0 else 0
