# ruff: noqa: SIM905
"""Files made to take time or memory: `python tests/exchange/traps.py [NAME]` prints what each of them costs."""

import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

SIZE = 149_000  # characters: a text of 150,000 is read
_HEAD = "Les effets sociaux et urbains de La Remise\n\nLien social\n\n"
_KNOWN = (
    "Des interactions sociales ont été observées entre différents publics ces rencontres ont lieu au quotidien des "
    "échanges dons ou mutualisations de petits services et de compétences la création de réseaux de personnes autour "
    "d’un projet ou d’une action a été observée entre bénévoles et visiteurs grand public nouveaux projets ou actions"
).split()


def _words(seed: int) -> str:
    return " ".join(random.Random(seed).choices(_KNOWN, k=SIZE // 7))


_REPEATED = {
    # letters and signs
    "a": "a",
    "a blank": "a ",
    "newline": "\n",
    "blank": " ",
    "nbsp": "\u00a0",
    "thin blank": "a\u202f",
    "tab": "\t",
    "digit": "1",
    "digit blank": "1 ",
    "digit line": "1\n",
    "numbers": "12 000 ",
    "ligature": "\ufb03",
    "half-width": "\uff76\uff9e",
    "full-width": "\uff21",
    "sharp s": "ß",
    "dotted i": "İ",
    "oe": "œ",
    "one letter of many": "\ufdfa",
    "e and accents": "e\u0301\u0302\u0303",
    "accents": "\u0301",
    "zero width": "a\u200b",
    "soft hyphen": "\u00ad",
    "joiner": "\u200d",
    "rtl": "\u202ea",
    "arabic": "ا",
    "emoji": "👩\u200d🚒",
    "underscore": "_",
    "dash": "-",
    "stop": ".",
    "stops": ". ",
    "comma": ",",
    "colon": ": ",
    "colon and blanks": "a : ",
    "columns": "a     b     c\n",
    "columns of words": "aa     bb\n",
    "form feeds": "aa\f",
    "pages of columns": "ab     cd\n\f",
    "gaps": "ab     ",
    "lines of gaps": "ab     cd     ef     gh\n" * 30,
    "question": "a ? ",
    "apostrophe": "d'",
    "et": "et ",
    "small words": "de la les et l’ ",
    "decisive": "pas ",
    "one word": "bénévoles ",
    "options": "bénévoles, ",
    "option lines": "bénévoles\n",
    "items": "- bénévoles\n",
    "unknown items": "- xylophone\n",
    "inclusive": "exclu.e.s ",
    "hashtag": "#a ",
    "hashtag line": "#a\n",
    "one hashtag": "#a",
    "slashes": "https://a/",
    "links": "https://a.example/b\n",
    "broken word": "abc-\n",
    "quote opens": "« a\n",
    "quote opens only": "«",
    "quoted": "« a »\n\n",
    "straight quotes": '"a" ',
    "parenthesis": "(",
    "brackets": "[",
    "braces": "{",
    "attributes of pandoc": "{#a",
    "divisions": ":::\n",
    "pages": "page 3\n",
    "page of": "3 / 4\n",
    "copyright": "© cookies ",
    "accept cookies": "accepter ",
    "rule": "====\n",
    "underlined": "a\n=\n",
    "null": "\0",
    # sentences
    "title": "Lien social\n",
    "titles": "Lien social\nSanté\n",
    "words of titles": "lien social santé ",
    "families": "Effets individuels\n\n",
    "report title": "Les effets sociaux et urbains de ",
    "report titles": "Les effets sociaux et urbains de La Remise\n",
    "starts": "Des échanges, dons ou mutualisations de ",
    "starts, lines": "Des échanges, dons ou mutualisations de\n",
    "starts, blank lines": "Des échanges, dons ou mutualisations de\n\n",
    "numbered": "12 nouveaux projets ou actions ",
    "numbered, lines": "nouveaux projets ou actions\n",
    "prose before a number": "un mot de trop ",
    "prose of a number": "ont bénéficié à ",
    "begun for a number": "Les actions de formation ont bénéficié à ",
    "typed": "Le lieu se trouve à ",
    "typed, lines": "Ville : a\n",
    "marks": "Intensité : 3 sur 5\n",
    "silences": "Ce que ce rapport ne dit pas\n",
    "silence lines": "- Lien social – non demandé : a.\n",
    "words of a silence": "le lieu ne sait pas : ",
    "contents": "Sommaire\n",
    "printed question": "Quelle rencontre gardez-vous en mémoire ?\n",
    "two columns": "Lien social\n\nSanté\n\nUn texte.\n\nUn autre.\n\n",
    "texts": "Un texte libre de plus, tout simple.\n",
    "texts apart": "Un texte libre de plus, tout simple.\n\n",
    "near words": "benevolse viisteurs publcis ",
    # markup
    "open": "<",
    "close": ">",
    "tag": "<a ",
    "tag of a quote": '<a "',
    "attribute": '<a b="',
    "attribute of an apostrophe": "<a b='",
    "attributes": 'a="" ',
    "tags": "<b>",
    "tags closed": "</b>",
    "items of a page": "<ul><li>a",
    "tables": "<table><tr><td>a",
    "divs": "<div>",
    "asides": "<nav>",
    "hidden": "<svg>",
    "aria": '<p aria-hidden="true">',
    "quotes of a page": "<blockquote>a",
    "paragraphs": "<p>a",
    "breaks": "a<br>",
    "comment": "<!--",
    "a comment": "a<!--",
    "comments": "<!-- a -->",
    "cdata": "<![CDATA[",
    "instruction": "<?",
    "declaration": "<!A",
    "a declaration": "a<!A ",
    "scripts": "<script>",
    "entities": "&amp",
    "entity": "&",
    "numbers of entities": "&#",
    "entity of a digit": "&#1;",
    # Markdown
    "stars": "*",
    "bold": "**a**",
    "bold open": "**a ",
    "emphasis": "*a ",
    "emphases": "*a_ ",
    "emphasis nested": "*a **a ",
    "underscores": "_a ",
    "backtick": "`",
    "backticks": "`a``",
    "backtick blank": "` ",
    "fence": "```\n",
    "tildes": "~~~\n",
    "backslash": "\\",
    "link": "[a](",
    "links of Markdown": "[a](b)",
    "link nested": "[a](<b",
    "picture": "![",
    "references": "[a]: b\n",
    "reference links": "[a][b]",
    "quote of Markdown": "> ",
    "quotes of Markdown": "> a\n\n",
    "quotes nested": ">> a\n",
    "list nested": "- ",
    "list numbered": "1. ",
    "list of Markdown": "* a\n  * b\n",
    "heading": "# a\n",
    "setext": "a\n-\n",
    "table of Markdown": "| a | b |\n|---|---|\n",
    "table of 300 columns": "|" + " a |" * 300 + "\n|" + "---|" * 300 + "\n",
    "bars": "|",
    "lines broken": "a  \n",
    "lines broken by a backslash": "a\\\n",
    "autolinks": "<http://a",
    "code": "    a\n",
    "html block": "<div\n",
}


def make_traps() -> Iterator[tuple[str, str]]:
    """Name and content of each file."""
    for name, unit in _REPEATED.items():
        text = unit * (SIZE // len(unit))
        yield f"{name}.txt", text
        yield f"{name} in a report.txt", (_HEAD + text)[:SIZE]
        yield f"{name}.md", ("# Les effets sociaux et urbains de La Remise\n\n## Lien social\n\n" + text)[:SIZE]
        yield f"{name}.html", f"<html><h1>Les effets sociaux et urbains de La Remise</h1><p>Lien social</p><p>{text}"
    yield "entity of digits.html", "<html><p>&#" + "1" * 100_000 + ";"
    yield "entity of letters.html", "<html><p>&" + "a" * 100_000 + ";"
    yield "five megabytes of <.html", "<html>" + "<" * 4_999_000
    yield "five megabytes of a quote.html", "<html>" + '<a "' * 1_249_000
    yield "five megabytes of &.html", "<html><p>" + "&" * 4_900_000
    yield "five megabytes of a comment.html", "<html>" + "<!--" * 1_249_000
    yield "five megabytes of a script.html", "<html>" + "<script>" * 620_000
    for seed in range(3):
        yield f"words shuffled {seed}.txt", _HEAD + _words(seed)
        yield f"words shuffled, a line each {seed}.txt", _HEAD + _words(seed).replace(" ", "\n")[: SIZE - 100]
        yield f"words shuffled, an item each {seed}.txt", _HEAD + "- " + _words(seed)[:20_000].replace(" ", "\n- ")
        yield f"words shuffled, capitals {seed}.txt", _HEAD + _words(seed).title()
        yield f"words shuffled, stops {seed}.txt", _HEAD + _words(seed).replace(" ", ". ")[: SIZE - 100]
        yield f"words shuffled {seed}.md", _HEAD + _words(seed)
        yield f"words shuffled {seed}.html", "<p>" + _words(seed).replace(" ", "<p>")
    yield "nothing.txt", ""
    yield "broken.pdf", "%PDF-1.7\n" + "x" * SIZE


_ONE = """
import resource, sys, time
sys.path.insert(0, "tests")
from pathlib import Path
from writing import real_book
from impact_cli.errors import ImpactError
from impact_cli.exchange.published import read_report
book = real_book()
path = Path(sys.argv[1])
start = time.process_time()
try:
    reading = read_report(book, path.read_bytes(), path.name)
    said = f"{len(reading.answers)} answers"
except ImpactError as error:
    said = error.message
except BaseException as error:
    said = "CRASH " + repr(error)[:100]
print(f"{time.process_time() - start:.2f}", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, said)
"""


def main() -> None:
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in make_traps():
            if wanted not in name:
                continue
            path = Path(folder) / name.replace("/", "_")
            path.write_text(content, encoding="utf-8", errors="surrogatepass")
            try:
                run = subprocess.run(
                    [sys.executable, "-c", _ONE, path], capture_output=True, text=True, check=False, timeout=20
                )
                print(f"{name:45} {run.stdout.strip() or run.stderr.strip()[-200:]}", flush=True)
            except subprocess.TimeoutExpired:
                print(f"{name:45} over 20", flush=True)
            path.unlink()


if __name__ == "__main__":
    main()
