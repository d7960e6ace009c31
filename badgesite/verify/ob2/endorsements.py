"""What others say for an award, its badge or its issuer (OB 2.0, Endorsement): each is hosted at its own id."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from badgesite.standards.ob2_checks import authority, authors
from badgesite.standards.ob2_properties import moment, values_of
from badgesite.verify.ob2.documents import Document, Documents
from badgesite.verify.report import Check
from badgesite.verify.words import host_of, plain

_MANY = 50  # endorsements of one award, its badge and its issuer together


def endorsement_checks(document: Document, documents: Documents, now: datetime) -> Iterator[Check]:
    """A check of each endorsement; how it is written, and whether it is served, is found with the documents."""
    nodes = [node for node in (document, *authors(document, fetch=documents)) if node]
    subjects = [node.get("id") for node in nodes]
    found = [value for node in nodes for value in values_of(node, "endorsement")]
    if not found:
        return
    if len(found) > _MANY:
        yield Check("endorsements", "unchecked", f"it has {len(found)} endorsements; we look at {_MANY} at most")
    speakers = []
    for value in found[:_MANY]:
        address = value.get("id") if isinstance(value, Mapping) else value
        endorsement = documents(address) if isinstance(address, str) and ":" in address else None
        if not isinstance(endorsement, Mapping):
            continue  # told with the documents
        fault, speaker = _judged(endorsement, subjects, documents, now)
        if fault:
            yield Check("endorsements", "failed", f"the endorsement {plain(address, 200)} {fault}", "endorsement")
        speakers.append(speaker)
    who = ", ".join(dict.fromkeys(speakers)) or "nobody who answers"
    yield Check("endorsements", "passed", f"{len(found)} endorse it, published by {who}")


def _judged(endorsement: Document, subjects: list[object], documents: Documents, now: datetime) -> tuple[str, str]:
    """What is wrong with an endorsement of the award, its badge or its issuer, and the host that publishes it."""
    claim, host = endorsement.get("claim"), host_of(endorsement.get("id"))
    about = claim.get("id") if isinstance(claim, Mapping) else None
    issued = moment(endorsement.get("issuedOn"))
    if endorsement.get("revoked") is True:
        return "is revoked", host
    if about not in subjects:
        return f"is about something else: {plain(about, 200)}", host
    if issued and issued > now:
        return "is of a time to come", host
    address = endorsement.get("issuer")
    issuer = documents(address) if isinstance(address, str) and ":" in address else address
    if not isinstance(issuer, Mapping):
        return "is by nobody who can be read", host
    faults = [each.what for each in authority(endorsement, issuer, documents) if each.severity == "error"]
    return (f"is not where its issuer publishes: {plain(faults[0], 200)}" if faults else ""), host
