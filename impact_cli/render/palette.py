"""The colours of a report, light and dark: the one place for the page, the PDF and the Word document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`. Every text colour stands at 4.5 : 1 or more on `paper`, `card` and its own tint (WCAG AA).

    `accents` starts with the neutral one, then has one a family, in order; a sixth family begins again at the first.
    """

    paper: str
    card: str
    ink: str
    muted: str
    line: str
    accents: tuple[str, ...]
    tints: tuple[str, ...]

    def accent(self, number: int) -> str:
        """The colour of the n-th family; 0 is the neutral one."""
        return self.accents[position(number)]

    def tint(self, number: int) -> str:
        """The pale ground that goes with the colour."""
        return self.tints[position(number)]


def position(accent: int) -> int:
    """Where the n-th family's colours stand in a palette."""
    return 0 if accent == 0 else (accent - 1) % FAMILIES + 1


LIGHT = Palette(
    paper="#fdfcfa",
    card="#ffffff",
    ink="#22252a",
    muted="#5a5f67",
    line="#dedad2",
    accents=("#4c535c", "#a33e19", "#3c4a9b", "#0f6656", "#7d3070", "#6b5a10"),
    tints=("#f1f0ed", "#fbeee7", "#edeffa", "#e4f3ef", "#f7ecf5", "#f5f0dc"),
)

DARK = Palette(
    paper="#15171a",
    card="#1c1f23",
    ink="#e9e7e2",
    muted="#aaaeb5",
    line="#383c42",
    accents=("#b4bac3", "#f2a688", "#adb7f7", "#7fd1bd", "#e3a6d6", "#dcc86a"),
    tints=("#24272c", "#35231b", "#22263f", "#17302b", "#35233a", "#302b16"),
)

FAMILIES = len(LIGHT.accents) - 1
