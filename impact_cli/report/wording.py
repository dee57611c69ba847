"""The words of the report that the catalogue does not hold, in one place: reading a report back needs them too."""

from impact_cli.answers.sheet import Silence, Status

SILENCES_TITLE = "Ce que ce rapport ne dit pas"
SILENCES_ANCHOR = "silences"
NOTHING_SILENT = "Toutes les questions qui concernent le lieu ont reçu une réponse."
SECTION_NOT_ASKED = "rubrique non abordée"
# How a silence opens its part of a line, before the subjects it is about; None: the question was not asked.
SILENCES: dict[Silence | None, str] = {
    None: "non demandé",
    Silence.SKIPPED: "sans réponse",
    Silence.NOT_KNOWN: "le lieu ne sait pas",
    Silence.NOT_APPLICABLE: "sans objet",
}
# Beside what is told: nobody has confirmed it yet, or the venue has not given these words to be published.
TO_CONFIRM = "à confirmer"
WITHHELD = "non publié"
# In the title, and in the foot of every page, of a report that holds words that were not given to be published.
INTERNAL = "version interne"
INTERNAL_NOTICE = "Version interne\u00a0: ce document contient des mots que le lieu n’a pas donnés à publier."
STATUSES = {Status.FINISHED: "fiche terminée", Status.IN_PROGRESS: "fiche en cours"}
