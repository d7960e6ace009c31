"""What is signed: where each credential stands in a status list, and whose each place ever was."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

Position = tuple[str, int]  # the name of a status list, and an index in it


@dataclass(frozen=True, slots=True)
class StatusList:
    """A status list of `size` bits for one batch: the awards that ever had an index, and the bits set as signed.

    `signed` is None for a list that is still to be signed, or is signed by no key of the issuer.
    """

    issuer: str
    batch: str
    size: int
    owners: Mapping[int, frozenset[str]] = field(default_factory=dict)
    signed: frozenset[int] | None = None

    @property
    def set_bits(self) -> frozenset[int]:
        """The indices whose bit is set as signed; it stays so."""
        return self.signed or frozenset()

    @property
    def used(self) -> frozenset[int]:
        """The indices that no other credential may ever get."""
        return self.set_bits.union(self.owners)


@dataclass(frozen=True, slots=True)
class Register:
    """Where the credential of each award stands, the status lists by name, and the awards that were revoked."""

    current: Mapping[str, Position] = field(default_factory=dict)
    lists: Mapping[str, StatusList] = field(default_factory=dict)
    revoked: Collection[str] = frozenset()

    def bits(self, name: str) -> frozenset[int]:
        """The indices whose bit is to be set: of all credentials but those that count. A set bit stays set."""
        found = self.lists[name]
        dead = (index for index, owners in found.owners.items() if not self._counts((name, index), owners))
        return found.set_bits.union(dead)

    def burnt(self) -> frozenset[str]:
        """The awards that need a new credential because the index of theirs is another's too, or its bit is set."""
        return frozenset(
            award
            for award, (name, index) in self.current.items()
            if award not in self.revoked
            and (len(self.lists[name].owners[index]) > 1 or index in self.lists[name].set_bits)
        )

    def due_lists(self) -> tuple[str, ...]:
        """The lists that somebody uses and that are not signed, or not with the bits that they should have."""
        return tuple(name for name, found in self.lists.items() if found.owners and self.bits(name) != found.signed)

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
