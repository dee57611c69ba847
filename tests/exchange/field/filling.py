"""A sheet as somebody types it into the fields of a form."""

from collections.abc import Mapping

from impact_cli.answers.sheet import Answer, Sheet, Silence
from impact_cli.catalogue.model import Catalogue, Keywords, Question, list_offered
from impact_cli.exchange.field import conditions, names


def keep_offered(catalogue: Catalogue, sheet: Sheet) -> dict[str, Answer]:
    """What of a sheet can be said in the form: without questions and options that are not asked any more."""
    offered = conditions.list_offered(catalogue.questions)
    said = {key: _keep(offered[key], answer) for key in offered if (answer := sheet.answer(key)) is not None}
    return {key: answer for key, answer in said.items() if answer is not None}


def _keep(question: Question, answer: Answer) -> Answer | None:
    options = getattr(question, "options", None)
    if options is None or isinstance(answer, Silence):
        return answer
    able = {option.id for option in list_offered(options)}
    if isinstance(answer, tuple):
        return tuple(one for one in answer if one in able) or None
    return answer if answer in able else None


def fill(catalogue: Catalogue, said: Mapping[str, Answer]) -> dict[str, str | list[str]]:
    """The fields with what is typed or ticked in each."""
    filled: dict[str, str | list[str]] = {}
    for key, answer in said.items():
        match answer:
            case Silence():
                filled[names.name_silence(key)] = answer.value
            case Mapping():
                filled |= {names.name_row(key, row): choice for row, choice in answer.items()}
            case tuple() if isinstance(catalogue.questions[key], Keywords):
                filled[names.name_question(key)] = ", ".join(answer)
            case tuple():
                filled[names.name_question(key)] = [*answer]
            case _:
                filled[names.name_question(key)] = str(answer)
    return filled
