"""impact demo: the report of an invented venue, out of nothing of the user's."""

from datetime import datetime

from impact_cli.cli.output import Force, Output
from impact_cli.cli.reporting import Format, Open, Trace, build, choose_audience, choose_format, write_report

_VENUE = "Ateliers du Héron (Les)"
_ANSWERS = "exemples/demo.json"
_QUOTATION = "lien_social.exemple"  # what the invented venue chose for its first page


def demo(
    form: Format = None, output: Output = None, force: Force = False, open_it: Open = False, trace: Trace = False
) -> None:
    """Montrer le rapport d’un lieu inventé, sans rien toucher à vos fiches."""
    from impact_cli.answers.answers_file import read_answers
    from impact_cli.answers.consent import find_unasked
    from impact_cli.answers.sheet import CatalogueStamp, Sheet, Status
    from impact_cli.catalogue.folders import catalogue_folder
    from impact_cli.catalogue.loading import load_catalogue

    chosen = choose_format(form, output)
    catalogue = load_catalogue(catalogue_folder())
    now = datetime.now().astimezone()
    stamp = CatalogueStamp(catalogue.id, catalogue.version, catalogue.fingerprint)
    sheet = Sheet(
        venue=_VENUE,
        edition=str(now.year),
        catalogue=stamp,
        created=now,
        changed=now,
        status=Status.FINISHED,
        quotation=_QUOTATION,
    )
    for key, answer in read_answers(catalogue, (catalogue_folder() / _ANSWERS).read_bytes(), _ANSWERS).items():
        sheet = sheet.with_answer(key, answer, now)
    for key in find_unasked(catalogue, sheet):
        sheet = sheet.with_consent(key, publish=True)
    audience = choose_audience(chosen, output, open_it=open_it, internal=False)
    write_report(build(catalogue, sheet, audience, trace=trace), chosen, output, force=force, open_it=open_it)
