"""Hold crypto/ and verify/ to what others published: `python -m tests.conformance.run DIR`.

DIR holds the test vectors of W3C for eddsa-rdfc-2022, and the official samples of Open Badges 3.0 with what is known of
their signatures and what 1EdTech's validator says of them. Prints how many of each are as they should be, what is known
not to be and why, then every miss; exits with 1 if there is one.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from badgesite.crypto.canonical import Canonical, canonical_with
from badgesite.crypto.contexts import URLS
from badgesite.crypto.encoding import base58_decode, base58_encode, from_multikey
from badgesite.crypto.json_ld.documents import read_document
from badgesite.crypto.proofs import SUITE, TYPE, verify_document
from badgesite.errors import FormatError
from badgesite.standards.baking import unbake
from tests.conformance.verdicts_ob3 import EXCEPTIONS, verdicts

CONTEXTS = {
    "https://www.w3.org/2018/credentials/v1": "w3c/credentials-v1.jsonld",
    "https://www.w3.org/ns/credentials/examples/v2": "w3c/credentials-examples-v2.jsonld",
    "https://w3id.org/security/data-integrity/v1": "w3c/security-data-integrity-v1.jsonld",
    "https://w3id.org/security/suites/ed25519-2020/v1": "w3c/security-suites-ed25519-2020-v1.jsonld",
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json": "ob3/context.unversioned.json",
}
"""Contexts that we do not ship, because nothing we make needs them, by their file in DIR/contexts."""
SIGNED = "signedDataInt.json"
STEPS = {
    "canonDoc": "canonical form of the document",
    "docHash": "its hash",
    "proofCanon": "canonical form of the proof's options",
    "proofHash": "its hash",
    "combinedHash": "both hashes",
}
Document = dict[str, Any]
Case = tuple[str, str]
"""A name, and what is wrong with it; nothing if it is as it should be."""


@dataclass(slots=True)
class Tally:
    """How many of a kind are as they should be."""

    kind: str
    names: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.kind:<52} {len(self.names) - len(self.misses)} of {len(self.names)}"

    def add(self, name: str, fault: str) -> None:
        """Count one more, which has a fault or none."""
        self.names.append(name)
        if fault:
            self.misses.append(f"{name}: {fault}")


def main(folder: Path) -> int:
    """Every kind, and how it went."""
    contexts = {url: json.loads((folder / "contexts" / name).read_bytes()) for url, name in CONTEXTS.items()}
    form = canonical_with(contexts)
    tallies = [
        _tally("W3C: canonical forms and hashes reproduced", w3c_steps(folder, form)),
        _tally("W3C: proofs verified", w3c_proofs(folder, form)),
        _tally("Open Badges: sound signatures verified", samples(folder, form, sound=True)),
        _tally("Open Badges: broken signatures noticed", samples(folder, form, sound=False)),
        _tally("Open Badges: baked pictures verified", pictures(folder, form)),
        _tally("Open Badges 3.0: verdicts of verify as expected", verdicts(folder)),
    ]
    print(*tallies, sep="\n")
    print(*(f"  not as expected: {name}: {why}" for name, why in EXCEPTIONS.items()), sep="\n")
    print(f"W3C: vectors left out, for want of a context: {len(_all_vectors(folder)) - len(_vectors(folder))}")
    misses = [
        miss for tally in tallies for miss in tally.misses or ([] if tally.names else [f"{tally.kind}: none there"])
    ]
    print(*misses, sep="\n", end="\n" if misses else "")
    return 1 if misses else 0


def w3c_steps(folder: Path, form: Canonical) -> Iterator[Case]:
    """Each step of the algorithm, as the vector writes it down."""
    for signed in _vectors(folder):
        document = _read(signed)
        config = form(_options(document))
        del document["proof"]
        hashes = sha256(config).hexdigest(), sha256(form(document)).hexdigest()
        made = dict(
            zip(
                STEPS, (form(document).decode(), hashes[1], config.decode(), *(hashes[0], "".join(hashes))), strict=True
            )
        )
        for step, text in made.items():
            right = (signed.parent / f"{step}DataInt.txt").read_text(encoding="utf-8")
            yield f"{signed.parent.name}, {STEPS[step]}", "" if right.strip() == text.strip() else "is another"


def w3c_proofs(folder: Path, form: Canonical) -> Iterator[Case]:
    """The vector's proof, and each of a set of proofs."""
    sets = [
        folder / "vectors/vc-di-eddsa/proof-set-chain" / name
        for name in ("signedProofSet1.json", "signedProofSet2.json")
    ]
    for path in [*_vectors(folder), *sets]:
        document = _read(path)
        for proof in _proofs(document):
            yield path.name, _verdict({**document, "proof": proof}, form)
    for path in _vectors(folder):
        signature = bytes.fromhex(path.with_name("sigHexDataInt.txt").read_text(encoding="utf-8"))
        right = _proofs(_read(path))[0]["proofValue"]
        yield "proofValue", "" if right == f"z{base58_encode(signature)}" else "is another"


def _vectors(folder: Path) -> list[Path]:
    """The vectors of the suite whose contexts are there."""
    known = {*URLS, *CONTEXTS}
    return [path for path in _all_vectors(folder) if known.issuperset(_read(path)["@context"])]


def _all_vectors(folder: Path) -> list[Path]:
    return sorted((folder / "vectors/vc-di-eddsa/eddsa-rdfc-2022").glob(f"**/{SIGNED}"))


def samples(folder: Path, form: Canonical, *, sound: bool) -> Iterator[Case]:
    """The samples of which it is known whether their signature is sound."""
    for name, known in json.loads((folder / "expected.json").read_bytes())["ob3"].items():
        if known["proof_verifies"] is sound:
            fault = _verdict(_read(folder / name), form)
            yield name, fault if sound else "" if fault else "it verifies"


def pictures(folder: Path, form: Canonical) -> Iterator[Case]:
    """The pictures that carry a credential with an embedded proof."""
    for path in sorted((folder / "baking/ob3").glob("simple-json.*")):
        (payload,) = unbake(path.read_bytes())
        yield path.name, _verdict(read_document(payload.text.encode()), form)


def _verdict(document: Document, form: Canonical) -> str:
    """What is wrong with a document's proof, verified with the key that its verificationMethod ends in."""
    proof = _proofs(document)[0]
    newer = (proof["type"], proof.get("cryptosuite")) == (TYPE, SUITE)
    try:
        raw = from_multikey(str(proof.get("verificationMethod")).rpartition("#")[2].rpartition(":")[2])
        verifies = verify_document(document, raw, form) if newer else _verify_older(document, raw, form)
    except FormatError as error:
        return str(error)
    return "" if verifies else "the signature is not right"


def _verify_older(document: Document, raw: bytes, form: Canonical) -> bool:
    """Suites that came before, and sign the same two hashes: Ed25519Signature2020, eddsa-2022."""
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    hashes = [sha256(form(each)).digest() for each in (_options(document), unsecured)]
    try:
        signature = base58_decode(_proofs(document)[0]["proofValue"].removeprefix("z"))
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, b"".join(hashes))
    except InvalidSignature:
        return False
    return True


def _options(document: Document) -> Document:
    """What a proof says of itself, under the contexts of its document."""
    options = {name: value for name, value in _proofs(document)[0].items() if name != "proofValue"}
    return {**options, "@context": document["@context"]}


def _proofs(document: Document) -> list[dict[str, Any]]:
    proofs = document["proof"]
    return proofs if isinstance(proofs, list) else [proofs]


def _read(path: Path) -> Document:
    return read_document(path.read_bytes())


def _tally(kind: str, cases: Iterator[Case]) -> Tally:
    tally = Tally(kind)
    for name, fault in cases:
        tally.add(name, fault)
    return tally


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
