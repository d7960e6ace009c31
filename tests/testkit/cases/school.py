"""The school that all badges of the kit are of: its keys, its documents, an award in each standard, and their world."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from badgesite.crypto.encoding import base64url
from tests.testkit import keys
from tests.testkit.case import Case, Document, Expected, expect, without_gone, written
from tests.testkit.deflate import gzipped
from tests.testkit.pictures import PNG
from tests.testkit.signing import DID, method_of, proved, token

HOST, EVIL_HOST, ENDORSER_HOST = "https://badges.example", "https://evil.example", "https://endorser.example"
DID_JSON = f"{HOST}/.well-known/did.json"
EVIL, ENDORSER = "did:web:evil.example", "did:web:endorser.example"
EMAIL, SALT = "ada@student.example", "a-lake-in-autumn"
HASH = f"sha256${sha256((EMAIL + SALT).encode()).hexdigest()}"

VC, VC1 = "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB1 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
INTEGRITY = "https://w3id.org/security/data-integrity/v2"
ED2020 = "https://w3id.org/security/suites/ed25519-2020/v1"

CONTEXT = "https://w3id.org/openbadges/v2"
BADGE, ISSUER, LIST = f"{HOST}/ob2/badge.json", f"{HOST}/ob2/issuer.json", f"{HOST}/ob2/revocations.json"
PICTURE, KEY = f"{HOST}/ob2/badge.png", f"{HOST}/ob2/key.json"
STATUS = f"{HOST}/status/list.json"
SINCE = "2026-01-10T09:00:00Z"
OF_A_CASE = ("why", "moment", "email", "world", "gone", "silent")
SET, UNSET = 94, 4200
"""Two places in the list: the first is revoked."""


def identity() -> Document:
    """Ada, as OB 3.0 says it."""
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": HASH,
        "identityType": "emailAddress",
        "salt": SALT,
    }


def achievement(**members: Any) -> Document:
    return without_gone(
        {
            "id": f"{HOST}/achievements/moss",
            "type": ["Achievement"],
            "name": "Knows mosses",
            "description": "Tells thirty mosses apart in the field.",
            "criteria": {"narrative": "Names thirty mosses on a walk."},
            **members,
        }
    )


def credential(name: str, /, **members: Any) -> Document:
    """An award of OB 3.0, without a proof; `subject` changes its subject, GONE leaves a member out."""
    subject = {
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, 'holder')}",
        "type": ["AchievementSubject"],
        "identifier": [identity()],
        "achievement": achievement(),
        **members.pop("subject", {}),
    }
    document = {
        "@context": [VC, OB],
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, name)}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Knows mosses",
        "issuer": issuer(),
        "validFrom": SINCE,
        "credentialSubject": subject,
        **members,
    }
    return without_gone(document)


def older(name: str, /, **members: Any) -> Document:
    """The same in the words of the Verifiable Credentials Data Model 1.1."""
    document = credential(name, **{"@context": [VC1, OB1, INTEGRITY], **members})
    dates = {"validFrom": "issuanceDate", "validUntil": "expirationDate"}
    return {dates.get(name, name): value for name, value in document.items()}


def issuer(**members: Any) -> Document:
    name, url = "Example School of Botany", "https://badges.example"
    return without_gone({"id": DID, "type": ["Profile"], "name": name, "url": url, **members})


def entry(index: object = UNSET, address: str = STATUS, **members: Any) -> Document:
    """A place in a status list."""
    return without_gone(
        {
            "id": f"{address}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(index),
            "statusListCredential": address,
            **members,
        }
    )


def encoded(*places: int, size: int = 131_072) -> str:
    """The encodedList in which these places are set."""
    bits = bytearray(size // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    return "u" + base64url(gzipped(bytes(bits)))


def status_list(address: str = STATUS, subject: Mapping[str, Any] | None = None, **members: Any) -> Document:
    """A list in which one place is set, without a proof."""
    about = {
        "id": f"{address}#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": encoded(SET),
        **(subject or {}),
    }
    document = {
        "@context": [VC],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": DID,
        "validFrom": SINCE,
        "credentialSubject": about,
        **members,
    }
    return without_gone(document)


def claims(document: Document, **members: Any) -> Document:
    """The claims of a token about a credential; `members` in place of the usual ones."""
    usual = {"iss": DID, "jti": document.get("id"), "nbf": 1768035600, "sub": document["credentialSubject"].get("id")}
    return without_gone({**document, **usual, **members})


def key_entry(name: str, key: keys.Private, did: str = DID, **members: Any) -> Document:
    """A key as a DID document has it: a Multikey under its own name, another as a JWK."""
    whole = name if ":" in name else f"{did}#{name}"
    kind: Document = {"type": "JsonWebKey", "publicKeyJwk": keys.jwk(key)}
    if "#z" in whole:
        kind = {"type": "Multikey", "publicKeyMultibase": keys.multibase(key)}
    return without_gone({"id": whole, **kind, "controller": did, **members})


def did_document(did: str, methods: list[Document], asserting: list[str] | None = None, **members: Any) -> Document:
    """A DID document in which all methods, or those named, may sign badges."""
    contexts = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
    names = [method["id"] for method in methods] if asserting is None else asserting
    return {"@context": contexts, "id": did, "verificationMethod": methods, "assertionMethod": names, **members}


def _school() -> Document:
    named: dict[str, keys.Private] = {
        "p256": keys.P256,
        "p384": keys.P384,
        "rsa": keys.rsa_key(),
        "ed25519": keys.ISSUER,
    }
    good = [key_entry(method_of(keys.ISSUER), keys.ISSUER), *(key_entry(name, key) for name, key in named.items())]
    ended = key_entry(method_of(keys.REVOKED), keys.REVOKED, revoked="2026-03-01T00:00:00Z")
    of_another = key_entry("of-another", keys.STRANGER_P256, controller=EVIL)
    short = key_entry("short", keys.rsa_key(2))
    asserting = [method["id"] for method in (*good, ended, of_another, short)]
    rest = key_entry(method_of(keys.RETIRED), keys.RETIRED)
    return did_document(DID, [*good, ended, of_another, short, rest], asserting, authentication=[rest["id"]])


def document(kind: str, address: str, **members: Any) -> Document:
    """A document of OB 2.0."""
    return without_gone({"@context": CONTEXT, "type": kind, "id": address, **members})


def assertion(address: str, **members: Any) -> Document:
    """An award of OB 2.0 at an address; GONE leaves a member out."""
    usual = {
        "recipient": {"type": "email", "hashed": True, "salt": SALT, "identity": HASH},
        "badge": BADGE,
        "issuedOn": SINCE,
        "verification": {"type": "HostedBadge"},
    }
    return document("Assertion", address, **{**usual, **members})


def badge_class(address: str = BADGE, **members: Any) -> Document:
    usual = {
        "name": "Knows mosses",
        "description": "Tells thirty mosses apart in the field.",
        "criteria": {"narrative": "Names thirty mosses on a walk."},
        "image": PICTURE,
        "issuer": ISSUER,
    }
    return document("BadgeClass", address, **{**usual, **members})


def profile(address: str = ISSUER, **members: Any) -> Document:
    usual = {
        "name": "Example School of Botany",
        "url": HOST,
        "email": "badges@badges.example",
        "revocationList": LIST,
        "publicKey": KEY,
    }
    return document("Issuer", address, **{**usual, **members})


def world() -> dict[str, bytes]:
    """What all badges share."""
    p256 = [key_entry("p256", keys.STRANGER_P256, EVIL)]
    documents = {
        DID_JSON: _school(),
        f"{EVIL_HOST}/.well-known/did.json": did_document(
            EVIL, [key_entry(method_of(keys.STRANGER, EVIL), keys.STRANGER, EVIL), *p256]
        ),
        f"{ENDORSER_HOST}/.well-known/did.json": did_document(
            ENDORSER, [key_entry(method_of(keys.ENDORSER, ENDORSER), keys.ENDORSER, ENDORSER)]
        ),
        STATUS: proved(status_list()),
        BADGE: badge_class(),
        ISSUER: profile(),
        KEY: document("CryptographicKey", KEY, owner=ISSUER, publicKeyPem=keys.pem(keys.rsa_key())),
        LIST: document(
            "RevocationList",
            LIST,
            issuer=ISSUER,
            revokedAssertions=[
                {"id": f"{HOST}/ob2/revoked-by-list/assertion.json", "revocationReason": "Given by mistake."},
                {"id": f"urn:uuid:{uuid5(NAMESPACE_URL, 'revoked-by-list')}", "revocationReason": "Given by mistake."},
            ],
        ),
    }
    return {**{address: written(each) for address, each in documents.items()}, PICTURE: PNG}


def embedded(name: str, title: str, expected: Expected | None = None, /, **more: Any) -> Case:
    """A credential with a proof: `signed` in place of the usual one, and all else of a Case or of the credential."""
    known = {each: more.pop(each) for each in OF_A_CASE if each in more}
    signed = more.pop("signed", None)
    data = written(signed if signed is not None else proved(credential(name, **more)))
    return Case(f"{name}.json", title, data, (expected or expect("ob3"),), **known)


def in_token(name: str, title: str, expected: Expected | None = None, /, **more: Any) -> Case:
    """A credential in a token: `text` in place of the usual one, and all else of a Case or of the claims."""
    known = {each: more.pop(each) for each in OF_A_CASE if each in more}
    text = more.pop("text", None) or token(claims(credential(name), **more))
    return Case(f"{name}.jwt", title, text.encode(), (expected or expect("ob3-jwt"),), **known)
