"""Submissions as KoboToolbox and ODK Central export them, after their documented shapes, written from sheets."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from impact_cli.answers.sheet import Sheet, Value
from impact_cli.catalogue.model import Catalogue, Grid, Keywords, Many, Question, Text, options_of
from impact_cli.exchange.field import naming
from impact_cli.exchange.field.xlsform import build_form

Row = Mapping[str, str]  # by name of a field, as a phone sends it: option ids between spaces


@dataclass(frozen=True)
class Sent:
    """One submission: what a sheet says, in whose name, and the id that the server gave it."""

    sheet: Sheet
    voice: str = ""
    instance: str = "11111111-2222-4333-8444-555555555555"

    def row(self, catalogue: Catalogue) -> Row:
        """What the form sends."""
        opening = {
            naming.VENUE: self.sheet.venue,
            naming.EDITION: self.sheet.edition,
            naming.VOICE: self.voice,
            naming.STAMP: naming.write_stamp(catalogue),
        }
        return opening | dict(_write_sheet(catalogue, self.sheet))


def _write_sheet(catalogue: Catalogue, sheet: Sheet) -> Iterator[tuple[str, str]]:
    for key, value in sheet.answers.items():
        question = catalogue.questions[key]
        if isinstance(question, Grid) and isinstance(value, Mapping):
            yield from ((naming.name_row(key, row), choice) for row, choice in value.items())
        else:
            yield naming.name_question(key), _write_value(question, value)
        if (given := sheet.find_consent(key)) and not (isinstance(question, Text) and question.public):
            yield naming.name_consent(key), naming.YES if given.publish else naming.NO
    yield from ((naming.name_silence(key), silence.value) for key, silence in sheet.silences.items())


def _write_value(question: Question, value: Value) -> str:
    if isinstance(value, tuple):
        return (", " if isinstance(question, Keywords) else " ").join(value)
    return str(value)


@dataclass(frozen=True)
class Column:
    """A column of a form: the field, its group, and what it is called where people want labels."""

    name: str
    group: str
    label: str
    page: str


def list_columns(catalogue: Catalogue) -> list[Column]:
    """The fields of the form, in its order."""
    columns, groups = list[Column](), list[tuple[str, str]]()
    for row in build_form(catalogue).survey:
        if row.type == "begin_group":
            groups.append((row.name, row.label))
        elif row.type == "end_group":
            groups.pop()
        else:
            group, page = "/".join(name for name, _ in groups), "/".join(label for _, label in groups)
            columns.append(Column(row.name, group, row.label or row.name, page))
    return columns


def central_csv(catalogue: Catalogue, sent: Sequence[Sent], *, split: bool = False, groups: bool = True) -> bytes:
    """ODK Central's table: commas, groups joined by hyphens; options as columns too where they are split."""
    many = _options_of_many(catalogue)
    columns = list_columns(catalogue)
    heads = {
        column.name: f"{column.group.replace('/', '-')}-{column.name}" if groups and column.group else column.name
        for column in columns
    }
    table = [["SubmissionDate"]]
    for column in columns:
        options = many.get(column.name, {}) if split else {}
        table[0] += [heads[column.name], *(f"{heads[column.name]}/{option}" for option in options)]
    table[0] += ["meta-instanceID", "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected"]
    table[0] += ["Status", "ReviewState", "DeviceID", "Edits", "FormVersion"]
    for each in sent:
        row = each.row(catalogue)
        cells = ["2026-03-01T14:30:00.000Z"]
        for column in columns:
            value = row.get(column.name, "")
            options = many.get(column.name, {}) if split else {}
            cells += [value, *("1" if option in value.split() else "0" for option in options)]
        uuid = f"uuid:{each.instance}"
        table.append([*cells, uuid, uuid, "5", "Compte de terrain", "0", "0", "", "", "collect:abc", "0", "2026.2+abc"])
    return _write_csv(table, ",", "\n").encode()


Multiple = Literal["both", "single", "separate"]


def kobo_table(  # noqa: PLR0913  each is a choice of KoboToolbox's export
    catalogue: Catalogue,
    sent: Sequence[Sent],
    *,
    labels: bool,
    multiple: Multiple,
    hierarchy: bool = False,
    ticks: tuple[str, str] = ("1", "0"),
) -> list[list[str]]:
    """KoboToolbox's table, with names or labels; several options in one column, one column each, or both."""
    many = _options_of_many(catalogue)
    said = _labels_of_choices(catalogue) if labels else {}
    table: list[list[str]] = [[]]
    rows = [each.row(catalogue) for each in sent]
    cells: list[list[str]] = [[] for _ in sent]
    for column in list_columns(catalogue):
        group = (column.page if labels else column.group) if hierarchy else ""
        head = "/".join(filter(None, (group, column.label if labels else column.name)))
        options = many.get(column.name, {})
        choices = said.get(column.name, {})
        is_many = column.name in many
        if not is_many or multiple != "separate":
            table[0].append(head)
            for row, line in zip(rows, cells, strict=True):
                value = row.get(column.name, "")
                line.append(" ".join(choices.get(each, each) for each in value.split()) if choices else value)
        if is_many and multiple != "single":
            table[0] += [f"{head}/{label if labels else option}" for option, label in options.items()]
            for row, line in zip(rows, cells, strict=True):
                chosen = row.get(column.name, "").split()
                line += [ticks[0 if option in chosen else 1] if chosen else "" for option in options]
    table[0] += ["_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by"]
    table[0] += ["__version__", "_tags", "meta/rootUuid", "_index"]
    for number, (each, line) in enumerate(zip(sent, cells, strict=True), 1):
        uuid = each.instance
        meta = [
            str(1000 + number),
            uuid,
            "2026-03-01T14:30:00",
            "",
            "",
            "submitted_via_web",
            "",
            "vAbC",
            "",
            f"uuid:{uuid}",
        ]
        table.append([*line, *meta, str(number)])
    return table


def kobo_csv(catalogue: Catalogue, sent: Sequence[Sent], *, separator: str = ";", **style: object) -> bytes:
    """The same as CSV, with a byte order mark and each cell between quotes."""
    table = kobo_table(catalogue, sent, **style)  # type: ignore[arg-type]
    return _write_csv(table, separator, "\r\n", csv.QUOTE_ALL).encode("utf-8-sig")


def kobo_xlsx(catalogue: Catalogue, sent: Sequence[Sent], **style: object) -> bytes:
    """The same as a workbook, with whole numbers as numbers."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Effets")
    for row in kobo_table(catalogue, sent, **style):  # type: ignore[arg-type]
        sheet.append([_write_cell(sheet, cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write_cell(sheet: object, cell: str) -> object:
    from openpyxl.cell import WriteOnlyCell

    if cell.isascii() and cell.isdigit() and len(cell) < 15 and str(int(cell)) == cell:  # a spreadsheet rounds more
        return int(cell)
    written = WriteOnlyCell(sheet, value=cell)  # type: ignore[arg-type]
    written.data_type = "s"
    return written


def kobo_json(catalogue: Catalogue, sent: Sequence[Sent]) -> bytes:
    """KoboToolbox's API: one flat object a submission, without what is empty."""
    groups = {column.name: column.group for column in list_columns(catalogue)}
    results: list[dict[str, object]] = [
        {
            "_id": 1000 + number,
            "formhub/uuid": "0f0f",
            **{
                "/".join(filter(None, (groups.get(name), name))): value
                for name, value in each.row(catalogue).items()
                if value
            },
            "__version__": "vAbC",
            "meta/instanceID": f"uuid:{each.instance}",
            "meta/rootUuid": f"uuid:{each.instance}",
            "_xform_id_string": "aXyZ",
            "_uuid": each.instance,
            "_attachments": [],
            "_status": "submitted_via_web",
            "_geolocation": [None, None],
            "_submission_time": "2026-03-01T14:30:00",
            "_tags": [],
            "_notes": [],
            "_validation_status": {},
            "_submitted_by": None,
        }
        for number, each in enumerate(sent)
    ]
    return json.dumps({"count": len(results), "next": None, "previous": None, "results": results}).encode()


def odata_json(catalogue: Catalogue, sent: Sequence[Sent]) -> bytes:
    """ODK Central's OData: objects within objects, null where nothing was answered."""
    value = []
    for each in sent:
        row = each.row(catalogue)
        item: dict[str, object] = {"__id": f"uuid:{each.instance}"}
        item["__system"] = {
            "submissionDate": "2026-03-01T14:30:00.000Z",
            "submitterName": "Compte",
            "edits": 0,
            "reviewState": None,
        }
        for column in list_columns(catalogue):
            inner = item
            for group in filter(None, column.group.split("/")):
                inner = inner.setdefault(group, {})  # type: ignore[assignment]
            inner[column.name] = row.get(column.name) or None
        item["meta"] = {"instanceID": f"uuid:{each.instance}", "instanceName": "La Remise 2026"}
        value.append(item)
    return json.dumps({"value": value, "@odata.context": "https://exemple.org/$metadata#Submissions"}).encode()


def instance_xml(catalogue: Catalogue, each: Sent) -> bytes:
    """One submission as a phone sends it, to either of the two."""
    row = each.row(catalogue)
    groups: dict[str, list[str]] = {}
    for column in list_columns(catalogue):
        if value := row.get(column.name, ""):
            groups.setdefault(column.group, []).append(f"<{column.name}>{escape(value)}</{column.name}>")
    inner = "".join(_nest(group.split("/") if group else [], "".join(fields)) for group, fields in groups.items())
    meta = f"<orx:meta><orx:instanceID>uuid:{each.instance}</orx:instanceID></orx:meta>"
    root = f'<data xmlns:orx="http://openrosa.org/xforms" id="impact" version="2026.2">{inner}{meta}</data>'
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{root}".encode()


def _nest(groups: Sequence[str], inner: str) -> str:
    for group in reversed(groups):
        inner = f"<{group}>{inner}</{group}>"
    return inner


def many_xml(catalogue: Catalogue, sent: Sequence[Sent]) -> bytes:
    """Several in one file, as KoboToolbox's XML export has them."""
    bodies = [instance_xml(catalogue, each).partition(b"\n")[2] for each in sent]
    return b"<root><count>2</count><results>" + b"".join(bodies) + b"</results></root>"


def central_zip(catalogue: Catalogue, sent: Sequence[Sent]) -> bytes:
    """ODK Central's archive: the table, and what phones attached."""
    return pack({"impact.csv": central_csv(catalogue, sent, split=True), "media/photo.jpg": b"\xff\xd8 no picture"})


def pack(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


Style = Callable[[Catalogue, Sequence[Sent]], bytes]
STYLES: dict[str, tuple[str, Style]] = {
    "central": ("envois.csv", central_csv),
    "central, split": ("envois.csv", partial(central_csv, split=True)),
    "central, no groups": ("envois.csv", partial(central_csv, groups=False)),
    "kobo, names": ("envois.csv", partial(kobo_csv, labels=False, multiple="both", hierarchy=True)),
    "kobo, names, commas": ("envois.csv", partial(kobo_csv, separator=",", labels=False, multiple="single")),
    "kobo, TRUE": ("envois.csv", partial(kobo_csv, labels=False, multiple="separate", ticks=("TRUE", "FALSE"))),
    "kobo, OUI": ("envois.csv", partial(kobo_csv, labels=False, multiple="separate", ticks=("OUI", "NON"))),
    "kobo, labels": ("envois.csv", partial(kobo_csv, labels=True, multiple="both")),
    "kobo, labels alone": ("envois.csv", partial(kobo_csv, labels=True, multiple="single")),
    "kobo, labels, pages": ("envois.csv", partial(kobo_csv, labels=True, multiple="separate", hierarchy=True)),
    "kobo, workbook": ("envois.xlsx", partial(kobo_xlsx, labels=False, multiple="both", hierarchy=True)),
    "kobo, workbook of labels": ("envois.xlsx", partial(kobo_xlsx, labels=True, multiple="both")),
    "kobo, JSON": ("envois.json", kobo_json),
    "central, OData": ("envois.json", odata_json),
    "XML": ("envois.xml", many_xml),
    "central, archive": ("envois.zip", central_zip),
}


def write(folder: Path, style: str, catalogue: Catalogue, sent: Sequence[Sent]) -> Path:
    """The file of these submissions in a style."""
    name, build = STYLES[style]
    path = folder / name
    path.write_bytes(build(catalogue, sent))
    return path


def _options_of_many(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    return {
        naming.name_question(key): {option.id: option.label for option in question.options}
        for key, question in catalogue.questions.items()
        if isinstance(question, Many)
    }


def _labels_of_choices(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """By field, the label of each choice, where exports write labels in the cells."""
    form = build_form(catalogue)
    lists: dict[str, dict[str, str]] = {}
    for choice in form.choices:
        lists.setdefault(choice.list_name, {})[choice.name] = choice.label
    listed = {row.name: row.type.partition(" ")[2] for row in form.survey}
    former = {
        naming.name_question(key): {
            option.id: option.label for options in options_of(question).values() for option in options
        }
        for key, question in catalogue.questions.items()
    }
    return {name: former.get(name, {}) | lists[listing] for name, listing in listed.items() if listing in lists}


def _write_csv(
    table: Sequence[Sequence[str]], separator: str, end: str, quoting: Literal[0, 1] = csv.QUOTE_MINIMAL
) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator=end, quoting=quoting).writerows(table)
    return file.getvalue()
