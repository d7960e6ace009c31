"""How the kit signs: embedded proofs and tokens, sound ones and any others that somebody could make.

A document is canonicalised here by pyld alone, without the care with which badgesite refuses what would be lost:
whoever breaks a badge takes none.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from pyld import jsonld  # type: ignore[import-untyped]

from badgesite.crypto.contexts import URLS, context
from badgesite.crypto.encoding import base58_encode, base64url
from badgesite.crypto.strict_json import canonical_json
from tests.testkit import keys
from tests.testkit.case import GONE, Document, without_gone

DID = "did:web:badges.example"
CREATED = "2026-01-10T09:00:00Z"
_OWN: Mapping[str, Document] = {
    "https://badges.example/contexts/own.json": {"@context": {"moss": "https://badges.example/terms#moss"}},
}
"""A context that nobody knows but the kit."""


def rdf(document: Mapping[str, Any]) -> bytes:
    """The canonical N-Quads of a document, as a maker has them who looks at nothing."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "base": None, "documentLoader": _load}
    text: str = jsonld.normalize(document, options)
    return text.encode()


def _load(url: str, options: object) -> Document:
    document = context(url) if url in URLS else _OWN[url]
    return {"document": document, "documentUrl": url, "contextUrl": None, "contentType": "application/ld+json"}


def method_of(key: keys.Private, did: str = DID) -> str:
    """The name of a key in a DID document: the key itself is its fragment."""
    return f"{did}#{keys.multibase(key)}"


def proved(
    document: Document, key: keys.Private = keys.ISSUER, *, suite: str = "eddsa-rdfc-2022", **options: Any
) -> Document:
    """The document with a proof by the key; `options` in place of the usual ones of the proof."""
    proof: Document = {"type": "DataIntegrityProof", "cryptosuite": suite}
    if suite == "Ed25519Signature2020":
        proof = {"type": suite}
    issuer = document.get("issuer", DID)
    did = issuer if isinstance(issuer, str) else issuer["id"]
    proof |= {"created": CREATED, "verificationMethod": method_of(key, did), "proofPurpose": "assertionMethod"}
    proof = without_gone({**proof, **options})
    if suite == "eddsa-jcs-2022":
        config = {"@context": document["@context"], **proof}
        forms, proof = (canonical_json(config), canonical_json(document)), config
    else:
        forms = rdf({"@context": document["@context"], **proof}), rdf(document)
    data = b"".join(sha256(form).digest() for form in forms)
    value = base58_encode(keys.sign(key, data, json.dumps(document)))
    return {**document, "proof": {**proof, "proofValue": f"z{value}"}}


def token(
    claims: Mapping[str, Any], key: keys.Private = keys.P256, header: Mapping[str, Any] | None = None, **more: Any
) -> str:
    """A compact JWS of exactly these claims; `header` and `more` in place of the usual members of its header."""
    usual = {"alg": "ES256", "kid": f"{DID}#p256", "typ": "JWT"}
    head = without_gone({**(usual if header is None else header), **more})
    data = signing_input(head, without_gone(dict(claims)))
    return f"{data}.{base64url(keys.sign(key, data.encode(), json.dumps(claims, default=str)))}"


def signing_input(header: Mapping[str, Any], claims: object) -> str:
    """What a token's signature is over."""
    return ".".join(base64url(json.dumps(each, ensure_ascii=False).encode()) for each in (header, claims))


def gone(*names: str) -> Document:
    """Members that are left out."""
    return dict.fromkeys(names, GONE)
