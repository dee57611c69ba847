import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from browser.chromium import Chromium
from render import samples

from impact_cli.render.html import render_html

pytestmark = pytest.mark.slow

_TYPED_SO = "Unicode Normalization Form C|Unicode Private Use Area"  # we print what was typed
SAMPLES = {
    "ordinary": samples.ordinary,
    "almost_empty": samples.almost_empty,
    "tables": samples.tables,
    "everything": samples.everything,
}


@pytest.fixture(params=SAMPLES)
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / "report.html"
    file.write_text(render_html(SAMPLES[request.param]()), encoding="utf-8")
    return file


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(chromium: Chromium, node_modules: Path, page: Path, width: int, *, dark: bool) -> None:
    chromium.open(page, width=width, dark=dark)
    chromium.run((node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8") + ";0")
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = chromium.run(f"axe.run(document, {json.dumps(options)})")
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert len(found["passes"]) > 20
    unsure = {rule["id"] for rule in found["incomplete"]}
    assert unsure <= {"color-contrast"}  # a ground it cannot compute; the colours have their own test


def test_validator_finds_nothing(node_modules: Path, page: Path) -> None:
    if shutil.which("java") is None:
        pytest.skip("java is not installed")
    jar = node_modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    checked = subprocess.run(
        ["java", "-jar", str(jar), "--format", "json", str(page)], capture_output=True, check=False, timeout=120
    )
    found = [message["message"] for message in json.loads(checked.stderr)["messages"]]
    assert [message for message in found if not re.search(_TYPED_SO, message)] == []


@pytest.mark.parametrize("width", [320, 768, 1280, 3840])
def test_nothing_is_wider_than_the_window(chromium: Chromium, page: Path, width: int) -> None:
    chromium.open(page, width=width)
    assert chromium.run("document.documentElement.scrollWidth") == width
    beyond = (
        "[...document.querySelectorAll('body *:not(.scroll *)')]"  # what is too wide scrolls in a frame of its own
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
    )
    assert chromium.run(f"{beyond}.length") == 0


def test_no_request_leaves_the_page(chromium: Chromium, page: Path) -> None:
    chromium.requested()
    chromium.open(page)
    asked = [address for address in chromium.requested() if not address.startswith("data:")]
    assert asked == [page.as_uri()]


def test_policy_lets_the_style_in(chromium: Chromium, page: Path) -> None:
    chromium.open(page)
    assert chromium.run("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Iowan')


def test_page_is_dark_where_the_reader_wants_it_and_light_on_paper(chromium: Chromium, page: Path) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    chromium.open(page, dark=True)
    assert chromium.run(ground) == "rgb(21, 23, 26)"
    chromium.open(page, dark=True, paper=True)
    assert chromium.run(ground) == "rgb(255, 255, 255)"


def test_on_paper_the_words_of_a_section_stand_beside_its_name(chromium: Chromium, page: Path) -> None:
    chromium.open(page, width=658, paper=True)  # what the margins leave of A4
    beside = (
        "[...document.querySelectorAll('.section, .part.accent-0')].map(part => part.children[1]"
        ".getBoundingClientRect().left > part.children[0].getBoundingClientRect().right)"
    )
    assert set(chromium.run(beside)) == {True}
