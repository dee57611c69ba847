"""The French of a form that is not the catalogue's: what each field of ours asks, and its choices."""

from impact_cli.answers.sheet import Silence
from impact_cli.catalogue.model import Question
from impact_cli.exchange.field.names import NO, YES

OPENING = "Pour commencer"
VENUE = "De quel lieu s’agit-il\u202f?"
EDITION = "De quelle édition s’agit-il\u202f?"
VOICE = "Au nom de qui répondez-vous\u202f?"

SILENCES = {
    Silence.NOT_KNOWN.value: "Je ne sais pas",
    Silence.NOT_APPLICABLE.value: "Sans objet pour notre lieu",
    Silence.SKIPPED.value: "Je passe cette question",
}
CONSENTS = {YES: "Oui, tels quels", NO: "Non, ils ne quittent pas le lieu"}


def ask_silence(question: Question) -> str:
    """The label of why a question has no answer, by its topic: no other field of the section is called so."""
    return f"Sans réponse\u00a0: {question.topic}"


def ask_consent(question: Question) -> str:
    """The label of whether words may be published, by their topic."""
    return f"Publier ces mots\u202f? ({question.topic})"
