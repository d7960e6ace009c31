"""What follows from published numbers, by adding and subtracting: told by another world in which they are the same.

The unknowns are the awards of each group in each piece of time. A number follows from the published ones exactly if it
is the same in every world in which those are. So we take the difference between ours and one such world, chosen without
any special property, and see which numbers it moves. Arithmetic is modulo a large prime: whatever follows by plain
arithmetic follows there too, so nothing is taken for safe that is not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

PRIME = 2**61 - 1

Numbers = Sequence[Sequence[int]]
Unknown = tuple[int, int]
World = Mapping[Unknown, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """A number by group: how often each piece of time counts in it, and the groups (by index) that do."""

    weights: tuple[int, ...]
    groups: frozenset[int]

    def of(self, numbers: Numbers) -> int:
        """Its value."""
        return sum(weight * numbers[piece][group] for (piece, group), weight in self.unknowns)

    @property
    def unknowns(self) -> Iterable[tuple[Unknown, int]]:
        """What it adds up, and how often."""
        return (
            ((piece, group), weight) for piece, weight in enumerate(self.weights) if weight for group in self.groups
        )

    def follows(self, world: World) -> bool:
        """Whether it is the same there."""
        return sum(weight * world.get(unknown, 0) for unknown, weight in self.unknowns) % PRIME == 0


def other_world(numbers: Numbers, shown: Iterable[Cell], empty: Iterable[Cell]) -> World:
    """How some other world differs in which all awards of each piece of time, and the cells `shown`, are the same.

    No number of awards is below zero, so whatever adds up to nothing is nothing part by part: in a cell that is shown,
    and in one of the `empty` ones that follows.
    """
    shown, empty = tuple(shown), tuple(empty)
    nothing = {unknown for cell in shown if cell.of(numbers) == 0 for unknown, _ in cell.unknowns}
    while True:
        world = _solved(numbers, shown, nothing)
        found = {unknown for cell in empty if cell.follows(world) for unknown, _ in cell.unknowns} - nothing
        if not found:
            return world
        nothing |= found


def _solved(numbers: Numbers, shown: Iterable[Cell], nothing: set[Unknown]) -> dict[Unknown, int]:
    """A solution, without any special property, of: nothing that is known moves."""
    count = len(numbers[0])
    totals = [{(piece, group): 1 for group in range(count)} for piece in range(len(numbers))]
    equations = [*totals, *(dict(cell.unknowns) for cell in shown)]
    solved: dict[Unknown, dict[Unknown, int]] = {}  # each for an unknown that no later equation has
    for equation in equations:
        row = {unknown: factor for unknown, factor in equation.items() if unknown not in nothing}
        for unknown, known in solved.items():
            if unknown in row:
                _subtract(row, known, row[unknown])
        if row:
            unknown, factor = next(iter(row.items()))
            inverse = pow(factor, -1, PRIME)
            solved[unknown] = {other: factor * inverse % PRIME for other, factor in row.items()}
    free = {(piece, group) for piece in range(len(numbers)) for group in range(count)} - nothing - solved.keys()
    world = {unknown: _any_number(unknown) for unknown in free}
    for unknown, row in reversed(solved.items()):
        world[unknown] = -sum(factor * world[other] for other, factor in row.items() if other != unknown) % PRIME
    return world


def _subtract(row: dict[Unknown, int], other: Mapping[Unknown, int], times: int) -> None:
    for unknown, factor in other.items():
        left = (row.get(unknown, 0) - times * factor) % PRIME
        if left:
            row[unknown] = left
        else:
            row.pop(unknown, None)


@cache
def _any_number(unknown: Unknown) -> int:
    """A number without meaning, always the same."""
    return int.from_bytes(sha256(repr(unknown).encode()).digest()[:8], "big") % PRIME
