"""Words and links that the end of a line breaks."""

import re
from collections.abc import Iterable

_LONGEST_BROKEN = 60  # letters of a word that a line breaks
_LONGEST_LINK = 500  # characters
SOFT_HYPHENS = "\u00ad\u2010"
PDFIUM_HYPHENS = "\x02\ufffe"  # what PDFium makes of a hyphen at the end of a line
_HYPHENATED = re.compile(rf"(?P<first>\w[\w’'-]{{0,{_LONGEST_BROKEN}}})(?P<mark>[-{SOFT_HYPHENS}{PDFIUM_HYPHENS}])$")
_WORD = re.compile(r"\w+(?:-\w+)*")
_LINK = re.compile(r"(?:https?://|www\.)\S*$")
_LINKED = re.compile(r"\S*[/.\-_=?&%\d]\S*")
_OPENS_COMPOUND = re.compile(
    r"(?:après|arrière|auto|avant|bio|celles?|celui|ceux|chef|ci|co|contre|demi|des|dix|éco|elles?|entre|eux|ex|grande?"
    r"|haute?|inter|là|lui|mi|mini|moi|moyen|multi|néo|non|nous|outre|peut|plus|porte|post|pré|presque|quasi|quatre"
    r"|quelques|rendez|sans|semi|soi|socio|sous|super|tiers|toi|tout|trois|une?|vice|vingt|vous|c[’']est)$"
)


class Hyphens:
    """The words of a document, which say of a hyphen at the end of a line whether it is theirs."""

    def __init__(self, lines: Iterable[str]) -> None:
        texts = list(lines)
        self._known = {word.casefold() for text in texts for word in _WORD.findall(text)}
        self._has_soft = any(text.endswith(tuple(SOFT_HYPHENS)) for text in texts)

    def flow(self, text: str, line: str) -> str:
        """The text with the next line of its paragraph, a space or nothing between them."""
        head, space, rest = line.partition(" ")
        whole = self.join(text, head)
        return f"{text} {line}" if whole is None else whole + space + rest

    def join(self, text: str, head: str, *, full: bool = False) -> str | None:
        """The text with the first word of the next line, where that ends its last word; None where it does not.

        `full` says that the line goes as far as there is room: a link may go on in the next one.
        """
        tail = text[-_LONGEST_LINK:]
        if _LINK.search(tail) and (text[-1] in "/-_=&?%" or (full and _LINKED.fullmatch(head))):
            return text + head
        match = _HYPHENATED.search(tail[-_LONGEST_BROKEN:])
        if not match or not head[:1].isalnum():
            return None
        mark = "-" if self._keeps(match["first"], match["mark"], head) else ""
        return text[:-1] + mark + head

    def _keeps(self, first: str, mark: str, head: str) -> bool:
        if not head[0].islower():
            return True
        if mark in SOFT_HYPHENS:
            return False
        second = _WORD.match(head)
        end = second[0].casefold() if second else ""
        start = re.split("[’']", first.casefold())[-1]
        if start + end in self._known:
            return False
        compound = f"{start}-{end}" in self._known or _OPENS_COMPOUND.match(start.split("-")[-1])
        return self._has_soft or bool(compound)
