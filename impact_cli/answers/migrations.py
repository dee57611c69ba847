"""How a sheet written in an older format becomes one of today's: one step from each format to the next."""

import json
from collections.abc import Callable, Mapping, Sequence

Document = Mapping[str, object]

# STEPS[0] turns a document of format 1 into one of format 2, and so on: a new format is a new step at the end. A step
# gives a new mapping, keeps every key it does not know, and leaves `format` alone. Format 1 is the first.
STEPS: Sequence[Callable[[Document], Document]] = ()


def latest_format() -> int:
    """The number of today's format."""
    return len(STEPS) + 1


def read_format(content: bytes) -> int:
    """The number of the format a file says it has; today's where it says nothing that can be understood."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return latest_format()
    number = document.get("format") if isinstance(document, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else latest_format()


def migrate(content: bytes) -> bytes:
    """The file as today's format has it; the same bytes where it is today's, newer, or no sheet at all."""
    number = read_format(content)
    if not 1 <= number < latest_format():
        return content
    document: Document = json.loads(content)
    for step in STEPS[number - 1 :]:
        document = step(document)
    return json.dumps({**document, "format": latest_format()}, ensure_ascii=False).encode("utf-8", "surrogatepass")
