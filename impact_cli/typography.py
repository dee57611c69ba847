"""French typography: the apostrophe, and the spaces that must not break."""

import re
import unicodedata

_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_BEFORE_WIDE = re.compile(r"(?<=\S)[ \u202f](?=[:»])")
_BEFORE_NARROW = re.compile(r"(?<=\S)[ \u00a0](?=[;!?])")
_AFTER_OPENING = re.compile(r"(?<=«)[ \u202f](?=\S)")


def typeset(text: str) -> str:
    """The text as French prints it; the same text when it already is.

    A curly apostrophe between letters; U+00A0 before a colon and inside « »; U+202F before ; ! and ? (Imprimerie
    nationale, "Lexique des règles typographiques"). Only spaces that are there are changed, none is added.
    """
    text = _APOSTROPHE.sub("’", text)
    text = _BEFORE_WIDE.sub("\u00a0", text)
    text = _BEFORE_NARROW.sub("\u202f", text)
    return _AFTER_OPENING.sub("\u00a0", text)


def fold(text: str) -> str:
    """The text without what readers do not hear: case, accents, kinds of apostrophe, runs of spaces.

    Two texts with the same fold are the same words: "Évènement  d’été" and "evenement d'ete".
    """
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return " ".join(bare.replace("’", "'").casefold().replace("œ", "oe").replace("æ", "ae").split())
