"""The recipe of docs/catalogue.md, followed to the letter."""

import json
import re
import shlex
from pathlib import Path

import pytest
from cli.commands import run

_DOCS = (Path(__file__).parents[2] / "docs" / "catalogue.md").read_text(encoding="utf-8")
_RECIPE = _DOCS.partition("## A questionnaire of one's own\n")[2].partition("\n## ")[0]
_BLOCK = re.compile(r"^```(yaml|sh)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_a_question_is_added_asked_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = _BLOCK.findall(_RECIPE)
    lines = [line for kind, block in blocks if kind == "yaml" for line in block.splitlines()]
    assert len([line for line in lines if not line.startswith("#")]) <= 13
    environ: dict[str, str] = {}
    for kind, block in blocks:
        if kind == "yaml":
            path = Path(block.splitlines()[0].removeprefix("# "))
            path.parent.mkdir(exist_ok=True)
            path.write_text(block, encoding="utf-8")
            continue
        for words in map(shlex.split, block.splitlines()):
            if words[0] == "export":
                environ["IMPACT_QUESTIONS"] = words[1].removeprefix("IMPACT_QUESTIONS=")
            elif "survey" in words:
                answers = {"lien_social.saisons": ["ete", "hiver"]}
                Path("reponses.json").write_text(json.dumps(answers), encoding="utf-8")
                words += ["--answers", "reponses.json"]
            if words[0] == "impact":
                done = run(*words[1:], home=tmp_path / "home", environ=environ)
                assert done.code == 0, done
    shown = run("show", "La Remise", home=tmp_path / "home", environ=environ)
    assert "Saisons où l’on se rencontre le plus : été et hiver." in shown.out
    assert "les saisons" not in run("questions", "lien_social", home=tmp_path / "home").out
