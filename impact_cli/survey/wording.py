"""The French of the conversation: every word that the faces of the survey show."""

from collections.abc import Sequence

from impact_cli.answers.progress import Progress
from impact_cli.answers.sheet import Silence
from impact_cli.errors import shorten
from impact_cli.survey.prompter import Choice, Wish
from impact_cli.typography import SEMICOLON


def join_keys(*keys: str) -> str:
    """The keys on one line, which breaks between two of them only."""
    return "\u00a0· ".join(key.replace(" ", "\u00a0") for key in keys)


# The keys, said at the bottom of every prompt of the terminal: those that a field takes as it stands, then the others.
KEY_ENTER, KEY_SPACE = "Entrée valide", "Espace coche"
KEY_NEW_LINE = "Ctrl-J à la ligne"
KEY_ARROWS, KEY_ARROWS_DIGITS = "Flèches choisissent", "Flèches ou chiffres choisissent"
KEYS_ASIDE = ("Tab menu", "Maj-Tab retour", "Ctrl-C pause")
KEYS_MENU = ("Ctrl-C sort",)
KEYS_TICKS = ("Ctrl-C pause",)


def list_menu_keys(*, escapes: bool, leaves: bool) -> tuple[str, ...]:
    """What leads out of a menu: back to the question, or out of the survey."""
    return (*(["Échap revient"] if escapes else []), *(KEYS_MENU if leaves else KEYS_TICKS))


NOTHING_CHOSEN = "Rien n’est choisi. Entrée encore une fois\u00a0: passer la question."
POINT_FIRST = "Choisissez d’abord, avec les flèches ou un chiffre."
NOTHING_TYPED = "Rien n’est écrit. Entrée encore une fois : passer la question."
NOTHING_TICKED = "Rien n’est coché. Entrée encore une fois\u00a0: rien ne sera publié."
_INSIST = "Validez encore une fois pour le noter."


def say_heard(number: int | None) -> str:
    """A number that was heard in words, or figures that are no single one, to be confirmed."""
    if number is None:
        return "ce n’est pas un seul nombre. Validez encore une fois pour garder vos mots, sans nombre."
    return f"compris\u00a0: {number}. {_INSIST}"


def say_to_come(year: str) -> str:
    """A year that has not come yet, to be confirmed."""
    return f"{year} est une année à venir. {_INSIST}"


def say_no_figures(typed: str) -> str:
    """Letters where figures are usual, to be confirmed."""
    return f"des chiffres sont attendus, et «\u00a0{typed}\u00a0» n’en est pas fait. {_INSIST}"


TICK_ONE = "Rien n’est coché. Entrée encore une fois\u00a0: passer la question."
KEEPS_ANSWER = "La réponse d’avant est gardée tant que rien ne la remplace\u202f; Tab, puis Effacer."

# The commands of the plain face, each alone on its line: words, which a screen reader says.
PLAIN_BACK, PLAIN_OTHER, PLAIN_PAUSE, PLAIN_HELP = "retour", "menu", "pause", "aide"
PLAIN_ASIDE = f"Tapez {PLAIN_HELP} pour en savoir plus."
PLAIN_COMMANDS = (
    f"Seul sur sa ligne\u00a0: {PLAIN_BACK} pour la question précédente, {PLAIN_OTHER} pour passer, ne pas savoir ou"
    f" aller ailleurs, {PLAIN_PAUSE} pour arrêter."
)
PLAIN_CUT = (
    "Cette ligne est trop longue pour ce terminal, qui l’a coupée\u00a0: elle n’est pas gardée. Collez-la en plusieurs"
    " lignes, ou répondez sans --plain."
)
PLAIN_HALF = "Une ligne qu’Entrée n’a pas validée n’est pas gardée."
PLAIN_NONE = "aucun"
PLAIN_SKIPS = "Ligne vide\u00a0: passer."
PLAIN_KEEPS = "Ligne vide\u00a0: la garder."
PLAIN_NUMBER = "Un numéro de la liste."
PLAIN_NUMBERS = "Un ou plusieurs numéros, séparés par des virgules."
PLAIN_KEYWORDS = "Des mots, séparés par des virgules."
PLAIN_LINES = "Plusieurs lignes possibles, terminées par une ligne vide."
PLAIN_WORDS = "Quelques mots, sur une ligne."
PLAIN_FIGURES = "Un nombre, en chiffres."

SILENCES = {
    Silence.SKIPPED: "passée",
    Silence.NOT_KNOWN: "ne sait pas",
    Silence.NOT_APPLICABLE: "sans objet",
}


_MINUTES_A_QUESTION = 0.6  # half an hour for fifty, typed as a new user would
_ROUNDED_FROM = 10  # minutes


def say_place(number: int, total: int) -> str:
    """Where a question stands in its section."""
    return f"Question {number} sur\u00a0{total}"


def say_section(title: str, number: int, total: int) -> str:
    """Where a section stands in the survey."""
    return f"{title} · rubrique\u00a0{number}\u00a0sur\u00a0{total}"


def say_time_left(open_questions: int) -> str:
    """About how long so many questions take; nothing where none is left."""
    minutes = round(open_questions * _MINUTES_A_QUESTION)
    if minutes > _ROUNDED_FROM:
        minutes = 5 * round(minutes / 5)
    return f"Encore {minutes}\u00a0minutes environ." if minutes > 1 else "Encore une minute." if open_questions else ""


def say_example(example: str) -> str:
    """An invented answer, named as one."""
    return f"Exemple\u00a0: {example}"


def say_current(answer: str) -> str:
    """What the sheet holds for the question."""
    return f"Réponse actuelle\u00a0: {answer}"


def say_proposed(answer: str) -> str:
    """What stands in the field, and is not in the sheet yet."""
    return f"Réponse proposée\u00a0: {answer}"


def say_answered(topic: str, answer: str, *, silent: bool = False) -> str:
    """The line that stays on the screen once a question is answered, or passed over in words."""
    return f"{'–' if silent else '✓'} {capitalize(topic)}\u00a0: {answer}"


def say_mark(mark: str, most: int, level: str) -> str:
    """A mark of a rating, with the name of its level."""
    return f"{mark} sur {most} ({level})"


def say_no_such_number(number: int, most: int) -> str:
    """A number typed for a line of a list that has `most` lines."""
    return f"il n’y a pas de numéro {number}\u00a0: la liste va de 1 à {most}."


def say_no_such_option(given: str, most: int) -> str:
    """Words typed where lines of a list that has `most` lines are chosen by their numbers."""
    return f"«\u00a0{shorten(given)}\u00a0» n’est pas dans la liste, qui va de 1 à {most}."


def say_not_on_list(most: int) -> str:
    """Words typed where a line of a menu is chosen by its number."""
    return f"Tapez un numéro de 1 à {most}."


def capitalize(sentence: str) -> str:
    """The sentence with its first letter large, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


# What the interview says, and its menus: keys for the code, labels for people.
GAIN = "Votre rapport dira\u00a0:"
KEEP_BOTH_LABEL = "Laisser ces réponses telles quelles"


def say_review_answer(topic: str, answer: str) -> str:
    """A line of the menu about answers that contradict each other."""
    return f"Revoir {topic}\u00a0: {answer}"


HALF_TYPED = "Commencé, pas encore validé."
SAVED_AND_KEPT = "Ce que vous avez validé est enregistré\u202f; ce que vous aviez commencé est gardé."
SAVED = "Tout ce que vous avez validé est enregistré."
NOTHING_BEFORE = "C’est la première question."
FINISHED = "Votre fiche est terminée."
ALL_ASKED = "Toutes les rubriques sont derrière vous."

FINISH, FILL, REVISIT, LATER = "finish", "fill", "jump", "later"

STAY_LABEL = "Revenir à la question"
REVIEW_LABEL = "Revenir à ce qui manque"
_JUMP_LABEL = "Aller à une autre rubrique"
_LEAVE_LABEL = "Arrêter ici et reprendre plus tard"

OTHER_TITLE = "Que faire de cette question\u202f?"
WHAT_NOW = "Que voulez-vous faire\u202f?"
JUMP_TITLE = "Quelle rubrique\u202f?"
REVIEW_TITLE = "Et maintenant\u202f?"
PAUSE_CHOICES = (Choice(Wish.STAY, STAY_LABEL), Choice(Wish.JUMP, _JUMP_LABEL), Choice(Wish.LEAVE, _LEAVE_LABEL))


def list_other_replies(silences: Sequence[Silence], *, answered: bool, has_texts: bool) -> tuple[Choice[Wish], ...]:
    """The menu of all but an answer; of the `silences`, those that this question can keep."""
    said = {Silence.NOT_KNOWN: "Je ne sais pas", Silence.NOT_APPLICABLE: "Sans objet pour notre lieu"}
    return (
        Choice(Wish.STAY, STAY_LABEL),
        Choice(Wish.SKIP, "Garder la réponse et continuer" if answered else "Passer la question"),
        *(Choice(Wish(silence.value), label) for silence, label in said.items() if silence in silences),
        *([Choice(Wish.ERASE, "Effacer la réponse enregistrée")] if answered else []),
        Choice(Wish.BACK, "Revenir à la question précédente"),
        Choice(Wish.JUMP, _JUMP_LABEL),
        *([Choice(Wish.CONSENT, "Revoir ce qui peut être publié de vos mots")] if has_texts else []),
        Choice(Wish.LEAVE, _LEAVE_LABEL),
    )


def list_review_choices(open_places: int) -> tuple[Choice[str], ...]:
    """The menu at the end of a survey, with `open_places` questions without an answer."""
    fill = "Répondre à la question restante" if open_places == 1 else f"Répondre aux {open_places} questions restantes"
    return (
        Choice(FINISH, "Terminer\u00a0: la fiche est complète pour moi"),
        *([Choice(FILL, fill)] if open_places else []),
        Choice(REVISIT, "Revoir une rubrique"),
        Choice(LATER, _LEAVE_LABEL),
    )


def say_review(whole: Sequence[str], partly: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """What has no answer yet: titles of `whole` sections, then of others, each with its subjects."""
    if not whole and not partly:
        return ["Toutes les questions ont reçu une réponse."]
    titles = SEMICOLON.join(whole)
    sections = [f"• Rubriques entières\u00a0: {titles}."] if whole else []
    subjects = [f"• {title}\u00a0: {', '.join(topics)}." for title, topics in partly]
    return ["Sans réponse pour l’instant\u00a0:", *sections, *subjects]


def say_progress(title: str, progress: Progress) -> str:
    """A section in the list of sections."""
    return f"{title} ({progress.answered}\u00a0sur\u00a0{progress.concerned})"


def say_doubt(reason: str) -> str:
    """Why an answer that was read in a report is to be confirmed, without a stop."""
    return f"À confirmer, car {reason.rstrip('.')}"


def say_former(edition: str) -> str:
    """Above an answer proposed from an earlier edition."""
    return f"Réponse de l’édition {edition}, à confirmer ou à changer."


VOICES_AGREE = "Les voix qui ont répondu sont d’accord, à confirmer ou à changer\u00a0:"
ONE_VOICE = "Une seule voix a répondu, à confirmer ou à changer\u00a0:"
VOICES_DIFFER = "Les voix ne sont pas d’accord, à vous de choisir\u00a0:"
VOICES_SILENT = "Aucune voix n’a de réponse\u00a0:"
VOICES_TITLE = (
    "Ce que chaque voix a répondu se lit au-dessus de la question. Entrée le confirme là où toutes celles qui ont"
    " répondu disent la même chose\u202f; ailleurs, rien n’est choisi d’avance."
)
ALL_VOICES = "toutes"
_MOST_NAMES = 4  # of voices that say the same


def say_voices(names: Sequence[str], answer: str) -> str:
    """Who gave an answer, by the names of the voices, and the answer."""
    shown = [shorten(name, 30) for name in names[:_MOST_NAMES]]
    others = len(names) - len(shown)
    more = f" et {others} autre{'s' if others > 1 else ''}" if others else ""
    return f"• {', '.join(shown)}{more}\u00a0: {answer}"


def say_other_answers(count: int) -> str:
    """Answers of voices that are not shown."""
    return f"• et {count} autre{'s' if count > 1 else ''} réponse{'s' if count > 1 else ''}"


# When all is said. The keys of the forms are those of the formats.
QUOTE, COMPARE, DONE = "quote", "compare", "done"
END_TITLE = "Votre rapport est prêt. Que voulez-vous en faire\u202f?"
QUOTE_TITLE = "Quels mots citer en première page\u202f?"
NO_QUOTATION = "Aucun"


def list_end_choices(*, has_texts: bool, former: str | None = None) -> tuple[Choice[str], ...]:
    """The menu after a finished survey; `former` is the edition that it can be compared with."""
    return (
        Choice("terminal", "Le lire ici"),
        *([Choice(COMPARE, f"Le comparer avec l’édition {former}")] if former else []),
        Choice("pdf", "L’enregistrer en PDF et l’ouvrir"),
        Choice("html", "L’enregistrer en page web et l’ouvrir"),
        Choice("docx", "L’enregistrer pour Word et l’ouvrir"),
        *([Choice(QUOTE, "Choisir les mots cités en première page")] if has_texts else []),
        Choice(DONE, "C’est tout pour aujourd’hui"),
    )


# When the disk refuses.
RETRY, GIVE_UP = "retry", "give_up"
NOT_SAVED = "ATTENTION : VOTRE DERNIÈRE RÉPONSE N’EST PAS ENREGISTRÉE."
RETRY_LABEL = "Réessayer au même endroit"
GIVE_UP_LABEL = "Arrêter sans l’enregistrer"


def say_save_in(folder: object) -> str:
    """Another folder for the sheet."""
    return f"Enregistrer la fiche dans {folder}"


def say_spoilt_draft(path: object) -> str:
    """What somebody had half typed is in a file that nobody can read."""
    return f"Ce qui était resté à moitié tapé ne peut pas être lu\u202f; le fichier est gardé\u00a0: {path}"


def say_moved(path: object) -> str:
    """Where the sheet lies from now on."""
    return f"La fiche est maintenant dans {path}"


def say_lost(unsaved: Sequence[str]) -> str:
    """What stands on no disk, to be copied from the screen."""
    return "\n".join(["Pas enregistré, à copier d’ici si besoin :", *unsaved]) if unsaved else ""


# What the venue's own words may be used for.
_EXCERPT_LENGTH = 160  # of a text about which one is asked, in characters
CONSENT_TITLE = "Cochez ce qui peut être publié, tel quel\u202f; le reste ne quitte pas le lieu."


def say_text(topic: str, text: str, seems: Sequence[str]) -> str:
    """Words that somebody typed, by their subject and beginning, and what they `seem` to hold."""
    flat = " ".join(text[: 4 * _EXCERPT_LENGTH].split())
    excerpt = flat if len(flat) <= _EXCERPT_LENGTH else flat[:_EXCERPT_LENGTH].rstrip() + "…"
    warning = f" (peut-être {' et '.join(seems)})" if seems else ""
    return f"{capitalize(topic)}\u00a0: «\u00a0{excerpt}\u00a0»{warning}"


def say_ticks_wanted(ticked: Sequence[int]) -> str:
    """How lines are ticked in the plain face, and which are."""
    now = f" Cochés maintenant\u00a0: {', '.join(map(str, ticked))}." if ticked else ""
    return f"Les numéros, séparés par des virgules, ou {PLAIN_NONE}.{now}"


def say_consented(published: int, total: int) -> str:
    """What was said about the publication of so many texts."""
    if not published:
        return "✓ Rien de tout cela ne sera publié." if total > 1 else "✓ Ces mots ne seront pas publiés."
    if published == total:
        return "✓ Tout cela peut être publié." if total > 1 else "✓ Ces mots peuvent être publiés."
    able = "peut être publié" if published == 1 else "peuvent être publiés"
    return f"✓ {published}\u00a0sur\u00a0{total} {able}, {'les autres' if total - published > 1 else 'l’autre'} non."


# How a conversation begins.
VENUE_TITLE = "De quel lieu s’agit-il\u202f?"
OTHER_VENUE, OTHER_VENUE_LABEL = "other", "Un autre lieu"
SAME_VENUE = "same"
NAME_NEEDED = "Il faut un nom pour ouvrir une fiche\u202f; Ctrl-C pour sortir."
NAME_TITLE = "Comment s’appelle votre lieu\u202f?"
FROM_FORMER, FROM_NOTHING = "former", "nothing"
RESUME, REDO, RENAME, LEAVE = "resume", "redo", "rename", "leave"
RESUME_REVIEW = "Relire ce qui manque, puis terminer"
START_CHOICES = (
    Choice(REDO, "Reprendre une rubrique depuis son début"),
    Choice(RENAME, "Corriger le nom du lieu"),
    Choice(LEAVE, "Ne rien changer"),
)


def say_unknown_venue(name: str) -> str:
    """Above the choice between a venue nearly named and a new one."""
    return f"Aucune fiche pour «\u00a0{name}\u00a0». Est-ce ce lieu\u202f?"


def say_new_venue(name: str) -> str:
    """A venue that has no sheet yet."""
    return f"Non, commencer une fiche pour «\u00a0{name}\u00a0»"


def say_new_edition(edition: str) -> str:
    """Above the choice of where a new edition starts."""
    return f"Comment commencer l’édition {edition}\u202f?"


def list_new_choices(before: Sequence[str]) -> tuple[Choice[str], ...]:
    """Where a new edition can start, when these are its voices, or the last edition."""
    what = f"réponses de l’édition {before[0]}" if len(before) == 1 else f"{len(before)} voix de cette édition"
    return (
        Choice(FROM_FORMER, f"Partir des {what}, à confirmer ou à changer une à une"),
        Choice(FROM_NOTHING, "Partir d’une fiche vierge"),
    )


def say_new(venue: str, edition: str) -> str:
    """A sheet that begins."""
    return f"{venue}, édition {edition}\u00a0: nouvelle fiche."


def say_introduction(sections: int, questions: int) -> str:
    """What is asked of somebody who begins, how long it takes, and what it gives."""
    minutes = 5 * max(1, round(questions * _MINUTES_A_QUESTION / 5))
    counted = f"{_count(sections, 'rubrique')}, {_count(questions, 'question')}"
    return (
        f"{counted}\u00a0: comptez {minutes}\u00a0minutes, en autant de fois que vous voulez. Chaque réponse est"
        " enregistrée aussitôt\u202f; toute question peut être passée. À la fin, un rapport à lire ou à remettre\u00a0:"
        " PDF, page web ou Word."
    )


def _count(number: int, noun: str) -> str:
    return f"{number}\u00a0{noun}{'s' if number > 1 else ''}"


def say_later_edition(year: str) -> str:
    """Said when an earlier edition goes on, to somebody who wants this year's."""
    return f"Pour commencer l’édition {year}\u00a0: ajoutez --edition {year}."


def say_found(venue: str, edition: str, progress: Progress, *, finished: bool) -> str:
    """The sheet that is there already, and how far it is."""
    state = "terminée" if finished else "en cours"
    return f"{venue}, édition {edition}\u00a0: fiche {state}, {progress.told}."


def say_resume(section: str, topic: str) -> str:
    """Where one was."""
    return f"Reprendre où vous en étiez\u00a0: {section}, {topic}"
