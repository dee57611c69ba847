"""The answers of a report of ours told again, and held against it: where it says something else, they are doubted."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from rapidfuzz.distance import Levenshtein

from impact_cli.answers.sheet import Value
from impact_cli.catalogue.conditions import holds, key_of, section_of
from impact_cli.catalogue.model import Catalogue, Keywords, Question, Section, Text
from impact_cli.exchange.files.pieces import Mark
from impact_cli.exchange.reading import Reading
from impact_cli.exchange.threads import Explanation
from impact_cli.exchange.words import words_of
from impact_cli.report import blocks
from impact_cli.report.blocks import Block, tells_of
from impact_cli.report.build import presents
from impact_cli.report.front import gather_facts
from impact_cli.report.silences import name_silences
from impact_cli.report.telling import tell_section

_TOLD_OTHERWISE = "les mots du rapport ne sont pas tout à fait ceux de la réponse"
_UNNAMED = "le rapport ne dit pas que cette question est restée sans réponse"

_Word = tuple[str, Collection[str]]  # with the keys of the questions it answers


def hold_against(catalogue: Catalogue, found: Explanation, named: set[str], reading: Reading) -> None:
    """Doubt what is told in other words than the report has, and what it neither tells nor has `named` as silent."""
    sections = [section for family in catalogue.families for section in family.told_sections]
    told, said = list(_tell_again(catalogue, reading.answers)), list(_list_said(found, reading))
    differing, near = _compare(told, said, [section.id for section in sections])
    for section in sections:
        for key, question in section.keyed.items():
            if not holds(question.when, section.id, reading.answers):
                continue
            if not differing.isdisjoint((key, key.rpartition(".")[0])):
                reading.doubt(key, _TOLD_OTHERWISE)
            never_named = section.opening or isinstance(question, Text | Keywords)
            if (section.id in near or not never_named) and _is_lost(section, key, question, named, reading):
                reading.doubt(key, _UNNAMED)


def _is_lost(section: Section, key: str, question: Question, named: set[str], reading: Reading) -> bool:
    """Whether there must have been an answer; one to what is asked about an answer that is lost itself need not."""
    answer = reading.answers.get(key, reading.silences.get(key))
    settled = named | reading.answers.keys()
    asked = question.asked and settled.issuperset(key_of(name, section.id) for name in question.when)
    return asked and any(name not in named for name, _ in name_silences(key, question, answer))


def _compare(told: Sequence[_Word], said: Sequence[_Word], order: Sequence[str]) -> tuple[set[str], set[str]]:
    """The keys whose words differ, and the sections in which words may stand that answer nothing."""
    differing, near = set[str](), set[str]()
    for first, last, begin, end in _find_differences([word for word, _ in told], [word for word, _ in said]):
        around = {key for _, keys in told[max(first - 1, 0) : last + 1] for key in keys}
        differing |= around.union(*(keys for _, keys in said[begin:end]))
        if around and not all(keys for _, keys in said[begin:end]):
            places = sorted(order.index(section_of(key)) for key in around)
            near.update(order[places[0] : places[-1] + 1])
    return differing, near


def _find_differences(told: Sequence[str], said: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """From where to where both differ, by more than the places of their spaces."""
    for step in Levenshtein.opcodes(told, said):
        places = step.src_start, step.src_end, step.dest_start, step.dest_end
        if step.tag != "equal" and "".join(told[slice(*places[:2])]) != "".join(said[slice(*places[2:])]):
            yield places


def _tell_again(catalogue: Catalogue, answers: Mapping[str, Value]) -> Iterator[_Word]:
    for family in catalogue.families:
        told: list[Block] = []
        for section in family.told_sections:
            own = {question.id: answers[key] for key, question in section.keyed.items() if key in answers}
            told += tell_section(section, own)
        for block in gather_facts(told) if presents(family) else told:
            yield from ((word, tells_of(block)) for text in _texts_of(block) for word in words_of(text))


def _texts_of(block: Block) -> Sequence[str]:
    match block:
        case blocks.Paragraph(text=text) | blocks.Quote(text=text) | blocks.Rating(text=text):
            return (text,)
        case blocks.Bullets(items=texts) | blocks.Keywords(words=texts):
            return texts
        case blocks.Facts(rows=rows):
            return [row.text for row in rows]
        case _:
            return ()  # no section tells others


def _list_said(found: Explanation, reading: Reading) -> Iterator[_Word]:
    """The words of the report, each with the questions that its line answers, or its sentences ask."""
    document = found.document
    for number, piece in enumerate(document.pieces):
        if piece.mark == Mark.FURNITURE or number in found.titles or number in found.venue_pieces:
            continue
        owners = found.owners[document.first[number] : document.first[number + 1]]
        asked = (key for owner in dict.fromkeys(owners) if owner for key in owner.pattern.keys)
        keys = {*reading.lines.get(piece.first, ()), *asked}
        yield from ((word, keys) for word in words_of(piece.text))
