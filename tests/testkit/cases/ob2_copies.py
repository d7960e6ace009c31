"""Open Badges 2.0, hosted: copies that say otherwise than their host, and whose award it is."""

from collections.abc import Iterator
from hashlib import md5, sha256

from tests.testkit.case import GONE, Case, expect, written
from tests.testkit.cases.hosting import hosted
from tests.testkit.cases.school import EMAIL, HASH, HOST, SALT, assertion


def cases() -> Iterator[Case]:
    yield from _altered()
    yield from _people()


def _altered() -> Iterator[Case]:
    mismatch = expect("ob2", genuine="mismatch")
    yield hosted(
        "altered-recipient",
        "The copy names another recipient than its host",
        mismatch,
        copy={
            "recipient": {"type": "email", "hashed": False, "identity": "eve@student.example"},
        },
    )
    yield hosted(
        "altered-badge", "The copy names another badge than its host", mismatch, copy={"badge": f"{HOST}/ob2/b2.json"}
    )
    yield hosted(
        "altered-day",
        "The copy says that it was awarded a year before",
        mismatch,
        copy={"issuedOn": "2025-01-10T09:00:00Z"},
    )
    yield hosted(
        "altered-narrative",
        "The copy has a narrative that its host does not",
        mismatch,
        copy={"narrative": "With honours."},
    )
    yield hosted(
        "altered-expiry",
        "The copy says nothing of the end that its host names",
        mismatch,
        expires="2027-01-10T09:00:00Z",
        copy={"expires": GONE},
    )
    yield hosted(
        "altered-expiry-later",
        "The copy ends ten years after what its host says",
        mismatch,
        expires="2027-01-10T09:00:00Z",
        copy={"expires": "2037-01-10T09:00:00Z"},
    )
    yield hosted(
        "valid-older-copy",
        "The copy lacks a narrative that its host has added since",
        narrative="Added later.",
        copy={"narrative": GONE},
        why="What is served counts, and the copy claims nothing that is not so.",
    )
    other = assertion(f"{HOST}/ob2/another-id/other.json")
    yield hosted(
        "another-id",
        "What is served at the award's id has another id",
        expect("ob2", hosted="id"),
        served=written(other),
    )
    yield hosted(
        "a-web-page",
        "A web page is served at the award's id",
        expect("ob2", genuine="hosted", hosted="hosted"),
        served=b"<!doctype html><title>Not found</title>\n",
    )
    yield hosted(
        "served-twice-a-member",
        "What is served has a member twice: two readers could take it for two awards",
        expect("ob2", genuine="hosted", hosted="hosted"),
        served=written(assertion(f"{HOST}/ob2/served-twice-a-member/assertion.json")).replace(
            b'"type": "Assertion",', b'"type": "Assertion",\n "badge": "https://badges.example/ob2/b2.json",', 1
        ),
    )


def _people() -> Iterator[Case]:
    yield hosted("recipient-right", "The address is that of the award's holder", email=EMAIL)
    yield hosted(
        "recipient-with-spaces-and-capitals",
        "The same address, with blanks around it and in capitals",
        email=f" {EMAIL.upper()} ",
        why="Addresses are compared trimmed and in lower case.",
    )
    other = expect("ob2", recipient="recipient")
    yield hosted("recipient-of-another", "The award is somebody else's", other, email="eve@student.example")
    plain = {"type": "email", "hashed": False, "identity": EMAIL}
    yield hosted("recipient-in-plain", "The address stands in plain in the award", recipient=plain, email=EMAIL)
    bare = {"type": "email", "hashed": True, "identity": f"sha256${sha256(EMAIL.encode()).hexdigest()}"}
    yield hosted("recipient-without-salt", "The address is hashed without a salt", recipient=bare, email=EMAIL)
    upper = {"type": "email", "hashed": True, "salt": SALT, "identity": "sha256$" + HASH[7:].upper()}
    yield hosted("recipient-hash-in-capitals", "The hash is written in capitals", recipient=upper, email=EMAIL)
    before = {**bare, "salt": SALT, "identity": f"sha256${sha256((SALT + EMAIL).encode()).hexdigest()}"}
    yield hosted(
        "recipient-salt-before",
        "The salt was put before the address, where it belongs after",
        other,
        recipient=before,
        email=EMAIL,
    )
    old = {**bare, "salt": SALT, "identity": f"md5${md5((EMAIL + SALT).encode()).hexdigest()}"}
    yield hosted(
        "recipient-by-md5",
        "The address is hashed by MD5, which the standard still allows",
        expect("ob2", browser="unknown"),
        recipient=old,
        email=EMAIL,
        why="A browser has no MD5 and leaves the recipient open, who was asked for.",
    )
    link = {"type": "url", "hashed": False, "identity": f"{HOST}/people/ada"}
    yield hosted("recipient-an-address", "The recipient is a web address, and no e-mail address", recipient=link)
    yield hosted("recipient-missing", "The award names no recipient", expect("ob2", schema="schema"), recipient=GONE)
    yield hosted(
        "recipient-hash-said-to-be-none",
        "The recipient is a hash, and said not to be one",
        expect("ob2", schema="schema"),
        recipient={"type": "email", "hashed": False, "identity": HASH, "salt": SALT},
    )
    yield hosted(
        "recipient-without-hashed",
        "The recipient does not say whether it is hashed",
        expect("ob2", schema="schema"),
        recipient={"type": "email", "identity": HASH, "salt": SALT},
    )
