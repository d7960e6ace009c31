"""Embedded proofs of strangers (Data Integrity 1.0), of the cryptosuites that carry an Ed25519 signature.

eddsa-rdfc-2022 and eddsa-jcs-2022 (Data Integrity EdDSA Cryptosuites 1.0, sections 3.2 and 3.3), and what came before
and signs the same as the first: Ed25519Signature2020 (appendix B.1) and eddsa-2022. How we make ours is in proofs.py.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any, Literal

from badgesite.crypto.canonical import Canonical, canonical
from badgesite.crypto.contexts import UnknownContextError
from badgesite.crypto.encoding import base58_decode
from badgesite.crypto.json_ld.documents import Document, Path, members, written
from badgesite.crypto.json_ld.losses import DroppedError
from badgesite.crypto.strict_json import canonical_json
from badgesite.crypto.verification_keys import NAMES, VerificationKey
from badgesite.errors import FormatError

Code = Literal["proof", "algorithm", "context", "dropped", "key"]
Proof = Mapping[str, object]

PURPOSE = "assertionMethod"
MOST = 8  # proofs of one document
MOST_VALUES = (
    3_000  # of one document; the time for a canonical form grows with their square, and is seconds at the most
)
_RDF, _JCS = "rdf", "jcs"
_SUITES: Mapping[str, str] = {
    "Ed25519Signature2020": _RDF,
    "DataIntegrityProof eddsa-2022": _RDF,
    "DataIntegrityProof eddsa-rdfc-2022": _RDF,
    "DataIntegrityProof eddsa-jcs-2022": _JCS,
}
_SHOWN = 80
_MEMBERS = frozenset(
    (
        *("id", "type", "@context", "cryptosuite", "created", "expires", "verificationMethod", "proofPurpose"),
        *("proofValue", "previousProof", "domain", "challenge", "nonce"),
    )
)
"""What a proof has (Data Integrity 1.0, section 2.1)."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)


class ProofError(FormatError):
    """A proof that cannot be judged, and the `code` of the cause, as verify/report.py names them."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code


def proofs_of(document: Document) -> tuple[Proof, ...]:
    """Every proof of a document, in its order; ProofError if it has none, too many, or one that is no object."""
    found = document.get("proof")
    proofs = found if isinstance(found, list) else [found]
    if not found or not all(isinstance(proof, Mapping) for proof in proofs):
        raise ProofError("proof", "the document has no proof" if not found else "a proof of the document is no object")
    if len(proofs) > MOST:
        raise ProofError("proof", f"the document has more than {MOST} proofs")
    return tuple(proofs)


def suite_of(proof: Proof) -> str:
    """The type of a proof, and its cryptosuite if the type has any; ProofError for one that we do not verify."""
    kind, suite = proof.get("type"), proof.get("cryptosuite")
    name = f"{kind} {suite}" if kind == "DataIntegrityProof" else str(kind)
    if name not in _SUITES:
        known = ", ".join(_SUITES)
        raise ProofError("algorithm", f"the proof is a {name[:_SHOWN]!a}, which badgesite does not verify, but {known}")
    return name


def verify_proof(document: Document, proof: Proof, key: VerificationKey, form: Canonical = canonical) -> bool:
    """Whether this proof, one of the document's, is by `key` over the document as it stands.

    ProofError where that cannot be judged: an unknown suite or context, a part of the document that is not signed,
    another purpose than assertion, a key of another kind. Whether `created` and `expires` fit the clock, and whose key
    it is, is for others to say, and whether anything hides. A proof with `previousProof` is over those proofs too;
    they need a look of their own.
    """
    way = _SUITES[suite_of(proof)]
    signature = _signature(proof)
    _require_sound(proof)
    _require_published(document)
    if key.kind != "ed25519":
        raise ProofError("key", f"the proof needs a key of Ed25519, and the issuer's is of {NAMES[key.kind]}")
    unsecured = _unsecured(document, proof)
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if "@context" in options:
        _require_beginning(document.get("@context"), options["@context"])
    if way == _JCS:
        unsecured |= {"@context": options.get("@context", document.get("@context"))}
        require_defined(document, form)
        form = canonical_json
    else:
        options["@context"] = document.get("@context")
    digest = _digest(unsecured, form)
    return key.verify(signature, _digest(options, form, "proof.") + digest)


def require_defined(document: Document, form: Canonical = canonical) -> None:
    """ProofError, code `context` or `dropped`, for a document that says something no known context defines."""
    _require_published(document)
    _digest({name: value for name, value in document.items() if name != "proof"}, form)


def _require_published(document: Document) -> None:
    """ProofError for a context that is written out in the document.

    A context is not signed, only what it makes of the document: one of a forger's own could give the signed values
    other names.
    """
    for path in members(document):
        contexts = _at(document, path) if path[-1] == "@context" else ()
        if any(not isinstance(each, str) for each in (contexts if isinstance(contexts, list | tuple) else [contexts])):
            words = "is written out in the document; badgesite knows published contexts alone, by their URL"
            raise ProofError("context", f"{written(path)} {words}")


def _at(document: Document, path: Path) -> object:
    value: Any = document
    for step in path:
        value = value[step]
    return value


def _digest(document: Document, form: Canonical, where: str = "") -> bytes:
    """The SHA-256 of a canonical form, and a ProofError where there is none; `where` the document stands in another."""
    if sum(1 for _ in _values(document)) > MOST_VALUES:
        raise ProofError("proof", f"{where.removesuffix('.') or 'the document'} holds more than {MOST_VALUES} values")
    try:
        return _kept(json.dumps(document), form)
    except UnknownContextError as error:
        raise ProofError("context", str(error)) from error
    except DroppedError as error:
        raise ProofError("dropped", f"{where}{error}") from error
    except FormatError as error:
        raise ProofError("proof", f"{where}{error}") from error


@lru_cache(maxsize=4)
def _kept(text: str, form: Canonical) -> bytes:
    """Kept for the other proofs of the same document, since a canonical form may take a second or two."""
    return sha256(form(json.loads(text))).digest()


def _values(value: object) -> Iterator[object]:
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for each in inner:
        yield each
        yield from _values(each)


def _signature(proof: Proof) -> bytes:
    value = proof.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z"):
        raise ProofError("proof", "proof.proofValue is not base58btc, which begins with z")
    try:
        return base58_decode(value[1:])
    except FormatError as error:
        raise ProofError("proof", f"proof.proofValue: {error}") from error


def _require_sound(proof: Proof) -> None:
    """ProofError for a proof made for something else than to assert, or at no moment (Data Integrity 1.0, 2.1)."""
    if proof.get("proofPurpose") != PURPOSE:
        raise ProofError("proof", f"proof.proofPurpose is not {PURPOSE}: the proof was not made to assert the document")
    if unknown := sorted(proof.keys() - _MEMBERS):
        raise ProofError("proof", f"{written(('proof', unknown[0][:_SHOWN]))} is nothing that a proof has")
    for name in ("created", "expires"):
        moment = proof.get(name)
        if name in proof and not (isinstance(moment, str) and _MOMENT.fullmatch(moment)):
            raise ProofError("proof", f"proof.{name} is no moment with a zone, as 2023-07-14T09:30:00Z")


def _unsecured(document: Document, proof: Proof) -> dict[str, object]:
    """The document without its proofs, but for those that this one builds on (Data Integrity 1.0, section 4.5)."""
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    if "previousProof" not in proof:
        return unsecured
    named = proof["previousProof"]
    names: Sequence[object] = named if isinstance(named, list) else [named]
    found = [each for each in proofs_of(document) if each.get("id") in names and each is not proof]
    if not names or sorted(str(each.get("id")) for each in found) != sorted(map(str, names)):
        raise ProofError("proof", "proof.previousProof names a proof that the document does not have, or not once")
    return {**unsecured, "proof": found}


def _require_beginning(contexts: object, first: object) -> None:
    """ProofError unless the contexts of a document begin with those of its proof (section 3.3.2, step 4)."""
    whole = contexts if isinstance(contexts, list) else [contexts]
    begin = first if isinstance(first, list) else [first]
    if whole[: len(begin)] != begin:
        raise ProofError("proof", "proof.@context is not what the document's @context begins with")
