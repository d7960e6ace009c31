from base64 import urlsafe_b64encode
from gzip import compress, decompress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badgesite.crypto.encoding import from_base64url
from badgesite.errors import FormatError
from badgesite.plan import Plan
from badgesite.standards.status import (
    bits_of,
    bits_with,
    decode,
    encode,
    entry,
    indices_in,
    place_of,
    size_for,
    status_list,
)

PLAN = Plan("https://badges.example.edu/open/", ("it", "en"))
LIST = "https://badges.example.edu/open/status/example/0a1b2c3d.json"


def _encoded(data: bytes) -> str:
    return "u" + urlsafe_b64encode(data).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("awards", "bits"),
    [(0, 131_072), (1, 131_072), (32_768, 131_072), (32_769, 262_144), (65_536, 262_144), (65_537, 524_288)],
)
def test_a_list_has_a_power_of_two_of_bits_and_four_for_each_award(awards: int, bits: int) -> None:
    assert size_for(awards) == bits


def test_index_0_is_the_most_significant_bit_of_the_first_byte() -> None:
    assert bits_with(16, [0]) == b"\x80\0"
    assert bits_with(16, [7, 8]) == b"\x01\x80"
    assert indices_in(b"\x01\x80") == {7, 8}


@pytest.mark.parametrize("index", [-1, 16])
def test_a_bit_beyond_the_list_is_refused(index: int) -> None:
    with pytest.raises(FormatError, match=f"no index {index}"):
        bits_with(16, [index])


@given(st.frozensets(st.integers(0, 131_071), max_size=50))
def test_what_is_encoded_is_decoded(indices: frozenset[int]) -> None:
    bits = bits_with(131_072, indices)
    text = encode(bits)
    assert decode(text, limit=16_384) == bits == decompress(from_base64url(text[1:]))
    assert indices_in(bits) == indices


def test_no_clock_and_no_machine_is_in_a_list() -> None:
    assert from_base64url(encode(bytes(16_384))[1:])[:10] == bytes.fromhex("1f8b080000000000 02ff")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        encode(b"ab")[1:],
        "u!!",
        "uéé",
        encode(b"ab") + "=",
        "u",
        _encoded(b"not gzip"),
        _encoded(compress(b"ab")[:-1]),
        _encoded(compress(b"ab") + b"\0"),
        _encoded(compress(b"ab")[:-5] + b"\0\0\0\0\0"),
    ],
    ids=[
        "nothing", "another letter", "no letter", "bad alphabet", "not ASCII", "padded", "empty", "no GZIP", "cut off",
        "goes on", "wrong sum",
    ],
)  # fmt: skip
def test_malformed_lists_are_format_errors(text: str) -> None:
    with pytest.raises(FormatError):
        decode(text, limit=131_072)


def test_a_list_that_would_fill_the_memory_is_refused() -> None:
    bomb = _encoded(compress(bytes(2_000_000)))
    assert len(bomb) < 3_000
    with pytest.raises(FormatError, match="expands to more than 16,384 bytes"):
        decode(bomb, limit=16_384)


def test_an_entry_names_its_list_and_an_index_as_text() -> None:
    assert entry(PLAN, "example", "0a1b2c3d", 94_567) == {
        "id": f"{LIST}#94567",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "94567",
        "statusListCredential": LIST,
    }
    assert place_of({"credentialStatus": entry(PLAN, "example", "0a1b2c3d", 94_567)}) == ("0a1b2c3d", 94_567)


@pytest.mark.parametrize(
    "status",
    [
        None,
        [],
        {"id": "#", "statusListIndex": ""},
        {"id": "x#²", "statusListCredential": "x", "statusListIndex": "²"},
        {"id": "x#" + "9" * 5000, "statusListCredential": "x", "statusListIndex": "9" * 5000},
        {"id": "x", "statusListCredential": "x", "statusListIndex": "5"},
    ],
    ids=["none", "a list", "no index", "no digit", "too long", "another id"],
)
def test_a_credential_without_a_place_in_a_list_is_told(status: object) -> None:
    with pytest.raises(FormatError, match="does not say its place"):
        place_of({"credentialStatus": status})


def test_a_status_list_is_a_credential_of_the_issuer_about_itself() -> None:
    bits = bits_with(131_072, [5])
    document = status_list(PLAN, "example", "0a1b2c3d", bits, "2026-11-22T08:00:00Z")
    assert document == {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": "did:web:badges.example.edu:open:issuers:example",
        "validFrom": "2026-11-22T08:00:00Z",
        "credentialSubject": {
            "id": f"{LIST}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode(bits),
        },
    }
    assert bits_of(document) == bits


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"type": ["VerifiableCredential"]}, "not a status list"),
        ({"credentialSubject": None}, "not a status list"),
        ({"credentialSubject": {"statusPurpose": "suspension"}}, "not one for revocation"),
        ({"credentialSubject": {"type": "BitstringStatusListEntry"}}, "not a status list, as its"),
        ({"credentialSubject": {"encodedList": encode(bytes(16_383))}}, "131,064 bits"),
        ({"credentialSubject": {"encodedList": 5}}, "begins with u"),
    ],
)
def test_what_is_no_status_list_of_ours_is_refused(change: dict[str, Any], message: str) -> None:
    document: dict[str, Any] = status_list(PLAN, "example", "0a1b2c3d", bytes(16_384), "2026-11-22T08:00:00Z")
    for key, value in change.items():
        document[key] = {**document[key], **value} if isinstance(value, dict) else value
    with pytest.raises(FormatError, match=message):
        bits_of(document)


def test_a_list_of_somebody_elses_may_be_for_another_purpose_or_for_several() -> None:
    document: dict[str, Any] = status_list(PLAN, "example", "0a1b2c3d", bytes(16_384), "2026-11-22T08:00:00Z")
    document["credentialSubject"]["statusPurpose"] = ["refresh", "suspension"]
    assert bits_of(document, "suspension") == bytes(16_384)
    with pytest.raises(FormatError, match="not one for revocation"):
        bits_of(document)
