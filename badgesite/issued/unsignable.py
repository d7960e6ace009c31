"""What `sign` would refuse in one credential: told there before anything is written, and by `check` before that."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from badgesite.content.permanence.lock_files import nearest
from badgesite.content.reading import Reading
from badgesite.crypto.proofs import require_signable
from badgesite.errors import FormatError, Place, Problem
from badgesite.model.addresses import addresses_in, shortened
from badgesite.model.award import Award, Batch, BatchHead, Recipient
from badgesite.model.catalogue import Catalogue
from badgesite.plan import plan_of_batch
from badgesite.standards import status
from badgesite.standards.ob3 import compact, credential
from badgesite.standards.ob3_checks import check_credential

Document = Mapping[str, object]
_NOBODY = Recipient(identity=f"sha256${'0' * 64}", salt="0" * 32)
_NO_AWARD, _NO_LIST = "00000000-0000-4000-8000-000000000000", "00000000"


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


def problems_to_come(reading: Reading, awards: Collection[str]) -> Iterator[Problem]:
    """What `sign` will refuse in `awards` (ids), and in the first award of each badge in each of its languages.

    So it is told before the words of a badge are frozen. Addresses in records are told by the files they come out in.
    """
    catalogue = reading.catalogue
    if catalogue is None or not catalogue.site.signs:
        return
    to_come = [(batch, award) for batch, award in catalogue.each_award() if award.id in awards]
    for batch, award in (*_first_awards(reading, catalogue), *to_come):
        for fault in _faults_to_come(catalogue, batch, award):
            yield problem_of(reading, catalogue, batch, award, fault)


def _faults_to_come(catalogue: Catalogue, batch: Batch, award: Award) -> Iterator[str]:
    plan, issuer = plan_of_batch(catalogue, batch.slug), catalogue.badges[batch.badge].issuer
    entry = status.entry(plan, issuer, _NO_LIST, 0)
    document = credential(catalogue, plan, batch, award, status=entry, valid_from=f"{batch.date}T00:00:00Z")
    yield from check_credential(document)
    try:
        require_signable(document)
    except FormatError as error:
        yield str(error)


def _first_awards(reading: Reading, catalogue: Catalogue) -> Iterator[tuple[Batch, Award]]:
    """An award of each badge to nobody, in each language that the badge has."""
    for slug, badge in catalogue.badges.items():
        place = reading.places.get(f"badge:{slug}", Place("content/badges"))
        for language in filter(badge.has_language, catalogue.site.languages):
            award = Award(id=_NO_AWARD, recipient=_NOBODY, language=language)
            yield Batch("none", place.path, BatchHead(badge=slug, date=date(2000, 1, 1)), (award,)), award
