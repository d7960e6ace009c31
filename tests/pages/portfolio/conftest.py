"""A browser for the portfolio page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.find_browser import need
from tests.pages.views.conftest import opened

__all__ = ["browser", "opened"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need(), args=["--no-sandbox"])
        yield browser
        browser.close()
