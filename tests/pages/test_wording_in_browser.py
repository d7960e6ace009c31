"""A site in a language that a catalogue of its own brings: every word of the pages, on every page, with room for it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.find_browser import need
from tests.pages.browsing import OVERHANG, served, write
from tests.pages.pseudo import TAG, write_pseudo
from tests.pages.samples import ERASED, IDS, LOCK, LOCK_PATH, Sample, drawn, pictures

# Names that are the same in every language: of people, bodies, files, formats, months and places on the web, and of a
# period in the words that describe a chart, which can have one language only.
SAME = frozenset(
    re.findall(
        r"\S+",
        """
    ada esempio bruno carla dario elena presidio della verbale progetto
    https json jwt png svg csv xml html badgesite sha esco eqf ects esperanto
    linkedin facebook whatsapp telegram bluesky mastodon pinterest europass
    januaro marto jul julio oktobro decembro
    """,
    )
)
# What the pages show to the eye and to a screen reader, in the words of the page and not of the content.
OWN_WORDS = """tag => {
  const found = [];
  const lang = node => (node.closest("[lang]") ?? document.documentElement).lang;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), around = walker.currentNode.parentElement;
    if (text && lang(around) === tag && !around.closest("code, time, .host, address")) found.push(text);
  }
  for (const name of ["alt", "title", "aria-label", "placeholder"]) {
    for (const node of document.querySelectorAll(`[${name}]`)) {
      if (lang(node) === tag && node.getAttribute(name)) found.push(node.getAttribute(name));
    }
  }
  for (const template of document.querySelectorAll("template")) {
    for (const line of template.content.children) found.push(line.textContent);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    root = tmp_path_factory.mktemp("content")
    write_pseudo(root)
    return drawn(root, {LOCK_PATH: LOCK}, languages=f"[it, en, {TAG}]")


@pytest.fixture(scope="module")
def address(site: Sample, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    write(folder, {**site.files, **pictures(site)})
    with served(folder) as base:
        yield base


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path=need(), args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 320, "height": 800})
        browser.close()


def _paths(site: Sample) -> list[str]:
    """Every page of the language, and one in which nothing of it may be missing either."""
    return sorted(path for path in site.html() if path.startswith(f"{TAG}/"))


def _strangers(texts: list[str]) -> set[str]:
    """Words of plain letters, which are not from the catalogue."""
    words = {
        word
        for text in texts
        for word in re.findall(r"[^\W\d_]{3,}", re.sub(r"\S+[@/.]\S+|%\(\w+\)s|\{\w+\}", " ", text))
    }
    return {word for word in words if word.isascii() and word.casefold() not in SAME}


def test_there_is_a_page_of_each_kind(site: Sample) -> None:
    paths = set(_paths(site))
    kinds = ["", "issuers/example/", "badges/english-b2/", "pages/privacy/", "verify/", "statistics/", "portfolio/"]
    kinds += [f"awards/{award}/" for award in (*IDS.values(), ERASED)]
    assert {f"{TAG}/{kind}index.html" for kind in kinds} <= paths


def test_every_word_of_a_page_is_of_its_language_or_marked_with_another(page: Page, address: str, site: Sample) -> None:
    found = {}
    for path in _paths(site):
        page.goto(address + path.removesuffix("index.html"), wait_until="domcontentloaded")
        assert page.evaluate("document.documentElement.lang") == TAG
        assert not page.evaluate("document.body.lang")
        if strangers := _strangers(page.evaluate(OWN_WORDS, TAG)):
            found[path] = strangers
    assert set().union(*found.values()) == set(), found


def test_long_words_leave_no_page_that_scrolls_sideways(page: Page, address: str, site: Sample) -> None:
    wide = {}
    for path in _paths(site):
        page.goto(address + path.removesuffix("index.html"), wait_until="load")
        if out := page.evaluate(OVERHANG):
            wide[path] = out
    assert wide == {}


def test_what_a_script_writes_about_days_is_of_no_other_language(page: Page, address: str) -> None:
    page.goto(f"{address}{TAG}/awards/{IDS['expired']}/")
    expect(page.locator("time.today")).to_contain_text(re.compile(r"\d{4}-\d\d-\d\d"), timeout=30_000)


def test_what_the_scripts_say_is_of_the_language_too(site: Sample) -> None:
    files = [path for path in site.files if re.search(rf"words[^/]*-{TAG}\.", path)]
    assert files
    for path in files:
        texts = re.findall(r'": "(.*)"', site.text(path))
        assert texts
        assert _strangers([text for text in texts if text != TAG]) == set()
