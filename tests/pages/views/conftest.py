"""A signed site in a browser, for the tests of the check that pages offer."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from badgesite.build import build
from tests.pages import strangers
from tests.pages.browsing import launched
from tests.pages.web import Desk, Web
from tests.signing import BASE, sign, write_signed_site
from tests.sites import BATCH, BATCH_PATH, identity, write_site

SALTS = ("c0ffee00c0ffee00c0ffee00c0ffee00", "0ddba11e0ddba11e0ddba11e0ddba11e")
EXPIRED, REVOKED = "1c2d3e4f-0a1b-4c2d-8e3f-4a5b6c7d8e44", "2d3e4f5a-1b2c-4d3e-9f4a-5b6c7d8e9f55"
_RECIPIENTS = [f"{{identity: {identity('dario@example.org', salt)}, salt: {salt}}}" for salt in SALTS]
MORE = f"""\
  - {{id: {EXPIRED}, recipient: {_RECIPIENTS[0]}, name: Carla Esempio, expires: 2023-12-31}}
  - id: {REVOKED}
    recipient: {_RECIPIENTS[1]}
    name: Dario Esempio
    revoked: {{date: 2024-01-10, reason: Assegnato per errore}}
"""


def published(root: Path) -> dict[str, bytes]:
    """The site in `root`, built, at its addresses."""
    build(root, root / "site", date(2024, 3, 1))
    files = (path for path in (root / "site").rglob("*") if path.is_file())
    return {BASE + path.relative_to(root / "site").as_posix(): path.read_bytes() for path in files}


def file_of(site: dict[str, bytes], award: str, name: str) -> bytes:
    """A file of an award, as it is published."""
    return site[f"{BASE}awards/{award}/{name}"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A signed site: two valid awards, an expired and a revoked one."""
    root = write_signed_site(tmp_path_factory.mktemp("signed"), {BATCH_PATH: BATCH + MORE})
    sign(root)
    return published(root)


@pytest.fixture(scope="session")
def plain_site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same without signatures: Open Badges 2.0 alone."""
    root = tmp_path_factory.mktemp("plain")
    write_site(root, {BATCH_PATH: BATCH + MORE}, base_url=BASE)
    return published(root)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Desk]]:
    """Open a page of some web; what it should not say on the console fails the test."""
    desks = []

    def open_page(web: Web, address: str = f"{BASE}en/verify/", ready: str = "form", **options: object) -> Desk:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        web.attach(context)
        desks.append(Desk(context.new_page(), web))
        return desks[-1].open(address, ready)

    yield open_page
    for desk in desks:
        desk.page.context.close()
    assert [fault for desk in desks for fault in desk.faults] == []


@pytest.fixture
def desk(opened: Callable[..., Desk], site: dict[str, bytes]) -> Desk:
    """The verify page of the signed site; other.example.org publishes its keys."""
    return opened(Web({**site, **strangers.files()}))
