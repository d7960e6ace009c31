"""What is put before us: which badges a file carries, and what is no badge."""

import pytest

from badgesite.crypto.encoding import base64url
from badgesite.standards.baking import bake_png, bake_svg
from badgesite.verify.badge import UnreadableError, read_badges
from tests.verify.badges import ASSERTION, PNG, SVG, chunk, written

HOSTED = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": ASSERTION}
CREDENTIAL = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "id": "urn:uuid:1",
}


def _token(claims: object) -> bytes:
    return b".".join(base64url(part).encode() for part in (b'{"alg":"RS256"}', written(claims), b"signature"))


@pytest.mark.parametrize(
    ("data", "form", "carrier"),
    [
        (written(HOSTED), "ob2", "json"),
        (b"\xef\xbb\xbf\n" + written(HOSTED), "ob2", "json"),
        (written(CREDENTIAL), "ob3", "json"),
        (_token(HOSTED), "ob2-jws", "jwt"),
        (_token(HOSTED) + b"\n", "ob2-jws", "jwt"),
        (_token(CREDENTIAL), "ob3-jwt", "jwt"),
        (_token({"vc": CREDENTIAL, "iss": "did:web:a"}), "ob3-jwt", "jwt"),
        (bake_png(PNG, {"openbadges": written(HOSTED).decode()}), "ob2", "png"),
        (bake_png(PNG, {"openbadgecredential": _token(CREDENTIAL).decode()}), "ob3-jwt", "png"),
        (bake_svg(SVG, "ob2", ASSERTION, written(HOSTED).decode()), "ob2", "svg"),
        (bake_svg(SVG, "ob3", None, written(CREDENTIAL).decode()), "ob3", "svg"),
        (bake_svg(SVG, "ob2", _token(HOSTED).decode(), ""), "ob2-jws", "svg"),
    ],
)
def test_a_badge_is_read_from_whatever_carries_it(data: bytes, form: str, carrier: str) -> None:
    (badge,) = read_badges(data, "https://badges.example.org/file")
    assert (badge.form, badge.carrier, badge.address) == (form, carrier, "https://badges.example.org/file")
    assert badge.id in (ASSERTION, "urn:uuid:1")
    assert (badge.token is not None) == (form in ("ob2-jws", "ob3-jwt"))


@pytest.mark.parametrize(
    "inside",
    [
        f'<o:assertion verify=" {ASSERTION} ">{written(HOSTED).decode()}</o:assertion>',
        f'<o:assertion verify="{ASSERTION}">{ASSERTION}</o:assertion>',
        f'<o:assertion verify="{_token(HOSTED).decode()}">{_token(HOSTED).decode()}</o:assertion>',
        f"<o:assertion>{written(HOSTED).decode()}</o:assertion>",
    ],
)
def test_an_svg_may_name_its_badge_twice(inside: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="http://openbadges.org">{inside}</svg>'
    (badge,) = read_badges(svg.encode())
    assert badge.id == ASSERTION


def test_a_picture_with_both_standards_gives_two_badges() -> None:
    texts = {"openbadges": written(HOSTED).decode(), "openbadgecredential": written(CREDENTIAL).decode()}
    assert [badge.form for badge in read_badges(bake_png(PNG, texts))] == ["ob2", "ob3"]


def test_an_old_picture_gives_the_address_of_its_assertion() -> None:
    old = PNG[:33] + chunk(b"tEXt", b"openbadges\0" + ASSERTION.encode()) + PNG[33:]
    (badge,) = read_badges(old)
    assert (badge.form, badge.document) == ("ob2", {"id": ASSERTION})


def test_an_svg_may_carry_no_more_than_an_address() -> None:
    (badge,) = read_badges(bake_svg(SVG, "ob2", ASSERTION, ""))
    assert (badge.form, badge.id) == ("ob2", ASSERTION)


TWICE = PNG[:33] + 2 * chunk(b"iTXt", b"openbadges\0\0\0\0\0" + written(HOSTED)) + PNG[33:]


def _svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="http://openbadges.org">{inside}</svg>'.encode()


BODY, SIGNED = written(HOSTED).decode(), _token(HOSTED).decode()
OTHER = "https://badges.example.org/other.json"


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (_svg(f'<o:assertion verify="{OTHER}"><![CDATA[{BODY}]]></o:assertion>'), "several", "another in its text"),
        (
            _svg(f'<o:assertion verify="{SIGNED}">{BODY}</o:assertion>'),
            "several",
            "another in its text",
        ),
        (_svg(f'<o:assertion verify="{OTHER}">{ASSERTION}</o:assertion>'), "several", "another in its text"),
        (_svg(f'<o:assertion verify="{ASSERTION}"/><o:assertion verify="{ASSERTION}"/>'), "several", "several badges"),
        (
            _svg(f'<o:assertion verify="{ASSERTION}"><g><o:assertion verify="{OTHER}"/></g></o:assertion>'),
            "several",
            "several badges",
        ),
        (b"", "empty", "empty"),
        (b" \n", "empty", "empty"),
        (PNG, "empty", "carries no badge"),
        (SVG, "empty", "carries no badge"),
        (TWICE, "several", "several badges"),
        (PNG[:40], "unreadable", "PNG"),
        (b"<svg", "unreadable", "XML"),
        (b"<!DOCTYPE html><html></html>", "unreadable", "web page"),
        (b"<?xml version='1.0'?>\n<!-- a --><html/>", "unreadable", "web page"),
        (b"<!-- a -->" * 5_000 + b"<htm", "unreadable", "XML"),
        (b"<!-- a -->\n" * 5_000 + b"<HTML>", "unreadable", "web page"),
        (b"{", "unreadable", "JSON"),
        (b'{"type": "Assertion", "type": "Assertion"}', "unreadable", "twice"),
        (b"[]", "unreadable", "JSON"),
        (written({}), "unreadable", "not an Open Badge"),
        (written({"type": "Assertion", "@context": "https://w3id.org/openbadges/v1"}), "old", "Open Badges 1"),
        (written({"recipient": "x", "badge": {}}), "old", "Open Badges 1"),
        (written({**HOSTED, "type": "BadgeClass"}), "unreadable", "BadgeClass"),
        (written({**CREDENTIAL, "type": ["BitstringStatusListCredential"]}), "unreadable", "list of what is revoked"),
        (b"a.b.c", "unreadable", ""),
        (_token([1]), "unreadable", ""),
        (ASSERTION.encode(), "unreadable", ASSERTION),
        (b"\xff\xd8\xff\xe0JFIF", "unreadable", "neither"),
        (bake_png(PNG, {"openbadges": written(CREDENTIAL).decode()}), "unreadable", "another standard"),
        (bake_png(PNG, {"openbadgecredential": ASSERTION}), "unreadable", "no badge"),
        (bake_png(PNG, {"openbadges": "words"}), "unreadable", "no badge"),
    ],
)
def test_what_is_no_badge_is_said_to_be_none(data: bytes, code: str, words: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_badges(data)
    assert caught.value.code == code
    assert words in str(caught.value)
