"""Badges of another institution, at other.example.org: signed, hosted, and made wrong in one way or another."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HOST = "https://other.example.org/"
DID = "did:web:other.example.org"
DID_DOCUMENT = f"{HOST}.well-known/did.json"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
Key = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey

KEYS: Mapping[str, Key] = {
    "ES256": ec.generate_private_key(ec.SECP256R1()),
    "RS256": rsa.generate_private_key(65537, 2048),
    "EdDSA": ed25519.Ed25519PrivateKey.generate(),
}


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _number(value: int, size: int | None = None) -> str:
    return base64url(value.to_bytes(size or (value.bit_length() + 7) // 8, "big"))


def jwk(key: Key) -> dict[str, str]:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        point = key.public_key().public_numbers()
        return {"kty": "EC", "crv": "P-256", "x": _number(point.x, 32), "y": _number(point.y, 32)}
    if isinstance(key, rsa.RSAPrivateKey):
        numbers = key.public_key().public_numbers()
        return {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {"kty": "OKP", "crv": "Ed25519", "x": base64url(raw)}


def sign(key: Key, data: bytes) -> bytes:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        r, s = decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return key.sign(data)


def token(claims: Mapping[str, object], alg: str = "ES256", key: Key | None = None, **header: object) -> bytes:
    """A compact JWS; `header` joins or replaces what belongs there (None leaves it out)."""
    members = {"alg": alg, "kid": f"{DID}#{alg}", "typ": "JWT", **header}
    parts = [{name: value for name, value in members.items() if value is not None}, claims]
    body = ".".join(base64url(json.dumps(part).encode()) for part in parts)
    return f"{body}.{base64url(sign(key or KEYS[alg], body.encode()))}".encode()


def credential(**changes: object) -> dict[str, Any]:
    """A credential as its maker signs it, with registered claims; a member that is None is left out."""
    document: dict[str, object] = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": f"{HOST}credentials/7",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": DID, "type": ["Profile"], "name": "Other College", "url": "https://www.college.example"},
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "id": "urn:uuid:5c4f9a5e-6b0a-4a0e-9f0f-1d1f0b8f9c11",
            "achievement": {
                "id": f"{HOST}a/1",
                "type": ["Achievement"],
                "name": "Juggling",
                "description": "Juggles.",
                "criteria": {"narrative": "Juggle."},
            },
        },
        "iss": DID,
        "jti": f"{HOST}credentials/7",
        "nbf": 1672531200,
        "sub": "urn:uuid:5c4f9a5e-6b0a-4a0e-9f0f-1d1f0b8f9c11",
        **changes,
    }
    return {name: value for name, value in document.items() if value is not None}


def files() -> dict[str, bytes]:
    """What the other institution publishes: its keys."""
    methods = [
        {"id": f"{DID}#{alg}", "type": "JsonWebKey", "controller": DID, "publicKeyJwk": jwk(key)}
        for alg, key in KEYS.items()
    ]
    document = {"id": DID, "verificationMethod": methods, "assertionMethod": [method["id"] for method in methods]}
    return {DID_DOCUMENT: json.dumps(document).encode()}


@dataclass(frozen=True)
class Hosted:
    """An Open Badge 2.0 on other.example.org: three documents and a list, each of which may be changed."""

    assertion: dict[str, Any]
    badge: dict[str, Any]
    issuer: dict[str, Any]
    revocations: dict[str, Any]

    def files(self) -> dict[str, bytes]:
        documents = (self.assertion, self.badge, self.issuer, self.revocations)
        pictures = {f"{HOST}badge.png": PICTURE}
        return {**pictures, **{document["id"]: json.dumps(document).encode() for document in documents}}


def hosted() -> Hosted:
    """A valid one."""
    context = {"@context": "https://w3id.org/openbadges/v2"}
    return Hosted(
        {
            **context,
            "id": f"{HOST}assertion.json",
            "type": "Assertion",
            "recipient": {"type": "email", "hashed": False, "identity": "carla@example.org"},
            "badge": f"{HOST}badge.json",
            "issuedOn": "2023-01-01T00:00:00Z",
            "verification": {"type": "HostedBadge"},
        },
        {
            **context,
            "id": f"{HOST}badge.json",
            "type": "BadgeClass",
            "name": "Juggling",
            "description": "Juggles.",
            "image": f"{HOST}badge.png",
            "criteria": {"narrative": "Juggle."},
            "issuer": f"{HOST}issuer.json",
        },
        {
            **context,
            "id": f"{HOST}issuer.json",
            "type": "Issuer",
            "name": "Other College",
            "url": "https://www.example.org",
            "email": "office@example.org",
            "revocationList": f"{HOST}revoked.json",
        },
        {**context, "id": f"{HOST}revoked.json", "type": "RevocationList", "revokedAssertions": []},
    )
