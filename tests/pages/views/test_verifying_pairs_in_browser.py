"""The verify page with two records of an award: one answer if they agree, the worse one if they do not."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from badgesite.standards.baking import bake_png
from tests.pages import strangers
from tests.pages.browsing import FAINT_TEXT, OVERHANG, barriers
from tests.pages.strangers import credential, hosted, token
from tests.pages.views.conftest import EXPIRED, REVOKED, file_of
from tests.pages.views.test_verifying_carriers_in_browser import png
from tests.pages.web import Desk, Web
from tests.signing import BASE
from tests.sites import ADDRESSES, AWARDS

Site = dict[str, bytes]
Open = Callable[..., Desk]
NAMED = AWARDS[0]
AGREE = "Two records of the same award, both with this answer: one of Open Badges 2.0, one of 3.0."
UNSURE = "nobody can tell whether they are of the same award"


def identity(holder: str, **members: object) -> dict[str, object]:
    """How a credential of Open Badges 3.0 names its holder."""
    return {"type": "IdentityObject", "hashed": False, "identityType": "emailAddress", "identityHash": holder} | members


def _signed(*identities: dict[str, object], **members: object) -> bytes:
    subject = {**credential()["credentialSubject"], "identifier": list(identities)}
    return token(credential(credentialSubject=subject, **members))


def _both(assertion: dict[str, Any], signed: bytes) -> bytes:
    return bake_png(png(), {"openbadges": json.dumps(assertion), "openbadgecredential": signed.decode()})


def picture_of(holder: str, **members: object) -> bytes:
    """A picture with a hosted badge of carla@example.org, and a credential of `holder`."""
    return _both(hosted().assertion, _signed(identity(holder), **members))


@pytest.fixture
def strange(opened: Open, site: Site) -> Desk:
    """The verify page, and another host with a badge of each standard."""
    return opened(Web({**site, **strangers.files(), **hosted().files()}))


def test_two_records_that_agree_are_one_answer_and_each_fact_is_told_once(desk: Desk, site: Site) -> None:
    reports = desk.put(file_of(site, NAMED, "badge.png"))
    assert [(report["answer"], report["headline"]) for report in reports] == [("valid", "Valid")] * 2
    head = desk.head()
    assert (head["headline"], head["answer"]) == ("Valid", "valid")
    assert AGREE in head["text"]
    assert desk.page.locator(".report").count() == desk.page.locator(".report h2").count() == 1
    terms = desk.page.locator(".rows dt").all_inner_texts()
    assert len(terms) == len(set(terms))
    shown = desk.page.locator(".report").inner_text()
    assert "Awarded to\nAda Esempio" in shown
    assert shown.count("badges.example.edu\n") == 1
    assert desk.page.locator(".record[open]").count() == 0
    assert not desk.page.locator(".steps").first.is_visible()
    assert desk.page.locator(".progress").inner_text() == ""


def test_the_page_of_an_award_names_two_records_of_it(desk: Desk) -> None:
    for award, answer in ((NAMED, "Valid"), (EXPIRED, "Expired"), (REVOKED, "Revoked")):
        reports = desk.paste(f"{BASE}awards/{award}/")
        assert [report["headline"] for report in reports] == [answer] * 2
        assert desk.head()["headline"] == answer
        assert AGREE in desk.head()["text"]


def test_what_both_find_wrong_is_seen_without_opening_anything(desk: Desk, site: Site) -> None:
    desk.put(file_of(site, NAMED, "badge.png"), email=ADDRESSES[1])
    assert desk.head()["headline"] == "Somebody else's badge"
    assert "it was not awarded to" in desk.page.locator(".report").inner_text()
    assert desk.page.locator(".record[open]").count() == 1


@pytest.mark.parametrize("turned", [False, True], ids=["2.0 first", "3.0 first"])
def test_two_records_of_a_stranger_agree_when_holder_title_and_day_do(strange: Desk, turned: bool) -> None:
    texts = {"openbadges": json.dumps(hosted().assertion)}
    texts["openbadgecredential"] = _signed(identity("Carla@example.org")).decode()
    picture = bake_png(png(), dict(sorted(texts.items(), reverse=turned)))
    assert [report["answer"] for report in strange.put(picture)] == ["valid", "valid"]
    assert strange.head()["headline"] == "Valid, and not of this site"
    assert AGREE in strange.head()["text"]
    names = strange.page.locator(".record > summary").all_inner_texts()
    assert [name.split(":")[0] for name in names] == ["Open Badges 2.0", "Open Badges 3.0"]


@pytest.mark.parametrize(
    "signed",
    [
        _signed(identity("carla@example.org"), validFrom="2023-05-01T00:00:00Z", nbf=1682899200),
        _signed(),
    ],
    ids=["another day", "no holder"],
)
def test_records_that_may_be_of_two_awards_are_not_called_the_same(strange: Desk, signed: bytes) -> None:
    strange.put(_both({**hosted().assertion}, signed))
    head = strange.head()
    assert head["headline"] == "Valid, and not of this site"
    assert UNSURE in head["text"]
    assert strange.page.locator(".record[open] .rows").count() == 2
    assert strange.page.locator(".report > .rows").count() == 0


def test_records_that_differ_say_so_under_the_worse_answer(strange: Desk) -> None:
    signed = _signed(identity("carla@example.org"), validUntil="2023-12-31T23:59:59Z")
    reports = strange.put(_both(hosted().assertion, signed))
    assert [report["answer"] for report in reports] == ["valid", "expired"]
    head = strange.head()
    assert (head["headline"], head["answer"]) == ("Expired", "expired")
    words = "say different things. Open Badges 2.0: Valid, and not of this site. Open Badges 3.0: Expired."
    assert words in head["text"]
    assert strange.page.locator(".record[open] > summary").inner_text() == "Open Badges 3.0: Expired"


def test_records_that_end_on_different_days_say_so(strange: Desk) -> None:
    ends = {"expires": "2031-01-01T00:00:00Z"}
    strange.web.files[hosted().assertion["id"]] = json.dumps({**hosted().assertion, **ends}).encode()
    for until, agree in (("2031-01-01T00:00:00Z", True), ("2032-01-01T00:00:00Z", False)):
        strange.put(_both({**hosted().assertion, **ends}, _signed(identity("carla@example.org"), validUntil=until)))
        assert (AGREE in strange.head()["text"]) == agree
        assert ("say different things of how long it holds" in strange.head()["text"]) != agree


def test_a_forged_record_beside_a_valid_one_is_the_answer(desk: Desk, site: Site) -> None:
    head, body, mark = file_of(site, NAMED, "credential.jwt").split(b".")
    forged = b".".join((head, body, mark[:-4] + b"AAAA"))
    desk.put(_both(json.loads(file_of(site, NAMED, "assertion.json")), forged))
    said = desk.head()
    assert (said["headline"], said["answer"]) == ("Not genuine", "invalid")
    assert "Open Badges 2.0: Valid. Open Badges 3.0: Not genuine." in said["text"]


def test_a_record_that_cannot_be_checked_here_does_not_contradict_the_other(strange: Desk) -> None:
    proof = {"type": "DataIntegrityProof", "verificationMethod": f"{strangers.DID}#EdDSA", "proofValue": "z3"}
    subject = {**credential()["credentialSubject"], "identifier": [identity("carla@example.org")]}
    document = credential(iss=None, jti=None, nbf=None, sub=None, proof=proof, credentialSubject=subject)
    reports = strange.put(_both(hosted().assertion, json.dumps(document).encode()))
    assert [report["answer"] for report in reports] == ["valid", "unknown"]
    head = strange.head()
    assert head["headline"] == "Not known"
    assert "not both could be decided. Open Badges 2.0: Valid, and not of this site." in head["text"]
    assert "Not checked: Genuine" in head["text"]
    assert "badgesite verify FILE" in head["text"]


def test_two_badges_in_a_picture_must_be_of_one_person(strange: Desk) -> None:
    for report in strange.put(picture_of("dario@example.org")):
        assert (report["answer"], report["headline"]) == ("invalid", "Not a badge that can be read")
        assert report["steps"]["readable"] == "failed mismatch"
        assert "which are of two people" in report["text"]
    head = strange.head()
    assert head["headline"] == "Not a badge that can be read"
    assert "say different things: the picture carries badges of two awards, which are of two people." in head["text"]
    assert "there is no whole badge" not in head["text"]


def test_two_badges_in_a_picture_must_be_published_by_one_host(desk: Desk) -> None:
    signed = token(credential()).decode()
    picture = bake_png(png(), {"openbadges": f"{BASE}awards/{NAMED}/assertion.json", "openbadgecredential": signed})
    for report in desk.put(picture):
        assert report["steps"]["readable"] == "failed mismatch"
        assert "one is of badges.example.edu, the other of other.example.org" in report["text"]
    assert desk.page.locator(".report").count() == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_nobody_is_shut_out_of_two_records(opened: Open, site: Site, width: int) -> None:
    desk = opened(Web(site), viewport={"width": width, "height": 844})
    desk.put(file_of(site, NAMED, "badge.png"))
    page = desk.page
    assert page.evaluate("document.activeElement.id") == "answer-1"
    for _ in range(2):  # past the link to the award's page, each record is opened by the keyboard
        while page.evaluate("document.activeElement.parentElement.className") != "record":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
    assert page.locator(".record[open]").count() == 2
    assert barriers(page) == []
    assert page.evaluate(OVERHANG) == []
    assert page.evaluate(FAINT_TEXT) == []
