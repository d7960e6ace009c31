"""Verify a badge: every step that its standard has, and one report of them all."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from badgesite.errors import FetchError
from badgesite.served import Fetch
from badgesite.verify import ob3
from badgesite.verify.badge import Badge, Form, UnreadableError
from badgesite.verify.case import Case, Clock, Remembered, unserved
from badgesite.verify.ob2 import hosted, signed
from badgesite.verify.recipient import recipient_check
from badgesite.verify.report import STEPS, Check, Findings, Report, Step, Subject
from badgesite.verify.subject import FORMS, subject_of
from badgesite.verify.words import host_of

_CHECKS: Mapping[Form, Callable[[Case], Iterator[Check]]] = {
    "ob2": hosted.checks_of,
    "ob2-jws": signed.checks_of,
    "ob3": ob3.checks_of,
    "ob3-jwt": ob3.checks_of,
}
_CARRIERS = {"json": "", "jwt": "", "png": ", in a PNG picture", "svg": ", in an SVG picture"}


def verify(
    badge: Badge, *, fetch: Fetch, now: datetime, email: str | None = None, name: str = "", clock: Clock | None = None
) -> Report:
    """The report of a badge, as of `now`; every step is in it, and those that were not taken say so.

    `clock` tells when a file was read, `name` is what a person calls the badge. A `Remembered` that is given as `fetch`
    is used as it is, so that several badges may share what they read.
    """
    remembered = fetch if isinstance(fetch, Remembered) else Remembered(fetch, clock or (lambda: now))
    case = Case(badge, remembered, now, email)
    findings = Findings()
    findings.add(Check("readable", "passed", f"it is {FORMS[badge.form]}{_CARRIERS[badge.carrier]}"))
    for check in _CHECKS[badge.form](case):
        findings.add(check)
    if "recipient" not in findings.found:
        unread = set(badge.document) == {"id"}
        findings.add(_UNREAD if unread else recipient_check(badge.document, email))
    return Report(name, subject_of(case), _all_steps(findings), case.read)


def unreadable(error: UnreadableError | FetchError, name: str) -> Report:
    """The report of what is no badge, or could not be read from where it should be."""
    findings = Findings()
    if isinstance(error, UnreadableError):
        findings.add(Check("readable", "failed", str(error), error.code))
    elif error.reason == "gone":
        words = f"{host_of(error.address)} says that it is gone (410), which withdraws an Open Badge 2.0 and no other"
        findings.add(Check("readable", "failed", words, "unreadable"))
    else:
        findings.add(unserved("readable", error, "the file"))
    return Report(name, Subject(), _all_steps(findings))


def _all_steps(findings: Findings) -> tuple[Check, ...]:
    for step in STEPS:
        if step not in findings.found:
            findings.add(Check(step, "unchecked", _UNTOLD.get(step, _NOTHING)))
    return findings.checks()


_UNREAD = Check("recipient", "unchecked", "nobody can say whose an award is that was not read")
_NOTHING = "there was nothing by which to check it"
_UNTOLD: Mapping[Step, str] = {"endorsements": "no endorsement of it was read"}
