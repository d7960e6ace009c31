import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from badgesite.crypto.canonical import canonical
from badgesite.crypto.contexts import CREDENTIALS, CREDENTIALS_1, OPEN_BADGES
from badgesite.crypto.embedded import MOST, MOST_VALUES, ProofError, proofs_of, require_defined, suite_of, verify_proof
from badgesite.crypto.encoding import base58_encode
from badgesite.crypto.proofs import sign_document
from badgesite.crypto.strict_json import canonical_json, read_object
from badgesite.crypto.verification_keys import VerificationKey, key_from_jwk, key_from_multibase
from badgesite.errors import FormatError
from tests.crypto.credentials import Ed25519Key, compact, credential
from tests.crypto.strangers import ED25519, P256, jwk

SIGNER = Ed25519Key()
KEY = VerificationKey("ed25519", SIGNER.raw)
CREATED = "2023-07-20T09:30:00Z"
SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
OLDER: dict[str, Any] = {
    "@context": [CREDENTIALS_1, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", SUITE_2020],
    "id": "https://badges.example.edu/awards/1/credential.json",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "did:web:badges.example.edu", "type": ["Profile"], "name": "Università di Esempio"},
    "issuanceDate": "2023-07-14T00:00:00Z",
    "name": "Inglese B2",
    "credentialSubject": {"id": "did:example:1", "type": ["AchievementSubject"]},
}


def proof(**changes: object) -> dict[str, object]:
    members: dict[str, object] = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": CREATED,
        "verificationMethod": SIGNER.method,
        "proofPurpose": "assertionMethod",
    }
    return {name: value for name, value in (members | changes).items() if value is not None}


def signed_by_jcs(document: dict[str, Any], **changes: object) -> dict[str, Any]:
    options = proof(**changes)
    data = b"".join(sha256(canonical_json(each)).digest() for each in (options, document))
    return {**document, "proof": {**options, "proofValue": f"z{base58_encode(SIGNER.sign(data))}"}}


def signed_by_2020(document: dict[str, Any]) -> dict[str, Any]:
    options = proof(type="Ed25519Signature2020", cryptosuite=None)
    under = {**options, "@context": document["@context"]}
    data = b"".join(sha256(canonical(each)).digest() for each in (under, document))
    return {**document, "proof": {**options, "proofValue": f"z{base58_encode(SIGNER.sign(data))}"}}


def sign_document_of_others(document: dict[str, Any]) -> dict[str, Any]:
    """By eddsa-rdfc-2022, also what we would not sign."""
    options = proof(cryptosuite="eddsa-rdfc-2022")
    under = {**options, "@context": document["@context"]}
    data = b"".join(sha256(canonical(each)).digest() for each in (under, document))
    return {**document, "proof": {**options, "proofValue": f"z{base58_encode(SIGNER.sign(data))}"}}


SIGNED = {
    "eddsa-rdfc-2022": sign_document(credential(), SIGNER, SIGNER.method, CREATED),
    "eddsa-jcs-2022": signed_by_jcs(credential()),
    "Ed25519Signature2020": signed_by_2020(OLDER),
}


def verified(document: dict[str, Any], key: VerificationKey = KEY) -> bool:
    return all(verify_proof(document, each, key) for each in proofs_of(document))


@pytest.mark.parametrize("suite", SIGNED)
def test_a_proof_of_each_suite_verifies_with_its_key_alone(suite: str) -> None:
    document = SIGNED[suite]
    assert suite in suite_of(document["proof"])
    assert verified(document)
    assert verified({**document, "proof": [document["proof"]]})
    assert not verified(document, key_from_jwk(jwk(ED25519)))


@pytest.mark.parametrize("suite", SIGNED)
def test_any_change_of_document_or_proof_is_noticed(suite: str) -> None:
    document = SIGNED[suite]
    assert not verified({**document, "name": "Inglese C2"})
    assert not verified({**document, "proof": {**document["proof"], "created": "2023-07-21T09:30:00Z"}})
    assert not verified({**document, "proof": {**document["proof"], "expires": "2033-07-21T09:30:00Z"}})
    assert not verified({**document, "proof": {**document["proof"], "proofValue": "z" + base58_encode(bytes(64))}})
    assert not verified({**document, "proof": {**document["proof"], "proofValue": "z"}})


@pytest.mark.parametrize(
    ("change", "code", "reason"),
    [
        ({"type": "SomeProofType"}, "algorithm", "'SomeProofType', which badgesite does not verify, but Ed25519Sig"),
        ({"type": None}, "algorithm", "'None'"),
        ({"type": ["DataIntegrityProof"]}, "algorithm", "does not verify"),
        ({"cryptosuite": "ecdsa-rdfc-2019"}, "algorithm", "'DataIntegrityProof ecdsa-rdfc-2019'"),
        ({"cryptosuite": None}, "algorithm", "'DataIntegrityProof None'"),
        ({"cryptosuite": "\x1b[2J" * 999}, "algorithm", r"x1b\[2J"),
        ({"proofPurpose": "authentication"}, "proof", "not made to assert"),
        ({"proofPurpose": None}, "proof", "not made to assert"),
        ({"created": "yesterday"}, "proof", "proof.created is no moment"),
        ({"expires": 5}, "proof", "proof.expires is no moment"),
        ({"proofValue": "u1234"}, "proof", "is not base58btc"),
        ({"proofValue": None}, "proof", "is not base58btc"),
        ({"proofValue": "z" + "2" * 5000}, "proof", "more than 1024 characters"),
        ({"previousProof": "urn:uuid:1"}, "proof", "names a proof that the document does not have"),
        ({"previousProof": []}, "proof", "names a proof that the document does not have"),
        ({"@context": {"name": "https://x.example/"}}, "context", r"proof.@context is written out in the document"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_proof_that_cannot_be_judged_says_why(change: dict[str, object], code: str, reason: str) -> None:
    document = SIGNED["eddsa-jcs-2022"]
    with pytest.raises(ProofError, match=reason) as caught:
        verified({**document, "proof": {**document["proof"], **change}})
    assert caught.value.code == code
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize(
    ("change", "code", "reason"),
    [
        ({"@context": [CREDENTIALS, OPEN_BADGES, "https://x.example/c"]}, "context", "https://x.example/c is unknown"),
        ({"@context": [CREDENTIALS, OPEN_BADGES, {"a": "urn:b"}]}, "context", "is written out in the document"),
        ({"@context": None}, "context", "is written out in the document"),
        ({"evidence": [{"@context": {"a": "urn:b"}}]}, "context", r"evidence\[0\].@context is written out"),
        ({"nmae": "B2"}, "dropped", "nmae is not signed, because no context defines it"),
        ({"name": "\0"}, "proof", r"name holds the character U\+0000"),
    ],
    ids=lambda value: str(value)[:30],
)
@pytest.mark.parametrize("suite", SIGNED)
def test_a_document_that_is_not_signed_as_a_whole_says_so(
    suite: str, change: dict[str, object], code: str, reason: str
) -> None:
    document = {**SIGNED[suite], **change}
    with pytest.raises(ProofError, match=reason) as caught:
        verify_proof(document, document["proof"], KEY)
    assert caught.value.code == code
    with pytest.raises(ProofError) as found:
        require_defined(document)
    assert found.value.code == code


@pytest.mark.parametrize("suite", SIGNED)
def test_a_document_that_would_take_long_is_refused(suite: str) -> None:
    document = {**SIGNED[suite], "evidence": [{"id": "https://x.example/", "type": ["Evidence"]}] * MOST_VALUES}
    with pytest.raises(ProofError, match="the document holds more than 3000 values"):
        verified(document)


def test_a_proof_that_would_take_long_is_refused() -> None:
    document = SIGNED["eddsa-jcs-2022"]
    with pytest.raises(ProofError, match="proof holds more than 3000 values"):
        verified({**document, "proof": {**document["proof"], "domain": ["x"] * MOST_VALUES}})


def test_what_a_known_context_defines_needs_no_proof() -> None:
    require_defined(credential())


def test_a_part_of_a_proof_that_no_proof_has_is_named() -> None:
    document = SIGNED["eddsa-rdfc-2022"]
    with pytest.raises(ProofError, match=r"proof\.expiration is nothing that a proof has") as caught:
        verified({**document, "proof": {**document["proof"], "expiration": "2023-07-21T09:30:00Z"}})
    assert caught.value.code == "proof"


def test_a_text_may_say_its_language() -> None:
    document = credential(name={"@value": "Inglese B2", "@language": "it"})
    assert verified(sign_document_of_others(document))


def test_a_key_of_another_kind_is_told_apart_from_a_wrong_signature() -> None:
    with pytest.raises(ProofError, match="needs a key of Ed25519, and the issuer's is of P-256") as caught:
        verified(SIGNED["eddsa-rdfc-2022"], key_from_jwk(jwk(P256)))
    assert caught.value.code == "key"


@pytest.mark.parametrize(
    ("given_proof", "reason"),
    [
        (None, "has no proof"),
        ([], "has no proof"),
        ("", "has no proof"),
        ("https://x.example/proof", "no object"),
        ([proof(), None], "no object"),
        ([proof()] * (MOST + 1), "more than 8 proofs"),
    ],
    ids=["none", "empty list", "empty text", "address", "null", "too many"],
)
def test_proofs_that_are_none_are_a_format_error(given_proof: object, reason: str) -> None:
    with pytest.raises(ProofError, match=reason) as caught:
        proofs_of(credential(proof=given_proof))
    assert caught.value.code == "proof"


def test_the_contexts_of_a_proof_are_those_that_its_document_begins_with() -> None:
    contexts = [CREDENTIALS, OPEN_BADGES]
    document = signed_by_jcs(credential(), **{"@context": contexts})
    assert verified(document)
    assert verified({**document, "@context": [*contexts, SUITE_2020]})
    for other in ([CREDENTIALS], [OPEN_BADGES, CREDENTIALS]):
        with pytest.raises(ProofError, match="is not what the document's @context begins with"):
            verified({**document, "@context": other})


@pytest.mark.parametrize("suite", SIGNED)
def test_a_proof_with_contexts_of_its_own_is_refused(suite: str) -> None:
    document = SIGNED[suite]
    with pytest.raises(ProofError, match="is not what the document's @context begins with"):
        verified({**document, "proof": {**document["proof"], "@context": SUITE_2020}})


def test_a_proof_of_a_chain_is_over_the_one_before_it() -> None:
    first = SIGNED["eddsa-jcs-2022"]["proof"] | {"id": "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544"}
    second = signed_by_jcs(credential(proof=[first]), previousProof=first["id"])["proof"]
    document = credential(proof=[first, second])
    assert verify_proof(document, second, KEY)
    other = first | {"created": "2023-07-21T09:30:00Z"}
    assert not verify_proof(credential(proof=[other, second]), second, KEY)
    with pytest.raises(ProofError, match="does not have, or not once"):
        verify_proof(credential(proof=[first, first, second]), second, KEY)


def test_a_key_found_elsewhere_in_the_same_form_verifies() -> None:
    assert verified(SIGNED["eddsa-rdfc-2022"], key_from_multibase(SIGNER.method.partition("#")[2]))


TEXTS = {suite: compact(document) for suite, document in SIGNED.items()}


@pytest.mark.parametrize("suite", TEXTS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_document_with_any_other_byte_is_refused(suite: str, data: st.DataObject) -> None:
    """But for the version of a context that says the same: with RDF, contexts are signed by what they make of it."""
    text = bytearray(TEXTS[suite])
    place = data.draw(st.integers(0, len(text) - 1))
    text[place] ^= data.draw(st.integers(1, 255))
    assert _refused(bytes(text)) or _says_the_same(bytes(text), TEXTS[suite])


def _refused(text: bytes) -> bool:
    try:
        return not verified(read_object(text))
    except FormatError:
        return True


def _says_the_same(text: bytes, other: bytes) -> bool:
    """Whether only the last part of a context's URL differs, and both versions give the document the same meaning."""
    one, two = json.loads(text), json.loads(other)
    contexts = [document.pop("@context")[1] for document in (one, two)]
    return one == two and all(url.startswith(OPEN_BADGES.rpartition("-")[0]) for url in contexts)
