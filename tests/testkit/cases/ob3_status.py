"""Open Badges 3.0: whether a credential was taken back, by a list that its issuer has signed."""

from collections.abc import Iterator
from typing import Any

from badgesite.crypto.encoding import base64url
from tests.testkit import keys
from tests.testkit.case import GONE, Case, Expected, expect, written
from tests.testkit.cases.school import (
    EVIL,
    HOST,
    SET,
    UNSET,
    VC,
    claims,
    credential,
    embedded,
    encoded,
    entry,
    in_token,
    status_list,
)
from tests.testkit.deflate import gzipped
from tests.testkit.signing import DID, proved, token

GROUP = "ob3-status"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"


def cases() -> Iterator[Case]:
    yield from _entries()
    yield from _lists()
    yield from _encodings()
    yield from _older()


def _token_of(name: str, status: Any, **more: Any) -> str:
    return token(claims(credential(name, credentialStatus=status, **more)))


def of(name: str, title: str, expected: Expected, status: Any, **more: Any) -> Case:
    """A credential in a token with this status, which a browser can check as well."""
    return in_token(f"{GROUP}/{name}", title, expected, text=_token_of(name, status), **more)


def listed(name: str, title: str, expected: Expected, make: Any, index: object = UNSET, **more: Any) -> Case:
    """A credential with a list of its own: `make` gives what is served at its address, a document or bytes."""
    address = f"{HOST}/status/{name}.json"
    made = make(address)
    data = made if isinstance(made, bytes) else written(made)
    return of(name, title, expected, entry(index, address), world={address: data}, **more)


def _as_token(address: str, **members: Any) -> bytes:
    """A status list in a token, as many publish it, and as a browser can check it."""
    document = status_list(address, **members)
    return token({**document, "iss": document["issuer"], "jti": address, "nbf": 1768035600}).encode()


REVOKED, STATUS = expect("ob3-jwt", revocation="revoked"), expect("ob3-jwt", revocation="status")
VALID = expect("ob3-jwt")
UNSEEN = expect("ob3-jwt", "valid", "unknown")
"""A sound list whose proof a browser cannot look into."""


def _entries() -> Iterator[Case]:
    yield of("unset", "The credential has a place in its issuer's list, and is not revoked", UNSEEN, entry())
    yield of("set", "The place of the credential in the list is set: it is revoked", REVOKED, entry(SET))
    yield embedded(
        f"{GROUP}/set-with-proof",
        "The same of a credential with an embedded proof",
        expect("ob3", revocation="revoked"),
        signed=proved(credential("set-with-proof", credentialStatus=entry(SET))),
    )
    yield of("no-status", "The credential has no place in any list", VALID, GONE)
    both = [entry(), entry(SET)]
    yield of("several-one-set", "Two places, of which the second is set", REVOKED, both)
    yield of(
        "several-none-set",
        "Two places in the list, and neither is set",
        UNSEEN,
        [entry(), entry(UNSET + 1)],
        why="The JSON Schema of Open Badges 3.0 wants one entry; the data model allows several.",
    )
    yield of(
        "index-a-number",
        "The place is a number, where a text is meant",
        expect("ob3-jwt", revocation="revoked"),
        entry(SET, statusListIndex=SET),
        why="What it means is plain, so it is read: the revocation counts.",
    )
    yield of("index-out-of-range", "The place lies behind the end of the list", STATUS, entry(131_072))
    for name, title, index in (
        ("index-negative", "The place is below nothing", "-1"),
        ("index-in-words", "The place is a word", "ninety-four"),
        ("index-hexadecimal", "The place is written in hexadecimal", "0x5e"),
    ):
        yield of(name, title, expect("ob3-jwt", revocation="status", schema="schema"), entry(statusListIndex=index))
    yield of(
        "index-missing",
        "The entry names no place",
        expect("ob3-jwt", revocation="status", schema="schema"),
        entry(statusListIndex=GONE),
    )
    purpose = {"statusPurpose": "suspension"}
    yield of(
        "purpose-another-than-the-list",
        "The entry asks for suspension, and the list is of revocations",
        STATUS,
        entry(SET, **purpose),
    )
    yield _suspended()
    yield of(
        "purpose-refresh",
        "The entry is there for renewal alone, and says nothing of revocation",
        VALID,
        entry(SET, statusPurpose="refresh"),
    )
    yield of(
        "type-unknown",
        "The status is of a type that nobody knows",
        expect("ob3-jwt", "invalid", "unknown", schema="dropped"),
        {**entry(), "type": "MossStatus"},
    )
    yield of("list-not-there", "The list is not served", STATUS, entry(UNSET, f"{HOST}/status/none.json"))
    yield of(
        "list-silent",
        "The host of the list does not answer",
        expect("ob3-jwt", "unknown"),
        entry(UNSET, "https://silent.example/list.json"),
        silent=("silent.example",),
    )


def _suspended() -> Case:
    name = "suspended"
    address = f"{HOST}/status/{name}.json"
    about = {"statusPurpose": "suspension"}
    return of(
        name,
        "The credential is suspended, which its issuer may take back",
        REVOKED,
        entry(SET, address, statusPurpose="suspension"),
        world={address: _as_token(address, subject=about)},
    )


def _lists() -> Iterator[Case]:
    yield listed("list-a-token", "The list is a token", VALID, _as_token)
    yield listed("list-a-token-set", "The list is a token, and the place is set", REVOKED, _as_token, SET)
    unseen = expect("ob3-jwt", "invalid", "unknown", revocation="status")
    yield listed(
        "list-unsigned",
        "Nobody signed the list",
        STATUS,
        status_list,
        why="Whoever serves a list could clear a bit; it counts if the issuer signed it.",
    )
    yield listed(
        "list-of-another",
        "The list is sound, and of another issuer",
        STATUS,
        lambda address: proved(status_list(address, issuer=EVIL), keys.STRANGER),
    )
    yield listed(
        "list-by-another-key",
        "The list names the issuer, and another key signed it",
        STATUS,
        lambda address: token(
            {**status_list(address), "iss": DID, "jti": address, "nbf": 1768035600}, keys.STRANGER_P256
        ).encode(),
    )
    yield listed(
        "list-altered",
        "The list was changed after it was signed, so that the place is clear",
        unseen,
        lambda address: {
            **proved(status_list(address)),
            "credentialSubject": {**status_list(address)["credentialSubject"], "encodedList": encoded()},
        },
        SET,
    )
    yield listed(
        "list-expired",
        "The list itself has ended",
        STATUS,
        lambda address: _as_token(address, validUntil="2026-02-01T00:00:00Z"),
        why="A list of long ago could be shown again after a revocation.",
    )
    yield listed(
        "list-early",
        "The list is valid from tomorrow on",
        STATUS,
        lambda address: token(
            {**status_list(address, validFrom="2026-06-02T00:00:00Z"), "iss": DID, "jti": address}
        ).encode(),
    )
    yield listed(
        "list-another-id",
        "The list says that it is another list",
        STATUS,
        lambda address: _as_token(f"{HOST}/status/other.json"),
    )
    yield listed(
        "list-another-purpose",
        "The list has the purpose of suspension",
        STATUS,
        lambda address: _as_token(address, subject={"statusPurpose": "suspension"}),
    )
    yield listed(
        "list-of-two-purposes",
        "The list has two purposes, of which one is revocation",
        VALID,
        lambda address: _as_token(address, subject={"statusPurpose": ["revocation", "suspension"]}),
    )
    yield listed(
        "list-a-web-page",
        "A web page is served in place of the list",
        STATUS,
        lambda address: b"<!doctype html><title>Moved</title>\n",
    )
    yield listed(
        "list-a-badge",
        "A badge is served in place of the list",
        STATUS,
        lambda address: token(claims(credential("list-a-badge-inside", id=address))).encode(),
    )


def _encodings() -> Iterator[Case]:
    def case(name: str, title: str, text: str, expected: Expected = STATUS, index: int = UNSET, **more: Any) -> Case:
        return listed(
            name, title, expected, lambda address: _as_token(address, subject={"encodedList": text}), index, **more
        )

    bits = bytearray(16_384)
    packed = gzipped(bytes(bits))
    yield case(
        "list-too-small",
        "The list has 8,192 places, fewer than the least",
        "u" + base64url(gzipped(bytes(1024))),
        why="Among few, a place tells who is meant: Bitstring Status List asks for 131,072.",
    )
    yield case("list-padded", "The list ends in the = of padded base64", "u" + base64url(packed) + "=")
    yield case(
        "list-of-base64",
        "The list is of plain base64, with + and /",
        "u" + base64url(gzipped(bytes(range(256)) * 64)).replace("-", "+").replace("_", "/"),
    )
    yield case("list-without-prefix", "The list lacks the u in front", base64url(packed))
    yield case("list-not-compressed", "The bits are not compressed", "u" + base64url(bytes(bits[:96])))
    yield case("list-cut", "The compressed bits end too early", "u" + base64url(packed[:-6]))
    yield case("list-empty", "The list is empty", "")
    bits[0] = 0x80
    first = "u" + base64url(gzipped(bytes(bits)))
    yield case("first-place-set", "The first place of the list is its highest bit", first, REVOKED, 0)
    yield case("first-place-of-other-order", "The eighth place is clear, where the first is set", first, VALID, 7)
    yield case("large-list", "The list has a million places", encoded(999_999, size=1_048_576), REVOKED, 999_999)


def _older() -> Iterator[Case]:
    def case(name: str, title: str, expected: Expected, revoked: list[Any], **members: Any) -> Case:
        there = f"{HOST}/status/{name}.json"
        document = credential(
            name,
            **{"@context": [VC, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", EXTENSIONS]},
            credentialStatus={"id": there, "type": "1EdTechRevocationList"},
        )
        about = [{**each, "id": document["id"]} if isinstance(each, dict) else each for each in revoked]
        lists = {"id": there, "issuer": DID, "revokedCredential": about, **members}
        return in_token(f"{GROUP}/{name}", title, expected, text=token(claims(document)), world={there: written(lists)})

    yield case("names-without-it", "A list of names, in which the credential is not", VALID, [])
    yield case(
        "names-with-it",
        "A list of names, in which the credential is",
        REVOKED,
        [{"revoked": True, "revocationReason": "By mistake."}],
    )
    yield case(
        "names-without-the-word", "The list of names does not say `revoked`, which means that it is", REVOKED, [{}]
    )
    yield case("names-said-not-to-be", "The list of names says that it is not revoked", VALID, [{"revoked": False}])
    yield case("names-of-another", "The list of names is of another issuer", STATUS, [], issuer=EVIL)
