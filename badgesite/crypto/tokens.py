"""Signed tokens of strangers: compact JWS (RFC 7515, section 3.1), as VC-JWT and signed Open Badges 2.0 have it."""

from collections.abc import Mapping
from dataclasses import dataclass

from badgesite.crypto.encoding import from_base64url
from badgesite.crypto.strict_json import SIZE, read_object
from badgesite.crypto.verification_keys import ALGORITHMS, LENGTHS, NAMES, VerificationKey
from badgesite.errors import FormatError

_HEADER_SIZE = 64 * 1024
_SHOWN = 40
_UNDERSTOOD_NONE = ("crit", "b64")


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it was read, with nothing verified: `claims` are what its `payload` says."""

    header: Mapping[str, object]
    payload: bytes
    claims: Mapping[str, object]
    signature: bytes
    signing_input: bytes


def read_token(text: str | bytes) -> Token:
    """The token that a text holds, with white space around it or none.

    FormatError for all but a compact JWS whose header and payload are JSON objects, and for one beyond 10 MB.
    """
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
    if len(data) > SIZE:
        raise FormatError(f"the token is larger than {SIZE // 1024 // 1024} MB")
    data = data.strip(b" \t\r\n")
    parts = data.split(b".", 5)
    if len(parts) == 5:
        raise FormatError("the token is encrypted, a JWE; only its addressee can read it")
    if len(parts) != 3 or not data.isascii():
        raise FormatError("the text is no signed token: three parts of base64url, joined by dots")
    header, payload, signature = (
        _part(name, part) for name, part in zip(("header", "payload", "signature"), parts, strict=True)
    )
    return Token(
        header=_object("header", header, _HEADER_SIZE),
        payload=payload,
        claims=_object("payload", payload, SIZE),
        signature=signature,
        signing_input=data[: len(parts[0]) + 1 + len(parts[1])],
    )


def token_fault(token: Token, key: VerificationKey) -> str:
    """Why the token is not signed by this key, in plain words; "" if it is.

    The key decides what algorithm is fit, never the header alone (RFC 8725, section 3.1).
    """
    algorithm = token.header.get("alg")
    if fault := header_fault(token.header):
        return fault
    if ALGORITHMS[str(algorithm)] != key.kind:
        return f"its header says {algorithm}, which does not go with the issuer's key, of {NAMES[key.kind]}"
    length = LENGTHS.get(key.kind)
    if length and len(token.signature) != length:
        return f"its signature has {len(token.signature)} bytes, and one by {algorithm} has {length}"
    if not key.verify(token.signature, token.signing_input):
        return "its signature is not by this key over these words: something was changed, or another key signed"
    return ""


def header_fault(header: Mapping[str, object]) -> str:
    """Why no key at all can verify a token with this header; "" if one could."""
    algorithm = header.get("alg")
    if not isinstance(algorithm, str):
        return "its header names no algorithm"
    if algorithm.lower() == "none":
        return "it is not signed: its header says so, with the algorithm none"
    if algorithm.upper().startswith("HS"):
        return f"its header says {_shown(algorithm)}, which is no signature: whoever can verify it can make it"
    if algorithm not in ALGORITHMS:
        known = ", ".join(ALGORITHMS)
        return f"its header says {_shown(algorithm)}, which badgesite does not verify; it verifies {known}"
    if found := [name for name in _UNDERSTOOD_NONE if name in header]:
        return f"its header has {found[0]}: it asks for an extension that badgesite does not know (RFC 7515, 4.1.11)"
    return ""


def _part(name: str, text: bytes) -> bytes:
    try:
        return from_base64url(text.decode("ascii"))
    except FormatError as error:
        raise FormatError(f"the token's {name} is not base64url without padding") from error


def _object(name: str, data: bytes, size: int) -> dict[str, object]:
    try:
        return read_object(data, size=size)
    except FormatError as error:
        raise FormatError(f"the token's {name}: {error}") from error


def _shown(text: str) -> str:
    return repr(text[:_SHOWN])[1:-1]
