# ruff: noqa: E501, C901
"""Reports as the public platform's four templates print them: `python tests/exchange/templates.py [HOW MANY]` gives a table.

What each template says and how it goes wrong are facts (a no printed as "non", lists without a comma, plurals that do
not agree); the venues and their answers are drawn. A form is a sentence; `{name:join}` in it is a list of options.
"""

import random
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from writing import real_book

from impact_cli.exchange.published import read_report

YEARS = ("2022-10", "2023-02", "2023-04", "2024-01")

PUBLICS = {
    "visiteurs": "visiteur.euse.s grand public",
    "voisins": "voisin.e.s du quartier",
    "acteurs": "acteurs et actrices du quartier, associations ou entreprises locales",
    "difficulte": "publics en difficulté",
    "travailleurs": "personnes travaillant sur le site",
    "benevoles": "bénévoles",
}
DOTTED = {**PUBLICS, "visiteurs": "visiteur·euse·s grand public", "voisins": "voisin·e·s du quartier"}
PLAIN = {
    **PUBLICS,
    "visiteurs": "visiteurs et visiteuses, grand public",
    "voisins": "voisins et voisines du quartier",
    "acteurs": "acteur·rice·s du quartier",
    "occupants": "occupant.e.s du site",
}
OCCASIONS = {
    "quotidien": "dans la vie du projet",
    "grand_public": "lors d'évènements grand public",
    "dedies": "lors d'activités avec des publics dédiés",
    "temps": "lors de temps spécifiques organisés pour favoriser les rencontres",
}
FREQUENCES = {"quotidien": "quotidiennes", "mois": "mensuelles", "ponctuel": "ponctuelles"}
OFTEN = {"quotidien": "au quotidien", "mois": "au moins une fois par mois", "ponctuel": "de manière ponctuelle"}
SANTE = {
    "sante": "en meilleure santé physique ou psychique",
    "relations": "se sentir mieux dans leurs relations avec les autres",
    "confiance": "d'une plus grande confiance en eux",
    "travail": "d'une amélioration des conditions de travail",
    "inconfort": "d'un inconfort",
    "stress": "d'un stress ou de conflits",
}
RESULTATS = {
    "accompagnement": "des personnes ou des structures ont été accompagnées",
    "autonomie": "des personnes ont gagné en autonomie",
    "diplomes": "des certificats ou diplômes ont été obtenus",
    "crees_lieu": "des emplois ont été créés au sein du lieu",
    "crees_ailleurs": "des emplois ont été créés à l'extérieur",
    "participation": "des personnes en difficulté ont participé à d'autres activités sur le site",
    "confiance": "des personnes chez qui vous avez observé une nouvelle confiance",
}
ALLOWED = {
    "autonomie": "de gagner en autonomie",
    "diplomes": "d'obtenir des certificats ou diplômes",
    "emplois_lieu": "d'obtenir des emplois au sein du lieu",
    "emplois_ailleurs": "d'obtenir des emplois à l'extérieur du lieu",
}
PORTEURS = {
    "habitues": "des bénévoles ou des personnes fréquentant régulièrement le lieu",
    "residents": "des résident.e.s ou personnes hébergées",
    "benevoles": "des bénévoles",
    "frequentant": "une ou des personnes fréquentant le lieu",
    "occupants": "des occupant.e.s du site",
}
TYPES = {"services": "petits services", "competences": "compétences", "biens": "biens", "espaces": "espaces"}
AUTOUR = {
    "projet": "autour d'un projet ou d'une action",
    "besoin": "autour d'un besoin commun ou d'une envie",
    "thematique": "autour d'une thématique",
}
RESSENTI = {
    "federees": "certaines personnes se sont fédérées autour du lieu",
    "groupe": "certaines personnes se sentent faire partie d'un groupe autour du projet",
    "exclues": "certaines personnes se sentent exclu.e.s",
}
GROUPES = {
    "equipe": "l'équipe de gestion et animation du lieu",
    "direction": "les dirigeant.e.s",
    "occupants": "les résident.e.s et occupant.e.s",
    "publics": "les publics",
}
PARITE = {
    "plus": "plus de femmes que d'hommes sont présent.e.s",
    "autant": "autant de femmes que d'hommes sont présent.e.s",
    "moins": "moins de femmes que d'hommes sont présent.e.s",
}
MIRRORED = {
    "moins": "plus d'hommes que de femmes sont présents",
    "autant": "autant d'hommes que de femmes sont présents",
    "plus": "moins d'hommes que de femmes sont présents",
}
ESPACES = {
    "attractivite": "l'attractivité des espaces",
    "economie": "l'attractivité économique",
    "accessibilite": "l'accessibilité des espaces à tou.te.s",
    "mixite": "la mixité d'usages",
    "respect": "le respect des espaces par les usager.e.s",
}
DEGRADES = {"bruit": "du bruit", "dechets": "des déchets", "conflits": "des conflits d'usage"}
BESOINS = {
    "cours": "cours du soir, aide aux devoirs, ateliers informatiques",
    "convivialite": "espaces de convivialité ou de rencontres attentifs aux minorités",
    "locaux": "locaux d'activité",
}
IMAGE = {"animation": "animation", "proprete": "propreté", "commerces": "commerces"}


@dataclass(frozen=True)
class Form:
    """A sentence of a section, what its slots list, what it says by its very words; `least` options, where it needs some."""

    section: str
    text: str
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    said: Mapping[str, object] = field(default_factory=dict)
    least: int = 1


_FORMATION = "Les actions de formation, d'accompagnement à la création d'activité ou à l'emploi"
_GESTION = "par les services des collectivités ou de leurs partenaires (ramassage des ordures, propreté, entretien, sécurité...)"
_CHANGEMENTS = (
    "Des changements significatifs dans les conditions physiques, sociales et psychiques des bénéficiaires du projet"
)
_MODES = "La collaboration avec les partenaires publics et privés a permis d'améliorer ou expérimenter de nouveaux modes de faire"

FORMS: dict[str, tuple[Form, ...]] = {
    "2022-10": (
        Form("lien_social", "Entre quels publics avez-vous pu observer des interactions sociales sur le site ?"),
        Form(
            "sante",
            "Avez-vous pu observer un changement des conditions physiques, sociales et psychiques des bénéficiaires, "
            "qui puissent être directement lié au projet ?",
        ),
        Form(
            "insertion",
            "Avez-vous mis en place des actions de formation, d'accompagnement à la création d'activité ou à l'emploi ?",
        ),
        Form("solidarite", "Y-a-t-il des échanges, dons ou mutualisations entre personnes au sein du projet ?"),
        Form("egalite", "Diriez-vous qu'il y a plus, moins ou autant de femmes que d'hommes ?"),
        Form("cadre_de_vie", "Avez-vous l'impression que le projet a fait évoluer l'image du quartier / territoire ?"),
        Form("reseau", "Avez-vous pu observer la création de réseaux de personnes ?"),
        Form("entretien", "Le projet a-t-il eu des effets sur les espaces extérieurs ?"),
        Form("services", "Le projet a-t-il permis de répondre à des besoins sociaux urgents du territoire ?"),
    ),
    "2023-02": (
        Form("lien_social", "Des interactions sociales ont été observées entre {publics:comma}.", {"publics": PUBLICS}),
        Form(
            "lien_social",
            "Des interactions sociales ont été observées entre {publics:ou}. Ces interactions ont été observées "
            "{occasions:ou}. Ces rencontres sont {frequence:one}.",
            {"publics": PLAIN, "occasions": OCCASIONS, "frequence": FREQUENCES},
        ),
        Form("lien_social", "Aucune interaction sociale n'a été observée.", said={"publics": ("aucun",)}),
        Form("sante", "Certaines personnes ont fait part ou ont paru {changements:comma}.", {"changements": SANTE}),
        Form(
            "insertion",
            f"{_FORMATION} ont bénéficiées à {{combien:number}} personnes. {{resultats:Capital}}.",
            {"resultats": RESULTATS},
        ),
        Form("insertion", "{resultats:Capital}.", {"resultats": RESULTATS}),
        Form(
            "capacite_agir",
            "{combien:number} nouveaux projets ou actions (atelier, évènement, marché, ...) imprévus {porteurs:repeat} "
            "et ont émergés.",
            {"porteurs": PORTEURS},
        ),
        Form("capacite_agir", "Aucun nouveau projet n'a émergé.", said={"porteurs": ("aucun",)}),
        Form(
            "solidarite",
            "Des échanges de {types:et} entre {publics:et} ont été observés.",
            {"types": TYPES, "publics": PUBLICS},
        ),
        Form("solidarite", "Aucun échange n'a été observé.", said={"types": ("aucun",)}),
        Form(
            "reseau",
            "La création de réseaux de personnes entre {publics:et_de} , {autour:et} a été observée.",
            {"publics": PUBLICS, "autour": AUTOUR},
        ),
        Form("reseau", "Aucun réseau de personnes n'a été créé.", said={"autour": ("aucun",)}),
        Form("inclusion", "{ressenti:Capital}.", {"ressenti": RESSENTI}),
        Form(
            "inclusion",
            "Aucun sentiment d'appartenance à un groupe ou d'exclusion n'a été observé.",
            said={"ressenti": ("aucun",)},
        ),
        Form(
            "egalite",
            "Autant de femmes que d'hommes sont présentes dans {parite:rows}.",
            {"parite": GROUPES},
            {"choice": "autant"},
        ),
        Form(
            "egalite",
            "Plus de femmes que d'hommes sont présentes dans {parite:rows}.",
            {"parite": GROUPES},
            {"choice": "plus"},
        ),
        Form(
            "cadre_de_vie",
            "Le projet a fait évoluer l'image du quartier / territoire {domaines:comma}.",
            {"domaines": IMAGE},
        ),
        Form("entretien", "Le projet a engendré {ameliorations:et}.", {"ameliorations": ESPACES}),
        Form(
            "entretien",
            "Le projet n'a eu aucun effet sur les espaces extérieurs.",
            said={"ameliorations": ("aucun",), "degradations": ("aucun",)},
        ),
        Form(
            "services",
            "Le projet n'a pas modifié la gestion urbaine par les services des collectivités ou de leurs partenaires, "
            "les nouveaux espaces ne sont pas nettoyés, entretenus, sécurisés.",
            said={"gestion": "non_geres"},
        ),
        Form(
            "services",
            "Le projet a permis d'améliorer la gestion urbaine par les services.",
            said={"gestion": "amelioree"},
        ),
        Form("innovation", f"{_MODES} mais cela a été difficile.", said={"evolution": "difficile"}),
        Form(
            "innovation",
            "La collaboration avec les partenaires publics et privés n'a pas permis de faire évoluer les pratiques.",
            said={"evolution": "non"},
        ),
    ),
    "2023-04": (
        Form(
            "lien_social",
            "Des interactions sociales ont été observées entre les {publics:comma}. Ces interactions sociales ont été "
            "observées {occasions:space} qui ont lieu {frequence:one}.",
            {"publics": DOTTED, "occasions": OCCASIONS, "frequence": OFTEN},
        ),
        Form(
            "lien_social",
            "Des interactions sociales ont été observées entre {publics:comma}. Ces rencontres ont lieu de manière "
            "quotidienne.",
            {"publics": DOTTED},
            {"frequence": "quotidien"},
        ),
        Form(
            "sante",
            "{changements:part}.",
            {"changements": SANTE},
        ),
        Form(
            "insertion",
            f"{_FORMATION} ont bénéficiées à {{combien:number}} personnes et {{resultats:comma}}.",
            {"resultats": RESULTATS},
        ),
        Form(
            "capacite_agir",
            "{combien:number} nouveaux projets ou actions (atelier, évènement, marché, ...) imprévus {porteurs:repeat} "
            "ont émergés.",
            {"porteurs": PORTEURS},
        ),
        Form(
            "capacite_agir",
            "De nouveaux projets ou actions (atelier, évènement, marché, ...) imprévus non ont émergés.",
            said={"porteurs": ("aucun",)},
        ),
        Form(
            "solidarite",
            "Des échanges, dons et mutualisations de {types:et_de} entre {publics:et} ont été observés.",
            {"types": TYPES, "publics": DOTTED},
        ),
        Form(
            "reseau",
            "La création de réseaux de personnes entre {publics:et_de}, {autour:et} a été observée.",
            {"publics": DOTTED, "autour": AUTOUR},
        ),
        Form("reseau", "La création de réseaux de personnes n'a pas été observée.", said={"autour": ("aucun",)}),
        Form("inclusion", "Il a été observé que {ressenti:glued}.", {"ressenti": RESSENTI}),
        Form("egalite", "Concernant {parite:rows}, {choice:mirror}.", {"parite": GROUPES}),
        Form("entretien", "Le projet a permis d'améliorer {ameliorations:et}.", {"ameliorations": ESPACES}),
        Form("entretien", "Le projet a engendré {degradations:et}.", {"degradations": DEGRADES}),
        Form(
            "services",
            "Le projet a créé une surcharge de travail et/ou n'avait pas été anticipé par les services des collectivités "
            "ou de leurs partenaires mais ils se sont réorganisés.",
            said={"gestion": "reorganisee"},
        ),
        Form(
            "services",
            "Le projet n'a rien changé dans la gestion urbaine des espaces existants.",
            said={"gestion": "inchangee"},
        ),
        Form(
            "services",
            "Le projet a permis de répondre à des besoins sociaux urgents du territoire {besoins:et}.",
            {"besoins": BESOINS},
        ),
        Form(
            "innovation",
            f"{_MODES} mais cela a créé une surcharge de travail, une réorganisation / a été difficile.",
            said={"evolution": "difficile"},
        ),
        Form("innovation", f"{_MODES}.", said={"evolution": "oui"}),
    ),
    "2024-01": (
        Form(
            "lien_social",
            "Des interactions sociales ont été observées entre différents publics :{publics:bullets}Ces échanges ont été "
            "constatés {occasions:et}.\nCes rencontres ont lieu {frequence:one}.",
            {"publics": DOTTED, "occasions": OCCASIONS, "frequence": OFTEN},
        ),
        Form(
            "lien_social",
            "Des interactions sociales ont été observées entre différents publics :{publics:bullets}",
            {"publics": PLAIN},
        ),
        Form(
            "sante",
            f"{_CHANGEMENTS} ont été observées. Certaines personnes ont fait part/ont paru :{{changements:bullets}}",
            {"changements": SANTE},
        ),
        Form(
            "sante",
            f"{_CHANGEMENTS} ont été observées. Certaines personnes ont fait part/ont paru {{changements:se}}.",
            {"changements": SANTE},
        ),
        Form(
            "insertion",
            f"{_FORMATION} ont bénéficiées à {{combien:number}} personnes et ont permis à certaines personnes :{{resultats:bullets}}",
            {"resultats": ALLOWED},
        ),
        Form(
            "insertion",
            f"{_FORMATION} ont bénéficiées à {{combien:number}} personnes et ont permis à certaines personnes {{resultats:et}}.",
            {"resultats": RESULTATS},
        ),
        Form(
            "capacite_agir",
            "{combien:number} nouveaux projets ou actions (atelier, évènement, marché, ...) imprévus porté par "
            "{porteurs:et} ont émergés.",
            {"porteurs": PORTEURS},
        ),
        Form(
            "solidarite",
            "Des échanges, dons ou mutualisations de {types:et_de} ont été observés entre :{publics:bullets}",
            {"types": TYPES, "publics": DOTTED},
        ),
        Form(
            "solidarite",
            "Des échanges, dons ou mutualisations de {types:et} ont été observés entre {publics:et}.",
            {"types": TYPES, "publics": PLAIN},
        ),
        Form(
            "reseau",
            "La création de réseaux de personnes {autour:et} a été observée entre :{publics:bullets}",
            {"autour": AUTOUR, "publics": DOTTED},
        ),
        Form("reseau", "La création de réseaux de personnes {autour:et} a été observée.", {"autour": AUTOUR}),
        Form("inclusion", "Il a été observé que {ressenti:et}.", {"ressenti": RESSENTI}),
        Form("egalite", "Concernant {parite:rows}, {choice:said}.", {"parite": GROUPES}),
        Form("entretien", "Le projet a permis d'améliorer {ameliorations:et}.", {"ameliorations": ESPACES}),
        Form(
            "services",
            f"Le projet n'a rien changé dans la gestion urbaine des espaces existants {_GESTION}.",
            said={"gestion": "inchangee"},
        ),
        Form(
            "services",
            "Le projet a permis de répondre à des besoins sociaux urgents du territoire {besoins:et}.",
            {"besoins": BESOINS},
        ),
        Form(
            "innovation",
            f"{_MODES} mais cela a été difficile à mettre en oeuvre (surcharge de travail, réorganisation).",
            said={"evolution": "difficile"},
        ),
        Form("innovation", f"{_MODES}.", said={"evolution": "oui"}),
    ),
}

_EXAMPLES = (
    "La fanfare répète ici le mardi et joue au marché.",
    "Un four à pain monté par des retraitées du bourg",
    "Friperie, repas partagés, vélos réparés...",
    "Le samedi, on vient pour le pain et on reste pour la soupe.",
)
_FAMILIES = {
    "lien_social": "Effets individuels",
    "solidarite": "Effets collectifs",
    "cadre_de_vie": "Effets sur le quartier et le territoire",
}


@dataclass(frozen=True)
class Told:
    """A report and what it says, each answer in parts: an option, a row, a number, a text."""

    text: str
    parts: frozenset[tuple[str, str]]


def write_report(year: str, draw: random.Random) -> Told:
    """One report of that year's template; of the forms of a section, one that is drawn."""
    lines, parts = ["effets sociaux et urbains", "de La Remise", "", "Voir son datapanorama", ""], set()
    for section in real_book().catalogue.sections:
        forms = [form for form in FORMS[year] if form.section == section.id]
        lines += ["", _FAMILIES[section.id].lower(), ""] if section.id in _FAMILIES else []
        if not forms or draw.random() < 0.1:
            continue
        lines += [section.title, ""]
        chosen = [draw.choice(forms)]
        if section.id in ("services", "entretien") and draw.random() < 0.5:
            chosen += [
                form for form in forms if not form.said.keys() & chosen[0].said.keys() and form is not chosen[0]
            ][:1]
        names: set[str] = set()
        for form in chosen:
            if names & (form.lists.keys() | form.said.keys()):
                continue
            names |= form.lists.keys() | form.said.keys()
            told, answers = _fill(form, draw)
            lines += [told, ""]
            parts |= {(f"{section.id}.{name}", value) for name, value in answers}
        if draw.random() < 0.8 and "aucun" not in str([form.said for form in chosen]):
            example = draw.choice(_EXAMPLES)
            lines += [example, ""]
            parts.add((f"{section.id}.exemple", example))
    return Told("\n".join(lines), frozenset(parts))


def _fill(form: Form, draw: random.Random) -> tuple[str, set[tuple[str, str]]]:
    answers: set[tuple[str, str]] = set()
    choice = str(form.said.get("choice", draw.choice(tuple(PARITE))))
    for name, value in form.said.items():
        if name != "choice":
            answers |= {(name, each) for each in (value if isinstance(value, tuple) else (value,))}

    def fill(slot: re.Match[str]) -> str:
        name, style = slot[1].split(":")
        if style == "number":
            answers.add((name, number := str(draw.randint(2, 90))))
            return number
        if name == "choice":
            return (MIRRORED if style == "mirror" else PARITE)[choice]
        options = form.lists[name]
        most = 1 if style == "one" else min(4, len(options))
        ticked = draw.sample(list(options), draw.randint(1, most))
        ticked = [option for option in options if option in ticked]
        answers.update((name, f"{option}={choice}" if style == "rows" else option) for option in ticked)
        return _join([options[option] for option in ticked], style)

    return re.sub(r"\{([^}]+)\}", fill, form.text), answers


def _join(words: list[str], style: str) -> str:
    *first, last = words
    match style:
        case "bullets":
            return "\n\n" + "".join(f"  • {word}\n" for word in words) + "\n"
        case "comma":
            return " , ".join(words) + " "
        case "Capital":
            joined = ", ".join(words)
            return joined[0].upper() + joined[1:]
        case "space":
            return " ".join(words)
        case "glued":
            return "".join(words)
        case "ou":
            return " ou ".join([", ".join(first), last]) if first else last
        case "et_de":
            return " et de ".join(words)
        case "repeat":
            return " , ".join(f"portés par {word}" for word in words)
        case "part":
            return ", ".join(
                f"certaines personnes ont fait part ou ont paru {word}"
                if word.startswith(("en ", "se "))
                else f"certaines personnes ont fait part {word}"
                for word in words
            ).capitalize()
        case "se":
            return " et ".join(f"certains personnes se {word}" for word in words)
        case _:
            return " et ".join(words)


@dataclass
class Score:
    """Parts that were told, found, and read wrongly, without a doubt or with one."""

    told: int = 0
    found: int = 0
    wrong: int = 0
    doubted: int = 0
    faults: list[str] = field(default_factory=list)


def try_year(year: str, count: int) -> Score:
    """So many reports of a year's template, read back."""
    score = Score()
    for seed in range(count):
        report = write_report(year, random.Random(f"{year} {seed}"))
        reading = read_report(real_book(), report.text, "rapport.txt")
        heard = frozenset(list_parts(reading.answers))
        score.told += len(report.parts)
        score.found += len(report.parts & heard)
        for key, value in sorted(heard - report.parts):
            doubted = key in reading.uncertain
            score.doubted += doubted
            score.wrong += not doubted
            score.faults.append(f"+ {key}: {value} {'(doubted)' if doubted else ''}")
        score.faults += [f"- {key}: {value}" for key, value in sorted(report.parts - heard)]
    return score


def list_parts(answers: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Each thing that is told: an option, a row of a grid, a value."""
    for key, value in answers.items():
        match value:
            case tuple() | list():
                yield from ((key, str(each)) for each in value)
            case Mapping():
                yield from ((key, f"{row}={choice}") for row, choice in value.items())
            case _:
                yield key, str(value)


def main() -> None:
    """Print the table, and what is most often missed or wrong."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    print(f"{'template':10}{'told':>8}{'found':>9}{'wrong':>8}{'doubted':>9}")
    for year in YEARS:
        score = try_year(year, count)
        print(f"{year:10}{score.told:8}{score.found / score.told:9.2%}{score.wrong:8}{score.doubted:9}")
        common = sorted(set(score.faults), key=lambda fault: -score.faults.count(fault))
        print(
            "".join(f"    {score.faults.count(fault):4} {fault[:150]}\n" for fault in common[:25] if len(sys.argv) > 2),
            end="",
        )


if __name__ == "__main__":
    main()
