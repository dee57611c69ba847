"""The JSON Schema of a sheet, for databases and other programs."""

from typing import assert_never

from impact_cli.answers.migrations import latest_format
from impact_cli.answers.sheet_form import SHEET, Schema
from impact_cli.catalogue.model import Catalogue, Grid, Keywords, Many, Number, One, Option, Question, Rating, Text


def describe_sheet(catalogue: Catalogue) -> Schema:
    """The schema (draft 2020-12) of the sheets of a catalogue; keys it does not name are allowed, as in the file."""
    form = SHEET.schema
    answers: Schema = {
        key: {"title": question.ask, **_describe(question)} for key, question in catalogue.questions.items()
    }
    today = {"format": {"const": latest_format()}, "answers": {"type": "object", "properties": answers}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": catalogue.title,
        "description": f"Fiche du questionnaire «\u00a0{catalogue.id}\u00a0», version {catalogue.version}",
        **form,
        "properties": {**form["properties"], **today},
    }


def _describe(question: Question) -> Schema:
    match question:
        case Many(options=options):
            return {"type": "array", "minItems": 1, "uniqueItems": True, "items": _one_of(options)}
        case One(options=options):
            return _one_of(options)
        case Number(min=low, max=high):
            return {"type": "integer", "minimum": low, "maximum": high}
        case Rating(marks=marks):
            return {"type": "integer", "minimum": min(marks), "maximum": max(marks)}
        case Text(max_length=most):
            return {"type": "string", "minLength": 1, "maxLength": most}
        case Grid(rows=rows, choices=choices):
            properties = {row.id: {"title": row.label, **_one_of(choices)} for row in rows}
            return {"type": "object", "minProperties": 1, "additionalProperties": False, "properties": properties}
        case Keywords(most=most):
            return {"type": "array", "minItems": 1, "maxItems": most, "items": {"type": "string"}}
        case _:
            assert_never(question)


def _one_of(options: tuple[Option, ...]) -> Schema:
    return {"oneOf": [{"const": option.id, "title": option.label} for option in options]}
