"""Pages as a reader has them: no sideways scroll, no faint text, no word from the console, nothing from elsewhere."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.browsing import FAINT_TEXT, OVERHANG, launched, served, watched, write
from tests.pages.samples import ERASED, IDS, LOCK, LOCK_PATH, Sample, drawn, pictures

WIDTHS = (320, 390, 768, 1280)
PATHS = [
    "",
    "issuers/example/",
    "badges/english-b2/",
    "badges/english-b2-2019/",
    "pages/privacy/",
    "verify/",
    "statistics/",
    "portfolio/",
]
PATHS += [f"awards/{award}/" for award in (*IDS.values(), ERASED)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    name = "Maria Vittoria Anna Sofia Esempio-Lunghissimocognomesenzaspazi von und zu Beispielhausen"
    more = {"content/pages/long.md": f"# Pagina {'lunga' * 12}\n\n| a | b |\n|---|---|\n| {'x' * 90} | y |\n"}
    more[LOCK_PATH] = LOCK
    return drawn(tmp_path_factory.mktemp("content"), more, title=f"{{it: {name}, en: Example Badges}}")


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


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("path", [*PATHS, "pages/long/", "404.html"])
def test_a_page_fits_every_width_and_can_be_read_by_day_and_night(
    page: Page, address: str, path: str, language: str
) -> None:
    page.goto(address + ("" if path == "404.html" else language) + path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(OVERHANG) == [], width
    page.emulate_media(color_scheme="light")
    assert page.evaluate(FAINT_TEXT) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(FAINT_TEXT) == []
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(18, 23, 29)"


def test_what_matters_of_an_award_is_on_the_first_screen_of_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for award in ("named", "unnamed", "expired", "revoked"):
        page.goto(f"{address}en/awards/{IDS[award]}/")
        for part in ("h1", ".plate img", ".key", ".state", ".state a"):
            box = page.locator(part).first.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= 844, (award, part)


def test_every_picture_of_a_page_is_shown(page: Page, address: str) -> None:
    page.goto(f"{address}en/awards/{IDS['revoked']}/")
    widths = page.evaluate("[...document.images].map(image => image.naturalWidth)")
    assert widths == [512]


def test_the_first_tab_leads_to_the_content(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("link => link === document.activeElement")
    assert skip.bounding_box() is not None
    assert (skip.bounding_box() or {"y": -1})["y"] >= 0
    page.keyboard.press("Enter")
    assert urlsplit(page.url).fragment == "main"


def test_where_the_keyboard_is_can_be_seen(page: Page, address: str) -> None:
    page.goto(f"{address}badges/english-b2/")
    for _ in range(8):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"


def test_the_languages_of_a_page_lead_to_one_another(page: Page, address: str) -> None:
    page.goto(f"{address}awards/{IDS['named']}/")
    page.get_by_role("link", name="English", exact=True).click()
    assert page.url == f"{address}en/awards/{IDS['named']}/"
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Italiano", exact=True).click()
    assert page.url == f"{address}awards/{IDS['named']}/"


def test_every_landmark_has_a_place_in_the_page(page: Page, address: str) -> None:
    page.goto(f"{address}en/")
    for role in ("banner", "main", "contentinfo"):
        assert page.get_by_role(role).count() == 1
    assert page.get_by_role("navigation", name="Languages").count() == 1
    assert page.get_by_role("navigation", name="Filter by").count() == 1


def test_a_rehearsal_can_be_read_too(browser: Browser, tmp_path: Path) -> None:
    sample = drawn(tmp_path / "content", base_url=None)
    write(tmp_path / "site", {**sample.files, **pictures(sample)})
    with served(tmp_path / "site") as base, browser.new_page() as other:
        other.goto(base)
        assert other.locator(".rehearsal").is_visible()
        other.emulate_media(color_scheme="light")
        assert other.evaluate(FAINT_TEXT) == []
        other.emulate_media(color_scheme="dark")
        assert other.evaluate(FAINT_TEXT) == []
