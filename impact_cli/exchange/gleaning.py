"""Options that stand in a line of which no sentence is known: they are heard, and doubted."""

from collections.abc import Iterator

from impact_cli.exchange.document import Document
from impact_cli.exchange.options import pick_half, pick_option
from impact_cli.exchange.threads import Said
from impact_cli.exchange.wordbook import Wordbook
from impact_cli.exchange.words import DECISIVE


def glean(document: Document, book: Wordbook, section: str, first: int, last: int) -> tuple[Said, ...]:
    """The options of one question of the section alone; none where a word may turn what is said round."""
    found = list(_pick(document, book, section, first, last))
    return () if None in found else tuple(said for said in found if said)


def _pick(document: Document, book: Wordbook, section: str, first: int, last: int) -> Iterator[Said | None]:
    """The options from word to word, and None for a decisive word outside of them."""
    at = first
    while at < last:
        picked = [
            (choices, pick(document, choices.vocabulary, at))
            for choices in book.choices[section]
            for pick in (pick_option, pick_half)
        ]
        whole = [(choices.name, *best) for choices, best in picked if best and best[1].at <= last]
        end = max((reached.at for *_, reached in whole), default=at)
        said = {(name, wording.option) for name, wording, reached in whole if reached.at == end}
        if document.texts[at] in DECISIVE and end < at + 2:
            yield None
        elif len(said) == 1:
            yield said.pop()
        at = max(end, at + 1)
