"""The French of our own words: in the program's source, and in any report."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from report.speaking import own_sentences_of, random_sheet
from writing import real_catalogue

import impact_cli
from impact_cli.report.blocks import Paragraph
from impact_cli.report.build import build_report
from impact_cli.typography import typeset

SOURCES = sorted(Path(impact_cli.__file__).parent.rglob("*.py"))

# What no sentence of ours contains, and what it is.
FAULTS = {
    r"'": "a straight apostrophe",
    r"\s,": "a space before a comma",
    r"\s\.(?!\.)": "a space before a full stop",
    r"(?<![\u00a0])[:»]": "no unbreakable space before : or »",
    r"«(?!\u00a0)": "no unbreakable space after «",
    r"(?<!\u202f)[;!?]": "no narrow unbreakable space before ; ! or ?",
    r"\.{2}|,\.|:\.": "two marks that exclude each other",
    r"  |\s\s": "two spaces",
    r"\b[dD]e (?:les?|des)\b": "de without its contraction",
    r"\b(?:de|le|la|que|se|ne|ce) [aeiouyéèêâîôû]": "no elision",
    r"\b(?:à|À) les?\b": "à without its contraction",
    r"[{}]": "a slot that was not filled",
    r"\b[01] (?:personnes|projets|nouveaux)\b": "a plural after 0 or 1",
}
# "se" and the like before a word that only looks as if it began with a vowel.
ALLOWED = re.compile(r"(?:le|la|de|que) (?:onz|oui\b|un\b.{0,3}%)|\d{2}:\d{2}|https?:")
# Docstrings that only look like a command's, conditions of a form, and a sign that stands alone.
_CODE = re.compile(r"\b(?:the|of|is|and|where)\b|!= ''|^x : $")


def _docstrings(tree: ast.AST) -> set[int]:
    """The docstrings, save those of commands, which typer prints."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [(node, node.body[0]) for node in ast.walk(tree) if isinstance(node, holders) and node.body]
    return {
        id(statement.value)
        for node, statement in first
        if isinstance(statement, ast.Expr) and not getattr(node, "decorator_list", [])
    }


def _patterns(tree: ast.AST) -> set[int]:
    """Everything inside a call of the re module."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_of_re(node.func)]
    return {id(inside) for call in calls for inside in ast.walk(call)}


def _is_of_re(function: ast.expr) -> bool:
    match function:
        case ast.Attribute(value=ast.Name(id="re")):
            return True
        case _:
            return False


def _literals(path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = _docstrings(tree) | _patterns(tree)
    for node in ast.walk(tree):
        if id(node) in silent:
            continue
        match node:
            case ast.Constant(value=str(words)):
                yield node.lineno, words
            case ast.JoinedStr(values=parts):
                yield node.lineno, "".join(_read_part(part) for part in parts)


def _read_part(part: ast.expr) -> str:
    """A piece of an f-string, what is filled in standing as one letter: a sign behind it needs its space too."""
    return str(part.value) if isinstance(part, ast.Constant) else "x"


@pytest.mark.slow
def test_the_words_of_the_source_are_typeset() -> None:
    said = ((f"{path.name}:{line}", words) for path in SOURCES for line, words in _literals(path))
    wrong = [f"{place}: {words!r}" for place, words in said if not _CODE.search(words) and typeset(words) != words]
    assert wrong == []


def test_no_sentence_of_a_report_has_a_fault_of_typography() -> None:
    sentences = {words for seed in range(80) for words in own_sentences_of(random_sheet(seed))}
    wrong = [
        f"{what}: {words}"
        for words in sorted(sentences)
        for fault, what in FAULTS.items()
        if re.search(fault, ALLOWED.sub("", words))
    ]
    assert wrong == []


def test_every_sentence_ends_as_a_sentence() -> None:
    for seed in range(30):
        report = build_report(real_catalogue(), random_sheet(seed), date(2026, 3, 1), "1.0")
        for block in report.blocks:
            if isinstance(block, Paragraph):
                assert block.text[-1] in ".:…", block.text
                assert block.text[0].isupper() or block.text[0].isdigit(), block.text
