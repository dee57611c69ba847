"""What a line can get wrong: slots that name nothing, answers nobody would hear of, sentences never told."""

from collections.abc import Iterator, Sequence

from impact_cli.catalogue.findings import Finding, Path
from impact_cli.catalogue.lines import (
    BLOCK_STYLES,
    STYLES_OF_KIND,
    LineError,
    Sentence,
    Slot,
    Style,
    questions_of,
    sentences_of,
)
from impact_cli.catalogue.model import Alternative, Counted, Line, Many, Number, Section, Text
from impact_cli.errors import suggest


def check_lines(section: Section, path: Path) -> Iterator[Finding]:
    """Every fault of a section's lines, those told and those only read back."""
    named_by: dict[str, int] = {}
    for index, line in enumerate(section.tell):
        here = (*path, "tell", index)
        faults = [finding for alternative in line for finding in _check_alternative(alternative, section, here)]
        yield from faults
        if not faults:
            yield from _check_shadows(line, here)
            yield from _check_repeats(line, index, named_by, here)
    for index, line in enumerate(section.read):
        for alternative in line:
            yield from _check_slots(alternative, section, (*path, "read", index))
    alone = {name for line in section.tell for alternative in line for name in _told_alone(alternative)}
    for index, question in enumerate(section.questions):
        if question.id not in alone:
            what = "aucune phrase ne raconte cette réponse quand elle est la seule ; ajoutez-lui une variante."
            yield Finding((*path, "questions", index), what)


def _told_alone(alternative: Alternative) -> Sequence[str]:
    try:
        names = questions_of(alternative)
    except LineError:
        return ()
    return tuple(names) if len(names) == 1 else ()


def _check_alternative(alternative: Alternative, section: Section, path: Path) -> Iterator[Finding]:
    faults = list(_check_slots(alternative, section, path))
    yield from faults
    if faults:
        return
    for sentence in sentences_of(alternative):
        yield from _check_form(sentence, path)
    if isinstance(alternative, Counted):
        yield from _check_count(alternative, section, path)


def _check_slots(alternative: Alternative, section: Section, path: Path) -> Iterator[Finding]:
    try:
        sentences = sentences_of(alternative)
        names = questions_of(alternative)
    except LineError as error:
        yield Finding(path, str(error))
        return
    if not names:
        yield Finding(path, "la phrase ne nomme aucune question : elle affirmerait ce que personne n’a dit.")
    ids = [question.id for question in section.questions]
    for name in sorted(names - set(ids)):
        yield Finding(path, f"la question « {name} » n’existe pas dans la rubrique.{suggest(name, ids)}")
    for slot in (part for sentence in sentences for part in sentence if isinstance(part, Slot)):
        question = section.question(slot.question)
        if question and slot.style not in STYLES_OF_KIND[question.kind]:
            styles = ", ".join(style.value or "sans style" for style in sorted(STYLES_OF_KIND[question.kind]))
            what = (
                f"une question « {question.kind} » ne se dit pas « {slot.style or 'sans style'} ». Styles : {styles}."
            )
            yield Finding(path, f"{{{slot.question}}} : {what}")
    if sum(isinstance(section.question(name), Text) for name in names) > 1:
        yield Finding(path, "une phrase ne cite qu’un texte libre.")


def _check_form(sentence: Sentence, path: Path) -> Iterator[Finding]:
    blocks = [part for part in sentence if isinstance(part, Slot) and part.style in BLOCK_STYLES]
    if blocks and (len(blocks) > 1 or sentence[-1] is not blocks[0]):
        yield Finding(path, f"« {{{blocks[0].question}:{blocks[0].style}}} » termine la phrase : rien ne le suit.")
    styles = {part.style for part in sentence if isinstance(part, Slot)}
    if (Style.ROWS in styles) != (Style.CHOICE in styles):
        yield Finding(path, "une grille se raconte avec ses lignes (rows) et son choix (choice) dans la même phrase.")
    words = sentence[-2] if blocks and len(sentence) > 1 else sentence[-1]
    ends = (":",) if blocks else (".", "…", "!", "?")
    if isinstance(words, str) and not words.rstrip().endswith(ends):
        yield Finding(path, f"la phrase doit finir par « {ends[0]} ».")
    if isinstance(sentence[0], str) and not sentence[0][0].isupper():
        yield Finding(path, "la phrase doit commencer par une majuscule.")


def _check_count(counted: Counted, section: Section, path: Path) -> Iterator[Finding]:
    by = section.question(counted.by)
    if isinstance(by, Many):
        if counted.zero:
            yield Finding(
                (*path, "zero"), "cette phrase n’est jamais dite : une question « many » répondue compte au moins un."
            )
    elif isinstance(by, Number):
        if counted.zero and by.min > 0:
            yield Finding((*path, "zero"), f"cette phrase n’est jamais dite : le plus petit nombre est {by.min}.")
    else:
        yield Finding((*path, "by"), f"« {counted.by} » n’est ni un nombre ni une question à cocher.")


def _check_shadows(line: Line, path: Path) -> Iterator[Finding]:
    for index, alternative in enumerate(line):
        shadow = next((earlier for earlier in line[:index] if questions_of(earlier) <= questions_of(alternative)), None)
        if shadow is not None:
            what = "cette variante n’est jamais dite : une variante placée avant elle demande moins de réponses."
            yield Finding((*path, index), what)


def _check_repeats(line: Line, index: int, named_by: dict[str, int], path: Path) -> Iterator[Finding]:
    for name in sorted({name for alternative in line for name in questions_of(alternative)}):
        if named_by.setdefault(name, index) != index:
            yield Finding(path, f"« {name} » est déjà raconté par la ligne {named_by[name] + 1} de la rubrique.")
