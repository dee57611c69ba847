"""How a sheet written in an older format becomes one of today's: one step from each format to the next."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

Document = Mapping[str, object]


def latest_format() -> int:
    """The number of today's format."""
    return len(STEPS) + 1


def read_format(document: object) -> int:
    """The number of the format a file says it has; today's where it says nothing that can be understood."""
    number = document.get("format") if isinstance(document, Mapping) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else latest_format()


def migrate(document: Document) -> Document:
    """The document as today's format has it; the same where it is today's, or newer."""
    number = read_format(document)
    if not 1 <= number < latest_format():
        return document
    for step in STEPS[number - 1 :]:
        document = step(document)
    return {**document, "format": latest_format()}


def _bind_consent(document: Document) -> Document:
    """Format 2: consent is given to words. What was cleared by its key alone is bound to the words the file holds."""
    others = {key: value for key, value in document.items() if key != "cleared"}
    cleared, answers = document.get("cleared", {}), document.get("answers", {})
    if not isinstance(cleared, Mapping) or not isinstance(answers, Mapping):
        return {**others, "consent": cleared}
    texts = {key: text for key in cleared if isinstance(text := answers.get(key), str)}
    digests = {key: hashlib.sha256(text.encode()).hexdigest() for key, text in texts.items()}
    consent = {key: {"publish": cleared[key], "words": digest} for key, digest in digests.items()}
    return {**others, "consent": consent}


# STEPS[0] turns a document of format 1 into one of format 2, and so on: a new format is a new step at the end. A step
# gives a new mapping, keeps every key it does not know, and leaves `format` alone.
STEPS: Sequence[Callable[[Document], Document]] = (_bind_consent,)
