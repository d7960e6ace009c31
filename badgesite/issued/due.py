"""What is due: records without a credential or with one that says something else, and lists whose bits are not right.

`sign` settles it all; `build` and `check` tell it (`problems`).
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from badgesite.content.permanence.lock_files import path_of, place_of
from badgesite.content.reading import Reading
from badgesite.content.signed.lines import entry_of
from badgesite.crypto.public_keys import KeyRing, PublicKey
from badgesite.errors import FormatError, Place, Problem
from badgesite.issued.disowned import Disowned, bare, disowned_problems, revoked_key
from badgesite.issued.genuine import REPLACE, TAKE_BACK, Told, key_fault, mend_at
from badgesite.issued.register import Position, Register, StatusList
from badgesite.issued.whole import fault_of
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue
from badgesite.model.signed import Signed
from badgesite.plan import Plan, plan_of_batch
from badgesite.standards import status
from badgesite.standards.ob3 import Difference, differences

_SIGN = "run `badgesite sign`"
_TOLD = 3  # awards of a batch that are told one by one; of more, their number


@dataclass(frozen=True, slots=True)
class Due:
    """What `sign` would settle; awards by id in the order of the catalogue, status lists by name.

    `new` have no credential; `changed` say something else than theirs; `burnt` need a new one, as the index of theirs
    was another's too, or a later one was signed; `lists` are to be signed. The credentials of `forged` are neither in
    a lock file nor as their issuer signed them (what is wrong, and the mend); those of `withdrawn` were revoked, which
    nothing says but the status list. What is `disowned` was signed by a key that was revoked since. `register` is all
    that is signed.
    """

    register: Register
    new: tuple[str, ...] = ()
    changed: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    burnt: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    forged: Mapping[str, Told] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()
    disowned: Disowned = field(default_factory=Disowned)


def due(reading: Reading, keys: KeyRing, *, compared: bool = True) -> Due:
    """What is due in the content; `compared` False leaves `changed` to somebody who reads all credentials anyway."""
    catalogue = reading.catalogue
    if catalogue is None:
        raise ValueError("content with problems is not signed")
    as_signed = keys.as_signed()
    current: dict[str, Position] = {}
    changed: dict[str, tuple[Difference, ...]] = {}
    forged: dict[str, Told] = {}
    disowned: dict[str, PublicKey] = {}
    for batch, award in catalogue.each_award():
        if signed := catalogue.credentials.get(award.id):
            entry = entry_of(signed.text)
            current[award.id] = entry.list, entry.index
            issuer = catalogue.badges[batch.badge].issuer
            plan = plan_of_batch(catalogue, batch.slug)
            unknown = entry not in catalogue.locked.get(award.id, ())
            if unknown and (told := fault_of(signed, issuer, plan, keys)):
                forged[award.id] = told
            elif compared and (found := _differences(catalogue, plan, batch, award, as_signed)):
                changed[award.id] = found
            elif key := revoked_key(signed, issuer, keys):
                disowned[award.id] = key
    register = _register(catalogue, reading, keys, current)
    new = tuple(award.id for _, award in catalogue.each_award() if award.id not in current)
    beyond_use, ended = register.burnt(), register.withdrawn()
    burnt = tuple(award for award in current if award in beyond_use)
    withdrawn = tuple(award for award in current if award in ended and award not in catalogue.erased)
    lists = {name: found.disowned for name, found in register.lists.items() if found.disowned}
    again = Disowned(disowned, lists, bare(keys) if disowned or lists else frozenset())
    return Due(register, new, changed, burnt, register.due_lists(), forged, withdrawn, again)


def problems(reading: Reading, found: Due) -> Iterator[Problem]:
    """All that is due, for those who cannot settle it: a problem each, at the record or the batch."""
    yield from _new_problems(reading, found)
    yield from difference_problems(reading, found, REPLACE)
    shared = found.register.shared()  # of which `shared_problems` tell
    for award in found.burnt:
        if award not in shared:
            what = f"the credential of the award {award} counts as revoked, as a later one was signed for it"
            yield Problem(_record(reading, award), what, _SIGN)
    for name in found.lists:
        yield from _list_problems(reading, found.register, name)
    yield from disowned_problems(found.disowned)
    yield from forged_problems(reading, found)


def _new_problems(reading: Reading, found: Due) -> Iterator[Problem]:
    """The awards without a credential, one by one or, where a batch has many, how many."""
    batches = {award.id: batch.slug for batch, award in reading.catalogue.each_award()} if reading.catalogue else {}
    for batch, together in groupby(found.new, key=lambda award: batches[award]):
        awards = list(together)
        if len(awards) > _TOLD:
            what = f"{len(awards):,} awards of this batch are recorded and not signed"
            yield Problem(reading.places.get(f"batch:{batch}", Place("content/awards")), what, _SIGN)
            continue
        for award in awards:
            yield Problem(_record(reading, award), f"the award {award} is recorded and not signed", _SIGN)


def _list_problems(reading: Reading, register: Register, name: str) -> Iterator[Problem]:
    """The awards whose bit a status list has not as it should, or the list itself if it is not there."""
    found = register.lists[name]
    place = reading.places.get(f"batch:{found.batch}", Place("content/status"))
    if found.signed is None:
        yield Problem(place, f"the status list {name} of this batch is missing, or not signed by its issuer", _SIGN)
        return
    owners = [found.owners.get(index, frozenset()) for index in sorted(register.bits(name) - found.signed)]
    alone = [next(iter(each)) for each in owners if len(each) == 1]
    if len(alone) > _TOLD:
        what = f"{len(alone):,} awards of this batch count no more, and its status list does not say so yet"
        yield Problem(place, what, _SIGN)
        return
    erased = reading.catalogue.erased if reading.catalogue else {}
    for award in alone:
        if award in erased:
            what = f"the award {award} was erased, and its status list does not say so yet"
            yield Problem(place_of(path_of("batches", found.batch)), what, _SIGN)
            continue
        told = "is revoked" if award in register.revoked else "has a newer credential"
        what = f"the award {award} {told}, and its status list does not say so yet"
        yield Problem(_record(reading, award), what, _SIGN)


def difference_problems(reading: Reading, found: Due, mend: str = "") -> Iterator[Problem]:
    """What records say otherwise than their credentials, field by field."""
    for award, differing in found.changed.items():
        for each in differing:
            what = f"{each} (award {award})"
            yield Problem(_record(reading, award), what, mend)


def forged_problems(reading: Reading, found: Due) -> Iterator[Problem]:
    """Credentials that no key of the issuer signed, or that were changed since."""
    for award, (what, mend) in found.forged.items():
        place = reading.places.get(f"credential:{award}", _record(reading, award))
        if mend == TAKE_BACK:
            yield Problem(place, f"{what} (award {award})", mend_at(place, mend))
        else:
            what = f"this credential of the award {award} is signed by no key that its issuer has for this site"
            yield Problem(place, what, "take the file back from Git, or remove the line")


def shared_problems(reading: Reading, found: Due) -> Iterator[Problem]:
    """Awards whose index in a status list was given to another one too, which nobody may have again."""
    for award in sorted(found.register.shared()):
        name, index = found.register.current[award]
        others = ", ".join(sorted(found.register.lists[name].owners[index] - {award}))
        what = f"the index {index} of the status list {name} is that of the award {award} and of {others}"
        mend = "run `badgesite sign`, which gives each an index of its own and revokes the one that they share"
        yield Problem(_record(reading, award), what, mend)


def withdrawn_problems(reading: Reading, found: Due) -> Iterator[Problem]:
    """Awards that were revoked, and whose records no longer say so."""
    for award in found.withdrawn:
        what = f"the award {award} was revoked: its bit in the status list is set, and stays so"
        mend = "put revoked: {date, reason} back; if it was replaced, take its newer credential back from Git"
        yield Problem(_record(reading, award), what, mend)


def _differences(catalogue: Catalogue, plan: Plan, batch: Batch, award: Award, keys: KeyRing) -> tuple[Difference, ...]:
    """What a record says otherwise than its credential; a key that might not sign it is told like a field of it."""
    signed = catalogue.credentials[award.id]
    found = differences(catalogue, plan, batch, award, json.loads(signed.text))
    told = None if found else key_fault(signed, catalogue.badges[batch.badge].issuer, plan, keys)
    return (Difference("signature", "good", told[0]),) if told else found


def _record(reading: Reading, award: str) -> Place:
    return reading.places.get(f"award:{award}", Place("content/awards"))


def _register(catalogue: Catalogue, reading: Reading, keys: KeyRing, current: Mapping[str, Position]) -> Register:
    """All positions that are or were anybody's, list by list. What is set stays so, whoever signed it."""
    as_signed = keys.as_signed()
    batches = {award.id: batch for batch, award in catalogue.each_award()}
    owners: dict[str, dict[int, frozenset[str]]] = defaultdict(dict)
    of_lists = dict(catalogue.locked_lists)
    positions = [(award, (entry.list, entry.index)) for award, found in catalogue.locked.items() for entry in found]
    for award, (name, index) in (*positions, *current.items()):
        owners[name][index] = owners[name].get(index, frozenset()) | {award}
        if award in batches:
            of_lists[name] = batches[award].slug, batches[award].badge
    issuers = {name: issuer for issuer, name in catalogue.status_lists}
    names = catalogue.badge_names
    issuers |= {name: catalogue.badges[names[badge]].issuer for name, (_, badge) in of_lists.items() if badge in names}
    lists = {}
    for name in sorted(issuers):
        batch = of_lists.get(name, ("", ""))[0]
        awards = len(catalogue.batches[batch].awards) if batch in catalogue.batches else 0
        signed, plan = catalogue.status_lists.get((issuers[name], name)), plan_of_batch(catalogue, batch)
        size, bits = _signed_bits(signed, issuers[name], plan, as_signed) or (status.size_for(awards), None)
        key = revoked_key(signed, issuers[name], keys) if signed and bits is not None else None
        versions = (each for each in reading.sides.get((issuers[name], name), ()) if each != signed)
        sides = (_signed_bits(each, issuers[name], plan, as_signed) for each in versions)
        others = frozenset[int]().union(*(found[1] for found in sides if found))
        lists[name] = StatusList(issuers[name], batch, _holding(owners[name], size), owners[name], bits, others, key)
    revoked = catalogue.revoked_bits | {award.id for _, award in catalogue.each_award() if award.revoked}
    earlier = frozenset((entry.list, entry.index) for lost in reading.lost.values() for entry in lost)
    return Register(current, lists, revoked, earlier)


def _holding(indices: Collection[int], size: int) -> int:
    """`size`, or the first power of two above all indices, up to the largest list: what is locked has its bit."""
    return max(size, min(1 << max(indices, default=0).bit_length(), status.LARGEST))


def _signed_bits(signed: Signed | None, issuer: str, plan: Plan, keys: KeyRing) -> tuple[int, frozenset[int]] | None:
    """The size of a status list and the indices set in it; None if there is none that a key of the issuer signed."""
    if signed is None or fault_of(signed, issuer, plan, keys):
        return None
    try:
        bits = status.bits_of(json.loads(signed.text))
    except (ValueError, FormatError):
        return None
    return len(bits) * 8, status.indices_in(bits)
