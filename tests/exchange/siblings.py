# ruff: noqa: E501  a sentence stands on one line
"""Sentences that other reports may print, by kind: `python tests/exchange/siblings.py` gives a table.

Each is printed alone under its section's title. What it says is found, or something of the line is doubted or kept as
not placed; nothing else is heard without a doubt. The words are ours.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from exchange.templates import list_parts
from writing import real_book

from impact_cli.exchange.published import read_report

SIBLINGS: dict[str, tuple[tuple[str, str, Mapping[str, object]], ...]] = {
    "labels in place of tellings": (
        (
            "sante",
            "Certaines personnes ont fait part/ont paru : Confiance en soi plus grande, Conditions de travail améliorées.",
            {"changements": ("confiance", "travail")},
        ),
        (
            "sante",
            "Des changements ont été constatés dans la santé ou le bien-être de certaines personnes : Santé physique meilleure, Relations plus faciles avec les autres.",
            {"changements": ("relations",)},
        ),
        (
            "solidarite",
            "Des échanges, dons ou mutualisations de Petits services, Compétences et Biens (matériel, objets) ont été observés entre Bénévoles et Personnes du voisinage.",
            {"types": ("services", "competences", "biens"), "publics": ("benevoles",)},
        ),
        (
            "reseau",
            "La création de réseaux de personnes Autour d'un sujet a été observée.",
            {"autour": ("thematique",)},
        ),
        ("reseau", "Aucun réseau de personnes : Non, aucun réseau de personnes.", {"autour": ("aucun",)}),
        ("reseau", "Non, aucun réseau de personnes", {"autour": ("aucun",)}),
        (
            "cadre_de_vie",
            "L'image du quartier a changé : Animation, vie de rue ; Propreté ; Sentiment de sécurité.",
            {"domaines": ("animation", "proprete", "securite")},
        ),
        ("services", "Gestion améliorée.", {"gestion": ("amelioree",)}),
        ("innovation", "Difficilement, mais oui (surcharge, réorganisation).", {"evolution": "difficile"}),
        (
            "entretien",
            "Le projet a permis d'améliorer : Mixité d'usages, Dynamisme économique, Respect des espaces par le public.",
            {"ameliorations": ("mixite", "economie", "respect")},
        ),
        (
            "insertion",
            "Les actions de formation, d'accompagnement à la création d'activité ou à l'emploi ont permis : Autonomie plus grande, Confiance retrouvée.",
            {"resultats": ("autonomie", "confiance")},
        ),
        ("inclusion", "Il a été observé : Exclues ou mal à l'aise.", {"ressenti": ("exclues",)}),
    ),
    "reordered clauses": (
        (
            "solidarite",
            "Entre bénévoles et voisins du quartier, des échanges, dons ou mutualisations de biens ont été observés.",
            {"types": ("biens",), "publics": ("voisins", "benevoles")},
        ),
        (
            "solidarite",
            "Des échanges, dons ou mutualisations ont été observés entre bénévoles et voisin.e.s du quartier : petits services, compétences.",
            {"publics": ("voisins", "benevoles"), "types": ("services", "competences")},
        ),
        (
            "solidarite",
            "Ont été observés des échanges de biens et de compétences entre bénévoles.",
            {"types": ("biens", "competences"), "publics": ("benevoles",)},
        ),
        (
            "reseau",
            "Entre voisin.e.s du quartier et bénévoles, la création de réseaux de personnes autour d'une thématique a été observée.",
            {"publics": ("voisins", "benevoles"), "autour": ("thematique",)},
        ),
        (
            "reseau",
            "Autour d'une thématique, la création de réseaux de personnes a été observée entre bénévoles.",
            {"autour": ("thematique",), "publics": ("benevoles",)},
        ),
        (
            "reseau",
            "La création de réseaux de personnes a été observée autour d'une thématique entre bénévoles.",
            {"autour": ("thematique",), "publics": ("benevoles",)},
        ),
        (
            "reseau",
            "La création de réseaux de personnes a été observée entre bénévoles, autour d'un projet ou d'une action.",
            {"autour": ("projet",), "publics": ("benevoles",)},
        ),
        (
            "lien_social",
            "Entre visiteur.euse.s grand public et bénévoles, des interactions sociales ont été observées.",
            {"publics": ("visiteurs", "benevoles")},
        ),
        (
            "lien_social",
            "Dans la vie du projet, des interactions sociales ont été observées entre bénévoles et voisin.e.s du quartier.",
            {"occasions": ("quotidien",), "publics": ("voisins", "benevoles")},
        ),
        (
            "lien_social",
            "Des interactions sociales ont été observées dans la vie du projet entre bénévoles et voisin.e.s du quartier.",
            {"occasions": ("quotidien",), "publics": ("voisins", "benevoles")},
        ),
        (
            "insertion",
            "50 personnes ont bénéficié d'actions de formation, d'accompagnement à la création d'activité ou à l'emploi.",
            {"combien": 50},
        ),
        (
            "insertion",
            "Des emplois ont été créés à l'extérieur et des personnes ont gagné en autonomie grâce aux actions de formation, d'accompagnement à la création d'activité ou à l'emploi.",
            {"resultats": ("autonomie", "crees_ailleurs")},
        ),
        (
            "capacite_agir",
            "3 nouveaux projets ou actions (atelier, évènement, marché, ...) imprévus ont émergés, portés par des bénévoles.",
            {"combien": 3, "porteurs": ("benevoles",)},
        ),
        (
            "capacite_agir",
            "3 nouveaux projets ou actions imprévus ont émergés, portés par des occupant.e.s du site et des bénévoles.",
            {"combien": 3, "porteurs": ("benevoles", "occupants")},
        ),
        (
            "egalite",
            "L'équipe de gestion et animation du lieu : autant d'hommes que de femmes.",
            {"parite": {"equipe": "autant"}},
        ),
        ("egalite", "Dans les publics, moins d'hommes que de femmes sont présents.", {"parite": {"publics": "plus"}}),
        ("egalite", "Il y a plus d'hommes que de femmes parmi les dirigeant.e.s.", {"parite": {"direction": "moins"}}),
        (
            "egalite",
            "Les femmes sont plus nombreuses que les hommes dans l'équipe de gestion et animation du lieu.",
            {"parite": {"equipe": "plus"}},
        ),
        (
            "egalite",
            "Les hommes sont plus nombreux que les femmes dans l'équipe de gestion et animation du lieu.",
            {"parite": {"equipe": "moins"}},
        ),
        (
            "egalite",
            "Les femmes et les hommes sont aussi nombreux dans l'équipe de gestion.",
            {"parite": {"equipe": "autant"}},
        ),
        (
            "egalite",
            "Concernant l'équipe de gestion et animation du lieu et les dirigeant.e.s, autant d'hommes que de femmes sont présent.e.s, concernant les publics, plus d'hommes que de femmes sont présent.e.s.",
            {"parite": {"equipe": "autant", "direction": "autant", "publics": "moins"}},
        ),
        (
            "egalite",
            "Moins de femmes que d'hommes sont présentes dans l'équipe de gestion et animation du lieu et dans les publics.",
            {"parite": {"equipe": "moins", "publics": "moins"}},
        ),
    ),
    "nouns said again in a list": (
        (
            "solidarite",
            "Des échanges de biens, échanges de compétences et échanges de petits services ont été observés.",
            {"types": ("biens", "competences", "services")},
        ),
        (
            "solidarite",
            "Des échanges de biens, des échanges de compétences ont été observés entre bénévoles.",
            {"types": ("biens", "competences"), "publics": ("benevoles",)},
        ),
        (
            "solidarite",
            "Des échanges, dons ou mutualisations de biens, dons ou mutualisations de compétences ont été observés.",
            {"types": ("biens", "competences")},
        ),
        (
            "reseau",
            "La création de réseaux de personnes autour d'une thématique et de réseaux de personnes autour d'un projet ou d'une action a été observée.",
            {"autour": ("thematique", "projet")},
        ),
        (
            "lien_social",
            "Des interactions sociales ont été observées entre bénévoles, entre voisin.e.s du quartier et entre publics en difficulté.",
            {"publics": ("benevoles", "voisins", "difficulte")},
        ),
        (
            "capacite_agir",
            "4 nouveaux projets ou actions (atelier, évènement, marché, ...) imprévus portés par des bénévoles, portés par des occupant.e.s du site ont émergés.",
            {"combien": 4, "porteurs": ("benevoles", "occupants")},
        ),
        (
            "capacite_agir",
            "4 nouveaux projets ou actions imprévus, projets portés par des bénévoles, projets portés par des occupant.e.s du site ont émergés.",
            {"combien": 4, "porteurs": ("benevoles", "occupants")},
        ),
        (
            "services",
            "Le projet a permis de répondre à des besoins sociaux urgents du territoire locaux d'activité, besoins d'espaces de convivialité ou de rencontres attentifs aux minorités.",
            {"besoins": ("locaux", "convivialite")},
        ),
        (
            "entretien",
            "Le projet a permis d'améliorer l'attractivité des espaces, d'améliorer la mixité d'usages, d'améliorer le respect des espaces par les usager.e.s.",
            {"ameliorations": ("attractivite", "mixite", "respect")},
        ),
        (
            "entretien",
            "Le projet a permis d'améliorer l'attractivité des espaces et a permis d'améliorer la mixité d'usages.",
            {"ameliorations": ("attractivite", "mixite")},
        ),
        (
            "entretien",
            "Le projet a engendré du bruit, a engendré des déchets et des conflits d'usage.",
            {"degradations": ("bruit", "dechets", "conflits")},
        ),
        (
            "insertion",
            "Les actions de formation, d'accompagnement à la création d'activité ou à l'emploi ont permis à certaines personnes de gagner en autonomie, à certaines personnes d'obtenir des certificats ou diplômes.",
            {"resultats": ("autonomie", "diplomes")},
        ),
        (
            "sante",
            "Certaines personnes ont fait part d'un inconfort, certaines personnes ont fait part d'un stress ou de conflits, et certaines personnes ont paru en meilleure santé physique ou psychique.",
            {"changements": ("inconfort", "stress", "sante")},
        ),
    ),
    "et/ou": (
        (
            "lien_social",
            "Des interactions sociales ont été observées entre bénévoles et/ou voisin.e.s du quartier.",
            {"publics": ("benevoles", "voisins")},
        ),
        (
            "reseau",
            "La création de réseaux de personnes autour d'un projet et/ou d'une action a été observée.",
            {"autour": ("projet",)},
        ),
        (
            "reseau",
            "La création de réseaux de personnes autour d'un besoin commun et/ou d'une envie a été observée.",
            {"autour": ("besoin",)},
        ),
        ("sante", "Certaines personnes ont fait part d'un stress et/ou de conflits.", {"changements": ("stress",)}),
        ("insertion", "Des personnes et/ou des structures ont été accompagnées.", {"resultats": ("accompagnement",)}),
        ("insertion", "Des certificats et/ou diplômes ont été obtenus.", {"resultats": ("diplomes",)}),
        (
            "capacite_agir",
            "2 nouveaux projets et/ou actions (atelier, évènement, marché, ...) imprévus portés par des résident.e.s et/ou personnes hébergées ont émergés.",
            {"combien": 2, "porteurs": ("residents",)},
        ),
        (
            "solidarite",
            "Des échanges, dons et/ou mutualisations de biens ont été observés entre bénévoles.",
            {"types": ("biens",), "publics": ("benevoles",)},
        ),
        (
            "innovation",
            "La collaboration avec les partenaires publics et privés a permis d'améliorer et/ou expérimenter de nouveaux modes de faire.",
            {"evolution": "oui"},
        ),
        (
            "innovation",
            "La collaboration avec les partenaires publics et privés a permis d'améliorer ou/et d'expérimenter de nouveaux modes de faire mais cela a été difficile.",
            {"evolution": "difficile"},
        ),
        ("inclusion", "Aucun sentiment d'inclusion et/ou d'exclusion n'a été observé.", {"ressenti": ("aucun",)}),
        (
            "services",
            "Le projet n'a pas permis de répondre à des besoins sociaux et/ou urgents du territoire.",
            {"besoins": ("sans_reponse",)},
        ),
    ),
    "a no printed as non": (
        ("reseau", "La création de réseaux de personnes non a été observée.", {"autour": ("aucun",)}),
        ("reseau", "La création de réseaux de personnes : non", {"autour": ("aucun",)}),
        ("solidarite", "Des échanges, dons ou mutualisations non ont été observés.", {"types": ("aucun",)}),
        ("solidarite", "Des échanges, dons ou mutualisations de non ont été observés.", {"types": ("aucun",)}),
        ("lien_social", "Des interactions sociales non ont été observées.", {"publics": ("aucun",)}),
        ("lien_social", "Des interactions sociales ont été observées entre non.", {"publics": ("aucun",)}),
        (
            "capacite_agir",
            "0 nouveaux projets ou actions (atelier, évènement, marché, ...) imprévus non ont émergés.",
            {"porteurs": ("aucun",)},
        ),
        ("capacite_agir", "De nouveaux projets ou actions imprévus non ont émergés.", {"porteurs": ("aucun",)}),
        ("inclusion", "Il a été observé que non.", {"ressenti": ("aucun",)}),
        ("sante", "Certaines personnes ont fait part/ont paru non.", {"changements": ("aucun",)}),
        (
            "sante",
            "Des changements significatifs dans les conditions physiques, sociales et psychiques des bénéficiaires du projet non ont été observées.",
            {"changements": ("aucun",)},
        ),
        (
            "insertion",
            "Les actions de formation, d'accompagnement à la création d'activité ou à l'emploi non.",
            {"resultats": ("aucun",)},
        ),
        (
            "services",
            "Le projet non a permis de répondre à des besoins sociaux urgents du territoire.",
            {"besoins": ("sans_reponse",)},
        ),
        (
            "services",
            "Le projet a permis de répondre à des besoins sociaux urgents du territoire non.",
            {"besoins": ("sans_reponse",)},
        ),
        (
            "innovation",
            "La collaboration avec les partenaires publics et privés non a permis d'améliorer ou expérimenter de nouveaux modes de faire.",
            {"evolution": "non"},
        ),
        ("innovation", "La collaboration avec les partenaires publics et privés non.", {"evolution": "non"}),
        ("cadre_de_vie", "Le projet non a fait évoluer l'image du quartier / territoire.", {"image": "inchangee"}),
        ("cadre_de_vie", "Le projet a fait évoluer l'image du quartier / territoire non.", {"image": "inchangee"}),
        ("entretien", "Le projet a permis d'améliorer non.", {"ameliorations": ("aucun",)}),
        ("entretien", "Le projet a engendré non.", {"ameliorations": ("aucun",), "degradations": ("aucun",)}),
    ),
    "two answers glued": (
        (
            "sante",
            "Certaines personnes ont fait part d'un inconfortcertaines personnes ont fait part d'un stress.",
            {"changements": ("inconfort", "stress")},
        ),
        (
            "insertion",
            "Des personnes ont gagné en autonomiedes emplois ont été créés à l'extérieur.",
            {"resultats": ("autonomie", "crees_ailleurs")},
        ),
        (
            "lien_social",
            "Des interactions sociales ont été observées entre bénévolesvoisin.e.s du quartier.",
            {"publics": ("benevoles", "voisins")},
        ),
        (
            "lien_social",
            "Des interactions sociales ont été observées entre voisin.e.s du quartierbénévoles.",
            {"publics": ("benevoles", "voisins")},
        ),
        (
            "reseau",
            "La création de réseaux de personnes autour d'une thématiqueautour d'un projet ou d'une action a été observée.",
            {"autour": ("thematique", "projet")},
        ),
        (
            "entretien",
            "Le projet a permis d'améliorer l'attractivité des espacesla mixité d'usages.",
            {"ameliorations": ("attractivite", "mixite")},
        ),
        (
            "entretien",
            "Le projet a permis d'améliorer l'attractivité des espacesLa mixité d'usages.",
            {"ameliorations": ("attractivite", "mixite")},
        ),
        (
            "services",
            "Le projet a permis de répondre à des besoins sociaux urgents du territoirelocaux d'activité.",
            {"besoins": ("locaux",)},
        ),
        (
            "cadre_de_vie",
            "Le projet a fait évoluer l'image du quartier / territoireanimationpropreté.",
            {"domaines": ("animation", "proprete")},
        ),
        (
            "solidarite",
            "Des échanges, dons ou mutualisations de petits servicesbiens ont été observés entre bénévolespublics en difficulté.",
            {"types": ("services", "biens"), "publics": ("benevoles", "difficulte")},
        ),
        (
            "solidarite",
            "Des échanges, dons ou mutualisations de biens ont été observés entre bénévoles.Une friperie est née.",
            {"types": ("biens",), "publics": ("benevoles",)},
        ),
        (
            "innovation",
            "La collaboration avec les partenaires publics et privés a permis d'améliorer ou expérimenter de nouveaux modes de faire.Les changements concernent les procédures.",
            {"evolution": "oui", "domaines": ("procedures",)},
        ),
        (
            "capacite_agir",
            "3 nouveaux projets ou actions (atelier, évènement, marché, ...) imprévus portés par des bénévolesportés par des occupant.e.s du site ont émergés.",
            {"combien": 3, "porteurs": ("benevoles", "occupants")},
        ),
        (
            "egalite",
            "Concernant l'équipe de gestion et animation du lieules publics, plus de femmes que d'hommes sont présent.e.s.",
            {"parite": {"equipe": "plus", "publics": "plus"}},
        ),
    ),
    "half options": (
        ("sante", "Certaines personnes ont fait part d'un stress.", {"changements": ("stress",)}),
        ("sante", "Certaines personnes ont fait part de conflits.", {"changements": ("conflits",)}),
        ("sante", "Certaines personnes ont paru en meilleure santé physique.", {"changements": ("sante_physique",)}),
        ("sante", "Certaines personnes ont paru en meilleure santé.", {"changements": ("sante",)}),
        ("reseau", "La création de réseaux de personnes autour d'un projet a été observée.", {"autour": ("projet",)}),
        ("reseau", "La création de réseaux de personnes autour d'une action a été observée.", {"autour": ("projet",)}),
        (
            "reseau",
            "La création de réseaux de personnes autour d'un besoin commun a été observée.",
            {"autour": ("besoin",)},
        ),
        (
            "lien_social",
            "Des interactions sociales ont été observées entre visiteurs et acteurs.",
            {"publics": ("visiteurs", "acteurs")},
        ),
        (
            "lien_social",
            "Des interactions sociales ont été observées entre associations et entreprises locales.",
            {"publics": ("acteurs",)},
        ),
        ("lien_social", "Ces interactions ont été observées lors d'évènements.", {"occasions": ("grand_public",)}),
        (
            "services",
            "Le projet a permis de répondre à des besoins sociaux urgents du territoire aide aux devoirs.",
            {"besoins": ("cours",)},
        ),
        (
            "services",
            "Le projet a permis de répondre à des besoins sociaux urgents du territoire cours du soir et ateliers informatiques.",
            {"besoins": ("cours",)},
        ),
        ("insertion", "Des diplômes ont été obtenus.", {"resultats": ("diplomes",)}),
        ("services", "Le projet a créé une surcharge de travail.", {"gestion": ("reorganisee",)}),
        (
            "innovation",
            "La collaboration avec les partenaires publics et privés a permis d'expérimenter de nouveaux modes de faire.",
            {"evolution": "oui"},
        ),
        (
            "innovation",
            "La collaboration avec les partenaires publics et privés a permis d'améliorer les modes de faire.",
            {"evolution": "oui"},
        ),
        (
            "innovation",
            "La collaboration avec les partenaires publics et privés a permis d'améliorer ou expérimenter de nouveaux modes de faire mais cela a créé une réorganisation.",
            {"evolution": "difficile"},
        ),
        (
            "innovation",
            "La collaboration avec les partenaires publics et privés a permis d'améliorer ou expérimenter de nouveaux modes de faire, difficilement.",
            {"evolution": "difficile"},
        ),
        (
            "entretien",
            "Du bruit et des déchets ont été engendrés par le projet.",
            {"degradations": ("bruit", "dechets")},
        ),
        ("inclusion", "Il a été observé que certaines personnes se sont fédérées.", {"ressenti": ("federees",)}),
        ("egalite", "Concernant l'équipe, plus de femmes.", {"parite": {"equipe": "plus"}}),
    ),
    "stops inside inclusive writing": (
        (
            "lien_social",
            "Des interactions sociales ont été observées entre acteur.rice.s du quartier, voisin.e.s du quartier et visiteur.euse.s grand public.",
            {"publics": ("acteurs", "voisins", "visiteurs")},
        ),
        (
            "lien_social",
            "Des interactions sociales ont été observées entre acteur.trice.s du quartier et voisin.es du quartier.",
            {"publics": ("acteurs", "voisins")},
        ),
        (
            "lien_social",
            "Des interactions sociales ont été observées entre visiteur.ses grand public et habitant.e.s du quartier.",
            {"publics": ("visiteurs", "voisins")},
        ),
        (
            "lien_social",
            "Des interactions sociales ont été observées entre visiteur(se)s grand public et occupant.e.s du site. Les voisin.e.s du quartier aiment bien.",
            {"publics": ("visiteurs", "occupants")},
        ),
        (
            "inclusion",
            "Il a été observé que certain.e.s personnes se sentent exclu.e.s et certain.e.s personnes se sont fédéré.e.s autour du lieu.",
            {"ressenti": ("exclues", "federees")},
        ),
        ("inclusion", "Il a été observé que certaines personnes se sentent exclu.es .", {"ressenti": ("exclues",)}),
        (
            "inclusion",
            "Il a été observé que certaines personnes se sentent exclu.e.s.certaines personnes se sont fédéré.e.s autour du lieu.",
            {"ressenti": ("exclues", "federees")},
        ),
        (
            "egalite",
            "Concernant les dirigeant.e.s et les résident.e.s et occupant.e.s, plus de femmes que d'hommes sont présent.e.s.",
            {"parite": {"direction": "plus", "occupants": "plus"}},
        ),
        (
            "egalite",
            "Concernant les dirigeant(e)s, les usager.ère.s, autant de femmes que d'hommes sont présent.es.",
            {"parite": {"direction": "autant"}},
        ),
        (
            "entretien",
            "Le projet a permis d'améliorer l'accessibilité des espaces à tou.tes, le respect des espaces par les usager.ère.s et l'attractivité économique.",
            {"ameliorations": ("accessibilite", "respect", "economie")},
        ),
        (
            "entretien",
            "Le projet a permis d'améliorer l'accessibilité des espaces à tous.tes et la mixité d'usages.",
            {"ameliorations": ("accessibilite", "mixite")},
        ),
        (
            "entretien",
            "Le projet a permis d'améliorer l'accessibilité des espaces à toustes et la mixité d'usages.",
            {"ameliorations": ("accessibilite", "mixite")},
        ),
        (
            "capacite_agir",
            "3 nouveaux projets ou actions imprévus portés par des bénévoles, résident.e.s ou personnes hébergé.e.s et occupant.e.s du site ont émergés.",
            {"combien": 3, "porteurs": ("benevoles", "residents", "occupants")},
        ),
    ),
    "signs behind a known word": (
        ("lien_social", "Ces rencontres ont lieu au quotidienavec plaisir.", {"frequence": ("quotidien",)}),
        ("lien_social", "Ces rencontres ont lieu au quotidien,surtout le mardi", {"frequence": ("quotidien",)}),
        ("lien_social", "Ces rencontres ont lieu au quotidien(surtout le mardi).", {"frequence": ("quotidien",)}),
        ("lien_social", "Ces rencontres ont lieu au quotidien...et plus.", {"frequence": ("quotidien",)}),
        (
            "reseau",
            "La création de réseaux de personnes autour d'une thématique(le vélo) a été observée.",
            {"autour": ("thematique",)},
        ),
        (
            "entretien",
            "Le projet a permis d'améliorer la mixité d'usages:marché, sport",
            {"ameliorations": ("mixite",)},
        ),
        ("inclusion", "Il a été observé que certaines personnes se sentent excluesx.", {"ressenti": ("exclues",)}),
    ),
    "what nobody knows in a sentence": (
        (
            "lien_social",
            "Des interactions sociales ont été observées entre différents publics :\n\n- voisin.e.s du quartier\n- écoles du canton\n- bénévoles",
            {"publics": ("voisins", "benevoles")},
        ),
        (
            "capacite_agir",
            "3 nouveaux projets ou actions imprévus ont émergé.\nPrécisions sur ces projets :\nDeux par an\nUne fanfare.",
            {"combien": 3},
        ),
        (
            "reseau",
            "La création de réseaux de personnes autour d'un verger commun a été observée entre bénévoles.",
            {"publics": ("benevoles",)},
        ),
        (
            "capacite_agir",
            "Portés par des bénévoles, 3 nouveaux projets ou actions (atelier, évènement, marché, ...) imprévus ont émergés.",
            {"combien": 3},
        ),
    ),
    "not understood": (
        ("sante", "Les bénéficiaires du projet ont paru mieux dormir.", {}),
        ("reseau", "La création de réseaux professionnels a été constatée par plusieurs partenaires.", {}),
        ("services", "Le projet a permis aux services des collectivités de mieux répondre aux besoins urgents.", {}),
        ("insertion", "Les actions d'accompagnement à l'emploi ont touché de nombreux jeunes.", {}),
        ("innovation", "La collaboration avec les partenaires a permis de nouveaux modes de gouvernance.", {}),
        ("entretien", "Le projet a permis de végétaliser la place.", {}),
        ("capacite_agir", "De nouveaux projets ont émergé autour du compost.", {}),
        ("egalite", "Plus d'hommes sont présents dans l'équipe technique que de femmes.", {}),
    ),
}


def write_report(section: str, sentence: str) -> str:
    """A report that says one thing."""
    title = next(each.title for each in real_book().catalogue.sections if each.id == section)
    return f"effets sociaux et urbains de La Remise\n\n{title}\n\n{sentence}\n"


@dataclass(frozen=True)
class Score:
    """What a sentence says, what of it is found, what is silently missed, and what is heard wrongly without a doubt."""

    told: frozenset[tuple[str, str]]
    found: frozenset[tuple[str, str]]
    lost: frozenset[tuple[str, str]]
    wrong: frozenset[tuple[str, str]]


def try_sentence(section: str, sentence: str, answers: Mapping[str, object]) -> Score:
    reading = read_report(real_book(), write_report(section, sentence), "rapport.txt")
    told = frozenset(list_parts({f"{section}.{name}": value for name, value in answers.items()}))
    heard = frozenset(list_parts(reading.answers))
    marked = reading.unplaced or reading.uncertain
    wrong = {part for part in heard - told if part[0] not in reading.uncertain and not _is_typed(part, sentence)}
    return Score(told, told & heard, frozenset() if marked else told - heard, frozenset(wrong))


def _is_typed(part: tuple[str, str], sentence: str) -> bool:
    """Whether words are a whole sentence of their own, behind the one that is known."""
    return sentence.endswith((f". {part[1]}", f".{part[1]}"))


def main() -> None:
    print(f"{'kind':34}{'told':>6}{'found':>9}{'lost':>6}{'wrong':>7}")
    for kind, sentences in SIBLINGS.items():
        scores = [try_sentence(*each) for each in sentences]
        told, found, lost, wrong = (
            sum(len(part) for part in each)
            for each in zip(*((score.told, score.found, score.lost, score.wrong) for score in scores), strict=True)
        )
        print(f"{kind:34}{told:6}{found / told if told else 1:9.2%}{lost:6}{wrong:7}")


if __name__ == "__main__":
    main()
