"""The bytes of a published report, as pieces: its format is found, its markup left behind."""

import logging
import re
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING

from impact_cli.errors import ImpactError, missing_extra, shorten
from impact_cli.exchange.markdown import read_markdown
from impact_cli.exchange.page import read_page
from impact_cli.exchange.pieces import Piece
from impact_cli.exchange.plain import read_plain

if TYPE_CHECKING:
    from pypdf import PageObject

LARGEST_FILE = 5_000_000  # bytes
LARGEST_TEXT = 150_000  # characters; a report has some tens of thousands
MOST_LINES = 20_000
_MARKUP = re.compile(r"\s*(?:<!doctype html|<html|<head|<body|<main|<article|<div|<section)\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"^#{1,3} \S", re.MULTILINE)
_PAGE_NUMBER = re.compile(r"\s*\d*\s*$")
_LEAST_RUNNING = 3  # pages
_PARAGRAPH = 1.7  # from a line to the one below, in heights of its letters: more parts paragraphs
_BULLET_LENGTH = 2  # characters
_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"})
_BLANKS = str.maketrans({"\t": " ", "\x0b": "\n", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"})
_HINT = "Donnez le rapport seul, en texte, en Markdown ou en HTML."


def read_pieces(content: bytes | str, name: str) -> list[Piece]:
    """The pieces of a file, in its order. Raises ImpactError where it is too large or holds no text."""
    if len(content) > LARGEST_FILE:
        raise ImpactError(f"{shorten(name)} : le fichier dépasse {LARGEST_FILE // 1_000_000} Mo.", _HINT)
    if isinstance(content, bytes) and content.startswith(b"%PDF-"):
        content = _extract_pdf(content, name)
    text = _decode(content, name) if isinstance(content, bytes) else content
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").translate(_BLANKS)
    pieces = _read_format(text, name)
    _refuse_lines(len(pieces), name)
    if sum(len(piece.text) for piece in pieces) > LARGEST_TEXT:
        raise ImpactError(f"{shorten(name)} : le texte est trop long pour un rapport.", _HINT)
    return pieces


def _read_format(text: str, name: str) -> list[Piece]:
    ending = name.lower().rpartition(".")[2]
    if ending in ("html", "htm", "xhtml") or _MARKUP.match(text[:2000]):
        return read_page(text)
    if len(text) > LARGEST_TEXT:
        raise ImpactError(f"{shorten(name)} : le texte est trop long pour un rapport.", _HINT)
    _refuse_lines(text.count("\n"), name)
    if ending in ("md", "markdown") or (ending != "txt" and _MARKDOWN.search(text)):
        return read_markdown(text)
    return read_plain(text)


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


def _extract_pdf(content: bytes, name: str) -> str:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise missing_extra("PDF", "pdf") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells its own remarks, in English
    try:
        pages = [_read_sheet(page) for page in PdfReader(BytesIO(content)).pages]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        raise ImpactError(f"{shorten(name)} : le texte de ce PDF ne peut pas être lu.", _HINT) from error
    return "\n".join(_leave_running_lines(pages)).translate(_LIGATURES)


def _leave_running_lines(pages: list[str]) -> list[str]:
    """The pages without their heads and feet: a line that carries the page's number, or stands on nearly all pages."""
    split = [page.strip().split("\n") for page in pages]
    for edge in (0, -1):
        lines = [page[edge] if page else "" for page in split]
        stems = Counter(_PAGE_NUMBER.sub("", line) for line in dict.fromkeys(lines) if line)
        for page, line in zip(split, lines, strict=True):
            numbered = stems[_PAGE_NUMBER.sub("", line)] > 1
            if line and (numbered or lines.count(line) >= max(_LEAST_RUNNING, len(pages) - 1)):
                del page[edge]
    return ["\n".join(page) for page in split]


def _read_sheet(page: "PageObject") -> str:
    """The text of a PDF's page; a title in the margin and the text beside it are two lines."""
    runs: list[str] = []
    edge = 0.0  # about where the last run ends
    height = 0.0
    font: object = None

    def hear(text: str, place: list[float], line: list[float], fonts: dict[str, object] | None, size: float) -> None:
        nonlocal edge, height, font
        if not text:
            return
        left = line[4] * place[0] + line[5] * place[2] + place[4]
        here = (fonts or {}).get("/BaseFont")
        long_ago = runs and len(runs[-1].strip()) > _BULLET_LENGTH
        if long_ago and here != font and "\n" not in runs[-1] + text[:1] and left > edge + size:
            runs.append("\n")
        above = line[4] * place[1] + line[5] * place[3] + place[5]
        if text.strip() and height - above > size * _PARAGRAPH:
            runs.append("\n")
        runs.append(text)
        if text.strip():
            height = above
        edge, font = left + len(text) * size / 2, here

    page.extract_text(visitor_text=hear)
    return "".join(runs)
