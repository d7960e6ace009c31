"""An Open Badge 2.0 that is hosted: what its own address serves is the award (OB 2.0, section "Hosted verification").

What was put before us gives no more than the address, and a picture of what its holder claims. A host that says 410, an
assertion that says `revoked`, and the issuer's list all withdraw the award, whatever else is missing then.
"""

from collections.abc import Iterator

from badgesite.errors import FetchError, FormatError
from badgesite.standards.ob2_links import authors
from badgesite.standards.ob2_properties import is_address
from badgesite.verify.badge import Badge
from badgesite.verify.case import Case, unserved
from badgesite.verify.ob2.differences import badge_differences, differences, older
from badgesite.verify.ob2.documents import Document, Documents
from badgesite.verify.ob2.endorsements import endorsement_checks
from badgesite.verify.ob2.steps import assertion_checks, own_checks
from badgesite.verify.recipient import recipient_check
from badgesite.verify.report import Check
from badgesite.verify.words import host_of, plain

_SIGNED = ("SignedBadge", "signed")


def checks_of(case: Case) -> Iterator[Check]:
    """Every step of a hosted badge, without `readable`."""
    address, documents = case.badge.id, Documents(case.fetch)
    if not is_address(address):
        yield from _without_address(case.badge)
        yield from own_checks(case.badge.document, case.now)
        return
    try:
        hosted = documents.at(address)
    except FetchError as error:
        yield from _not_served(case, error)
    except FormatError as error:
        words = f"what is served at the badge's own id is not its document: {plain(address, 200)}: {error}"
        yield Check("genuine", "failed", words, "hosted")
        yield Check("hosted", "failed", words, "hosted")
    else:
        yield from _served(case, hosted, documents)


def _served(case: Case, hosted: Document, documents: Documents) -> Iterator[Check]:
    if hosted.get("revoked") is True:
        yield from _revoked(case, hosted)
        return
    yield _genuine(case.badge, hosted, documents)
    yield from assertion_checks(hosted, documents, case.now, served_at=case.badge.id)
    yield recipient_check(hosted, case.email)
    yield from endorsement_checks(hosted, documents, case.now)


def _genuine(badge: Badge, hosted: Document, documents: Documents) -> Check:
    """Whether the copy claims nothing but what its host says."""
    host = host_of(badge.id)
    found = differences(badge.document, hosted) if set(badge.document) != {"id"} else ()
    if set(badge.document) != {"id"}:
        found += badge_differences(badge.document, *authors(hosted, fetch=documents))
    if found:
        names = ", ".join(plain(name, 40) for name in found[:8])
        words = (
            f"{host} says otherwise than what was put before us, in {names}: the copy was altered, or is out of date"
        )
        return Check("genuine", "failed", words, "mismatch")
    if badge.address == badge.id or set(badge.document) == {"id"}:
        return Check("genuine", "passed", f"{host} serves the award itself")
    if older(badge.document, hosted):
        words = (
            f"{host} serves the award; what was put before us is an older or shorter copy, which claims nothing more"
        )
        return Check("genuine", "passed", words, "mismatch")
    return Check("genuine", "passed", f"{host} serves the award, and it says what was put before us")


def _revoked(case: Case, stub: Document) -> Iterator[Check]:
    """What is left of a withdrawn award: its id, and mostly a reason."""
    host, reason = host_of(case.badge.id), plain(stub.get("revocationReason"), 300)
    yield Check("genuine", "passed", f"{host} serves what is left of the award")
    if stub.get("id") == case.badge.id:
        yield Check("hosted", "passed", f"the award is served at its own id, at {host}")
    else:
        yield Check("hosted", "failed", f"what is served has another id: {plain(stub.get('id'))}", "id")
    yield Check("issuer", "passed", f"{host} publishes it; of a revoked award nothing names the issuer")
    words = f"its host says that the award is revoked: {reason or 'no reason is given'}"
    yield Check("revocation", "failed", words, "revoked")
    yield Check("schema", "passed", "nothing more is asked of the document of a revoked award")


def _not_served(case: Case, error: FetchError) -> Iterator[Check]:
    badge, what = case.badge, "the award's own document"
    if error.reason == "gone":
        host = host_of(badge.id)
        yield Check("revocation", "failed", f"{host} says that the award is gone (410): it is withdrawn", "revoked")
        yield Check("hosted", "unchecked", f"{host} serves it no longer")
        return
    hosted, genuine = unserved("hosted", error, what), unserved("genuine", error, what)
    yield hosted
    yield Check("genuine", genuine.outcome, genuine.words, hosted.code, genuine.out_of_reach)
    out = hosted.out_of_reach
    yield Check("issuer", "unchecked", "nobody can say who publishes what was not read", out_of_reach=out)
    yield Check("revocation", "unchecked", "nobody can say whether it is revoked", out_of_reach=out)
    if badge.document.get("revoked") is True:
        reason = plain(badge.document.get("revocationReason"), 300) or "no reason is given"
        yield Check("revocation", "failed", f"it says of itself that it is revoked: {reason}", "revoked")
    elif set(badge.document) != {"id"}:
        yield from own_checks(badge.document, case.now)
        yield recipient_check(badge.document, case.email)


def _without_address(badge: Badge) -> Iterator[Check]:
    verification = badge.document.get("verification") or badge.document.get("verify")
    if isinstance(verification, dict) and verification.get("type") in _SIGNED:
        words = "the badge says that it is signed, and carries no signature; ask for the signed badge itself"
        yield Check("genuine", "failed", words, "proof")
        return
    named = plain(badge.id) or "it has none"
    words = f"a hosted badge is what its own web address serves, and this one's id is no such address: {named}"
    yield Check("genuine", "failed", words, "hosted")
    yield Check("hosted", "failed", words, "id")
