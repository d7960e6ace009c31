"""What follows from the checks of a verification."""

import pytest

from badgesite.verify.report import SUSPENDED, Answer, Check, Findings, Report, Subject

SOUND = (
    Check("readable", "passed", "it is a credential"),
    Check("genuine", "passed", "its signature holds"),
    Check("issuer", "passed", "the domain publishes the key"),
    Check("dates", "passed", "it does not expire"),
    Check("revocation", "passed", "it is not revoked"),
)


def _answer(*checks: Check) -> Answer:
    findings = Findings()
    for check in (*SOUND, *checks):
        findings.add(check)
    return Report("badge.json", Subject(), findings.checks()).answer


@pytest.mark.parametrize(
    ("checks", "answer"),
    [
        ((), "valid"),
        ((Check("dates", "failed", "it expired", "expired"),), "expired"),
        ((Check("dates", "failed", "it is of tomorrow", "early"),), "early"),
        ((Check("hosted", "failed", "there is a newer one", "replaced"),), "revoked"),
        (
            (Check("dates", "failed", "it expired", "expired"), Check("revocation", "failed", "it is", "revoked")),
            "revoked",
        ),
        (
            (Check("genuine", "failed", "a byte was changed", "signature"), Check("dates", "failed", "", "expired")),
            "invalid",
        ),
        ((Check("genuine", "unchecked", "the key is out of reach", "", out_of_reach=True),), "unknown"),
        ((Check("endorsements", "unchecked", "nobody was asked"),), "valid"),
        ((Check("recipient", "failed", "another address", "recipient"),), "invalid"),
        ((Check("recipient", "unchecked", "no address is in it", "recipient"),), "unknown"),
        ((Check("recipient", "unchecked", "nobody asked whose it is"),), "valid"),
    ],
    ids=[
        "sound",
        "expired",
        "early",
        "replaced",
        "revoked and expired",
        "forged and expired",
        "no key",
        "not needed",
        "not theirs",
        "nobody can say whose",
        "nobody asked whose",
    ],
)
def test_the_answer_is_the_gravest_true_word(checks: tuple[Check, ...], answer: Answer) -> None:
    assert _answer(*checks) == answer


def test_checks_stand_in_the_order_of_the_steps_and_the_graver_of_two_stays() -> None:
    findings = Findings()
    for check in (
        Check("dates", "passed", "first"),
        Check("readable", "passed", "second"),
        Check("dates", "failed", "third", "expired"),
        Check("dates", "unchecked", "fourth"),
    ):
        findings.add(check)
    assert [check.words for check in findings.checks()] == ["second", "third"]


@pytest.mark.parametrize(
    ("check", "headline"),
    [
        (None, "valid"),
        (Check("dates", "failed", "it ended", "expired"), "expired: it ended"),
        (Check("dates", "failed", "it is of tomorrow", "early"), "not valid yet: it is of tomorrow"),
        (Check("revocation", "failed", "a mistake", "revoked"), "revoked: a mistake"),
        (Check("revocation", "failed", SUSPENDED, "revoked"), f"suspended: {SUSPENDED}"),
        (Check("revocation", "failed", "a newer one is there", "replaced"), "replaced: a newer one is there"),
        (Check("genuine", "failed", "a byte was changed", "signature"), "not genuine: a byte was changed"),
        (Check("readable", "failed", "the file is empty", "empty"), "not readable: the file is empty"),
        (Check("recipient", "failed", "of another", "recipient"), "not this person's: of another"),
        (Check("schema", "failed", "no name", "schema"), "not valid: no name"),
        (Check("genuine", "unchecked", "no answer", out_of_reach=True), "not known: no answer"),
    ],
)
def test_the_headline_is_the_answer_and_what_decided_it(check: Check | None, headline: str) -> None:
    findings = Findings()
    for each in (*SOUND, *([check] if check else [])):
        findings.add(each)
    assert Report("badge.json", Subject(), findings.checks()).headline == headline


@pytest.mark.parametrize(
    ("checks", "unasked"),
    [
        ((Check("genuine", "unchecked", "no host is asked", "offline"),), True),
        ((Check("genuine", "unchecked", "no host is asked", "offline"), Check("issuer", "unchecked", "so")), True),
        (
            (Check("genuine", "unchecked", "", "offline"), Check("issuer", "unchecked", "a bare key", "domain")),
            False,
        ),
        ((Check("genuine", "unchecked", "no answer", "key", out_of_reach=True),), False),
        ((Check("issuer", "unchecked", "a bare key", "domain"),), False),
        ((), False),
    ],
    ids=["not asked", "what follows from it", "another reason too", "out of reach", "no domain", "valid"],
)
def test_what_is_not_known_only_because_nobody_was_asked_is_told_apart(
    checks: tuple[Check, ...], unasked: bool
) -> None:
    findings = Findings()
    for check in checks:
        findings.add(check)
    assert Report("badge.json", Subject(), findings.checks()).unasked == unasked
