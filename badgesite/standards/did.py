"""The DID document of an issuer (did:web, DID Core 1.0): which keys sign for it, at an address of its own.

It names no other identity of the issuer (`alsoKnownAs`), unless the other place says so too: where the site was before
it moved, or is since. The issuer's profile in each credential has its web address, and its name in Open Badges 2.0.
"""

from collections.abc import Iterable, Sequence

from badgesite.crypto.encoding import multikey
from badgesite.crypto.public_keys import PublicKey, jwk
from badgesite.plan import Plan

CONTEXTS = (
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
)


def did_document(did: str, keys: Iterable[PublicKey], also: Sequence[str] = ()) -> dict[str, object]:
    """The document for `did`: an Ed25519 key as Multikey, a P-256 key as JsonWebKey, each named by a whole DID URL.

    A key that signs no more stays, or what it signed would verify no more; a revoked one goes. A test key is in the
    document of no other site than its own, for anyone has its private half. `also` are the issuer's other DIDs.
    """
    methods = [_method(did, key) for key in keys if not key.revoked and _is_for(did, key)]
    document: dict[str, object] = {"@context": list(CONTEXTS), "id": did}
    if also:
        document["alsoKnownAs"] = list(also)
    if methods:
        document["verificationMethod"] = methods
        document["assertionMethod"] = [method["id"] for method in methods]
    return document


def _is_for(did: str, key: PublicKey) -> bool:
    return key.base_url is None or Plan(key.base_url, ()).did(key.issuer) == did


def _method(did: str, key: PublicKey) -> dict[str, object]:
    """A verification method (Controlled Identifiers 1.0, sections 2.2.2 and 2.2.3)."""
    if key.kind == "ed25519":
        material: dict[str, object] = {"type": "Multikey", "controller": did, "publicKeyMultibase": multikey(key.raw)}
    else:
        material = {"type": "JsonWebKey", "controller": did, "publicKeyJwk": jwk(key.raw)}
    return {"id": key.method(did), **material}
