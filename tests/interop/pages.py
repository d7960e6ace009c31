"""Every page and style sheet of a built site, judged by checkers of HTML and CSS; and controls for these."""

import json
import shutil
from pathlib import Path
from typing import TypedDict

from tests.example_site import build_example
from tests.interop import environments

PAGE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body>{}</body></html>'
FAULTS = {
    "a list item outside a list": PAGE.format("<li>x</li>"),
    "a tag that is never closed": PAGE.format("<p><strong>x</p>"),
    "an id that is there twice": PAGE.format('<p id="a">x</p><p id="a">y</p>'),
    "an attribute that there is not": PAGE.format('<button type="submitt">x</button>'),
    "a property that CSS does not know": "a { colour: red; }",
}
"""What is wrong, and a file with it."""


class Judgement(TypedDict):
    """How much was judged, and what was found, as `path:line: rule: why`."""

    pages: int
    sheets: int
    found: list[str]


def judged(site: Path, folder: Path) -> Judgement:
    """What is found of the pages below `site`."""
    program = environments.node(folder)
    told = environments.run(str(program), str(folder / "node/judge_pages.mjs"), str(site))
    judgement: Judgement = json.loads(told)
    return judgement


def changed(folder: Path) -> Path:
    """The example with an erased award, a moved badge and drafts, built: kinds of pages that it lacks as it is."""
    home = folder / "changed"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    return build_example(home)


def unnoticed(folder: Path) -> list[str]:
    """The faults that are not noticed."""
    home = folder / "faulty"
    home.mkdir(parents=True, exist_ok=True)
    for at, text in enumerate(FAULTS.values()):
        (home / f"{at}.{'html' if text.startswith('<') else 'css'}").write_text(text, encoding="utf-8")
    noticed = {line.partition(".")[0] for line in judged(home, folder)["found"]}
    return [what for at, what in enumerate(FAULTS) if str(at) not in noticed]
