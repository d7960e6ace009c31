"""What shuts people out, as axe-core finds it: on every kind of page, in every language, width and colour scheme."""

import json
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.example_site import LANGUAGES, translated
from tests.gates.conftest import Open
from tests.gates.states import Used
from tests.pages.browsing import served, watched, write
from tests.pages.samples import IDS, drawn, pictures

WIDTHS = (390, 1280)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
ALL = tuple(product(WIDTHS, SCHEMES))
TWO: tuple[tuple[int, Scheme], ...] = ((390, "light"), (1280, "dark"))  # for what differs in its words alone
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = json.dumps({"runOnly": list(STANDARDS), "resultTypes": ["violations"], "elementRef": False})
RUN = f"() => axe.run(document, {OPTIONS}).then(found => [found.violations, found.passes.length])"


def _barriers(page: Page) -> list[str]:
    """The rules that are broken, and the first elements that break them."""
    found: tuple[list[dict[str, Any]], int] = page.evaluate(RUN)
    violations, passes = found
    assert passes > 10, "axe did not look"
    return [f"{each['id']}: {node['html'][:120]}" for each in violations for node in each["nodes"][:3]]


def _everywhere(page: Page, name: str, shown: Iterable[tuple[int, Scheme]] = ALL) -> dict[str, list[str]]:
    """The barriers of a page that is open, by width and colour scheme."""
    page.evaluate(Axe().axe_script)
    found: dict[str, list[str]] = {}
    for width, scheme in shown:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        if barriers := _barriers(page):
            found[f"{name}, {width}, {scheme}"] = barriers
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_shuts_anybody_out(opened: Open, address: str, paths: dict[str, str], language: str) -> None:
    page, found = opened(), dict[str, list[str]]()
    for kind, path in paths.items():
        names = dict(zip(LANGUAGES, translated(path), strict=False))
        if language not in names:
            continue
        page.goto(address + names[language])
        found |= _everywhere(page, kind)
    assert found == {}
    assert "not-issued" in paths


@pytest.mark.parametrize("prefix", LANGUAGES.values(), ids=LANGUAGES)
def test_no_page_in_use_shuts_anybody_out(
    opened: Open, site: Path, address: str, paths: dict[str, str], prefix: str
) -> None:
    page, found = opened(), dict[str, list[str]]()
    for state in Used(page, site, address, prefix, paths).states():
        found |= _everywhere(page, state, TWO)
    assert found == {}


def test_a_rehearsal_shuts_nobody_out(browser: Browser, tmp_path: Path) -> None:
    rehearsal, found = drawn(tmp_path, base_url=None), dict[str, list[str]]()
    write(tmp_path / "site", {**rehearsal.files, **pictures(rehearsal)})
    with served(tmp_path / "site") as base, watched(browser, base) as page:
        for prefix in LANGUAGES.values():
            for path in ("", f"awards/{IDS['named']}/", "verify/", "portfolio/"):
                page.goto(f"{base}{prefix}{path}")
                assert page.locator(".rehearsal").is_visible()
                found |= _everywhere(page, prefix + path, TWO)
    assert found == {}
