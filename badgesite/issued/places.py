"""Free places in status lists, drawn at random: none that was ever a credential's (docs/formats.md, Credentials)."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from badgesite.issued.register import Position, Register, StatusList
from badgesite.model.award import Batch
from badgesite.model.catalogue import Catalogue
from badgesite.standards.status import size_for

MOST_USED = 4  # a list takes credentials until a quarter of it is used


@dataclass(frozen=True, slots=True)
class Chance:
    """`index` gives a number from 0 and below the one it is given; `name` eight hexadecimal digits."""

    index: Callable[[int], int]
    name: Callable[[], str]


def draw_places(
    catalogue: Catalogue, register: Register, awards: Collection[str], chance: Chance
) -> tuple[dict[str, Position], Register]:
    """A place for a new credential of each of these awards, and the register with them; batches get lists they lack."""
    rooms = _Rooms(catalogue, register, chance)
    drawn = {award.id: rooms.place(batch) for batch, award in catalogue.each_award() if award.id in awards}
    return drawn, replace(register, lists=rooms.lists).with_positions(drawn)


class _Rooms:
    """The lists of a run, and what is still free in them."""

    def __init__(self, catalogue: Catalogue, register: Register, chance: Chance) -> None:
        self.catalogue, self.chance = catalogue, chance
        self.lists = dict(register.lists)
        self._names = {name for _, name in catalogue.status_lists} | {
            entry.list for entries in catalogue.locked.values() for entry in entries
        }
        self._used = {name: sorted(found.used) for name, found in self.lists.items()}
        self._of_batch: dict[str, list[str]] = defaultdict(list)
        for name, found in self.lists.items():
            self._of_batch[found.batch].append(name)

    def place(self, batch: Batch) -> Position:
        """A place that nobody ever had, in a list of the batch."""
        name = next(filter(self._has_room, self._of_batch[batch.slug]), None) or self._new_list(batch)
        used, size = self._used[name], self.lists[name].size
        drawn = self.chance.index(size - len(used))
        index = drawn + bisect_right(range(len(used)), drawn, key=lambda taken: used[taken] - taken)
        insort(used, index)
        return name, index

    def _has_room(self, name: str) -> bool:
        return len(self._used[name]) * MOST_USED < self.lists[name].size

    def _new_list(self, batch: Batch) -> str:
        name = self.chance.name()
        while name in self._names or name in self.lists:
            name = self.chance.name()
        issuer = self.catalogue.badges[batch.badge].issuer
        self.lists[name] = StatusList(issuer, batch.slug, size_for(len(batch.awards)))
        self._used[name] = []
        self._of_batch[batch.slug].append(name)
        return name
