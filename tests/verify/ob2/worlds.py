"""A host of Open Badges 2.0, sound in everything; a test changes one thing and looks at what is said."""

import json
from collections.abc import Mapping
from functools import cache

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from badgesite.crypto.encoding import base64url
from badgesite.verify.badge import read_badges
from badgesite.verify.report import Check, Outcome, Report, Step
from badgesite.verify.verifying import verify
from tests.verify.badges import ASSERTION, HOST, NOW, PNG, World, written

CONTEXT = "https://w3id.org/openbadges/v2"
BADGE, ISSUER, LIST, KEY = (f"{HOST}/{name}.json" for name in ("badge", "issuer", "revocations", "key"))
PICTURE, ENDORSEMENT, PRAISER = f"{HOST}/badge.png", f"{HOST}/endorsement.json", "https://quality.example.net/us.json"
EMAIL = "ada@example.org"
Document = Mapping[str, object]


def _document(kind: str, address: str, **members: object) -> dict[str, object]:
    return {"@context": CONTEXT, "type": kind, "id": address, **members}


def assertion(**members: object) -> dict[str, object]:
    """A hosted award, of sha256("ada@example.org" + "salt")."""
    identity = "sha256$a014001d5b097167917a72429dd5a82f1753a805174e3d74f47086d6459b96a1"
    return _document(
        "Assertion",
        ASSERTION,
        **{
            "recipient": {"type": "email", "hashed": True, "salt": "salt", "identity": identity},
            "badge": BADGE,
            "issuedOn": "2025-01-01T00:00:00Z",
            "verification": {"type": "HostedBadge"},
            **members,
        },
    )


def files(**changed: object) -> dict[str, object]:
    """Everything that the host serves, by address; `changed` names documents by the last part of theirs, as `badge`."""
    found: dict[str, object] = {
        ASSERTION: assertion(),
        BADGE: _document(
            "BadgeClass",
            BADGE,
            name="English B2",
            description="What it takes",
            criteria={"narrative": "An exam"},
            image=PICTURE,
            issuer=ISSUER,
        ),
        ISSUER: _document(
            "Issuer",
            ISSUER,
            name="Example University",
            url="https://www.example.org",
            email="badges@example.org",
            revocationList=LIST,
            publicKey=KEY,
        ),
        LIST: _document("RevocationList", LIST, issuer=ISSUER, revokedAssertions=[]),
        KEY: _document("CryptographicKey", KEY, owner=ISSUER, publicKeyPem=pem()),
        PICTURE: PNG,
    }
    for name, value in changed.items():
        address = f"{HOST}/{name}.json"
        before = found.get(address)
        found[address] = {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value
    return found


@cache
def key() -> RSAPrivateKey:
    """The issuer's key for signed badges."""
    return generate_private_key(65537, 2048)


def pem() -> str:
    """The public half of `key`."""
    return key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def signed(document: Document, header: Document | None = None, by: RSAPrivateKey | None = None) -> bytes:
    """A document as a JWS by RS256."""
    parts = (base64url(written(each)) for each in ({"alg": "RS256"} if header is None else header, document))
    data = ".".join(parts).encode()
    return data + b"." + base64url((by or key()).sign(data, PKCS1v15(), SHA256())).encode()


def reported(data: object, world: World, *, email: str | None = None, address: str | None = None) -> Report:
    """The report of what is put before us."""
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    (badge,) = read_badges(raw, address)
    return verify(badge, fetch=world.fetch, now=NOW, email=email, name="badge")


def told(report: Report, step: Step) -> Check:
    """The check of a step."""
    return next(check for check in report.checks if check.step == step)


def outcome(report: Report, step: Step) -> tuple[Outcome, str]:
    """How a step came out, and its code."""
    check = told(report, step)
    return check.outcome, check.code
