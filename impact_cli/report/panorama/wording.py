"""The words of a panorama that the catalogue does not hold."""

from collections.abc import Sequence
from datetime import date

from impact_cli.answers.sheet import Silence
from impact_cli.report.blocks import Figure
from impact_cli.report.french import join_words, say_count, tell_date, tell_number
from impact_cli.report.panorama.aggregate import Tally
from impact_cli.report.wording import PANORAMA_MADE
from impact_cli.typography import SEMICOLON

VENUES_TITLE, VENUES_ANCHOR = "Les lieux", "lieux"
PRESENTED_TITLE = "Les lieux en détail"
CHANGED = "Ce qui a changé, selon le plus grand nombre de lieux"
DIFFICULT = "Ce qui est difficile, selon le plus grand nombre de lieux"
QUOTATIONS = "Dans les mots de quelques lieux\u00a0:"
NAMES_TITLE, NAMES_ANCHOR = "Les lieux réunis ici", "noms"
UNTOLD_TITLE, UNTOLD_ANCHOR = "Ce que ce panorama ne dit pas", "silences"
ALL_TOLD = "Toutes les questions ont reçu assez de réponses pour être racontées."
TOO_SHARED = "Aucune réponse n’a été donnée par assez de lieux pour être dite."
TOTAL, MEDIAN, MIDDLE = "Au total", "Médiane", "Moitié centrale des lieux"
ANSWERS = "Lieux"  # above the column of a grid that counts who says something of a row
_MOST_EDITIONS = 3  # named
DIGITS = 2  # of a large number: more would be those of one venue
_ABOUT = "environ\u00a0"


def say_venues(count: int) -> str:
    """37 lieux."""
    return say_count(count, "lieu", "lieux")


def say_of_venues(count: int) -> str:
    """The same after "de": d’un lieu, de 37 lieux."""
    return "d’un lieu" if count == 1 else f"de {say_venues(count)}"


def say_share(count: int, whole: int) -> str:
    """23 lieux sur 31."""
    return f"{say_venues(count)} sur {tell_number(whole)}"


def say_states(tally: Tally, venues: int) -> str:
    """Who answered, who did not and says why: 23 lieux sur 31 ont répondu ; 4 ne savent pas."""
    everybody = f"les {say_venues(venues)}" if venues > 1 else "le lieu"
    who = everybody if tally.answered == venues else say_share(tally.answered, venues)
    parts = [f"{who} {'a' if tally.answered == 1 else 'ont'} répondu"]
    if unknown := tally.silences[Silence.NOT_KNOWN]:
        parts.append(say_count(unknown, "ne sait pas", "ne savent pas"))
    if pointless := tally.silences[Silence.NOT_APPLICABLE]:
        parts.append(say_count(pointless, "se dit non concerné", "se disent non concernés"))
    if tally.doubted:
        parts.append(say_count(tally.doubted, "réponse est à confirmer", "réponses sont à confirmer"))
    return SEMICOLON.join(parts)


def say_own_words(option: str) -> str:
    """What leads in the words of venues for an option."""
    return f"{option}, en toutes lettres"


def say_hidden(labels: Sequence[str], least: int) -> str:
    """The options of which too few venues would be told; where one is enough, those of none."""
    lead = "Non dit, pour ne désigner aucun lieu" if least > 1 else "Réponse d’aucun lieu"
    return f"{lead}\u00a0: {SEMICOLON.join(labels)}."


def say_different(count: int, venues: int) -> str:
    """How many different facts so many venues gave; "" where there is nothing to be like or unlike."""
    if venues <= 1:
        return ""
    return "une seule et même réponse" if count == 1 else f"{tell_number(count)} réponses différentes"


def say_published(count: int) -> str:
    """How many venues gave their words to be published."""
    return say_count(count, "texte est publié", "textes sont publiés") if count else "aucun texte n’est publié"


def say_given(count: int) -> str:
    """How many venues gave their keywords to be published."""
    return say_count(count, "publie ses mots", "publient leurs mots") if count else "aucun ne publie ses mots"


def say_some(count: int, published: int) -> str:
    """That not all words which may be published stand there."""
    return f"en voici {tell_number(count)}" if published > count else ""


def say_subject(subject: str, parts: Sequence[str]) -> str:
    """What leads in the figures of a question, without its stop."""
    return f"{subject} – {SEMICOLON.join(filter(None, parts))}"


def say_amount(amount: float) -> str:
    """A number of two digits that count, without a digit that only one venue can have given: environ 1 200."""
    places = len(str(int(abs(amount)))) - DIGITS
    if places <= 0:
        return tell_number(int(amount)) if amount == int(amount) else f"{amount:.1f}".replace(".", ",")
    rounded = round(amount / 10**places) * 10**places
    return tell_number(rounded) if rounded == amount else f"{_ABOUT}{tell_number(rounded)}"


def say_figure(words: str, total: int) -> Figure:
    """A total for the first page: its digits stand first, and whether they are round is said last."""
    said = say_amount(total)
    digits = said.removeprefix(_ABOUT)
    text = words.replace("{count}", digits) + (" (environ)" if said != digits else "")
    return Figure(digits if text.startswith(digits) else "", text)


def say_middle(low: str, high: str) -> str:
    """Between which numbers half of the venues lie."""
    if low == high:
        return low
    about = low.startswith(_ABOUT)
    return f"{'d’' if about else 'de '}{low} à\u00a0{high.removeprefix(_ABOUT) if about else high}"


def say_who(venues: int, editions: Sequence[str], *, others: bool) -> str:
    """Whose sheets are told: the `editions` that enough venues have, and whether there are `others`."""
    told = f"{say_venues(venues)} {'a' if venues == 1 else 'ont'} une fiche terminée"
    if not editions:
        return f"{told}, d’éditions diverses."
    few = len(editions) <= _MOST_EDITIONS
    of = join_words(editions) if few else f"{editions[0]} à {editions[-1]}"
    more = " ou d’une autre" if others else ""
    return f"{told}, {'des éditions' if len(editions) > 1 else 'de l’édition'} {of}{more}."


def say_apart(drafts: int, others: int) -> str:
    """Who is not told, and who was asked other questions; "" for nobody."""
    parts = []
    if drafts:
        unfinished = "n’a qu’une fiche en cours, qui n’est pas comptée"
        several = "n’ont qu’une fiche en cours, qui n’est pas comptée"
        parts.append(say_count(drafts, f"autre lieu {unfinished}", f"autres lieux {several}"))
    if others:
        version = "répondu à une autre version du questionnaire"
        parts.append(say_count(others, f"lieu a {version}", f"lieux ont {version}"))
    return f"{SEMICOLON.join(parts)}." if parts else ""


def say_names(names: Sequence[str]) -> str:
    """Who they are."""
    return f"Ce sont {join_words(names)}." if len(names) > 1 else f"C’est {names[0]}."


def say_no_effect(least: int, *, difficult: bool) -> str:
    """That no effect is told on this side, so that its place does not stay empty."""
    if least == 1:
        return f"Aucun lieu ne dit de {'difficulté' if difficult else 'changement'}."
    return f"Aucun{'e difficulté n’est dite' if difficult else ' changement n’est dit'} par {least} lieux ou plus."


def say_why_untold(least: int) -> str:
    """What leads in the questions of which nothing is told."""
    if least == 1:
        return "Ces questions n’ont eu aucune réponse sûre\u00a0:"
    return f"Ces questions ont eu moins de {least} réponses sûres, ou les raconter aurait désigné un lieu\u00a0:"


def say_discretion(least: int) -> str:
    """The line of the foot about what is withheld."""
    if least == 1:
        return "Ce qu’un seul lieu a répondu est dit aussi."
    return f"Ce que moins de {least} lieux ont répondu n’est pas dit, ni ce qui permettrait de le déduire."


def say_made(today: date, version: str, venues: int) -> str:
    """The line of the foot about the report itself."""
    source = say_of_venues(venues)
    return f"{PANORAMA_MADE}{tell_date(today)} par impact {version}, à partir des seules réponses {source}."
