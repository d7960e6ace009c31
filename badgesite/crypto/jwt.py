"""The same credential as a signed token: VC-JWT by ES256 (Open Badges 3.0, section 8.2.4; RFC 7515; RFC 7518, 3.4).

What is signed is made from the stored text of a credential, to the letter, so that a token need not be stored: its
header follows from the key, its payload from the text, and only the signature is kept.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from badgesite.crypto.encoding import base64url, from_base64url
from badgesite.crypto.signer import Signer
from badgesite.errors import FormatError

CLAIMS = ("iss", "jti", "nbf", "sub", "exp")
_PROOF = b',"proof":'
_NOT_STORED = "the credential is not compact JSON whose last member is its proof"
_ALGORITHM = ECDSA(SHA256())
_LENGTH = 64  # bytes of a signature: r and s, 32 each


def payload(text: bytes) -> bytes:
    """The claims of a stored credential: the text without its proof, which stands last, and the registered claims.

    These are iss = the issuer's id, jti = id, nbf = validFrom, sub = the subject's id if it has one, and exp =
    validUntil if there is one; times are whole seconds since 1970. FormatError if the text is no stored credential.
    """
    document = unproved(text)
    if taken := [name for name in (*CLAIMS, "proof") if name in document]:
        raise FormatError(f"the credential has a member {taken[0]}, which its token has as well")
    return text[: text.rindex(_PROOF)] + b"," + _compact(_claims(document))[1:]


@lru_cache(maxsize=1)
def unproved(text: bytes) -> Mapping[str, object]:
    """What a stored credential says, without its proof; FormatError as `payload`.

    The last one is kept: whoever verifies a signature then looks at what was signed.
    """
    body, mark, proof = text.rpartition(_PROOF)
    try:
        document, ending = json.loads(body + b"}"), json.loads(b'{"proof":' + proof)
    except (ValueError, RecursionError) as error:
        raise FormatError(_NOT_STORED) from error
    if not mark or not isinstance(document, dict) or len(ending) != 1:
        raise FormatError(_NOT_STORED)
    return document


@lru_cache(maxsize=1024)
def signing_input(text: bytes, kid: str) -> bytes:
    """What a token's signature is over: header and payload, in base64url, joined by a dot (RFC 7515, section 5.1).

    Whoever publishes a token has verified it just before, a few hundred at a time: the work is done once.
    """
    return f"{_header(kid)}.{base64url(payload(text))}".encode()


def sign_jwt(text: bytes, kid: str, key: Signer) -> str:
    """The signature of a stored credential's token, as base64url of 86 characters; `key` is the P-256 key `kid`."""
    return base64url(key.sign(signing_input(text, kid)))


def jwt_of(text: bytes, kid: str, signature: str) -> bytes:
    """The token itself, in compact form, without a final line feed."""
    return b"%b.%b" % (signing_input(text, kid), signature.encode())


def verify_jwt(text: bytes, kid: str, signature: str, point: bytes) -> bool:
    """Whether the signature is by the P-256 public key at `point`, uncompressed, over this text and this `kid`.

    FormatError if the text is no stored credential, or `point` is none of the curve.
    """
    key, data = _public_key(point), signing_input(text, kid)
    try:
        raw = from_base64url(signature)
    except FormatError:
        return False
    if len(raw) != _LENGTH:
        return False
    try:
        key.verify(encode_dss_signature(_number(raw[:32]), _number(raw[32:])), data, _ALGORITHM)
    except InvalidSignature:
        return False
    return True


def _compact(members: Mapping[str, object]) -> bytes:
    return json.dumps(members, ensure_ascii=False, separators=(",", ":")).encode()


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _claims(document: Mapping[str, object]) -> dict[str, object]:
    issuer, subject = document.get("issuer"), document.get("credentialSubject")
    claims: dict[str, object] = {
        "iss": _text(issuer.get("id") if isinstance(issuer, dict) else issuer, "issuer.id"),
        "jti": _text(document.get("id"), "id"),
        "nbf": _seconds(document.get("validFrom"), "validFrom"),
    }
    if isinstance(subject, dict) and "id" in subject:
        claims["sub"] = _text(subject["id"], "credentialSubject.id")
    if "validUntil" in document:
        claims["exp"] = _seconds(document["validUntil"], "validUntil")
    return claims


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise FormatError(f"the credential has no {name}, or it is no text of one line")
    return value


def _seconds(value: object, name: str) -> int:
    """A moment with a zone, in whole seconds since 1970-01-01T00:00:00Z (RFC 7519, NumericDate)."""
    try:
        moment = datetime.fromisoformat(_text(value, name))
    except ValueError as error:
        raise FormatError(f"{name} is no moment, as 2023-07-14T00:00:00Z") from error
    if moment.tzinfo is None or moment.microsecond:
        raise FormatError(f"{name} is not in whole seconds with a zone, as 2023-07-14T00:00:00Z")
    return int(moment.astimezone(UTC).timestamp())


@lru_cache(maxsize=64)
def _header(kid: str) -> str:
    return base64url(_compact({"alg": "ES256", "kid": kid, "typ": "JWT"}))


@lru_cache(maxsize=64)
def _public_key(point: bytes) -> EllipticCurvePublicKey:
    try:
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point)
    except ValueError as error:
        raise FormatError("the public key is no point of the curve P-256") from error
