"""Templates set by typst, as PDF that archives keep and screen readers read: PDF/A-2a and PDF/UA-1."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from typing import Any

from impact_cli.errors import ImpactError, missing_extra
from impact_cli.render.visible import make_lines_visible, map_texts
from impact_cli.report.french import tell_number

Tell = Callable[[Iterable[str]], object]

_STAND_IN = "□"
# What typst 0.15 says; should other versions say it otherwise, all that is not Latin becomes the stand-in.
_UNPRINTABLE = re.compile(r'error: PDF/[^`]*`"((?:[^"\\]|\\.)+)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_BEYOND_LATIN = re.compile("[^\n -~\u00a0-\u00ac\u00ae-\u017f\u2010-\u2027\u202f\u20ac□\ufffd]")
_ROUNDS = 5  # of signs that no font has, which typst names a few at a time
_LONGEST, _MOST_LINES = 300_000, 30_000  # of one text: far above what a question takes
_HIGHEST_PILE = 16  # marks that change the letter before them: more are no writing
_PILED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]{16,}"
)


def typeset_pdf(template: str, content: Mapping[str, Any], moment: int, tell_missing: Tell) -> bytes:
    """The document's bytes, the same for the same content on every machine: fonts and date come from nowhere else.

    `template` is a file of our assets; `moment` is the date that the file bears, in seconds since 1970. A character
    that none of typst's fonts and ours has becomes □, for the standards admit none that cannot be seen; `tell_missing`
    is called with all of these. Raises ImpactError where a text is more than a PDF can be set of.
    """
    content = map_texts(_make_settable, content)
    missing: set[str] = set()
    for _ in range(_ROUNDS):
        try:
            pdf = _compile(template, content, moment)
        except _RefusedError as error:
            if not error.texts:
                break
            missing |= error.texts
            content = map_texts(_put_stand_in(error.texts), content)
        else:
            if missing:
                tell_missing(missing)
            return pdf
    tell_missing({_STAND_IN})
    return _compile(template, map_texts(lambda text: _BEYOND_LATIN.sub(_STAND_IN, text), content), moment)


def _make_settable(typed: str) -> str:
    """The text without what typst takes minutes for, or dies of: thousands of marks on a letter, a book in one text."""
    text = make_lines_visible(typed)
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


def _compile(template: str, content: Mapping[str, Any], moment: int) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise missing_extra("PDF", "pdf") from error
    assets = files("impact_cli.render") / "assets"
    try:
        return typst.compile(
            str(assets / template),
            sys_inputs={"content": json.dumps(content)},
            pdf_standards=["a-2a", "ua-1"],
            font_paths=[str(assets / "fonts")],
            ignore_system_fonts=True,
            timestamp=moment,
        )
    except typst.TypstError as error:
        raise _RefusedError(error.diagnostic) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of the compiler, in Rust; no Exception to Python
            raise
        raise _refuse_size("un texte") from error


def _unescape(text: str) -> str:
    """A Rust debug string as the text it stands for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)


def _put_stand_in(refused: set[str]) -> Callable[[str], str]:
    longest_first = sorted(refused, key=lambda text: (-len(text), text))
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return lambda text: pattern.sub(_STAND_IN, text)
