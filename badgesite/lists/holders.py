"""Who has a badge already, and which awards are whose: by what the office remembers, else by trying the salts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from badgesite.lists.progress import Progress, silent, watched
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue

_MANY_HASHES = 1_000_000  # about a second's work
_Found = tuple[str, date | None]  # an award, and its last day


@dataclass(slots=True)
class Holders:
    """The awards of one badge that are not revoked, by holder as far as the index knows them.

    An award that the index does not know, or knows wrongly, is tried against each address asked for: a hash for every
    pair of the two at worst, where 15,000 of each take two minutes; a list that was awarded before finds each holder
    at once. `learned` holds what was found, for the index.
    """

    known: dict[str, list[_Found]] = field(default_factory=dict)
    unknown: dict[bytes, dict[bytes, _Found]] = field(default_factory=dict)
    learned: dict[str, str] = field(default_factory=dict)

    def holds(self, address: str, day: date) -> bool:
        """Whether the address has an award that is valid on that day."""
        return any(_valid(last, day) for _, last in self.known.get(address, ())) or self._tried(address, day)

    def _tried(self, address: str, day: date) -> bool:
        begun = sha256(address.encode())
        for salt, awards in self.unknown.items():
            digest = begun.copy()
            digest.update(salt)
            identity = digest.digest()
            if identity in awards:
                award, last = awards[identity]
                self.learned[award] = address
                if _valid(last, day):
                    del awards[identity]
                    if not awards:
                        del self.unknown[salt]  # the next address need not try it
                    self.known.setdefault(address, []).append((award, last))
                    return True
        return False


def holders_of(catalogue: Catalogue, badge: str, index: Mapping[str, frozenset[str]]) -> Holders:
    """The holders of a badge; `index` says which awards an address has, and is not trusted blindly."""
    holder = {award: address for address, awards in index.items() for award in awards}
    found = Holders()
    for batch, award in catalogue.each_award():
        if batch.badge == badge and not award.revoked:
            _sort_in(found, catalogue, batch, award, holder.get(award.id))
    return found


def awards_valid(
    catalogue: Catalogue, badge: str, index: Mapping[str, frozenset[str]], address: str, day: date
) -> tuple[str, ...]:
    """The awards (ids) of a badge that an address has and that are valid on a day; one of those that no index knows."""
    found = holders_of(catalogue, badge, index)
    if not found.holds(address, day):
        return ()
    return tuple(award for award, last in found.known[address] if _valid(last, day))


def _sort_in(found: Holders, catalogue: Catalogue, batch: Batch, award: Award, address: str | None) -> None:
    entry = (award.id, catalogue.expires(batch, award))
    recipient = award.recipient
    if address and recipient.is_of(address):
        found.known.setdefault(address, []).append(entry)
        return
    digest = bytes.fromhex(recipient.identity.partition("$")[2])
    found.unknown.setdefault(recipient.salt.encode(), {})[digest] = entry


def awards_of(
    catalogue: Catalogue, addresses: Collection[str], index: Mapping[str, frozenset[str]], progress: Progress = silent
) -> dict[str, list[tuple[Batch, Award]]]:
    """All awards of each address, in the order of the catalogue; of those that are not known, every salt is tried.

    For 15,000 awards that is a hundredth of a second an address. `index` is not trusted blindly.
    """
    holder = {award: address for address, awards in index.items() for award in awards}
    owner: dict[str, str] = {}
    unknown: list[tuple[bytes, bytes, str]] = []
    for _, award in catalogue.each_award():
        address, recipient = holder.get(award.id), award.recipient
        if address and recipient.is_of(address):
            owner[award.id] = address
        else:
            digest = bytes.fromhex(recipient.identity.partition("$")[2])
            unknown.append((recipient.salt.encode(), digest, award.id))
    wanted = tuple(dict.fromkeys(addresses))
    for address in watched(wanted, "trying addresses", progress, long=len(wanted) * len(unknown) > _MANY_HASHES):
        begun = sha256(address.encode())
        for salt, identity, each in unknown:
            digested = begun.copy()
            digested.update(salt)
            if digested.digest() == identity:
                owner[each] = address
    found: dict[str, list[tuple[Batch, Award]]] = {address: [] for address in wanted}
    for batch, award in catalogue.each_award():
        if owner.get(award.id) in found:
            found[owner[award.id]].append((batch, award))
    return found


def _valid(last: date | None, day: date) -> bool:
    return last is None or last >= day
