"""The verify page with pictures and texts: what is damaged or no badge at all says so, and what is old is read."""

import struct
import zlib

import pytest

from badgesite.standards.baking import bake_png
from tests.pages.views.conftest import file_of
from tests.pages.web import Desk
from tests.signing import BASE
from tests.sites import AWARDS

Site = dict[str, bytes]
NAMED = AWARDS[0]


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A picture of one point, with chunks between its first and its last."""
    head = (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pieces = [b"\x89PNG\r\n\x1a\n"]
    for kind, data in (head, *chunks, (b"IEND", b"")):
        pieces.append(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)))
    return b"".join(pieces)


OB2 = b'{"@context": "https://w3id.org/openbadges/'
FLOOD = (b"zTXt", b"openbadges\0\0" + zlib.compress(b"0" * 2**23))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="http://openbadges.org">%s</svg>'
ASSERTION = b'<![CDATA[{"type": "Assertion", "id": "https://other.example.org/1"}]]>'
NESTED = b"<o:assertion>" + ASSERTION + b"<o:assertion>" + ASSERTION + b"</o:assertion></o:assertion>"
TWO = b'<o:assertion verify="https://other.example.org/2">' + ASSERTION + b"</o:assertion>"
BROKEN: list[tuple[str, bytes, str, str]] = [
    ("a text", b"no badge at all", "unreadable", "neither a badge nor a picture"),
    ("a blank text", b" \n", "empty", "The file is empty"),
    ("JSON that ends early", b'{"@context": ["https://www.w3.org/ns/credentials/v2"', "unreadable", "not sound JSON"),
    ("a member twice", b'{"type": "Assertion", "id": "a", "id": "b"}', "unreadable", "could be read in two ways"),
    ("a deep nest", b'{"a":' * 100 + b"1" + b"}" * 100, "unreadable", "not sound JSON"),
    ("half a character", rb'{"type": "Assertion", "id": "\ud800"}', "unreadable", "not sound JSON"),
    ("other JSON", b'{"hello": "world"}', "unreadable", "neither a badge"),
    ("a badge class", OB2 + b'v2", "type": "BadgeClass"}', "unreadable", "not an award"),
    ("an old badge", OB2 + b'v1", "type": "Assertion"}', "old", "Open Badges 1"),
    ("a web page", b"<!doctype html><title>Hello</title>", "unreadable", "a web page, and no badge; choose"),
    ("a token of nothing", b"aaaa.bbbb.cccc", "unreadable", "damaged or incomplete"),
    ("a picture alone", png(), "empty", "carries no badge"),
    ("a picture cut short", png((b"iTXt", b"openbadges\0\0\0\0\0{}"))[:-20], "unreadable", "damaged"),
    ("a wrong checksum", png((b"tEXt", b"openbadges\0{}")).replace(b"{}", b"[]"), "unreadable", "damaged"),
    ("two of a kind", png(*[(b"tEXt", b"openbadges\0{}")] * 2), "several", "several badges"),
    ("a flood in a picture", png(FLOOD), "unreadable", "larger"),
    ("an SVG with entities", b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "unreadable", "damaged"),
    ("an SVG that is none", b"<svg><g></svg>", "unreadable", "damaged"),
    ("an SVG alone", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "empty", "carries no badge"),
]  # fmt: skip
TWICE: list[tuple[str, bytes, str, str]] = [
    ("two of a kind, the second a flood", png((b"tEXt", b"openbadges\0{}"), FLOOD), "several", "several badges"),
    ("an SVG with one badge inside another", SVG % NESTED, "several", "several badges"),
    ("an SVG that names two badges", SVG % TWO, "several", "in its verify attribute"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code", "words"), [c[1:] for c in BROKEN + TWICE], ids=[c[0] for c in BROKEN + TWICE])
def test_what_is_no_whole_badge_says_so_and_asks_nobody(desk: Desk, data: bytes, code: str, words: str) -> None:
    before = len(desk.web.told)
    (report,) = desk.put(data)
    assert report["answer"] == "invalid"
    if words.startswith("The file"):
        assert report["text"].strip() == report["headline"] == words
    else:
        assert report["headline"] == ("No badge inside" if code == "empty" else "Not a badge that can be read")
        assert report["steps"] == {"readable": f"failed {code}"}
    assert words in report["text"]
    assert len(desk.web.told) == before


def test_a_picture_of_long_ago_that_carries_an_address_is_answered(desk: Desk, site: Site) -> None:
    address = f"{BASE}awards/{NAMED}/assertion.json"
    (report,) = desk.put(png((b"tEXt", b"openbadges\0" + address.encode())))
    assert report["answer"] == "valid"


def test_a_picture_may_hold_its_badge_behind_the_image_or_compressed(desk: Desk, site: Site) -> None:
    text = file_of(site, NAMED, "assertion.json")
    packed = b"openbadges\0\1\0\0\0" + zlib.compress(text)
    (report,) = desk.put(png((b"IDAT", b""), (b"iTXt", packed)))
    assert report["answer"] == "valid"
    (report,) = desk.put(bake_png(png(), {"openbadgecredential": file_of(site, NAMED, "credential.jwt").decode()}))
    assert report["answer"] == "valid"
