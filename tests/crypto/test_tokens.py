import hmac
import re
from collections.abc import Mapping
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st

from badgesite.crypto.encoding import base64url
from badgesite.crypto.tokens import Token, read_token, token_fault
from badgesite.crypto.verification_keys import VerificationKey, key_from_jwk, key_from_pem
from badgesite.errors import FormatError
from tests.crypto.strangers import (
    ED25519,
    P256,
    P256_ORDER,
    P384,
    Private,
    jwk,
    pem,
    rsa_key,
    signature,
    signing_input,
    token,
)

CLAIMS = {"iss": "https://badges.example.edu/", "name": "Inglese B2"}
SIGNERS: Mapping[str, Private] = {
    "RS256": rsa_key(),
    "ES256": P256,
    "ES384": P384,
    "EdDSA": ED25519,
    "Ed25519": ED25519,
}


def key_of(private: Private) -> VerificationKey:
    return key_from_jwk(jwk(private))


def fault(text: str, private: Private) -> str:
    return token_fault(read_token(text), key_of(private))


def with_signature(raw: bytes, **header: object) -> str:
    return f"{signing_input(header, CLAIMS).decode()}.{base64url(raw)}"


def in_base64url(header: str, payload: str) -> str:
    return f"{base64url(header.encode())}.{base64url(payload.encode())}.AA"


@pytest.mark.parametrize("algorithm", SIGNERS)
def test_a_token_is_verified_by_each_algorithm_that_badges_use(algorithm: str) -> None:
    private = SIGNERS[algorithm]
    text = token(private, {"alg": algorithm, "typ": "JWT"}, CLAIMS)
    assert fault(text, private) == ""
    read = read_token(f"\n{text}\n".encode())
    assert read == read_token(text)
    assert read.claims == CLAIMS
    assert read.header == {"alg": algorithm, "typ": "JWT"}
    assert text.startswith(read.signing_input.decode() + ".")


@pytest.mark.parametrize("algorithm", SIGNERS)
def test_the_words_of_another_token_are_not_signed(algorithm: str) -> None:
    private = SIGNERS[algorithm]
    raw = signature(private, signing_input({"alg": algorithm}, {**CLAIMS, "name": "Inglese B1"}))
    assert "is not by this key over these words" in fault(with_signature(raw, alg=algorithm), private)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({}, "names no algorithm"),
        ({"alg": ["ES256"]}, "names no algorithm"),
        ({"alg": "none"}, "it is not signed"),
        ({"alg": "NonE"}, "it is not signed"),
        ({"alg": "HS256"}, "whoever can verify it can make it"),
        ({"alg": "RS256"}, "does not go with the issuer's key, of P-256"),
        ({"alg": "ES384"}, "does not go with the issuer's key, of P-256"),
        ({"alg": "EdDSA"}, "does not go with the issuer's key, of P-256"),
        ({"alg": "PS256"}, "which badgesite does not verify; it verifies RS256, ES256"),
        ({"alg": "\x1b[31mES256"}, r"says \\x1b\[31mES256, which"),
        ({"alg": "ES256", "crit": ["exp"]}, "has crit: it asks for an extension"),
        ({"alg": "ES256", "crit": []}, "has crit"),
        ({"alg": "ES256", "b64": False}, "has b64"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_header_that_asks_for_less_or_for_more_is_refused(header: Mapping[str, object], reason: str) -> None:
    assert re.search(reason, fault(token(P256, header, CLAIMS), P256))


def test_a_public_key_is_no_shared_secret() -> None:
    header = {"alg": "HS256", "typ": "JWT"}
    data = signing_input(header, CLAIMS)
    secret = pem(rsa_key()).encode()
    text = f"{data.decode()}.{base64url(hmac.digest(secret, data, sha256))}"
    assert "which is no signature" in token_fault(read_token(text), key_from_pem(secret.decode()))


def test_a_token_without_a_signature_is_refused_whatever_its_header_says() -> None:
    for algorithm in ("none", "ES256"):
        assert fault(f"{signing_input({'alg': algorithm}, CLAIMS).decode()}.", P256) != ""


def test_a_key_that_the_token_brings_along_is_not_taken() -> None:
    text = token(ED25519, {"alg": "EdDSA", "jwk": jwk(ED25519)}, CLAIMS)
    assert fault(text, ED25519) == ""
    assert "does not go with the issuer's key" in fault(text, P256)
    assert "is not by this key" in fault(text, Ed25519PrivateKey.from_private_bytes(bytes(32)))


def test_signatures_of_other_forms_and_lengths_are_refused() -> None:
    data = signing_input({"alg": "ES256"}, CLAIMS)
    raw = signature(P256, data)
    r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
    der = encode_dss_signature(r, s)
    assert "one by ES256 has 64" in fault(with_signature(der, alg="ES256"), P256)
    for other in (raw[:-1], raw + b"\0", b""):
        assert fault(with_signature(other, alg="ES256"), P256) != ""
    zeros, order = bytes(32), P256_ORDER.to_bytes(32, "big")
    for other in (zeros + zeros, zeros + raw[32:], raw[:32] + zeros, order + order, raw[:32] + order):
        assert "is not by this key" in fault(with_signature(other, alg="ES256"), P256)


def test_both_halves_of_ecdsa_signatures_are_good() -> None:
    raw = signature(P256, signing_input({"alg": "ES256"}, CLAIMS))
    mirrored = (P256_ORDER - int.from_bytes(raw[32:], "big")).to_bytes(32, "big")
    assert mirrored != raw[32:]
    for s in (raw[32:], mirrored):
        assert fault(with_signature(raw[:32] + s, alg="ES256"), P256) == ""


def test_an_rsa_signature_of_another_length_is_refused() -> None:
    raw = signature(rsa_key(), signing_input({"alg": "RS256"}, CLAIMS))
    for other in (b"\0" + raw, raw[:-1], raw * 2, b""):
        assert "is not by this key" in fault(with_signature(other, alg="RS256"), rsa_key())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "three parts"),
        ("{}", "three parts"),
        ("e30.e30", "three parts"),
        ("e30.e30.AA.AA.AA", "is encrypted"),
        ("e30.e30.AA.AA", "three parts"),
        ("e30.e30.AA" + ".A" * 9, "three parts"),
        ("é30.e30.AA", "three parts"),
        ("\ud800", "three parts"),
        ("e30=.e30.AA", "header is not base64url without padding"),
        ("e30.e3\n0.AA", "payload is not base64url"),
        ("e30.e30.A", "signature is not base64url"),
        ("e30.e30.AB", "signature is not base64url"),
        ("e30.e30.A+==", "signature is not base64url"),
        ("W10.e30.AA", "header: the text is JSON, but not an object"),
        ("e30..AA", "payload: the text is not JSON"),
        (in_base64url("{}", "[]"), "payload: the text is JSON, but not an object"),
        (in_base64url('{"alg":"none","alg":"ES256"}', "{}"), "header: .*'alg' stands twice"),
        (in_base64url("{}", '{"id":1,"id":2}'), "payload: .*'id' stands twice"),
        (in_base64url("{}", '{"a":' * 100 + "1" + "}" * 100), "payload: .* levels deep"),
        (in_base64url('{"a":"' + "x" * 70_000 + '"}', "{}"), "header: the text is larger"),
        ("e" * (10 * 1024 * 1024 + 1), "token is larger than 10 MB"),
    ],
    ids=lambda value: value if len(value) < 60 else "",
)
def test_what_is_no_token_is_a_format_error(text: str, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        read_token(text)


TOKENS = {name: token(private, {"alg": name, "kid": "k"}, CLAIMS).encode() for name, private in SIGNERS.items()}


@pytest.mark.parametrize("algorithm", SIGNERS)
@settings(max_examples=300)
@given(data=st.data())
def test_a_token_with_any_other_byte_is_refused(algorithm: str, data: st.DataObject) -> None:
    text = bytearray(TOKENS[algorithm])
    place = data.draw(st.integers(0, len(text) - 1))
    text[place] ^= data.draw(st.integers(1, 255))
    assert _refused(bytes(text), key_of(SIGNERS[algorithm]))


def _refused(text: bytes, key: VerificationKey) -> bool:
    try:
        found: Token = read_token(text)
    except FormatError:
        return True
    return token_fault(found, key) != ""
