"""The numbers of the example as a reader has them: on a phone and on a desk, by day and night, by keyboard alone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from badgesite.content.reading import read_or_raise
from badgesite.pages.site_pages import class_pages
from badgesite.pages.statistics.page import statistics_pages
from badgesite.pages.theme import load_theme
from badgesite.plan import plan_of
from badgesite.statistics.counting import statistics_of
from tests.pages.browsing import FAINT_TEXT, OVERHANG, barriers, launched, served, write

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    catalogue = read_or_raise(ROOT).catalogue
    assert catalogue is not None
    theme, plan, day = load_theme("default", ROOT), plan_of(catalogue.site), date(2026, 11, 22)
    pages = [*class_pages(theme, catalogue, plan, day)]
    pages += statistics_pages(theme, catalogue, plan, day, statistics_of(catalogue))
    folder = tmp_path_factory.mktemp("site")
    write(folder, {artifact.path: artifact.data for artifact in pages})
    with served(folder) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "en/"])
def test_nobody_is_shut_out_and_nothing_scrolls_sideways_but_tables(
    page: Page, address: str, language: str, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{address}{language}statistics/")
    assert page.evaluate(FAINT_TEXT) == []
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(OVERHANG) == []
        if width != 320:
            assert barriers(page) == []


def test_a_wide_table_is_scrolled_by_keyboard_and_keeps_its_first_column_in_sight(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 844})
    page.goto(f"{address}en/statistics/")
    region = page.get_by_role("region", name="By category: awards issued")
    region.focus()
    first = region.locator("tbody th").first
    before = first.bounding_box()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    region.evaluate("async region => { while (!region.scrollLeft) await new Promise(requestAnimationFrame) }")
    assert before is not None
    assert (first.bounding_box() or {"x": -1})["x"] == before["x"]


def test_numbers_stand_below_each_other(page: Page, address: str) -> None:
    page.goto(f"{address}en/statistics/")
    styles = "cell => [getComputedStyle(cell).textAlign, getComputedStyle(cell).fontVariantNumeric]"
    cells = page.locator("#indicator-1 tbody td")
    assert {tuple(cell.evaluate(styles)) for cell in cells.all()} == {("end", "lining-nums tabular-nums")}


def test_charts_can_be_seen_in_forced_colours_and_in_print(page: Page, address: str) -> None:
    colours = "() => [...new Set([...document.querySelectorAll('.bar .part')].map(e => getComputedStyle(e).fill))]"
    page.goto(f"{address}en/statistics/")
    (by_day,) = page.evaluate(colours)
    page.emulate_media(forced_colors="active")
    (forced,) = page.evaluate(colours)
    assert by_day != forced
    page.emulate_media(media="print", forced_colors="none")
    assert page.locator(".standing").is_visible()
