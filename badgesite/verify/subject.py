"""What a badge says of itself, in the words that a report begins with; believed only as far as its checks say."""

from collections.abc import Mapping

from badgesite.standards.ob2_links import authors, issuer_place
from badgesite.standards.ob2_properties import moment, values_of
from badgesite.verify.badge import Form
from badgesite.verify.case import Case
from badgesite.verify.credentials.facts import issuer_id
from badgesite.verify.ob2.documents import Document, Documents
from badgesite.verify.report import Subject
from badgesite.verify.words import day_of, host_of, plain

FORMS = {
    "ob2": "Open Badges 2.0, hosted",
    "ob2-jws": "Open Badges 2.0, a signed token (JWS)",
    "ob3": "Open Badges 3.0, JSON with an embedded proof",
    "ob3-jwt": "Open Badges 3.0, a signed token (VC-JWT)",
}


def subject_of(case: Case) -> Subject:
    """What the badge says; of a hosted one what its host says, as far as that was read for the checks."""
    if case.badge.form in ("ob2", "ob2-jws"):
        return _of_assertion(case)
    return _of_credential(case)


def _of_assertion(case: Case) -> Subject:
    documents = Documents(case.fetch.known)
    document: Document = case.badge.document
    served = documents(case.badge.id) if case.badge.form == "ob2" else None
    if isinstance(served, Mapping) and served.get("revoked") is not True:
        document = served
    badge, issuer = authors(document, fetch=documents)
    badge, issuer = badge or {}, issuer or {}
    return Subject(
        form=FORMS[case.badge.form],
        id=plain(case.badge.id, 300),
        title=plain(badge.get("name")),
        issuer=plain(issuer.get("name")),
        domain=_publisher(case.badge.form, document, documents),
        site=plain(issuer.get("url"), 300),
        awarded=_day(document.get("issuedOn")),
        until=_day(document.get("expires")),
    )


def _publisher(form: Form, document: Document, documents: Documents) -> str:
    """The host that stands behind an assertion: the one that serves it, or of a signed one, the issuer's document.

    The id of a signed badge is what its signer has written, and no host has said anything there.
    """
    return host_of(document.get("id") if form == "ob2" else issuer_place(document, fetch=documents))


def _of_credential(case: Case) -> Subject:
    document = case.badge.document
    about, issuer = _node(document.get("credentialSubject")), _node(document.get("issuer"))
    return Subject(
        form=FORMS[case.badge.form],
        id=plain(case.badge.id, 300),
        title=plain(_node(about.get("achievement")).get("name")) or plain(document.get("name")),
        holder=_holder(about),
        issuer=plain(issuer.get("name")),
        domain=host_of(issuer_id(document)),
        site=plain(issuer.get("url"), 300),
        awarded=_first_day(document, "awardedDate", "validFrom", "issuanceDate"),
        until=_first_day(document, "validUntil", "expirationDate"),
    )


def _node(value: object) -> Document:
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, Mapping) else {}


def _holder(about: Document) -> str:
    """The name that the badge gives its holder, never an address."""
    for each in values_of(about, "identifier"):
        if isinstance(each, Mapping) and each.get("identityType") == "name" and each.get("hashed") is not True:
            return plain(each.get("identityHash"))
    return ""


def _day(value: object) -> str:
    found = moment(value)
    return day_of(found) if found else ""


def _first_day(document: Document, *names: str) -> str:
    return next((day for name in names if (day := _day(document.get(name)))), "")
