from pathlib import Path

import pytest
from writing import HEAD, list_faults, write_files, write_section

from impact_cli.catalogue.loading import load_catalogue
from impact_cli.catalogue.yaml_files import Entry, read_yaml
from impact_cli.errors import FaultsError

TRAPS = {
    "colon": ("title: Effets : lesquels", 2, "un deux-points suivi d’une espace"),
    "colon_unbroken": ("title: Effets\u00a0: lesquels", 2, "un deux-points suivi d’une espace"),
    "colon_in_braces": (
        "x: [{id: a, title: Où ?: ici}]",
        2,
        "un texte avec « : », « , » ou « ? » manque de guillemets",
    ),
    "comma_in_braces": ("x: {id: a, label: petits, grands}", 2, "« grands » n’a pas de valeur"),
    "slot_in_braces": ("tell:\n  - {exemple:quote}", 3, "« exemple:quote » n’a pas de valeur"),
    "hashtag": ("title: Atelier #1", 2, "un « # » après une espace ouvre un commentaire"),
    "duplicate": ("title: un\nhint: x\ntitle: deux", 4, "la clé « title » est écrite deux fois (déjà ligne 2)"),
    "alias": ("title: &t x\nhint: *t", 3, "les renvois de YAML (*nom) ne sont pas acceptés"),
    "alias_of_nothing": ("title: *rien", 2, "les renvois de YAML (*nom) ne sont pas acceptés"),
    "recursion": ("sections: &a [*a]", 2, "les renvois de YAML (*nom) ne sont pas acceptés"),
    "tag": ("title: !!python/name:os.system x", 2, "l’étiquette « tag:yaml.org,2002:python/name:os.system »"),
    "tag_of_list": ("sections: !!set {a}", 2, "l’étiquette « tag:yaml.org,2002:set »"),
    "exclamation": ("title: !attention", 2, "l’étiquette « !attention » n’est pas acceptée"),
    "tabulation": ("sections:\n\t- id: x", 3, "un caractère ne peut pas commencer un texte (tabulation"),
    "at_sign": ("title: @nom", 2, "un caractère ne peut pas commencer un texte"),
    "open_quote": ('title: "Lien\nhint: x\nsections: []', 2, "un guillemet ouvert sur cette ligne n’est pas refermé"),
    "open_bracket": ("sections: [a\ntitle: x", 2, "une accolade ou un crochet n’est pas refermé"),
    "after_quote": ('title: "Rien" ou presque', 2, "la mise en page YAML est incorrecte"),
    "nothing_after_a_brace": ("x: {", 3, "une accolade ou un crochet n’est pas refermé"),
    "backslash": ('title: "C:\\Users"', 2, "une barre « \\ », dans un texte entre guillemets droits"),
    "two_documents": ("title: x\n---\nid: y", 3, "un second document commence ici"),
    "invisible": ("title: a\x07b", 2, "cette ligne contient un caractère invisible"),
    "line_end_of_few_programs": ('title: "a\u2028b"', 2, "cette ligne contient un caractère invisible"),
    "next_line_in_quotes": ('title: "a\x85b"', 2, "cette ligne contient un caractère invisible"),
    "escaped_control": ('title: "a\\x07b"', 2, "cette ligne contient un caractère invisible"),
    "escaped_half_of_a_pair": ('title: "a\\ud800b"', 2, "est incorrecte"),
    "turned_text": ("title: a\u202eb", 2, "cette ligne contient un caractère invisible"),
    "key_in_brackets": ("[a]: 3", 2, "une clé est un mot"),
}

DEEP = {
    "brackets": "[" * 200_000,
    "brackets_beside_quoted_ones": "x: " + '[ "]", ' * 60_000,
    "brackets_beside_comments": "x: " + "[ # ]\n" * 60_000,
    "braces": "{a: " * 100_000,
    "dashes": "- " * 200_000,
    "question_marks": "? " * 200_000,
    "indents": "\n".join(" " * depth + "a:" for depth in range(1000)),
}


def _faults_of(text: str, tmp_path: Path) -> list[str]:
    return list_faults(write_files(tmp_path, catalogue=HEAD, famille=text))


@pytest.mark.parametrize("trap", TRAPS)
def test_each_trap_of_yaml_is_a_fault_with_its_line(trap: str, tmp_path: Path) -> None:
    text, line, what = TRAPS[trap]
    faults = _faults_of(f"id: famille\n{text}\n", tmp_path)
    assert faults[0].startswith(f"famille.yaml:{line}: ")
    assert what in faults[0]


@pytest.mark.parametrize("shape", DEEP)
def test_deep_nesting_is_a_fault_and_not_the_end_of_the_process(shape: str, tmp_path: Path) -> None:
    (fault,) = _faults_of(DEEP[shape], tmp_path)
    assert "plus de 30 niveaux" in fault


@pytest.mark.parametrize("text", ["", "# rien\n", "bonjour\n", "- a\n", "\ufeff"])
def test_a_file_without_keys_is_a_fault(text: str, tmp_path: Path) -> None:
    assert _faults_of(text, tmp_path) == ["famille.yaml:1: le fichier doit commencer par des clés, comme « id: … »."]


@pytest.mark.slow
def test_ten_megabytes_are_refused_unread(tmp_path: Path) -> None:
    assert _faults_of("a: b\n" * 2_000_000, tmp_path) == ["famille.yaml: le fichier dépasse 1000 ko."]


def test_a_file_in_another_encoding_is_a_fault_with_its_line(tmp_path: Path) -> None:
    folder = write_files(tmp_path, catalogue=HEAD)
    (folder / "famille.yaml").write_bytes("id: famille\ntitle: Été\n".encode("latin-1"))
    assert list_faults(folder) == [
        "famille.yaml:2: le fichier n’est pas en UTF-8 ; enregistrez-le dans ce codage.",
    ]


def test_the_faults_of_all_files_come_together(tmp_path: Path) -> None:
    folder = write_files(tmp_path, catalogue="id: a\nid: b\n", famille="x: y: z\n", lists="")
    assert [fault.split(":")[0] for fault in list_faults(folder)] == ["catalogue.yaml", "famille.yaml", "lists.yaml"]


def test_a_file_that_would_not_be_read_is_a_fault(tmp_path: Path) -> None:
    folder = write_section(
        tmp_path,
        """
        questions: [{id: ou, kind: text, ask: Où ?, topic: le lieu}]
        tell: ["Lieu : {ou}."]
        """,
    )
    for name in ("sante.yml", "autre.YAML", "lien.yaml.txt", "notes.txt", "lien.yaml.bak"):
        (folder / name).write_text("id: sante\n", encoding="utf-8")
    (folder / "._famille.yaml").write_bytes(b"\x00\x05\x16\x07")
    unread = "ce fichier n’est pas lu : renommez-le, son nom doit finir par « .yaml »."
    assert list_faults(folder) == [f"{name}: {unread}" for name in ("autre.YAML", "lien.yaml.txt", "sante.yml")]


def test_plain_words_mean_what_they_look_like(tmp_path: Path) -> None:
    path = write_files(
        tmp_path,
        mots="{a: no, b: 01, c: 1:30, d: 2026-03-01, e: ~, f: 12, g: -3, h: true, i: oui, j: 1_000, k: 1e3, l: 0x1F}",
    )
    assert dict(read_yaml(path / "mots.yaml")) == {
        "a": "no",
        "b": "01",
        "c": "1:30",
        "d": "2026-03-01",
        "e": "~",
        "f": 12,
        "g": -3,
        "h": True,
        "i": "oui",
        "j": "1_000",
        "k": "1e3",
        "l": "0x1F",
    }


def test_a_comment_after_a_value_is_no_fault(tmp_path: Path) -> None:
    path = write_files(tmp_path, mots='kind: many   # many · one\ntitle: "Atelier #1"\n')
    assert dict(read_yaml(path / "mots.yaml")) == {"kind": "many", "title": "Atelier #1"}


def test_every_key_knows_its_line(tmp_path: Path) -> None:
    path = write_files(tmp_path, mots="a: 1\n\nb:\n  - c: 2\n    d: 3\n") / "mots.yaml"
    root = read_yaml(path)
    (inner,) = root["b"] if isinstance(root["b"], tuple) else ()
    assert isinstance(inner, Entry)
    assert (root.places["b"], inner.place, inner.places["d"]) == ((str(path), 3), (str(path), 4), (str(path), 5))


def test_a_fault_stops_the_loading(tmp_path: Path) -> None:
    folder = write_files(tmp_path, catalogue=HEAD, famille="a: b: c\n")
    with pytest.raises(FaultsError) as raised:
        load_catalogue(folder)
    assert raised.value.exit_code == 1


READ = {
    "line ends of old Macs": ("id: famille\rtitle: Des gens\r", "Des gens"),
    "line ends of Windows": ("id: famille\r\ntitle: Des gens\r\n", "Des gens"),
    "several lines in quotes": ('id: famille\ntitle: "Des\n  gens"\n', "Des gens"),
    "a folded text": ("id: famille\ntitle: >\n  Des\n  gens\n", "Des gens"),
    "a text of several lines": ("id: famille\ntitle: |\n  Des\n  gens\n", "Des gens"),
    "escaped line ends": ('id: famille\ntitle: "Des\\n\\tgens\\n"\n', "Des gens"),
    "eight accents": ("id: famille\ntitle: e" + "\u0301" * 8 + "\n", "e" + "\u0301" * 8),
}


@pytest.mark.parametrize("case", READ)
def test_line_ends_of_any_editor_are_read_and_a_text_is_one_line(case: str, tmp_path: Path) -> None:
    text, title = READ[case]
    path = tmp_path / "famille.yaml"
    path.write_bytes(text.encode())
    assert read_yaml(path) == {"id": "famille", "title": title}
