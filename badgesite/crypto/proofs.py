"""Embedded proofs: Data Integrity 1.0 with the cryptosuite eddsa-rdfc-2022 (Data Integrity EdDSA Cryptosuites 1.0)."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from badgesite.crypto.canonical import Canonical, canonical
from badgesite.crypto.encoding import base58_decode, base58_encode, from_multikey
from badgesite.crypto.json_ld.documents import Document
from badgesite.crypto.json_ld.values import may_differ_in_order, require_one_order, require_plain, require_sound
from badgesite.crypto.signer import Signer
from badgesite.errors import FormatError, SignatureError

TYPE, SUITE, PURPOSE = "DataIntegrityProof", "eddsa-rdfc-2022", "assertionMethod"
_KIND = {"type": TYPE, "cryptosuite": SUITE, "proofPurpose": PURPOSE}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_LENGTH = 64  # bytes of an Ed25519 signature


def hashed(document: Document) -> bytes:
    """What a proof says of a document that is to be signed: the SHA-256 of its canonical form (section 3.2.4).

    A proof that it has is left out. FormatError, naming the place, for what would be signed in part only, or in a form
    of our own.
    """
    unsecured = _unsecured(document)
    require_plain(unsecured)
    form = canonical(unsecured)
    require_one_order(form, unsecured)
    return sha256(form).digest()


def require_signable(document: Document) -> None:
    """FormatError, naming the place, for what `hashed` refuses in texts and numbers; JSON-LD is looked at by `hashed`.

    It is asked only if others might sort the texts in another way, so that this is quick.
    """
    require_plain(document)
    require_sound(document)
    if may_differ_in_order(json.dumps(document, ensure_ascii=False)):
        hashed(document)


def sign_document(
    document: Document, key: Signer, method: str, created: str, digest: bytes | None = None
) -> dict[str, object]:
    """The document with its proof as the last member; `created` is a moment in whole seconds, with Z.

    `method` is the DID URL of the key, whose fragment is the public key as a Multikey. `digest` is what `hashed` gives
    for the document, if that was done before. FormatError as `hashed`, SignatureError if the key is not the one that
    `method` names.
    """
    if "proof" in document:
        raise FormatError("the document has a proof; give it without")
    if not _MOMENT.fullmatch(created):
        raise FormatError(f"{created!r} is no moment in whole seconds, as 2023-07-14T09:30:00Z")
    options = {
        "type": TYPE,
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    digest = digest or hashed(document)
    data = _hashed_options(document, options, canonical) + digest
    signature = key.sign(data)
    if not _is_signed(data, signature, from_multikey(method.partition("#")[2])):
        raise SignatureError(f"the private key is not that of {method}; nothing is signed with it")
    return {**document, "proof": {**options, "proofValue": f"z{base58_encode(signature)}"}}


def proof_of(document: Document) -> Mapping[str, object]:
    """The first proof of this suite that asserts the document; FormatError if it has none that can be looked at."""
    proofs = document.get("proof")
    for proof in proofs if isinstance(proofs, list) else [proofs]:
        if isinstance(proof, Mapping) and _KIND.items() <= proof.items():
            if "previousProof" in proof:
                raise FormatError("the proof is one of a chain, which is not supported")
            return proof
    raise FormatError(f"the document has no proof of the type {TYPE} with {SUITE}, made as {PURPOSE}")


def verify_document(document: Document, raw: bytes, canonical: Canonical = canonical) -> bool:
    """Whether the proof of a document is by the Ed25519 public key `raw`, of 32 bytes (section 3.2.2).

    FormatError if there is no such proof, or the document has no canonical form.
    """
    proof = proof_of(document)
    options = {name: value for name, value in proof.items() if name not in ("proofValue", "@context")}
    value = proof.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z"):
        raise FormatError("proof.proofValue is not base58btc, which begins with z")
    digest = sha256(canonical(_unsecured(document))).digest()
    data = _hashed_options(document, options, canonical) + digest
    return _is_signed(data, base58_decode(value[1:]), raw)


def _unsecured(document: Document) -> Document:
    return {name: value for name, value in document.items() if name != "proof"}


def _hashed_options(document: Document, options: Mapping[str, object], canonical: Canonical) -> bytes:
    """The SHA-256 of the canonical form of a proof's options, under the contexts of the document (section 3.2.5)."""
    try:
        return _hashed_text(json.dumps({"@context": document.get("@context"), **options}), canonical)
    except FormatError as error:
        raise FormatError(f"proof.{error}") from error


@lru_cache(maxsize=256)
def _hashed_text(options: str, canonical: Canonical) -> bytes:
    """Kept, because contexts, method and moment are the same for all that one run signs with one key."""
    return sha256(canonical(json.loads(options))).digest()


def _is_signed(data: bytes, signature: bytes, raw: bytes) -> bool:
    if len(signature) != _LENGTH:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, data)
    except ValueError as error:
        raise FormatError("the public key is not one of Ed25519, of 32 bytes") from error
    except InvalidSignature:
        return False
    return True
