"""One small question of each kind, and one whose options are long."""

from impact_cli.catalogue.model import Grid, Keywords, Many, Number, One, Option, Rating, Text
from impact_cli.survey.prompter import Step

PUBLICS = Many(
    id="publics",
    ask="Entre quels publics des rencontres ont-elles été observées\u202f?",
    topic="les publics qui se rencontrent",
    hint="Cochez tout ce qui a été vu, même une seule fois.",
    options=(
        Option(id="voisins", label="Voisins et voisines du quartier"),
        Option(
            id="acteurs",
            label="Acteurs et actrices du quartier\u00a0: associations, entreprises locales, collectifs et écoles",
        ),
        Option(id="benevoles", label="Bénévoles"),
        Option(id="rien", label="Aucune rencontre", exclusive=True),
    ),
)
LONG_LIST = Many(
    id="besoins",
    ask="Quels besoins du quartier le lieu aide-t-il à couvrir\u202f?",
    topic="les besoins couverts",
    options=tuple(
        Option(id=f"besoin_{number}", label=f"Le besoin numéro {number}, dit en assez de mots pour se plier deux fois")
        for number in range(1, 31)
    ),
)
FREQUENCY = One(
    id="frequence",
    ask="À quelle fréquence\u202f?",
    topic="la fréquence des rencontres",
    options=(
        Option(id="quotidien", label="Au quotidien"),
        Option(id="semaine", label="Au moins une fois par semaine"),
        Option(id="mois", label="Au moins une fois par mois"),
    ),
)
INTENSITY = Rating(
    id="intensite",
    ask="Quelle est l’intensité de ces effets\u202f?",
    topic="l’intensité de ces effets",
    levels=("très faible", "faible", "moyenne", "forte", "très forte"),
)
FROM_NONE = Rating(
    id="intensite",
    ask="Quelle est l’intensité de ces effets\u202f?",
    topic="l’intensité de ces effets",
    levels=("très faible", "faible", "moyenne", "forte", "très forte"),
    none="aucun effet constaté",
)
PEOPLE = Number(id="combien", ask="Combien de personnes\u202f?", topic="le nombre de personnes", example="20")
TOWN = Text(id="ville", ask="Dans quelle ville\u202f?", topic="la ville")
EXAMPLE = Text(
    id="exemple",
    ask="Un exemple concret\u202f?",
    topic="un exemple concret",
    lines=True,
    example="Une voisine a appris à coudre à deux jeunes.",
)
HASHTAGS = Keywords(id="mots", ask="Quelques mots-clés\u202f?", topic="les mots-clés")
PARITY = Grid(
    id="parite",
    ask="Y a-t-il plus de femmes ou plus d’hommes\u202f?",
    topic="la part des femmes",
    rows=(Option(id="equipe", label="L’équipe"),),
    choices=(Option(id="plus", label="Plus de femmes"), Option(id="autant", label="Autant")),
)
KINDS = (PUBLICS, FREQUENCY, INTENSITY, PEOPLE, TOWN, EXAMPLE, HASHTAGS, PARITY)


def step_for(question: Many | One | Rating | Number | Text | Keywords | Grid, **more: object) -> Step:
    """The question as the second of four; `more` are the other fields of a step."""
    row = question.rows[0] if isinstance(question, Grid) else None
    return Step(question, row, 2, 4, **more)  # type: ignore[arg-type]
