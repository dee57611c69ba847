"""Random reports: any blocks in the order a report has them, with texts that markup would trip over."""

from hypothesis import strategies as st
from render.samples import DAY

from impact_cli.report.blocks import (
    Bar,
    Bars,
    Block,
    Bullets,
    Fact,
    Facts,
    Figure,
    Figures,
    Heading,
    Keywords,
    Paragraph,
    Quote,
    Rating,
    Report,
    Table,
)

LETTERS = "aeinorstuàçéèêîôùœ ABÉ019.,;:!?-–—’«»\u00a0\u202f"
MARKUP = "<>&\"'`#$*_=+@~^\\/|%()[]{}"
HIDDEN = "\x00\x1b\x7f\x85\t\u202e\u2066\ud83d\ufffe"

line = st.text(LETTERS + MARKUP + HIDDEN, min_size=1, max_size=60).filter(str.strip)
lines = st.lists(line, min_size=1, max_size=4).map("\n".join)
count = st.integers(min_value=1, max_value=7)


@st.composite
def ratings(draw: st.DrawFn) -> Rating:
    maximum = draw(count)
    return Rating(draw(line), draw(st.integers(min_value=1, max_value=maximum)), maximum, draw(line))


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    digits = draw(st.sampled_from(["0", "14", "1\u202f200"]))
    return Figure(digits, f"{digits} {draw(line)}")


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(line, min_size=2, max_size=5).map(tuple))
    cell = st.one_of(st.sampled_from(["", "7", "1\u202f200", "+3"]), line)
    row = st.tuples(line, *[cell] * (len(columns) - 1))
    return Table(draw(line), columns, draw(st.lists(row, min_size=1, max_size=4).map(tuple)))


@st.composite
def bars(draw: st.DrawFn) -> Bars:
    maximum = draw(count)
    bar = st.builds(Bar, line, st.integers(min_value=0, max_value=maximum), line)
    return Bars(draw(line), maximum, draw(st.lists(bar, min_size=1, max_size=5).map(tuple)))


content = st.one_of(
    tables(),
    bars(),
    st.builds(Paragraph, line),
    st.builds(Bullets, st.lists(line, min_size=1, max_size=5).map(tuple)),
    st.builds(Quote, lines),
    st.builds(Keywords, st.lists(line, min_size=1, max_size=5).map(tuple)),
    ratings(),
    st.builds(Facts, st.lists(st.builds(Fact, line, line), min_size=1, max_size=4).map(tuple)),
    st.builds(Figures, st.lists(st.one_of(st.builds(Figure, st.just(""), line), figures()), min_size=1).map(tuple)),
)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    title = draw(line)
    blocks: list[Block] = [Heading(1, title, "rapport")]
    if draw(st.booleans()):
        blocks += [Heading(2, draw(line), "avant", front=True), *draw(st.lists(content, max_size=4))]
    for part in range(draw(st.integers(min_value=0, max_value=4))):
        blocks += [Heading(2, draw(line), f"partie{part}", part), *draw(st.lists(content, max_size=3))]
        for section in range(draw(st.integers(min_value=0, max_value=3))):
            blocks.append(Heading(3, draw(line), f"partie{part}_{section}"))
            blocks += draw(st.lists(content, min_size=1, max_size=4))
    colophon = tuple(draw(st.lists(line, min_size=1, max_size=3)))
    return Report(title, draw(line), draw(line), "fr", tuple(blocks), colophon, DAY)
