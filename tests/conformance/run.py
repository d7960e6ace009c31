"""Hold crypto/ and verify/ to what others published: `python -m tests.conformance.run DIR`.

DIR holds the test vectors of W3C for the cryptosuites that sign by Ed25519, and the official samples of Open Badges 2.0
and 3.0 with what is known of their signatures and what 1EdTech's validator says of them. Prints how many of each are as
they should be, what is known not to be and why, then every miss; exits with 1 if there is one.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from badgesite.crypto.canonical import Canonical, canonical_with
from badgesite.crypto.contexts import URLS, context
from badgesite.crypto.embedded import proofs_of, verify_proof
from badgesite.crypto.encoding import base58_encode
from badgesite.crypto.strict_json import canonical_json, read_object
from badgesite.crypto.verification_keys import VerificationKey, key_from_multibase, key_of_did
from badgesite.errors import FormatError
from badgesite.standards.baking import unbake
from tests.conformance import verdicts_ob2, verdicts_ob3

CONTEXTS = {
    "https://www.w3.org/ns/credentials/examples/v2": "w3c/credentials-examples-v2.jsonld",
    "https://w3id.org/security/data-integrity/v1": "w3c/security-data-integrity-v1.jsonld",
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json": "ob3/context.unversioned.json",
}
"""Contexts that we do not ship, because no package has them, by their file in DIR/contexts."""
SHIPPED = {
    "https://www.w3.org/ns/credentials/v2": "w3c/credentials-v2.jsonld",
    "https://www.w3.org/2018/credentials/v1": "w3c/credentials-v1.jsonld",
    "https://www.w3.org/ns/did/v1": "w3c/did-v1.jsonld",
    "https://w3id.org/security/data-integrity/v2": "w3c/security-data-integrity-v2.jsonld",
    "https://w3id.org/security/multikey/v1": "w3c/security-multikey-v1.jsonld",
    "https://w3id.org/security/suites/ed25519-2020/v1": "w3c/security-suites-ed25519-2020-v1.jsonld",
    "https://w3id.org/security/suites/jws-2020/v1": "w3c/security-suites-jws-2020-v1.jsonld",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": "ob3/context-3.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": "ob3/context-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob3/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob3/extensions.json",
}
VECTORS = "vectors/vc-di-eddsa"
SUITES = {"eddsa-rdfc-2022": "DataInt", "eddsa-jcs-2022": "JCS", "Ed25519Signature2020": "EdSig"}
"""The suites by their folder, and how its files end."""
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
        _tally("Contexts: those that we ship say the same", shipped(folder)),
        _tally("W3C: canonical forms and hashes reproduced", w3c_steps(folder, form)),
        _tally("W3C: proofs verified, alone, in sets and in chains", w3c_proofs(folder, form)),
        _tally("W3C: proofs refused once a word has changed", w3c_changed(folder, form)),
        _tally("Open Badges: sound signatures verified", samples(folder, form, sound=True)),
        _tally("Open Badges: broken signatures noticed", samples(folder, form, sound=False)),
        _tally("Open Badges: baked pictures verified", pictures(folder, form)),
        _tally("Open Badges 3.0: verdicts of verify as expected", verdicts_ob3.verdicts(folder)),
        _tally("Open Badges 2.0: verdicts of verify as expected", verdicts_ob2.verdicts(folder)),
    ]
    exceptions = {**verdicts_ob3.EXCEPTIONS, **verdicts_ob2.EXCEPTIONS}
    print(*tallies, sep="\n")
    print(*(f"  not as expected: {name}: {why}" for name, why in exceptions.items()), sep="\n")
    left = [path for path in _signed(folder) if not _is_known(path)]
    print(f"W3C: vectors left out, for want of a context: {len(left)}")
    misses = [
        miss for tally in tallies for miss in tally.misses or ([] if tally.names else [f"{tally.kind}: none there"])
    ]
    print(*misses, sep="\n", end="\n" if misses else "")
    return 1 if misses else 0


def shipped(folder: Path) -> Iterator[Case]:
    """Each context that we ship, beside the file that its standard published."""
    for url, name in SHIPPED.items():
        yield url, "" if context(url) == json.loads((folder / "contexts" / name).read_bytes()) else "is another"


def w3c_steps(folder: Path, rdf: Canonical) -> Iterator[Case]:
    """Each step of the algorithms, as the vectors write them down."""
    for suite, ending in SUITES.items():
        for signed in _vectors(folder, suite):
            form = canonical_json if ending == "JCS" else rdf
            document = _read(signed)
            config = form(_options(document))
            text = form({name: value for name, value in document.items() if name != "proof"})
            hashes = [sha256(config).hexdigest(), sha256(text).hexdigest()]
            made = [text.decode(), hashes[1], config.decode(), hashes[0], "".join(hashes)]
            for (step, words), mine in zip(STEPS.items(), made, strict=True):
                right = signed.with_name(f"{step}{ending}.txt").read_text(encoding="utf-8")
                yield f"{suite}, {words}", "" if right.strip() == mine.strip() else "is another"
            signature = bytes.fromhex(signed.with_name(f"sigHex{ending}.txt").read_text(encoding="utf-8"))
            same = proofs_of(document)[0]["proofValue"] == f"z{base58_encode(signature)}"
            yield f"{suite}, proofValue", "" if same else "is another"


def w3c_proofs(folder: Path, form: Canonical) -> Iterator[Case]:
    """Every proof of every vector: those of a set, and of a chain, too."""
    for path in filter(_is_known, _signed(folder)):
        document = _read(path)
        for number, proof in enumerate(proofs_of(document)):
            yield f"{path.name}, proof {number}", _verdict(document, proof, form)


def w3c_changed(folder: Path, form: Canonical) -> Iterator[Case]:
    """The same, with another word in the document."""
    for path in filter(_is_known, _signed(folder)):
        document = {**_read(path), "name": "Another"}
        for number, proof in enumerate(proofs_of(document)):
            yield f"{path.name}, proof {number}", "" if _verdict(document, proof, form) else "it verifies"


def samples(folder: Path, form: Canonical, *, sound: bool) -> Iterator[Case]:
    """The samples of which it is known whether their signature is sound."""
    for name, known in json.loads((folder / "expected.json").read_bytes())["ob3"].items():
        if known["proof_verifies"] is sound:
            document = _read(folder / name)
            fault = _verdict(document, proofs_of(document)[0], form)
            yield name, fault if sound else "" if fault else "it verifies"


def pictures(folder: Path, form: Canonical) -> Iterator[Case]:
    """The pictures that carry a credential with an embedded proof."""
    for path in sorted((folder / "baking/ob3").glob("simple-json.*")):
        (payload,) = unbake(path.read_bytes())
        document = read_object(payload.text.encode())
        yield path.name, _verdict(document, proofs_of(document)[0], form)


def _signed(folder: Path) -> list[Path]:
    """Every signed document among the vectors."""
    paths = [path for suite in SUITES for path in (folder / VECTORS / suite).glob("**/signed*.json")]
    return sorted([*paths, *(folder / VECTORS / "proof-set-chain").glob("signedProof*.json")])


def _vectors(folder: Path, suite: str) -> list[Path]:
    return [path for path in _signed(folder) if path.is_relative_to(folder / VECTORS / suite) and _is_known(path)]


def _is_known(path: Path) -> bool:
    """Whether the contexts of a document are there."""
    return {*URLS, *CONTEXTS}.issuperset(_read(path)["@context"])


def _verdict(document: Document, proof: Mapping[str, object], form: Canonical) -> str:
    """What is wrong with a document's proof, verified with the key that its verificationMethod says of itself."""
    try:
        verifies = verify_proof(document, proof, _key(str(proof.get("verificationMethod"))), form)
    except FormatError as error:
        return str(error)
    return "" if verifies else "the signature is not right"


def _key(method: str) -> VerificationKey:
    if method.startswith("did:key:"):
        return key_of_did(method)
    return key_from_multibase(method.rpartition("#")[2].rpartition(":")[2])


def _options(document: Document) -> Document:
    """What a proof says of itself, under the contexts of its document."""
    options = {name: value for name, value in proofs_of(document)[0].items() if name != "proofValue"}
    return {**options, "@context": document["@context"]}


def _read(path: Path) -> Document:
    return read_object(path.read_bytes())


def _tally(kind: str, cases: Iterator[Case]) -> Tally:
    tally = Tally(kind)
    for name, fault in cases:
        tally.add(name, fault)
    return tally


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
