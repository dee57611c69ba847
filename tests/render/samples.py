"""Four invented reports, built by hand: an ordinary one, an almost empty one, one of tables, one with everything."""

from collections.abc import Callable
from datetime import date

from impact_cli.report.blocks import (
    Bar,
    Bars,
    Block,
    Bullets,
    Heading,
    Keywords,
    Paragraph,
    Quote,
    Rating,
    Report,
    Table,
)

Sample = Callable[[], Report]

DAY = date(2026, 3, 1)
COLOPHON = (
    "Édition 2025, fiche terminée le 14 mars 2025.",
    "Questionnaire «\u00a0impact\u00a0», version 1.",
    "Rapport établi par le lieu à partir de ses propres réponses, avec le logiciel libre impact.",
)

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=http://example.org/x.png>",
    "&amp; &lt; &#x41;",
    '#read("/etc/passwd")',
    "$x$ {{ 7*7 }} {% raw %} \\input{x}",
    "=1+1",
    "\u202eelbisivni\u202c \u2066isolé\u2069",
    "un\x00deux\x07trois\x1b[31mrouge\x7f\x85",
    "brisé \ud83d fin",
    "😀 👩‍👩‍👧 日本語 ☕",
    "שלום עולם مرحبا بالعالم",
    "\ufffe\uffff \ue000 \u00ad \u200d \u200b e\u0301 \u0489",
    "n" * 3000,
    "https://exemple.fr/" + "tres-long-chemin/" * 20,
    "`code` *gras* _souligné_ @ref <label> // commentaire /* bloc */ = titre\n- liste\n+ liste",
    "ligne une\r\nligne deux\n\n  ligne quatre, deux espaces",
)


def ordinary() -> Report:
    """What a venue that answered most questions gets."""
    return _report(
        "La Filature des Possibles",
        (
            *_venue(),
            Heading(2, "Effets individuels", "individuels", 1),
            _rating("des effets individuels", 4, "forte"),
            Keywords(("convivialité", "confiance en soi", "premiers pas", "entraide", "rompre l’isolement")),
            Heading(3, "Lien social", "lien_social"),
            Paragraph("Des interactions sociales ont été observées entre différents publics\u00a0:"),
            Bullets(("visiteurs et visiteuses, grand public", "personnes travaillant sur le site", "bénévoles")),
            Paragraph("Ces rencontres se sont produites dans la vie du projet et lors d’évènements grand public."),
            Paragraph("Ces rencontres ont lieu au quotidien."),
            Quote("Le vendredi midi, la grande table réunit le quartier\u00a0: on y vient pour la soupe, on y reste."),
            Heading(3, "Santé", "sante"),
            Paragraph("Des changements ont été observés pour certaines personnes\u00a0:"),
            Bullets(("une plus grande confiance en soi", "de meilleures relations avec les autres", "un inconfort")),
            Quote("Le bruit de l’atelier gêne les bureaux voisins.\nNous cherchons une solution."),
            Heading(3, "Insertion professionnelle", "insertion"),
            Paragraph("Les actions de formation, d’aide à l’activité ou à l’emploi ont bénéficié à 20\u00a0personnes."),
            Heading(3, "Capacité à agir", "capacite"),
            Paragraph("6\u00a0projets ou actions imprévus ont émergé, portés par des bénévoles."),
            Heading(2, "Effets collectifs", "collectifs", 2),
            _rating("des effets collectifs", 3, "moyenne"),
            Keywords(("prêt d’outils", "réseau", "gouvernance partagée")),
            Heading(3, "Solidarité", "solidarite"),
            Paragraph("Des échanges, dons ou mutualisations de compétences et d’espaces ont été observés entre\u00a0:"),
            Bullets(("personnes travaillant sur le site", "voisins et voisines du quartier")),
            Heading(3, "Sentiment d’inclusion ou d’exclusion", "inclusion"),
            Paragraph("Certaines personnes se sont fédérées autour du lieu."),
            Paragraph("Certaines personnes se sentent exclues."),
            Quote("Les adolescents disent que l’endroit n’est pas pour eux."),
            Heading(3, "Égalité femmes/hommes", "egalite"),
            Paragraph("L’équipe de gestion et d’animation et les publics comptent plus de femmes que d’hommes."),
            Heading(2, "Effets sur le quartier et le territoire", "territoriaux", 3),
            _rating("des effets sur le quartier et le territoire", 2, "faible"),
            Heading(3, "Entretien des espaces", "entretien"),
            Paragraph("Le projet a amélioré le respect des espaces et l’accessibilité à toutes et tous."),
            Paragraph("Le projet a aggravé le bruit et le stationnement."),
            Heading(3, "Services publics et de proximité", "services"),
            Paragraph("Le projet a permis de répondre à des besoins sociaux urgents\u00a0:"),
            Bullets(("cours du soir, aide aux devoirs", "accès aux droits")),
            *_silences("la fréquence des échanges", "l’innovation publique", "l’image du quartier"),
        ),
    )


def almost_empty() -> Report:
    """What a venue gets that answered one question."""
    return _report(
        "Le Hangar",
        (
            Heading(2, "Effets individuels", "individuels", 1),
            Heading(3, "Lien social", "lien_social"),
            Paragraph("Des interactions sociales ont été observées entre bénévoles."),
            *_silences("le lieu", "les effets collectifs", "les effets sur le quartier et le territoire"),
        ),
    )


def tables() -> Report:
    """Numbers beside each other: two years, many years, shares of a network; a long table."""
    people = ("voisins et voisines du quartier", "personnes travaillant sur le site", "bénévoles", "élus et élues")
    counts = (31, 23, 8, 0)
    bars = tuple(Bar(name, count, f"{count} lieux sur 31") for name, count in zip(people, counts, strict=True))
    years = tuple(map(str, range(2019, 2027)))
    return _report(
        "La Filature des Possibles",
        (
            Heading(2, "L’essentiel", "essentiel", front=True),
            Table("Ce que chiffrent les deux éditions", ("", "2024", "2026", "Écart"), _COUNTED),
            Heading(2, "Effets individuels", "individuels", 1),
            Heading(3, "Lien social", "lien_social"),
            Paragraph("Des interactions sociales ont été observées entre différents publics."),
            Bars("Publics entre lesquels des interactions ont été observées", 31, bars),
            Heading(3, "Santé", "sante"),
            Table("D’année en année", ("", *years), tuple((name, *map(str, range(8))) for name in people)),
            Heading(2, "Effets collectifs", "collectifs", 2),
            Heading(3, "Solidarité", "solidarite"),
            Table(
                "Notes données",
                ("Effets", "La note", "Ce qu’elle veut dire"),
                tuple((f"effets de la rubrique numéro {number}", "3", "moyenne") for number in range(1, 60)),
            ),
            Bars("Rien ne s’y compte", 1, (Bar("lieux", 1, "1 lieu sur 1"),)),
        ),
    )


PEOPLE = Table("Les publics", ("", "2024", "Venus de"), (("voisins", "1\u202f200", "la rue"), ("élus", "", "Massy")))
COUNTS = Bars("Les occasions", 4, (Bar("un repas", 4, "4 lieux sur 4"), Bar("un bal", 1, "1 lieu sur 4")))

_COUNTED = (
    ("personnes accompagnées vers la formation, l’activité ou l’emploi", "20", "1\u202f035", "+1\u202f015"),
    ("emplois créés", "4", "2", "−2"),
    ("projets ou actions imprévus", "", "6", ""),
)


def everything() -> Report:
    """Every kind of block, many times, long, and with each hostile text in each place that people fill in."""
    blocks: list[Block] = [*_venue()]
    for number, name in enumerate(("individuels", "collectifs", "sur le quartier et le territoire"), start=1):
        blocks += [
            Heading(2, f"Effets {name}", f"famille{number}", number),
            _rating(f"des effets {name}", 2 * number - 1, "très forte" if number == 3 else "moyenne"),
            Keywords((*HOSTILE[:12], "un mot-clé assez long pour tenir sur plus d’une ligne d’un téléphone", "n" * 90)),
        ]
        for place in range(1, 5):
            blocks += [
                Heading(3, f"Rubrique {number}.{place} sur le sentiment d’inclusion", f"rubrique{number}{place}"),
                Paragraph("Des interactions sociales ont été observées entre différents publics\u00a0:"),
                Bullets(tuple(f"personnes du groupe {group}, grand public et quartier" for group in range(1, 9))),
                Paragraph("Le projet a permis d’améliorer l’accessibilité, la mixité d’usages et l’économie. " * place),
                Quote("\n".join(HOSTILE[place::4])),
                Table(HOSTILE[place], HOSTILE[:3], (HOSTILE[place : place + 3], HOSTILE[place + 9 : place + 12])),
                Bars(HOSTILE[place], 9, tuple(Bar(typed, place, typed) for typed in HOSTILE[place::4])),
                Quote("Une réponse longue, qui raconte une année de la vie du lieu et de ses voisins. " * 6 * place),
            ]
    blocks += _silences(*(f"la question numéro {number}" for number in range(1, 25)))
    return _report('L’Octroi & <b>"Hep"</b> Là-Bas \u202e😀', tuple(blocks))


def _venue() -> tuple[Block, ...]:
    return (
        Heading(2, "Le lieu", "identite"),
        Paragraph("Le lieu se trouve à Saint-Exemple (99123) et a ouvert en 2016."),
        Paragraph("Ce rapport porte sur l’année 2025."),
    )


def _rating(of: str, value: int, level: str) -> Rating:
    return Rating(f"Intensité {of}", value, 5, f"Intensité {of}\u00a0: {value} sur 5, {level}")


def _silences(*topics: str) -> tuple[Block, ...]:
    return (
        Heading(2, "Ce que ce rapport ne dit pas", "silences"),
        Paragraph("Ces questions n’ont pas reçu de réponse\u00a0:"),
        Bullets(topics),
    )


def _report(venue: str, blocks: tuple[Block, ...]) -> Report:
    title = f"Effets sociaux et urbains de {venue}"
    return Report(title, venue, "2025", "fr", (Heading(1, title, "rapport"), *blocks), COLOPHON, DAY)
