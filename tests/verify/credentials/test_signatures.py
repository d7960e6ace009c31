"""Every signature must hold, and nothing may stand beside it."""

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from badgesite.crypto.embedded import verify_proof
from badgesite.crypto.verification_keys import VerificationKey
from badgesite.verify.badge import UnreadableError
from tests.verify.credentials.issuing import (
    AWARD,
    DID,
    GONE,
    OTHER_PAIR,
    PAIR,
    credential,
    failures,
    looked,
    method_of,
    p256_jwk,
    raw_token,
    signed,
    signed_as_text,
    token,
    told,
)

BADGE = signed(credential())
TEXT, TOKEN = json.dumps(BADGE).encode(), token(credential())
Document = dict[str, Any]


def changed(path: str, value: object) -> Document:
    """The badge with another value at a path."""
    copy = deepcopy(BADGE)
    *way, last = path.split(".")
    node: Any = copy
    for step in way:
        node = node[int(step)] if isinstance(node, list) else node[step]
    if value is GONE:
        del node[last]
    else:
        node[last] = value
    return copy


@pytest.mark.parametrize(
    ("badge", "code"),
    [
        (changed("name", "English C2"), "signature"),
        (changed("issuer.name", "Another University"), "signature"),
        (changed("credentialStatus.statusListIndex", "8"), "signature"),
        (changed("validUntil", "2099-01-01T00:00:00Z"), "signature"),
        (changed("validUntil", GONE), "signature"),
        (changed("credentialStatus", GONE), "signature"),
        (changed("proof.created", "2026-01-02T03:04:06Z"), "signature"),
        (changed("proof.proofValue", signed(credential(name="Other"))["proof"]["proofValue"]), "signature"),
        (changed("proof", signed(credential(id="https://badges.example.edu/awards/2"))["proof"]), "signature"),
        (changed("proof.proofPurpose", "authentication"), "proof"),
        (changed("proof.proofValue", GONE), "proof"),
        (changed("proof", GONE), "proof"),
        (changed("proof", []), "proof"),
        (changed("proof", "z1"), "proof"),
        (changed("proof.cryptosuite", "ecdsa-rdfc-2019"), "algorithm"),
        (changed("proof.type", "Ed25519Signature2018"), "algorithm"),
        (changed("proof", [BADGE["proof"], {"type": "SomeProof"}]), "algorithm"),
        (changed("@context", [*BADGE["@context"], "https://example.org/mine"]), "context"),
        (changed("colour", "red"), "dropped"),
        (changed("issuer.kind", "red"), "dropped"),
    ],
    ids=[
        *("name", "issuer", "place in the list", "end", "no end", "no list", "moment of the proof"),
        *("value of another proof", "proof of another badge", "purpose", "no value", "no proof", "no proofs"),
        *("proof is a text", "suite", "type", "second proof", "unknown context", "unknown word", "unknown word inside"),
    ],
)
def test_what_was_changed_after_signing_is_not_genuine(badge: Document, code: str) -> None:
    assert told(badge, "genuine") == ("failed", code)


def test_two_proofs_by_the_issuer_hold_together_and_fall_together() -> None:
    other = {**BADGE["proof"], "created": "2026-01-03T00:00:00Z"}
    assert told(changed("proof", [BADGE["proof"], BADGE["proof"]]), "genuine") == ("passed", "")
    assert told(changed("proof", [BADGE["proof"], other]), "genuine") == ("failed", "signature")


def test_a_proof_of_somebody_else_beside_the_issuers_is_told() -> None:
    evil = signed(credential(), OTHER_PAIR, method_of(OTHER_PAIR, "did:web:evil.example.org"))["proof"]
    assert failures(changed("proof", [BADGE["proof"], evil])) == ["issuer issuer"]


def test_a_token_with_a_proof_inside_must_hold_twice() -> None:
    whole = signed(credential())
    assert failures(token(whole)) == []
    whole["proof"]["proofValue"] = signed(credential(name="Other"))["proof"]["proofValue"]
    assert failures(token(whole)) == ["genuine signature"]


CRED = "https://www.w3.org/2018/credentials#"
MOMENT = {"@value": "2020-01-01T00:00:00Z", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}


def test_words_that_json_ld_reads_and_a_reader_of_json_does_not_cannot_hide_an_end() -> None:
    ended = signed(credential(validUntil="2024-01-01T00:00:00Z"))
    hidden = {name: value for name, value in ended.items() if name != "validUntil"}
    hidden[f"{CRED}validUntil"] = {**MOMENT, "@value": "2024-01-01T00:00:00Z"}
    assert told(hidden, "genuine") == ("failed", "proof")
    assert "validUntil" in looked(hidden)["genuine"].words


def test_words_cannot_be_moved_into_a_node_inside_that_has_the_badges_own_id() -> None:
    """As the proof sees it, both documents say the same of the badge."""
    itself = {"id": AWARD, "type": ["Evidence"], "name": "the award itself"}
    badge = signed(credential(validUntil="2024-01-01T00:00:00Z", evidence=[itself]))
    assert failures(badge) == ["dates expired"]
    badge["evidence"] = [
        {**itself, "type": ["Evidence", "VerifiableCredential"], "validUntil": badge.pop("validUntil")}
    ]
    assert verify_proof(badge, badge["proof"], VerificationKey("ed25519", PAIR.ed25519.public.raw))
    assert told(badge, "genuine") == ("failed", "proof")
    assert "validUntil stands in a node inside" in looked(badge)["genuine"].words


@pytest.mark.parametrize("name", ["@id", "@graph", "@type", f"{CRED}credentialStatus", "cred:validUntil"])
def test_a_proof_is_not_enough_where_a_name_is_no_plain_word(name: str) -> None:
    badge = {**BADGE, name: "x"}
    assert told(badge, "genuine") == ("failed", "proof")


def test_a_proof_over_the_text_itself_hides_nothing() -> None:
    """Of eddsa-jcs-2022 every byte is signed, so that it is said only what no context defines."""
    badge = signed_as_text(credential())
    assert failures(badge) == []
    badge["name"] = "English C2"
    assert failures(badge) == ["genuine signature"]
    assert told(signed_as_text(credential(colour="red")), "genuine") == ("failed", "dropped")


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"alg": "none"}, "algorithm"),
        ({"alg": "HS256"}, "algorithm"),
        ({"alg": "RS256"}, "algorithm"),
        ({"alg": "ES384"}, "algorithm"),
        ({"alg": "EdDSA"}, "algorithm"),
        ({"alg": GONE}, "algorithm"),
        ({"crit": ["b64"], "b64": False}, "algorithm"),
        ({"typ": "at+jwt"}, "proof"),
        ({"jwk": {"kty": "oct", "k": "AA"}}, "key"),
        ({"jwk": {**p256_jwk(), "d": "AA"}}, "key"),
    ],
    ids=str,
)
def test_a_token_with_a_header_that_no_issuer_writes_is_refused(header: Document, code: str) -> None:
    assert told(token(credential(), header=header), "genuine") == ("failed", code)


def test_a_header_may_say_nothing_of_its_type_or_that_of_a_credential() -> None:
    for kind in (GONE, "JWT", "vc+jwt", "VC+LD+JWT"):
        assert failures(token(credential(), header={"typ": kind})) == []


@pytest.mark.parametrize(
    ("claims", "failure"),
    [
        ({"iss": "did:web:evil.example.org"}, "issuer issuer"),
        ({"jti": "https://badges.example.edu/awards/2"}, "genuine proof"),
        ({"sub": "did:web:somebody.example.org"}, "genuine proof"),
        ({"nbf": 1}, "genuine proof"),
        ({"exp": 4102444800}, "genuine proof"),
        ({"nbf": "soon"}, "genuine proof"),
        ({"exp": True}, "genuine proof"),
        ({"exp": 1e300}, "genuine proof"),
    ],
    ids=str,
)
def test_a_token_that_says_otherwise_than_its_credential_contradicts_itself(claims: Document, failure: str) -> None:
    assert failure in failures(token(credential(), **claims))


def test_a_token_with_two_credentials_is_refused() -> None:
    both = {**credential(), "vc": credential(name="Other"), "iss": DID, "jti": AWARD, "nbf": 1689292800}
    header = {"alg": "ES256", "kid": PAIR.p256.public.method(DID)}
    assert "genuine proof" in failures(raw_token(both, PAIR, header))


def test_the_signature_of_another_token_does_not_hold() -> None:
    other = token(credential(name="Other"))
    assert told(TOKEN.rpartition(b".")[0] + b"." + other.rpartition(b".")[2], "genuine") == ("failed", "signature")


def test_a_badge_that_names_no_issuer_is_nobodys() -> None:
    assert "issuer issuer" in failures(signed(credential(issuer=GONE), method=method_of()))


def test_an_issuer_may_be_given_by_its_id_alone() -> None:
    assert failures(signed(credential(issuer=DID))) == []


def _answers(data: bytes) -> bool:
    """Whether a badge is taken for genuine."""
    try:
        return looked(data)["genuine"].outcome == "passed" and not failures(data)
    except UnreadableError:
        return False


SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(st.integers(0, len(TOKEN) - 1), st.integers(1, 255))
def test_a_token_with_any_byte_flipped_is_refused(place: int, bits: int) -> None:
    flipped = bytearray(TOKEN)
    flipped[place] ^= bits
    if bytes(flipped).strip() != TOKEN.strip():
        assert not _answers(bytes(flipped))


@SLOW
@given(st.integers(0, len(TEXT) - 1), st.integers(1, 255))
def test_a_document_with_any_byte_flipped_is_refused_or_says_the_same(place: int, bits: int) -> None:
    flipped = bytearray(TEXT)
    flipped[place] ^= bits
    try:
        same = json.loads(flipped) == BADGE
    except ValueError:
        same = False
    assert same or not _answers(bytes(flipped))


@SLOW
@given(st.integers(0, len(TOKEN.split(b".")[1]) - 1))
def test_a_token_with_a_letter_of_its_payload_swapped_is_refused(place: int) -> None:
    header, payload, signature = TOKEN.split(b".")
    letter = b"A" if payload[place : place + 1] != b"A" else b"B"
    swapped = payload[:place] + letter + payload[place + 1 :]
    assert not _answers(b".".join((header, swapped, signature)))
