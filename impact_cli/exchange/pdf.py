"""The text of a PDF, from the places of its characters: words, lines, columns, paragraphs, without heads and feet."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from statistics import median
from typing import TYPE_CHECKING

from impact_cli.errors import ImpactError, missing_extra, shorten

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_MOST_PAGES = 500
_MOST_CHARACTERS = 300_000
_MOST_DRAWN = 20_000  # paths of a page, looked at for bullets
_MOST_SORTED = 1_000  # lines of a page whose order is looked at
_DEEPEST = 40  # columns within bands within columns
_ALONE = "Donnez le rapport seul, en texte, en Markdown ou en HTML."

# Distances, in heights of the letters unless said otherwise
_SAME_ROW = 0.3
_COLUMN_GAP = 1.2  # wider than a space between two words, save in a justified line
_WORD_GAP = 0.15
_PARAGRAPH = 1.3  # in usual distances from a line to the one below
_LARGER = 1.1  # in heights of other letters
_TITLE = 1.2  # same

_BULLETS = "•‣◦▪●○■□◆➢➤❖\u2043\u2219\uf0a7\uf0b7\uf0d8\uf0fc\uf076"
_BULLET_FONT = re.compile(rb"wingdings|webdings|dingbats|symbol(?:mt|ps)?$", re.IGNORECASE)
_BULLET = re.compile(rf"[{_BULLETS}]\s*(?=\S)")
_HANDMADE = re.compile(r"\S{1,3}$")  # what stands before an item: a bullet, a number
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]+")
_LIGATURES = str.maketrans({"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"})
_SOFT_HYPHENS = "\u00ad\u2010"
_PDFIUM_HYPHENS = "\x02\ufffe"  # what PDFium makes of a hyphen at the end of a line
_HYPHENATED = re.compile(rf"(?P<first>\w[\w’'-]*)(?P<mark>[-{_SOFT_HYPHENS}{_PDFIUM_HYPHENS}])$")
_COMPOUND = re.compile(r"\w+(?:-\w+)+")
_LONGEST_WORD = 16  # letters; a longer one was two, with their hyphen between
_OPENS_COMPOUND = frozenset(
    "après arrière auto avant bio celle celles celui ceux chef ci co contre demi des dix éco elle elles entre eux ex"
    " grand grande haut inter là lui mi mini moi moyen multi néo non nous outre peut plus porte post pré presque"
    " quasi quatre quelques rendez sans semi soi socio sous super toi tiers tout trois une vice vingt vous".split()
)
_LINK = re.compile(r"(?:https?://|www\.)\S*$")
_NUMBERED = re.compile(
    r"(?:page|p\.)?\s*(?P<page>\d+)\s*(?:(?:/|sur|de|of)\s*\d+)?|[-–—·|]\s*(?P<between>\d+)\s*[-–—·|]", re.IGNORECASE
)
_DATED = re.compile(r"\d\d?/\d\d?/\d{2,4},?(?: \d\d?[:h]\d\d)?")
_ENDS = re.compile(r"[.!?…:][\s»\")*]*$")
_DROP_CAP = re.compile(r"[«“\"]?\s*[^\W\d_][’']?$")


@dataclass(slots=True)
class _Line:
    """Words beside each other; in points from the page's lower left corner. `order`: where the file has it."""

    text: str
    left: float
    right: float
    base: float
    height: float
    font: bytes
    order: int
    fonts: set[bytes] = field(default_factory=set)

    def is_beside(self, other: "_Line") -> bool:
        return abs(self.base - other.base) < _SAME_ROW * max(self.height, other.height)

    def is_over(self, other: "_Line") -> bool:
        """Whether some of it stands in the width of the other."""
        return self.left < other.right and other.left < self.right

    def is_above(self, other: "_Line") -> bool:
        """Whether it stands above, with nothing asked of the distance."""
        return self.base > other.base + max(self.height, other.height) / 2 and self.is_over(other)


def extract_text(content: bytes, name: str) -> str:
    """The lines of a PDF, a blank one where a paragraph, a card or a column ends; `name` is for its faults.

    Raises ImpactError where it is encrypted, damaged, beyond any report's length, or holds no text.
    """
    try:
        from pypdfium2 import PdfDocument, PdfiumError
        from pypdfium2.raw import FPDF_ERR_PASSWORD
    except ImportError as error:
        raise missing_extra("PDF", "pdf") from error
    try:
        with PdfDocument(content) as document:
            pages = list(_read_pages(document, shorten(name)))
    except PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            hint = "Enregistrez-en une copie sans mot de passe, puis donnez cette copie."
            raise ImpactError(f"{shorten(name)} : ce PDF est protégé par un mot de passe.", hint) from error
        raise ImpactError(f"{shorten(name)} : le texte de ce PDF ne peut pas être lu.", _ALONE) from error
    if not any(pages):
        hint = "Ses pages sont peut-être des images : donnez le rapport en texte, en Markdown ou en HTML."
        raise ImpactError(f"{shorten(name)} : ce PDF ne contient pas de texte.", hint)
    _leave_running_lines(pages)
    return "\n".join(_write([_order_lines(page) for page in pages]))


def _read_pages(document: "PdfDocument", name: str) -> Iterator[list[_Line]]:
    if len(document) > _MOST_PAGES:
        raise ImpactError(f"{name} : ce PDF a trop de pages pour un rapport.", _ALONE)
    length = 0
    for number in range(len(document)):
        page = document[number]
        lines = _gather_lines(list(_read_runs(page, _MOST_CHARACTERS - length, name)))
        _set_bullets(lines, list(_find_dots(page)))
        page.close()
        length += sum(len(line.text) for line in lines)
        yield _join_drop_caps(lines)


# Characters to lines


def _read_runs(page: "PdfPage", most: int, name: str) -> Iterator[_Line]:
    """The page's characters, those that stand one after the other together; the page upright."""
    from pypdfium2 import raw

    with page.get_textpage() as text_page:
        count = text_page.count_chars()
        if count > most:
            raise ImpactError(f"{name} : le texte est trop long pour un rapport.", _ALONE)
        turns = [round(raw.FPDFText_GetCharAngle(text_page, at) / (math.pi / 2)) % 4 for at in range(count)]
        upright = Counter(turns).most_common(1)[0][0] if turns else 0
        run: _Line | None = None
        space = ""
        for at, turn in enumerate(turns):
            typed = chr(raw.FPDFText_GetUnicode(text_page, at)).translate(_LIGATURES)
            if typed.isspace() or (raw.FPDFText_IsGenerated(text_page, at) and typed not in _PDFIUM_HYPHENS):
                space = typed if typed in "\u00a0\u202f" else space or " "
                continue
            letter = _read_character(text_page, at, typed, upright)
            if run and (turn != upright or _goes_on(run, letter)):
                gap = letter.left - run.right > _WORD_GAP * letter.height or typed in "!?:;»"
                run.text += (space if gap or space != " " else "") + typed
                run.right = max(run.right, letter.right)
                run.fonts |= letter.fonts
            else:
                if run:
                    yield run
                run = letter
            space = ""
        if run:
            yield run
