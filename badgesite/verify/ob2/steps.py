"""What is found in an assertion and the documents behind it, told as steps (OB 2.0, verification)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from badgesite.errors import FetchError
from badgesite.standards.ob2_checks import check_assertion
from badgesite.standards.ob2_links import authors, issuer_place
from badgesite.standards.ob2_properties import Finding, moment, values_of
from badgesite.verify.case import unserved
from badgesite.verify.ob2.documents import Document, Documents
from badgesite.verify.report import Check, Step
from badgesite.verify.words import day_of, host_of, plain, whose

_RULES: Mapping[str, tuple[Step, str]] = {
    "revoked": ("revocation", "revoked"),
    "not-yet": ("dates", "early"),
    "order": ("dates", "dates"),
    "expired": ("dates", "expired"),
    "id": ("hosted", "id"),
    "scope": ("issuer", "scope"),
    "key": ("issuer", "key"),
    "context": ("schema", "context"),
    "proof": ("genuine", "proof"),
}
"""The step and the code of a rule; every other rule is about how documents are written."""
_LINKS: Mapping[str, tuple[Step, str]] = {
    "badge": ("issuer", "the badge's own document"),
    "issuer": ("issuer", "the issuer's document"),
    "revocationList": ("revocation", "the issuer's list of what is revoked"),
    "endorsement": ("endorsements", "an endorsement"),
    "publicKey": ("schema", "the issuer's key"),
    "image": ("schema", "a picture"),
}
_UNKNOWN: tuple[Step, str] = ("schema", "a document")


def assertion_checks(
    document: Document, documents: Documents, now: datetime, served_at: str | None = None
) -> Iterator[Check]:
    """The steps after `genuine`, of an assertion that is believed to say what it says.

    What is found is told first; a step in which nothing was found has passed, with what it rests on.
    """
    found = check_assertion(document, fetch=documents, now=now, served_at=served_at)
    told = list(_told(found, documents, _endorsements(document, documents)))
    badge, issuer = authors(document, fetch=documents)
    told += _list_of_another(issuer, documents)
    yield from told
    if served_at:
        yield Check("hosted", "passed", f"the award is served at its own id, at {host_of(served_at)}")
    host = host_of(served_at) or host_of(issuer_place(document, fetch=documents))
    if issuer:
        does = "publishes it" if served_at else "publishes its issuer"
        yield Check("issuer", "passed", whose(host, does, issuer.get("name"), issuer.get("url")))
    yield from _passed(document, badge, issuer, found)


def own_checks(document: Document, now: datetime) -> Iterator[Check]:
    """The steps that an assertion answers by itself, when nothing is to be had that it links to."""
    found = check_assertion(document, fetch=lambda address: None, now=now)
    for check in _told((each for each in found if not each.link), None, frozenset()):
        if check.step in ("dates", "schema"):
            yield check
    yield _dates(document)
    yield Check(
        "schema",
        "passed",
        "what was handed in is written as Open Badges 2.0 wants it; what its host serves was not read",
    )


def _told(found: Iterable[Finding], documents: Documents | None, endorsements: frozenset[str]) -> Iterator[Check]:
    for each in sorted(found, key=lambda each: each.rule != "order"):
        if each.severity == "warning":
            continue
        if each.where.partition(", ")[0] in endorsements:
            yield Check(
                "endorsements", "failed", f"an endorsement is not as it should be: {plain(str(each))}", "endorsement"
            )
        elif each.link:
            yield _broken_link(each, documents)
        else:
            step, code = _RULES.get(each.rule, ("schema", "schema"))
            yield Check(step, "failed", plain(each.what if step in ("dates", "revocation") else str(each), 300), code)


def _broken_link(finding: Finding, documents: Documents | None) -> Check:
    """What is linked to and was not served fails the step that needs it, or leaves it open if nobody could be asked."""
    step, what = _LINKS.get(finding.link, _UNKNOWN)
    why = documents.why.get(finding.address) if documents else None
    if isinstance(why, FetchError):
        return unserved(step, why, what)
    code = {"issuer": "issuer", "revocation": "status", "endorsements": "endorsement"}.get(step, "schema")
    reason = f"{plain(finding.address, 200)}: {why}" if why else finding.what
    return Check(step, "failed", f"{what} cannot be read: {plain(reason, 300)}", code)


def _endorsements(document: Document, documents: Documents) -> frozenset[str]:
    """The ids of the endorsements of an assertion, its badge and its issuer."""
    nodes = (document, *authors(document, fetch=documents))
    found = [value for node in nodes if node for value in values_of(node, "endorsement")]
    return frozenset(str(each.get("id")) if isinstance(each, Mapping) else str(each) for each in found)


def _list_of_another(issuer: Document | None, documents: Documents) -> Iterator[Check]:
    """A list of revocations that says it is another issuer's speaks for nobody here."""
    address = issuer.get("revocationList") if issuer else None
    revocations = documents(address) if isinstance(address, str) else None
    if not issuer or not isinstance(revocations, Mapping):
        return
    owner = revocations.get("issuer")
    name = owner.get("id") if isinstance(owner, Mapping) else owner
    if name is not None and name != issuer.get("id"):
        words = f"the issuer's list of what is revoked says that it is of another issuer: {plain(name)}"
        yield Check("revocation", "failed", words, "status")


def _passed(
    document: Document, badge: Document | None, issuer: Document | None, found: tuple[Finding, ...]
) -> Iterator[Check]:
    if issuer:
        listed = (
            "and the issuer's list does not name it" if "revocationList" in issuer else "and the issuer keeps no list"
        )
        yield Check("revocation", "passed", f"the award does not say that it is revoked, {listed}")
    elif not badge and not any(each.link == "badge" for each in found):
        yield Check("issuer", "failed", "the award names no badge, so nobody stands behind it", "issuer")
    elif not any(each.link in ("badge", "issuer") for each in found):
        yield Check("issuer", "failed", "the badge names no issuer, so nobody stands behind it", "issuer")
    if not issuer:
        words = "without the issuer nobody can say whether the award is in its list of what is revoked"
        yield Check("revocation", "unchecked", words)
    yield _dates(document)
    yield Check("schema", "passed", _sound(found))


def _dates(document: Document) -> Check:
    """The step `dates`, if nothing else is wrong with it; an end that nobody can read is none to pass over."""
    for name in ("issuedOn", "expires"):
        if name in document and not moment(document[name]):
            words = f"{name} is no date and time with its zone, so nobody can say whether it is valid today"
            return Check("dates", "failed", words, "dates")
    return Check("dates", "passed", _lasting(document))


def _lasting(document: Document) -> str:
    issued, expires = moment(document.get("issuedOn")), moment(document.get("expires"))
    begin = f"it was awarded on {day_of(issued)}" if issued else "it does not say when it was awarded"
    return f"{begin} and is valid until {day_of(expires)}" if expires else f"{begin} and does not expire"


def _sound(found: Iterable[Finding]) -> str:
    remarks = [each for each in found if each.severity == "warning" and each.rule != "signature"]
    words = "the documents are as Open Badges 2.0 wants them"
    return f"{words}; a remark: {plain(str(remarks[0]), 300)}" if remarks else words
