"""What shuts people out, as axe-core finds it: on every kind of page, in every language, width and colour scheme."""

import json
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.example_site import LANGUAGES, translated
from tests.gates.conftest import Open

WIDTHS = (390, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = json.dumps({"runOnly": list(STANDARDS), "resultTypes": ["violations"], "elementRef": False})
RUN = f"() => axe.run(document, {OPTIONS}).then(found => [found.violations, found.passes.length])"


def _barriers(page: Page) -> list[str]:
    """The rules that are broken, and the first elements that break them."""
    found: tuple[list[dict[str, Any]], int] = page.evaluate(RUN)
    violations, passes = found
    assert passes > 10, "axe did not look"
    return [f"{each['id']}: {node['html'][:120]}" for each in violations for node in each["nodes"][:3]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_shuts_anybody_out(opened: Open, address: str, paths: dict[str, str], language: str) -> None:
    page, script, found = opened(), Axe().axe_script, {}
    for kind, path in paths.items():
        names = dict(zip(LANGUAGES, translated(path), strict=False))
        if language not in names:
            continue
        page.goto(address + names[language])
        page.evaluate(script)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 844})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                if barriers := _barriers(page):
                    found[f"{kind}, {width}, {scheme}"] = barriers
    assert found == {}
