"""The verify page with texts made to be gone through for ever: it answers all of them.

Nothing is timed. A page that stands still runs out of the time in which the browser has to say something.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.pages import strangers
from tests.pages.strangers import DID, DID_DOCUMENT, HOST, Hosted, credential, hosted, token
from tests.pages.web import Desk, Web

Site = dict[str, bytes]
Open = Callable[..., Desk]
MODULES = Path("themes/default/assets/verify")
LONG = 200_000
MEGA = 1024 * 1024

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
PAGE = b"<!doctype html><title>Nothing</title>"
STARTS: dict[str, tuple[bytes, str]] = {
    "40 comments": (b"<!---->" * 40 + SVG, "carries no badge"),
    "40 comments, lines between": (b"<!-- -->\n \n" * 40 + SVG, "carries no badge"),
    "40 declarations": (b"<?xml version='1.0'?>" * 40 + SVG, "damaged"),
    "a million blanks": (b" " * MEGA + SVG, "carries no badge"),
    "a million lines": (b"\r\n" * MEGA + b"{", "not sound JSON"),
    "a comment that does not end": (b"<!--" * LONG + SVG, "damaged"),
    "a declaration that does not end": (b"<?xml " * LONG + SVG, "damaged"),
    "blanks inside a page's first word": (b"<!doctype" + b" " * MEGA + b"svg>" + SVG, "damaged"),
    "a page behind 40 comments": (b"<!---->" * 40 + PAGE, "a web page"),
    "a page behind a million blanks": (b"\n" * MEGA + PAGE, "a web page"),
    "half a token": (b"e" * MEGA + b"." + b"e" * MEGA + b"!", "neither a badge"),
}


@pytest.mark.parametrize("name", STARTS)
def test_whatever_stands_before_a_badge_is_gone_through_once(desk: Desk, name: str) -> None:
    data, words = STARTS[name]
    (report,) = desk.put(data)
    assert words in report["text"]
    desk.web.files[f"{HOST}badge"] = data
    (report,) = desk.paste(f"{HOST}badge")
    assert words.replace("a web page, and no badge", "a web page") in report["text"]


def _of_2(award: dict[str, Any], badge: dict[str, Any], issuer: dict[str, Any]) -> tuple[bytes, Site]:
    right = hosted()
    made = Hosted({**right.assertion, **award}, {**right.badge, **badge}, {**right.issuer, **issuer}, right.revocations)
    return json.dumps(made.assertion).encode(), made.files()


def _of_3(**changes: object) -> tuple[bytes, Site]:
    return token(credential(**changes)), strangers.files()


def _proved(method: str) -> tuple[bytes, Site]:
    proof = {"type": "DataIntegrityProof", "verificationMethod": method, "proofValue": "z" + "1" * LONG}
    return json.dumps({**credential(), "proof": proof}).encode(), strangers.files()


def _keyed(pem: str) -> tuple[bytes, Site]:
    method = {"id": f"{DID}#pem", "controller": DID, "publicKeyPem": pem}
    document = {"id": DID, "verificationMethod": [method], "assertionMethod": [method["id"]]}
    return token(credential(), kid=f"{DID}#pem"), {DID_DOCUMENT: json.dumps(document).encode()}


def _subject(**changes: object) -> tuple[bytes, Site]:
    return _of_3(credentialSubject={**credential()["credentialSubject"], **changes})


CONTEXTS = credential()["@context"]
ENTRY = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "0"}
UUID = "5c4f9a5e-6b0a-4a0e-9f0f-1d1f0b8f9c11"
SAID: dict[str, tuple[bytes, Site]] = {
    "dots in an e-mail address": _of_2({}, {}, {"email": "a@" + "." * LONG + "@"}),
    "the e-mail address of a holder": _of_2(
        {"recipient": {"type": "email", "hashed": False, "identity": "a@" + "a." * LONG + " "}}, {}, {}
    ),
    "a web address with a blank": _of_2({}, {}, {"url": "https://" + "a" * LONG + " "}),
    "a picture's address": _of_2({"image": "https://" + "a" * LONG + "\n"}, {"image": "data:image/png" * LONG}, {}),
    "hosts": _of_2({}, {}, {"verification": {"allowedOrigins": ["a-" * LONG + "!", "a." * LONG + "!"]}}),
    "a telephone": _of_2({}, {}, {"telephone": "+1" + "2" * LONG}),
    "a language": _of_2({"@language": "en" + "-a" * LONG + "!"}, {}, {}),
    "a moment": _of_2({"issuedOn": "2023-01-01T00:00:00." + "0" * LONG, "expires": "2023" * LONG}, {}, {}),
    "revoked names": _of_2({"uid": [f"{each}" for each in range(20_000)]}, {}, {}),
    "keys that begin": _keyed("-----BEGIN PUBLIC KEY-----" * LONG),
    "a key of dashes": _keyed("-----BEGIN PUBLIC KEY-----" + "-" * LONG),
    "an id": _of_3(id="https://a/awards/" * (LONG // 20), jti=None),
    "an id with a uuid": _of_3(id=f"https://a/awards/{UUID}/credential" * (LONG // 60), jti=None),
    "a context": _of_3(**{"@context": [CONTEXTS[0], CONTEXTS[1].replace("-3.0.3", "-3.0.3" * LONG + "!")]}),
    "a list's address": _of_3(
        credentialStatus={**ENTRY, "statusListCredential": "https://a" + "/status/a" * LONG + ".json"}
    ),
    "a list's index": _of_3(
        credentialStatus={**ENTRY, "statusListIndex": "1" * LONG + "x", "statusListCredential": f"{HOST}1"}
    ),
    "the holder's address": _subject(id="mailto:" + "a" * LONG + " "),
    "identities": _subject(identifier=[{"type": "IdentityObject", "identityHash": "sha256$" + "0" * LONG}] * 3),
    "a did's host": _of_3(issuer="did:web:" + "a." * LONG, iss=None),
    "a did's path": _of_3(issuer=f"{DID}:" + "%20" * LONG + "!", iss=None),
    "a method": _proved(f"{DID}#" + "z6Mk" * LONG),
    "a key in itself": _proved("did:key:z" + "1" * LONG),
}


@pytest.mark.parametrize("name", SAID)
def test_whatever_is_said_at_length_is_answered(opened: Open, site: Site, name: str) -> None:
    data, files = SAID[name]
    (report,) = opened(Web({**site, **files})).put(data)
    assert report["steps"]["readable"] == "passed"
    assert report["answer"] in ("valid", "invalid") if name == "revoked names" else report["answer"] != "valid"


@pytest.mark.parametrize(
    "text",
    ["a." * LONG + " ", "a.b/" + "c" * LONG + " d", HOST + "awards/" * (LONG // 7), HOST + "%25" * LONG, "." * LONG],
    ids=["dots", "a path with a blank", "awards", "percents", "nothing but dots"],
)
def test_whatever_is_typed_at_length_is_answered(desk: Desk, text: str) -> None:
    desk.page.evaluate("text => { document.getElementById('text').value = text }", text)
    desk.page.click("#desk button")
    desk.page.locator(".report").wait_for()
    desk.page.evaluate("text => { document.getElementById('email').value = text }", "@" * LONG)
    desk.page.click("#desk button")
    desk.page.locator("#email-fault").wait_for()


# Every pattern in the modules, whatever it is for, also those that are yet to be written.
REMARKS = re.compile(r"/\*.*?\*/|^\s*//[^\n]*|\s//\s[^\n]*", re.DOTALL | re.MULTILINE)
PATTERN = re.compile(
    r"(?:[=(,\[!?:&|>]\s+|[=(,\[!]|return\s)/(?![/*\s])((?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)/([dgimsuvy]*)(?![\w/])"
)
MADE = {"ob3.js": [("^(https?://.+/awards/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}/credential)\\.json$", "")]}
HEADS = [
    *("", "a@", "https://", "https://a", "<", "<!doctype", "-----BEGIN PUBLIC KEY-----", "2023-01-01T00:00:00.", "en"),
    "https://purl.imsglobal.org/spec/ob/v3p0/context",
]
TAILS = ["\u0000", " !"]
PUMPS = [
    *("a", ".", " ", "-", "0", "/", "\n", "<", "%", "a.", "a-", "-a", " a", "%20", "<!---->", "<?xml>", "<!--"),
    *("-----BEGIN PUBLIC KEY-----", "/status/a/", "-3.0.0"),
]
RUN = """([source, flags, heads, pumps, tails, long]) => setTimeout(() => {
  let count = 0;
  for (const pump of pumps) {
    const body = pump.repeat(long / pump.length);
    for (const head of heads) for (const tail of tails) {
      new RegExp(source, flags).exec(head + body + tail);
      count += 1;
    }
  }
  document.title = `done ${count}`;
})"""


def _patterns() -> Iterator[tuple[str, str, str]]:
    for path in sorted(MODULES.glob("*.js")):
        text = REMARKS.sub("", path.read_text(encoding="utf-8"))
        assert text.count("RegExp(") == len(MADE.get(path.name, ())), f"{path.name} makes a pattern: name it in MADE"
        found = [*PATTERN.findall(text), *MADE.get(path.name, ())]
        yield from ((path.name, source, flags) for source, flags in found)


@pytest.fixture
def blank(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize(("module", "source", "flags"), list(_patterns()))
def test_no_pattern_goes_through_a_long_text_more_than_a_few_times(
    blank: Page, module: str, source: str, flags: str
) -> None:
    blank.evaluate(RUN, [source, flags, HEADS, PUMPS, TAILS, LONG])
    blank.wait_for_function("document.title !== ''")
    assert blank.title() == f"done {len(HEADS) * len(PUMPS) * len(TAILS)}"
