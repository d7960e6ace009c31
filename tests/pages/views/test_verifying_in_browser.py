"""The verify page with badges of its own site: each state and each kind of damage has its own answer."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.pages.views.conftest import EXPIRED, REVOKED, file_of, published
from tests.pages.web import Desk, Web
from tests.signing import BASE, sign, write_signed_site
from tests.sites import ADDRESSES, AWARDS, BATCH, BATCH_PATH

Site = dict[str, bytes]
NAMED, UNNAMED = AWARDS
RIGHT = ["readable", "genuine", "issuer", "hosted", "dates", "revocation", "schema"]
Open = Callable[..., Desk]


@pytest.mark.parametrize("name", ["credential.json", "credential.jwt", "assertion.json", "badge.svg"])
def test_a_valid_badge_is_valid_in_every_form(desk: Desk, site: Site, name: str) -> None:
    (report,) = desk.put(file_of(site, NAMED, name))
    assert (report["answer"], report["headline"]) == ("valid", "Valid")
    assert report["steps"] == dict.fromkeys(RIGHT, "passed")


def test_a_picture_that_carries_both_standards_has_both_answered(desk: Desk, site: Site) -> None:
    reports = desk.put(file_of(site, NAMED, "badge.png"))
    assert [report["answer"] for report in reports] == ["valid", "valid"]
    assert "Open Badges 2.0" in reports[0]["text"]
    assert "Open Badges 3.0" in reports[1]["text"]


def test_who_publishes_it_is_told_by_domain_before_the_name_it_gives_itself(desk: Desk, site: Site) -> None:
    (report,) = desk.put(file_of(site, NAMED, "credential.json"))
    text = report["text"]
    assert text.index("Published by\nbadges.example.edu") < text.index("Issuer, as it calls itself\n")
    assert (
        "badges.example.edu publishes it; the issuer names a web site at www.example.edu, and badges.example.edu is a "
        "name below example.edu"
    ) in text


@pytest.mark.parametrize("name", ["credential.json", "credential.jwt"])
def test_an_expired_badge_is_expired(desk: Desk, site: Site, name: str) -> None:
    (report,) = desk.put(file_of(site, EXPIRED, name))
    assert (report["answer"], report["headline"]) == ("expired", "Expired")
    assert report["steps"] == {**dict.fromkeys(RIGHT, "passed"), "dates": "failed expired"}
    assert "it was valid until 31 December 2023" in report["text"]


def test_a_badge_that_expires_after_the_page_was_made_is_expired_then(desk: Desk, site: Site) -> None:
    desk.page.clock.set_fixed_time(datetime.fromisoformat("2026-07-15T00:00:01Z"))
    (report,) = desk.put(file_of(site, NAMED, "credential.json"))
    assert report["headline"] == "Expired"


@pytest.mark.parametrize("name", ["credential.json", "credential.jwt"])
def test_a_revoked_credential_is_revoked(desk: Desk, site: Site, name: str) -> None:
    (report,) = desk.put(file_of(site, REVOKED, name))
    assert (report["answer"], report["headline"]) == ("revoked", "Revoked")
    assert report["steps"] == {**dict.fromkeys(RIGHT, "passed"), "revocation": "failed revoked"}
    assert "a list gives no reason" in report["text"]


def test_a_revoked_assertion_says_why(desk: Desk, site: Site) -> None:
    (report,) = desk.put(file_of(site, REVOKED, "assertion.json"))
    assert report["headline"] == "Revoked"
    assert "badges.example.edu says that it is revoked: Assegnato per errore" in report["text"]


def test_the_picture_of_a_revoked_award_has_no_badge_inside(desk: Desk, site: Site) -> None:
    (report,) = desk.put(file_of(site, REVOKED, "badge.png"))
    assert (report["answer"], report["headline"]) == ("invalid", "No badge inside")
    assert report["steps"] == {"readable": "failed empty"}
    assert "No file was fetched for this answer." in report["text"]


def test_a_changed_credential_is_not_genuine_and_what_was_changed_is_told(desk: Desk, site: Site) -> None:
    document = json.loads(file_of(site, NAMED, "credential.json"))
    document["credentialSubject"]["identifier"][1]["identityHash"] = "Eva Falsa"
    document["name"] = "Inglese C2"
    (report,) = desk.put(json.dumps(document).encode())
    assert (report["answer"], report["headline"]) == ("invalid", "Not genuine")
    assert report["steps"]["genuine"] == "failed mismatch"
    words = "the badge, its title or text, the holder's name or address"
    assert f"{words} (name, credentialSubject.identifier[1].identityHash)" in report["text"]
    assert "credentialSubject" in desk.page.locator(".outcome .quiet").inner_text()
    claimed = desk.page.locator(".claimed").inner_text()
    assert claimed.startswith("What it says of itself, which nothing here confirms:")
    assert "Eva Falsa" in claimed
    desk.put(file_of(site, NAMED, "credential.json"))
    assert desk.page.locator(".claimed").count() == 0


def test_a_changed_token_is_not_genuine(desk: Desk, site: Site) -> None:
    token = file_of(site, NAMED, "credential.jwt").decode()
    head, body, mark = token.split(".")
    other = file_of(site, UNNAMED, "credential.jwt").decode().split(".")[1]
    turned = mark[:-1] + ("A" if mark[-1] != "A" else "Q")
    for text in (f"{head}.{other}.{mark}", f"{head}.{body}.{turned}"):
        (report,) = desk.put(text.encode())
        assert report["headline"] == "Not genuine"
        assert report["steps"]["genuine"] == "failed signature"


def test_a_changed_assertion_is_not_genuine_but_an_older_copy_is(desk: Desk, site: Site) -> None:
    document = json.loads(file_of(site, NAMED, "assertion.json"))
    (report,) = desk.put(json.dumps({**document, "expires": "2030-01-01T00:00:00Z"}).encode())
    assert report["steps"]["genuine"] == "failed mismatch"
    assert report["headline"] == "Not genuine"
    shorter = {name: value for name, value in document.items() if name != "narrative"}
    assert desk.put(json.dumps(shorter).encode())[0]["answer"] == "valid"


def test_a_credential_in_the_place_of_another_is_not_what_it_says(desk: Desk, site: Site) -> None:
    document = json.loads(file_of(site, NAMED, "credential.json"))
    document["id"] = f"{BASE}awards/{UNNAMED}/credential.json"
    (report,) = desk.put(json.dumps(document).encode())
    assert report["headline"] == "Not genuine"


def test_an_award_that_the_site_never_made_is_not_vouched_for(desk: Desk, site: Site) -> None:
    document = json.loads(file_of(site, NAMED, "credential.json"))
    document["id"] = f"{BASE}awards/00000000-0000-4000-8000-000000000000/credential.json"
    (report,) = desk.put(json.dumps(document).encode())
    assert report["answer"] == "unknown"
    assert report["steps"]["genuine"] == "unchecked proof"
    assert "badgesite verify FILE" in report["text"]


def test_a_replaced_credential_says_that_there_is_a_newer_one(opened: Open, tmp_path: Path) -> None:
    root = write_signed_site(tmp_path, {BATCH_PATH: BATCH})
    sign(root)
    before = published(root)
    (root / BATCH_PATH).write_text(BATCH.replace("Ada Esempio", "Ada Prova"), encoding="utf-8")
    sign(root, datetime.fromisoformat("2024-04-01T00:00:00Z"), seed=1, replaces=True)
    desk = opened(Web(published(root)))
    for name in ("credential.json", "credential.jwt"):
        (report,) = desk.put(file_of(before, NAMED, name))
        assert (report["answer"], report["headline"]) == ("revoked", "Replaced by a newer one")
        assert report["steps"]["revocation"] == "failed revoked"
        assert report["steps"]["hosted"] == "failed replaced"


def test_the_holder_is_compared_in_the_browser_and_the_address_sent_to_nobody(desk: Desk, site: Site) -> None:
    for name in ("credential.json", "credential.jwt", "assertion.json"):
        (report,) = desk.put(file_of(site, NAMED, name), email=f" {ADDRESSES[0].upper()} ")
        assert (report["answer"], report["steps"]["recipient"]) == ("valid", "passed")
        assert desk.page.locator(".state .whose").inner_text() == f"It was awarded to {ADDRESSES[0].upper()}."
        (report,) = desk.put(file_of(site, NAMED, name), email=ADDRESSES[1])
        assert (report["answer"], report["headline"]) == ("invalid", "Somebody else's badge")
        assert report["steps"]["recipient"] == "failed recipient"
        assert desk.page.locator(".whose").count() == 0
    assert not any("example.org" in address for address in desk.web.asked)


def test_a_holder_who_is_not_named_stays_so(desk: Desk, site: Site) -> None:
    (report,) = desk.put(file_of(site, UNNAMED, "credential.json"))
    assert report["answer"] == "valid"
    assert "Awarded to" not in report["text"]
    assert "Awarded to\nAda Esempio" in desk.put(file_of(site, NAMED, "credential.json"))[0]["text"]


@pytest.mark.parametrize("page", ["", "en/"])
def test_the_address_of_an_award_or_of_its_page_is_enough(desk: Desk, page: str) -> None:
    assert [each["answer"] for each in desk.paste(f"{BASE}awards/{NAMED}/credential.jwt")] == ["valid"]
    reports = desk.paste(f"  {BASE}{page}awards/{REVOKED}/ ")
    assert [each["answer"] for each in reports] == ["revoked", "revoked"]
    for typed in (f"badges.example.edu/{page}awards/{NAMED}/", f"http://badges.example.edu/{page}awards/{NAMED}/"):
        assert [each["answer"] for each in desk.paste(typed)] == ["valid", "valid"]
        assert [each["answer"] for each in desk.paste(typed.removesuffix("/"))] == ["valid", "valid"]


def test_a_page_is_told_from_a_page_that_was_saved(desk: Desk, site: Site) -> None:
    (report,) = desk.put(site[f"{BASE}en/awards/{NAMED}/index.html"])
    assert "this is a web page, and no badge; choose the picture or the file" in report["text"]
    (report,) = desk.paste(f"{BASE}en/verify/")
    assert "this is a web page that names no badge" in report["text"]


def test_an_address_where_nothing_is_says_so(desk: Desk) -> None:
    (report,) = desk.paste(f"{BASE}awards/nobody/credential.json")
    assert report["headline"] == "Not a badge that can be read"
    assert "badges.example.edu has no such file" in report["text"]


@pytest.mark.parametrize("typed", ["https://www.search.example/", "www.search.example"])
def test_an_address_that_cannot_be_read_is_told_as_no_badge(desk: Desk, typed: str) -> None:
    (report,) = desk.paste(typed)
    assert (report["answer"], report["headline"]) == ("unknown", "No badge was found there")
    assert "www.search.example does not answer, or lets no other site read its file" in report["text"]
    assert "Nothing speaks against" not in report["text"]


def test_nothing_chosen_is_told_as_that_and_no_more(desk: Desk) -> None:
    (report,) = desk.paste("  ")
    assert report["text"].strip() == "Choose a file, or paste a text or an address"
    assert report["steps"] == {}


def test_a_visitor_whose_connection_is_gone_is_told_and_not_kept_waiting(desk: Desk) -> None:
    for address in [each for each in desk.web.files if each.endswith("/answering.js")]:
        del desk.web.files[address]
    desk.page.fill("#text", "{}")
    desk.page.click("#desk button")
    desk.page.get_by_text("What checks badges could not be loaded.").wait_for()
    assert desk.page.locator("form[aria-busy]").count() == 0
    desk.faults.clear()  # the browser's own word of the file that was not there


def test_nothing_is_read_before_the_visitor_asks_and_then_each_file_is_told(desk: Desk, site: Site) -> None:
    own = [address for address in desk.web.asked if "/assets/" not in address]
    assert own == [f"{BASE}en/verify/"]
    before = len(desk.web.asked)
    (report,) = desk.put(file_of(site, NAMED, "credential.json"))
    asked = [address for address in desk.web.asked[before:] if "/assets/" not in address]
    assert sorted(asked) == sorted(
        [
            f"{BASE}awards/{NAMED}/credential.jwt",
            f"{BASE}issuers/example/did.json",
            next(address for address in site if "/status/" in address and address.endswith(".jwt")),
        ]
    )
    desk.page.click(".files summary")
    rows = desk.page.locator(".files tbody tr").all_inner_texts()
    assert len(rows) == 3
    assert all(row.startswith("badges.example.edu\n/") and row.endswith(" bytes") for row in rows)
    assert "Files that were read: 3" in report["text"]


def test_the_list_of_what_is_revoked_must_be_signed_by_the_issuer(opened: Open, site: Site) -> None:
    address = next(address for address in site if "/status/" in address and address.endswith(".jwt"))
    head, body, mark = site[address].split(b".")
    desk = opened(Web({**site, address: b".".join((head, body, mark[:-4] + b"AAAA"))}))
    (report,) = desk.put(file_of(site, REVOKED, "credential.jwt"))
    assert report["steps"]["revocation"] == "failed status"
    assert report["answer"] == "invalid"
    assert report["headline"] == "Not valid"


def test_without_the_signed_list_its_json_is_read_and_not_believed(opened: Open, site: Site) -> None:
    address = next(address for address in site if "/status/" in address and address.endswith(".jwt"))
    desk = opened(Web({name: data for name, data in site.items() if name != address}))
    (report,) = desk.put(file_of(site, NAMED, "credential.jwt"))
    assert (report["answer"], report["steps"]["revocation"]) == ("unknown", "unchecked status")
    assert "its signature is not checked here" in report["text"]


def test_a_key_that_the_issuer_took_away_signs_no_more(opened: Open, site: Site) -> None:
    address = f"{BASE}issuers/example/did.json"
    document = json.loads(site[address])
    document["assertionMethod"] = [name for name in document["assertionMethod"] if "#z6Mk" in name]
    desk = opened(Web({**site, address: json.dumps(document).encode()}))
    for name in ("credential.json", "credential.jwt"):
        (report,) = desk.put(file_of(site, NAMED, name))
        assert report["steps"]["genuine"] == "failed key"
        assert report["headline"] == "Not genuine"
