"""What `sign` would refuse in one credential: told there before anything is written, and by `check` before that."""

import re
from collections.abc import Iterator, Mapping

from badgesite.content.permanence.lock_files import nearest
from badgesite.content.reading import Reading
from badgesite.errors import Place, Problem
from badgesite.model.addresses import addresses_in, shortened
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue
from badgesite.standards.ob3 import compact
from badgesite.standards.ob3_checks import check_credential

Document = Mapping[str, object]


def faults_of(document: Document, catalogue: Catalogue) -> Iterator[str]:
    """What is wrong with a credential that is to be signed: what verifiers refuse, and addresses nobody may publish."""
    yield from check_credential(document)
    for address in sorted(set(addresses_in(compact(document))) - catalogue.addresses):
        yield f"it holds the e-mail address {shortened(address)}, which nobody may publish; write the text without it"


def problem_of(reading: Reading, catalogue: Catalogue, batch: Batch, award: Award, fault: str) -> Problem:
    """A fault of a credential where it was written: in the badge, the issuer, or else the record."""
    what, _, mend = fault.rpartition("; ")
    badge = catalogue.badges[batch.badge]
    owners = (("credentialSubject.achievement.", f"badge:{badge.slug}."), ("issuer.", f"issuer:{badge.issuer}."))
    place = reading.places.get(f"award:{award.id}", Place(batch.path))
    for path, owner in owners:
        if fault.startswith(path):
            place = nearest(reading.places, place, owner + re.split(r"[^a-z]", fault.removeprefix(path))[0])
    return Problem(place, f"the credential cannot be signed: {what or fault}", mend if what else "")
