"""A report has every step, and says of the badge what the badge says of itself."""

import pytest

from badgesite.errors import FetchError
from badgesite.verify.badge import UnreadableError, read_badges
from badgesite.verify.report import STEPS
from badgesite.verify.verifying import unreadable, verify
from tests.verify.badges import ASSERTION, NOW, World
from tests.verify.built import NOW as LATER
from tests.verify.ob2.worlds import assertion, files, reported, told


def test_every_step_is_in_a_report() -> None:
    report = reported(assertion(), World(files()))
    assert tuple(check.step for check in report.checks) == STEPS
    assert (report.name, report.read[0].moment) == ("badge", NOW)


def test_the_moment_of_a_reading_is_the_clocks() -> None:
    (badge,) = read_badges(str(assertion()).replace("'", '"').replace("True", "true").encode())
    report = verify(badge, fetch=World(files()).fetch, now=NOW, clock=lambda: LATER)
    assert {read.moment for read in report.read} == {LATER}


def test_a_badge_is_asked_of_no_host_more_often_than_its_checks_need() -> None:
    world = World(files())
    reported(assertion(), world)
    assert len(world.asked) == len(set(world.asked))


@pytest.mark.parametrize(
    ("error", "answer", "code"),
    [
        (UnreadableError("the file is empty", "empty"), "invalid", "empty"),
        (FetchError(ASSERTION, "missing", "no such file"), "invalid", "unreadable"),
        (FetchError(ASSERTION, "forbidden", "a private network"), "invalid", "unreadable"),
        (FetchError(ASSERTION, "unreachable", "timeout"), "unknown", "unreadable"),
        (FetchError(ASSERTION, "gone", "410"), "invalid", "unreadable"),
    ],
)
def test_what_cannot_be_read_has_a_report_too(error: UnreadableError | FetchError, answer: str, code: str) -> None:
    report = unreadable(error, "badge.png")
    assert (report.name, report.answer, told(report, "readable").code) == ("badge.png", answer, code)
    assert tuple(check.step for check in report.checks) == STEPS
