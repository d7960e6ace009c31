import json
from collections.abc import Mapping

import pytest
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from badgesite.crypto.encoding import base58_encode, base64url
from badgesite.crypto.verification_keys import key_from_jwk, key_from_multibase, key_from_pem, key_of_did
from badgesite.errors import FormatError
from tests.crypto.strangers import ED25519, P256, P384, Private, jwk, multibase, number, pem, rsa_key, signature

KEYS: Mapping[str, Private] = {"ed25519": ED25519, "p256": P256, "p384": P384, "rsa": rsa_key()}
STARTS = {"ed25519": "z6Mk", "p256": "zDn", "p384": "z82L", "rsa": "z4MX"}
PUBLIC = rsa_key().public_key().public_numbers()


def did_jwk(members: Mapping[str, object]) -> str:
    return f"did:jwk:{base64url(json.dumps(members).encode())}"


@pytest.mark.parametrize("kind", KEYS)
def test_one_key_is_the_same_in_every_form(kind: str) -> None:
    private = KEYS[kind]
    text = multibase(private)
    assert text.startswith(STARTS[kind])
    key = key_from_multibase(text)
    assert key.kind == kind
    assert key == key_from_jwk(jwk(private)) == key_from_pem(pem(private))
    assert key == key_of_did(f"did:key:{text}#{text}") == key_of_did(f"did:key:{text}")
    assert key == key_of_did(f"{did_jwk(jwk(private))}#0") == key_of_did(did_jwk(jwk(private)))


@pytest.mark.parametrize("kind", KEYS)
def test_a_key_verifies_what_it_signed_and_nothing_else(kind: str) -> None:
    key, raw = key_from_jwk(jwk(KEYS[kind])), signature(KEYS[kind], b"words")
    assert key.verify(raw, b"words")
    assert not key.verify(raw, b"other words")
    for other in (raw[:-1], b"\0" + raw, b"", bytes(len(raw))):
        assert not key.verify(other, b"words")


def test_keys_that_others_published_are_read() -> None:
    did = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"  # of the vectors of the W3C
    assert key_of_did(f"{did}#{did[8:]}").kind == "ed25519"
    assert key_of_did("did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169").kind == "p256"
    assert key_of_did("did:key:z82LkvCwHNreneWpsgPEbV3gu1C6NFJEBg4srfJ5gdxEsMGRJUz2sG9FE42shbn2xkZJh54").kind == "p384"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "begins with z"),
        ("6Mk", "begins with z"),
        ("z", "another kind of key than Ed25519, P-256, P-384 and RSA"),
        ("z0", "is not a character of base58"),
        ("u!!", "is not base64url"),
        ("z" + "1" * 5000, "more than 1024 characters"),
        ("z" + base58_encode(b"\xe7\x01\x02" + bytes(32)), "another kind of key"),
        ("z" + base58_encode(b"\xec\x01" + bytes(32)), "another kind of key"),
        ("z" + base58_encode(b"\x80\x26" + bytes(32)), "another kind of key"),
        ("z" + base58_encode(b"\xed\x01" + bytes(31)), "has 32 bytes, not 31"),
        ("z" + base58_encode(b"\xed\x01" + bytes(32)), "small order"),
        ("z" + base58_encode(b"\xed\x01\x01" + bytes(30) + b"\x80"), "small order"),
        ("z" + base58_encode(b"\xed\x01" + b"\x02" + bytes(31)), "no point of the curve"),
        ("z" + base58_encode(b"\x80\x24\x02" + b"\xff" * 32), "no point of its curve"),
        ("z" + base58_encode(b"\x80\x24\x04" + bytes(32)), "compressed point of P-256"),
        ("z" + base58_encode(b"\x81\x24\x02" + bytes(32)), "compressed point of P-384"),
        ("z" + base58_encode(b"\x85\x24" + bytes(40)), "RSA key cannot be read"),
    ],
    ids=lambda value: value[:30],
)
def test_a_multikey_that_is_none_is_a_format_error(text: str, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        key_from_multibase(text)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kty": "oct", "k": "AAAA"}, "shared secret"),
        ({"k": "AAAA"}, 'private half, in "k"'),
        ({"d": "AAAA"}, 'private half, in "d"'),
        ({"qi": None}, 'private half, in "qi"'),
        ({"use": "enc"}, "not for signatures"),
        ({"alg": "ECDH-ES"}, "for another algorithm"),
        ({"alg": "ES384"}, "for another algorithm"),
        ({"kty": "EC2"}, "another kind of key"),
        ({"kty": ["EC"]}, "another kind of key"),
        ({"crv": "secp256k1"}, "another kind of key"),
        ({"crv": "P-384"}, "a coordinate of a key of P-384 has 48 bytes"),
        ({"crv": None}, "another kind of key"),
        ({"x": None}, 'has no "x"'),
        ({"x": 7}, 'has no "x"'),
        ({"x": "AA=="}, '"x": the text is not base64url'),
        ({"y": base64url(bytes(33))}, "has 32 bytes"),
        ({"y": base64url(bytes(32))}, "no point of its curve"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(value)[:30],
)
def test_a_jwk_that_is_no_public_key_for_signatures_is_a_format_error(change: dict[str, object], reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        key_from_jwk({**jwk(P256), **change})


def test_a_jwk_may_say_what_it_is_for() -> None:
    assert key_from_jwk({**jwk(P256), "use": "sig", "alg": "ES256", "kid": "1"}) == key_from_jwk(jwk(P256))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"n": number(2**2046 + 1)}, "has 2047 bits; 2048 is the least, 8192 the most"),
        ({"n": number(2**8192 + 1)}, "8192 the most"),
        ({"n": base64url(b"\xff" * 100_000)}, 'has no "n"'),
        ({"n": number(2**2048 - 2)}, "no sound key has"),
        ({"e": number(2**2047 + 1)}, "no sound key has"),
        ({"e": number(2**32 + 1)}, "no sound key has"),
        ({"e": number(1)}, "no sound key has"),
        ({"e": number(65536)}, "no sound key has"),
        ({"e": ""}, "no sound key has"),
        ({"n": ""}, "has 0 bits"),
    ],
    ids=lambda value: value if isinstance(value, str) else next(iter(value)),
)
def test_an_rsa_key_too_weak_or_too_large_is_a_format_error(change: dict[str, object], reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        key_from_jwk({**jwk(rsa_key()), **change})


def test_zeros_before_a_modulus_do_not_make_another_key() -> None:
    padded = base64url(b"\0" + PUBLIC.n.to_bytes(256, "big"))
    assert key_from_jwk({**jwk(rsa_key()), "n": padded}) == key_from_jwk(jwk(rsa_key()))


def test_an_rsa_key_in_the_older_pem_is_read() -> None:
    older = rsa_key().public_key().public_bytes(Encoding.PEM, PublicFormat.PKCS1).decode()
    assert older.startswith("-----BEGIN RSA PUBLIC KEY")
    assert key_from_pem(f"Our key:\n{older}") == key_from_jwk(jwk(rsa_key()))


def _private_pem() -> str:
    return ED25519.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "begins with -----BEGIN PUBLIC KEY-----"),
        ("-----BEGIN PUBLIC KEY-----", "no public key that can be read"),
        ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "no public key that can be read"),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no public key in PEM"),
        (pem(P256) + pem(ED25519), "no public key in PEM"),
        (pem(P256) + "é", "no public key in PEM"),
        (pem(P256) + " " * 20_000, "no public key in PEM"),
        (pem(rsa_key(1024)), "has 1024 bits; 2048 is the least"),
        (pem(ec.generate_private_key(ec.SECP521R1())), "another kind of key than"),
        (_private_pem(), "holds a private key"),
        (pem(P256) + _private_pem(), "holds a private key"),
    ],
    ids=lambda value: value if len(value) < 60 else "",
)
def test_a_pem_that_is_no_public_key_of_ours_is_a_format_error(text: str, reason: str) -> None:
    with pytest.raises(FormatError, match=reason) as caught:
        key_from_pem(text)
    assert _private_pem().split("\n")[1] not in str(caught.value)


def test_a_pem_of_a_kind_that_signs_no_badge_is_a_format_error() -> None:
    public = dsa.generate_private_key(1024).public_key()
    with pytest.raises(FormatError, match=r"another kind of key|can be read"):
        key_from_pem(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "not named by a did:key or a did:jwk"),
        ("did:web:badges.example.edu#key", "not named by a did:key or a did:jwk"),
        ("DID:key:z6Mk", "not named by"),
        ("key:z6Mk", "not named by"),
        ("did:key:", "goes on with z"),
        (f"did:key:u{base64url(bytes(34))}", "goes on with z"),
        (f"did:key:{multibase(P256)}#", "no key by the name"),
        (f"did:key:{multibase(P256)}#{multibase(ED25519)}", "no key by the name"),
        (f"did:key:{multibase(P256)}#{multibase(P256)}#", "no key by the name"),
        (f"did:key:{multibase(P256)}?a=b", "is not a character of base58"),
        (f"did:key:{multibase(P256)}/path", "is not a character of base58"),
        (f"{did_jwk(jwk(P256))}#1", "no key by the name"),
        (f"{did_jwk(jwk(P256))}#", "no key by the name"),
        (f"{did_jwk(jwk(P256))}=", "not base64url without padding"),
        ("did:jwk:", "is not JSON"),
        (f"did:jwk:{base64url(b'[]')}", "not an object"),
        (did_jwk({"kty": "oct", "k": "AAAA"}), "shared secret"),
        (did_jwk({**jwk(P256), "d": "AAAA"}), "private half"),
        (did_jwk({**jwk(P256), "x5c": "x" * 20_000}), "the text is larger than"),
    ],
    ids=lambda value: value[:40],
)
def test_a_did_that_names_no_key_is_a_format_error(url: str, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        key_of_did(url)


def test_another_private_key_is_another_key() -> None:
    assert key_from_jwk(jwk(ed25519.Ed25519PrivateKey.generate())) != key_from_jwk(jwk(ED25519))
    assert key_from_jwk(jwk(rsa.generate_private_key(3, 2048))) != key_from_jwk(jwk(rsa_key()))
