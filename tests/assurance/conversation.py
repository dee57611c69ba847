"""A small questionnaire with every kind of question, and a person who answers it, key by key."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

from assurance.terminals import IMPACT, Terminal, environment
from keys import DOWN, ENTER, SPACE
from writing import HEAD, write_catalogue

from impact_cli.answers.keeping.store import load_sheet
from impact_cli.answers.sheet import Sheet, Value

VENUE, EDITION = "La Remise", "2026"

_SECTIONS = """
- id: lien
  title: Lien social
  questions:
    - id: publics
      kind: many
      ask: Qui se rencontre ?
      topic: les publics
      options: [{id: voisins, label: Voisins, tell: voisins}, {id: benevoles, label: Bénévoles, tell: bénévoles}]
    - id: rythme
      kind: one
      ask: À quel rythme ?
      topic: le rythme
      options: [{id: jour, label: Chaque jour, tell: chaque jour}, {id: mois, label: Chaque mois, tell: chaque mois}]
    - id: exemple
      kind: text
      ask: Un exemple ?
      topic: un exemple
      lines: true
  tell:
    - "Publics : {publics:bullets}"
    - "Le rythme : {rythme}."
    - "{exemple:quote}"
"""
_NUMBERS = """
- id: nombres
  title: Nombres
  questions:
    - id: combien
      kind: number
      ask: Combien de personnes ?
      topic: le nombre
    - id: ville
      kind: text
      ask: Quelle ville ?
      topic: la ville
      public: true
    - id: mots
      kind: keywords
      ask: Quels mots ?
      topic: les mots
    - id: parite
      kind: grid
      ask: Quelle parité ?
      topic: la parité
      rows: [{id: equipe, label: Équipe, tell: équipe}, {id: publics, label: Publics, tell: publics}]
      choices: [{id: plus, label: Plus, tell: plus}, {id: autant, label: Autant, tell: autant}]
    - id: force
      kind: rating
      ask: Quelle intensité ?
      topic: la force
      levels: [faible, moyenne, forte]
  tell:
    - "Des personnes : {combien}."
    - "La ville : {ville}."
    - "{mots:keywords}"
    - "La parité : {parite:choice} pour {parite:rows}."
    - "La force : {force:rating}"
"""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a person says: the prompt it answers, the keys, the line it leaves and what the sheet then holds."""

    prompt: str
    keys: tuple[str, ...]
    line: str
    key: str
    value: Value


BOTH = {"equipe": "plus", "publics": "autant"}
CONVERSATION = (
    Said("Qui se rencontre", (SPACE, ENTER), "✓ Les publics", "lien.publics", ("voisins",)),
    Said("À quel rythme", (DOWN, DOWN, ENTER), "✓ Le rythme", "lien.rythme", "mois"),
    Said("Un exemple", ("Une voisine passe.", ENTER), "✓ Un exemple", "lien.exemple", "Une voisine passe."),
    Said("Cochez ce qui peut être publié", (SPACE, ENTER), "", "", ""),
    Said("Combien de personnes", ("12", ENTER), "✓ Le nombre", "nombres.combien", 12),
    Said("Quelle ville", ("Massy", ENTER), "✓ La ville", "nombres.ville", "Massy"),
    Said("Quels mots", ("entraide", ENTER), "✓ Les mots", "nombres.mots", ("entraide",)),
    Said("→ Équipe", (DOWN, ENTER), "✓ La parité, Équipe", "nombres.parite", {"equipe": "plus"}),
    Said("→ Publics", (DOWN, DOWN, ENTER), "✓ La parité, Publics", "nombres.parite", BOTH),
    Said("Quelle intensité", (DOWN, DOWN, ENTER), "✓ La force", "nombres.force", 2),
    Said("Les mots : « entraide »", (SPACE, ENTER), "", "", ""),
    Said("Et maintenant", (DOWN, ENTER), "", "", ""),
    Said("Que voulez-vous en faire", ("6", ENTER), "", "", ""),
)
TOPICS = ("les publics", "le rythme", "un exemple", "le nombre", "la ville", "les mots", "la parité", "la force")
KEYS = tuple(dict.fromkeys(said.key for said in CONVERSATION if said.key))


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody answers: the folder of the questionnaire, and that of the sheets."""

    questions: Path
    home: Path

    @property
    def sheet_path(self) -> Path:
        """The file of the only sheet."""
        return self.home / "remise" / f"{EDITION}.json"

    @property
    def command(self) -> tuple[str, ...]:
        """The survey of the only sheet."""
        return (*IMPACT, "survey", VENUE, "--edition", EDITION, "--questions", str(self.questions))

    @property
    def environ(self) -> dict[str, str]:
        """That of whoever answers."""
        return environment(self.home)

    def open(self, *before: str) -> Terminal:
        """The survey on a terminal, started by the words of `before` (as `strace`)."""
        return Terminal((*before, *self.command), self.environ)

    def begin(self, last: int, *before: str) -> Terminal:
        """A survey in which all was said that comes before the prompt of that number, and which waits there."""
        terminal = self.open(*before)
        answer(terminal, *CONVERSATION[:last])
        terminal.wait_for(CONVERSATION[last].prompt)
        return terminal

    def run(self, *words: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        """Another command of the program, without a terminal."""
        return subprocess.run(
            (*IMPACT, *words), env=self.environ, input=given, capture_output=True, text=True, check=False, timeout=60
        )


def answer(terminal: Terminal, *said: Said) -> None:
    """Say these things, each once its prompt is seen."""
    for each in said:
        terminal.wait_for(each.prompt)
        terminal.type(*each.keys)


def make_place(folder: Path) -> Place:
    """A place in this folder, where nothing was said yet."""
    others = f"id: autre\ntitle: Autre\nsections:{indent(_NUMBERS, '  ')}"
    head = HEAD.replace("[famille]", "[famille, autre]")
    return Place(write_catalogue(folder / "questionnaire", _SECTIONS, head=head, autre=others), folder / "fiches")


def confirmed(terminal: Terminal) -> list[Said]:
    """What the screen has confirmed, in order."""
    lines = [line.strip().replace("\u00a0", " ") for line in terminal.lines]
    return [said for said in CONVERSATION if said.line and any(line.startswith(f"{said.line} :") for line in lines)]


def expected(said: list[Said]) -> Mapping[str, Value]:
    """What a sheet must hold once all this was confirmed."""
    return {each.key: each.value for each in said}


def check_nothing_lost(place: Place, told: list[Said]) -> Sheet | None:
    """Load what is on the disk, check it against what was confirmed, and that the survey goes on at the right place."""
    if not place.sheet_path.exists():
        assert not told, f"{[each.line for each in told]} confirmed, and there is no sheet"
        return None
    sheet = load_sheet(place.sheet_path).sheet
    for key, value in expected(told).items():
        held = sheet.answers.get(key)
        ahead = isinstance(value, Mapping) and isinstance(held, Mapping) and value.items() <= held.items()
        assert held == value or ahead, f"{key}: {value!r} was confirmed, {held!r} is on the disk"
    return sheet


def check_resumes(place: Place, sheet: Sheet) -> None:
    """The survey says that it goes on at the first question without an answer, and says no other."""
    resumed = place.run("survey", VENUE, "--edition", EDITION, "--questions", str(place.questions), "--plain")
    written = (resumed.stdout + resumed.stderr).replace("\u00a0", " ")
    missing = [topic for topic, key in zip(TOPICS, KEYS, strict=True) if sheet.answer(key) is None]
    half = sheet.answers.get("nombres.parite")
    if isinstance(half, Mapping) and len(half) == 1:
        missing = [topic for topic in TOPICS if topic == "la parité" or topic in missing]
    awaited = (
        f"Reprendre où vous en étiez : {'Lien social' if missing[0] in TOPICS[:3] else 'Nombres'}, {missing[0]}"
        if (missing)
        else "Relire ce qui manque, puis terminer"
    )
    assert awaited in written, written
