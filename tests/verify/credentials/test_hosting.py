"""What lies at the badge's own address, and what it means for the one that is put before us."""

from typing import Any

import pytest

from badgesite.errors import FetchError
from badgesite.served import Served
from tests.verify.badges import written
from tests.verify.credentials.issuing import AWARD, OTHER_PAIR, credential, looked, signed, token, told, world

BADGE = signed(credential())
ELSEWHERE = "https://credentials.example.org/1.json"
OUTSIDE = signed(credential(id=ELSEWHERE))
UNKNOWN, MISMATCH = ("unchecked", "hosted"), ("failed", "mismatch")


@pytest.mark.parametrize(
    "there", [BADGE, token(credential()), {**BADGE, "proof": "another"}], ids=["as it is", "token", "proof"]
)
def test_the_same_badge_at_its_address_passes_in_any_form(there: object) -> None:
    assert told(BADGE, "hosted", world(**{AWARD: there})) == ("passed", "")


def test_a_badge_that_was_read_at_its_address_needs_no_second_look() -> None:
    served = world()
    assert looked(BADGE, served, AWARD)["hosted"].outcome == "passed"
    assert AWARD not in served.asked


def test_a_newer_badge_of_the_same_issuer_replaces_this_one() -> None:
    newer = signed(credential(validFrom="2026-03-01T08:00:00Z", name="English B2, corrected"))
    found = looked(BADGE, world(**{AWARD: newer}))["hosted"]
    assert (found.outcome, found.code) == ("failed", "replaced")
    assert "2026-03-01" in found.words
    assert told(newer, "hosted", world(**{AWARD: BADGE})) == UNKNOWN


def test_a_newer_badge_that_the_issuer_did_not_sign_replaces_nothing() -> None:
    forged = signed(credential(validFrom="2026-03-01T08:00:00Z"), OTHER_PAIR)
    assert told(BADGE, "hosted", world(**{AWARD: forged})) == MISMATCH
    assert told(OUTSIDE, "hosted", world(**{ELSEWHERE: {**forged, "id": ELSEWHERE}})) == UNKNOWN


def test_something_else_fails_only_where_the_issuer_itself_serves_it() -> None:
    other: dict[str, Any] = signed(credential(name="Another"))
    assert told(BADGE, "hosted", world(**{AWARD: other})) == MISMATCH
    assert told(OUTSIDE, "hosted", world(**{ELSEWHERE: other})) == UNKNOWN


@pytest.mark.parametrize(
    ("there", "words"),
    [
        (b"<html>", "such as a page"),
        (FetchError(AWARD, "missing", "404"), "does not ask for"),
        (FetchError(AWARD, "gone", "410"), "does not ask for"),
        (FetchError(AWARD, "forbidden", "its host is of a private network"), "may not be asked"),
    ],
    ids=["page", "missing", "gone", "private"],
)
def test_nothing_at_the_address_speaks_neither_for_nor_against_a_badge(there: object, words: str) -> None:
    found = looked(BADGE, world(**{AWARD: there}))["hosted"]
    assert (found.outcome, found.code) == UNKNOWN
    assert words in found.words


def test_a_host_that_does_not_answer_is_out_of_reach() -> None:
    found = looked(BADGE, world(**{AWARD: FetchError(AWARD, "unreachable", "no answer")}))["hosted"]
    assert (found.outcome, found.out_of_reach) == ("unchecked", True)


@pytest.mark.parametrize("name", ["urn:uuid:3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11", "http://badges.example.edu/1"])
def test_an_id_that_is_no_https_address_is_asked_of_nobody(name: str) -> None:
    served = world()
    assert told(signed(credential(id=name)), "hosted", served) == UNKNOWN
    assert name not in served.asked


def test_what_another_host_serves_to_which_its_own_sends_us_is_told_as_that_hosts() -> None:
    other = Served("https://files.example.net/1", written(signed(credential(name="Another"))))
    found = looked(BADGE, world(**{AWARD: other}))["hosted"]
    assert (found.outcome, found.words.partition(" ")[0]) == ("unchecked", "files.example.net")
    newer = Served("https://files.example.net/1", written(signed(credential(validFrom="2026-03-01T08:00:00Z"))))
    assert told(BADGE, "hosted", world(**{AWARD: newer})) == ("failed", "replaced")
