"""What others say for a hosted award, its badge or its issuer."""

import pytest

from badgesite.errors import FetchError
from badgesite.verify.report import Outcome
from tests.verify.badges import HOST, World
from tests.verify.ob2.worlds import BADGE, CONTEXT, ENDORSEMENT, PRAISER, assertion, files, outcome, reported, told

PRAISE = {
    "@context": CONTEXT,
    "type": "Endorsement",
    "id": ENDORSEMENT,
    "claim": {"id": BADGE, "endorsementComment": "Well made"},
    "issuer": PRAISER,
    "issuedOn": "2025-02-01T00:00:00Z",
    "verification": {"type": "HostedBadge"},
}
US = {
    "@context": CONTEXT,
    "type": "Issuer",
    "id": PRAISER,
    "name": "Quality Board",
    "url": "https://quality.example.net",
    "email": "board@example.net",
    "verification": {"allowedOrigins": ["badges.example.org"]},
}


def _world(endorsement: object, praiser: object = US) -> World:
    world = World(files(badge={"endorsement": ENDORSEMENT}))
    world.files |= {ENDORSEMENT: endorsement, PRAISER: praiser}
    return world


def test_an_endorsement_of_the_badge_is_told_with_who_publishes_it() -> None:
    report = reported(assertion(), _world(PRAISE))
    assert (report.answer, outcome(report, "endorsements")) == ("valid", ("passed", ""))
    assert "badges.example.org" in told(report, "endorsements").words


@pytest.mark.parametrize(
    ("endorsement", "praiser", "result"),
    [
        ({**PRAISE, "claim": {"id": f"{HOST}/other.json"}}, US, "failed"),
        ({**PRAISE, "claim": "good"}, US, "failed"),
        ({**PRAISE, "revoked": True}, US, "failed"),
        ({**PRAISE, "issuedOn": "2031-02-01T00:00:00Z"}, US, "failed"),
        ({**PRAISE, "issuedOn": "yesterday"}, US, "failed"),
        ({**PRAISE, "issuer": None}, US, "failed"),
        (PRAISE, {**US, "verification": {"startsWith": "https://quality.example.net/"}}, "failed"),
        (PRAISE, {**US, "verification": None}, "failed"),
        ({**PRAISE, "verification": {"type": "SignedBadge"}}, US, "unchecked"),
        ({**PRAISE, "verification": {"type": "SignedBadge"}}, {**US, "publicKey": f"{HOST}/key.json"}, "unchecked"),
        (FetchError(ENDORSEMENT, "missing", "no such file"), US, "failed"),
        (FetchError(ENDORSEMENT, "unreachable", "timeout"), US, "unchecked"),
    ],
)
def test_an_endorsement_that_is_not_sound_fails_its_own_step(
    endorsement: object, praiser: object, result: Outcome
) -> None:
    report = reported(assertion(), _world(endorsement, praiser))
    assert outcome(report, "endorsements") == (result, "endorsement")
    assert {check.step for check in report.failed} <= {"endorsements"}


def test_an_endorsement_whose_id_is_no_address_ends_in_a_report() -> None:
    assert reported(assertion(), _world({**PRAISE, "id": "https://[x"})).answer == "invalid"


def test_an_award_that_nobody_endorses_says_so() -> None:
    check = told(reported(assertion(), World(files())), "endorsements")
    assert (check.outcome, check.words) == ("unchecked", "no endorsement of it was read")


def test_a_crowd_of_endorsements_is_not_all_read() -> None:
    many = [f"{ENDORSEMENT}?{number}" for number in range(60)]
    world = World(files(badge={"endorsement": many}))
    world.files |= {address: {**PRAISE, "id": address} for address in many} | {PRAISER: US}
    assert outcome(reported(assertion(), world), "endorsements") == ("unchecked", "")
