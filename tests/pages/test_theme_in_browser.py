"""A site in colours of its own, with logo and footer: by day, by night, in a reader's own palette, large, on paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.browsing import FAINT_TEXT, OVERHANG, barriers, launched, served, watched, write
from tests.pages.samples import ERASED, IDS, LOCK, LOCK_PATH, Sample, drawn, pictures
from tests.sites import PICTURE

PATHS = ["en/", "en/issuers/example/", "en/badges/english-b2/", "en/pages/privacy/", "en/verify/", "404.html"]
PATHS += [f"en/awards/{award}/" for award in (IDS["named"], IDS["expired"], IDS["revoked"], ERASED)]
LOOK = {
    "colours": '{accent: "#8a1538", paper: "#fdf6e3"}',
    "logo": "seal.svg",
    "footer": '{it: "**Ateneo**", en: "**Sample University**, [where](https://www.example.edu/)"}',
}

BORDERS = """selector => [...document.querySelectorAll(selector)].map(element => {
  const style = getComputedStyle(element);
  return ["Top", "Right", "Bottom", "Left"].some(side =>
    parseFloat(style[`border${side}Width`]) >= 1 && style[`border${side}Style`] !== "none");
})"""
SEEN = "element => getComputedStyle(element).display !== 'none'"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    more = {"content/seal.svg": PICTURE, LOCK_PATH: LOCK}
    return drawn(tmp_path_factory.mktemp("content"), more, **LOOK)


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
    with watched(browser, address) as page:
        yield page


@pytest.mark.parametrize("path", PATHS)
def test_a_page_in_chosen_colours_shuts_nobody_out(page: Page, address: str, path: str) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(address + path)
        assert page.evaluate(FAINT_TEXT) == []
        assert barriers(page) == []


def test_colours_come_with_the_one_stylesheet(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.emulate_media(color_scheme="light")
    page.goto(f"{address}en/pages/privacy/")
    assert [name for name in asked if name.endswith(".css")] == [asked[1]]
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(253, 246, 227)"
    assert page.locator(".skip").evaluate("link => getComputedStyle(link).color") == "rgb(138, 21, 56)"
    page.emulate_media(color_scheme="dark")
    assert page.locator(".skip").evaluate("link => getComputedStyle(link).color") != "rgb(138, 21, 56)"


def test_logo_and_footer_stand_on_every_page(page: Page, address: str) -> None:
    for path in PATHS:
        page.goto(address + path)
        assert page.locator(".site-name img").evaluate("image => image.naturalWidth") > 0
        assert 'link "' in page.locator(".site-name").aria_snapshot()  # a link with a name
        expected = "Ateneo" if path == "404.html" else "Sample University"
        assert page.get_by_role("contentinfo").locator("strong").inner_text() == expected


def test_in_a_palette_of_the_readers_own_borders_part_things(page: Page, address: str) -> None:
    page.emulate_media(forced_colors="active")
    for path, selector in (
        ("en/", ".card, .button, .facets summary, .search input"),
        (f"en/awards/{IDS['revoked']}/", ".sheet, .sheet > .state"),
        ("en/badges/english-b2-2019/", ".notice"),
        ("en/verify/", "button, input, textarea, form"),
    ):
        page.goto(address + path)
        found = page.evaluate(BORDERS, selector)
        assert found, path
        assert all(found), path
    page.goto(f"{address}en/awards/{IDS['revoked']}/")
    sign = page.locator(".sheet > .state").evaluate("state => getComputedStyle(state, '::before').backgroundColor")
    assert sign == "rgb(0, 0, 0)"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("path", PATHS)
def test_text_of_twice_the_size_fits(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(OVERHANG) == []


@pytest.mark.parametrize("path", [path for path in PATHS if "/awards/" not in path])
def test_paper_is_light_and_carries_words_alone(page: Page, address: str, path: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(address + path)
    ink = page.locator("h1").evaluate("heading => getComputedStyle(heading).color")
    assert sum(int(part) for part in ink[4:-1].split(",")) < 200
    ground = page.evaluate(
        "[getComputedStyle(document.documentElement)].map(s => [s.backgroundColor, s.colorScheme])[0]"
    )
    assert ground == ["rgb(255, 255, 255)", "light"]
    for away in (".languages", ".bottom nav", ".facets", "form"):
        assert not any(each.evaluate(SEEN) for each in page.locator(away).all()), away
    assert page.locator("h1").evaluate(SEEN)
    assert page.get_by_role("contentinfo").locator(".institution").evaluate(SEEN)


def test_a_print_tells_where_links_of_a_text_lead(page: Page, address: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{address}en/verify/")
    content = page.locator(".institution a").evaluate("link => getComputedStyle(link, '::after').content")
    assert "https://www.example.edu/" in content


def test_the_example_theme_of_the_documentation_is_drawn(browser: Browser, tmp_path: Path) -> None:
    footer = '{% extends "parent/parts/footer.html" %}{% block more %}<p class="faculty">Room 12</p>{% endblock %}'
    files = {
        "themes/sciences/theme.yaml": 'parent: university\ncolours: {accent: "#0b5d3b"}\n',
        "themes/university/assets/styles/house.css": ".faculty { letter-spacing: 3px; }\n",
        "themes/sciences/templates/parts/footer.html": footer,
        "themes/sciences/assets/styles/own.css": ".faculty { background: url(leaf.svg); letter-spacing: 2px; }\n",
        "themes/sciences/assets/leaf.svg": PICTURE,
    }
    sample = drawn(tmp_path / "site", files, theme="sciences")
    write(tmp_path / "out", {**sample.files, **pictures(sample)})
    with served(tmp_path / "out") as base, browser.new_page() as page:
        answers: list[tuple[str, int]] = []
        page.on("response", lambda answer: answers.append((answer.url, answer.status)))
        page.goto(f"{base}en/")
        line = page.get_by_role("contentinfo").locator(".faculty")
        assert line.inner_text() == "Room 12"
        assert line.evaluate("each => getComputedStyle(each).letterSpacing") == "2px"
        assert [status for url, status in answers if "/leaf." in url] == [200]
        assert page.locator(".button").evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(11, 93, 59)"
