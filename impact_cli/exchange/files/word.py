"""Reports as a Word document: its paragraphs by their styles, the cells of its tables line by line."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from impact_cli.errors import ImpactError, missing_extra, shorten
from impact_cli.exchange.files.pieces import Mark, Piece
from impact_cli.exchange.files.plain import read_line

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_HINT = "Enregistrez-le de nouveau au format Word, ou donnez le rapport en texte, en HTML ou en PDF."


def read_word(content: bytes, name: str) -> list[Piece]:
    """The pieces of the document, numbered by its paragraphs. Raises ImpactError where it is none."""
    try:
        from docx import Document
    except ImportError as error:
        raise missing_extra("Word", "docx") from error
    try:
        return list(_read_paragraphs(Document(BytesIO(content))))
    except (BadZipFile, KeyError, ValueError, SyntaxError) as error:  # lxml's faults are of syntax
        raise ImpactError(f"{shorten(name)}\u00a0: ce document Word ne peut pas être lu.", _HINT) from error


def _read_paragraphs(document: "WordDocument") -> Iterator[Piece]:
    number = 0
    for style, text in _paragraphs(document):
        number += 1
        if not text.strip():
            continue
        if style.startswith(("Heading", "Title")):
            yield Piece(number, number, " ".join(text.split()), Mark.HEADING, gap=True)
        elif "Quote" in style:
            yield Piece(number, number, _unquote(text), Mark.QUOTE, gap=True, verbatim=text)
        elif style.startswith("List"):
            yield Piece(number, number, text.strip(), Mark.BULLET, verbatim=text, bullet="- ")
        else:
            for at, line in enumerate(text.split("\n")):
                yield (
                    read_line(line, number, gap=at == 0) if line.strip() else Piece(number, number, "", Mark.FURNITURE)
                )


def _paragraphs(document: "WordDocument") -> Iterator[tuple[str, str]]:
    """The style and the text of each paragraph, those in tables included."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            paragraphs = [paragraph for row in block.rows for cell in row.cells for paragraph in cell.paragraphs]
        else:
            paragraphs = [block]
        for paragraph in paragraphs:
            yield str(getattr(paragraph.style, "name", "") or ""), paragraph.text


def _unquote(text: str) -> str:
    return text.strip().removeprefix("«").removesuffix("»").strip("\u00a0 ")
