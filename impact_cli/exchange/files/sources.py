"""The bytes of a published report, as pieces: its format is found, its markup left behind."""

import json
import re
import unicodedata
from collections.abc import Iterator

from impact_cli.errors import ImpactError, shorten
from impact_cli.exchange.files.markdown import read_markdown
from impact_cli.exchange.files.page import read_page
from impact_cli.exchange.files.pdf import extract_text
from impact_cli.exchange.files.pieces import Piece
from impact_cli.exchange.files.plain import read_plain
from impact_cli.exchange.files.spaced import is_spaced, read_spaced
from impact_cli.exchange.files.word import read_word

LARGEST_FILE = 5_000_000  # bytes
LARGEST_TEXT = 150_000  # characters; a report has some tens of thousands
_LARGEST_TOLD = 4 * LARGEST_TEXT  # with letters told apart: one of Arabic's signs is eighteen
MOST_LINES = 20_000
_MOST_MARKS = 8  # on one letter
_MARKUP = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<main|<article|<div|<section)\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"^#{1,3} \S", re.MULTILINE)
_BLANKS = str.maketrans({"\t": " ", "\x0b": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"})
_HINT = "Donnez le rapport seul, en texte, en Markdown, en HTML, en Word ou en PDF."


def read_pieces(content: bytes | str, name: str) -> list[Piece]:
    """The pieces of a file, in its order. Raises ImpactError where it is too large or holds no text."""
    if len(content) > LARGEST_FILE:
        raise ImpactError(f"{shorten(name)} : le fichier dépasse {LARGEST_FILE // 1_000_000} Mo.", _HINT)
    if isinstance(content, bytes) and content.startswith(b"%PDF-"):
        content = extract_text(content, name)
    if isinstance(content, bytes) and content.startswith(b"PK\x03\x04") and b"word/" in content:
        return _refuse_long(read_word(content, name), name)
    text = _decode(content, name) if isinstance(content, bytes) else content
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").translate(_BLANKS)
    text = unicodedata.normalize("NFC", "".join(_leave_marks(text)))  # macOS parts letters from their accents
    return _refuse_long(_read_format(text, name), name)


def _refuse_long(pieces: list[Piece], name: str) -> list[Piece]:
    _refuse_lines(len(pieces), name)
    text = sum(len(piece.text) for piece in pieces)
    told = sum(len(unicodedata.normalize("NFKD", piece.text)) for piece in pieces)
    if text > LARGEST_TEXT or told > _LARGEST_TOLD:
        raise ImpactError(f"{shorten(name)} : le texte est trop long pour un rapport.", _HINT)
    return pieces


def _leave_marks(text: str) -> Iterator[str]:
    """The letters, with no more marks than any language puts on one: ordering a run takes the square of its length."""
    run = 0
    for letter in text:
        run = run + 1 if letter > "\u02ff" and unicodedata.combining(letter) else 0
        if run <= _MOST_MARKS:
            yield letter


def _read_format(text: str, name: str) -> list[Piece]:
    ending = name.lower().rpartition(".")[2]
    if _is_json(text):
        raise ImpactError(
            f"{shorten(name)} : ce sont des données JSON, pas un rapport.",
            "Une fiche se lit avec impact show FICHIER ; des réponses, avec impact survey LIEU --answers FICHIER.",
        )
    if ending in ("html", "htm", "xhtml") or _MARKUP.match(text[:2000]):
        return read_page(text)
    if len(text) > LARGEST_TEXT:
        raise ImpactError(f"{shorten(name)} : le texte est trop long pour un rapport.", _HINT)
    _refuse_lines(text.count("\n"), name)
    if ending in ("md", "markdown") or (ending != "txt" and _MARKDOWN.search(text)):
        return read_markdown(text)
    return read_plain(read_spaced(text) if is_spaced(text) else text)


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse_lines(count: int, name: str) -> None:
    if count > MOST_LINES:
        raise ImpactError(f"{shorten(name)} : le fichier a trop de lignes pour un rapport.", _HINT)


def _decode(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content[:10_000]:
        raise ImpactError(f"{shorten(name)} : ce fichier ne contient pas de texte.", _HINT)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
