"""The verify page with the address of a page that names two records: of one award, of two, and of two publishers."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from badgesite.verify.award_page import badges_at
from badgesite.verify.badge import UnreadableError
from tests.pages import strangers
from tests.pages.strangers import DID_DOCUMENT, HOST, credential, hosted, token
from tests.pages.views.conftest import EXPIRED, REVOKED, file_of
from tests.pages.views.test_verifying_agrees_in_browser import compare, fetched, told_of
from tests.pages.views.test_verifying_lies_in_browser import signed_of_2
from tests.pages.views.test_verifying_pairs_in_browser import AGREE, identity
from tests.pages.web import Desk, Web
from tests.signing import BASE
from tests.sites import AWARDS
from tests.verify.test_award_page import WRONG

Site = dict[str, bytes]
Open = Callable[..., Desk]
NAMED = AWARDS[0]
EVIL = "https://evil.example.net/"
HERE = f"{EVIL}p/"
LINK = '<link rel="alternate" type="application/ld+json" href="%s">'
CARLA = identity("carla@example.org")
MALLORY = identity("Prof. Mallory", identityType="name")
VALID = [("valid", "Valid, and not of this site")] * 2
MIXED = [("invalid", "Not a badge that can be read")] * 2


def _page(*links: str, beyond: str = "") -> bytes:
    head = "".join(LINK % link for link in links)
    return f"<!doctype html><html><head><title>Award</title>{head}</head><body>{beyond}</body></html>".encode()


def _site_of(domain: str) -> Site:
    """What an attacker publishes: the same keys as the other college, by a name of its own."""
    document = strangers.files()[DID_DOCUMENT].replace(b"other.example.org", domain.encode())
    return {f"https://{domain}/.well-known/did.json": document}


def _signed(domain: str, *identities: dict[str, object], **changes: object) -> bytes:
    did = f"did:web:{domain}"
    subject = {**credential()["credentialSubject"], "identifier": [*identities]}
    issuer = {**credential()["issuer"], "id": did}
    members = {"iss": did, "issuer": issuer, "credentialSubject": subject, **changes}
    return token(credential(**members), kid=f"{did}#ES256")


def _web(site: Site, *files: Site, page: bytes) -> Web:
    return Web(
        {
            **site,
            **strangers.files(),
            **{name: data for each in files for name, data in each.items()},
            f"{HERE}index.html": page,
        }
    )


def _both(desk: Desk, address: str = HERE) -> list[dict[str, Any]]:
    """The reports of the page, after they were held to those of the command."""
    reports = desk.paste(address)
    fetch = fetched(desk.web.files)
    try:
        badges = badges_at(address, fetch)
    except UnreadableError:
        assert [report["answer"] for report in reports] == ["invalid"]
        return reports
    compare(reports, told_of(badges, fetch, "the page names"))
    return reports


def _answers(reports: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(report["answer"], report["headline"]) for report in reports]


def test_a_page_cannot_lay_a_strangers_credential_beside_a_badge_of_another_host(opened: Open, site: Site) -> None:
    signed = {f"{HERE}c.jwt": _signed("evil.example.net", CARLA, MALLORY)}
    page = _page(hosted().assertion["id"], "c.jwt")
    desk = opened(_web(site, hosted().files(), _site_of("evil.example.net"), signed, page=page))
    reports = _both(desk)
    assert _answers(reports) == MIXED
    words = "the page names badges of two awards, which differ in who publishes them (other.example.org and "
    assert all(f"{words}evil.example.net)" in report["text"] for report in reports)
    assert f"say different things: {words}" in desk.head()["text"]
    assert "there is no whole badge" not in desk.head()["text"]
    assert desk.head()["answer"] == "invalid"
    assert AGREE not in desk.page.locator("main").inner_text()


def test_a_page_cannot_lay_a_strangers_credential_into_the_folder_of_an_award(opened: Open, site: Site) -> None:
    recipient = json.loads(file_of(site, NAMED, "assertion.json"))["recipient"]
    copied = identity(recipient["identity"], hashed=True, salt=recipient["salt"])
    home = f"{BASE}awards/{NAMED}/credential.json"
    signed = {f"{HERE}c.jwt": _signed("evil.example.net", copied, MALLORY, id=home, jti=home)}
    page = _page(f"{BASE}awards/{NAMED}/assertion.json", "c.jwt")
    desk = opened(_web(site, _site_of("evil.example.net"), signed, page=page))
    assert _answers(_both(desk)) == MIXED
    assert desk.head()["answer"] == "invalid"
    assert AGREE not in desk.page.locator("main").inner_text()


def test_a_credential_leads_to_no_page_of_another_host(opened: Open, site: Site) -> None:
    home = f"{BASE}awards/{NAMED}/credential.json"
    desk = opened(_web(site, _site_of("evil.example.net"), page=_page()))
    desk.put(_signed("evil.example.net", MALLORY, id=home, jti=home))
    assert desk.head()["answer"] == "valid"
    assert "It comes from evil.example.net" in desk.head()["text"]
    assert desk.page.locator(f'.rows a[href^="{BASE}"]').count() == 0
    desk.put(file_of(site, NAMED, "credential.jwt"))
    assert desk.page.locator(f'.rows a[href="{BASE}awards/{NAMED}/"]').count() == 1


def test_a_host_below_another_does_not_speak_of_its_awards(opened: Open, site: Site) -> None:
    signed = {f"{HERE}c.jwt": _signed("students.other.example.org", CARLA, MALLORY)}
    page = _page(hosted().assertion["id"], "c.jwt")
    desk = opened(_web(site, hosted().files(), _site_of("students.other.example.org"), signed, page=page))
    assert _answers(_both(desk)) == VALID
    assert desk.page.locator("article.report").count() == 2
    first, second = desk.page.locator("article.report").all_inner_texts()
    assert "Mallory" not in first
    assert "It comes from students.other.example.org" in second


def test_a_page_names_badges_of_two_people(opened: Open, site: Site) -> None:
    signed = {f"{HERE}c.jwt": _signed("other.example.org", identity("dario@example.org"))}
    desk = opened(_web(site, hosted().files(), signed, page=_page(hosted().assertion["id"], "c.jwt")))
    reports = _both(desk)
    assert _answers(reports) == MIXED
    words = "the page names badges of two awards, which differ in whose they are"
    assert all(words in report["text"] for report in reports)


def test_two_folders_of_awards_are_two_awards(opened: Open, site: Site) -> None:
    for other, count in ((NAMED, 1), (EXPIRED, 2)):
        places = [f"{HOST}awards/{award}/" for award in (NAMED, other)]
        badge = replace(hosted(), assertion={**hosted().assertion, "id": f"{places[0]}assertion.json"})
        home = f"{places[1]}credential.json"
        signed = {f"{HERE}c.jwt": _signed("other.example.org", CARLA, id=home, jti=home)}
        desk = opened(_web(site, badge.files(), signed, page=_page(badge.assertion["id"], "c.jwt")))
        assert _answers(_both(desk)) == VALID
        assert desk.page.locator("article.report").count() == count


def test_the_folder_of_an_award_counts_only_on_the_host_that_publishes_it(opened: Open, site: Site) -> None:
    for host, count in ((HOST, 1), (BASE, 2)):
        place = f"{host}awards/{NAMED}/"
        one, files = signed_of_2(id=f"{place}assertion.json")
        other = _signed("other.example.org", CARLA, id=f"{place}credential.json", jti=f"{place}credential.json")
        signed = {f"{HERE}a.jwt": one, f"{HERE}c.jwt": other}
        desk = opened(_web(site, files, signed, page=_page("a.jwt", "c.jwt")))
        assert [report["steps"]["genuine"] for report in _both(desk)] == ["passed"] * 2
        assert desk.page.locator("article.report").count() == count


def test_records_of_which_one_names_no_day_are_two(opened: Open, site: Site) -> None:
    undated = {name: value for name, value in hosted().assertion.items() if name != "issuedOn"}
    badge = replace(hosted(), assertion=undated)
    signed = {f"{HERE}c.jwt": _signed("other.example.org", CARLA)}
    desk = opened(_web(site, badge.files(), signed, page=_page(badge.assertion["id"], "c.jwt")))
    _both(desk)
    assert desk.page.locator("article.report").count() == 2


def test_an_end_beside_none_is_a_difference(opened: Open, site: Site) -> None:
    signed = {f"{HERE}c.jwt": _signed("other.example.org", CARLA, validUntil="2031-01-01T00:00:00Z")}
    desk = opened(_web(site, hosted().files(), signed, page=_page(hosted().assertion["id"], "c.jwt")))
    assert _answers(_both(desk)) == VALID
    assert "say different things of how long it holds" in desk.head()["text"]


@pytest.mark.parametrize("award", [NAMED, EXPIRED, REVOKED], ids=["valid", "expired", "revoked"])
def test_the_page_of_an_award_is_the_same_by_the_command(opened: Open, site: Site, award: str) -> None:
    desk = opened(Web(site))
    _both(desk, f"{BASE}awards/{award}/")
    assert AGREE in desk.head()["text"]
    lines = desk.page.locator(".steps .outcome").evaluate_all("all => all.map(each => getComputedStyle(each).display)")
    assert set(lines) == {"block"}  # sign, word and sentence are one paragraph


def test_a_copy_of_a_site_has_one_answer_for_two_records(opened: Open, site: Site) -> None:
    there = "https://preview.example.net/try/"
    desk = opened(Web({address.replace(BASE, there): data for address, data in site.items()}), f"{there}en/verify/")
    desk.paste(f"{there}awards/{NAMED}/")
    assert desk.page.locator("article.report").count() == 1
    assert "Published by" not in desk.page.locator("article.report").inner_text()


A, B = hosted().assertion["id"], f"{HERE}c.jwt"
PAGES = {
    "twice": (_page(A, A, A, A, B), 2),
    "without an address": (_page("", "gap", A).replace(b' href="gap"', b""), 1),
    "malformed": (_page(*WRONG, A), 1),
    "capitals": (_page(A).replace(b"alternate", b"Alternate").replace(b"application/ld", b"Application/LD"), 1),
    "after the head": (_page(A).replace(b"<body>", (LINK % B).encode() + b"<body>"), 1),
    "in the body": (_page(A, beyond=LINK % B), 1),
    "no end of the head": (_page(A, beyond=LINK % B).replace(b"</head>", b""), 1),
    "only in the body": (_page(beyond=LINK % A), 0),
    "in a comment": (_page(A).replace(b"</head>", f"<!-- </head> {LINK % B} --></head>".encode()), 1),
    "in a script": (_page().replace(b"</head>", f"<script>'<body>'</script>{LINK % A}</head>".encode()), 1),
    "late": (_page(A).replace(b"</head>", b" " * 70_000 + (LINK % B).encode() + b"</head>"), 1),
    "wrong bytes": (_page(A).replace(b"Award", b"Aw\xe0rd"), 1),
}


@pytest.mark.parametrize("name", PAGES)
def test_page_and_command_find_the_same_links(opened: Open, site: Site, name: str) -> None:
    page, count = PAGES[name]
    signed = {B: _signed("other.example.org", CARLA)}
    desk = opened(_web(site, hosted().files(), signed, page=page))
    reports = _both(desk)
    assert [report["answer"] for report in reports] == (["valid"] * count or ["invalid"])
