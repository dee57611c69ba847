"""Every piece of advice that `impact questions check` gives works when it is followed."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest
from writing import list_faults

import impact_cli.catalogue

BASE = {
    "catalogue.yaml": 'id: base\nversion: "1"\ntitle: Effets\nfamilies: [famille]\n',
    "lists.yaml": "publics: [{id: voisins, label: voisins}]\n",
    "famille.yaml": """
        id: famille
        title: Famille
        sections:
          - id: lien
            title: Lien
            questions:
              - id: publics
                kind: many
                ask: Qui ?
                topic: les publics
                options: [publics, {id: aucun, label: Aucun, exclusive: true, tell: Personne.}]
                tell: Des {publics}.
              - {id: ou, kind: text, ask: "Où ?", topic: un lieu, tell: "Lieu : {ou}."}
              - {id: n, kind: number, ask: Combien ?, topic: un nombre, tell: "Nombre : {n}."}
        """,
}
HEAD = "id: autre\nextends: ../base\n"
LIEN = "id: famille\nsections:\n  - id: lien\n    questions:\n      - {0}\n"
TEXT = "{{id: q, kind: text, ask: Quoi ?, topic: un q, {0}}}"
MANY = (
    "{{id: q, kind: many, ask: Quoi ?, topic: des q,{1} options: [{0}, {{id: rien, label: Rien, exclusive: true,"
    " tell: Rien.}}], tell: 'Des {{q}}.'}}"
)
Q = "tell: '{q:quote}'"


@dataclass(frozen=True)
class Case:
    """What an author wrote, what the check advises, and the files once it is followed: None takes one away."""

    before: dict[str, str]
    advice: str
    after: dict[str, str | None]


def _in_family(before: str, advice: str, after: str) -> Case:
    return Case({"famille.yaml": LIEN.format(before)}, advice, {"famille.yaml": LIEN.format(after)})


def _text(before: str, advice: str, after: str) -> Case:
    return _in_family(TEXT.format(before), advice, TEXT.format(after))


def _many(before: str, advice: str, after: str) -> Case:
    return _in_family(MANY.format(before, ""), advice, MANY.format(after, ""))


def _block(before: str, advice: str, after: str) -> Case:
    """Keys of a question, each on a line of its own."""
    lines = (
        "id: q\n        kind: text\n        ask: Quoi ?\n        topic: un q\n        {0}\n        tell: '{{q:quote}}'"
    )
    return _in_family(lines.format(before), advice, lines.format(after))


CASES = {
    "folder that extends nothing": Case(
        {"catalogue.yaml": "id: autre\n"},
        "pour compléter notre questionnaire, écrivez « extends: impact ».",
        {"catalogue.yaml": "id: autre\nextends: impact\n"},
    ),
    "our own under another name": Case(
        {"catalogue.yaml": "id: autre\nextends: Impact\n"},
        "Vouliez-vous dire « impact » ?",
        {"catalogue.yaml": "id: autre\nextends: impact\n"},
    ),
    "file named after a section": Case(
        {"lien.yaml": "id: lien\nquestions: [" + TEXT.format(Q) + "]\n"},
        "« lien » est une rubrique : écrivez-la dans « famille.yaml », sous « sections: ».",
        {"lien.yaml": None, "famille.yaml": LIEN.format(TEXT.format(Q))},
    ),
    "file that is not named after its family": Case(
        {"effets.yaml": LIEN.format(TEXT.format(Q))},
        "renommez ce fichier « famille.yaml ».",
        {"effets.yaml": None, "famille.yaml": LIEN.format(TEXT.format(Q))},
    ),
    "known family under another id": Case(
        {"famille.yaml": LIEN.format(TEXT.format(Q)).replace("id: famille", "id: effets")},
        "écrivez « id: famille ».",
        {"famille.yaml": LIEN.format(TEXT.format(Q))},
    ),
    "new family under two names": Case(
        {
            "neuve.yaml": "id: nouvelle\ntitle: Neuve\nsections: [{id: s, title: S, questions: ["
            + TEXT.format(Q)
            + "]}]\n"
        },
        "écrivez « id: neuve », ou renommez ce fichier « nouvelle.yaml ».",
        {"neuve.yaml": "id: neuve\ntitle: Neuve\nsections: [{id: s, title: S, questions: [" + TEXT.format(Q) + "]}]\n"},
    ),
    "family without its id": Case(
        {"famille.yaml": LIEN.format(TEXT.format(Q)).replace("id: famille\n", "")},
        "écrivez « id: famille », le nom du fichier.",
        {"famille.yaml": LIEN.format(TEXT.format(Q))},
    ),
    "file that is not read": Case(
        {"famille.yml": LIEN.format(TEXT.format(Q))},
        "renommez-le, son nom doit finir par « .yaml ».",
        {"famille.yml": None, "famille.yaml": LIEN.format(TEXT.format(Q))},
    ),
    "condition without braces": _block(
        "when: publics: {not: aucun}",
        "s’écrivent entre accolades : « when: {publics: {not: aucun}} ».",
        "when: {publics: {not: aucun}}",
    ),
    "condition in quotes": _block(
        'when: "publics: aucun"', "une condition s’écrit « when: {question: option} »", "when: {publics: aucun}"
    ),
    "telling without braces": _in_family(
        "{id: n, ask: Combien ?}\n      - id: n2\n        kind: number\n        ask: Et ?\n        topic: un n\n"
        "        tell: by: n2, one: Un., many: '{n2}.'",
        "« tell: {by: n2, one: Un., many: '{n2}.'} ».",
        "{id: n, ask: Combien ?}\n      - id: n2\n        kind: number\n        ask: Et ?\n        topic: un n\n"
        "        tell: {by: n2, zero: Zéro., one: Un., many: '{n2}.'}",
    ),
    "text with a colon": _block(
        "hint: Effets : lesquels", 'mettez ce texte entre guillemets droits ("…").', 'hint: "Effets : lesquels"'
    ),
    "text with a hash": _block("hint: Atelier #1", "mettez le texte entre guillemets", 'hint: "Atelier #1"'),
    "tabulation": _block("hint:\t@x", "mettez des espaces ou des guillemets.", 'hint: "@x"'),
    "backslash": _block('hint: "C:\\Users"', "s’écrit deux fois.", 'hint: "C:\\\\Users"'),
    "comma in braces": _text(f"hint: un, deux, {Q}", "se met entre guillemets.", f"hint: 'un, deux', {Q}"),
    "slot in braces": _text("tell: {q:quote}", "se met entre guillemets.", Q),
    "alias": _block("hint: *q", "écrivez la valeur", "hint: la valeur"),
    "invisible": _block("hint: a\x07b", "effacez-le.", "hint: ab"),
    "list that is none": _many("public", "Vouliez-vous dire « publics » ?", "publics"),
    "list that is none, as an option": _many(
        "public", "Pour en faire une option : « - {id: public, label: public} ».", "{id: public, label: public}"
    ),
    "list alone that is none": _in_family(
        "{id: q, kind: many, ask: Quoi ?, topic: des q, options: 'Livres, Jeux', tell: 'Des {q}.'}",
        "Pour en faire des options : « options: [Livres, Jeux] ».",
        "{id: q, kind: many, ask: Quoi ?, topic: des q, options: [Livres, Jeux], tell: 'Des {q}.'}",
    ),
    "shared list that is a text": Case(
        {"lists.yaml": "publics: Familles, Jeunes\n"},
        "une liste s’écrit ainsi : « publics: [Familles, Jeunes] ».",
        {"lists.yaml": "publics: [Familles, Jeunes]\n"},
    ),
    "shared list under a name of its own": Case(
        {"lists.yaml": "public: [Familles]\n"},
        "aucune question n’a cette liste d’options. Vouliez-vous dire « publics » ?",
        {"lists.yaml": "publics: [Familles]\n"},
    ),
    "question that is not there": _in_family(
        "{id: public, options: [Familles]}",
        "la clé « kind » manque, si « public » est nouveau. Vouliez-vous dire « publics » ?",
        "{id: publics, options: [Familles]}",
    ),
    "section that is not there": Case(
        {"famille.yaml": LIEN.format(TEXT.format(Q)).replace("id: lien", "id: liens")},
        "la clé « title » manque, si « liens » est nouveau. Vouliez-vous dire « lien » ?",
        {"famille.yaml": LIEN.format(TEXT.format(Q))},
    ),
    "option that is not there": Case(
        {"lists.yaml": "publics: [{id: voisin, tell: le voisinage}]\n"},
        "la clé « label » manque, si « voisin » est nouveau. Vouliez-vous dire « voisins » ?",
        {"lists.yaml": "publics: [{id: voisins, tell: le voisinage}]\n"},
    ),
    "questions beside the sections": Case(
        {"famille.yaml": "id: famille\nquestions: [" + TEXT.format(Q) + "]\n"},
        "la clé « questions » n’existe pas ici. Elle se met dans une rubrique.",
        {"famille.yaml": LIEN.format(TEXT.format(Q))},
    ),
    "leaving out in a family": Case(
        {"famille.yaml": "id: famille\nleave_out: [lien.n]\n"},
        "la clé « leave_out » n’existe pas ici. Elle se met dans catalogue.yaml.",
        {"famille.yaml": None, "catalogue.yaml": HEAD + "leave_out: [lien.n]\n"},
    ),
    "condition on a label": _text(
        f"when: {{publics: {{not: Aucun}}}}, {Q}",
        "l’option « Aucun » n’existe pas dans « publics ». Vouliez-vous dire « aucun » ?",
        f"when: {{publics: {{not: aucun}}}}, {Q}",
    ),
    "capital in the middle of a sentence": _many(
        "{id: a, label: Un}", "l’option n’a pas de « tell »", "{id: a, label: Un, tell: un}"
    ),
    "number where a text is": _text(
        f"hint: 12, {Q}", "un texte est attendu ; mettez-le entre guillemets.", f"hint: '12', {Q}"
    ),
    "wrong key": _text(f"hnt: x, {Q}", "Vouliez-vous dire « hint » ?", f"hint: x, {Q}"),
    "wrong kind": _in_family(
        TEXT.format(Q).replace("kind: text", "kind: texte"), "Vouliez-vous dire « text » ?", TEXT.format(Q)
    ),
    "question that tells nothing": _text("hint: x", "écrivez-la dans « tell ».", Q),
    "question that tells another": _text(
        "tell: '{n} fois {q}.'",
        "celle qui lie plusieurs questions se met dans le « tell » de la rubrique.",
        Q,
    ),
    "sentence without a full stop": _text("tell: 'Ici {q}'", "la phrase doit finir par « . ».", "tell: 'Ici {q}.'"),
    "sentence without its colon": _text(
        "tell: 'Ici{q:quote}'", "la phrase doit finir par « : ».", "tell: 'Ici :{q:quote}'"
    ),
    "sentence without a capital": _text("tell: 'ici {q}.'", "commencer par une majuscule", "tell: 'Ici {q}.'"),
    "lines inside a sentence": _text(
        "lines: true, tell: 'Ici {q}.'", "il se cite avec « quote ».", "lines: true, tell: 'Ici :{q:quote}'"
    ),
    "exclusive option without a sentence": _many(
        "{id: a, label: non, exclusive: true}",
        "en une phrase entière, dans « tell ».",
        "{id: a, label: non, exclusive: true, tell: Non.}",
    ),
    "count that is false for zero": _in_family(
        "{id: q, kind: number, ask: Combien ?, topic: un q, tell: {by: q, one: Un seul., many: '{q} fois.'}}",
        "ajoutez « zero ».",
        "{id: q, kind: number, ask: Combien ?, topic: un q, tell: {by: q, zero: Rien., one: Un seul.,"
        " many: '{q} fois.'}}",
    ),
    "count that is not said": _in_family(
        "{id: q, kind: number, ask: Combien ?, topic: un q, tell: {by: q, zero: Non., one: Un., many: Des fois.}}",
        "elle doit contenir « {q} ».",
        "{id: q, kind: number, ask: Combien ?, topic: un q, tell: {by: q, zero: Non., one: Un., many: '{q} fois.'}}",
    ),
    "mark without its words": _in_family(
        "{id: q, kind: rating, ask: Fort ?, topic: la force, levels: [a, b], tell: '{q:rating}'}",
        "« Intensité :{question:rating} ».",
        "{id: q, kind: rating, ask: Fort ?, topic: la force, levels: [a, b], tell: 'Force :{q:rating}'}",
    ),
    "headline without its figure": _in_family(
        MANY.format("{id: a, label: a}", " headline: des formes,"),
        "ils contiennent « {count} ».",
        MANY.format("{id: a, label: a}", " headline: '{count} formes',"),
    ),
    "language that cannot be told": Case(
        {"catalogue.yaml": HEAD + "language: en\n"},
        "Écrivez « language: fr ».",
        {"catalogue.yaml": HEAD + "language: fr\n"},
    ),
    "base that is nowhere": Case(
        {"catalogue.yaml": HEAD + "leave_out: [liens]\n"},
        "Vouliez-vous dire « lien » ?",
        {"catalogue.yaml": HEAD + "leave_out: [lien.n]\n"},
    ),
    "family that is nowhere": Case(
        {"catalogue.yaml": HEAD + "families: [famile]\n"},
        "Vouliez-vous dire « famille » ?",
        {"catalogue.yaml": HEAD + "families: [famille]\n"},
    ),
    "place after nothing": _text(f"after: oou, {Q}", "Vouliez-vous dire « ou » ?", f"after: ou, {Q}"),
}


def _write(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(dedent(text).lstrip("\n"), encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_advice_that_is_followed_leaves_no_fault(case: str, tmp_path: Path) -> None:
    _write(tmp_path / "base", BASE)
    folder = tmp_path / "autre"
    written = {"catalogue.yaml": HEAD, **CASES[case].before}
    _write(folder, written)
    said = " ".join(list_faults(folder))
    assert CASES[case].advice in said, said
    for name in CASES[case].before:
        (folder / name).unlink()
    after = {"catalogue.yaml": HEAD, **CASES[case].after}
    _write(folder, {name: text for name, text in after.items() if text is not None})
    assert list_faults(folder) == []


_IMPERATIVE = re.compile(r"\b(écrivez|ajoutez|renommez|mettez|effacez)\b", re.IGNORECASE)


def test_every_piece_of_advice_has_a_case_that_follows_it() -> None:
    advised = " ".join(case.advice for case in CASES.values())
    sources = Path(impact_cli.catalogue.__path__[0]).glob("*.py")
    verbs = {
        (path.name, node.value)
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _IMPERATIVE.search(node.value)
    }
    assert len(verbs) > 8
    unheard = [f"{name}: {text}" for name, text in sorted(verbs) if not _is_heard(text, advised)]
    assert unheard == []


def _is_heard(text: str, advised: str) -> bool:
    """Whether some case quotes the words around the verb."""
    plain = text.replace("\u00a0", " ").replace("\u202f", " ")
    verb = _IMPERATIVE.search(plain)
    assert verb
    return verb[0].lower() in advised.lower() and any(
        plain[verb.start() :][:length] in advised for length in (len(plain), 24, 16, 11)
    )
