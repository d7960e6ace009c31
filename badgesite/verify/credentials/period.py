"""From when until when a credential is valid: as it says itself, its token, and each of its proofs."""

from collections.abc import Iterator
from datetime import UTC, datetime

from badgesite.crypto.embedded import ProofError, proofs_of
from badgesite.standards.ob3_properties import moment
from badgesite.verify.credentials import claims
from badgesite.verify.credentials.facts import ENDS, STARTS, ends, starts
from badgesite.verify.credentials.signatures import Signed
from badgesite.verify.report import Check


def dates_check(signed: Signed, now: datetime) -> Check:
    """The step `dates`: the latest of all beginnings and the earliest of all ends count, both included."""
    unread = [name for name in (*STARTS, *ENDS) if name in signed.document and not moment(signed.document[name])]
    if unread:
        words = f"{unread[0]} is no date and time with its zone, so nobody can say whether it is valid today"
        return Check("dates", "failed", words, "dates")
    start, end = max(_starts(signed), default=None), min(_ends(signed), default=None)
    if end and now > end:
        return Check("dates", "failed", f"it expired on {_day(end)}", "expired")
    if start and now < start:
        return Check("dates", "failed", f"it is valid only from {_day(start)} on", "early")
    since = f"valid since {_day(start)}" if start else "valid from no day in particular"
    return Check("dates", "passed", f"{since}, until {_day(end)}" if end else f"{since}, without an end")


def _starts(signed: Signed) -> Iterator[datetime]:
    yield from starts(signed.document)
    if signed.token and (start := claims.starts(signed.token)):
        yield start


def _ends(signed: Signed) -> Iterator[datetime]:
    yield from ends(signed.document)
    if signed.token and (end := claims.ends(signed.token)):
        yield end
    try:
        proofs = proofs_of(signed.document)
    except ProofError:
        return
    for proof in proofs:
        for name in ("expires", "expiration"):  # as some contexts call it
            if end := moment(proof.get(name)):
                yield end


def _day(when: datetime) -> str:
    """A moment in plain words; midnight needs no hour."""
    told = when.astimezone(UTC)
    return told.strftime("%Y-%m-%d" if (told.hour, told.minute, told.second) == (0, 0, 0) else "%Y-%m-%d, %H:%M UTC")
