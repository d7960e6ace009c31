"""What is signed: where each credential stands in a status list, and whose each place ever was."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from badgesite.crypto.public_keys import PublicKey

Position = tuple[str, int]  # the name of a status list, and an index in it


@dataclass(frozen=True, slots=True)
class StatusList:
    """A status list of `size` bits for one batch: the awards that ever had an index, and the bits set as signed.

    `signed` is None for a list that is still to be signed, or is signed by no key of the issuer. `others` are the bits
    set in the other versions that a merge left. `disowned` is the key that signed it, if that was revoked since.
    """

    issuer: str
    batch: str
    size: int
    owners: Mapping[int, frozenset[str]] = field(default_factory=dict)
    signed: frozenset[int] | None = None
    others: frozenset[int] = frozenset()
    disowned: PublicKey | None = None

    @property
    def set_bits(self) -> frozenset[int]:
        """The indices whose bit is set as signed; it stays so."""
        return self.others.union(self.signed or ())

    @property
    def used(self) -> frozenset[int]:
        """The indices that no other credential may ever get."""
        return self.set_bits.union(self.owners)


@dataclass(frozen=True, slots=True)
class Register:
    """Where the credential of each award stands, the status lists by name, and the awards that were revoked.

    `earlier` are the places of credentials that are known to be older than their award's present one, from a merge.
    """

    current: Mapping[str, Position] = field(default_factory=dict)
    lists: Mapping[str, StatusList] = field(default_factory=dict)
    revoked: Collection[str] = frozenset()
    earlier: frozenset[Position] = frozenset()

    def bits(self, name: str) -> frozenset[int]:
        """The indices whose bit is to be set: of all credentials but those that count. A set bit stays set."""
        found = self.lists[name]
        dead = (index for index, owners in found.owners.items() if not self._counts((name, index), owners))
        return found.set_bits.union(dead)

    def burnt(self) -> frozenset[str]:
        """The awards that need a new credential: the index of theirs is another's too, or it is `outdated`."""
        return self.shared() | self.outdated()

    def shared(self) -> frozenset[str]:
        """The awards whose index is another's too."""
        return frozenset(award for award, place in self._standing() if len(self._owners(place)) > 1)

    def outdated(self) -> frozenset[str]:
        """The awards whose credential cannot be told to be their last one.

        Whoever replaces a credential sets the bit of the one before. So all but the last one have theirs set; else the
        credential or the list went back to an earlier state, and which of them count is known no more.
        """
        had, found = self._places(), set()
        for award, place in self._standing():
            alive = {each for each in had[award] if not self._is_set(each)}
            if alive and alive - self.earlier != {place}:
                found.add(award)
        return frozenset(found)

    def withdrawn(self) -> frozenset[str]:
        """The awards that were revoked, and whose records and lock lines say so no more.

        Every credential that they ever had has its bit set.
        """
        had = self._places()
        return frozenset(
            award
            for award, place in self._standing()
            if len(self._owners(place)) == 1 and all(map(self._is_set, had[award]))
        )

    def _standing(self) -> Iterator[tuple[str, Position]]:
        """The awards that have a credential and were not revoked."""
        return ((award, place) for award, place in self.current.items() if award not in self.revoked)

    def _places(self) -> Mapping[str, set[Position]]:
        """The places of all credentials that each award ever had."""
        had: dict[str, set[Position]] = defaultdict(set)
        for name, found in self.lists.items():
            for index, owners in found.owners.items():
                for award in owners:
                    had[award].add((name, index))
        return had

    def _owners(self, place: Position) -> Collection[str]:
        return self.lists[place[0]].owners[place[1]]

    def _is_set(self, place: Position) -> bool:
        return place[1] in self.lists[place[0]].set_bits

    def due_lists(self) -> tuple[str, ...]:
        """The lists that somebody uses and that are not signed, or not with the bits that they should have.

        And all that a key signed which was revoked since.
        """
        return tuple(
            name
            for name, found in self.lists.items()
            if found.disowned or (found.owners and self.bits(name) != found.signed)
        )

    def with_positions(self, drawn: Mapping[str, Position]) -> "Register":
        """As it will be when these awards have new credentials, at these positions of lists that are there."""
        owners = {name: dict(found.owners) for name, found in self.lists.items()}
        for award, (name, index) in drawn.items():
            owners[name][index] = owners[name].get(index, frozenset()) | {award}
        lists = {name: replace(found, owners=owners[name]) for name, found in self.lists.items()}
        return replace(self, current={**self.current, **drawn}, lists=lists)

    def _counts(self, position: Position, owners: Collection[str]) -> bool:
        """Whether the credential at a position is its award's present one, and the award stands."""
        if len(owners) != 1:
            return False
        (award,) = owners
        return self.current.get(award) == position and award not in self.revoked
