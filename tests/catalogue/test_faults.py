"""Every fault of form and of meaning that an author can write, in a catalogue of one section.

The section's first line is line 6 of famille.yaml.
"""

from pathlib import Path

import pytest
from writing import HEAD, list_faults, write_catalogue, write_files, write_section

ASKED = "ask: Où ?, topic: le lieu"
LINES = "questions:\n  - {id: combien, kind: number, ask: Combien ?, topic: le nombre, %s}\ntell:\n  - %s\n"

FORM = {
    "missing_key": (
        "questions: [{id: ou, kind: text, ask: Où ?}]\ntell: ['Lieu : {ou}.']",
        ["6: rubrique.ou: la clé « topic » manque."],
    ),
    "missing_kind": (
        f"questions: [{{id: ou, {ASKED}}}]\ntell: ['Lieu : {{ou}}.']",
        ["6: rubrique.ou: la clé « kind » manque."],
    ),
    "unknown_kind": (
        f"questions: [{{id: ou, kind: nombre, {ASKED}}}]\ntell: ['Lieu : {{ou}}.']",
        [
            (
                "6: rubrique.ou: le genre « nombre » n’existe pas. Vouliez-vous dire « number » ? "
                "Genres : many, one, number, text, grid, rating, keywords."
            )
        ],
    ),
    "unknown_key": (
        f"questions:\n  - {{id: ou, kind: text, {ASKED}, exampel: ici}}\ntell: ['Lieu : {{ou}}.']",
        ["7: rubrique.ou: la clé « exampel » n’existe pas ici. Vouliez-vous dire « example » ?"],
    ),
    "key_of_another_kind": (
        f"questions: [{{id: ou, kind: text, {ASKED}, options: [{{id: a, label: a}}]}}]\ntell: ['Lieu : {{ou}}.']",
        [
            (
                "6: rubrique.ou: la clé « options » n’existe pas ici."
                " Elle se met dans une question « many » ou une question « one »."
            ),
        ],
    ),
    "wrong_identifier": (
        f"questions: [{{id: Été, kind: text, {ASKED}}}]\ntell: ['Lieu : {{ou}}.']",
        [
            (
                "6: rubrique.Été: « Été » n’est pas un identifiant : "
                "une minuscule, puis minuscules sans accent, chiffres et _."
            )
        ],
    ),
    "number_for_a_text": (
        f"questions: [{{id: ou, kind: text, {ASKED}, example: 20}}]\ntell: ['Lieu : {{ou}}.']",
        ["6: rubrique.ou: « example » : un texte est attendu ; mettez-le entre guillemets."],
    ),
    "word_for_a_boolean": (
        f"questions: [{{id: ou, kind: text, {ASKED}, lines: no}}]\ntell: ['Lieu : {{ou}}.']",
        ["6: rubrique.ou: « lines » : true ou false est attendu."],
    ),
    "text_for_a_number": (
        f"questions: [{{id: ou, kind: text, {ASKED}, max_length: 1:30}}]\ntell: ['Lieu : {{ou}}.']",
        ["6: rubrique.ou: « max_length » : un nombre entier est attendu."],
    ),
    "bounds": (
        (
            f"questions: [{{id: ou, kind: text, {ASKED}, max_length: 0}},"
            f" {{id: mots, kind: keywords, {ASKED}, most: 101}}]"
            "\ntell: ['Lieu : {ou}.', '{mots:keywords}']"
        ),
        [
            "6: rubrique.mots: « most » : un nombre d’au plus 100 est attendu.",
            "6: rubrique.ou: « max_length » : un nombre d’au moins 1 est attendu.",
        ],
    ),
    "empty_text": (
        "questions:\n  - id: ou\n    kind: text\n    ask:\n    topic: le lieu\ntell: ['Lieu : {ou}.']",
        ["9: rubrique.ou: « ask » : le texte est vide."],
    ),
    "no_questions": (
        "questions: []\ntell: []",
        ["6: rubrique: « questions » : la liste est trop courte (1 au moins)."],
    ),
    "one_level": (
        f"questions: [{{id: note, kind: rating, {ASKED}, levels: [une]}}]\ntell: ['Note :{{note:rating}}']",
        ["6: rubrique.note: « levels » : la liste est trop courte (2 au moins)."],
    ),
    "unknown_meaning": (
        (
            f"questions: [{{id: g, kind: grid, {ASKED}, rows: [{{id: a, label: a}}],"
            " choices: [{id: b, label: b, means: rien}]}]\ntell: ['Pour {g:rows}, {g:choice}.']"
        ),
        ["6: rubrique.g.b: « rien » n’est pas une de ces valeurs : not_applicable, not_known."],
    ),
    "line_of_a_number": (
        f"questions: [{{id: ou, kind: text, {ASKED}}}]\ntell:\n  - 5",
        ["8: rubrique: « tell » : un texte est attendu ; mettez-le entre guillemets."],
    ),
    "count_without_many": (
        LINES % ("max: 9", "{by: combien, one: 'Un projet ({combien}).'}"),
        ["9: rubrique: la clé « many » manque."],
    ),
    "condition_in_a_list": (
        f"questions: [{{id: ou, kind: text, {ASKED}, when: [a]}}]\ntell: ['Lieu : {{ou}}.']",
        ["6: rubrique.ou: une condition s’écrit « when: {question: option} », ou « when: {question: {not: option}} »."],
    ),
}


@pytest.mark.parametrize("case", FORM)
def test_each_fault_of_form_is_told_with_its_place(case: str, tmp_path: Path) -> None:
    section, expected = FORM[case]
    assert list_faults(write_section(tmp_path, section)) == [f"famille.yaml:{fault}" for fault in expected]


MANY = (
    "- {id: types, kind: many, ask: Quoi ?, topic: les types, options: [{id: un, label: un}, {id: deux, label: deux},"
    " {id: aucun, label: Aucun, exclusive: true, tell: Aucun.}]}"
)
ONE = (
    "- {id: image, kind: one, ask: Quoi ?, topic: l’image,"
    " options: [{id: mieux, label: mieux}, {id: moins, label: moins}]}"
)
NUMBER = "- {id: combien, kind: number, ask: Combien ?, topic: le nombre, max: 9}"
GRID = (
    "- {id: parite, kind: grid, ask: Quoi ?, topic: la parité, rows: [{id: equipe, label: équipe}],"
    " choices: [{id: plus, label: plus}]}"
)
TEXT = "- {id: ou, kind: text, ask: Où ?, topic: le lieu}"
TYPES, IMAGE, COMBIEN, OU = "'Des {types}.'", "'Elle est {image}.'", "'Nombre : {combien}.'", "'Lieu : {ou}.'"


def _section(questions: list[str], *lines: str) -> str:
    return (
        "questions:\n"
        + "\n".join(f"  {each}" for each in questions)
        + "\ntell:\n"
        + "".join(f"  - {line}\n" for line in lines)
    )


def _text_when(condition: str) -> str:
    return TEXT.replace("topic", f"when: {condition}, topic")


CONDITIONS = {
    "unknown_question": (
        [MANY, _text_when("{tipes: un}")],
        "8: rubrique.ou: la question « tipes » n’existe pas. Vouliez-vous dire « types » ?",
    ),
    "unknown_option": (
        [MANY, _text_when("{types: deus}")],
        "8: rubrique.ou: l’option « deus » n’existe pas dans « types ». Vouliez-vous dire « deux » ?",
    ),
    "later_question": (
        [_text_when("{types: un}"), MANY],
        "7: rubrique.ou: « types » est posée plus tard ; une condition porte sur une réponse déjà donnée.",
    ),
    "itself": (
        [MANY, _text_when("{ou: un}")],
        "8: rubrique.ou: « ou » est posée plus tard ; une condition porte sur une réponse déjà donnée.",
    ),
    "options_of_a_number": (
        [NUMBER, _text_when("{combien: un}")],
        "8: rubrique.ou: « combien » n’a pas d’options : la condition ne peut porter que sur « min » et « max ».",
    ),
    "bounds_of_options": (
        [MANY, _text_when("{types: {min: 9}}")],
        "8: rubrique.ou: cette condition n’est jamais vraie : aucun nombre ne la remplit.",
    ),
    "bounds_of_a_grid": (
        [GRID, _text_when("{parite: {min: 1}}")],
        "8: rubrique.ou: « parite » ne se compte pas : « min » et « max » n’y ont pas de sens.",
    ),
    "number_out_of_reach": (
        [NUMBER, _text_when("{combien: {min: 10}}")],
        "8: rubrique.ou: cette condition n’est jamais vraie : aucun nombre ne la remplit.",
    ),
    "wanted_and_refused": (
        [MANY, _text_when("{types: {includes: [un], not: un}}")],
        "8: rubrique.ou: cette condition n’est jamais vraie : elle veut et refuse la même option.",
    ),
    "nothing_asked": (
        [MANY, _text_when("{types: {}}")],
        (
            "8: rubrique.ou: la condition ne demande rien de « types » : "
            "une option, une liste, « not », « min » ou « max »."
        ),
    ),
}


@pytest.mark.parametrize("case", CONDITIONS)
def test_each_fault_of_a_condition_is_told_with_its_place(case: str, tmp_path: Path) -> None:
    questions, expected = CONDITIONS[case]
    others = {MANY: TYPES, NUMBER: COMBIEN, GRID: "'Pour {parite:rows}, {parite:choice}.'"}
    lines = [others.get(question, OU) for question in questions]
    assert list_faults(write_section(tmp_path, _section(questions, *lines))) == [f"famille.yaml:{expected}"]


def test_a_question_behind_one_that_nobody_meets_is_a_fault(tmp_path: Path) -> None:
    image = ONE.replace("topic", "when: {types: rien}, topic")
    section = _section([MANY, image, _text_when("{image: mieux}")], TYPES, IMAGE, OU)
    assert list_faults(write_section(tmp_path, section)) == [
        "famille.yaml:8: rubrique.image: l’option « rien » n’existe pas dans « types ».",
        "famille.yaml:9: rubrique.ou: personne n’atteint cette question : « image » n’est jamais posée.",
    ]


@pytest.mark.parametrize(
    "condition",
    [
        "{types: aucun, image: mieux}",  # image is asked when types is not aucun
        "{types: [aucun], image: [mieux, moins]}",
        "{image: mieux, combien: {min: 3}}",  # combien is asked when image is moins
    ],
)
def test_conditions_that_are_never_true_together_are_a_fault(condition: str, tmp_path: Path) -> None:
    image = ONE.replace("topic", "when: {types: {not: aucun}}, topic")
    number = NUMBER.replace("topic", "when: {image: moins}, topic")
    section = _section([MANY, image, number, _text_when(condition)], TYPES, IMAGE, COMBIEN, OU)
    assert list_faults(write_section(tmp_path, section)) == [
        (
            "famille.yaml:10: rubrique.ou: personne n’atteint cette question : "
            "ses conditions ne sont jamais vraies en même temps."
        )
    ]


@pytest.mark.parametrize(
    "condition", ["{types: un, image: mieux}", "{types: {not: [un, deux]}}", "{types: [un, aucun], image: mieux}"]
)
def test_conditions_that_one_sheet_meets_are_no_fault(condition: str, tmp_path: Path) -> None:
    image = ONE.replace("topic", "when: {types: {not: aucun}}, topic")
    section = _section([MANY, image, _text_when(condition)], TYPES, IMAGE, OU)
    assert list_faults(write_section(tmp_path, section)) == []


def test_a_condition_on_another_section_is_followed(tmp_path: Path) -> None:
    folder = write_catalogue(
        tmp_path,
        f"""
- id: une
  title: Une
  questions:
    {MANY}
  tell: [{TYPES}]
- id: deux
  title: Deux
  questions:
    {_text_when("{une.types: deus}")}
  tell: [{OU}]
""",
    )
    assert list_faults(folder) == [
        "famille.yaml:12: deux.ou: l’option « deus » n’existe pas dans « types ». Vouliez-vous dire « deux » ?"
    ]


def _options(*options: str) -> str:
    listed = ", ".join(f"{{{option}}}" for option in options)
    return f"- {{id: types, kind: many, ask: Quoi ?, topic: les types, options: [{listed}]}}"


OPTIONS = {
    "same_id": (
        [_options("id: a, label: un", "id: a, label: deux")],
        ["types.a: « a » est déjà pris dans cette liste."],
    ),
    "same_words": (
        [_options("id: a, label: Été, tell: été", "id: b, label: ete")],
        ["types.b: « ete » désigne aussi l’option « a » : on ne peut pas les distinguer."],
    ),
    "read_as_another": (
        [_options("id: a, label: un", "id: b, label: deux, read: [un]")],
        ["types.b: « un » désigne aussi l’option « a » : on ne peut pas les distinguer."],
    ),
    "no_words": (
        [_options("id: a, label: Un")],
        ["types.a: l’option n’a pas de « tell » : les mots qui la racontent au milieu d’une phrase."],
    ),
    "words_that_end": (
        [_options("id: a, label: Un, tell: un seul.")],
        ["types.a: les mots de l’option se lisent au milieu d’une phrase : sans ponctuation à la fin."],
    ),
    "exclusive_without_a_sentence": (
        [_options("id: a, label: un", "id: b, label: aucun, exclusive: true")],
        ["types.b: une option exclusive se raconte en une phrase entière, dans « tell »."],
    ),
    "exclusive_of_one": (
        [_options("id: a, label: un, exclusive: true, tell: Un.", "id: b, label: deux").replace("many", "one")],
        ["types.a: seule une question « many » a des options exclusives."],
    ),
    "silence_outside_a_grid": (
        [_options("id: a, label: un, means: not_known", "id: b, label: deux")],
        ["types.a: seul un choix de grille peut valoir un silence (« means »)."],
    ),
    "exclusive_that_asks_for_words": (
        [_options("id: a, label: un", "id: b, label: rien, exclusive: true, specify: true, tell: Rien.")],
        ["types.b: une option qui se précise (« specify ») se coche avec d’autres, ou dans une question « one »."],
    ),
    "headline_without_its_figure": (
        [_options("id: a, label: un").replace("topic", "headline: des formes, topic")],
        ["types: ces mots ne disent pas le nombre : ils contiennent « {count} »."],
    ),
    "headline_with_another_slot": (
        [_options("id: a, label: un").replace("topic", 'headline: "{count} {types}", topic')],
        ["types: la seule accolade de ces mots est « {count} », une fois."],
    ),
    "headline_that_ends_like_a_sentence": (
        [_options("id: a, label: un").replace("topic", 'headline: "{count} formes.", topic')],
        ["types: « headline » tient en 80 caractères, sans ponctuation à la fin."],
    ),
    "headline_of_none_ticked": (
        [_options("id: a, label: un").replace("topic", 'headline: {zero: rien, many: "{count} formes"}, topic')],
        ["types: ces mots ne sont jamais dits : une question « many » répondue compte au moins un."],
    ),
    "topic_in_capitals": (
        [_options("id: a, label: un").replace("les types", "Les types.")],
        ["types: « topic » se lit au milieu d’une phrase : ni majuscule, ni ponctuation à la fin."],
    ),
}


@pytest.mark.parametrize("case", OPTIONS)
def test_each_fault_of_an_option_is_told_with_its_place(case: str, tmp_path: Path) -> None:
    questions, expected = OPTIONS[case]
    found = list_faults(write_section(tmp_path, _section(questions, TYPES)))
    assert found == [f"famille.yaml:7: rubrique.{fault}" for fault in expected]


LINE_FAULTS: dict[str, tuple[list[str], list[str | list[str]], str]] = {
    "no_question": ([TEXT], ["'Tout va bien.'", OU], "la phrase ne nomme aucune question"),
    "unknown_question": ([TEXT], ["'Lieu : {oux}.'", OU], "la question « oux » n’existe pas dans la rubrique."),
    "unknown_style": (
        [TEXT],
        ["'Lieu :{ou:quotte}'", OU],
        "le style « quotte » n’existe pas. Vouliez-vous dire « quote » ?",
    ),
    "style_of_another_kind": (
        [TEXT],
        ["'Lieu :{ou:bullets}'", OU],
        "{ou} : une question « text » ne se dit pas « bullets ».",
    ),
    "stray_brace": ([TEXT], ["'Lieu : {ou}} .'", OU], "une accolade n’entoure pas une question"),
    "text_after_a_block": ([TEXT], ["'Lieu :{ou:quote}.'"], "« {ou:quote} » termine la phrase : rien ne le suit."),
    "no_colon": ([TEXT], ["'Le lieu est{ou:quote}'"], "la phrase doit finir par « : »."),
    "no_full_stop": ([TEXT], ["'Le lieu est {ou} ici'"], "la phrase doit finir par « . »."),
    "no_full_stop_after_a_slot": ([TEXT], ["'Le lieu est {ou}'"], "la phrase doit finir par « . »."),
    "slot_before_a_block": ([MANY, TEXT], [["'Des {types}{ou:quote}'", TYPES, OU]], "la phrase doit finir par « : »."),
    "no_capital": ([TEXT], ["'le lieu est {ou}.'"], "la phrase doit commencer par une majuscule."),
    "options_first": ([MANY], ["'{types} sont là.'"], "la phrase doit commencer par une majuscule : les mots"),
    "rows_without_choice": (
        [GRID],
        ["'Pour {parite:rows}.'"],
        "une grille se raconte avec ses lignes (rows) et son choix",
    ),
    "two_texts": (
        [TEXT, TEXT.replace("ou", "qui", 1)],
        [["'À {ou} pour {qui}.'", OU, "'Qui : {qui}.'"]],
        "une phrase ne cite qu’un texte libre.",
    ),
    "lines_in_a_sentence": (
        [TEXT.replace("topic", "lines: true, topic")],
        [OU],
        "« {ou} » peut avoir plusieurs lignes : il se cite avec « quote ».",
    ),
    "article_after_de": (
        [_options("id: a, label: les espaces")],
        ["'Des échanges {types:de}.'"],
        "« {types:de} » dirait « de les espaces » : l’option se raconte sans article.",
    ),
    "shadow": ([MANY, TEXT], [[TYPES, "'Des {types} à {ou}.'", OU]], "cette variante n’est jamais dite"),
    "told_twice": ([TEXT], [OU, "'Ici : {ou}.'"], "« ou » est déjà raconté par la ligne 1 de la rubrique."),
    "not_told_alone": (
        [MANY, TEXT],
        [["'Des {types} à {ou}.'", TYPES]],
        "aucune phrase ne raconte cette réponse quand elle est la seule",
    ),
    "never_told": (
        [MANY, _text_when("{types: aucun}")],
        [["'Des {types} à {ou}.'", TYPES, OU]],
        "cette phrase n’est jamais dite : ses questions n’ont jamais de réponse en même temps.",
    ),
    "count_of_a_text": ([TEXT], ["{by: ou, many: 'À {ou}.'}"], "« ou » n’est ni un nombre ni une question à cocher."),
    "zero_of_many": ([MANY], ["{by: types, zero: 'Rien.', many: 'Des {types}.'}"], "cette phrase n’est jamais dite"),
    "zero_below_the_least": (
        [NUMBER.replace("max", "min: 1, max")],
        ["{by: combien, zero: 'Rien.', many: 'Nombre : {combien}.'}"],
        "cette phrase n’est jamais dite : le plus petit nombre est 1.",
    ),
    "one_below_the_least": (
        [NUMBER.replace("max", "min: 2, max")],
        ["{by: combien, one: 'Un seul.', many: 'Nombre : {combien}.'}"],
        "cette phrase n’est jamais dite : le plus petit nombre est 2.",
    ),
    "number_unsaid": (
        [NUMBER],
        ["{by: combien, zero: 'Rien.', one: 'Un seul.', many: 'Plusieurs.'}"],
        "cette forme ne dit pas le nombre : elle doit contenir « {combien} ».",
    ),
    "one_said_for_zero": (
        [NUMBER],
        ["{by: combien, one: 'Un seul.', many: 'Nombre : {combien}.'}"],
        "cette forme est dite aussi pour zéro, et serait fausse : ajoutez « zero ».",
    ),
    "ticked_options_lost": (
        [MANY],
        ["{by: types, one: 'Un seul.', many: 'Des {types}.'}"],
        "cette forme ne raconte pas « types » : les options cochées seraient perdues.",
    ),
    "form_without_an_answer": (
        [NUMBER, TEXT],
        [["{by: combien, zero: 'Rien.', many: '{combien} à {ou}.'}", COMBIEN, OU]],
        "cette forme ne raconte pas « ou », que les autres racontent.",
    ),
    "rating_without_words": (
        ["- {id: note, kind: rating, ask: Quoi ?, topic: la note, levels: [bas, haut]}"],
        ["'{note:rating}'"],
        "une note se raconte après les mots qui la nomment",
    ),
}


@pytest.mark.parametrize("case", LINE_FAULTS)
def test_each_fault_of_a_line_is_told_with_its_place(case: str, tmp_path: Path) -> None:
    questions, lines, expected = LINE_FAULTS[case]
    written = [line if isinstance(line, str) else f"[{', '.join(line)}]" for line in lines]
    found = list_faults(write_section(tmp_path, _section(questions, *written)))
    assert len(found) == 1, found
    assert expected in found[0]
    assert found[0].startswith("famille.yaml:")


def test_a_line_that_is_only_read_back_must_name_questions(tmp_path: Path) -> None:
    section = _section([TEXT], OU) + "read:\n  - 'Ici : {oux}.'\n"
    assert list_faults(write_section(tmp_path, section)) == [
        "famille.yaml:11: rubrique: la question « oux » n’existe pas dans la rubrique. Vouliez-vous dire « ou » ?"
    ]


def test_bounds_and_prose_of_numbers_are_checked(tmp_path: Path) -> None:
    number = NUMBER.replace("max: 9", "min: 9, max: 3, prose: oux")
    found = list_faults(write_section(tmp_path, _section([number, TEXT], COMBIEN, OU)))
    assert found == [
        "famille.yaml:7: rubrique.combien: « min » (9) dépasse « max » (3).",
        (
            "famille.yaml:7: rubrique.combien: « oux » n’est pas une question de texte de la rubrique. "
            "Vouliez-vous dire « ou » ?"
        ),
    ]


@pytest.mark.parametrize(
    ("identifier", "owner"),
    [("rubrique", "une autre rubrique"), ("famille", "une famille"), ("silences", "une partie")],
)
def test_ids_that_would_be_one_place_in_a_page_are_a_fault(identifier: str, owner: str, tmp_path: Path) -> None:
    section = "- id: {0}\n  title: {0}\n  questions:\n    {1}\n  tell: [{2}]\n"
    folder = write_catalogue(tmp_path, section.format("rubrique", TEXT, OU) + section.format(identifier, TEXT, OU))
    (fault,) = list_faults(folder)
    assert fault.startswith(f"famille.yaml:9: {identifier}: {owner}")


def test_a_family_is_named_after_its_file(tmp_path: Path) -> None:
    folder = write_files(tmp_path, catalogue=HEAD, famille="id: familles\ntitle: x\nsections: []\n")
    (fault,) = list_faults(folder)
    assert fault.startswith(
        "famille.yaml:1: id: l’« id » d’une famille est le nom de son fichier : écrivez « id: famille », ou renommez"
    )


def test_a_missing_family_and_a_missing_list_are_faults_together(tmp_path: Path) -> None:
    section = """
    - id: rubrique
      title: Rubrique
      questions: [{id: types, kind: many, ask: Quoi ?, topic: les types, options: publcs}]
      tell: ['Des {types}.']
    """
    head = HEAD.replace("[famille]", "[famille, famile]")
    folder = write_catalogue(tmp_path, section, head=head, lists="publics: [{id: a, label: a}]\n")
    assert list_faults(folder) == [
        "catalogue.yaml:4: families: le fichier « famile.yaml » manque. Vouliez-vous dire « famille » ?",
        (
            "famille.yaml:6: types: la liste partagée « publcs » n’existe pas. Vouliez-vous dire « publics » ?"
            " Pour en faire des options : « options: [publcs] »."
        ),
    ]


def test_a_fault_of_form_hides_no_fault_of_meaning_elsewhere(tmp_path: Path) -> None:
    folder = write_catalogue(
        tmp_path,
        f"""
- id: une
  title: Une
  questions: [{{id: ou, kind: texte, ask: Où ?, topic: le lieu}}]
  tell: [{OU}]
- 5
- id: deux
  title: Deux
  questions:
    {_text_when("{une.ou: x}")}
  tell: ['Sans point {{ou}}']
""",
    )
    assert list_faults(folder) == [
        (
            "famille.yaml:6: une.ou: le genre « texte » n’existe pas. Vouliez-vous dire « text » ? "
            "Genres : many, one, number, text, grid, rating, keywords."
        ),
        "famille.yaml:8: famille: « sections » : des clés et des valeurs sont attendues.",
        "famille.yaml:13: deux: la phrase doit finir par « . ».",
    ]


def test_faults_are_sorted_by_file_and_line(tmp_path: Path) -> None:
    questions = [TEXT.replace("topic", "exampel: x, topic").replace("id: ou", f"id: q{number}") for number in range(12)]
    found = list_faults(write_section(tmp_path, _section(questions, "'Lieu : {q0}.'")))
    assert [int(fault.split(":")[1]) for fault in found] == sorted(int(fault.split(":")[1]) for fault in found)
    assert len(found) == 12
