"""Every kind of page, as seen: `python -m tests.gates.screenshots FOLDER`; with --readme, the README's pictures.

A file is called after the kind of page, its language, the width and the colours: award-en-390-dark.png.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.example_site import LANGUAGES, ROOT, build_example, examples, translated
from tests.find_browser import need
from tests.pages.browsing import served

WIDTHS = {390: 844, 1280: 900}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
IMAGES = ROOT / "docs/images"
README = {"award-page": ("valid", 390, 844, 390), "catalogue": ("home", 1280, 900, 640)}
README |= {"statistics": ("statistics", 1280, 900, 640)}
"""The pictures of the README: kind of page, width and height of the window, width of the picture."""
LIMIT = 60_000


@contextmanager
def _example(home: Path) -> Iterator[tuple[Browser, str, dict[str, str]]]:
    site = build_example(home)
    with served(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need(), args=["--no-sandbox"])
        yield browser, base, examples(site)
        browser.close()


def shoot(home: Path, folder: Path) -> int:
    """Put a picture of every kind of page, language, width and colour scheme into `folder`; how many there are."""
    shutil.rmtree(folder, ignore_errors=True)
    with _example(home) as (browser, base, paths):
        page = browser.new_page()
        for kind, path in paths.items():
            for language, address in zip(LANGUAGES, translated(path), strict=False):
                page.goto(base + address)
                for width, height in WIDTHS.items():
                    page.set_viewport_size({"width": width, "height": height})
                    for scheme in SCHEMES:
                        page.emulate_media(color_scheme=scheme)
                        page.screenshot(path=folder / f"{kind}-{language}-{width}-{scheme}.png", full_page=True)
    return len(list(folder.glob("*.png")))


def draw_readme(home: Path, folder: Path) -> None:
    """Draw the pictures of the README, of as few colours as they can do with."""
    with _example(home) as (browser, base, paths):
        for name, (kind, width, height, shown) in README.items():
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
            page.goto(f"{base}{LANGUAGES['en']}{paths[kind]}")
            whole = Image.open(BytesIO(page.screenshot())).convert("RGB")
            size = (shown, height * shown // width)
            small = whole.resize(size, Image.Resampling.LANCZOS).quantize(64, dither=Image.Dither.NONE)
            small.save(folder / f"{name}.png", optimize=True)


def main(arguments: list[str]) -> int:
    """Make what is asked for, and say what was made."""
    with tempfile.TemporaryDirectory() as home:
        if arguments == ["--readme"]:
            draw_readme(Path(home), IMAGES)
            print("\n".join(f"docs/images/{name}.png" for name in README))
        elif len(arguments) == 1 and not arguments[0].startswith("-"):
            print(f"{shoot(Path(home), Path(arguments[0]))} pictures in {arguments[0]}")
        else:
            print("name the folder for the pictures, or --readme", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
