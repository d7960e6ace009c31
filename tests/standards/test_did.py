from dataclasses import replace
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from badgesite.crypto.encoding import from_base64url, from_multikey
from badgesite.crypto.public_keys import PublicKey
from badgesite.plan import Plan
from badgesite.standards.did import did_document

START = datetime(2022, 9, 1, tzinfo=UTC)
BASE = "https://badges.example.edu/open/"
DID = Plan(BASE, ("it",)).did("example")
RAW = Ed25519PrivateKey.from_private_bytes(bytes(range(32))).public_key().public_bytes_raw()
POINT = (
    derive_private_key(7, SECP256R1())
    .public_key()
    .public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
)  # fmt: skip
ED25519 = PublicKey("example", "2022-09-01-ed25519", "ed25519", RAW, START)
P256 = PublicKey("example", "2022-09-01-p256", "p256", POINT, START)


def _names(document: dict[str, object]) -> list[object]:
    methods = document.get("verificationMethod", [])
    assert isinstance(methods, list)
    return [method["id"] for method in methods]


def test_a_document_names_both_kinds_of_key_by_whole_did_urls() -> None:
    document = did_document(DID, (ED25519, P256))
    assert document["@context"] == [
        "https://www.w3.org/ns/did/v1",
        "https://w3id.org/security/multikey/v1",
        "https://w3id.org/security/jwk/v1",
    ]
    assert document["id"] == "did:web:badges.example.edu:open:issuers:example"
    methods = document["verificationMethod"]
    assert isinstance(methods, list)
    first, second = methods
    assert first["id"] == f"{DID}#{first['publicKeyMultibase']}"
    assert (first["type"], first["controller"]) == ("Multikey", DID)
    assert from_multikey(first["publicKeyMultibase"]) == RAW
    assert (second["type"], second["controller"]) == ("JsonWebKey", DID)
    key = second["publicKeyJwk"]
    assert (key["kty"], key["crv"]) == ("EC", "P-256")
    assert b"\x04" + from_base64url(key["x"]) + from_base64url(key["y"]) == POINT
    assert document["assertionMethod"] == [first["id"], second["id"]]


def test_a_private_half_is_nowhere() -> None:
    document = did_document(DID, (ED25519, P256))
    methods = document["verificationMethod"]
    assert isinstance(methods, list)
    assert set(methods[1]["publicKeyJwk"]) == {"kty", "crv", "x", "y"}


def test_a_key_that_signs_no_more_stays_so_that_what_it_signed_verifies() -> None:
    retired = replace(ED25519, end=datetime(2023, 1, 1, tzinfo=UTC))
    assert _names(did_document(DID, (retired,))) == [retired.method(DID)]


def test_a_revoked_key_goes() -> None:
    revoked = replace(ED25519, revoked=datetime(2023, 1, 1, tzinfo=UTC))
    document = did_document(DID, (revoked, P256))
    assert _names(document) == document["assertionMethod"] == [P256.method(DID)]


def test_a_test_key_is_named_at_its_own_site_alone() -> None:
    assert _names(did_document(DID, (replace(ED25519, base_url=BASE),))) == [ED25519.method(DID)]
    elsewhere = replace(ED25519, base_url="https://badges.example.edu/")
    assert did_document(DID, (elsewhere,)).keys() == {"@context", "id"}
