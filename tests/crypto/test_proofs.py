from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pytest

from badgesite.crypto import proofs
from badgesite.crypto.canonical import canonical, canonical_with
from badgesite.crypto.contexts import CREDENTIALS, OPEN_BADGES
from badgesite.crypto.encoding import base58_encode
from badgesite.crypto.proofs import hashed, proof_of, sign_document, verify_document
from badgesite.errors import FormatError, SignatureError
from tests.crypto.credentials import DID, Ed25519Key, credential

KEY = Ed25519Key()
CREATED = "2023-07-20T09:30:00Z"
OTHER_KEY = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")  # RFC 8032, test 2


def signed(**changes: object) -> dict[str, Any]:
    return sign_document(credential(**changes), KEY, KEY.method, CREATED)


def with_proof(**changes: object) -> dict[str, Any]:
    document = signed()
    document["proof"] |= changes
    return document


def test_the_proof_is_the_last_member_and_its_members_have_an_order() -> None:
    document = signed()
    assert list(document) == [*credential(), "proof"]
    names = ["type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"]
    assert list(document["proof"]) == names
    assert document["proof"]["verificationMethod"] == KEY.method
    assert document["proof"]["created"] == CREATED


def test_a_signed_document_verifies_with_its_key_alone() -> None:
    assert verify_document(signed(), KEY.raw)
    assert not verify_document(signed(), OTHER_KEY)


def test_the_same_document_key_and_moment_give_the_same_proof() -> None:
    assert signed() == signed()
    assert signed()["proof"]["proofValue"] == (
        "z4p65PkboeFRcUg9LQX4afFkpHMSYTcpeLdNcbJ2wXsruKJbF1fFwpi58HD4ntE3X8Yr7UJ3r1EJ1Tx7TUH8x3L4J"
    )


def test_a_hash_that_was_made_elsewhere_gives_the_same_proof() -> None:
    document = credential()
    assert sign_document(document, KEY, KEY.method, CREATED, hashed(document)) == signed()
    assert not verify_document(sign_document(document, KEY, KEY.method, CREATED, b"0" * 32), KEY.raw)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Inglese C2"},
        {"validUntil": "2030-07-14T23:59:59Z"},
        {"id": "https://badges.example.edu/awards/other/credential.json"},
        {"credentialSubject__achievement__creditsAvailable": 30},
        {"credentialSubject__achievement__criteria__narrative": "Niente."},
        {"issuer__name": "Un'altra"},
        {"evidence": [{"id": "https://x.example/", "type": ["Evidence"]}]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_change_of_the_document_is_noticed(change: dict[str, object]) -> None:
    assert not verify_document(credential(**change) | {"proof": signed()["proof"]}, KEY.raw)


@pytest.mark.parametrize(
    "change",
    [
        {"created": "2023-07-21T09:30:00Z"},
        {"verificationMethod": f"{DID}#other"},
        {"expires": "2030-01-01T00:00:00Z"},
        {"proofValue": "z" + base58_encode(bytes(64))},
        {"proofValue": "z" + base58_encode(bytes(63))},
        {"proofValue": "z"},
    ],
    ids=["created", "method", "expires", "zeros", "a byte short", "empty"],
)
def test_any_change_of_the_proof_is_noticed(change: dict[str, object]) -> None:
    assert not verify_document(with_proof(**change), KEY.raw)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (credential(), "has no proof"),
        (with_proof(type="Ed25519Signature2020"), "has no proof of the type"),
        (with_proof(cryptosuite="eddsa-jcs-2022"), "has no proof of the type"),
        (with_proof(proofPurpose="authentication"), "has no proof of the type"),
        (with_proof(previousProof="urn:uuid:1"), "one of a chain"),
        (with_proof(proofValue="u1234"), "is not base58btc"),
        (with_proof(proofValue=None), "is not base58btc"),
        (with_proof(proofValue="z0"), "is not a character of base58"),
        (with_proof(note="x"), "proof.note is not signed"),
        (with_proof(verificationMethod="z6Mk"), "proof.verificationMethod is not signed"),
        (
            with_proof() | {"@context": ["https://x.example/c"]},
            r"^@context\[0\]: the context https://x.example/c is unknown",
        ),
        (credential(proof=[]), "has no proof"),
        (credential(proof="https://x.example/proof"), "has no proof"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_proof_that_cannot_be_looked_at_is_a_format_error(document: dict[str, Any], reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        verify_document(document, KEY.raw)


def test_of_several_proofs_the_first_of_this_suite_counts() -> None:
    proof = signed()["proof"]
    document = credential(proof=[{"type": "Ed25519Signature2020"}, proof])
    assert proof_of(document) == proof
    assert verify_document(document, KEY.raw)


def test_a_key_of_another_length_is_a_format_error() -> None:
    with pytest.raises(FormatError, match="32 bytes"):
        verify_document(signed(), KEY.raw[:31])


def test_nothing_is_signed_with_a_key_that_the_method_does_not_name() -> None:
    class OtherKey(Ed25519Key):
        def sign(self, data: bytes) -> bytes:
            return super().sign(data + b"x")

    with pytest.raises(SignatureError, match=r"the private key is not that of did:web:badges.example.edu"):
        sign_document(credential(), OtherKey(), KEY.method, CREATED)


@pytest.mark.parametrize(
    ("document", "method", "created", "reason"),
    [
        (signed(), KEY.method, CREATED, "has a proof"),
        (credential(), DID, CREATED, "publicKeyMultibase"),
        (credential(), KEY.method, "2023-07-20", "is no moment"),
        (credential(), KEY.method, "2023-07-20T09:30:00.5Z", "is no moment"),
        (credential(name=None), KEY.method, CREATED, "name is null"),
        (credential(evidence=[]), KEY.method, CREATED, "evidence is an empty list"),
        (credential(name="B2\t"), KEY.method, CREATED, "name holds a tab"),
        (credential(credentialSubject__achievement__creditsAvailable=8.3), KEY.method, CREATED, "other digits"),
        (
            credential(credentialSubject__achievement__tag=["😀", "Ａ"]),
            KEY.method,
            CREATED,
            "would sort the two the other way round",
        ),
        (credential(nmae="B2"), KEY.method, CREATED, "nmae is not signed"),
    ],
    ids=[
        "signed already",
        "no key in the method",
        "a day",
        "a fraction",
        "null",
        "empty",
        "tab",
        "digits",
        "order",
        "undefined",
    ],
)
def test_what_is_not_fit_to_be_signed_is_refused(
    document: dict[str, Any], method: str, created: str, reason: str
) -> None:
    with pytest.raises(FormatError, match=reason):
        sign_document(document, KEY, method, created)


def test_the_hash_is_of_the_document_without_its_proof() -> None:
    assert hashed(signed()) == hashed(credential()) == sha256(canonical(credential())).digest()


def test_a_hash_made_before_gives_the_same_proof() -> None:
    digest = hashed(credential())
    assert sign_document(credential(), KEY, KEY.method, CREATED, digest) == signed()


def test_each_document_is_made_canonical_once_and_the_options_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Mapping[str, object]] = []

    def counted(document: Mapping[str, object]) -> bytes:
        made.append(document)
        return canonical(document)

    monkeypatch.setattr(proofs, "canonical", counted)
    for name in ("A1", "A2", "B1"):
        sign_document(credential(name=name), KEY, KEY.method, "2024-01-01T00:00:00Z")
    assert [document.get("name") for document in made].count(None) == 1
    assert len(made) == 4


def test_what_is_signed_is_the_hash_of_the_options_and_that_of_the_document_over_any_contexts() -> None:
    notes = "https://x.example/notes.json"
    form = canonical_with({notes: {"@context": {"note": "https://x.example/note"}}})
    document = credential(**{"@context": [CREDENTIALS, OPEN_BADGES, notes], "note": "x"})
    options = {name: value for name, value in signed()["proof"].items() if name != "proofValue"}
    hashes = [sha256(form(each)).digest() for each in ({"@context": document["@context"], **options}, document)]
    value = "z" + base58_encode(KEY.sign(b"".join(hashes)))
    assert verify_document(document | {"proof": options | {"proofValue": value}}, KEY.raw, form)
