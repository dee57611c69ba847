"""The bytes of a published report, as pieces: its format is found, its markup left behind."""

import json
import re
import unicodedata

from impact_cli.errors import ImpactError, shorten
from impact_cli.exchange.files.markdown import read_markdown
from impact_cli.exchange.files.page import read_page
from impact_cli.exchange.files.pdf import extract_text
from impact_cli.exchange.files.pieces import Piece
from impact_cli.exchange.files.plain import read_plain
from impact_cli.exchange.files.spaced import is_spaced, read_spaced
from impact_cli.exchange.files.word import read_word

_LARGEST_FILE = 5_000_000  # bytes
_LARGEST_TEXT = 150_000  # characters; a report has some tens of thousands
_MARKUP = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<main|<article|<div|<section)\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"^#{1,3} \S", re.MULTILINE)
_BLANKS = str.maketrans({"\t": " ", "\x0b": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"})
_HINT = "Donnez le rapport seul, en texte, en Markdown, en HTML, en Word ou en PDF."


def read_pieces(content: bytes | str, name: str) -> list[Piece]:
    """The pieces of a file, in its order. Raises ImpactError where it is too large or holds no text."""
    if len(content) > _LARGEST_FILE:
        raise ImpactError(f"{shorten(name)}\u00a0: le fichier dépasse {_LARGEST_FILE // 1_000_000} Mo.", _HINT)
    if isinstance(content, bytes) and content.startswith(b"%PDF-"):
        content = extract_text(content, name)
    if isinstance(content, bytes) and content.startswith(b"PK\x03\x04") and b"word/" in content:
        pieces = read_word(content, name)
    else:
        pieces = _read_format(_decode(content, name) if isinstance(content, bytes) else content, name)
    if sum(len(piece.text) for piece in pieces) > _LARGEST_TEXT:
        raise ImpactError(f"{shorten(name)}\u00a0: le texte est trop long pour un rapport.", _HINT)
    return pieces


def _read_format(text: str, name: str) -> list[Piece]:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").translate(_BLANKS)
    text = unicodedata.normalize("NFC", text)  # macOS parts letters from their accents
    ending = name.lower().rpartition(".")[2]
    if _is_json(text):
        raise ImpactError(
            f"{shorten(name)}\u00a0: ce sont des données JSON, pas un rapport.",
            "Une fiche se lit avec impact show FICHIER\u202f; des réponses, avec impact survey LIEU --answers FICHIER.",
        )
    if ending in ("html", "htm", "xhtml") or _MARKUP.match(text[:2000]):
        return read_page(text)
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


def _decode(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content[:10_000]:
        raise ImpactError(f"{shorten(name)}\u00a0: ce fichier ne contient pas de texte.", _HINT)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
