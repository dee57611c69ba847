"""Reports as the public platform's four templates print them: `python tests/exchange/templates.py 40` gives a table.

What each template says and how it goes wrong are facts (a no printed as "non", lists without a comma, plurals that do
not agree), and stand in `templates.yaml`; the venues and their answers are drawn.
"""

import random
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from writing import real_book

from impact_cli.exchange.published import read_report


@dataclass(frozen=True)
class Form:
    """A sentence of a section, what its slots list, what it says by its very words."""

    section: str
    text: str
    lists: Mapping[str, Mapping[str, str]]
    said: Mapping[str, Any]


def _read_form(row: dict[str, Any]) -> Form:
    lists, said = row.pop("lists", {}), row.pop("says", {})
    ((section, text),) = row.items()
    return Form(section, text, {slot: LISTS[name] for slot, name in lists.items()}, said)


_TABLE = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
LISTS: Mapping[str, Mapping[str, str]] = _TABLE["lists"]
FORMS = {year: [*map(_read_form, rows)] for year, rows in _TABLE["forms"].items()}
YEARS = tuple(FORMS)

_EXAMPLES = (
    "La fanfare répète ici le mardi et joue au marché.",
    "Un four à pain monté par des retraitées du bourg",
    "Friperie, repas partagés, vélos réparés...",
    "Le samedi, on vient pour le pain et on reste pour la soupe.",
)
_FAMILIES = {
    "lien_social": "Effets individuels",
    "solidarite": "Effets collectifs",
    "cadre_de_vie": "Effets sur le quartier et le territoire",
}


@dataclass(frozen=True)
class Told:
    """A report and what it says, each answer in parts: an option, a row, a number, a text."""

    text: str
    parts: frozenset[tuple[str, str]]


def write_report(year: str, draw: random.Random) -> Told:
    """One report of that year's template; of the forms of a section, one that is drawn."""
    lines, parts = ["effets sociaux et urbains", "de La Remise", "", "Voir son datapanorama", ""], set()
    for section in real_book().catalogue.sections:
        forms = [form for form in FORMS[year] if form.section == section.id]
        lines += ["", _FAMILIES[section.id].lower(), ""] if section.id in _FAMILIES else []
        if not forms or draw.random() < 0.1:
            continue
        lines += [section.title, ""]
        chosen = [draw.choice(forms)]
        if section.id in ("services", "entretien") and draw.random() < 0.5:
            chosen += [
                form for form in forms if not form.said.keys() & chosen[0].said.keys() and form is not chosen[0]
            ][:1]
        names: set[str] = set()
        for form in chosen:
            if names & (form.lists.keys() | form.said.keys()):
                continue
            names |= form.lists.keys() | form.said.keys()
            told, answers = _fill(form, draw)
            lines += [told, ""]
            parts |= {(f"{section.id}.{name}", value) for name, value in answers}
        if draw.random() < 0.8 and "aucun" not in str([form.said for form in chosen]):
            example = draw.choice(_EXAMPLES)
            lines += [example, ""]
            parts.add((f"{section.id}.exemple", example))
    return Told("\n".join(lines), frozenset(parts))


def _fill(form: Form, draw: random.Random) -> tuple[str, set[tuple[str, str]]]:
    answers: set[tuple[str, str]] = set()
    choice = str(form.said.get("choice", draw.choice(tuple(LISTS["PARITE"]))))
    for name, value in form.said.items():
        if name != "choice":
            answers |= {(name, each) for each in (value if isinstance(value, list) else [value])}

    def fill(slot: re.Match[str]) -> str:
        name, style = slot[1].split(":")
        if style == "number":
            answers.add((name, number := str(draw.randint(2, 90))))
            return number
        if name == "choice":
            return LISTS["MIRRORED" if style == "mirror" else "PARITE"][choice]
        options = form.lists[name]
        most = 1 if style == "one" else min(4, len(options))
        ticked = draw.sample(list(options), draw.randint(1, most))
        ticked = [option for option in options if option in ticked]
        answers.update((name, f"{option}={choice}" if style == "rows" else option) for option in ticked)
        return _join([options[option] for option in ticked], style)

    return re.sub(r"\{([^}]+)\}", fill, form.text), answers


def _join(words: list[str], style: str) -> str:  # noqa: C901  a case for each way to join
    *first, last = words
    match style:
        case "bullets":
            return "\n\n" + "".join(f"  • {word}\n" for word in words) + "\n"
        case "comma":
            return " , ".join(words) + " "
        case "Capital":
            joined = ", ".join(words)
            return joined[0].upper() + joined[1:]
        case "space":
            return " ".join(words)
        case "glued":
            return "".join(words)
        case "ou":
            return " ou ".join([", ".join(first), last]) if first else last
        case "et_de":
            return " et de ".join(words)
        case "repeat":
            return " , ".join(f"portés par {word}" for word in words)
        case "part":
            return ", ".join(
                f"certaines personnes ont fait part ou ont paru {word}"
                if word.startswith(("en ", "se "))
                else f"certaines personnes ont fait part {word}"
                for word in words
            ).capitalize()
        case "se":
            return " et ".join(f"certains personnes se {word}" for word in words)
        case _:
            return " et ".join(words)


@dataclass
class Score:
    """Parts that were told, found, and read wrongly, without a doubt or with one."""

    told: int = 0
    found: int = 0
    wrong: int = 0
    doubted: int = 0
    faults: list[str] = field(default_factory=list)


def try_year(year: str, count: int) -> Score:
    """So many reports of a year's template, read back."""
    score = Score()
    for seed in range(count):
        report = write_report(year, random.Random(f"{year} {seed}"))
        reading = read_report(real_book(), report.text, "rapport.txt")
        heard = frozenset(list_parts(reading.answers))
        score.told += len(report.parts)
        score.found += len(report.parts & heard)
        for key, value in sorted(heard - report.parts):
            doubted = key in reading.uncertain
            score.doubted += doubted
            score.wrong += not doubted
            score.faults.append(f"+ {key}: {value} {'(doubted)' if doubted else ''}")
        score.faults += [f"- {key}: {value}" for key, value in sorted(report.parts - heard)]
    return score


def list_parts(answers: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Each thing that is told: an option, a row of a grid, a value."""
    for key, value in answers.items():
        match value:
            case tuple() | list():
                yield from ((key, str(each)) for each in value)
            case Mapping():
                yield from ((key, f"{row}={choice}") for row, choice in value.items())
            case _:
                yield key, str(value)


def main() -> None:
    """Print the table, and what is most often missed or wrong."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    print(f"{'template':10}{'told':>8}{'found':>9}{'wrong':>8}{'doubted':>9}")
    for year in YEARS:
        score = try_year(year, count)
        print(f"{year:10}{score.told:8}{score.found / score.told:9.2%}{score.wrong:8}{score.doubted:9}")
        common = sorted(set(score.faults), key=lambda fault: -score.faults.count(fault))
        print(
            "".join(f"    {score.faults.count(fault):4} {fault[:150]}\n" for fault in common[:25] if len(sys.argv) > 2),
            end="",
        )


if __name__ == "__main__":
    main()
