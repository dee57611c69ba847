"""Two sheets beside each other: what is said of both, in tiny catalogues and in golden files."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from report.comparing import DAY, compare, limits_of, lines_of, plain, sheet_of
from writing import HEAD, NOW, load_section, real_catalogue, write_section

from impact_cli.answers.sheet import Origin, Sheet, Silence, Status, Submission, Value
from impact_cli.catalogue.loading import load_catalogue
from impact_cli.catalogue.model import Catalogue
from impact_cli.render.markdown import render_markdown
from impact_cli.report.blocks import Paragraph, Quote, Report, Table
from impact_cli.report.build import Audience
from impact_cli.report.comparison.build import build_comparison
from impact_cli.report.comparison.sides import Filled
from impact_cli.report.trace import add_trace

SECTION = """
    questions:
      - id: publics
        kind: many
        ask: Qui vient ?
        topic: les publics
        options:
          - {id: voisins, label: Voisins, tell: voisins, change: true}
          - {id: jeunes, label: Jeunes, tell: jeunes}
          - {id: tensions, label: Tensions, tell: tensions, difficulty: true}
          - {id: aucun, label: Personne, exclusive: true, tell: Personne ne vient.}
        tell: "Viennent {publics}."
      - id: rythme
        kind: one
        ask: Quand ?
        topic: le rythme
        when: {publics: {not: aucun}}
        options:
          - {id: jour, label: Chaque jour, tell: chaque jour}
          - {id: an, label: Une fois par an, tell: une fois par an}
        tell: "Le rythme est {rythme}."
      - {id: visites, kind: number, ask: Combien ?, topic: le nombre de visites, tell: "Visites : {visites}."}
      - id: force
        kind: rating
        ask: Quelle force ?
        topic: la force
        levels: [faible, forte]
        tell: "Force :{force:rating}"
      - {id: exemple, kind: text, ask: Un exemple ?, topic: un exemple, tell: "{exemple:quote}"}
    consistency:
      - {id: vide, when: {publics: aucun, visites: {min: 1}}, ask: Il y a des visites. Que faut-il corriger ?}
"""
PUBLICS, RYTHME, VISITES = "rubrique.publics", "rubrique.rythme", "rubrique.visites"
FORCE, EXEMPLE = "rubrique.force", "rubrique.exemple"


@pytest.fixture
def catalogue() -> Catalogue:
    return load_section(SECTION)


def rubric(report: Report) -> list[str]:
    return lines_of(report).get("Rubrique", [])


def tell(catalogue: Catalogue, former: Mapping[str, Value], latter: Mapping[str, Value]) -> Report:
    return compare(catalogue, sheet_of(catalogue, "2024", former), sheet_of(catalogue, "2026", latter))


def test_what_appears_and_what_goes_is_told_with_its_years(catalogue: Catalogue) -> None:
    report = tell(catalogue, {PUBLICS: ("voisins", "jeunes")}, {PUBLICS: ("jeunes", "tensions")})
    text = plain(render_markdown(report))
    assert "En 2026, mais pas en 2024 :\n\n- Les publics : tensions\n" in text
    assert "En 2024, mais pas en 2026 :\n\n- Les publics : voisins\n" in text
    assert "Effets constatés en 2024, mais pas en 2026 :\n\n- Rubrique : voisins\n" in text
    assert "Difficultés constatées en 2026, mais pas en 2024 :\n\n- Rubrique : tensions\n" in text


def test_an_option_that_excludes_the_others_does_not_appear_beside_them(catalogue: Catalogue) -> None:
    report = tell(catalogue, {PUBLICS: ("voisins", "jeunes")}, {PUBLICS: ("aucun",)})
    assert rubric(report) == ["Les publics – en 2024 : voisins, jeunes ; en 2026 : personne"]
    assert lines_of(report)["L’essentiel"] == ["Rubrique : voisins"]


def test_a_number_is_told_with_both_values_and_the_difference(catalogue: Catalogue) -> None:
    report = tell(catalogue, {VISITES: 1200}, {VISITES: 800})
    assert rubric(report) == ["Le nombre de visites – en 2024 : 1 200 ; en 2026 : 800 (−400)"]
    (table,) = (block for block in report.blocks if isinstance(block, Table))
    assert [plain(cell) for cell in table.rows[0]] == ["Le nombre de visites", "1 200", "800", "−400"]


def test_marks_stand_beside_each_other_without_a_difference(catalogue: Catalogue) -> None:
    report = tell(catalogue, {FORCE: 1}, {FORCE: 2})
    assert rubric(report) == ["La force – en 2024 : 1 sur 2 (faible) ; en 2026 : 2 sur 2 (forte)"]
    (table,) = (block for block in report.blocks if isinstance(block, Table))
    assert (table.columns, table.rows) == (("", "2024", "2026"), (("La force", "1", "2"),))


def test_the_order_of_the_years_is_that_of_time(catalogue: Catalogue) -> None:
    before, after = sheet_of(catalogue, "2024", {VISITES: 1}), sheet_of(catalogue, "2026", {VISITES: 3})
    assert compare(catalogue, after, before) == compare(catalogue, before, after)


@pytest.mark.parametrize("silence", [None, *Silence])
def test_a_silence_is_no_change(catalogue: Catalogue, silence: Silence | None) -> None:
    silent = sheet_of(catalogue, "2024", {VISITES: 3}, {PUBLICS: silence} if silence else None)
    report = compare(catalogue, silent, sheet_of(catalogue, "2026", {VISITES: 3, PUBLICS: ("jeunes",)}))
    assert rubric(report) == []
    assert "Rien n’a changé entre 2024 et 2026 dans ce qui se compare." in plain(render_markdown(report))
    said = {
        None: "sans réponse",
        Silence.SKIPPED: "sans réponse",
        Silence.NOT_KNOWN: "le lieu ne sait pas",
        Silence.NOT_APPLICABLE: "sans objet",
    }
    assert limits_of(report) == [f"Rubrique – {said[silence]} (2024) : les publics."]


def test_the_rows_of_a_grid_that_one_year_does_not_say_stand_behind_its_topic_once() -> None:
    rows = {"equipe": "autant", "direction": "plus", "publics": "moins"}
    report = tell(real_catalogue(), {"egalite.parite": {"equipe": "autant"}}, {"egalite.parite": rows})
    [line] = [line for line in limits_of(report) if line.startswith("Égalité")]
    assert line.count("la part des femmes et des hommes") == 1
    assert line.endswith("(les dirigeantes et dirigeants du lieu, les publics accueillis).")


@pytest.mark.parametrize("year", ["2024", "2026"])
def test_what_does_not_concern_the_venue_each_time_is_no_change(catalogue: Catalogue, year: str) -> None:
    told: dict[str, dict[str, Value]] = {each: {PUBLICS: ("jeunes",), RYTHME: "jour"} for each in ("2024", "2026")}
    told[year] = {PUBLICS: ("aucun",), RYTHME: "an"}
    report = tell(catalogue, told["2024"], told["2026"])
    assert [line.partition(" –")[0] for line in rubric(report)] == ["Les publics"]
    assert limits_of(report) == [f"Rubrique – la question ne se posait pas ({year}) : le rythme."]


def test_answers_that_contradict_each_other_are_not_compared(catalogue: Catalogue) -> None:
    report = tell(catalogue, {PUBLICS: ("aucun",), VISITES: 3}, {PUBLICS: ("jeunes",), VISITES: 4})
    assert rubric(report) == []
    assert limits_of(report) == ["Rubrique – à vérifier (2024) : les publics et le nombre de visites."]


def test_a_doubt_stands_beside_the_year_it_is_about(catalogue: Catalogue) -> None:
    before = replace(sheet_of(catalogue, "2024", {VISITES: 3}), uncertain={VISITES: "le nombre était en lettres"})
    report = compare(catalogue, before, sheet_of(catalogue, "2026", {VISITES: 4}))
    assert rubric(report) == ["Le nombre de visites – en 2024 : 3 ; en 2026 : 4 (+1) (à confirmer, 2024)"]


@pytest.fixture
def former(tmp_path: Path) -> Catalogue:
    """The questionnaire before: one option less, other ids, another scale, one question less and one more."""
    section = (
        SECTION.replace("          - {id: jeunes, label: Jeunes, tell: jeunes}\n", "")
        .replace("id: voisins", "id: riverains")
        .replace("levels: [faible, forte]", "levels: [faible, moyenne, forte]")
        .replace("id: rythme", "id: autrefois")
        .replace("{rythme}", "{autrefois}")
        .replace("topic: le rythme", "topic: le rythme d’autrefois")
    )
    head = HEAD.replace('version: "1"', 'version: "0"')
    folder = write_section(tmp_path / "former", section)
    (folder / "catalogue.yaml").write_text(head.replace("\n    ", "\n").lstrip("\n"), encoding="utf-8")
    return load_catalogue(folder)


def test_what_the_former_questionnaire_did_not_have_did_not_appear(former: Catalogue) -> None:
    section = SECTION.replace("{id: voisins,", "{id: voisins, was: [riverains],")
    catalogue = load_section(section)
    before: dict[str, Value] = {PUBLICS: ("riverains",), "rubrique.autrefois": "jour", FORCE: 3}
    after: dict[str, Value] = {PUBLICS: ("voisins", "jeunes", "tensions"), RYTHME: "an", FORCE: 2}
    report = compare(catalogue, sheet_of(former, "2024", before), sheet_of(catalogue, "2026", after), former=former)
    assert rubric(report) == ["Les publics : tensions"]
    (line,) = limits_of(report)
    assert line.removeprefix("Rubrique – ").removesuffix(".").split(" ; ") == [
        "proposé d’un seul côté (2026) : les publics (jeunes)",
        "demandé d’un seul côté (2026) : le rythme",
        "demandé autrement : la force",
        "demandé d’un seul côté (2024) : le rythme d’autrefois",
    ]


def test_new_words_are_quoted_and_words_not_said_again_are_no_change(catalogue: Catalogue) -> None:
    report = tell(catalogue, {EXEMPLE: "Un repas"}, {EXEMPLE: "Une fête"})
    assert [block.text for block in report.blocks if isinstance(block, Quote)] == ["Une fête"]
    assert not [
        block for block in tell(catalogue, {EXEMPLE: "Un repas"}, {VISITES: 1}).blocks if isinstance(block, Quote)
    ]


def test_words_without_consent_stay_on_the_venues_own_screen(catalogue: Catalogue) -> None:
    before = sheet_of(catalogue, "2024", {VISITES: 1})
    after = sheet_of(catalogue, "2026", {VISITES: 2, EXEMPLE: "Un secret"}).with_consent(EXEMPLE, publish=False)
    assert "secret" not in render_markdown(compare(catalogue, before, after))
    seen = plain(render_markdown(compare(catalogue, before, after, Audience.SCREEN)))
    assert "Un exemple, en 2026 (non publié) :\n\n> Un secret" in seen
    internal = compare(catalogue, before, after, Audience.INTERNAL)
    assert internal.title.endswith("version interne")
    assert "secret" in render_markdown(internal)


def test_the_foot_speaks_of_words_where_some_are_told(catalogue: Catalogue) -> None:
    same: Mapping[str, Value] = {EXEMPLE: "Un bal", VISITES: 1}
    assert not any("textes cités" in line for line in tell(catalogue, same, same).colophon)
    assert any("textes cités" in line for line in tell(catalogue, same, {EXEMPLE: "Un repas"}).colophon)


def test_two_voices_weigh_the_same_whichever_comes_first(catalogue: Catalogue) -> None:
    team = sheet_of(catalogue, "2026-equipe", {PUBLICS: ("voisins", "jeunes"), VISITES: 3, FORCE: 2, EXEMPLE: "Ici."})
    people = sheet_of(catalogue, "2026-habitants", {PUBLICS: ("jeunes", "tensions"), VISITES: 5, FORCE: 2})
    report = compare(catalogue, people, team)
    assert report == compare(catalogue, team, people)
    assert rubric(report) == [
        "Les publics : jeunes",
        "La force : 2 sur 2 (forte)",
        "Les publics : voisins",
        "Les publics : tensions",
        "Le nombre de visites – selon « equipe » : 3 ; selon « habitants » : 5",
    ]


def test_a_voice_is_called_in_its_own_words(catalogue: Catalogue) -> None:
    team, people = (
        sheet_of(catalogue, f"2026-{name}", {VISITES: seen}) for name, seen in (("equipe", 3), ("elus-2", 5))
    )
    said = [Submission((), voice, "", NOW) for voice in ("L’Équipe", "élus")]
    report = compare(catalogue, replace(team, submission=said[0]), replace(people, submission=said[1]))
    assert rubric(report) == ["Le nombre de visites – selon « elus-2 » : 5 ; selon « L’Équipe » : 3"]


def test_two_venues_are_called_by_their_names(catalogue: Catalogue) -> None:
    one = sheet_of(catalogue, "2026", {VISITES: 3})
    other = replace(sheet_of(catalogue, "2025", {VISITES: 5}), venue="Halles (Les)")
    report = compare(catalogue, one, other)
    assert report.title == "Effets des Halles et de La Remise"
    assert rubric(report) == ["Le nombre de visites – pour Les Halles : 5 ; pour La Remise : 3"]


def test_above_what_presents_two_venues_stands_that_they_are_two() -> None:
    sheets = [sheet_of(real_catalogue(), "2026", {"lieu.benevoles": count}) for count in (3, 5)]
    apart = compare(real_catalogue(), sheets[0], replace(sheets[1], venue="Les Halles"))
    assert "## Les lieux\n" in render_markdown(apart)
    assert "## Le lieu\n" in render_markdown(compare(real_catalogue(), replace(sheets[0], edition="2024"), sheets[1]))


def test_years_stand_in_a_table_where_there_are_more_than_two(catalogue: Catalogue) -> None:
    sheets = [sheet_of(catalogue, year, {VISITES: count}) for year, count in (("2022", 1), ("2024", 2), ("2026", 4))]
    filled = [Filled(catalogue, sheet) for sheet in sheets]
    report = build_comparison((filled[1], filled[2]), DAY, "1.0", editions=filled[::-1])
    tables = [block for block in report.blocks if isinstance(block, Table)]
    assert tables[-1].columns == ("", "2022", "2024", "2026")
    assert tables[-1].rows == (("Le nombre de visites", "1", "2", "4"),)


def test_a_sheet_read_from_a_report_says_so(catalogue: Catalogue) -> None:
    origin = Origin("rapport.pdf", NOW, edition_said=False)
    before = replace(sheet_of(catalogue, "2026", {VISITES: 3}), origin=origin, changed=NOW - timedelta(days=900))
    report = compare(catalogue, sheet_of(catalogue, "2026", {VISITES: 4, FORCE: 1}), before)
    assert rubric(report) == ["Le nombre de visites – dans l’édition inconnue : 3 ; en 2026 : 4 (+1)"]
    assert any("relues d’un rapport publié" in block.text for block in report.blocks if isinstance(block, Paragraph))


def test_a_sheet_whose_questionnaire_is_gone_says_so(catalogue: Catalogue) -> None:
    before = sheet_of(catalogue, "2024", {VISITES: 3})
    before = replace(before, catalogue=replace(before.catalogue, version="0", fingerprint="gone"))
    report = compare(catalogue, before, sheet_of(catalogue, "2026", {VISITES: 4}))
    assert any(
        "(version 0) qui a changé depuis et n’a pas été gardé" in block.text
        for block in report.blocks
        if isinstance(block, Paragraph)
    )


def test_other_words_of_one_version_are_no_other_questionnaire(catalogue: Catalogue) -> None:
    before, after = (sheet_of(catalogue, year, {VISITES: 3}) for year in ("2024", "2026"))
    before = replace(before, catalogue=replace(before.catalogue, fingerprint="reworded"))
    assert "questionnaire (version" not in render_markdown(compare(catalogue, before, after))


@pytest.mark.parametrize(
    ("finished", "said"),
    [
        ((), "Les fiches des deux côtés sont en cours"),
        (("2024",), "La fiche d’un côté (2026) est en cours"),
        (("2024", "2026"), None),
    ],
)
def test_a_sheet_in_progress_is_compared_with_a_word(
    catalogue: Catalogue, finished: tuple[str, ...], said: str | None
) -> None:
    sheets = [sheet_of(catalogue, year, {VISITES: 3}) for year in ("2024", "2026")]
    one, other = (replace(each, status=Status.FINISHED) if each.edition in finished else each for each in sheets)
    told = plain(render_markdown(compare(catalogue, one, other)))
    assert (said or "") in told
    assert ("en cours : d’autres réponses" in told) == (said is not None)


def test_what_does_not_compare_is_named_by_its_key_for_programs_and_in_the_trace(catalogue: Catalogue) -> None:
    before = sheet_of(catalogue, "2024", {VISITES: 3, FORCE: 1}, {PUBLICS: Silence.NOT_KNOWN})
    report = compare(catalogue, before, sheet_of(catalogue, "2026", {VISITES: 3, PUBLICS: ("jeunes",)}))
    assert dict(report.untold) == {PUBLICS: "not_known", FORCE: "not_asked"}
    traced = [block.text for block in add_trace(report).blocks if isinstance(block, Paragraph)]
    assert plain(traced[-2]) == f"[le lieu ne sait pas : {PUBLICS}]"


@pytest.mark.parametrize(
    ("same", "different", "said"),
    [
        (0, 0, "Les deux éditions n’ont aucune réponse que l’on puisse comparer."),
        (0, 1, " à 1 question que l’on peut comparer, et n’y disent pas la même chose."),
        (1, 0, "Rien n’a changé entre 2024 et 2026."),
        (1, 1, " à 2 questions que l’on peut comparer : 1 réponse est la même, 1 diffère."),
        (0, 2, " à 2 questions que l’on peut comparer : aucune réponse n’est la même, 2 diffèrent."),
    ],
)
def test_the_sum_agrees_with_its_numbers(catalogue: Catalogue, same: int, different: int, said: str) -> None:
    keys = {VISITES: (1, 2), FORCE: (1, 2)}
    names = [*keys]
    before = {key: keys[key][0] for key in names[: same + different]}
    after = {key: keys[key][1] if place < different else keys[key][0] for place, key in enumerate(before)}
    assert said in plain(render_markdown(tell(catalogue, before, after)))


def test_new_words_alone_are_told_beside_what_is_the_same(catalogue: Catalogue) -> None:
    said = tell(catalogue, {VISITES: 1, FORCE: 1}, {VISITES: 1, FORCE: 1, EXEMPLE: "Une fête"})
    assert " à 2 questions que l’on peut comparer : 2 réponses sont les mêmes, aucune ne diffère." in plain(
        render_markdown(said)
    )


def _filature(edition: str, answers: Mapping[str, Value]) -> Sheet:
    catalogue = real_catalogue()
    common: dict[str, Value] = {
        "lieu.commune": "Saint-Exemple",
        "lieu.ouverture": 2016,
        "lien_social.occasions": ("quotidien", "dedies"),
        "egalite.parite": {"equipe": "plus", "publics": "autant"},
    }
    sheet = sheet_of(catalogue, edition, {**common, **answers})
    return replace(sheet, venue="Filature des Possibles (La)")


FORMER: dict[str, Value] = {
    "lieu.benevoles": 24,
    "lieu.salaries": 3,
    "lien_social.publics": ("voisins", "familles", "benevoles"),
    "lien_social.exemple": "Le vendredi, la grande table réunit le quartier.",
    "sante.changements": ("relations", "isolement"),
    "insertion.resultats": ("autonomie",),
    "insertion.combien": 6,
    "bilan_individuel.intensite": 3,
    "bilan_individuel.mots_cles": ("entraide", "premiers pas"),
    "cadre_de_vie.image": "inchangee",
    "bilan_territoire.intensite": 2,
}
LATTER: dict[str, Value] = {
    "lieu.benevoles": 31,
    "lieu.salaries": 3,
    "lien_social.publics": ("voisins", "jeunes", "benevoles"),
    "lien_social.exemple": "Les collégiens tiennent la buvette du marché.",
    "sante.changements": ("relations", "confiance", "epuisement_benevoles"),
    "insertion.resultats": ("autonomie", "stage"),
    "insertion.combien": 4,
    "entretien.degradations": ("bruit",),
    "bilan_individuel.intensite": 4,
    "bilan_individuel.mots_cles": ("entraide", "jeunesse"),
    "cadre_de_vie.image": "mieux",
    "bilan_territoire.intensite": 2,
}


def test_two_editions_of_an_invented_venue(golden: Callable[[str, str], None]) -> None:
    report = compare(real_catalogue(), _filature("2024", FORMER), _filature("2026", LATTER))
    golden("reports/compare_editions.md", render_markdown(report))


def test_two_voices_of_an_invented_venue(golden: Callable[[str, str], None]) -> None:
    report = compare(real_catalogue(), _filature("2026-equipe", FORMER), _filature("2026-habitants", LATTER))
    golden("reports/compare_voices.md", render_markdown(report))
