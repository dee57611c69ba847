"""The names and labels that a form's fields and choices bear, by which a submission says what it answers.

Every name stands once in a form, whatever the group, as KoboToolbox wants it. Ids are of small letters, so a capital
says where each next id begins (`solidarite.types.autre` is `solidarite_Types_Autre`), a group is its section's id with
a capital (`Solidarite`), and what is in capitals is ours: nothing collides, with ODK's own names neither.
"""

from collections.abc import Sequence
from typing import assert_never

from impact_cli.answers.sheet import CatalogueStamp
from impact_cli.catalogue import paper
from impact_cli.catalogue.model import Catalogue, Grid, Keywords, Many, Number, One, Option, Question, Rating, Text

OPENING = "FICHE"  # the group at the start, of the four that follow
VENUE, EDITION, VOICE = "LIEU", "EDITION", "VOIX"
STAMP = "QUESTIONNAIRE"  # written by the form itself: `write_stamp`
STARTED, ENDED = "start", "end"  # ODK's own: when somebody opened the form, and left it for good
# Beginnings of what is only shown, here and by a table of ODK's: a submission has these fields, empty.
NOTES = ("AIDE_", "VERIFIER_", "generated_table_list_label_", "reserved_name_for_field_list_labels_")

LABELS = {
    VENUE: "De quel lieu s’agit-il\u202f?",
    EDITION: "De quelle édition s’agit-il\u202f?",
    VOICE: "Au nom de qui répondez-vous\u202f?",
}
YES, NO = "oui", "non"
CONSENTS = {YES: "Oui, tels quels", NO: "Non, ils ne quittent pas le lieu"}
SILENCES = {**paper.SILENCES, "skipped": "Je passe cette question"}  # by the values of `Silence`

_SHORT = 12  # digits of a fingerprint, in a version that people read


def name_section(section: str) -> str:
    """The group of a section: its page."""
    return _capitalize(section)


def name_question(key: str) -> str:
    """The field of a question, by its key `section.question` or `section.question.option`; a grid's is a group."""
    section, *others = key.split(".")
    return "_".join((section, *map(_capitalize, others)))


def name_row(key: str, row: str) -> str:
    """The field of a row of a grid."""
    return f"{name_question(key)}_{_capitalize(row)}"


def name_silence(key: str) -> str:
    """The field that says why a question has no answer: a value of `Silence`; without it, nothing was said."""
    return f"SILENCE_{name_question(key)}"


def name_consent(key: str) -> str:
    """The field that says whether free words may be published: YES, NO; without it, nobody was asked."""
    return f"ACCORD_{name_question(key)}"


def ask_silence(question: Question) -> str:
    """The label of why a question has no answer, by its topic: no other field of the section is called so."""
    return f"Sans réponse\u00a0: {question.topic}"


def ask_consent(question: Question) -> str:
    """The label of whether words may be published, by their topic."""
    return f"Publier ces mots\u202f? ({question.topic})"


def list_choices(question: Question) -> Sequence[Option]:
    """What can be chosen, also what is not asked any more; of a grid, in each row."""
    match question:
        case Many(options=options) | One(options=options) | Grid(choices=options):
            return options
        case Rating(marks=marks):
            return [Option(str(mark), f"{mark}\u00a0: {level}") for mark, level in marks.items()]
        case Number() | Text() | Keywords():
            return ()
        case _:
            assert_never(question)


def name_hint(section: str) -> str:
    """The note at the top of a section's page."""
    return f"AIDE_{section}"


def name_warning(contradiction: str) -> str:
    """The note that shows while answers contradict each other, by the id `section.id` or `id`."""
    return f"VERIFIER_{name_question(contradiction)}"


def write_stamp(catalogue: Catalogue) -> str:
    """Which catalogue a form asks, as every submission says it in STAMP, whoever served the form."""
    return f"{catalogue.id} {catalogue.version} {catalogue.fingerprint}"


def read_stamp(written: str) -> CatalogueStamp | None:
    """The catalogue of a submission; None where the words are not those of `write_stamp`."""
    identifier, _, rest = written.strip().partition(" ")
    version, _, fingerprint = rest.rpartition(" ")
    return CatalogueStamp(identifier, version, fingerprint) if version and fingerprint else None


def write_version(catalogue: Catalogue) -> str:
    """The version of the form, as ODK Central keeps it beside a submission; KoboToolbox gives its own."""
    return f"{catalogue.version}+{catalogue.fingerprint[:_SHORT]}"


def _capitalize(identifier: str) -> str:
    return identifier[:1].upper() + identifier[1:]
