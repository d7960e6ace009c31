"""The verdict of `verify` on the official samples of Open Badges 3.0, beside that of 1EdTech's validator.

The issuers of the samples are made up, and nobody serves their keys: the validator takes a key out of its own name. So
each issuer is served a document here, with the keys that its samples name; nothing else is served but the status list
that is among the samples. No network is asked.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from badgesite.errors import FetchError
from badgesite.served import Served
from badgesite.verify.badge import Badge, UnreadableError, read_badges
from badgesite.verify.case import Case, Remembered
from badgesite.verify.credentials.facts import issuer_id, listed, text_at
from badgesite.verify.credentials.key_documents import did_web_address
from badgesite.verify.credentials.keys import key_in
from badgesite.verify.ob3 import checks_of
from badgesite.verify.report import Check

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PROBES: Mapping[str, frozenset[str]] = {
    "InlineJsonSchemaProbe": frozenset(("schema",)),
    "JsonSchemaProbe": frozenset(("schema",)),
    "ContextPropertyProbe": frozenset(("schema",)),
    "TypePropertyProbe": frozenset(("schema",)),
    "CredentialSubjectProbe": frozenset(("schema",)),
    "EvidenceProbe": frozenset(("schema",)),
    "IssuerProbe": frozenset(("schema",)),
    "CredentialParseProbe": frozenset(("genuine", "schema")),
    "JsonLDValidationProbe": frozenset(("genuine",)),
    "EmbeddedProofProbe": frozenset(("genuine", "issuer")),
    "RevocationListProbe": frozenset(("revocation",)),
    "BitstringStatusListProbe": frozenset(("revocation",)),
    "ExpirationProbe": frozenset(("dates",)),
    "IssuanceProbe": frozenset(("dates",)),
}
"""The checks of the validator, and the steps of ours of which one must fail with them."""
EXCEPTIONS: Mapping[str, str] = {
    "ob3/valid/simple-did-key-method.json": "its issuer is a urn:uuid, to which nothing ties its did:key",
    "ob3/warning/simple_v1.json": "the unversioned context of Open Badges 3.0 is in no package, and none is fetched",
    "ob3/warning/simple-eddsa-2022.json": "the context data-integrity/v1 is in no package, and none is fetched",
    "ob3/invalid/complete.json": "it names a schema that nobody serves; schemas that a badge names are not run here",
    "ob3/status-list/bitstring-status-list-credential.json": "it is a status list, and no badge",
}
"""Samples on which we do not agree, and why."""
_TESTLIST = "ob3/status-list/bitstring-status-list-credential.json"
_REVOKED = "ob3/invalid/credential-status-revoked.json"


def verdicts(folder: Path) -> Iterator[tuple[str, str]]:
    """Each sample, and how our verdict differs from the expected one; nothing if it does not."""
    expected = json.loads((folder / "expected.json").read_bytes())
    known: dict[str, Any] = {**expected["ob3"], **{k: v for k, v in expected["baking"].items() if "/ob3/" in k}}
    served = _Served(folder, [path for name in known for path in [folder / name]])
    for name, right in known.items():
        if right["outcome"] == "not-asserted":
            continue
        fault = _difference(_failed(folder / name, served), right)
        if name in EXCEPTIONS:
            yield name, "" if fault else f"agrees, and stands among the exceptions: {EXCEPTIONS[name]}"
        else:
            yield name, fault


def _difference(failed: list[Check], right: Mapping[str, str]) -> str:
    told = "; ".join(f"{check.step}: {check.words}" for check in failed) or "nothing failed"
    if right["outcome"] != "invalid":
        return told if failed else ""
    return "" if PROBES[right["probe"]] & {check.step for check in failed} else f"{right['probe']} expected; {told}"


def _failed(path: Path, served: "_Served") -> list[Check]:
    try:
        badges = read_badges(path.read_bytes())
    except UnreadableError as error:
        return [Check("readable", "failed", str(error), error.code)]
    checks = [check for badge in badges for check in checks_of(Case(badge, Remembered(served.fetch, lambda: NOW), NOW))]
    return [check for check in checks if check.outcome == "failed"]


@dataclass(slots=True)
class _Served:
    """What is served: the keys of each issuer of the samples, and the lists."""

    folder: Path
    paths: list[Path]
    files: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        documents: dict[str, Any] = {}
        for path in self.paths:
            for badge in _badges(path):
                _publish(badge, documents)
        self.files = {address: json.dumps(document).encode() for address, document in documents.items()}
        revoked = json.loads((self.folder / _REVOKED).read_bytes())
        listing = {"revokedCredential": [{"id": revoked["id"], "revoked": True}]}
        self.files[revoked["credentialStatus"]["id"]] = json.dumps(listing).encode()

    def fetch(self, address: str) -> Served:
        if address.endswith("/testlist"):
            return Served(address, (self.folder / _TESTLIST).read_bytes())
        if address not in self.files:
            raise FetchError(address, "missing", "it is not among the samples")
        return Served(address, self.files[address])


def _badges(path: Path) -> tuple[Badge, ...]:
    try:
        return read_badges(path.read_bytes())
    except UnreadableError:
        return ()


def _publish(badge: Badge, documents: dict[str, Any]) -> None:
    """Put the keys that a badge names into what its issuer publishes."""
    issuer = issuer_id(badge.document)
    methods: list[dict[str, Any]] = []
    for proof in listed(badge.document.get("proof")):
        name = text_at(proof, "verificationMethod")
        if name.startswith(f"{issuer}#") and key_in(name):
            methods.append({"id": name, "publicKeyMultibase": name.partition("#")[2]})
    if badge.token and isinstance(badge.token.header.get("jwk"), dict):
        methods.append({"id": f"{issuer}#{badge.carrier}", "publicKeyJwk": badge.token.header["jwk"]})
    if not issuer.startswith(("https:", "did:web:")) or not methods:
        return
    address = did_web_address(issuer) if issuer.startswith("did:") else issuer
    document = documents.setdefault(address, {"id": issuer, "verificationMethod": [], "assertionMethod": []})
    for method in methods:
        if method["id"] not in document["assertionMethod"]:
            document["verificationMethod"].append({**method, "type": "Multikey", "controller": issuer})
            document["assertionMethod"].append(method["id"])
