"""An issuer in a few lines: its keys, what it publishes, credentials that it signs, and the look at one of them."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from badgesite.crypto.canonical import canonical
from badgesite.crypto.encoding import base58_encode, base64url, multikey
from badgesite.crypto.private_keys import Pair, make_pair
from badgesite.crypto.public_keys import jwk
from badgesite.crypto.strict_json import canonical_json
from badgesite.standards.did import did_document
from badgesite.standards.status import bits_with, encode
from badgesite.verify.badge import read_badges
from badgesite.verify.case import Case, Remembered
from badgesite.verify.ob3 import checks_of
from badgesite.verify.report import Check, Findings, Step
from tests.verify.badges import World

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SINCE = datetime(2022, 9, 1, tzinfo=UTC)
PAIR, OTHER_PAIR = make_pair("example", SINCE), make_pair("evil", SINCE)
DID, EVIL = "did:web:badges.example.edu:issuers:example", "did:web:evil.example.org"
DID_JSON, EVIL_JSON = (
    "https://badges.example.edu/issuers/example/did.json",
    "https://evil.example.org/.well-known/did.json",
)
AWARD = "https://badges.example.edu/awards/1/credential.json"
LIST = "https://badges.example.edu/status/example/0a1b2c3d.json"
OLD_LIST = "https://badges.example.edu/revocations"
VC, OB = "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
VC1, OB1 = "https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
CREATED = "2026-01-02T03:04:05Z"
GONE: Any = object()

Document = dict[str, Any]


def credential(**members: Any) -> Document:
    """A small award; `members` in place of its own, GONE leaves one out."""
    document = {
        "@context": [VC, OB],
        "id": AWARD,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "English B2",
        "issuer": {"id": DID, "type": ["Profile"], "name": "Example University", "url": "https://www.example.edu"},
        "validFrom": "2023-07-14T00:00:00Z",
        "validUntil": "2029-07-14T23:59:59Z",
        "credentialSubject": {
            "id": "https://badges.example.edu/awards/1/#holder",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://badges.example.edu/badges/b2/achievement.json",
                "type": ["Achievement"],
                "name": "English B2",
                "description": "Understands English",
                "criteria": {"narrative": "Pass the test"},
            },
        },
        "credentialStatus": entry(7),
        **members,
    }
    return {name: value for name, value in document.items() if value is not GONE}


def entry(index: object, **members: Any) -> Document:
    """A place in the list."""
    return {
        "id": f"{LIST}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": LIST,
        **members,
    }


def status_list(
    *revoked: int, size: int = 131_072, subject: Mapping[str, Any] | None = None, **members: Any
) -> Document:
    """A list in which these are revoked, without a proof."""
    document = {
        "@context": [VC],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": DID,
        "validFrom": "2023-07-14T00:00:00Z",
        "credentialSubject": {
            "id": f"{LIST}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode(bits_with(size, revoked)),
            **(subject or {}),
        },
        **members,
    }
    return {name: value for name, value in document.items() if value is not GONE}


def method_of(pair: Pair = PAIR, did: str = DID) -> str:
    """The name of a pair's first key in a DID document."""
    return pair.ed25519.public.method(did)


def signed(document: Document, pair: Pair = PAIR, method: str | None = None) -> Document:
    """The document with a proof by the pair, under the name of its issuer's key or another; as strangers make it."""
    issuer = document.get("issuer", DID)
    did = issuer if isinstance(issuer, str) else issuer["id"]
    options = _options("eddsa-rdfc-2022", method or method_of(pair, did))
    forms = canonical({"@context": document["@context"], **options}), canonical(document)
    return _with_proof(document, options, *forms, pair=pair)


def signed_as_text(document: Document) -> Document:
    """The document with a proof over its JSON, by the issuer."""
    options = {**_options("eddsa-jcs-2022", method_of()), "@context": document["@context"]}
    return _with_proof(document, options, canonical_json(options), canonical_json(document))


def _options(suite: str, method: str) -> Document:
    kind = {"type": "DataIntegrityProof", "cryptosuite": suite, "created": CREATED}
    return {**kind, "verificationMethod": method, "proofPurpose": "assertionMethod"}


def _with_proof(document: Document, options: Document, *forms: bytes, pair: Pair = PAIR) -> Document:
    signature = pair.ed25519.sign(b"".join(sha256(form).digest() for form in forms))
    return {**document, "proof": {**options, "proofValue": f"z{base58_encode(signature)}"}}


def token(
    document: Document,
    pair: Pair = PAIR,
    *,
    header: Document | None = None,
    whole: Document | None = None,
    **claims: Any,
) -> bytes:
    """The document as a token by the pair's other key; `header` and `claims` in place of what is usual.

    With `whole`, the claims are about the document, and the credential in the token is that one.
    """
    issuer = document["issuer"] if isinstance(document["issuer"], str) else document["issuer"]["id"]
    kid = pair.p256.public.method(issuer)
    usual: Document = {"iss": issuer, "jti": document.get("id"), "nbf": _seconds(document["validFrom"])}
    usual["sub"] = document["credentialSubject"]["id"]
    if "validUntil" in document:
        usual["exp"] = _seconds(document["validUntil"])
    return raw_token(
        {**document, **usual, **claims}, pair, {"alg": "ES256", "kid": kid, "typ": "JWT", **(header or {})}
    )


def raw_token(claims: Document, pair: Pair, header: Document) -> bytes:
    """A token of exactly these claims under this header, but for what is GONE."""
    parts = [{name: value for name, value in part.items() if value is not GONE} for part in (header, claims)]
    text = ".".join(base64url(json.dumps(part).encode()) for part in parts).encode()
    return text + b"." + base64url(pair.p256.sign(text)).encode()


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


def keys_of(did: str = DID, pair: Pair = PAIR) -> Document:
    """The DID document of an issuer with this pair."""
    return did_document(did, [key.public for key in pair])


def ed25519_method(name: str, controller: str, pair: Pair = PAIR) -> Document:
    """A verification method."""
    key = multikey(pair.ed25519.public.raw)
    return {"id": name, "type": "Multikey", "controller": controller, "publicKeyMultibase": key}


def p256_jwk(pair: Pair = PAIR) -> Document:
    """The public JWK of a pair's second key."""
    return dict(jwk(pair.p256.public.raw))


def world(**files: object) -> World:
    """What the issuer serves: its keys and its list; `keys`, `list` and other addresses in place of that."""
    served: dict[str, object] = {
        DID_JSON: keys_of(),
        LIST: signed(status_list()),
        EVIL_JSON: keys_of(EVIL, OTHER_PAIR),
    }
    return World({**served, **files})


def looked(badge: Document | bytes, served: World | None = None, address: str | None = None) -> dict[Step, Check]:
    """The check of each step for a badge."""
    data = badge if isinstance(badge, bytes) else json.dumps(badge).encode()
    (read,) = read_badges(data, address)
    findings = Findings()
    for check in checks_of(Case(read, Remembered((served or world()).fetch, lambda: NOW), NOW)):
        findings.add(check)
    return {check.step: check for check in findings.checks()}


def told(badge: Document | bytes, step: Step, served: World | None = None) -> tuple[str, str]:
    """The outcome and the code of one step."""
    check = looked(badge, served)[step]
    return check.outcome, check.code


def failures(badge: Document | bytes, served: World | None = None) -> list[str]:
    """Every step that failed, with its code."""
    return [f"{step} {check.code}" for step, check in looked(badge, served).items() if check.outcome == "failed"]
