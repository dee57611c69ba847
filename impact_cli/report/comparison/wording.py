"""The words of a comparison that neither the catalogue nor a venue's report holds."""

from collections.abc import Sequence
from datetime import date

from impact_cli.answers.sheet import Silence
from impact_cli.report import wording
from impact_cli.report.comparison.changes import Reason
from impact_cli.report.comparison.pairs import Pair, Relation
from impact_cli.report.french import raise_first, say_count, tell_date, tell_number
from impact_cli.report.silences import NOT_ASKED
from impact_cli.typography import SEMICOLON

DIFFERENT = "Réponses différentes\u00a0:"
VENUES_TITLE = "Les lieux"
COUNTED, DIFFERENCE = "Ce qui se compte", "Écart"
LIMITS_TITLE, LIMITS_ANCHOR = "Ce qui ne se compare pas", "ne-se-compare-pas"  # no id of a section has a hyphen
YEARS_TITLE, YEARS_ANCHOR = "D’une édition à l’autre", "d-une-edition-a-l-autre"
NO_CHANGE = "Une réponse qui manque d’un côté, ou qui n’y était pas possible, n’est pas un changement."


def say_title(title: str, venues: Sequence[str], pair: Pair) -> str:
    """The title of the document; `venues` are said after "de"."""
    match pair.relation:
        case Relation.YEARS:
            return f"{title} {venues[0]}, {pair.labels[0]} et {pair.labels[1]}"
        case Relation.VOICES:
            voices = " et ".join(f"«\u00a0{label}\u00a0»" for label in pair.labels)
            return f"{title} {venues[0]}\u00a0: deux voix, {voices}"
        case Relation.VENUES:
            return f"{title} {venues[0]} et {venues[1]}"
        case Relation.TWINS:
            return f"{title} {venues[0]}\u00a0: deux fiches"


def say_sum(pair: Pair, same: int, different: int) -> str:
    """How many answers can be compared, and how many of them are the same."""
    who = raise_first(pair.whom)
    if same + different == 0:
        return f"{who} n’ont aucune réponse que l’on puisse comparer."
    if same + different == 1:
        alike = "y disent la même chose" if same else "n’y disent pas la même chose"
        return f"{who} répondent à 1 question que l’on peut comparer, et {alike}."
    alike = say_count(same, "réponse est la même", "réponses sont les mêmes")
    unlike = say_count(different, "diffère", "diffèrent")
    parts = (alike if same else "aucune réponse n’est la même", unlike if different else "aucune ne diffère")
    return (
        f"{who} répondent à {tell_number(same + different)} questions que l’on peut comparer\u00a0: {', '.join(parts)}."
    )


def say_nothing_changed(pair: Pair, *, partly: bool) -> str:
    """The one sentence where nothing differs; `partly` where something cannot be compared."""
    where = " dans ce qui se compare" if partly else ""
    if pair.in_order:
        between = " et ".join(pair.labels)
        return f"Rien n’a changé entre {between}{where}."
    return f"Rien ne diffère{where}\u00a0: {pair.whom} disent la même chose."


def say_only(pair: Pair, side: int) -> str:
    """What leads in that which one sheet alone says."""
    return f"{raise_first(_say_alone(pair, side))}\u00a0:"


def say_effects(pair: Pair, side: int, *, difficult: bool) -> str:
    """The same on the first page, of effects or difficulties."""
    kind = "Difficultés constatées" if difficult else "Effets constatés"
    return f"{kind} {_say_alone(pair, side)}\u00a0:"


def _say_alone(pair: Pair, side: int) -> str:
    return f"{pair.inside[side]}, mais pas {pair.inside[1 - side]}"


def say_values(pair: Pair, topic: str, words: tuple[str, str], step: int | None) -> str:
    """Two values beside each other, with what is between them."""
    said = SEMICOLON.join(f"{inside}\u00a0: {word}" for inside, word in zip(pair.inside, words, strict=True))
    return f"{raise_first(topic)} – {said}{f' ({say_step(step)})' if step else ''}"


def say_step(step: int) -> str:
    """A difference with its sign: +15, −2, 0."""
    sign = "+" if step > 0 else "\u2212" if step < 0 else ""
    return f"{sign}{tell_number(abs(step))}"


def say_limit(pair: Pair, side: int, reason: str) -> str:
    """What leads in the subjects that cannot be compared."""
    words = wording.UNTOLD[Silence.SKIPPED if reason == NOT_ASKED else reason]
    return words if reason is Reason.ASKED_OTHERWISE else f"{words} ({pair.labels[side]})"


def say_read_back(label: str) -> str:
    """What whoever compares with a sheet that was read from a report must know."""
    return (
        f"Les réponses d’un côté ({label}) sont relues d’un rapport publié\u00a0:"
        " ce qui n’y est pas dit n’y était peut-être pas demandé."
    )


def say_in_progress(labels: Sequence[str]) -> str:
    """The same of sheets that are not finished."""
    which = f"La fiche d’un côté ({labels[0]}) est" if len(labels) == 1 else "Les fiches des deux côtés sont"
    return f"{which} en cours\u00a0: d’autres réponses peuvent y venir."


def say_other_questionnaire(label: str, version: str) -> str:
    """The same of a sheet whose own questionnaire nobody has any more."""
    return (
        f"Les réponses d’un côté ({label}) ont été données à un questionnaire (version {version}) qui a changé depuis"
        " et n’a pas été gardé\u00a0: ce qui n’y est pas dit n’y était peut-être pas demandé."
    )


def say_made(today: date, version: str) -> str:
    """The line of the foot about the document itself."""
    return f"{wording.COMPARISON_MADE}{tell_date(today)} par impact {version}, à partir des réponses des deux fiches."
