"""The lines of a PDF's pages, read by PDFium."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from impact_cli.errors import ImpactError, missing_extra, shorten
from impact_cli.exchange.files.layout import PRIVATE_BULLET, Line, gather_lines
from impact_cli.exchange.files.paragraphs import write_pages

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage  # type: ignore[import-untyped]

_ASLANT = 0.1  # of a quarter turn
_MOST_PAGES = 500  # a report has some tens
_MOST_CHARACTERS = 300_000  # twice what a text may have, for its heads, feet and spaces
_BULLET_FONT = re.compile(rb"wingdings|webdings", re.IGNORECASE)
_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"})
_ALONE = "Donnez le rapport seul, en texte, en Markdown, en HTML, en Word ou en PDF."
_UNREADABLE = "le texte de ce PDF ne peut pas être lu."


def extract_text(content: bytes, name: str) -> str:
    """The lines of a PDF, a blank one where a paragraph, a card or a column ends; `name` is for its faults.

    Raises ImpactError where it is encrypted, damaged, beyond any report's length, or holds no text.
    """
    try:
        return _read(content)
    except ImportError as error:
        raise missing_extra("PDF", "pdf") from error
    except ImpactError as error:
        raise ImpactError(f"{shorten(name)}\u00a0: {error.message}", error.hint) from error


def _read(content: bytes) -> str:
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_ERR_PASSWORD  # type: ignore[import-untyped]

    try:
        with PdfDocument(content) as document:
            pages = list(_read_pages(document))
    except PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            hint = "Enregistrez-en une copie sans mot de passe, puis donnez cette copie."
            raise ImpactError("ce PDF est protégé par un mot de passe.", hint) from error
        raise ImpactError(_UNREADABLE, _ALONE) from error
    if not any(pages):
        hint = (
            "Ses pages sont peut-être des images\u202f; donnez le rapport en texte, en Markdown, en HTML, "
            "en Word ou en PDF."
        )
        raise ImpactError("ce PDF ne contient pas de texte.", hint)
    return write_pages(pages)


def _read_pages(document: "PdfDocument") -> Iterator[list[Line]]:
    if len(document) > _MOST_PAGES:
        raise ImpactError("ce PDF a trop de pages pour un rapport.", _ALONE)
    length = 0
    for number in range(len(document)):
        with closing(document[number]) as page:
            lines = gather_lines(list(_read_runs(page, _MOST_CHARACTERS - length)))
        length += sum(len(line.text) for line in lines)
        yield lines


def _read_runs(page: "PdfPage", most: int) -> Iterator[Line]:
    """The page's characters, those that stand one after the other together."""
    from pypdfium2 import raw

    with closing(page.get_textpage()) as text_page:
        turns = _list_turns(text_page, most)
        upright = max(range(4), key=Counter(turns).__getitem__)
        run: Line | None = None
        last: int | None = upright
        space = ""
        for at, turn in enumerate(turns):
            typed = chr(raw.FPDFText_GetUnicode(text_page, at)).translate(_LIGATURES)
            if typed.isspace() or typed == "\0":
                space = typed if typed not in "\r\n\0" else space or "\n"
                continue
            letter = _read_character(text_page, at, typed, upright)
            if run and (run.goes_on(letter) if turn == upright else turn == last):
                run.append(letter, space)
            else:
                if run:
                    yield run
                run = letter
            last, space = turn, ""
        if run:
            yield run


def _list_turns(text_page: "PdfTextPage", most: int) -> list[int | None]:
    """How each character is turned; `most` is how many there may be."""
    from pypdfium2 import raw

    count = text_page.count_chars()
    if count > most:
        raise ImpactError("le texte est trop long pour un rapport.", _ALONE)
    return [_count_quarters(raw.FPDFText_GetCharAngle(text_page, at)) for at in range(count)]


def _count_quarters(angle: float) -> int | None:
    """The quarter turns of an angle in radians; None where it is aslant, as words behind a text are."""
    quarters = angle / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < _ASLANT else None


def _read_character(text_page: "PdfTextPage", at: int, typed: str, turn: int) -> Line:
    """One character in a page turned by so many quarters."""
    from pypdfium2 import raw

    numbers = [ctypes.c_double() for _ in range(6)]
    raw.FPDFText_GetCharBox(text_page, at, *numbers[:4])
    raw.FPDFText_GetCharOrigin(text_page, at, *numbers[4:])
    left, right, bottom, top, x, y = (number.value for number in numbers)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page, at, matrix)
    size = raw.FPDFText_GetFontSize(text_page, at) * math.hypot(matrix.c, matrix.d)
    font = ctypes.create_string_buffer(80)
    raw.FPDFText_GetFontInfo(text_page, at, font, 80, ctypes.c_int())
    wide, tall = right - left, top - bottom
    left, right, base, tall = (
        (left, right, y, tall),
        (-top, -bottom, x, wide),
        (-right, -left, -y, tall),
        (bottom, top, -x, wide),
    )[turn]
    named = font.value.split(b"+")[-1]
    typed = PRIVATE_BULLET if _BULLET_FONT.search(named) else typed
    return Line(typed, left, right, base, max(size, 0.9 * tall, 1.0), at, {named})
