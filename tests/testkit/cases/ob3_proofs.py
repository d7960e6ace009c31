"""Open Badges 3.0 with an embedded proof: proofs of all suites that are sound, and what else a proof can be."""

import json
from collections.abc import Iterator
from typing import Any

from badgesite.crypto.encoding import base58_encode
from tests.testkit import keys
from tests.testkit.case import GONE, Case, Document, expect
from tests.testkit.cases.school import ED2020, EVIL, OB1, VC1, credential, embedded, older
from tests.testkit.signing import DID, method_of, proved

GROUP = "ob3-proof"


def cases() -> Iterator[Case]:
    yield from _sound()
    yield from _altered()
    yield from _other_keys()
    yield from _broken()
    yield from _several()


def _named(name: str) -> str:
    return f"{GROUP}/{name}"


def _sound() -> Iterator[Case]:
    yield embedded(_named("valid"), "A proof of eddsa-rdfc-2022 by the issuer's key")
    yield embedded(
        _named("valid-jcs"),
        "A proof of eddsa-jcs-2022, over the JSON itself",
        signed=proved(credential("jcs"), suite="eddsa-jcs-2022"),
        why="A cryptosuite of W3C that Open Badges 3.0 does not ask for, and some validators misread.",
    )
    name = "valid-ed25519-2020"
    document = credential(name, **{"@context": [VC1, OB1, ED2020]})
    document["issuanceDate"] = document.pop("validFrom")
    yield embedded(
        _named(name),
        "An older proof, Ed25519Signature2020, on an older credential",
        signed=proved(document, suite="Ed25519Signature2020"),
    )
    yield embedded(
        _named("valid-vcdm-1"),
        "The Verifiable Credentials Data Model 1.1: issuanceDate in place of validFrom",
        signed=proved(older("vcdm1")),
    )
    fragment = proved(credential("by-name"), verificationMethod=f"{DID}#ed25519")
    yield embedded(_named("valid-key-by-name"), "The key is named by a short name, and not by itself", signed=fragment)
    yield embedded(
        _named("valid-proof-in-a-list"), "The proof stands in a list of one", signed=_listed(proved(credential("list")))
    )
    lasting = proved(credential("lasting"), expires="2027-01-01T00:00:00Z")
    yield embedded(_named("valid-proof-that-ends-later"), "The proof itself ends, and has not yet", signed=lasting)
    yield embedded(
        _named("valid-without-created"),
        "The proof does not say when it was made",
        signed=proved(credential("timeless"), created=GONE),
        why="Data Integrity 1.0 makes `created` optional.",
    )
    spaced = json.dumps(proved(credential("spaced")), indent=4, sort_keys=True, ensure_ascii=True)
    yield _as_text(
        "valid-rearranged",
        "Members in another order, other blanks, letters as escapes: the same credential",
        spaced.encode(),
        why="The proof is over what the document says, and not over its bytes.",
    )
    single = credential("single")
    for node in (single["credentialSubject"], single["credentialSubject"]["achievement"], single["issuer"]):
        node["type"] = node["type"][0]
    yield embedded(
        _named("valid-types-as-text"),
        "Where a list of one type may stand, the type itself stands",
        signed=proved(single),
    )
    text = 'Mu\u0308schen \u2028 \U0001f33f \\ " \u00a0'
    yield embedded(_named("valid-unicode"), "Letters and signs that canonical forms have to escape rightly", name=text)


def _altered() -> Iterator[Case]:
    signature = expect("ob3", genuine="signature")
    award = credential("altered", validUntil="2027-01-10T09:00:00Z", awardedDate="2026-01-09T00:00:00Z")
    for path, value in {
        "id": "urn:uuid:00000000-0000-5000-8000-000000000000",
        "name": "Knows trees",
        "validFrom": "2025-01-10T09:00:00Z",
        "validUntil": "2036-01-10T09:00:00Z",
        "awardedDate": "2020-01-09T00:00:00Z",
        "issuer.name": "Another School",
        "issuer.url": "https://other.example",
        "credentialSubject.id": "urn:uuid:00000000-0000-5000-8000-000000000001",
        "credentialSubject.identifier.0.identityHash": "sha256$" + "0" * 64,
        "credentialSubject.identifier.0.salt": "another-salt",
        "credentialSubject.achievement.id": "https://badges.example/achievements/trees",
        "credentialSubject.achievement.name": "Knows trees",
        "credentialSubject.achievement.criteria.narrative": "Was on a walk.",
    }.items():
        last = path.replace(".0.", ".").replace("credentialSubject", "subject").replace(".", "-").lower()
        name = _named(f"altered-{last}")
        yield embedded(
            name,
            f"{path} was changed after the credential was signed",
            signature,
            signed=_with(proved(award), path, value),
        )
    composed = proved(credential("nfc", name="Mu\u0308schen"))
    yield embedded(
        _named("altered-to-nfc"),
        "A letter of two characters was composed to one, which looks the same",
        signature,
        signed={**composed, "name": "M\u00fcschen"},
        why="Texts are compared as they are: no standard here normalises Unicode.",
    )
    added = {**proved(credential("added")), "validUntil": "2036-01-10T09:00:00Z"}
    yield embedded(_named("added-end"), "An end was added after it was signed", signature, signed=added)
    ended = proved(credential("ended", validUntil="2026-02-01T00:00:00Z"))
    ended.pop("validUntil")
    yield embedded(_named("removed-end"), "The end was taken out of an expired credential", signature, signed=ended)
    first, second = proved(credential("first")), credential("second")
    yield embedded(
        _named("proof-of-another"),
        "The proof is that of another credential of the same issuer",
        signature,
        signed={**second, "proof": first["proof"]},
    )
    made = proved(credential("made"))
    yield embedded(
        _named("altered-created"),
        "The proof's own moment was changed",
        signature,
        signed=_with(made, "proof.created", "2024-01-10T09:00:00Z"),
    )
    jcs = proved(credential("jcs-altered"), suite="eddsa-jcs-2022")
    yield embedded(
        _named("altered-jcs"),
        "A name was changed under a proof over JSON",
        signature,
        signed={**jcs, "name": "Knows trees"},
    )


def _other_keys() -> Iterator[Case]:
    stranger = expect("ob3", genuine="signature")
    forged = proved(credential("forged"), keys.STRANGER, verificationMethod=method_of(keys.ISSUER))
    yield embedded(
        _named("another-key-signed"), "Another key signed it than the one that the proof names", stranger, signed=forged
    )
    other = expect("ob3", "invalid", "invalid", issuer="issuer")
    theirs = proved(credential("theirs"), keys.STRANGER, verificationMethod=method_of(keys.STRANGER, EVIL))
    yield embedded(
        _named("key-of-another"),
        "A sound signature by another, who says to be the issuer",
        other,
        signed=theirs,
        why="The key is published, but by somebody else than the issuer that the credential names.",
    )
    key = expect("ob3", "invalid", "invalid", genuine="key")
    own = method_of(keys.STRANGER, DID)
    yield embedded(
        _named("key-not-published"),
        "The key stands in the name of the issuer's method, and the issuer does not publish it",
        key,
        signed=proved(credential("unpublished"), keys.STRANGER, verificationMethod=own),
        why="A verifier that takes the key from the name, and asks nobody, believes every forger.",
    )
    for name, title, made in (
        ("key-not-for-badges", "The issuer publishes the key for logging in, and not in assertionMethod", keys.RETIRED),
        ("key-revoked", "The issuer says that the key counts for nothing since March", keys.REVOKED),
    ):
        yield embedded(_named(name), title, key, signed=proved(credential(name), made))
    of_another = proved(credential("of-another"), verificationMethod=f"{DID}#nothing")
    yield embedded(_named("key-unknown-name"), "The issuer publishes no key by this name", key, signed=of_another)
    nameless = proved(credential("nameless"), verificationMethod="ed25519")
    yield embedded(
        _named("key-no-address"),
        "The proof names its key by a word that is no address",
        expect("ob3", "invalid", "invalid", genuine="key"),
        signed=nameless,
    )


def _broken() -> Iterator[Case]:
    proof = expect("ob3", genuine="proof")
    yield embedded(
        _named("unsigned"),
        "Nobody signed it",
        expect("ob3", "invalid", "invalid", genuine="proof"),
        signed=credential("unsigned"),
    )
    purpose = proved(credential("purpose"), proofPurpose="authentication")
    yield embedded(
        _named("purpose-authentication"), "The proof was made to log in, and not to assert", proof, signed=purpose
    )
    no_purpose = proved(credential("no-purpose"), proofPurpose=GONE)
    yield embedded(_named("purpose-missing"), "The proof does not say what it was made for", proof, signed=no_purpose)
    good = proved(credential("values"))
    value = good["proof"]["proofValue"]
    for name, title, wrong in (
        ("value-of-base64", "The signature is written in base64url", "u" + value[1:]),
        ("value-with-a-zero", "The signature has a sign that base58btc does not know", "z0" + value[2:]),
        ("value-missing", "The proof has no signature", GONE),
    ):
        expected = expect("ob3", "invalid", "invalid", genuine="proof") if wrong is GONE else proof
        changed = {each: what for each, what in {**good["proof"], "proofValue": wrong}.items() if what is not GONE}
        yield embedded(_named(name), title, expected, signed={**good, "proof": changed})
    short = {**good, "proof": {**good["proof"], "proofValue": f"z{base58_encode(bytes(63))}"}}
    yield embedded(
        _named("value-too-short"), "The signature has 63 bytes", expect("ob3", genuine="signature"), signed=short
    )
    unzoned = proved(credential("unzoned"), created="2026-01-10T09:00:00")
    yield embedded(_named("created-without-zone"), "The moment of the proof has no zone", proof, signed=unzoned)
    over = proved(credential("over"), expires="2026-02-01T00:00:00Z")
    yield embedded(
        _named("proof-expired"),
        "The proof itself has ended",
        expect("ob3", dates="expired"),
        signed=over,
    )
    algorithm = expect("ob3", genuine="algorithm")
    for name, suite in (("suite-unknown", "eddsa-moss-2026"), ("suite-ecdsa", "ecdsa-rdfc-2019")):
        yield embedded(
            _named(name),
            f"The proof is of the suite {suite}",
            algorithm,
            signed=_with(good, "proof.cryptosuite", suite),
            why="The signature is that of eddsa-rdfc-2022, and the proof says that it is another.",
        )
    yield embedded(
        _named("proof-a-text"),
        "The proof is a text",
        expect("ob3", "invalid", "invalid", genuine="proof"),
        signed={**good, "proof": "signed"},
    )


def _several() -> Iterator[Case]:
    document = credential("several")
    first = proved(document)
    second = proved(document, verificationMethod=f"{DID}#ed25519", created="2026-01-11T09:00:00Z")
    both = {**document, "proof": [first["proof"], second["proof"]]}
    yield embedded(_named("valid-two-proofs"), "Two proofs, both sound", signed=both)
    wrong = {**second["proof"], "proofValue": first["proof"]["proofValue"]}
    yield embedded(
        _named("second-proof-broken"),
        "Two proofs, of which the second does not hold",
        expect("ob3", genuine="signature"),
        signed={**document, "proof": [first["proof"], wrong]},
        why="Others look at the first alone. Every proof is a claim that its maker signed what stands there.",
    )
    strange = proved(document, keys.STRANGER, verificationMethod=method_of(keys.STRANGER, EVIL))
    yield embedded(
        _named("second-proof-of-another"),
        "Two proofs, of which the second is sound and by somebody else",
        expect("ob3", "invalid", "unknown", issuer="issuer"),
        signed={**document, "proof": [first["proof"], strange["proof"]]},
        why="Whether a second signature may be another's is left open by the standard; badgesite wants the issuer's.",
    )


def _listed(document: Document) -> Document:
    return {**document, "proof": [document["proof"]]}


def _with(document: Document, path: str, value: Any) -> Document:
    """A copy in which the value at a path is another."""
    copy = json.loads(json.dumps(document))
    *steps, last = path.split(".")
    node = copy
    for step in steps:
        node = node[int(step)] if step.isdigit() else node[step]
    node[last] = value
    found: Document = copy
    return found


def _as_text(name: str, title: str, data: bytes, why: str = "") -> Case:
    return Case(f"{GROUP}/{name}.json", title, data, (expect("ob3"),), why)
