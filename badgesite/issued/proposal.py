"""What one run would sign, before any key is there: credentials with a place for each, and status lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from badgesite.content.reading import Reading
from badgesite.errors import SignatureError, counted
from badgesite.issued.due import Due, difference_problems, forged_problems
from badgesite.issued.places import Chance, draw_places
from badgesite.issued.register import Position, Register
from badgesite.model.catalogue import Catalogue

_WAITS = "until that is decided `badgesite build` publishes nothing, no revocation either"
_REPLACE = "put back what was signed, or run `badgesite sign --replace`, which issues anew at the same address"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Credentials of these awards at these places, and status lists by name; `str()` says it in one line.

    `register` is as it will be; `replaced` are the awards that have a credential already, `revoked` those whose bit
    is set because they no longer stand.
    """

    register: Register
    places: Mapping[str, Position]
    replaced: frozenset[str]
    lists: tuple[str, ...]
    revoked: tuple[str, ...] = ()

    @property
    def issuers(self) -> tuple[str, ...]:
        """Those whose keys are needed, and no others."""
        names = {*self.lists, *(name for name, _ in self.places.values())}
        return tuple(sorted({self.register.lists[name].issuer for name in names}))

    def __bool__(self) -> bool:
        return bool(self.places or self.lists)

    def __str__(self) -> str:
        new = counted(len(self.places) - len(self.replaced), "new credential")
        revoked = f"{len(self.revoked)} revoked, " if self.revoked else ""
        return f"{new}, {len(self.replaced)} replaced, {revoked}{counted(len(self.lists), 'status list')}"


def propose(catalogue: Catalogue, reading: Reading, due: Due, chance: Chance, *, replaces: bool) -> Proposal:
    """What settles all that is due; also what a revoked key signed, as whoever revoked it has decided that.

    Where a record says something else than its credential, that stays as it is unless this run `replaces` it; see
    `refuse_differences`. SignatureError for a credential that none of the site's keys signed; and if nobody can tell
    which credential of such an award counts, as any list that is signed would decide it.
    """
    if due.forged:
        raise SignatureError(problems=forged_problems(reading, due))
    if not replaces and not due.changed.keys().isdisjoint(due.burnt):
        refuse_differences(reading, due)
    replaced = frozenset((*due.burnt, *due.disowned.credentials, *(due.changed if replaces else ())))
    places, register = draw_places(catalogue, due.register, replaced.union(due.new), chance)
    return Proposal(register, places, replaced, register.due_lists(), tuple(_revoked(catalogue, register)))


def refuse_differences(reading: Reading, due: Due) -> None:
    """SignatureError if a record says something else than its credential: whether to replace it, people decide."""
    if due.changed:
        records = "1 record says" if len(due.changed) == 1 else f"{len(due.changed)} records say"
        told = f"{records} something else than the credential that was signed, and {_WAITS}; {_REPLACE}"
        raise SignatureError(told, difference_problems(reading, due))


def _revoked(catalogue: Catalogue, register: Register) -> Iterator[str]:
    """The awards whose revocation is new: neither a lock file nor a signed list has it; and those newly erased."""
    for _, award in catalogue.each_award():
        if award.revoked and award.id not in catalogue.revoked_bits:
            name, index = register.current[award.id]
            if index not in register.lists[name].set_bits:
                yield award.id
    for erased in catalogue.erased:
        entries = [entry for entry in catalogue.locked.get(erased, ()) if entry.list in register.lists]
        lists = [(register.lists[entry.list], entry.index) for entry in entries]
        if any(found.signed is not None and index not in found.set_bits for found, index in lists):
            yield erased  # a list that is lost, and made anew, revokes nobody anew
