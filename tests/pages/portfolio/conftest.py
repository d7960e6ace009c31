"""A browser for the portfolio page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.pages.browsing import launched
from tests.pages.views.conftest import opened

__all__ = ["browser", "opened"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser
