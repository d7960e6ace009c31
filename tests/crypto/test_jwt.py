import json
from base64 import urlsafe_b64decode

import pytest

from badgesite.crypto.encoding import base64url, from_base64url
from badgesite.crypto.jwt import jwt_of, payload, sign_jwt, signing_input, verify_jwt
from badgesite.errors import FormatError
from tests.crypto.credentials import DID, P256Key, compact, credential

KEY = P256Key()
PROOF = {"type": "DataIntegrityProof", "proofValue": "z1"}
TEXT = compact(credential(proof=PROOF))
CLAIMS = {
    "iss": DID,
    "jti": credential()["id"],
    "nbf": 1689292800,
    "sub": credential()["credentialSubject"]["id"],
    "exp": 1784073599,
}


def text_of(**changes: object) -> bytes:
    return compact(credential(**changes) | {"proof": PROOF})


def test_the_payload_is_the_stored_text_without_its_proof_and_then_the_claims() -> None:
    assert payload(TEXT) == compact(credential())[:-1] + b"," + compact(CLAIMS)[1:]


def test_the_payload_keeps_every_character_of_the_text() -> None:
    text = TEXT.replace(b'"Inglese B2"', '"è ]]\\u003e \\/ 3.50"'.encode(), 1)
    assert payload(text).startswith(text.partition(b',"proof"')[0])


def test_a_subject_without_an_id_and_a_credential_without_end_leave_their_claims_out() -> None:
    document = credential(proof=PROOF)
    del document["credentialSubject"]["id"], document["validUntil"]
    assert list(json.loads(payload(compact(document))))[-3:] == ["iss", "jti", "nbf"]


def test_the_issuer_may_be_its_id_alone() -> None:
    assert json.loads(payload(text_of(issuer=DID)))["iss"] == DID


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("2023-07-14T02:00:00+02:00", 1689292800),
        ("2100-02-28T23:59:59Z", 4107542399),
        ("1969-12-31T23:59:59Z", -1),
    ],
)
def test_times_are_seconds_since_1970(moment: str, seconds: int) -> None:
    assert json.loads(payload(text_of(validFrom=moment)))["nbf"] == seconds


def test_a_token_has_a_header_of_three_members_in_order() -> None:
    header, _, _ = jwt_of(TEXT, KEY.kid, "x").split(b".")
    assert urlsafe_b64decode(header + b"==") == b'{"alg":"ES256","kid":"%b","typ":"JWT"}' % KEY.kid.encode()


def test_a_token_is_header_payload_and_signature_without_a_line_feed() -> None:
    signature = sign_jwt(TEXT, KEY.kid, KEY)
    assert len(signature) == 86
    token = jwt_of(TEXT, KEY.kid, signature)
    assert token == signing_input(TEXT, KEY.kid) + b"." + signature.encode()
    assert from_base64url(token.split(b".")[1].decode()) == payload(TEXT)


def test_a_token_verifies_with_its_key_and_kid_alone() -> None:
    signature = sign_jwt(TEXT, KEY.kid, KEY)
    other = bytes.fromhex(  # RFC 5903, section 8.1
        "04dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c37725811805271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3"
    )
    assert verify_jwt(TEXT, KEY.kid, signature, KEY.point)
    assert not verify_jwt(TEXT, KEY.kid, signature, other)
    assert not verify_jwt(TEXT, f"{KEY.kid}2", signature, KEY.point)


def test_the_same_text_and_key_give_the_same_signature() -> None:
    assert sign_jwt(TEXT, KEY.kid, KEY) == sign_jwt(TEXT, KEY.kid, P256Key())
    assert sign_jwt(TEXT, KEY.kid, KEY) == (
        "p44n88PBPBT-bCNl6rBJraI5jDzOwYhMH2vq8OOwlqPKWW292gwppEUj7dOvyCPpFRrcWZS47LFcKAruIPoZuA"
    )


def test_a_signature_as_rfc_6979_has_it_verifies() -> None:
    """Section A.2.5, with SHA-256 and the message "sample": the key of the tests is the one of the standard."""
    r = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
    s = "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
    assert KEY.sign(b"sample").hex() == r + s


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("B2", "C2"),
        ("Esempio", "Essmpio"),
        ("2026-", "2027-"),
        ("english", "latin"),
        (":3,", ":30,"),
        ("lingue", "Lingue"),
    ],
)
def test_any_change_of_the_credential_is_noticed(words: str, others: str) -> None:
    changed = TEXT.replace(words.encode(), others.encode(), 1)
    assert changed != TEXT
    assert not verify_jwt(changed, KEY.kid, sign_jwt(TEXT, KEY.kid, KEY), KEY.point)


def test_a_change_of_the_proof_is_none_of_the_token() -> None:
    changed = compact(credential(proof=PROOF | {"proofValue": "z2"}))
    assert verify_jwt(changed, KEY.kid, sign_jwt(TEXT, KEY.kid, KEY), KEY.point)


@pytest.mark.parametrize(
    "signature",
    ["", "x", "=" * 86, base64url(bytes(64)), base64url(bytes(63)), base64url(bytes([255] * 64)), "é" * 86],
    ids=["empty", "short", "padding", "zeros", "a byte short", "beyond the curve", "accents"],
)
def test_what_is_no_signature_does_not_verify(signature: str) -> None:
    assert not verify_jwt(TEXT, KEY.kid, signature, KEY.point)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "last member is its proof"),
        (compact(credential()), "last member is its proof"),
        (compact({"proof": PROOF}), "last member is its proof"),
        (compact(credential(proof=PROOF) | {"name2": "x"}), "last member is its proof"),
        (compact(credential(evidence=[{"proof": PROOF}])), "last member is its proof"),
        (compact(credential(issuer__proof=PROOF)), "last member is its proof"),
        (TEXT[:-1], "last member is its proof"),
        (TEXT + b"\n{}", "last member is its proof"),
        (b"[" + TEXT + b"]", "last member is its proof"),
        (b'{"a":' * 100_000 + b',"proof":{}}', "last member is its proof"),
        (TEXT.replace(b'"id"', b'"proof":{},"id"', 1), "has a member proof"),
        (text_of(iss="x"), "has a member iss"),
        (text_of(exp=1), "has a member exp"),
        (text_of(issuer={}), "has no issuer.id"),
        (text_of(id=7), "has no id"),
        (text_of(credentialSubject__id="a\nb"), "has no credentialSubject.id"),
        (TEXT.replace(b'"id":"https', b'"id":"\\ud800https', 1), "has no id"),
        (text_of(validFrom="yesterday"), "validFrom is no moment"),
        (text_of(validFrom="2023-07-14"), "validFrom is not in whole seconds with a zone"),
        (text_of(validUntil="2023-07-14T00:00:00.5Z"), "validUntil is not in whole seconds"),
        (text_of(validUntil=None), "has no validUntil"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_stored_credential_is_a_format_error(text: bytes, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        payload(text)


@pytest.mark.parametrize("point", [b"", bytes(65), b"\x04" + bytes(64), KEY.point[:-1]], ids=len)
def test_what_is_no_point_of_the_curve_is_a_format_error(point: bytes) -> None:
    with pytest.raises(FormatError, match="no point of the curve"):
        verify_jwt(TEXT, KEY.kid, "x", point)
