"""The built example in a browser: one build, one server and one browser for all gates."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.example_site import MOVED, build_example, examples
from tests.pages.browsing import launched, served

Open = Callable[..., Page]
REFRESH = '<meta http-equiv="refresh"'


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built example."""
    return build_example(tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="session")
def paths(site: Path) -> dict[str, str]:
    """Of each kind of page one, in the first language."""
    return examples(site)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as base:
        yield base


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A browser that is closed before other tests want one of their own: playwright drives one at a time."""
    with launched() as browser:
        yield browser


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    """Make a page; what it asks for elsewhere or says on the console fails the test.

    A page that leads on to another is kept where it is, to be looked at.
    """
    pages: list[Page] = []
    faults: list[str] = []

    def open_page(**options: object) -> Page:
        page = browser.new_context(**options).new_page()  # type: ignore[arg-type]
        page.on("console", lambda message: faults.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("response", lambda answer: faults.extend([] if answer.ok else [f"{answer.status}: {answer.url}"]))
        page.on("request", lambda asked: faults.extend([asked.url] if not asked.url.startswith(address) else []))
        page.route(f"**/badges/{MOVED}/", _stay)
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert faults == []


def _stay(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace(REFRESH, "<meta http-equiv=kept"))
