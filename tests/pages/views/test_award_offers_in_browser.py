"""What the page of an award offers its holder: every text with what is copied of it, and every link with where to."""

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from tests.pages.samples import BATCH, drawn, pictures
from tests.pages.web import Desk, Web
from tests.signing import BASE
from tests.sites import AWARDS, BATCH_PATH

Site = dict[str, bytes]
Open = Callable[..., Desk]
AWARD = AWARDS[0]
PAGE = f"{BASE}en/awards/{AWARD}/"
PICTURE = f"{BASE}awards/{AWARD}/badge.png"
FIRST, LAST = "2024-01-01", "2023-12-31"
HELD = "valid until 14 July 2026"
TOLD = "Awarded on: 14 July 2023, Level: B2"
EMBED = f'<a href="{PAGE}"><img src="{PICTURE}" alt="English B2, Example University" width="160" height="160"></a><br>'
TEXTS = {
    "Name": "English B2",
    "Issuing organisation": "Example University",
    "Issue date": "7/2023",
    "Expiry date": "7/2026",
    "Credential ID": AWARD,
    "Credential URL": PAGE,
    "A line for a CV": f"English B2, Example University, {TOLD}, {HELD}. {PAGE}",
    "For the Europass CV": "Certificate: English B2 · Awarded by: Example University · Awarded on: 14 July 2023 · "
    f"Level: B2 · Workload: 75 hours · ECTS credits: 3 · EQF level: 6 · {HELD} · {PAGE}",
    "Under your e-mails": f"English B2, Example University, {HELD} {PAGE}",
    "HTML for a page of your own": f"{EMBED}{HELD}",
}
SIGNATURE = f'{EMBED}<a href="{PAGE}">English B2</a>, Example University, {HELD}'
LINKEDIN = {
    "startTask": "CERTIFICATION_NAME",
    "name": "English B2",
    "organizationName": "Example University",
    "issueYear": "2023",
    "issueMonth": "7",
    "expirationYear": "2026",
    "expirationMonth": "7",
    "certUrl": PAGE,
    "certId": AWARD,
}
NETWORKS = {
    "LinkedIn": ("www.linkedin.com/sharing/share-offsite/", "url"),
    "WhatsApp": ("wa.me/", "text"),
    "Telegram": ("t.me/share/url", "url"),
    "Facebook": ("www.facebook.com/sharer.php", "u"),
    "X": ("x.com/intent/post", "url"),
    "Bluesky": ("bsky.app/intent/compose", "text"),
    "Mastodon": ("share.joinmastodon.org/", "text"),
    "Pinterest": ("pinterest.com/pin/create/link/", "url"),
}

# What the page puts on the clipboard, by its kind, and not what a browser makes of it for whoever reads it.
CLIPBOARD = """() => {
  navigator.clipboard.writeText = async text => { globalThis.copied = {"text/plain": text}; };
  navigator.clipboard.write = async ([item]) => {
    const kinds = await Promise.all(item.types.map(async type => [type, await (await item.getType(type)).text()]));
    globalThis.copied = Object.fromEntries(kinds);
  };
}"""
SHARE = """Object.defineProperty(navigator, "share", {value: async data => { globalThis.shared = data; }})"""


class _Tags(HTMLParser):
    """Every element of some HTML with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def desk(opened: Open, site: Site) -> Desk:
    """The page of an award, with its texts open; what it copies is kept."""
    desk = opened(Web(site), PAGE)
    desk.page.evaluate(CLIPBOARD)
    desk.page.locator(".texts summary").press("Enter")
    desk.page.locator(".texts code").first.wait_for()
    return desk


def _copied(desk: Desk, label: str) -> dict[str, str]:
    """Press the button of a text; what is on the clipboard then, by its kind."""
    desk.page.evaluate("globalThis.copied = null")
    desk.page.locator(".texts").get_by_role("button", name=f"Copy: {label}", exact=True).press("Enter")
    desk.page.wait_for_function("() => globalThis.copied")
    found: dict[str, str] = desk.page.evaluate("globalThis.copied")
    return found


def test_every_text_stands_there_and_its_button_copies_it(desk: Desk) -> None:
    terms, texts = (desk.page.locator(f".texts .rows {name}").all_inner_texts() for name in ("dt", "code"))
    assert dict(zip(terms, texts, strict=True)) == TEXTS
    assert desk.page.locator(".texts button").count() == len(TEXTS)
    for label, text in TEXTS.items():
        assert _copied(desk, label)["text/plain"] == text


def test_html_to_paste_is_a_picture_with_links_to_the_page_and_no_script(desk: Desk) -> None:
    signature = _copied(desk, "Under your e-mails")["text/html"]
    assert signature == SIGNATURE
    for html, links in {_copied(desk, "HTML for a page of your own")["text/plain"]: 1, signature: 2}.items():
        tags = _Tags(html).found
        assert sorted(tag for tag, _ in tags) == sorted(["img", "br", *["a"] * links])
        assert [facts for tag, facts in tags if tag == "a"] == [{"href": PAGE}] * links
        (picture,) = (facts for tag, facts in tags if tag == "img")
        assert picture == {"src": PICTURE, "alt": "English B2, Example University", "width": "160", "height": "160"}


def test_only_html_to_be_seen_is_copied_as_html(desk: Desk) -> None:
    rich = [label for label in TEXTS if "text/html" in _copied(desk, label)]
    assert rich == ["Under your e-mails"]


def test_the_system_is_asked_to_share_the_address_of_the_page(opened: Open, site: Site) -> None:
    desk = opened(Web(site), PAGE)
    assert desk.page.get_by_role("button", name="Share").count() == 0  # this browser has no such thing
    desk.page.add_init_script(SHARE)
    desk.open(PAGE)
    desk.page.locator(".take").get_by_role("button", name="Share").press("Enter")
    desk.page.wait_for_function("() => globalThis.shared")
    assert desk.page.evaluate("globalThis.shared") == {"title": "English B2", "url": PAGE}


def test_each_network_and_a_letter_are_given_the_address_of_the_page(opened: Open, site: Site) -> None:
    desk = opened(Web(site), PAGE)
    links = desk.page.locator(".networks a").evaluate_all("all => all.map(link => [link.textContent, link.href])")
    letter = urlsplit(dict(links).pop("E-mail"))
    assert (letter.scheme, letter.path) == ("mailto", "")
    assert parse_qs(letter.query, strict_parsing=True) == {"subject": ["English B2"], "body": [PAGE]}
    told = {}
    for name, href in links:
        if name != "E-mail":
            parts = urlsplit(href)
            assert parts.scheme == "https"
            ((field, value),) = parse_qsl(parts.query or parts.fragment, strict_parsing=True)
            told[name] = (parts.netloc + parts.path, field)
            assert value == PAGE
    assert told == NETWORKS
    assert len(links) == len(NETWORKS) + 1


def test_linkedin_gets_each_field_of_its_form(opened: Open, site: Site) -> None:
    desk = opened(Web(site), PAGE)
    href = desk.page.get_by_role("link", name="Add to your LinkedIn profile").get_attribute("href")
    parts = urlsplit(href or "")
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://www.linkedin.com/profile/add"
    assert dict(parse_qsl(parts.query, strict_parsing=True)) == LINKEDIN


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Los_Angeles"])
@pytest.mark.parametrize(
    ("day", "issued", "expires"), [("2024-01-01", "1/2024", "1/2027"), (LAST, "12/2023", "12/2026")]
)
def test_linkedin_is_told_the_same_month_wherever_the_browser_is(
    opened: Open, tmp_path: Path, zone: str, day: str, issued: str, expires: str
) -> None:
    sample = drawn(tmp_path, {BATCH_PATH: BATCH.replace("date: 2023-07-14", f"date: {day}")})
    files = {BASE + path: data for path, data in {**sample.files, **pictures(sample)}.items()}
    desk = opened(Web(files), PAGE, timezone_id=zone)
    hour = desk.page.evaluate("new Date('2024-01-01T12:00Z').getHours()")
    assert hour == {"Pacific/Kiritimati": 2, "Pacific/Pago_Pago": 1, "America/Los_Angeles": 4}[zone]
    href = desk.page.get_by_role("link", name="Add to your LinkedIn profile").get_attribute("href")
    fields = dict(parse_qsl(urlsplit(href or "").query, strict_parsing=True))
    assert f"{fields['issueMonth']}/{fields['issueYear']}" == issued
    assert f"{fields['expirationMonth']}/{fields['expirationYear']}" == expires
    desk.page.locator(".texts summary").press("Enter")
    desk.page.locator(".texts code").first.wait_for()
    assert desk.page.locator(".texts code").all_inner_texts()[2:4] == [issued, expires]
    assert desk.page.locator(".key time").get_attribute("datetime") == day
    words = "1 January 2024" if day != LAST else "31 December 2023"
    assert desk.page.locator(".key time").inner_text() == words
