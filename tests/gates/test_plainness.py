"""Every kind of page without a script, on the narrowest screen, and in letters twice as large."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from playwright.sync_api import Page

from badgesite.pages.sharing.words import SHARING
from badgesite.pages.theme import load_theme
from tests.example_site import AS_OF, LANGUAGES, ROOT, translated
from tests.gates.conftest import Open
from tests.gates.states import Used
from tests.pages.browsing import OVERHANG

SIZES = ((320, "100%"), (390, "200%"), (1280, "200%"))
SEARCH = "Search by name, skill, unit or level"
SAY_THAT_NO_SCRIPT_RUNS = ("verify/", "portfolio/")

# What a reader finds in the main part: its words as they are shown, line by line.
WORDS = "() => document.querySelector('main').innerText.split(/\\n+/).map(line => line.trim()).filter(Boolean)"

# What promises something and holds nothing: sections with no more than a heading, lists without entries, buttons that
# need a script, links that lead nowhere.
HOLLOW = """() => {
  const shown = element => element.checkVisibility({visibilityProperty: true});
  const hollow = [];
  for (const section of document.querySelectorAll("main section, main article, main dl, main ul, main ol, main nav")) {
    const heading = section.querySelector("h1, h2, h3")?.innerText ?? "";
    const isEmpty = section.innerText.trim().length <= heading.trim().length;
    if (isEmpty && section.offsetHeight && shown(section)) hollow.push(section);
  }
  const dead = "button, input, textarea, select, [role=button], a:not([href]), a[href='']";
  hollow.push(...[...document.querySelectorAll(dead)].filter(shown));
  return hollow.map(element => element.outerHTML.slice(0, 120));
}"""

# Words that are cut off by the box they stand in, or that other words cover, but for a list that was opened over them.
CUT_OFF = """() => {
  const found = [], boxes = [];
  // A summary that ends in dots and leads to the whole; words for the ear alone.
  const shortened = element => {
    const {webkitLineClamp, clipPath} = getComputedStyle(element);
    return webkitLineClamp !== "none" || clipPath !== "none";
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    if (!text || !element.checkVisibility({visibilityProperty: true}) || element.closest(".skip, svg")) continue;
    if (shortened(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (let at = element; at !== document.body && at; at = at.parentElement) {
      const {overflowX, overflowY} = getComputedStyle(at);
      const hides = value => value === "hidden" || value === "clip";
      const [box, words] = [at.getBoundingClientRect(), range.getBoundingClientRect()];
      if (overflowX === "auto") break;  // it can be moved into sight
      if (hides(overflowX) && (words.right > box.right + 1 || words.left < box.left - 1)) found.push(`cut: ${text}`);
      if (hides(overflowY) && (words.bottom > box.bottom + 1 || words.top < box.top - 1)) found.push(`cut: ${text}`);
    }
    if (element.closest(".scroll")) continue;
    for (const box of range.getClientRects()) boxes.push([box, text, element]);
  }
  boxes.forEach(([one, text, element], place) => {
    for (const [other, cover, above] of boxes.slice(place + 1)) {
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (element.closest(".facets ul") !== above.closest(".facets ul")) continue;
      const isOver = wide > 2 && high > Math.min(one.height, other.height) / 2;
      if (isOver && element !== above) found.push(`${text} | ${cover}`);
    }
  });
  return [...new Set(found)].map(words => words.slice(0, 120));
}"""


def _every(paths: dict[str, str]) -> list[str]:
    return [each for path in paths.values() for each in translated(path)]


def _wide(page: Page) -> list[str]:
    found: list[str] = page.evaluate(OVERHANG)
    return found


def _comforts() -> set[str]:
    """What only a script can do, and so only a script puts up; what it says of awards, their pages say without it."""
    said = [SHARING[key] for key in ("check", "address", "compare", "link", "print", "texts", "portfolio")]
    wordings = load_theme("default", ROOT).wordings
    return {wordings[tag].gettext(words) for tag in LANGUAGES for words in (*said, SEARCH)}


def test_a_page_says_all_without_a_script(opened: Open, address: str, paths: dict[str, str]) -> None:
    plain, scripted = opened(java_script_enabled=False), opened()
    scripted.clock.set_fixed_time(datetime.combine(AS_OF, time(12), UTC))
    hollow, lost, gained, comforts = {}, {}, {}, _comforts()
    for path in _every(paths):
        plain.goto(address + path)
        said = plain.evaluate(WORDS)
        assert said
        if found := plain.evaluate(HOLLOW):
            hollow[path] = found
        if path.removeprefix("en/") in SAY_THAT_NO_SCRIPT_RUNS:
            continue
        scripted.goto(address + path)
        if scripted.locator("[data-words]").count():
            scripted.locator(".checking button").wait_for()
        told = scripted.evaluate(WORDS)
        if missing := set(said) - set(told):
            lost[path] = missing
        if more := set(told) - set(said) - comforts:
            gained[path] = more
    assert hollow == {}
    assert lost == {}
    assert gained == {}


def _misfits(page: Page, width: int, size: str) -> list[str]:
    """What is wider than the page, cut off or covered, in letters of a size."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
    return _wide(page) + list(page.evaluate(CUT_OFF))


@pytest.mark.parametrize(("width", "size"), SIZES)
def test_a_page_fits_in_any_size_of_letters(
    opened: Open, address: str, paths: dict[str, str], width: int, size: str
) -> None:
    page, found = opened(viewport={"width": width, "height": 800}), {}
    for path in _every(paths):
        page.goto(address + path)
        if misfits := _misfits(page, width, size):
            found[path] = misfits
    assert found == {}


@pytest.mark.parametrize("prefix", LANGUAGES.values(), ids=LANGUAGES)
def test_what_a_page_becomes_in_use_fits_too(
    opened: Open, site: Path, address: str, paths: dict[str, str], prefix: str
) -> None:
    page, found, seen = opened(), {}, 0
    for state in Used(page, site, address, prefix, paths).states():
        for width, size in SIZES:
            seen += 1
            if misfits := _misfits(page, width, size):
                found[state, width] = misfits
    assert found == {}
    assert seen > len(SIZES) * 7
