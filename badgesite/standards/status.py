"""Bitstring Status List 1.0: which credentials of a batch are revoked, as one bit for each, in a signed list.

The bits are plain `bytes`; index 0 is the most significant bit of byte 0. A bit that is set is never cleared, so lists
have the purpose `revocation` alone.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from struct import pack

from badgesite.crypto.encoding import base64url, from_base64url
from badgesite.errors import FormatError
from badgesite.plan import Plan

CONTEXT = "https://www.w3.org/ns/credentials/v2"
SMALLEST = 131_072  # bits (section 4.2): among so many, an index tells nothing about its holder
LARGEST = 2**27  # bits; what a list of somebody else's may expand to
PURPOSE = "revocation"
_INDEX = re.compile(r"[0-9]{1,10}")
_NOT_EMPTY = re.compile(rb"[^\0]")
_PER_AWARD = 4  # so that most indices are free, and one drawn at random seldom meets another
_GZIP_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"  # RFC 1952: deflate, no time, no system, so the same on any machine


def size_for(awards: int) -> int:
    """How many bits the list of a batch of so many awards has: a power of two."""
    return max(SMALLEST, 1 << (awards * _PER_AWARD - 1).bit_length()) if awards else SMALLEST


def bits_with(size: int, indices: Iterable[int]) -> bytes:
    """`size` bits, those at `indices` set."""
    bits = bytearray(size // 8)
    for index in indices:
        if not 0 <= index < size:
            raise FormatError(f"a status list of {size:,} bits has no index {index}")
        bits[index // 8] |= 0x80 >> index % 8
    return bytes(bits)


def indices_in(bits: bytes) -> frozenset[int]:
    """The indices of all bits that are set."""
    return frozenset(_indices(bits))


def _indices(bits: bytes) -> Iterator[int]:
    for found in _NOT_EMPTY.finditer(bits):  # most bytes are empty, and a pattern passes over those the quickest
        position, byte = found.start(), found[0][0]
        yield from (position * 8 + place for place in range(8) if byte & 0x80 >> place)


def encode(bits: bytes) -> str:
    """The encodedList of a status list: `u`, then base64url of the bits under GZIP (section 3.3)."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(bits) + deflate.flush()
    return "u" + base64url(_GZIP_HEADER + packed + pack("<II", zlib.crc32(bits), len(bits) % 2**32))


def decode(text: str, limit: int) -> bytes:
    """The bits of an encodedList; FormatError if it is not one or would expand past `limit` bytes (section 3.4)."""
    if not text.startswith("u"):
        raise FormatError("an encodedList begins with u, for base64url")
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        bits = inflate.decompress(from_base64url(text[1:]), limit + 1)
    except zlib.error as error:
        raise FormatError("the encodedList is not a GZIP text, or is damaged") from error
    if len(bits) > limit:
        raise FormatError(f"the encodedList expands to more than {limit:,} bytes")
    if not inflate.eof or inflate.unused_data:
        raise FormatError("the encodedList ends too early, or goes on after its end")
    return bits


def entry(plan: Plan, issuer: str, name: str, index: int) -> dict[str, object]:
    """The credentialStatus of a credential (section 2.1): one object, the only form that the OB 3.0 schema takes."""
    address = plan.url(plan.status_list(issuer, name))
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSE,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def place_of(credential: Mapping[str, object]) -> tuple[str, int]:
    """The name of the list and the index that a credential of ours says; FormatError if it says none."""
    status = credential.get("credentialStatus")
    known = status if isinstance(status, Mapping) else {}
    address, index = str(known.get("statusListCredential", "")), str(known.get("statusListIndex", ""))
    if not _INDEX.fullmatch(index) or known.get("id") != f"{address}#{index}":
        raise FormatError("the credential does not say its place in a status list")
    return address.rpartition("/")[2].removesuffix(".json"), int(index)


def status_list(plan: Plan, issuer: str, name: str, bits: bytes, valid_from: str) -> dict[str, object]:
    """A status list, still without a proof (section 2.2); `valid_from` is the moment of its signing.

    It has no end, so that a site which nobody builds for a year goes on answering.
    """
    address = plan.url(plan.status_list(issuer, name))
    return {
        "@context": [CONTEXT],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": plan.did(issuer),
        "validFrom": valid_from,
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encode(bits),
        },
    }


def bits_of(document: Mapping[str, object], purpose: str = PURPOSE) -> bytes:
    """The bits that a status list says; FormatError if it is none for the purpose, or is too short (section 3.2)."""
    kinds, subject = document.get("type"), document.get("credentialSubject")
    if not isinstance(kinds, list) or "BitstringStatusListCredential" not in kinds or not isinstance(subject, Mapping):
        raise FormatError("the document is not a status list")
    if subject.get("type") not in ("BitstringStatusList", ["BitstringStatusList"]):
        raise FormatError("the document is not a status list, as its credentialSubject says")
    purposes = subject.get("statusPurpose")
    if purpose not in (purposes if isinstance(purposes, list) else [purposes]):
        raise FormatError(f"the status list is not one for {purpose}")
    bits = decode(str(subject.get("encodedList", "")), LARGEST // 8)
    if len(bits) * 8 < SMALLEST:
        raise FormatError(f"the status list has {len(bits) * 8:,} bits, and {SMALLEST:,} are the fewest")
    return bits
