"""The French of a form that is not the catalogue's: what each field of ours asks, and its choices."""

from impact_cli.catalogue import paper
from impact_cli.catalogue.model import Keywords, Number, Question
from impact_cli.exchange.field.names import EDITION as EDITION_FIELD
from impact_cli.exchange.field.names import NO, YES
from impact_cli.exchange.field.names import VENUE as VENUE_FIELD
from impact_cli.exchange.field.names import VOICE as VOICE_FIELD
from impact_cli.report.french import tell_number

OPENING = "Pour commencer"
OPENING_HINT = (
    "Vos réponses vont à qui vous a donné ce formulaire. Ne nommez personne. Toute question peut rester sans réponse."
)
VENUE = "De quel lieu s’agit-il\u202f?"
VENUE_NEEDED = "Il faut le nom du lieu."
EDITION = "De quelle édition s’agit-il\u202f?"
EDITION_HINT = "Une année, sauf si l’on vous a dit autre chose."
VOICE = "Au nom de qui répondez-vous\u202f?"
VOICE_HINT = "Une fonction ou un groupe plutôt qu’un nom. Exemple\u00a0: les bénévoles du jardin"
NAME_OF_SUBMISSION = f"concat(${{{VENUE_FIELD}}}, ' ', ${{{EDITION_FIELD}}}, ' ', ${{{VOICE_FIELD}}})"

SILENCES = {**paper.SILENCES, "skipped": "Je passe cette question"}
CONSENTS = {YES: "Oui, tels quels", NO: "Non, ils ne quittent pas le lieu"}


def ask_silence(question: Question) -> str:
    """The label of why a question has no answer, by its topic: no other field of the section is called so."""
    return f"Sans réponse\u00a0: {question.topic}"


def ask_consent(question: Question) -> str:
    """The label of whether words may be published, by their topic."""
    return f"Publier ces mots\u202f? ({question.topic})"


def hint_at(question: Question) -> str:
    """The help below a question, and its example; of a number, that figures alone are taken."""
    help_given = question.hint
    if isinstance(question, Number) and question.prose:
        help_given = "En chiffres\u202f; ce qu’il faut en savoir s’écrit plus bas."
    if isinstance(question, Keywords) and not help_given:
        help_given = "Des mots, séparés par des virgules."
    example = f"Exemple\u00a0: {question.example}" if question.example else ""
    return " ".join(filter(None, (help_given, example)))


def name_page(family: str, section: str) -> str:
    """The title of a section's page, under which family it stands."""
    return section if section.startswith(family) else f"{family} · {section}"


def name_mark(mark: int, level: str) -> str:
    """A mark of a rating, with the name of its level."""
    return f"{mark}\u00a0: {level}"


def say_incoherent(ask: str) -> str:
    """What stands below answers that contradict each other."""
    return f"À vérifier. {ask}"


def say_longest(most: int) -> str:
    """Why a text is refused."""
    return f"{tell_number(most)} caractères au plus sont acceptés."


def say_most_keywords(most: int, longest: int) -> str:
    """Why keywords are refused."""
    return f"{most} mots-clés au plus sont acceptés, séparés par des virgules, de {longest} caractères au plus."
