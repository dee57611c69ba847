"""How well our own reports come back once damaged: `python tests/exchange/ours.py [HOW MANY [DAMAGE]]` prints a table.

Answers to most questions are told, damaged and read back: what is found, what is lost or wrong without a doubt, what is
doubted though it is right. A list counts by its options, a grid by its rows.
"""

import random
import re
import sys
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from exchange.noise import draw_answers, list_atoms, say_something
from writing import new_sheet, real_book, real_catalogue

from impact_cli.answers.relevance import trace_path
from impact_cli.answers.sheet import Sheet, Silence, Value
from impact_cli.catalogue.conditions import holds
from impact_cli.catalogue.consistency import find_contradictions
from impact_cli.catalogue.model import Keywords, Many, One, Rating, Text
from impact_cli.exchange.published import read_report
from impact_cli.exchange.reading import Reading
from impact_cli.render.text import render_text
from impact_cli.report.build import build_report

# What an editor, a mail program or a word processor does to a text: all of it is heard.
EDITS: dict[str, Callable[[str], str]] = {
    "nothing": lambda text: text,
    "plain spaces": lambda text: re.sub("[\u00a0\u202f]", " ", text),
    "spaces lost before signs": lambda text: re.sub("[\u00a0\u202f](?=[:;!?])", "", text),
    "indented": lambda text: textwrap.indent(text, "    "),
    "quoted in a mail": lambda text: re.sub("(?m)^", "> ", text),
    "quoted in a mail, then wrapped": lambda text: wrap(re.sub("(?m)^", "> ", text), 60),
    "trailing blanks": lambda text: re.sub("(?m)$", "  ", text),
    "wrapped at 72": lambda text: wrap(text, 72),
    "wrapped at 60": lambda text: wrap(text, 60),
    "wrapped at 80, plain spaces": lambda text: wrap(re.sub("[\u00a0\u202f]", " ", text), 80),
    "blank lines lost": lambda text: re.sub("\n\n+", "\n", text),
    "blank lines lost, wrapped at 45": lambda text: wrap(re.sub("\n\n+", "\n", text), 45),
    "blank lines lost, wrapped at 60": lambda text: wrap(re.sub("\n\n+", "\n", text), 60),
    "curly quotes": lambda text: text.replace("«\u00a0", "“").replace("\u00a0»", "”"),
    "straight quotes": lambda text: text.replace("«\u00a0", '"').replace("\u00a0»", '"'),
    "straight apostrophes": lambda text: text.replace("’", "'"),
    "short dashes": lambda text: text.replace("–", "-"),
    "three dots": lambda text: text.replace("…", "..."),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "Windows": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "thin spaces": lambda text: text.replace("\u202f", "\u2009"),
    "stars for bullets": lambda text: re.sub("(?m)^- ", "* ", text),
    "blank lines doubled": lambda text: text.replace("\n\n", "\n\n\n"),
    "without rules": lambda text: re.sub("(?m)^[=-]+\n", "", text),
}
# What hides some of it: the rest is heard, and whatever is missing is doubted as far as the report shows it.
DAMAGES: dict[str, Callable[[str], str]] = {
    **EDITS,
    "bullets lost": lambda text: re.sub("(?m)^- ", "", text),
    "quotation marks lost": lambda text: re.sub("«\u00a0|\u00a0»", "", text),
    "wrapped at 30": lambda text: wrap(text, 30),
    "blank lines lost, wrapped at 45, straight quotes": lambda text: wrap(
        re.sub("\n\n+", "\n", text).replace("«\u00a0", '"').replace("\u00a0»", '"'), 45
    ),
    "one line in twenty lost": lambda text: _drop(text, 0.05),
    "1 % of letters swapped": lambda text: _swap(text, 0.01),
    "a paragraph a section": lambda text: re.sub(r"(?<=[.:…»])\n\n(?=.*[.:…»]\n)|\n(?=- )", " ", text),
}


def wrap(text: str, width: int) -> str:
    return "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")
    )


def _drop(text: str, share: float) -> str:
    draw = random.Random(text)
    return "\n".join(line for line in text.split("\n") if not line or draw.random() > share)


def _swap(text: str, share: float) -> str:
    draw = random.Random(text)
    return re.sub(r"([^\W\d_])([^\W\d_])", lambda two: two[2] + two[1] if draw.random() < 2 * share else two[0], text)


def draw_sheet(seed: int) -> Sheet:
    """A finished sheet: with marks, hashtags, the words of "autre", silences and texts of several paragraphs."""
    draw = random.Random(seed)
    answers: dict[str, Value] = dict(draw_answers(draw))
    silences: dict[str, Silence] = {}
    for key, question in real_catalogue().questions.items():
        section = key.partition(".")[0]
        if key in answers or not holds(question.when, section, answers):
            continue
        match question:
            case Rating(marks=marks) if draw.random() < 0.8:
                answers[key] = draw.choice([*marks])
            case Keywords():
                answers[key] = tuple(dict.fromkeys(draw.choices(["entraide", "débats", "pain chaud", "vélo"], k=3)))
            case Text() if draw.random() < 0.6:
                typed = [say_something(draw) for _ in range(draw.randint(1, 2))]
                answers[key] = "\n\n".join(typed) if question.lines else typed[0]
            case Many() | One() if draw.random() < 0.3:
                silences[key] = Silence.NOT_KNOWN
            case _:
                pass
    return new_sheet(real_catalogue(), answers, silences)


@dataclass
class Score:
    """Of what was told: found, of it doubted; lost and wrong, of it without a doubt."""

    told: int = 0
    found: int = 0
    doubted: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        self.told += other.told
        self.found += other.found
        self.doubted += other.doubted
        self.lost += other.lost
        self.wrong += other.wrong

    def __str__(self) -> str:
        return f"{self.told:6}{self.found:7}{self.doubted:9}{len(self.lost):6}{len(self.wrong):7}"


def judge(sheet: Sheet, reading: Reading) -> Score:
    """What became of the answers that a report of the sheet tells."""
    path = trace_path(real_catalogue(), sheet).values
    contradicted = {key for found in find_contradictions(real_catalogue(), path) for key in found.keys}
    told = dict(list_atoms({key: value for key, value in path.items() if contradicted.isdisjoint(_with_option(key))}))
    heard = dict(list_atoms(reading.answers))
    score = Score(len(told))
    for atom, value in told.items():
        key = atom.partition("=")[0]
        doubted = not reading.uncertain.keys().isdisjoint(_with_option(key))
        found = _is_same(heard.get(atom, ""), value)
        score.found += found
        score.doubted += found and doubted
        if not found and not doubted:
            score.lost += [] if atom in heard else [f"{atom}: {value}"]
            score.wrong += [f"{atom}: {value} / {heard[atom]}"] if atom in heard else []
    more = [atom for atom in heard if atom not in told and atom.partition("=")[0] not in reading.uncertain]
    score.wrong += [f"+ {atom}: {heard[atom]}" for atom in more]
    return score


def _with_option(key: str) -> tuple[str, str]:
    """A question and, of words about an option, the one whose option it is: asked again, it asks for them too."""
    return key, key.rpartition(".")[0]


def _is_same(text: str, other: str) -> bool:
    """Whether texts are the same but for what an edit changes in words that were typed, or a letter here and there."""
    text, other = _flatten(text), _flatten(other)
    return text == other or (" " in text and SequenceMatcher(None, text, other, autojunk=False).ratio() > 0.95)


def _flatten(text: str) -> str:
    """Without what an edit changes in words that were typed: kinds of spaces and apostrophes, dots, dashes."""
    text = text.replace("’", "'").replace("…", "...").replace("–", "-")
    return re.sub(r"\s+(?=[:;!?])", "", " ".join(text.split()))


def tell(sheet: Sheet) -> str:
    return render_text(build_report(real_catalogue(), sheet, date(2026, 11, 21), "0.1.0"))


def try_damage(damage: str, count: int) -> Score:
    """What becomes of so many sheets."""
    whole = Score()
    for seed in range(count):
        sheet = draw_sheet(seed)
        whole.add(judge(sheet, read_report(real_book(), DAMAGES[damage](tell(sheet)).encode(), "rapport.txt")))
    return whole


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    print(f"{'damage':50}{'told':>6}{'found':>7}{'doubted':>9}{'lost':>6}{'wrong':>7}")
    whole = Score()
    for damage in DAMAGES:
        score = try_damage(damage, count)
        whole.add(score)
        print(f"{damage:50}{score}", flush=True)
        if damage in sys.argv[2:]:
            print("\n".join((*score.lost, *score.wrong)))
    print(f"{'all':50}{whole}")


if __name__ == "__main__":
    main()
