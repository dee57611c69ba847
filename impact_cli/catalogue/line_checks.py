"""What a line can get wrong: slots that name nothing, answers nobody would hear of, sentences never told."""

import re
from collections.abc import Iterator, Mapping, Sequence

from impact_cli.catalogue.extending import names_of
from impact_cli.catalogue.lines import BLOCK_STYLES, styles_of
from impact_cli.catalogue.locating import Finding, Steps, find_under
from impact_cli.catalogue.model import Grid, Many, Number, One, Question, Section, Text
from impact_cli.catalogue.reach import can_be_answered, can_be_told
from impact_cli.catalogue.sentences import (
    Alternative,
    Counted,
    Line,
    LineError,
    Sentence,
    Slot,
    Style,
    parse_sentence,
    questions_of,
    sentences_of,
)
from impact_cli.errors import suggest

_AFTER_DE = re.compile(r"(?:les?|des|du|de)\s|d’", re.IGNORECASE)  # words that "de" does not stand before


def check_lines(section: Section, path: Steps, questions: Mapping[str, Question]) -> Iterator[Finding]:
    """Every fault of a section's lines, those told and those only read back; `questions` are all, by key."""
    named_by: dict[str, int] = {}
    for index, line in enumerate(section.tell):
        here = (*path, "tell", index)
        faults = [finding for alternative in line for finding in _check_alternative(alternative, section, here)]
        yield from faults
        if not faults:
            yield from _check_shadows(line, here)
            yield from _check_told(line, section, here, questions)
            yield from _check_repeats(line, index, named_by, here)
    for index, line in enumerate(section.read):
        faulty = (what for alternative in line for what in _check_slots(alternative, section))
        yield from (Finding((*path, "read", index), what) for what in faulty)
    alone = {name for line in section.tell for alternative in line for name in _told_alone(alternative)}
    for index, question in enumerate(section.written):
        yield from _check_own(question, section, alone, (*path, "questions", index))


def _check_own(question: Question, section: Section, alone: set[str], path: Steps) -> Iterator[Finding]:
    """A question tells itself and no other, once."""
    if question.tell is None:
        if question.id not in alone:
            what = (
                "aucune phrase ne raconte cette réponse quand elle est la seule\u202f; écrivez-la dans "
                "«\u00a0tell\u00a0»."
            )
            yield Finding(path, what)
        return
    here = (*path, "tell")
    if question.id in alone:
        yield Finding(
            here, f"le «\u00a0tell\u00a0» de la rubrique raconte déjà «\u00a0{question.id}\u00a0» toute seule."
        )
    if faults := list(_check_alternative(question.tell, section, here)):
        yield from faults
    elif _told_alone(question.tell) != (question.id,):
        what = (
            f"ici, une phrase raconte «\u00a0{question.id}\u00a0» et rien d’autre\u202f; celle qui lie "
            "plusieurs questions"
        )
        yield Finding(here, f"{what} se met dans le «\u00a0tell\u00a0» de la rubrique.")


def _told_alone(alternative: Alternative) -> Sequence[str]:
    names = names_of(alternative)
    return tuple(names) if len(names) == 1 else ()


def _check_alternative(alternative: Alternative, section: Section, path: Steps) -> Iterator[Finding]:
    faults = list(_check_slots(alternative, section))
    yield from (Finding(path, what) for what in faults)
    if faults:
        return
    for sentence in sentences_of(alternative):
        yield from (Finding(path, what) for what in (*_check_form(sentence), *_check_words(sentence, section)))
    if isinstance(alternative, Counted):
        by = section.question(alternative.by)
        yield from find_under(path, _check_count(alternative, by))


def _check_slots(alternative: Alternative, section: Section) -> Iterator[str]:
    try:
        sentences = sentences_of(alternative)
        names = questions_of(alternative)
    except LineError as error:
        yield str(error)
        return
    if not names:
        yield "la phrase ne nomme aucune question\u00a0: elle affirmerait ce que personne n’a dit."
    ids = [question.id for question in section.written]
    for name in sorted(names - set(ids)):
        yield f"la question «\u00a0{name}\u00a0» n’existe pas dans la rubrique.{suggest(name, ids)}"
    for slot in (part for sentence in sentences for part in sentence if isinstance(part, Slot)):
        question = section.question(slot.question)
        if question and slot.style not in styles_of(question):
            styles = ", ".join(style.value or "sans style" for style in styles_of(question))
            style = slot.style or "sans style"
            what = f"une question «\u00a0{question.kind}\u00a0» ne se dit pas «\u00a0{style}\u00a0»."
            yield f"{{{slot.question}}}\u00a0: {what} Styles\u00a0: {styles}."
    if sum(isinstance(section.question(name), Text) for name in names) > 1:
        yield "une phrase ne cite qu’un texte libre."


def _check_form(sentence: Sentence) -> Iterator[str]:
    blocks = [part for part in sentence if isinstance(part, Slot) and part.style in BLOCK_STYLES]
    if blocks and (len(blocks) > 1 or sentence[-1] is not blocks[0]):
        yield f"«\u00a0{{{blocks[0].question}:{blocks[0].style}}}\u00a0» termine la phrase\u00a0: rien ne le suit."
        return
    styles = {part.style for part in sentence if isinstance(part, Slot)}
    if (Style.ROWS in styles) != (Style.CHOICE in styles):
        yield "une grille se raconte avec ses lignes (rows) et son choix (choice) dans la même phrase."
    words = sentence[:-1] if blocks else sentence
    ends = (":",) if blocks else (".", "…", "!", "?")
    if words and not (isinstance(words[-1], str) and words[-1].rstrip().endswith(ends)):
        yield f"la phrase doit finir par «\u00a0{ends[0]}\u00a0»."
    if not words and blocks[0].style == Style.RATING:
        example = "Intensité\u00a0:{question:rating}"
        yield f"une note se raconte après les mots qui la nomment\u00a0: «\u00a0{example}\u00a0»."
    if isinstance(sentence[0], str) and not sentence[0][0].isupper():
        yield "la phrase doit commencer par une majuscule."


def _check_words(sentence: Sentence, section: Section) -> Iterator[str]:
    """What an answer would break in the sentence that tells it."""
    for slot in (part for part in sentence if isinstance(part, Slot)):
        question = section.question(slot.question)
        if isinstance(question, Text) and question.lines and slot.style == Style.PLAIN:
            what = "peut avoir plusieurs lignes\u00a0: il se cite avec «\u00a0quote\u00a0»."
            yield f"«\u00a0{{{question.id}}}\u00a0» {what}"
        if slot is sentence[0] and slot.style not in BLOCK_STYLES and isinstance(question, Many | One | Grid):
            yield "la phrase doit commencer par une majuscule\u00a0: les mots d’une option n’en ont pas."
        if slot.style == Style.DE and isinstance(question, Many):
            told = (option.told for option in question.options if not option.exclusive)
            if wrong := next(filter(_AFTER_DE.match, told), None):
                what = f"dirait «\u00a0de {wrong}\u00a0»\u00a0: l’option se raconte sans article."
                yield f"«\u00a0{{{question.id}:de}}\u00a0» {what}"


def _check_told(line: Line, section: Section, path: Steps, questions: Mapping[str, Question]) -> Iterator[Finding]:
    for alternative in line:
        keys = [f"{section.id}.{name}" for name in sorted(questions_of(alternative))]
        if all(can_be_answered([key], questions) for key in keys) and not can_be_told(keys, questions):
            what = "cette phrase n’est jamais dite\u00a0: ses questions n’ont jamais de réponse en même temps."
            yield Finding((*path, line.index(alternative)) if len(line) > 1 else path, what)


def _check_count(counted: Counted, by: Question | None) -> Iterator[tuple[str, str]]:
    """What is wrong with the forms of a count, by the key of each."""
    names = questions_of(counted) - {counted.by}
    for key, form in counted.forms.items():
        said = {part.question for part in parse_sentence(form) if isinstance(part, Slot)}
        for name in sorted(names - said):
            yield key, f"cette forme ne raconte pas «\u00a0{name}\u00a0», que les autres racontent."
    mute = [key for key, form in counted.forms.items() if not _says(form, counted.by)]
    if isinstance(by, Many):
        yield from _check_ticks(counted, mute)
    elif isinstance(by, Number):
        yield from _check_number(counted, by, mute)
    else:
        yield "by", f"«\u00a0{counted.by}\u00a0» n’est ni un nombre ni une question à cocher."


def _check_ticks(counted: Counted, mute: Sequence[str]) -> Iterator[tuple[str, str]]:
    for key in mute:
        if key != "zero":
            what = f"cette forme ne raconte pas «\u00a0{counted.by}\u00a0»\u00a0: les options cochées seraient perdues."
            yield key, what
    if counted.zero:
        what = "cette phrase n’est jamais dite\u00a0: une question «\u00a0many\u00a0» répondue compte au moins un."
        yield "zero", what


def _check_number(counted: Counted, by: Number, mute: Sequence[str]) -> Iterator[tuple[str, str]]:
    for count, key in enumerate(("zero", "one")):
        if key in counted.forms and by.min > count:
            yield key, f"cette phrase n’est jamais dite\u00a0: le plus petit nombre est {by.min}."
    for key in ("few", "many"):
        if key in mute and by.max > 1:
            yield key, f"cette forme ne dit pas le nombre\u00a0: elle doit contenir «\u00a0{{{by.id}}}\u00a0»."
    if by.min <= 0 and not counted.zero and "one" in mute:
        yield "one", "cette forme est dite aussi pour zéro, et serait fausse\u00a0: ajoutez «\u00a0zero\u00a0»."


def _says(form: str, name: str) -> bool:
    return any(isinstance(part, Slot) and part.question == name for part in parse_sentence(form))


def _check_shadows(line: Line, path: Steps) -> Iterator[Finding]:
    for index, alternative in enumerate(line):
        shadow = next((earlier for earlier in line[:index] if questions_of(earlier) <= questions_of(alternative)), None)
        if shadow is not None:
            what = "cette variante n’est jamais dite\u00a0: une variante placée avant elle demande moins de réponses."
            yield Finding((*path, index), what)


def _check_repeats(line: Line, index: int, named_by: dict[str, int], path: Steps) -> Iterator[Finding]:
    for name in sorted({name for alternative in line for name in questions_of(alternative)}):
        if named_by.setdefault(name, index) != index:
            yield Finding(
                path, f"«\u00a0{name}\u00a0» est déjà raconté par la ligne {named_by[name] + 1} de la rubrique."
            )
