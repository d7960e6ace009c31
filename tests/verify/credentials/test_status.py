"""Whether a badge was taken back: only the issuer's own list can say so, and only if it is the right one."""

from typing import Any

import pytest

from badgesite.errors import FetchError
from badgesite.served import Served
from badgesite.standards.status import encode
from badgesite.verify.report import SUSPENDED
from tests.verify.badges import written
from tests.verify.credentials.issuing import (
    AWARD,
    DID,
    EVIL,
    GONE,
    LIST,
    OLD_LIST,
    OTHER_PAIR,
    credential,
    entry,
    looked,
    method_of,
    signed,
    status_list,
    token,
    told,
    world,
)

BADGE = signed(credential())
FAILED, PASSED, REVOKED = ("failed", "status"), ("passed", ""), ("failed", "revoked")


def against(document: object, badge: Any = BADGE) -> tuple[str, str]:
    """What is told of revocation if the issuer serves this in place of the list."""
    return told(badge, "revocation", world(**{LIST: document}))


def test_a_set_bit_revokes_the_badge_of_that_place_and_no_other() -> None:
    assert against(signed(status_list(7))) == REVOKED
    assert against(signed(status_list(6, 8, 131_071))) == PASSED


def test_the_list_may_be_a_token_too() -> None:
    assert against(token(status_list(7, subject={"id": f"{LIST}#list"}))) == REVOKED
    assert against(token(status_list())) == PASSED


@pytest.mark.parametrize("index", [7, "7", 0, "131071"])
def test_a_place_is_written_as_text_or_as_a_number(index: object) -> None:
    badge = token(credential(credentialStatus=entry(index, statusListIndex=index)))
    assert against(signed(status_list(int(str(index)))), badge) == REVOKED
    assert against(signed(status_list()), badge) == PASSED


@pytest.mark.parametrize("index", ["131072", -1, "-1", "7.0", 7.5, "٧", True, None, "", "9" * 40], ids=repr)
def test_a_place_that_the_list_does_not_have_fails(index: object) -> None:
    badge = token(credential(credentialStatus=entry("x", statusListIndex=index)))
    assert against(signed(status_list()), badge) == FAILED


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (status_list(), "nobody signed it"),
        (signed(status_list(), OTHER_PAIR, method_of()), "does not hold"),
        (signed(status_list(), OTHER_PAIR), "does not publish"),
        (signed(status_list(issuer=EVIL), OTHER_PAIR), f"is one of {EVIL}"),
        (signed(status_list(id=LIST + "x")), "and not the one that was asked for"),
        (signed(status_list(type=["VerifiableCredential"])), "is not a status list"),
        (signed(status_list(subject={"statusPurpose": "suspension"})), "not one for revocation"),
        (signed(status_list(subject={"encodedList": encode(bytes(16_383))})), "131,064 bits"),
        (signed(status_list(subject={"encodedList": encode(bytes(2**24 + 1))})), "expands to more than"),
        (signed(status_list(subject={"encodedList": "uAAAA"})), "GZIP"),
        (signed(status_list(validFrom="2027-01-01T00:00:00Z")), "is valid only from 2027-01-01 on"),
        (signed(status_list(validUntil="2026-01-01T00:00:00Z")), "out of date"),
        (b"<html>", "cannot be read"),
        ({**signed(status_list()), "credentialSubject": status_list(9)["credentialSubject"]}, "does not hold"),
    ],
    ids=[
        *("unsigned", "signed by somebody else", "a key of somebody else", "of another issuer", "another list"),
        *("no list", "another purpose", "too short", "a bomb", "no bits", "early", "late", "a page", "changed"),
    ],
)
def test_a_list_that_is_not_the_issuers_sound_and_own_is_not_believed(document: object, words: str) -> None:
    served = world(**{LIST: document})
    found = looked(BADGE, served)["revocation"]
    assert (found.outcome, found.code) == FAILED
    assert words in found.words


def test_a_list_without_an_id_is_the_one_that_was_asked_for() -> None:
    assert against(signed(status_list(7, id=GONE))) == REVOKED


def test_a_suspended_badge_is_told_as_suspended() -> None:
    badge = signed(credential(credentialStatus=entry(7, statusPurpose="suspension")))
    document = signed(status_list(7, subject={"statusPurpose": "suspension"}))
    found = looked(badge, world(**{LIST: document}))["revocation"]
    assert (found.outcome, found.code, found.words) == ("failed", "revoked", SUSPENDED)


def test_of_several_entries_each_counts() -> None:
    other = "https://badges.example.edu/status/example/other.json"
    entries = [entry(7), entry(9, statusPurpose="suspension", statusListCredential=other)]
    suspended = signed(status_list(9, id=other, subject={"statusPurpose": "suspension"}))
    badge = token(credential(credentialStatus=entries))
    assert told(badge, "revocation", world(**{other: suspended})) == REVOKED
    served = world(**{other: FetchError(other, "unreachable", "nobody answers")})
    assert told(badge, "revocation", served)[0] == "unchecked"
    assert told(token(credential(credentialStatus=[entry(7)] * 9)), "revocation") == FAILED


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (GONE, PASSED),
        ([], PASSED),
        (entry(7, statusPurpose="refresh"), PASSED),
        (entry(7, statusPurpose="mood"), ("unchecked", "status")),
        (entry(7, statusSize=2), ("unchecked", "status")),
        ({"id": LIST, "type": "SomeList"}, ("unchecked", "status")),
        ({"id": LIST}, FAILED),
        ("revoked", FAILED),
        (entry(7, statusListCredential=5), FAILED),
    ],
    ids=[
        *("no list", "empty", "refresh", "another purpose", "several bits", "another kind", "no kind", "a text"),
        "no address",
    ],
)
def test_entries_that_say_something_else_are_told_as_what_they_are(status: object, outcome: tuple[str, str]) -> None:
    refused = FetchError("", "forbidden", "no address")
    served = world(**{"": refused})
    assert told(token(credential(credentialStatus=status)), "revocation", served) == outcome


@pytest.mark.parametrize(
    ("reason", "outcome", "out_of_reach"),
    [
        ("unreachable", "unchecked", True),
        ("refused", "unchecked", True),
        ("offline", "unchecked", False),
        ("missing", "failed", False),
        ("forbidden", "failed", False),
    ],
)
def test_a_list_that_is_not_there_fails_and_one_that_nobody_serves_now_is_out_of_reach(
    reason: Any, outcome: str, out_of_reach: bool
) -> None:
    found = looked(BADGE, world(**{LIST: FetchError(LIST, reason, "no answer")}))["revocation"]
    assert (found.outcome, found.out_of_reach) == (outcome, out_of_reach)


OLD = token(credential(credentialStatus={"id": OLD_LIST, "type": "1EdTechRevocationList"}))


@pytest.mark.parametrize(
    ("document", "outcome"),
    [
        ({"id": OLD_LIST, "revokedCredential": []}, PASSED),
        ({"id": OLD_LIST, "issuer": DID, "revokedCredential": [{"id": AWARD}]}, REVOKED),
        ({"id": OLD_LIST, "revokedCredential": [{"id": AWARD, "revoked": True}]}, REVOKED),
        ({"id": OLD_LIST, "revokedCredential": {"id": AWARD}}, REVOKED),
        ({"id": OLD_LIST, "revokedCredential": [AWARD]}, REVOKED),
        ({"id": OLD_LIST, "revokedCredential": [{"id": AWARD, "revoked": False}]}, PASSED),
        ({"id": OLD_LIST, "revokedCredential": [{"id": f"{AWARD}x"}, 5, None]}, PASSED),
        ({"id": OLD_LIST, "issuer": EVIL, "revokedCredential": []}, FAILED),
        ({"id": OLD_LIST}, FAILED),
        (b"[]", FAILED),
        (FetchError(OLD_LIST, "missing", "404"), FAILED),
        (FetchError(OLD_LIST, "unreachable", "no answer"), ("unchecked", "status")),
    ],
    ids=[
        *("empty", "listed", "listed as revoked", "one alone", "by its id", "taken back", "others", "another issuer"),
        *("no list", "not an object", "missing", "unreachable"),
    ],
)
def test_the_older_list_names_what_is_revoked(document: object, outcome: tuple[str, str]) -> None:
    assert told(OLD, "revocation", world(**{OLD_LIST: document})) == outcome


def test_the_reason_in_an_older_list_is_told() -> None:
    served = world(**{OLD_LIST: {"revokedCredential": [{"id": AWARD, "revocationReason": "misprint"}]}})
    assert looked(OLD, served)["revocation"].words == "its issuer has revoked it: misprint"


def test_a_list_that_another_host_serves_is_not_the_issuers() -> None:
    found = looked(BADGE, world(**{LIST: Served("https://evil.example.org/list", written(signed(status_list())))}))
    assert (found["revocation"].outcome, found["revocation"].code) == FAILED
    assert "sends us to evil.example.org" in found["revocation"].words


def test_a_list_whose_token_or_proof_has_ended_is_out_of_date() -> None:
    assert against(token(status_list(), exp=1_900_000_000)) == PASSED
    assert against(token(status_list(), exp=1_700_000_000)) == FAILED
