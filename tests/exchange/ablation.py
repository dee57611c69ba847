"""Which rules of the reader a kept report needs: `python tests/exchange/ablation.py [MODULE …]` switches each off.

A rule is a condition, one side of an "and" or an "or", a case, a statement for its effect, or a pattern; all are found
in the source. One that changes no reading of the published reports, of damaged ones, of the platform's templates, of
sentences that others may print and of our own text after an editor can go; of the others a report that needs it is
named. Only the reports are read in which a rule says something, until one of them changes.
"""

import ast
import random
import re
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper, cache
from gc import get_objects
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from itertools import product
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

if TYPE_CHECKING:
    from impact_cli.exchange.wordbook import Wordbook

_PUBLISHED = Path(__file__).parents[1] / "published"
_READER = "impact_cli.exchange."
_SECONDS = 5  # of one processor, for a report without a rule that bounds its time
_NEVER = re.compile("(?!)")


@dataclass
class Rule:
    """Where a rule stands, its words, and the reports in which it says something."""

    place: str
    source: str
    said_in: dict[str, None] = field(default_factory=dict)
    module: ModuleType | None = None  # of a pattern


class Switch:
    """All rules, the one that is off, and the report that is read."""

    rules: list[Rule] = []  # noqa: RUF012  one for all
    off: Rule | None = None
    report = ""

    @classmethod
    def pass_on(cls, number: int, neutral: bool, value: object) -> object:
        """The value of a rule's condition, or the neutral one where the rule is off."""
        rule = cls.rules[number]
        if bool(value) is neutral:
            return value
        rule.said_in[cls.report] = None
        return neutral if rule is cls.off else value


class _Rewriter(ast.NodeTransformer):
    """Asks the switch at each rule of a module."""

    def __init__(self, module: str, source: str) -> None:
        self.module, self.source = module, source

    def _ask(self, node: ast.expr | ast.stmt | ast.pattern, value: ast.expr, *, neutral: bool = False) -> ast.expr:
        words = " ".join((ast.get_source_segment(self.source, node) or "").split())
        Switch.rules.append(Rule(f"{self.module}:{node.lineno}", words[:80]))
        number = len(Switch.rules) - 1
        asked = [ast.Constant(number), ast.Constant(neutral), value]
        return ast.copy_location(ast.Call(ast.Name("_pass_on", ast.Load()), asked, []), node)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """The node, each of its rules asked about."""
        super().generic_visit(node)
        match node:
            case ast.If() | ast.IfExp():
                node.test = self._ask(node.test, node.test)
            case ast.BoolOp():
                neutral = isinstance(node.op, ast.And)
                node.values = [self._ask(value, value, neutral=neutral) for value in node.values]
            case ast.comprehension():
                node.ifs = [self._ask(test, test, neutral=True) for test in node.ifs]
            case ast.match_case():
                node.guard = self._ask(node.pattern, node.guard or ast.Constant(value=True))
            case ast.Expr(value=ast.Call() | ast.Yield()) | ast.AugAssign():
                return ast.copy_location(ast.If(self._ask(node, ast.Constant(value=True)), [node], []), node)
            case _:
                pass
        return node


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        """The module, rewritten."""
        source = Path(self.path).read_text(encoding="utf-8")
        tree = ast.parse(source)
        rewriter = _Rewriter(fullname.removeprefix(_READER), source)
        known = ast.FunctionDef | ast.ClassDef
        tree.body = [rewriter.visit(node) if isinstance(node, known) else node for node in tree.body]
        return compile(ast.fix_missing_locations(tree), self.path, "exec")

    def exec_module(self, module: ModuleType) -> None:
        """Run it, and note its patterns."""
        vars(module).update(_pass_on=Switch.pass_on)
        super().exec_module(module)
        patterns = (name for name, value in vars(module).items() if isinstance(value, re.Pattern))
        place = module.__name__.removeprefix(_READER)
        Switch.rules += [Rule(place, name, module=module) for name in patterns]


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The modules of the reader, files included; all others are found as always."""
        place = fullname.removeprefix(_READER)
        if place == fullname or place.startswith(("field", "dataset", "tables", "process")):
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec and spec.origin:
            spec.loader = _Loader(fullname, spec.origin)
        return spec


def kept_reports() -> Iterator[tuple[str, bytes]]:
    """Name and content of every report that is kept, and of some that are drawn."""
    from exchange.noise import DAMAGES, draw_answers, write_page
    from exchange.ours import EDITS
    from exchange.siblings import SIBLINGS
    from exchange.siblings import write_report as write_sibling
    from exchange.templates import YEARS, write_report
    from exchange.test_editors import tell

    for path in sorted(_PUBLISHED.iterdir()):
        if path.suffix in {".txt", ".html", ".md"} and path.stem != "README":
            yield path.name, path.read_bytes()
    for year in YEARS:
        for seed in range(4):
            yield f"{year}-{seed}.txt", write_report(year, random.Random(f"{year} {seed}")).text.encode()
    for damage, hurt in DAMAGES.items():  # those of the table, `test_noise.py`
        for seed, run_in in product(range(8), (False, True)):
            draw = random.Random(f"{damage} {seed} {run_in}")
            if answers := draw_answers(draw):
                page = write_page(answers, draw, run_in=run_in)
                yield f"{damage} {seed} {run_in}.txt", "\n".join(hurt(page, draw)).encode()
    yield from (
        (f"{kind} {number}.txt", write_sibling(section, sentence).encode())
        for kind, sentences in SIBLINGS.items()
        for number, (section, sentence, _) in enumerate(sentences)
    )
    for ending, (edit, change) in product(("txt", "md", "html"), EDITS.items()):
        yield f"{edit}.{ending}", change(tell(ending)).encode()


def open_book(name: str) -> "Wordbook":
    """A wordbook that remembers nothing, to read a report with."""
    from writing import real_catalogue

    from impact_cli.exchange.compiling import compile_wordbook

    Switch.report = name
    for each in _list_remembering():
        each.cache_clear()
    return compile_wordbook(real_catalogue())


@cache
def _list_remembering() -> "list[_lru_cache_wrapper[object]]":
    found = (each for each in get_objects() if isinstance(each, _lru_cache_wrapper))
    return [each for each in found if each.__module__.startswith(_READER)]


def read(book: "Wordbook", name: str, content: bytes) -> object:
    """What a report says."""
    from impact_cli.exchange.published import read_report

    Switch.report = name
    signal.setitimer(signal.ITIMER_PROF, _SECONDS)
    try:
        reading = read_report(book, content, name)
    except Exception as error:  # noqa: BLE001  without a rule anything may happen
        return str(error)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return reading.venue, reading.answers, reading.uncertain, reading.unplaced


def _find_need(rule: Rule, whole: dict[str, object], kept: dict[str, bytes]) -> str:
    """The first report that says something else without a rule."""
    Switch.off = rule
    if rule.module:
        before = getattr(rule.module, rule.source)
        setattr(rule.module, rule.source, _NEVER)
        rule.said_in = dict.fromkeys(kept)
    try:
        book = open_book(next(iter(kept))) if rule.said_in else None
        return next((name for name in [*rule.said_in] if book and read(book, name, kept[name]) != whole[name]), "")
    except Exception as error:  # noqa: BLE001  same
        return f"the wordbook: {error}"
    finally:
        if rule.module:
            setattr(rule.module, rule.source, before)


def _be_late(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def main() -> None:
    """One line a rule; of the modules that are named, else of all."""
    signal.signal(signal.SIGPROF, _be_late)
    sys.meta_path.insert(0, _Finder())
    kept = dict(kept_reports())
    whole = {name: read(open_book(name), name, content) for name, content in kept.items()}
    for rule in sorted(Switch.rules, key=lambda rule: len(rule.said_in)):
        if not sys.argv[1:] or rule.place.startswith(tuple(sys.argv[1:])):
            print(f"{_find_need(rule, whole, kept) or 'no report needs it':40} {rule.place} {rule.source}", flush=True)


if __name__ == "__main__":
    main()
