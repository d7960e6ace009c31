"""Finding a badge in a browser: by words and by facets, with the keyboard, with and without JavaScript."""

import gzip
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page

from tests import sites
from tests.pages.browsing import FAINT_TEXT, OVERHANG, barriers, launched, served, watched, write
from tests.pages.samples import MINOR, Sample, drawn, pictures

ENGLISH, OLD, MINOR_DEGREE, CODING = "English B2", "Inglese B2 (2019)", "Minor", "Coding: città & C++"
CODING_YAML = f"""\
unit: ict
category: language
name: {{it: Programmare, en: "{CODING}"}}
description: {{it: Sa programmare., en: Can write programs.}}
criteria: {{it: Prova., en: Test.}}
image: coding.svg
skills: [{{name: {{it: Inglese}}, url: https://skills.example.org/english}}]
microcredential: {{ects: 30, eqf: 5}}
"""
SHOWN = "cards => cards.filter(card => card.checkVisibility()).map(card => card.querySelector('h3').textContent)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    more = {"content/badges/coding.yaml": CODING_YAML, "content/badges/coding.svg": sites.PICTURE}
    more["content/badges/minor.yaml"] = MINOR + "unit: ict\n"
    return drawn(tmp_path_factory.mktemp("content"), more)


@pytest.fixture(scope="module")
def address(site: Sample, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    write(folder, {**site.files, **pictures(site)})
    with served(folder) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that fails the test for every message on the console and every request to elsewhere."""
    with watched(browser, address) as page:
        yield page


def _shown(page: Page) -> set[str]:
    names: list[str] = page.locator(".card").evaluate_all(SHOWN)
    return set(names)


def _choose(page: Page, facet: str, value: str) -> None:
    page.locator(f"[data-facet={facet}] summary").click()
    page.locator(f"[data-facet={facet}]").get_by_role("link", name=value).click()


def _said(page: Page) -> str:
    return page.get_by_role("status").inner_text()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("english", {ENGLISH}),
        ("ENGLISH b2", {ENGLISH}),
        ("citta", {CODING}),
        ("CITTÀ c++", {CODING}),
        ("it services", {CODING, MINOR_DEGREE}),
        ("languages", {ENGLISH, CODING}),
        ("understands speaks", {ENGLISH}),
        ("s1.1", {ENGLISH}),
        ("3 ects", {ENGLISH, CODING}),
        ("30 ects", {CODING}),
        ("eqf 6", {ENGLISH}),
        ("university", {ENGLISH, CODING, MINOR_DEGREE, OLD}),
        ("b1", {ENGLISH}),
        ("xyz", set()),
        ("  ", {ENGLISH, OLD, MINOR_DEGREE, CODING}),
    ],
)
def test_words_find_badges_by_all_that_they_say(page: Page, address: str, words: str, found: set[str]) -> None:
    page.goto(f"{address}en/")
    page.get_by_role("searchbox").fill(words)
    assert _shown(page) == found
    assert page.locator(".none").is_visible() is (not found)
    assert _said(page) == (f"{len(found)} of 4 badges" if words.strip() else "")


def test_facets_and_words_narrow_together_and_each_says_how_many_it_would_leave(page: Page, address: str) -> None:
    page.goto(f"{address}en/")
    _choose(page, "unit", "IT Services")
    assert _shown(page) == {MINOR_DEGREE, CODING}
    assert _said(page) == "2 of 4 badges"
    page.locator("[data-facet=category] summary").click()
    languages = page.locator("[data-facet=category] li", has_text="Languages")
    assert languages.locator(".count").inner_text() == "1"
    languages.get_by_role("link").click()
    assert _shown(page) == {CODING}
    page.get_by_role("searchbox").fill("minor")
    assert _shown(page) == set()
    page.get_by_role("button", name="Clear all").click()
    assert _shown(page) == {ENGLISH, OLD, MINOR_DEGREE, CODING}
    assert page.evaluate("location.hash") == ""
    assert page.get_by_role("searchbox").evaluate("field => field === document.activeElement")


def test_two_values_of_a_facet_are_either(page: Page, address: str) -> None:
    page.goto(f"{address}en/")
    _choose(page, "unit", "IT Services")
    _choose(page, "unit", "Language Centre")
    assert _shown(page) == {MINOR_DEGREE, CODING, ENGLISH}
    assert page.evaluate("location.hash") == "#unit=ict&unit=cla"


def test_what_is_looked_for_is_in_the_address_and_back_goes_back(page: Page, address: str) -> None:
    page.goto(f"{address}en/")
    page.get_by_role("searchbox").fill("città")
    _choose(page, "category", "Languages")
    assert unquote(page.evaluate("location.hash")) == "#q=città&category=language"
    shared = page.url
    page.go_back()
    assert _shown(page) == {CODING}
    assert page.locator(".chosen li").count() == 0
    page.go_back()
    assert page.url == "about:blank"
    page.goto(shared)
    assert _shown(page) == {CODING}
    assert page.get_by_role("searchbox").input_value() == "città"
    page.get_by_role("link", name="Remove the filter: Languages").click()
    assert unquote(page.evaluate("location.hash")) == "#q=città"


def test_a_badge_that_was_opened_leads_back_to_what_was_found(page: Page, address: str) -> None:
    page.goto(f"{address}en/")
    page.get_by_role("searchbox").fill("minor")
    page.get_by_role("link", name=MINOR_DEGREE, exact=True).click()
    page.wait_for_url("**/badges/minor/")
    page.go_back()
    page.locator(".card").first.wait_for(state="attached")
    assert _shown(page) == {MINOR_DEGREE}


def test_the_other_language_shows_the_same_choice(page: Page, address: str) -> None:
    page.goto(f"{address}en/#unit=ict")
    page.get_by_role("link", name="Italiano", exact=True).click()
    assert page.url == f"{address}#unit=ict"
    assert _shown(page) == {"Minor", "Programmare"}


def test_the_keyboard_is_enough(page: Page, address: str) -> None:
    page.goto(f"{address}en/")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "search":
            break
    page.keyboard.type("b2")
    assert _shown(page) == {ENGLISH, OLD}
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("[data-facet=category]").get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert page.locator("[data-facet=category]").get_attribute("open") is None
    assert page.evaluate("document.activeElement.textContent") == "Category"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert _shown(page) == {ENGLISH}
    assert page.evaluate("document.activeElement.textContent") == "Category"
    assert page.locator("[data-facet=category] [aria-current]").text_content() == "Languages"


def test_a_link_to_a_place_on_the_page_changes_nothing_of_what_is_shown(page: Page, address: str) -> None:
    page.goto(f"{address}en/#unit=ict")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    assert _shown(page) == {MINOR_DEGREE, CODING}


@pytest.mark.parametrize("fragment", ["#unit=nothing", "#nothing=1", "#q=%E0%A4%A", "#__proto__=1", "#q=" + "x" * 5000])
def test_an_address_that_somebody_made_up_breaks_nothing(page: Page, address: str, fragment: str) -> None:
    page.goto(f"{address}en/{fragment}")
    page.get_by_role("searchbox").fill("minor")
    page.get_by_role("button", name="Clear all").click()
    assert len(_shown(page)) == 4


def test_on_the_page_of_a_value_words_search_it_and_another_facet_leads_to_both(page: Page, address: str) -> None:
    page.goto(f"{address}en/catalogue/unit/ict/")
    page.get_by_role("searchbox").fill("coding")
    assert _shown(page) == {CODING}
    assert _said(page) == "1 of 2 badges"
    page.get_by_role("searchbox").fill("")
    _choose(page, "category", "Languages")
    assert page.url == f"{address}en/#unit=ict&category=language"
    assert _shown(page) == {CODING}


def test_without_javascript_nothing_is_hidden_and_values_lead_to_pages(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}en/#unit=ict")
    assert not page.get_by_role("searchbox").is_visible()
    assert page.locator(".card:visible").count() == 4
    page.locator("[data-facet=unit] summary").click()
    page.get_by_role("link", name="IT Services").click()
    assert page.url == f"{address}en/catalogue/unit/ict/"
    assert set(page.locator(".card:visible h3").all_inner_texts()) == {MINOR_DEGREE, CODING}
    page.get_by_role("link", name="See all badges").click()
    assert page.url == f"{address}en/"
    context.close()


def test_if_the_script_does_not_come_every_badge_is_there(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{address}en/")
    assert page.locator(".card:visible").count() == 4
    page.close()


@pytest.mark.parametrize("path", ["en/", "catalogue/unit/ict/", "en/catalogue/skill/", "en/badges/english-b2/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_the_catalogue_shut_nobody_out(page: Page, address: str, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(address + path)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert barriers(page) == []
    if page.locator("summary").count() and "skill" not in path and "badges" not in path:
        page.get_by_role("searchbox").fill("a")
        page.locator("summary").first.click()
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            assert barriers(page) == []
    assert page.evaluate(FAINT_TEXT) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(OVERHANG) == []


def test_an_open_facet_stays_within_a_narrow_page(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{address}en/#unit=ict&category=language")
    for summary in page.locator(".facets summary").all():
        summary.click()
        assert page.evaluate(OVERHANG) == []


def test_nothing_moves_while_the_page_comes(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}en/")
    page.locator(".search").wait_for()
    shift = page.evaluate(
        "new Promise(done => new PerformanceObserver(list => done(list.getEntries().map(e => e.value)))"
        ".observe({type: 'layout-shift', buffered: true})"
        " || setTimeout(() => done([]), 300))"
    )
    assert sum(shift) < 0.01
    page.close()


def test_the_script_is_small(site: Sample) -> None:
    scripts = [
        data for path, data in site.files.items() if path.startswith("assets/catalogue.") and path.endswith("js")
    ]
    assert len(scripts) == 1
    assert len(gzip.compress(scripts[0])) < 4_000
