"""Make the pictures of the README from the invented venue: `python docs/pictures/make.py`.

Needs Chromium, and pdftoppm of poppler-utils.
"""  # noqa: INP001  a script, in no package

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
WIDTH, HEIGHT = 1280, 1280


def main() -> None:
    """Three pictures beside this script: the page, the cover of the PDF, its first inner page."""
    with tempfile.TemporaryDirectory() as folder:
        page, document = Path(folder, "rapport.html"), Path(folder, "rapport.pdf")
        for file in (page, document):
            run(str(Path(sys.executable).with_name("impact")), "demo", "--format", file.suffix[1:], "-o", str(file))
        picture_page(page, HERE / "page.png")
        for number in (1, 2):
            picture_sheet(document, number, HERE / f"pdf-{number}.png")


def picture_page(page: Path, picture: Path) -> None:
    """The top of the page, as a window of a laptop shows it."""
    browser = shutil.which("chromium") or shutil.which("google-chrome") or sys.exit("Chromium is not installed.")
    window = [f"--window-size={WIDTH},{HEIGHT}", "--hide-scrollbars", f"--screenshot={picture}"]
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
