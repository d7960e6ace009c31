"""A credential from its first step to its last."""

import json
from typing import Any

import pytest

from tests.verify.credentials.issuing import (
    AWARD,
    DID,
    DID_JSON,
    GONE,
    LIST,
    OB1,
    PAIR,
    VC1,
    credential,
    failures,
    keys_of,
    looked,
    raw_token,
    signed,
    status_list,
    token,
    told,
    world,
)

OLDER: dict[str, Any] = {
    "@context": [VC1, OB1, "https://w3id.org/security/suites/ed25519-2020/v1"],
    "validFrom": GONE,
    "validUntil": GONE,
    "issuanceDate": "2023-07-14T00:00:00Z",
    "expirationDate": "2029-07-14T23:59:59Z",
    "credentialStatus": GONE,
}


def test_a_sound_badge_passes_every_step_and_says_who_is_behind_it() -> None:
    served = world(**{AWARD: signed(credential())})
    found = looked(signed(credential()), served)
    assert {step: check.outcome for step, check in found.items()} == dict.fromkeys(
        ("genuine", "issuer", "hosted", "dates", "revocation", "schema"), "passed"
    )
    words = found["issuer"].words
    assert words.startswith("badges.example.edu publishes the key")
    assert words.index("Example University") < words.index("www.example.edu")


def test_the_same_badge_as_a_token_passes_every_step() -> None:
    assert failures(token(credential())) == []


def test_a_badge_of_the_older_data_model_is_read_with_its_own_names() -> None:
    older = credential(**OLDER)
    claims = {"vc": older, "iss": DID, "jti": AWARD, "nbf": 1689292800}
    header = {"alg": "ES256", "kid": PAIR.p256.public.method(DID)}
    found = looked(raw_token(claims, PAIR, header))
    assert [check.words for check in found.values() if check.outcome == "failed"] == []
    assert "2029-07-14" in found["dates"].words


def test_what_only_the_claims_say_of_an_older_badge_is_read_from_them() -> None:
    older = credential(**OLDER, id=GONE, issuer=GONE)
    del older["issuanceDate"], older["expirationDate"]
    claims = {"vc": older, "iss": DID, "jti": AWARD, "nbf": 1689292800, "exp": 1700000000}
    found = looked(raw_token(claims, PAIR, {"alg": "ES256", "kid": PAIR.p256.public.method(DID)}))
    assert (found["issuer"].outcome, found["dates"].code) == ("passed", "expired")


@pytest.mark.parametrize(
    ("start", "end", "outcome"),
    [
        ("2026-11-22T12:00:00Z", "2026-11-22T12:00:00Z", ("passed", "")),
        ("2026-11-22T12:00:01Z", "2029-01-01T00:00:00Z", ("failed", "early")),
        ("2020-01-01T00:00:00Z", "2026-11-22T11:59:59Z", ("failed", "expired")),
        ("2020-01-01T00:00:00Z", "2026-11-22T12:00:00+02:00", ("failed", "expired")),
        ("2020-01-01T00:00:00Z", GONE, ("passed", "")),
        ("2020-01-01T00:00:00Z", "2026-13-01T00:00:00Z", ("failed", "dates")),
        ("yesterday", "2029-01-01T00:00:00Z", ("failed", "dates")),
    ],
    ids=["to the second", "early", "expired", "zone", "no end", "no such month", "no date"],
)
def test_a_badge_is_valid_from_its_first_to_its_last_second(start: str, end: str, outcome: tuple[str, str]) -> None:
    assert told(signed(credential(validFrom=start, validUntil=end)), "dates") == outcome


def test_a_token_ends_when_its_claims_say_so_even_if_the_badge_does_not() -> None:
    assert told(token(credential(validUntil=GONE), exp=1700000000), "dates") == ("failed", "expired")


@pytest.mark.parametrize("name", ["expires", "expiration"])
def test_a_proof_that_has_ended_ends_the_badge(name: str) -> None:
    badge = signed(credential())
    badge["proof"][name] = "2026-01-03T00:00:00Z"
    assert told(badge, "dates") == ("failed", "expired")


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"type": ["VerifiableCredential", "ClrCredential"]}, "a collection of credentials, and no badge"),
        ({"type": ["VerifiableCredential"]}, "type is not that of"),
        ({"@context": [OB1, VC1]}, "@context does not begin with"),
        ({"name": 5}, "name is not a text"),
        ({"issuer": {"id": DID, "type": ["Person"]}}, "issuer.type is not Profile"),
    ],
    ids=["collection", "no badge", "contexts", "a number", "no profile"],
)
def test_what_is_no_sound_badge_says_what_is_wrong_with_it(members: dict[str, Any], words: str) -> None:
    found = looked(json.dumps({**credential(**members), "proof": {}}).encode())["schema"]
    assert (found.outcome, found.code) == ("failed", "schema")
    assert words in found.words


def test_a_token_must_name_its_issuer_its_badge_and_its_beginning() -> None:
    found = looked(token(credential(), iss=GONE, nbf=GONE))["schema"]
    assert found.words == "the token has no iss; the token has no nbf"


@pytest.mark.parametrize(
    ("contexts", "members", "outcome"),
    [
        (["https://example.org/mine.json"], {}, ("failed", "context")),
        ([], {"colour": "red"}, ("failed", "dropped")),
        (["https://purl.imsglobal.org/spec/ob/v3p0/context.json"], {}, ("unchecked", "context")),
    ],
    ids=["unknown context", "unknown word", "context of Open Badges that is not at hand"],
)
def test_a_token_with_words_that_nobody_defines_is_told(
    contexts: list[str], members: dict[str, str], outcome: tuple[str, str]
) -> None:
    badge = credential(**members)
    badge["@context"] = [*badge["@context"], *contexts]
    assert told(token(badge), "schema") == outcome


def test_an_endorsement_may_be_put_before_us_by_itself() -> None:
    endorsement = credential(
        type=["VerifiableCredential", "EndorsementCredential"],
        credentialSubject={"id": "https://www.example.edu", "type": ["EndorsementSubject"]},
    )
    found = looked(signed(endorsement))
    assert [check for check in found.values() if check.outcome == "failed"] == []
    assert "no award by itself" in found["schema"].words


def test_every_step_is_told_although_another_failed() -> None:
    badge = signed(credential(validUntil="2024-01-01T00:00:00Z"))
    served = world(**{LIST: signed(status_list(7)), DID_JSON: keys_of()})
    badge["name"] = "English C2"
    assert failures(badge, served) == ["genuine signature", "dates expired", "revocation revoked"]


def test_nobody_is_asked_twice_and_nothing_but_keys_list_and_address() -> None:
    served = world()
    looked(signed(credential()), served)
    assert sorted(served.asked) == sorted([DID_JSON, AWARD, LIST])
