"""Whether what is published as signed is so: by keys of its issuer that might sign at that moment, to the last byte.

The signature of each JWT is verified, whose payload is the credential itself. The embedded proof, which takes JSON-LD,
was verified when it was made; here its key and moment are looked at.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from badgesite.crypto.jwt import unproved, verify_jwt
from badgesite.crypto.key_files.folder import Kind
from badgesite.crypto.public_keys import KINDS, KeyRing
from badgesite.errors import FormatError, Place, Problem
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue
from badgesite.model.signed import Signed
from badgesite.plan import Plan, plan_of_batch
from badgesite.standards.ob3 import differences

_PROOF = re.compile(
    rb'"created":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)","verificationMethod":"([^"\\]+)",'
    rb'"proofPurpose":"assertionMethod","proofValue":"z[1-9A-HJ-NP-Za-km-z]{86,88}"\}\}$'
)
Told = tuple[str, str]
TAKE_BACK = "take the file back from Git"
REPLACE = "nothing is published until you put back what was signed, or run `badgesite sign --replace`"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a signed document; `owner` is as in the places of a Reading."""

    owner: str
    what: str
    mend: str


def credential_faults(catalogue: Catalogue, keys: KeyRing, awards: Iterable[tuple[Batch, Award]]) -> Iterator[Fault]:
    """What is wrong with the credentials of some awards, and what their records say otherwise.

    An award without a credential has nothing to look at.
    """
    for batch, award in awards:
        signed, plan = catalogue.credentials.get(award.id), plan_of_batch(catalogue, batch.slug)
        if signed is None or not catalogue.site.signs:
            continue
        if told := fault_of(signed, catalogue.badges[batch.badge].issuer, plan, keys):
            yield Fault(f"credential:{award.id}", *told)
            continue
        for each in differences(catalogue, plan, batch, award, unproved(signed.text)):
            what = f"the record says otherwise than its credential: {each}"
            yield Fault(f"award:{award.id}", what, REPLACE)


def list_faults(catalogue: Catalogue, keys: KeyRing, told: Collection[str] = ()) -> Iterator[Fault]:
    """What is wrong with the signatures of the status lists, but for those of which it is `told` already."""
    for (issuer, name), signed in catalogue.status_lists.items():
        plan = plan_of_batch(catalogue, catalogue.batch_of_list(name))
        if catalogue.site.signs and name not in told and (found := fault_of(signed, issuer, plan, keys)):
            yield Fault(f"status:{issuer}/{name}", *found)


def problems_of(faults: Iterable[Fault], places: Mapping[str, Place]) -> Iterator[Problem]:
    """A problem for each fault, at the line that holds the document."""
    for fault in faults:
        place = places.get(fault.owner, Place("content"))
        yield Problem(place, fault.what, mend_at(place, fault.mend))


def mend_at(place: Place, mend: str) -> str:
    """How to mend what is at a place: a file to take back is named as Git wants it."""
    return f"{mend}: git checkout -- {place.path}" if mend == TAKE_BACK else mend


def fault_of(signed: Signed, issuer: str, plan: Plan, keys: KeyRing) -> Told | None:
    """What is wrong with a document, and how to mend it; None if it is as its issuer signed it."""
    if told := key_fault(signed, issuer, plan, keys):
        return told
    key = keys.find(issuer, signed.kid.rpartition("#")[2])
    try:
        if key and verify_jwt(signed.text, signed.kid, signed.signature, key.raw):
            return None
    except FormatError:
        pass
    return "the signature does not fit the document: a byte of it was changed", TAKE_BACK


def key_fault(signed: Signed, issuer: str, plan: Plan, keys: KeyRing) -> Told | None:
    """What is wrong with the keys that are said to have signed a document; quicker than looking at its signature."""
    proof = _PROOF.search(signed.text)
    created = moment_of(proof[1].decode()) if proof else None
    if proof is None or created is None:
        return "the document does not end in a proof", TAKE_BACK
    did = plan.did(issuer)
    kinds: tuple[tuple[Kind, str], ...] = (("ed25519", proof[2].decode()), ("p256", signed.kid))
    for kind, method in kinds:
        key = keys.find(issuer, method.rpartition("#")[2])
        if key is None and method.startswith(f"{did}#"):
            return f"the {KINDS[kind]} key {method}, which signed it, is not among keys/{issuer}/", "put its file back"
        if key is None or key.kind != kind or key.method(did) != method:
            what = f"the {KINDS[kind]} key {method}, which signed it, is not among keys/{issuer}/"
            return what, f"put its file back, or sign with a key of {did}: `badgesite sign --replace`"
        if refusal := key.refusal(created, plan.base):
            mend = f"sign it again: `badgesite sign{'' if key.revoked else ' --replace'}`"
            return f"the key {key.path} {refusal}, and the signature is of {proof[1].decode()}", mend
    return None


def methods_of(signed: Signed) -> tuple[str, ...]:
    """The DID URLs of the keys that are said to have signed a document: of its proof, and of its JWT."""
    proof = _PROOF.search(signed.text, max(signed.text.rfind(b',"proof":{'), 0))
    return (proof[2].decode(), signed.kid) if proof else (signed.kid,)


def moment_of(text: str) -> datetime | None:
    """When something was signed, as it says; None if that is no moment."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:  # the 31st of February
        return None
