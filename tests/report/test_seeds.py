"""The two seed reports' answers, told: goldens of invented texts, and the seeds' own where they are at hand."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from writing import new_sheet, real_catalogue

from impact_cli.answers.answers_file import read_answers
from impact_cli.answers.sheet import Silence, Value
from impact_cli.render.json import render_json
from impact_cli.render.markdown import render_markdown
from impact_cli.render.text import render_text
from impact_cli.report.blocks import Paragraph, Quote, Report
from impact_cli.report.build import build_report

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
REFERENCE = HERE.parents[2] / "shared" / "reference"
VENUES = {"numeripole": "Numéripôle (Le)", "uto_pic": "Uto-Pic coworking"}
FORMATS: Mapping[str, Callable[[Report], str]] = {"json": render_json, "txt": render_text, "md": render_markdown}


def _answers(seed: str) -> dict[str, Value]:
    content = (SEEDS / f"{seed}.json").read_bytes()
    read = read_answers(real_catalogue(), content, seed)
    return {key: value for key, value in read.items() if not isinstance(value, Silence)}


def _report(seed: str, answers: Mapping[str, Value]) -> Report:
    sheet = new_sheet(real_catalogue(), answers, venue=VENUES[seed])
    return build_report(real_catalogue(), sheet, date(2026, 3, 1), "1.0")


def _told(report: Report) -> str:
    """The report's text before its silences, with plain spaces and its lists on one line."""
    told = render_text(report).partition("Ce que ce rapport ne dit pas")[0]
    return " ".join(told.replace("\n- ", " - ").replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("seed", VENUES)
def test_a_seed_is_told_as_it_was(seed: str, format_name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"reports/{seed}.{format_name}", FORMATS[format_name](_report(seed, _answers(seed))))


# What the seeds say, a paragraph each, in their order, corrected where their French is not.
SENTENCES = {
    "numeripole": """
        Effets sociaux et urbains du Numéripôle

        Effets individuels

        Lien social

        Des interactions sociales ont été observées entre différents publics : - visiteurs et visiteuses
        (grand public) - publics en difficulté - personnes travaillant dans le lieu - bénévoles

        Des échanges ont été constatés lors d’évènements grand public, lors d’activités pensées pour un public
        précis et lors de moments organisés pour favoriser les rencontres.

        Santé

        Des changements ont été constatés dans la santé ou le bien-être de certaines personnes, qui ont dit ou
        paru : - se sentir mieux dans leurs relations avec les autres - avoir une plus grande confiance en elles
        - avoir de meilleures conditions de travail

        Capacité à agir

        6 nouveaux projets ou actions (atelier, évènement, marché…) imprévus, portés par des résidentes,
        résidents ou personnes hébergées, ont émergé.

        Effets collectifs

        Solidarité

        Des échanges, dons ou mutualisations de petits services et de compétences ont été observés entre
        visiteurs et visiteuses (grand public), personnes travaillant dans le lieu et bénévoles.

        Réseau de personnes

        La création de réseaux de personnes autour d’un projet ou d’une action a été observée entre
        occupantes et occupants du lieu et bénévoles.

        Sentiment d’inclusion ou d’exclusion

        Il a été observé que certaines personnes se sont rassemblées autour du lieu.

        Égalité femmes/hommes

        Concernant l’équipe de gestion et d’animation du lieu et les dirigeantes et dirigeants du lieu, on
        compte moins de femmes que d’hommes.

        Concernant les publics accueillis, on compte autant de femmes que d’hommes.

        Effets sur le quartier et le territoire

        Services publics et de proximité

        Concernant la gestion du quartier par les services des collectivités ou leurs partenaires, rien n’a
        changé pour les espaces existants.

        Le lieu a permis de répondre à des besoins sociaux urgents du territoire : - cours du soir, aide aux
        devoirs, ateliers informatiques - espaces de convivialité ou de rencontre attentifs aux minorités -
        locaux d’activité

        Innovation publique

        La collaboration avec les partenaires a permis d’améliorer des façons de travailler ou d’en essayer de
        nouvelles, mais cela a été difficile (surcharge de travail, réorganisation).
    """,
    "uto_pic": """
        Effets sociaux et urbains d’Uto-Pic coworking

        Effets individuels

        #bien être au travail #partage de thématiques professionnelles

        Lien social

        Des interactions sociales ont été observées entre différents publics : visiteurs et visiteuses
        (grand public), personnes travaillant dans le lieu et bénévoles.

        Des échanges ont été constatés dans la vie du lieu, lors d’évènements grand public et lors de moments
        organisés pour favoriser les rencontres.

        Des rencontres ont lieu au quotidien.

        Santé

        - avoir de meilleures conditions de travail - ressentir un inconfort

        Insertion professionnelle

        Suites des actions de formation, d’accompagnement à la création d’activité ou à l’emploi : -
        l’accompagnement de personnes ou de structures

        Les actions de formation, d’accompagnement à la création d’activité ou à l’emploi ont bénéficié à 20
        personnes.

        Capacité à agir

        6 nouveaux projets ou actions (atelier, évènement, marché…) imprévus, portés par des bénévoles ou des
        personnes fréquentant régulièrement le lieu, ont émergé.

        « 6 ateliers menés par les locataires ou des intervenantes de passage/an »

        Effets collectifs

        Solidarité

        Des échanges, dons ou mutualisations de compétences ont été observés entre personnes travaillant dans
        le lieu.

        Réseau de personnes

        La création de réseaux de personnes autour d’un besoin commun ou d’une envie a été observée entre
        occupantes et occupants du lieu.

        Sentiment d’inclusion ou d’exclusion

        Il a été observé que certaines personnes se sont rassemblées autour du lieu.

        Effets sur le quartier et le territoire

        Entretien des espaces

        Le lieu a permis d’améliorer le dynamisme économique et le respect des espaces par les personnes
        qui les fréquentent.

        Services publics et de proximité

        Concernant la gestion du quartier par les services des collectivités ou leurs partenaires, rien n’a
        changé pour les espaces existants.

        Le lieu a permis de répondre à des besoins sociaux urgents du territoire : - locaux d’activité

        Innovation publique

        La collaboration avec les partenaires a permis d’améliorer des façons de travailler ou d’en essayer de
        nouvelles.
    """,
}


@pytest.mark.parametrize("seed", VENUES)
def test_every_choice_of_a_seed_is_told_in_its_order(seed: str) -> None:
    told = _told(_report(seed, _answers(seed)))
    end = 0
    for sentence in _sentences(seed):
        found = told.find(sentence, end)
        assert found >= 0, f"{sentence} — not told after: {told[:end][-80:]}"
        end = found + len(sentence)


@pytest.mark.parametrize("seed", VENUES)
def test_no_sentence_of_a_seed_has_a_hole_or_claims_what_was_not_said(seed: str) -> None:
    report = _report(seed, _answers(seed))
    told = _told(report)
    assert all(" ." not in block.text for block in report.blocks if isinstance(block, Paragraph))
    assert ("Des rencontres ont lieu" in told) == (seed == "uto_pic")
    assert "Insertion professionnelle" not in told or seed == "uto_pic"
    assert "Intensité" not in told


@pytest.mark.parametrize("seed", VENUES)
def test_the_seeds_own_texts_are_told_word_for_word(seed: str) -> None:
    source = f"seed-{seed.replace('_', '-')}.txt"
    if not (REFERENCE / source).is_file():
        pytest.skip(f"{source} is not beside the repository")
    own = _lift_texts(source)
    report = _report(seed, _answers(seed) | own)
    told = {block.tells: block.text for block in report.blocks if isinstance(block, Quote)}
    for key, text in own.items():
        assert told[key,] == text
    assert all(sentence in _told(report) for sentence in _sentences(seed) if "«" not in sentence)


def _sentences(seed: str) -> list[str]:
    return [" ".join(sentence.split()) for sentence in SENTENCES[seed].split("\n\n")]


def _lift_texts(source: str) -> dict[str, str]:
    """The free texts of a seed report, from the lines tests/seeds/README.md speaks of."""
    places = json.loads((SEEDS / "texts.json").read_text(encoding="utf-8"))[source]
    lines = (REFERENCE / source).read_text(encoding="utf-8").splitlines()
    texts = {}
    for key, (first, last) in places.items():
        joined = " ".join(line.strip() for line in lines[first - 1 : last] if line.strip())
        kept = joined.partition(" nouveaux projets")[0] if "precisions" in key else joined
        texts[key] = kept.strip("|* ")
    return texts
