# ruff: noqa: ARG001
"""How well damaged reports are read back: `python tests/exchange/noise.py [HOW MANY]` prints a table by damage.

Random answers are told in the layouts of other people's reports, with every wording the catalogue knows, then damaged.
"""

import random
import sys
import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from writing import real_book, real_catalogue

from impact_cli.answers.sheet import Value
from impact_cli.catalogue.conditions import holds
from impact_cli.catalogue.lines import lines_of
from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Option, Rating, Section, Text
from impact_cli.catalogue.sentences import Counted, Slot, Style, parse_sentence, questions_of
from impact_cli.exchange.published import read_report
from impact_cli.report.french import join_words

_WORDS = """
une fanfare accordéon potager confiture marché noir voisine rue facteur samedi lumière banc tilleul recette
école tricot cadran vélo mercredi camionnette chorale jardin neige pain chaise théâtre lampions bobine argile
"""

Answers = dict[str, Value]
Lines = list[str]


def draw_answers(draw: random.Random) -> Answers:  # noqa: C901  one case a kind
    """Answers to most sections, each question on its path half of the time at least."""
    answers: Answers = {}
    for section in real_catalogue().sections:
        if section.opening or draw.random() < 0.3:
            continue
        for question in section.questions:
            if question.id == "precisions" or draw.random() < 0.15 or not holds(question.when, section.id, answers):
                continue
            match question:
                case Many(options=options):
                    answers[f"{section.id}.{question.id}"] = _tick(options, draw)
                case One(options=options):
                    answers[f"{section.id}.{question.id}"] = draw.choice(options).id
                case Number():
                    answers[f"{section.id}.{question.id}"] = draw.randint(2, 300)
                case Text() if question.id == "exemple":
                    answers[f"{section.id}.{question.id}"] = say_something(draw)
                case Grid(rows=rows, choices=choices):
                    told = [choice.id for choice in choices if not choice.means]
                    chosen = {row.id: draw.choice(told) for row in rows if draw.random() < 0.8}
                    if chosen:
                        answers[f"{section.id}.{question.id}"] = chosen
                case Text() | Rating() | Keywords():
                    pass
    return answers


def _tick(options: tuple[Option, ...], draw: random.Random) -> tuple[str, ...]:
    alone = [option.id for option in options if option.exclusive]
    if alone and draw.random() < 0.1:
        return (alone[0],)
    together = [option.id for option in options if not option.exclusive]
    ticked = draw.sample(together, draw.randint(1, min(4, len(together))))
    return tuple(option for option in together if option in ticked)


def say_something(draw: random.Random) -> str:
    sentences = (" ".join(draw.choices(_WORDS.split(), k=draw.randint(4, 14))) for _ in range(draw.randint(1, 2)))
    return ". ".join(sentence.capitalize() for sentence in sentences) + "."


# Telling, as other people's reports do


@dataclass
class Page:
    """A report by section: its title, then its lines; `families` stand before some."""

    head: Lines
    sections: list[tuple[str, Lines, Lines]]  # family title or "", lines of the title, lines of the text

    def lines(self) -> Lines:
        told = list(self.head)
        for family, title, body in self.sections:
            told += [family, ""] if family else []
            told += [*title, *body, ""]
        return told


def write_page(answers: Answers, draw: random.Random, *, run_in: bool) -> Page:
    """The answers in layout L, or with lists in the sentence (S)."""
    page = Page(["Les effets sociaux et urbains", "de La Remise", ""], [])
    for family in real_catalogue().families:
        title = family.title
        for section in family.sections:
            if body := list(_write_section(section, answers, draw, run_in=run_in)):
                page.sections.append((title, [section.title, ""], body))
                title = ""
    return page


def _write_section(section: Section, answers: Answers, draw: random.Random, *, run_in: bool) -> Iterator[str]:
    own = {question.id: answers.get(f"{section.id}.{question.id}") for question in section.questions}
    given = {name: value for name, value in own.items() if value is not None and name != "exemple"}
    for question in section.questions:
        value = given.get(question.id)
        if isinstance(question, Many):
            alone = [
                option
                for option in question.options
                if option.exclusive and isinstance(value, tuple) and option.id in value
            ]
            if alone:
                yield alone[0].told
                yield ""
                del given[question.id]
    for names, text in _choose_sentences(section, given, draw):
        yield from _write_sentence(section, text, {name: given[name] for name in names}, draw, run_in=run_in)
    if own.get("exemple"):
        yield str(own["exemple"])


def _choose_sentences(
    section: Section, given: Mapping[str, Value], draw: random.Random
) -> Iterator[tuple[frozenset[str], str]]:
    left = set(given)
    alternatives = [alternative for line in (*lines_of(section), *section.read) for alternative in line]
    draw.shuffle(alternatives)
    alternatives.sort(key=lambda alternative: -len(questions_of(alternative)))
    for alternative in alternatives:
        names = questions_of(alternative)
        if names <= left:
            left -= names
            count = given[alternative.by] if isinstance(alternative, Counted) else 0
            yield names, _text_of(alternative, count if isinstance(count, int) else len(count))


def _text_of(alternative: str | Counted, count: int) -> str:
    if isinstance(alternative, str):
        return alternative
    return {0: alternative.zero, 1: alternative.one}.get(count) or alternative.many


def _write_sentence(
    section: Section, text: str, values: Mapping[str, Value], draw: random.Random, *, run_in: bool
) -> Iterator[str]:
    sentence = parse_sentence(text)
    for group in _groups(sentence, values):
        line, bullets = "", []
        for part in sentence:
            if isinstance(part, str):
                line += part
                continue
            words = _words(section, part, group[part.question], draw)
            if part.style == Style.BULLETS and not run_in:
                bullets = words
            elif part.style == Style.BULLETS:
                line = line.rstrip(" :\u00a0") + " " + " , ".join(words) + " ."
            elif part.style == Style.DE:
                line += join_words([_with_de(word) for word in words])
            else:
                line += join_words(words)
        yield line
        yield ""
        if bullets:
            yield from (f"  • {word}" for word in bullets)
            yield ""


def _groups(sentence: tuple[str | Slot, ...], values: Mapping[str, Value]) -> Iterator[Mapping[str, Value]]:
    rows = next((part.question for part in sentence if isinstance(part, Slot) and part.style == Style.ROWS), "")
    grid = values.get(rows)
    if not isinstance(grid, Mapping):
        yield values
        return
    for choice in dict.fromkeys(grid.values()):
        yield {rows: {row: given for row, given in grid.items() if given == choice}}


def _words(section: Section, slot: Slot, value: Value, draw: random.Random) -> list[str]:
    match section.question(slot.question), value:
        case (Many(options=options), tuple()) | (One(options=options), str()):
            ids = {value} if isinstance(value, str) else set(value) if isinstance(value, tuple) else set()
            chosen = [option for option in options if option.id in ids]
            return [draw.choice((option.told, *option.read)) for option in chosen]
        case Grid(rows=rows, choices=choices), Mapping():
            options = rows if slot.style == Style.ROWS else choices
            named = set(value) if slot.style == Style.ROWS else set(value.values())
            return [draw.choice((option.told, *option.read)) for option in options if option.id in named]
        case _:
            return [str(value)]


def _with_de(word: str) -> str:
    return f"d’{word}" if word[0] in "aeiouéèêh" else f"de {word}"


# Damage


def _nothing(page: Page, draw: random.Random) -> Lines:
    return page.lines()


def _decompose(page: Page, draw: random.Random) -> Lines:
    return [unicodedata.normalize("NFD", line) for line in page.lines()]


def _rebreak(page: Page, draw: random.Random) -> Lines:
    width = draw.choice((30, 45, 60))
    return [part for line in page.lines() for part in (textwrap.wrap(line, width) or [""])]


def _change_bullets(page: Page, draw: random.Random) -> Lines:
    bullet = draw.choice(("-", "*", "–", ""))
    return [line.replace("  •", bullet) for line in page.lines()]


def _shout(page: Page, draw: random.Random) -> Lines:
    for _, title, _ in page.sections:
        title[0] = title[0].upper()
    return [f"**{line}**" if line.startswith("  •") is False and draw.random() < 0.0 else line for line in page.lines()]


def _drop_heading(page: Page, draw: random.Random) -> Lines:
    """One section that tells more than a text loses its title."""
    able = [title for _, title, body in page.sections if len(body) > 1]
    if able:
        draw.choice(able)[:] = []
    return page.lines()


def _interleave(page: Page, draw: random.Random) -> Lines:
    """Two sections of a family stand side by side: their lines alternate."""
    pairs = [i for i in range(len(page.sections) - 1) if not page.sections[i + 1][0]]
    if not pairs:
        return page.lines()
    at = draw.choice(pairs)
    family, title, body = page.sections[at]
    _, other_title, other_body = page.sections[at + 1]
    left = [line for line in [*title, *body] if line]
    right = [line for line in [*other_title, *other_body] if line]
    mixed = [
        line
        for i in range(max(len(left), len(right)))
        for side in (left, right)
        if i < len(side)
        for line in (side[i], "")
    ]
    page.sections[at : at + 2] = [(family, [], mixed)]
    return page.lines()


def _swap(page: Page, draw: random.Random) -> Lines:
    return [_swap_letters(line, draw) for line in page.lines()]


def _swap_letters(line: str, draw: random.Random) -> str:
    letters = list(line)
    for i in range(len(letters) - 1):
        if letters[i].isalpha() and letters[i + 1].isalpha() and draw.random() < 0.01:
            letters[i], letters[i + 1] = letters[i + 1], letters[i]
    return "".join(letters)


DAMAGES: dict[str, Callable[[Page, random.Random], Lines]] = {
    "none": _nothing,
    "accents decomposed": _decompose,
    "lines rebroken": _rebreak,
    "bullets changed": _change_bullets,
    "titles in capitals": _shout,
    "a heading dropped": _drop_heading,
    "two columns interleaved": _interleave,
    "1 % of letters swapped": _swap,
}


# Judging


@dataclass
class Score:
    """Answers that were told, found and invented; a list counts by its options, a grid by its rows."""

    told: int = 0
    found: int = 0
    invented: int = 0
    invented_surely: int = 0  # without being marked uncertain
    faults: tuple[str, ...] = ()


def try_damage(damage: str, seed: int, *, run_in: bool) -> Score:
    """One random report, damaged and read back."""
    draw = random.Random(f"{damage} {seed} {run_in}")
    answers = draw_answers(draw)
    if not answers:
        return Score()
    page = write_page(answers, draw, run_in=run_in)
    text = "\n".join(DAMAGES[damage](page, draw))
    reading = read_report(real_book(), text, "noise.txt")
    told, heard = dict(list_atoms(answers)), dict(list_atoms(reading.answers))
    found = [key for key in told if key in heard and _is_same(told[key], heard[key], damage)]
    invented = [key for key in heard if key not in told or not _is_same(told[key], heard[key], damage)]
    surely = [key for key in invented if key.partition("=")[0] not in reading.uncertain]
    missed = [f"- {key}: {told[key]}" for key in told if key not in found]
    faults = (*missed, *(f"+ {key}: {heard[key]}" for key in invented))
    return Score(len(told), len(found), len(invented), len(surely), (*faults, text) if faults else ())


def list_atoms(answers: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    for key, value in answers.items():
        match value:
            case tuple():
                yield from ((f"{key}={option}", option) for option in value)
            case Mapping():
                yield from ((f"{key}={row}", choice) for row, choice in value.items())
            case _:
                yield key, str(value)


def _is_same(told: str, heard: str, damage: str) -> bool:
    told, heard = (" ".join(unicodedata.normalize("NFC", text).split()) for text in (told, heard))
    if "swapped" in damage and " " in told:
        return SequenceMatcher(None, told, heard, autojunk=False).ratio() > 0.9
    return told == heard


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    wanted = sys.argv[2] if len(sys.argv) > 2 else ""
    print(f"{'damage':26}{'told':>8}{'found':>9}{'invented':>10}{'of it unmarked':>16}")
    for damage in DAMAGES:
        if wanted not in damage:
            continue
        scores = [try_damage(damage, seed, run_in=run_in) for seed in range(count) for run_in in (False, True)]
        told, found = sum(score.told for score in scores), sum(score.found for score in scores)
        invented, surely = sum(score.invented for score in scores), sum(score.invented_surely for score in scores)
        print(f"{damage:26}{told:8}{found / told:9.2%}{invented:10}{surely:16}")
        if wanted:
            worst = [score for score in scores if score.faults][:4]
            for score in worst:
                print("\n".join(score.faults), "\n" + "~" * 60)


if __name__ == "__main__":
    main()
