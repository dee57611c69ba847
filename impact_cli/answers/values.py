"""What somebody gave as an answer, read as the value a question accepts, or refused in one French sentence."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import assert_never

from impact_cli.answers.json_files import write_json
from impact_cli.answers.sheet import Value
from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Option, Question, Rating, Text, list_offered
from impact_cli.errors import shorten, suggest
from impact_cli.typography import fold

LONGEST_KEYWORD = 80  # characters; what is longer is a sentence, and fits no line as a hashtag
_MOST_REFUSALS = 20  # told of one answer
_MOST_DIGITS = 30  # above any bound, and below what int() refuses
_GROUPED = re.compile(r"[+\u2212]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+|[+\u2212-]?\d+")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_BETWEEN_KEYWORDS = re.compile(r"[,;\n\t•]|(?:^|\s)#+")
# What a pasted list has before each word, and the sign of a hashtag.
_ITEM = re.compile(r"^[\s#]*(?:(?:[-*–—·‣◦▪]|\d{1,2}[.)])(?:\s[\s#]*|$))*")


class AnswerError(Exception):
    """An answer a question cannot take; its text is a French sentence for the person who gave it."""


def read_value(question: Question, raw: object) -> Value:
    """The value in its one stored form: ids (from ids or exact labels) in the catalogue's order, clean text.

    Raises AnswerError. `raw` is what JSON gives: a string, a whole number, a list of strings, an object of strings.
    """
    match question:
        case Many():
            return _read_many(question, raw)
        case One():
            return find_option(question.options, _read_string(raw)).id
        case Number():
            return _read_number(raw, question.min, question.max, grouped=not question.year)
        case Rating():
            return _read_number(raw, min(question.marks), max(question.marks))
        case Text():
            return _read_text(question, raw)
        case Grid():
            return _read_grid(question, raw)
        case Keywords():
            return _read_keywords(question, raw)
        case _:
            assert_never(question)


def read_known(question: Question, value: Value) -> Value | None:
    """What is left of a stored value without the options that the question no longer has; None where nothing is."""
    match question, value:
        case Many(options=options), tuple():
            left: object = [chosen for chosen in value if _has(options, chosen)]
        case Grid(rows=rows, choices=choices), Mapping():
            left = {row: choice for row, choice in value.items() if _has(rows, row) and _has(choices, choice)}
        case _:
            return None
    try:
        return read_value(question, left)
    except AnswerError:
        return None


def _has(options: Sequence[Option], identifier: str) -> bool:
    return any(option.id == identifier for option in options)


def find_option(options: Sequence[Option], given: str) -> Option:
    """The option of that id or exact label; the AnswerError names the nearest one."""
    for option in options:
        if given in (option.id, option.label):
            return option
    known = [name for option in options for name in (option.id, option.label)]
    choices = f" Les choix\u00a0: {', '.join(option.id for option in list_offered(options))}."
    raise AnswerError(f"option inconnue «\u00a0{shorten(given)}\u00a0».{suggest(given, known) or choices}")


def clean_text(typed: str) -> str:
    """The text in the form it is kept: composed characters, lines ended by a newline, no blank around lines' ends."""
    text = _SURROGATES.sub("\ufffd", _LINE_ENDS.sub("\n", typed)).replace("\t", " ").replace("\ufeff", "")
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", text).split("\n")]
    return "\n".join(lines).strip("\n")


def _read_many(question: Many, raw: object) -> tuple[str, ...]:
    given = [raw] if isinstance(raw, str) else raw
    if not isinstance(given, list | tuple):
        raise AnswerError("une liste d’options est attendue.")
    chosen = {option.id for option in _find_all(question.options, given)}
    if not chosen:
        raise AnswerError("au moins une option est attendue\u202f; une liste vide ne dit pas «\u00a0aucune\u00a0».")
    ticked = [option for option in question.options if option.id in chosen]
    alone = next((option for option in ticked if option.exclusive), None)
    if alone and len(ticked) > 1:
        raise AnswerError(f"«\u00a0{alone.label}\u00a0» exclut les autres options.")
    return tuple(option.id for option in ticked)


def _find_all(options: Sequence[Option], given: Sequence[object]) -> list[Option]:
    """The options named; the AnswerError tells all that are unknown."""
    found, refused = [], list[str]()
    for one in given:
        if len(refused) == _MOST_REFUSALS:
            break
        try:
            found.append(find_option(options, _read_string(one)))
        except AnswerError as error:
            refused.append(str(error))
    if refused:
        raise AnswerError(" ".join([refused[0], *(text[:1].upper() + text[1:] for text in refused[1:])]))
    return found


def _read_number(raw: object, low: int, high: int, *, grouped: bool = True) -> int:
    if isinstance(raw, str) and _GROUPED.fullmatch(raw.strip()):
        digits = re.sub(r"\s", "", raw).replace("\u2212", "-")
        raw = int(digits[:_MOST_DIGITS])
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise AnswerError(
            f"un nombre entier, en chiffres, est attendu\u00a0: «\u00a0{shorten(_write(raw))}\u00a0» n’en est pas un."
        )
    if not low <= raw <= high:
        bounds = [f"{bound:,}".replace(",", "\u202f") if grouped else str(bound) for bound in (low, high)]
        raise AnswerError(f"un nombre de {bounds[0]} à {bounds[1]} est attendu.")
    return raw


def _read_text(question: Text, raw: object) -> str:
    text = clean_text(_read_string(raw))
    if not question.lines:
        text = _without_final_stop(" ".join(text.split()))
    if not text.strip():
        raise AnswerError("le texte est vide.")
    if len(text) > question.max_length:
        raise AnswerError(f"le texte compte {len(text)} caractères\u202f; {question.max_length} au plus sont acceptés.")
    return text


def _without_final_stop(text: str) -> str:
    """A fact stands inside a sentence, which has its own full stop; dots of suspension are kept."""
    while text.endswith(".") and not text.endswith(".."):
        text = text[:-1].rstrip()
    return text


def _read_grid(question: Grid, raw: object) -> Mapping[str, str]:
    if not isinstance(raw, Mapping):
        raise AnswerError('un choix par ligne est attendu\u00a0: {"ligne": "choix"}.')
    rows = _find_all(question.rows, list(raw))
    choices = _find_all(question.choices, list(raw.values()))
    given = {row.id: choice.id for row, choice in zip(rows, choices, strict=True)}
    if not given:
        raise AnswerError("au moins une ligne est attendue.")
    return {row.id: given[row.id] for row in question.rows if row.id in given}


def _read_keywords(question: Keywords, raw: object) -> tuple[str, ...]:
    typed = _BETWEEN_KEYWORDS.split(raw) if isinstance(raw, str) else raw
    if not isinstance(typed, list | tuple):
        raise AnswerError("une liste de mots-clés est attendue.")
    lines = [line for one in typed for line in _read_string(one).split("\t")]
    split = [word for line in lines for word in _BETWEEN_KEYWORDS.split(clean_text(line))]
    bare = [" ".join(_ITEM.sub("", word).split()) for word in split]
    once: dict[str, str] = {}
    for word in filter(None, bare):
        once.setdefault(fold(word), word)
    words = tuple(once.values())
    if not words:
        raise AnswerError("au moins un mot-clé est attendu.")
    if len(words) > question.most:
        raise AnswerError(f"{len(words)} mots-clés sont donnés\u202f; {question.most} au plus sont acceptés.")
    if long := next((word for word in words if len(word) > LONGEST_KEYWORD), None):
        raise AnswerError(
            f"un mot-clé compte au plus {LONGEST_KEYWORD} caractères\u00a0: «\u00a0{shorten(long)}\u00a0»."
        )
    return words


def _read_string(raw: object) -> str:
    if not isinstance(raw, str):
        raise AnswerError(f"un texte est attendu, pas «\u00a0{shorten(_write(raw))}\u00a0».")
    return raw


def _write(raw: object) -> str:
    """What was given, as it stands in a file."""
    return raw if isinstance(raw, str) else " ".join(write_json(raw).split())
