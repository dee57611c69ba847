import json

from render import samples

from impact_cli.render.json import FORMAT, render_json
from impact_cli.report.blocks import Heading, Keywords, Paragraph, Quote, Rating, Report


def test_the_keys_are_a_promise() -> None:
    blocks = (
        Heading(2, "Le lieu", "lieu", 1),
        Paragraph("Ici.", ("lieu.commune",)),
        Rating("Intensité", 2, 5, "Intensité\u00a0: 2 sur 5", ("bilan.note",)),
        Keywords(("lien",), ("bilan.mots",)),
    )
    report = Report(
        "Titre", "Le Hangar", "2026", "fr", blocks, ("Pied.",), samples.DAY, untold=(("lieu.ville", "skipped"),)
    )
    assert json.loads(render_json(report)) == {
        "format": FORMAT,
        "title": "Titre",
        "venue": "Le Hangar",
        "edition": "2026",
        "language": "fr",
        "colophon": ["Pied."],
        "made": samples.DAY.isoformat(),
        "notice": "",
        "untold": {"lieu.ville": "skipped"},
        "blocks": [
            {"type": "heading", "level": 2, "text": "Le lieu", "anchor": "lieu", "accent": 1, "front": False},
            {"type": "paragraph", "text": "Ici.", "tells": ["lieu.commune"]},
            {
                "type": "rating",
                "label": "Intensité",
                "value": 2,
                "maximum": 5,
                "text": "Intensité\u00a0: 2 sur 5",
                "tells": ["bilan.note"],
            },
            {"type": "keywords", "words": ["lien"], "tells": ["bilan.mots"]},
        ],
    }


def test_texts_are_exactly_as_typed() -> None:
    report = samples.everything()
    quoted = [block.text for block in report.blocks if isinstance(block, Quote)]
    document = json.loads(render_json(report))
    assert [block["text"] for block in document["blocks"] if block["type"] == "quote"] == quoted
