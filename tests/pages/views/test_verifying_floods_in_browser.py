"""The verify page with files made to be too much: each ends in a plain answer, and asks nobody for anything."""

import json
import zlib
from base64 import b64encode
from collections.abc import Callable

import pytest

from tests.pages import strangers
from tests.pages.strangers import credential, hosted, token
from tests.pages.views.conftest import file_of
from tests.pages.views.test_verifying_carriers_in_browser import png
from tests.pages.web import Desk, Web
from tests.sites import AWARDS

Site = dict[str, bytes]
BROKEN = "Not a badge that can be read"
# A file as a hand drops it: some bytes, and behind them as many blank ones as are asked for.
DROP = """([data, size]) => {
  const start = Uint8Array.from(atob(data), each => each.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([start, new Uint8Array(Math.max(0, size - start.length))], "badge.png"));
  const event = new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true});
  document.getElementById("desk").dispatchEvent(event);
}"""
MEGA = 1024 * 1024
BOMB = zlib.compress(b"0" * 64 * MEGA, 9)
ASSERTION = b'<o:assertion xmlns:o="http://openbadges.org"/>'


def _dropped(desk: Desk, data: bytes, size: int = 0) -> tuple[str, str]:
    """Drop a file; the answer in large letters, and all that is said."""
    desk.page.evaluate("document.querySelector('.answers').replaceChildren()")
    desk.page.evaluate(DROP, [b64encode(data).decode(), size])
    desk.page.locator(".report").first.wait_for()
    assert desk.page.evaluate("document.activeElement.id") == "answer-1"
    return desk.head()["headline"], desk.page.locator(".report").first.inner_text()


@pytest.mark.parametrize(
    ("data", "size", "words"),
    [
        (png((b"tEXt", b"openbadges\0{}"))[:-20], 0, "the picture is damaged"),
        (png((b"tEXt", b"openbadges\0{}")), 50 * MEGA, "it is larger than a badge can be"),
        (b"\x89PNG\r\n\x1a\n", 10 * MEGA, "the picture is damaged"),
        (png((b"zTXt", b"openbadges\0\0" + BOMB)), 0, "it is larger than a badge can be"),
        (png((b"iTXt", b"openbadgecredential\0\1\0\0\0" + BOMB)), 0, "it is larger than a badge can be"),
        (png(*[(b"tEXt", b"openbadges\0{}")] * 50_000), 0, "several badges of one standard"),
        (b'<svg xmlns="http://www.w3.org/2000/svg">' + ASSERTION * 100_000 + b"</svg>", 0, "several badges"),
        (b"<!-- -->" * 50_000 + b"<svg", 0, "the picture is damaged"),
        (b"[" * 5 * MEGA, 0, "not sound JSON"),
    ],
    ids=[
        *("cut short", "50 MB", "10 MB of nothing", "a bomb in zTXt", "a bomb in iTXt", "50,000 texts"),
        *("100,000 elements", "50,000 comments", "a nest of millions"),
    ],
)
def test_too_much_is_answered_plainly_and_nobody_is_asked(desk: Desk, data: bytes, size: int, words: str) -> None:
    before = len(desk.web.told)
    headline, text = _dropped(desk, data, size)
    assert headline == BROKEN
    assert words in text
    assert "✕ failed: " in text
    assert len(desk.web.told) == before


def test_after_too_much_the_next_badge_is_answered_as_ever(desk: Desk, site: Site) -> None:
    assert _dropped(desk, b"", 50 * MEGA)[0] == BROKEN
    assert _dropped(desk, file_of(site, AWARDS[0], "badge.png"))[0] == "Valid"


def test_a_text_that_is_too_long_is_not_read(desk: Desk) -> None:
    desk.page.evaluate("document.getElementById('text').value = '{'.repeat(11 * 1024 * 1024)")
    desk.page.click("#desk button")
    desk.page.locator(".report").wait_for()
    assert "it is larger than a badge can be" in desk.page.locator(".report").inner_text()


def test_what_a_badge_or_its_issuer_says_at_length_does_not_stop_the_page(
    opened: Callable[..., Desk], site: Site
) -> None:
    begin = "-----BEGIN PUBLIC KEY-----"
    key = {"id": f"{strangers.HOST}key.json", "type": "CryptographicKey", "owner": hosted().issuer["id"]}
    issuer = {
        **hosted().issuer,
        "email": "a@" + "." * 200_000 + "@",
        "publicKey": {**key, "publicKeyPem": begin * 40_000},
    }
    badge = strangers.Hosted(hosted().assertion, hosted().badge, issuer, hosted().revocations)
    desk = opened(Web({**site, **badge.files()}))
    assert desk.paste(badge.assertion["id"])[0]["steps"]["schema"] == "failed schema"
    signed = {**hosted().assertion, "verification": {"type": "SignedBadge", "creator": key["id"]}}
    assert desk.put(token(signed, "RS256", kid=None))[0]["answer"] == "invalid"


def test_holders_without_number_are_not_compared_one_by_one(opened: Callable[..., Desk], site: Site) -> None:
    many = [
        {"type": "IdentityObject", "hashed": True, "identityType": "emailAddress", "identityHash": "sha256$0"}
    ] * 2000
    subject = {**credential()["credentialSubject"], "identifier": many}
    document = {
        **hosted().assertion,
        "recipient": [{"type": "email", "hashed": False, "identity": "a@b.example"}] * 2000,
    }
    texts = [b"openbadges\0" + json.dumps(document).encode()]
    texts.append(b"openbadgecredential\0" + token(credential(credentialSubject=subject)))
    desk = opened(Web({**site, **strangers.files(), **hosted().files()}))
    assert _dropped(desk, png(*[(b"tEXt", text) for text in texts]))[0] != BROKEN
