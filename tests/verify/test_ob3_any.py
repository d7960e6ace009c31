"""Whatever strangers write and serve, every step ends in a check."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from badgesite.verify.badge import UnreadableError
from tests.verify.credentials.issuing import (
    DID,
    DID_JSON,
    GONE,
    LIST,
    OLD_LIST,
    OTHER_PAIR,
    credential,
    keys_of,
    looked,
    p256_jwk,
    signed,
    status_list,
    token,
    world,
)

ODD: tuple[Any, ...] = (
    *(
        None,
        True,
        0,
        -1,
        1.5,
        1e308,
        "",
        "x",
        "https://",
        "https://[",
        "did:web:",
        "did:key:z",
        "did:jwk:e30",
        "\x1b[2J",
    ),
    *("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00", "2024-02-30T00:00:00Z", [], {}, [[]], [{}], {"id": 5}),
    *([None], {"@value": "x"}, ["x", "x"], "e30.e30.e30", "#z6Mk", {"type": []}, GONE),
)
ENDORSED = credential(
    endorsement=[{"id": "urn:uuid:1", "type": ["VerifiableCredential", "EndorsementCredential"], "issuer": DID}],
    endorsementJwt=[token(credential()).decode()],
    evidence=[{"id": "https://www.example.edu/", "type": ["Evidence"]}],
)


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of everything in a document."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in items:
        yield (*path, step)
        yield from places(inner, (*path, step))


def altered(document: dict[str, Any], path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """The document with another value at one place."""
    copy = deepcopy(document)
    node: Any = copy
    for step in path[:-1]:
        node = node[step]
    if value is GONE:
        del node[path[-1]]
    else:
        node[path[-1]] = deepcopy(value)
    return copy


def sound_or_told(badge: Any, **files: object) -> None:
    """Every step must end in a check with words."""
    try:
        found = looked(badge, world(**files))
    except UnreadableError:
        return
    assert {"genuine", "issuer", "hosted", "dates", "revocation", "schema"} <= found.keys()
    assert all(check.words for check in found.values())


ANY = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SIGNED, KEYS, OPEN_LIST = signed(ENDORSED), keys_of(), signed(status_list())


@ANY
@given(st.sampled_from(list(places(SIGNED))), st.sampled_from(ODD))
def test_any_value_in_a_document(path: tuple[str | int, ...], value: object) -> None:
    sound_or_told(altered(SIGNED, path, value))


@ANY
@given(st.sampled_from(list(places(ENDORSED))), st.sampled_from(ODD))
def test_any_value_in_a_token(path: tuple[str | int, ...], value: object) -> None:
    sound_or_told(token(ENDORSED, whole=altered(ENDORSED, path, value)))


@ANY
@given(
    st.sampled_from(["alg", "kid", "typ", "jwk", "iss", "jti", "nbf", "sub", "exp", "vc", "crit"]), st.sampled_from(ODD)
)
def test_any_value_in_a_header_and_the_claims(name: str, value: Any) -> None:
    sound_or_told(token(credential(), header={name: value}))
    sound_or_told(token(credential(), **{name: value}))


@ANY
@given(st.sampled_from(list(places(KEYS))), st.sampled_from(ODD))
def test_any_value_in_what_an_issuer_publishes(path: tuple[str | int, ...], value: object) -> None:
    document = altered(KEYS, path, value)
    sound_or_told(SIGNED, **{DID_JSON: document})
    sound_or_told(token(credential()), **{DID_JSON: document})
    header = {"kid": GONE, "jwk": p256_jwk()}
    sound_or_told(token(credential(), header=header), **{DID_JSON: document})


@ANY
@given(st.sampled_from(list(places(OPEN_LIST))), st.sampled_from(ODD))
def test_any_value_in_a_status_list(path: tuple[str | int, ...], value: object) -> None:
    sound_or_told(SIGNED, **{LIST: altered(OPEN_LIST, path, value)})


@ANY
@given(st.sampled_from(ODD), st.sampled_from(ODD))
def test_any_value_in_an_older_list(one: object, other: object) -> None:
    badge = token(credential(credentialStatus={"id": OLD_LIST, "type": "1EdTechRevocationList"}))
    document = {"issuer": one, "revokedCredential": [{"id": other}, other]}
    served = {name: value for name, value in document.items() if one is not GONE and other is not GONE}
    sound_or_told(badge, **{OLD_LIST: served})


@pytest.mark.parametrize(
    "served", [b"", b"\xff", b"[]", b"null", b"{", b"e30.e30.", b"\xef\xbb\xbf{}", b"{}"], ids=repr
)
def test_any_bytes_in_place_of_what_is_served(served: bytes) -> None:
    for address in (DID_JSON, LIST, SIGNED["id"]):
        sound_or_told(SIGNED, **{address: served})


def test_a_badge_of_somebody_else_altogether_is_told() -> None:
    sound_or_told(signed(credential(), OTHER_PAIR))
    sound_or_told(json.dumps({"@context": [], "type": "VerifiableCredential"}).encode())
