"""Which rules of the reader a kept report needs: `python tests/exchange/ablation.py` switches each off in turn.

A rule that changes no reading of the published reports, of damaged ones, of the platform's templates, of sentences
that others may print and of our own text after an editor can go; one that does is named with a report that needs it.
"""

import random
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parents[1]))

from exchange.noise import DAMAGES, draw_answers, write_page
from exchange.ours import EDITS
from exchange.siblings import SIBLINGS
from exchange.siblings import write_report as write_sibling
from exchange.templates import YEARS, write_report
from exchange.test_editors import tell
from writing import real_book

from impact_cli.errors import ImpactError
from impact_cli.exchange import (
    columns,
    document,
    explaining,
    following,
    furniture,
    hyphens,
    options,
    passages,
    placing,
    titles,
    wordbook,
    words,
)
from impact_cli.exchange.published import read_report

_PUBLISHED = Path(__file__).parents[1] / "published"


def _nothing(value: object) -> Callable[..., object]:
    return lambda *_, **__: value


# The rule, where it stands, and what it says where it never applies.
RULES: tuple[tuple[object, str, object], ...] = (
    (columns.Columns, "_give_back", _nothing(None)),
    (columns.Columns, "_is_astray", _nothing(False)),
    (columns.Columns, "_mix", _nothing(None)),
    (columns.Columns, "_share_mixed", _nothing(None)),
    (document, "part_glued", lambda found, *_: found),
    (explaining._Reader, "_is_near", _nothing(0)),
    (explaining._Reader, "_behind_number", lambda _, at: at),
    (explaining._Reader, "_texts_between", _nothing(())),
    (explaining._Reader, "_waiting", _nothing(None)),
    (following._Follower, "_after_lead", _nothing(None)),
    (following, "cut_option", _nothing(None)),
    (following._Follower, "_follow_last_number", _nothing(None)),
    (following, "halve_option", _nothing(None)),
    (furniture, "_is_website", _nothing(False)),
    (furniture, "_page_numbers", _nothing(set())),
    (furniture, "_runs", _nothing(False)),
    (hyphens.Hyphens, "join", _nothing(None)),
    (passages, "unframe", str.strip),
    (placing, "glean", _nothing(())),
    (passages.Passage, "_is_full", _nothing(False)),
    (placing._Placer, "_is_item", _nothing(False)),
    (placing._Placer, "_is_printed_question", _nothing(False)),
    (placing._Placer, "_named_behind", _nothing("")),
    (placing._Placer, "_says_no_word", _nothing(False)),
    (placing, "_doubt_neighbours", _nothing(None)),
    (titles.Titles, "near", _nothing(None)),
    (wordbook.Wordbook, "garbles", _nothing(False)),
    (wordbook.Wordbook, "sounds_known", _nothing(False)),
    (following, "is_near", lambda word, other: word == other),
    (words, "is_near", lambda word, other: word == other),
)


def kept_reports() -> Iterator[tuple[str, bytes]]:
    """Name and content of every report that is kept, and of some that are drawn."""
    for path in sorted(_PUBLISHED.iterdir()):
        if path.suffix in {".txt", ".html", ".md"} and path.stem != "README":
            yield path.name, path.read_bytes()
    for year in YEARS:
        for seed in range(4):
            yield f"{year}-{seed}.txt", write_report(year, random.Random(f"{year} {seed}")).text.encode()
    for damage, hurt in DAMAGES.items():  # those of the table, `test_noise.py`
        for seed, run_in in product(range(8), (False, True)):
            draw = random.Random(f"{damage} {seed} {run_in}")
            if answers := draw_answers(draw):
                page = write_page(answers, draw, run_in=run_in)
                yield f"{damage} {seed} {run_in}.txt", "\n".join(hurt(page, draw)).encode()
    yield from (
        (f"{kind} {number}.txt", write_sibling(section, sentence).encode())
        for kind, sentences in SIBLINGS.items()
        for number, (section, sentence, _) in enumerate(sentences)
    )
    for edit, change in EDITS.items():
        yield f"{edit}.txt", change(tell("txt")).encode()


def read_all() -> dict[str, object]:
    """What each of them says now."""
    read: dict[str, object] = {}
    for name, content in kept_reports():
        try:
            reading = read_report(real_book(), content, name)
        except ImpactError as error:
            read[name] = str(error)
        else:
            read[name] = reading.answers, reading.uncertain, reading.unplaced
    return read


def main() -> None:
    """One line a rule; of those whose names are given, else of all."""
    whole = read_all()
    for place, name, instead in (rule for rule in RULES if rule[1] in sys.argv[1:] or not sys.argv[1:]):
        options._pick_first.cache_clear()
        options._start_options.cache_clear()
        words.is_near.cache_clear()
        with patch.object(place, name, instead):
            without = read_all()
        changed = [report for report, said in whole.items() if without[report] != said]
        needed = f"{len(changed):3} reports, {changed[0]}" if changed else "no report needs it"
        print(f"{getattr(place, '__name__', place)}.{name}: {needed}", flush=True)


if __name__ == "__main__":
    main()
