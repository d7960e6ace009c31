"""A picture with a badge of each standard, of one award and of two."""

from dataclasses import replace

import pytest

from badgesite.verify.badge import Badge
from badgesite.verify.case import Remembered
from badgesite.verify.picture import of_one_award
from badgesite.verify.recipient import same_holder
from badgesite.verify.report import Check, Report, Subject
from tests.verify.badges import ASSERTION, NOW, World

SAID = Subject(title="English B2", domain="badges.example.org")
SALTED = {"type": "email", "hashed": True, "salt": "salt", "identity": "sha256$AA"}


def _reports(other: Subject, *recipients: str) -> tuple[Report, ...]:
    checks = (Check("readable", "passed", "it is a badge"),)
    told = recipients or ("unchecked", "unchecked")
    return tuple(
        Report("badge.png", said, (*checks, Check("recipient", outcome, "")))  # type: ignore[arg-type]
        for said, outcome in zip((SAID, other), told, strict=True)
    )


def _first(reports: tuple[Report, ...], one: object, other: object, *, served: object = None) -> list[Check]:
    world = World({ASSERTION: served} if served else {})
    fetch = Remembered(world.fetch, lambda: NOW)
    if served:
        fetch(ASSERTION)
    badges = [
        Badge("ob2", {"id": ASSERTION, "recipient": one}, b"", None, "png"),
        Badge("ob3", {"credentialSubject": {"identifier": [other]}}, b"", None, "png"),
    ]
    return [report.checks[0] for report in of_one_award(badges, reports, fetch)]


def _credential(**members: object) -> dict[str, object]:
    return {"identityType": "emailAddress", "hashed": True, "salt": "salt", "identityHash": "sha256$aa", **members}


@pytest.mark.parametrize("domain", ["badges.example.org", "example.org", "www.badges.example.org", ""])
def test_two_badges_of_one_award_stay_as_they_are(domain: str) -> None:
    checks = _first(_reports(replace(SAID, domain=domain, title="ENGLISH b2")), SALTED, _credential())
    assert [(check.outcome, check.words) for check in checks] == [("passed", "it is a badge")] * 2


@pytest.mark.parametrize(
    ("said", "credential", "recipients", "words"),
    [
        ({"domain": "other.example"}, {}, (), "who publishes them (badges.example.org and other.example)"),
        ({}, {"identityHash": "sha256$bb"}, (), "whose they are"),
        ({}, {"hashed": False, "identityHash": "bob@example.org"}, (), "whose they are"),
        ({}, {}, ("passed", "failed"), "whose they are"),
        ({"domain": "other.example"}, {"identityHash": "sha256$bb"}, (), "other.example) and in whose they are"),
    ],
)
def test_two_awards_in_one_picture_are_said_to_be_two(
    said: dict[str, str], credential: dict[str, object], recipients: tuple[str, ...], words: str
) -> None:
    checks = _first(_reports(replace(SAID, **said), *recipients), SALTED, _credential(**credential))
    assert [(check.outcome, check.code) for check in checks] == [("failed", "mismatch")] * 2
    assert all(words in check.words for check in checks)
    assert "bob@" not in repr(checks)


def test_another_title_may_be_another_language_and_is_told() -> None:
    checks = _first(_reports(replace(SAID, title="Inglese ”B2”")), SALTED, _credential())
    assert [check.outcome for check in checks] == ["passed"] * 2
    assert checks[0].words == "it is a badge; the other badge in it is called “Inglese 'B2'”"
    assert checks[1].words == "it is a badge; the other badge in it is called “English B2”"
    assert _first(_reports(replace(SAID, title="")), SALTED, _credential())[0].words == "it is a badge"  # not read


def test_what_is_hosted_tells_whose_an_assertion_is() -> None:
    served = {"id": ASSERTION, "recipient": {**SALTED, "identity": "sha256$bb"}}
    assert _first(_reports(SAID), SALTED, _credential(), served=served)[0].code == "mismatch"


def test_that_holders_cannot_be_compared_is_told() -> None:
    checks = _first(_reports(SAID), SALTED, _credential(salt="pepper"))
    assert {check.outcome for check in checks} == {"passed"}
    assert all(check.words.endswith("is of the same person") for check in checks)
    same = _first(_reports(SAID, "passed", "passed"), SALTED, _credential(salt="pepper"))
    assert {check.words for check in same} == {"it is a badge"}


def test_one_badge_is_compared_with_nothing() -> None:
    reports = _reports(SAID)[:1]
    assert of_one_award([], reports, Remembered(World({}).fetch, lambda: NOW)) == reports


_PLAIN = {"recipient": {"type": "email", "identity": " A@b.example"}}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"recipient": SALTED}, {"recipient": {**SALTED, "identity": "sha256$aa"}}, True),
        ({"recipient": SALTED}, {"recipient": {**SALTED, "identity": "md5$aa"}}, None),
        ({"recipient": SALTED}, {}, None),
        (_PLAIN, {"credentialSubject": {"id": "mailto:a@b.example"}}, True),
        (_PLAIN, {"credentialSubject": {"id": "mailto:c@b.example"}}, False),
    ],
)
def test_holders_are_compared_as_far_as_their_addresses_tell(
    one: dict[str, object], other: dict[str, object], same: bool | None
) -> None:
    assert same_holder(one, other) is same
    assert same_holder(other, one) is same
