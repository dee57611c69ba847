"""Make the pictures of the README from the invented venue: `python docs/pictures/make.py`.

Needs Chromium, and pdftoppm of poppler-utils.
"""  # noqa: INP001  a script, in no package

import html
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SCREEN = HERE.parent.parent / "tests" / "golden" / "screens" / "survey_options_80.txt"
WIDTH, HEIGHT = 1280, 1280
_DARK = "background:#14181d"
IMPACT = str(Path(sys.executable).with_name("impact"))


def main() -> None:
    """Five pictures beside this script: a screen of the survey, the page, two pages of the PDF, a network's page."""
    picture_screen(SCREEN, HERE / "survey.png")
    with tempfile.TemporaryDirectory() as folder:
        page, document = Path(folder, "rapport.html"), Path(folder, "rapport.pdf")
        for file in (page, document):
            run(IMPACT, "demo", "--format", file.suffix[1:], "-o", str(file))
        picture_page(page, HERE / "page.png")
        for number in (1, 2):
            picture_sheet(document, number, HERE / f"pdf-{number}.png")
        network, together = str(Path(folder, "reseau")), Path(folder, "panorama.html")
        run(IMPACT, "demo", "--network", network)
        run(IMPACT, "panorama", network, "-o", str(together))
        picture_page(together, HERE / "panorama.png", height=2680)


def picture_screen(screen: Path, picture: Path) -> None:
    """A screen that the tests hold the survey to, as a terminal of 80 columns draws it."""
    style = f"margin:0;padding:28px 36px;{_DARK};color:#e6e2d8;font:19px/1.45 'DejaVu Sans Mono',monospace"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "screen.html")
        shown = html.escape(screen.read_text(encoding="utf-8"))
        page.write_text(
            f'<meta charset=utf-8><body style="margin:0;{_DARK}"><pre style="{style}">{shown}', encoding="utf-8"
        )
        picture_page(page, picture, width=1020, height=150 + 28 * len(shown.splitlines()))


def picture_page(page: Path, picture: Path, width: int = WIDTH, height: int = HEIGHT) -> None:
    """The top of the page, as a window of a laptop shows it."""
    browser = shutil.which("chromium") or shutil.which("google-chrome") or sys.exit("Chromium is not installed.")
    window = [f"--window-size={width},{height}", "--hide-scrollbars", f"--screenshot={picture}"]
    run(browser, "--headless", "--no-sandbox", "--disable-gpu", *window, page.as_uri())


def picture_sheet(document: Path, number: int, picture: Path) -> None:
    """One page of the PDF, 900 pixels high."""
    one = ["-png", "-singlefile", "-f", str(number), "-scale-to", "900"]
    run("pdftoppm", *one, str(document), str(picture.with_suffix("")))


def run(*command: str) -> None:
    """Run a program that is expected to succeed."""
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  our own commands


if __name__ == "__main__":
    main()
