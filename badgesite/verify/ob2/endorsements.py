"""What others say for an award, its badge or its issuer (OB 2.0, Endorsement): each is hosted at its own id."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from badgesite.standards.ob2_authority import kind_of, scope_findings
from badgesite.standards.ob2_links import Links, address_of, authors, links_of
from badgesite.standards.ob2_properties import moment, values_of
from badgesite.verify.ob2.documents import Document, Documents
from badgesite.verify.report import Check, Outcome
from badgesite.verify.words import host_of, plain

_MANY = 50  # endorsements of one award, its badge and its issuer together


def endorsement_checks(document: Document, documents: Documents, now: datetime) -> Iterator[Check]:
    """A check of each endorsement; how it is written, and whether it is served, is found with the documents."""
    links = links_of(documents)
    nodes = [node for node in (document, *authors(document, fetch=links)) if node]
    subjects = [node.get("id") for node in nodes]
    found = [value for node in nodes for value in values_of(node, "endorsement")]
    if not found:
        return
    if len(found) > _MANY:
        yield Check("endorsements", "unchecked", f"it has {len(found)} endorsements; we look at {_MANY} at most")
    speakers = []
    for value in found[:_MANY]:
        address = address_of(value)
        endorsement = links.load(address) if address else None
        if endorsement is None:
            continue  # told with the documents
        outcome, fault = _judged(endorsement, subjects, links, now)
        if fault:
            yield Check("endorsements", outcome, f"the endorsement {plain(address, 200)} {fault}", "endorsement")
        speakers.append(host_of(address))
    who = ", ".join(dict.fromkeys(speakers)) or "nobody who answers"
    yield Check("endorsements", "passed", f"{len(found)} endorse it, published by {who}")


def _judged(endorsement: Document, subjects: list[object], links: Links, now: datetime) -> tuple[Outcome, str]:
    """What is wrong with an endorsement of the award, its badge or its issuer; "" if nothing is."""
    claim, issued = endorsement.get("claim"), moment(endorsement.get("issuedOn"))
    about = claim.get("id") if isinstance(claim, Mapping) else None
    if endorsement.get("revoked") is True:
        return "failed", "is revoked"
    if about not in subjects:
        return "failed", f"is about something else: {plain(about, 200)}"
    if issued and issued > now:
        return "failed", "is of a time to come"
    issuer = links.behind(endorsement, "issuer")
    if issuer is None:
        return "failed", "is by nobody who can be read"
    if kind_of(endorsement) == "signed":
        return "unchecked", "says that it is signed, and what is served carries no signature"
    faults = [each.what for each in scope_findings(endorsement, issuer.document, issuer.place)]
    return ("failed", f"is not where its issuer publishes: {plain(faults[0], 200)}") if faults else ("passed", "")
