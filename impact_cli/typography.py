"""French typography: apostrophes, spaces that must not break, hidden characters, lines of a text, drawn marks."""

import re
import textwrap
import unicodedata

_NO_CHARACTERS = "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
# The one definition of what is hidden. Joiners, soft hyphens, and the marks without width that Hebrew, Arabic, emoji
# and every paste from a page bring along are not: they change how neighbours join, and hide no letter.
HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls, save the newline
    "\u202a-\u202e\u2066-\u2069"  # what turns the direction of text: embeddings, overrides, isolates
    "\u2028\u2029\u2061-\u2065\u206a-\u206f\ufff9-\ufffb"  # ends of lines of few programs; operators, annotations
    "\U000e0000-\U000e007f"  # tags: a text that no screen shows
    "\ud800-\udfff"  # halves of a pair, from bytes that were not UTF-8
    f"\ufdd0-\ufdef{_NO_CHARACTERS}]"  # what Unicode calls noncharacters: XML and HTML refuse them
)
_STAND_IN = "\ufffd"
COLON, SEMICOLON = "\u00a0: ", "\u202f; "  # between words

_SIGNS = re.compile("[':;!?«»]")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_BEFORE_WIDE = re.compile(r"(?<=\S)[ \u202f](?=[:»])")
_BEFORE_NARROW = re.compile(r"(?<=\S)[ \u00a0](?=[;!?])")
_AFTER_OPENING = re.compile(r"(?<=«)[ \u202f](?=\S)")
_PARTED = re.compile(r" (?=[;:?!»]+(?:\W|$))|(?<=«) ")
_SECOND_CELL = "\x00"  # never in visible text


def typeset(text: str) -> str:
    """The text as French prints it; the same text when it already is.

    A curly apostrophe between letters; U+00A0 before a colon and inside « »; U+202F before ; ! and ? (Imprimerie
    nationale, "Lexique des règles typographiques"). Only spaces that are there are changed, none is added.
    """
    if not _SIGNS.search(text):  # most of a questionnaire's texts
        return text
    text = _APOSTROPHE.sub("’", text)
    text = _BEFORE_WIDE.sub("\u00a0", text)
    text = _BEFORE_NARROW.sub("\u202f", text)
    return _AFTER_OPENING.sub("\u00a0", text)


def make_visible(text: str) -> str:
    """The text with � for each hidden character: the one sign for it that fonts have (few have ␛ and its like)."""
    return HIDDEN.sub(_STAND_IN, text)


def cut_line(text: str, longest: int) -> str:
    """The text on one line, and no more of it than `longest` characters before an ellipsis."""
    flat = " ".join(text[: 4 * longest].split())  # of a book, its beginning
    return flat if len(flat) <= longest else flat[:longest].rstrip() + "…"


def wrap(text: str, width: int, lead: str = "", follow: str = "", *, cuts_words: bool = True) -> list[str]:
    """The visible text in lines of at most `width` cells, cut at spaces: `lead` before the first, else `follow`.

    No line begins with a sign that French sets a space before, were it a plain one. What is longer than a line is cut
    too, unless it is to stay whole, as a path is.
    """
    edge = max(len(lead), len(follow))
    room = max(width, edge + 4)
    lines = [
        line
        for paragraph in _PARTED.sub("\u00a0", make_visible(text)).split("\n")
        for line in textwrap.wrap(_widen(paragraph), room - edge, break_long_words=cuts_words, break_on_hyphens=False)
        or [""]
    ]
    leads = [lead, *[follow] * (len(lines) - 1)]
    return [before + line.replace(_SECOND_CELL, "") for before, line in zip(leads, lines, strict=True)]


def _widen(text: str) -> str:
    """The text with a mark after each character that takes two cells of a terminal."""
    return "".join(one + _SECOND_CELL if unicodedata.east_asian_width(one) in "WF" else one for one in text)


def draw_dots(value: int, most: int) -> str:
    """A mark between letters: a dot for each there can be, full for each there is."""
    return "●" * value + "○" * (most - value)


def draw_bar(value: int, maximum: int, width: int) -> str:
    """A bar of `width` letters; only nothing looks empty, and only all of it full."""
    filled = round(width * value / maximum)
    if 0 < value < maximum:
        filled = min(max(filled, 1), width - 1)
    return "█" * filled + "░" * (width - filled)


_LETTERS = 0x3000  # where the scripts of alphabets end: of all others none is kept in a table


class _Combining(dict[int, int | None]):
    """A table to translate by, as far as it was needed: marks that stand on another sign go."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.combining(chr(code)) else code
        if code < _LETTERS:
            self[code] = kept
        return kept


_COMBINING = _Combining()


def fold(text: str) -> str:
    """The text without what readers do not hear: case, accents, kinds of apostrophe, runs of spaces.

    Two texts with the same fold are the same words: "Évènement  d’été" and "evenement d'ete".
    """
    bare = unicodedata.normalize("NFKD", text).translate(_COMBINING)
    return " ".join(bare.replace("’", "'").casefold().replace("œ", "oe").replace("æ", "ae").split())


def fold_words(text: str) -> str:
    """The folded words alone, without punctuation."""
    return " ".join(re.findall(r"\w+", fold(text)))
