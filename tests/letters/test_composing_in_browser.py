"""The HTML of a letter in a browser, as mail programs show it: no barrier, no request, no sideways scrolling."""

from base64 import b64encode
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from playwright.sync_api import Browser

from badgesite.letters.composing import Letter, composer
from tests.letters.samples import NOW, write_site_with_people
from tests.pages.browsing import barriers, launched
from tests.signing import reading_of
from tests.sites import BADGE, BADGE_PATH


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The HTML of a letter with a long word, its picture put in."""
    badge = BADGE.replace("English B2", f"English {'x' * 60}")
    root = write_site_with_people(tmp_path_factory.mktemp("site"), {BADGE_PATH: badge})
    _, catalogue, _ = reading_of(root)
    batch, award = next(catalogue.each_award())
    _, _, data = composer(root, catalogue, NOW).compose(Letter(batch, award, "ada@example.org", "שרה כהן", "en"))
    *_, words, picture = message_from_bytes(data, policy=policy.default).walk()
    shown = f"data:image/png;base64,{b64encode(picture.get_content()).decode()}"
    html = str(words.get_content())
    name = str(picture["Content-ID"]).strip("<>")
    assert html.count(f"cid:{name}") == 1
    return html.replace(f"cid:{name}", shown)


PARTS_OF_PAGES = {"landmark-one-main", "region"}  # a letter is shown within the page of a mail program
TAKES_GROUND_FOR_WHITE = {"color-contrast"}  # by night the colours are the browser's own, but for the button's


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 700])
def test_a_letter_shuts_nobody_out_and_asks_for_nothing(browser: Browser, page: str, width: int, scheme: str) -> None:
    shown = browser.new_page(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    asked: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.set_content(page)
    assert [url for url in asked if not url.startswith("data:")] == []
    assert shown.evaluate("document.documentElement.scrollWidth") == width
    assert shown.evaluate("document.images[0].naturalWidth") == 240
    passed_over = PARTS_OF_PAGES | (TAKES_GROUND_FOR_WHITE if scheme == "dark" else set())
    assert [barrier for barrier in barriers(shown) if barrier[0] not in passed_over] == []
    shown.close()
