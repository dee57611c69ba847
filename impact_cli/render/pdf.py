"""The report as a PDF that archives keep and screen readers read: PDF/A-2a and PDF/UA-1, set by typst."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import TypedDict

from impact_cli.errors import ImpactError, missing_extra
from impact_cli.render.outline import Part, outline
from impact_cli.render.palette import LIGHT, position
from impact_cli.render.visible import make_report_visible, map_texts
from impact_cli.report.blocks import Block, Figures, Report, Table
from impact_cli.report.french import tell_number

_STAND_IN = "□"
# What typst 0.15 says; should other versions say it otherwise, all that is not Latin becomes the stand-in.
_UNPRINTABLE = re.compile(r'error: PDF/[^`]*`"((?:[^"\\]|\\.)+)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_BEYOND_LATIN = re.compile("[^\n -~\u00a0-\u00ac\u00ae-\u017f\u2010-\u2027\u202f\u20ac□\ufffd]")
_ROUNDS = 5
_LONGEST, _MOST_LINES = 300_000, 30_000  # of one text: far above what a question takes
_HIGHEST_PILE = 16  # marks that change the letter before them: more are no writing
_PILED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]{16,}"
)


def render_pdf(report: Report, tell_missing: Callable[[Iterable[str]], object] = lambda _missing: None) -> bytes:
    """The document's bytes, the same for the same report on every machine: fonts and date come from nowhere else.

    A character that none of typst's fonts and ours has becomes □, for the standards admit none that cannot be seen;
    `tell_missing` is called with all of these. Raises ImpactError where a text is more than a PDF can be set of.
    """
    report = map_texts(_make_settable, make_report_visible(report))
    missing: set[str] = set()
    for _ in range(_ROUNDS):
        try:
            pdf = _compile(report)
        except _RefusedError as error:
            if not error.texts:
                break
            missing |= error.texts
            report = map_texts(_put_stand_in(error.texts), report)
        else:
            if missing:
                tell_missing(missing)
            return pdf
    tell_missing({_STAND_IN})
    return _compile(map_texts(lambda text: _BEYOND_LATIN.sub(_STAND_IN, text), report))


def _make_settable(text: str) -> str:
    """The text without what typst takes minutes for, or dies of: thousands of marks on a letter, a book in one text."""
    if len(text) > _LONGEST or text.count("\n") > _MOST_LINES:
        raise _refuse_size(f"un texte de {tell_number(len(text))} caractères")
    return _PILED.sub(lambda pile: pile[0][:_HIGHEST_PILE] + _STAND_IN, text.replace("\ufeff", ""))


def _refuse_size(what: str) -> ImpactError:
    return ImpactError(
        f"Le PDF n’a pas pu être composé\u00a0: {what} est trop long pour ses pages.",
        "Les autres formats le prennent\u00a0: --format html, docx ou text.",
    )


class _RefusedError(Exception):
    """typst sets no such report; `texts` are the characters, or letters with their marks, that it names."""

    def __init__(self, diagnostic: str) -> None:
        super().__init__(diagnostic)
        self.texts = {_unescape(text) for text in _UNPRINTABLE.findall(diagnostic)}


def _compile(report: Report) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise missing_extra("PDF", "pdf") from error
    assets = files("impact_cli.render") / "assets"
    try:
        return typst.compile(
            str(assets / "report.typ"),
            sys_inputs={"report": json.dumps(_content(report))},
            pdf_standards=["a-2a", "ua-1"],
            font_paths=[str(assets / "fonts")],
            ignore_system_fonts=True,
            timestamp=_moment(report),
        )
    except typst.TypstError as error:
        raise _RefusedError(error.diagnostic) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of the compiler, in Rust; no Exception to Python
            raise
        raise _refuse_size("un texte") from error


def _moment(report: Report) -> int:
    """Noon of the report's day in UTC, in seconds since 1970: the same document has the same bytes."""
    return int(datetime.combine(report.made, time(12), UTC).timestamp())


def _unescape(text: str) -> str:
    """A Rust debug string as the text it stands for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)


def _put_stand_in(refused: set[str]) -> Callable[[str], str]:
    longest_first = sorted(refused, key=lambda text: (-len(text), text))
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return lambda text: pattern.sub(_STAND_IN, text)


class _Content(TypedDict):
    """What the template reads."""

    title: str
    foot: str
    language: str
    contents_title: str
    palette: dict[str, object]
    heading: dict[str, object]
    blocks: list[dict[str, object]]
    is_long: bool
    front: list[dict[str, object]]
    body: list[dict[str, object]]
    colophon: tuple[str, ...]


def _content(report: Report) -> _Content:
    whole = outline(report)
    return {
        "title": report.title,
        "foot": report.foot,
        "language": report.language.partition("-")[0],
        "contents_title": report.contents_title,
        "palette": asdict(LIGHT),
        "heading": asdict(whole.heading),
        "blocks": _tell_kinds(whole.blocks),
        "is_long": whole.is_long,
        "front": [_set_part(part) for part in whole.front],
        "body": [_set_part(part) for part in whole.body],
        "colophon": report.colophon,
    }


def _set_part(part: Part) -> dict[str, object]:
    return {
        "heading": asdict(part.heading),
        "accent": position(part.accent),
        "blocks": _tell_kinds(part.blocks),
        "sections": [
            {"heading": asdict(section.heading), "blocks": _tell_kinds(section.blocks)} for section in part.sections
        ],
    }


def _tell_kinds(blocks: list[Block]) -> list[dict[str, object]]:
    return [{"kind": type(block).__name__, **_set_block(block)} for block in blocks]


def _set_block(block: Block) -> dict[str, object]:
    """The fields of a block, what a figure says after its digits, which columns of a table hold numbers."""
    if isinstance(block, Figures):
        return {"items": [{"value": each.value, "words": each.words} for each in block.items]}
    if isinstance(block, Table):
        return {**asdict(block), "numeric": block.numeric}
    return asdict(block)
