"""Random reports whose typed words are neutral, so that the sentences around them are what is judged."""

import random
from dataclasses import replace
from datetime import date

from writing import new_sheet, real_catalogue

from impact_cli.answers.sheet import Sheet, Value
from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Question, Text
from impact_cli.report.blocks import Bars, Block, Bullets, Facts, Figures, Quote, Table
from impact_cli.report.blocks import Keywords as Hashtags
from impact_cli.report.build import build_report
from impact_cli.report.comparison.build import build_comparison
from impact_cli.report.comparison.sides import Filled

VENUES = ["Le Hangar", "Uto-Pic coworking", "La Remise", "Numéripôle (Le)", "L'Octroi", "Les Halles", "Été 36"]


def random_sheet(number: int) -> Sheet:
    """The sheet of that number: almost empty, half full or almost full, always the same."""
    dice = random.Random(number)
    catalogue = real_catalogue()
    share = dice.choice([0.2, 0.6, 0.95])
    answers = {key: _answer(question, dice) for key, question in catalogue.questions.items() if dice.random() < share}
    return new_sheet(catalogue, answers, venue=dice.choice(VENUES))


def _answer(question: Question, dice: random.Random) -> Value:
    match question:
        case Many(options=options):
            alone = [option.id for option in options if option.exclusive]
            together = [option.id for option in options if not option.exclusive]
            if alone and dice.random() < 0.15:
                return (dice.choice(alone),)
            ticked = set(dice.sample(together, dice.randint(1, len(together))))
            return tuple(filter(ticked.__contains__, together))
        case One(options=options):
            return dice.choice(options).id
        case Number(min=low, max=high):
            return dice.choice([low, low + 1, low + 2, dice.randint(low, high)])
        case Grid(rows=rows, choices=choices):
            return {row.id: dice.choice(choices).id for row in dice.sample(rows, dice.randint(1, len(rows)))}
        case Keywords():
            return ("entraide",)
        case Text():
            return "Besançon"
        case _:
            return dice.choice([*question.marks])


def own_words(block: Block) -> tuple[str, ...]:
    """The texts of a block that are ours."""
    match block:
        case Quote() | Hashtags():
            return ()
        case Bullets(items=items):
            return items
        case Facts(rows=rows):
            return tuple(row.text for row in rows)
        case Figures(items=figures):
            return tuple(figure.text for figure in figures)
        case Table(caption=caption, lines=rows):
            return (caption, *rows)
        case Bars(caption=caption, items=bars):
            return (caption, *(bar.line for bar in bars))
        case _:
            return (block.text,)


def own_sentences_of(sheet: Sheet) -> list[str]:
    """What the report of a sheet says in words of ours."""
    report = build_report(real_catalogue(), sheet, date(2026, 3, 1), "1.0")
    return [*(words for block in report.blocks for words in own_words(block)), *report.colophon]


def own_sentences_of_comparison(number: int) -> list[str]:
    """What the comparison of that number says in words of ours: of two years, two voices or two venues in turn."""
    one, other = random_sheet(2 * number), random_sheet(2 * number + 1)
    years = ("2024", "2026") if number % 3 else ("2026-animation", "2026-voisinage")
    one, other = replace(one, edition=years[0]), replace(other, edition=years[1])
    other = other if number % 4 == 0 else replace(other, venue=one.venue)
    pair = (Filled(real_catalogue(), one), Filled(real_catalogue(), other))
    report = build_comparison(pair, date(2026, 3, 1), "1.0")
    return [report.title, *(words for block in report.blocks for words in own_words(block)), *report.colophon]
