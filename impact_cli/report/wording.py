"""The words of the report that the catalogue does not hold, in one place: reading a report back needs them too."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from impact_cli.answers.sheet import Silence, Status
from impact_cli.catalogue.model import Rating
from impact_cli.report.french import join_words, tell_date

SILENCES_TITLE = "Ce que ce rapport ne dit pas"
SILENCES_ANCHOR = "silences"
NOTHING_SILENT = "Toutes les rubriques qui concernent le lieu ont reçu une réponse."
# For programs and --trace: why a question is not told; the last five in a comparison alone.
UNTOLD = {
    "not_asked": "non demandé",
    "skipped": "sans réponse",
    "not_known": "le lieu ne sait pas",
    "not_applicable": "sans objet",
    "withheld": "non publié",
    "to_confirm": "à confirmer",
    "too_few": "trop peu de lieux",
    "asked_once": "demandé d’un seul côté",
    "asked_otherwise": "demandé autrement",
    "offered_once": "proposé d’un seul côté",
    "off_path": "la question ne se posait pas",
    "unsure": "à vérifier",
}
# How a silence opens its part of a line, before the subjects it is about; None: the question was not asked.
GAPS: dict[Silence | None, str] = {None: UNTOLD["skipped"], **{silence: UNTOLD[silence] for silence in Silence}}
# Beside what is told: nobody has confirmed it yet, or the venue has not given these words to be published.
TO_CONFIRM = "à confirmer"
WITHHELD = "non publié"
# In the title, and in the foot of every page, of a report that holds words that were not given to be published.
INTERNAL = "version interne"
INTERNAL_NOTICE = "Version interne\u00a0: ce document contient des mots que le lieu n’a pas donnés à publier."

# The first page.
ESSENTIALS_TITLE = "L’essentiel"
ESSENTIALS_ANCHOR = "essentiel"
CHANGED = "Ce qui a changé\u00a0:"
DIFFICULT = "Ce qui est difficile\u00a0:"
QUOTATION = "Dans les mots du lieu"
# In a section, in place of answers that cannot both be true.
CONTRADICTED = "Ces réponses du lieu se contredisent, et ne sont pas racontées avant d’être vérifiées\u00a0: "

STATUSES = {Status.FINISHED: "fiche terminée", Status.IN_PROGRESS: "fiche en cours"}
EDITION, UNKNOWN_EDITION = "Édition", "Édition inconnue"
# How each line of the foot begins: reading a report back knows them by it.
QUESTIONNAIRE = "Questionnaire «\u00a0"
FOOT = (f"{EDITION} ", QUESTIONNAIRE, "Rapport établi le ", "Les textes cités sont ceux ", INTERNAL_NOTICE)

# How the foot of a document about several sheets says that it was made: no sheet can be read back from it.
COMPARISON_MADE, PANORAMA_MADE = "Comparaison établie le ", "Panorama établi le "

_UNTOUCHED = {False: "Le lieu n’a pas abordé", True: "Le rapport relu ne dit rien de"}
# How the sentences about what nobody touched begin.
UNTOUCHED = (*_UNTOUCHED.values(), "Le lieu n’a encore abordé", "Le rapport relu ne dit rien d’autre")


def say_mark(question: Rating, mark: int) -> str:
    """A mark with its scale and its name: 3 sur 5 (moyenne)."""
    return f"{mark} sur {max(question.marks)} ({question.marks[mark]})"


def say_scale(marks: Mapping[int, str], whose: str = "le lieu") -> str:
    """What leads in the marks of one scale."""
    low, high = min(marks), max(marks)
    return f"Notes que {whose} se donne, de {low} ({marks[low]}) à {high} ({marks[high]})\u00a0:"


def say_own_words(option: str, words: str) -> str:
    """An option with the words it asked for."""
    return f"{option} («\u00a0{words}\u00a0»)"


def say_others(count: int) -> str:
    """What ends a line that names only the first options."""
    return f"et {count} autres"


def say_contradiction(topics: Sequence[str]) -> str:
    """The sentence that stands where answers would be told that cannot all be true."""
    return f"{CONTRADICTED}{join_words(topics)}."


def say_all_untouched(*, read_back: bool) -> str:
    """The one sentence of a report that tells nothing."""
    return "Le rapport relu ne dit rien d’autre." if read_back else "Le lieu n’a encore abordé aucune rubrique."


def say_untouched(families: Sequence[str], sections: Sequence[str], *, read_back: bool) -> Iterator[str]:
    """What nobody touched, by title: a sentence for families, one for sections; none for nothing."""
    for titles, one, several in (
        (families, "cette famille d’effets", "ces familles d’effets"),
        (sections, "cette rubrique", "ces rubriques"),
    ):
        if titles:
            named = join_words([f"«\u00a0{title}\u00a0»" for title in titles])
            yield f"{_UNTOUCHED[read_back]} {several if len(titles) > 1 else one}\u00a0: {named}."


def say_edition(edition: str, status: Status, changed: date) -> str:
    """The line of the foot about the sheet."""
    return f"{EDITION} {edition}\u202f; {STATUSES[status]}, réponses du {tell_date(changed)}."


def say_read_back(edition: str, read: datetime, changed: datetime) -> str:
    """The same of a sheet that was read from a published report; `edition` is "" where nobody said it."""
    named = f"{EDITION} {edition}" if edition else UNKNOWN_EDITION
    completed = f", complétée le {tell_date(changed.date())}" if changed > read else ""
    return f"{named}\u202f; fiche relue d’un rapport publié, le {tell_date(read.date())}{completed}."


def say_questionnaire(title: str, version: str) -> str:
    """The line of the foot about what was asked."""
    return f"{QUESTIONNAIRE}{title}\u00a0», version {version}."


def say_made(today: date, version: str, *, read_back: bool) -> str:
    """The line of the foot about the report itself."""
    source = "d’un rapport publié et relu" if read_back else "des seules réponses du lieu"
    return f"Rapport établi le {tell_date(today)} par impact {version}, à partir {source}."


def say_texts(*, read_back: bool = False, several: bool = False) -> str:
    """The line of the foot about free words, whether some are withheld or not; `several` venues chose them."""
    chosen = "que les lieux ont choisi de publier" if several else "que le lieu a choisi de publier"
    return f"Les textes cités sont ceux {'du rapport publié' if read_back else chosen}."
