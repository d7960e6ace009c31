"""What can be known of the numbers that are not published: not what is different in another world that looks the same.

The unknowns are the awards of each group in each piece of time; how many a piece has in all, everyone may know. A step
takes one award from one group to another, in a piece. A step, or two, that leave every published number as it is, and
no number below zero, lead to a world of whole awards which nobody can tell from ours. So what such steps change, nobody
can know exactly: neither by adding and subtracting, nor by bounds. Farther worlds are not looked for: what no such step
changes is taken for known, though now and then it is not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

Numbers = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A number by group: how often each piece of time counts in it, and the groups (by index) that do."""

    weights: tuple[int, ...]
    groups: frozenset[int]

    def of(self, numbers: Numbers) -> int:
        """Its value."""
        pieces = ((weight, piece) for weight, piece in zip(self.weights, numbers, strict=True) if weight)
        return sum(weight * sum(piece[group] for group in self.groups) for weight, piece in pieces)

    def touches(self, piece: int, group: int) -> bool:
        """Whether awards of a group in a piece of time count in it."""
        return self.weights[piece] > 0 and group in self.groups

    def change(self, step: "Step") -> int:
        """By how much a step changes it."""
        weight = self.weights[step.piece]
        return weight and weight * ((step.into in self.groups) - (step.out in self.groups))


class Step(NamedTuple):
    """One award of a piece of time that goes from the group `out` to the group `into`."""

    piece: int
    out: int
    into: int


@dataclass(frozen=True)
class Told:
    """What is published of `numbers`, each cell of it with a place of its own.

    `marks` says of each unknown in which published cells it counts, and how often: each cell has `width` bits at its
    place, so many that what two steps change never runs over into the next one.
    """

    numbers: Numbers
    places: dict[Cell, int]
    width: int
    marks: tuple[tuple[int, ...], ...]

    def without(self, cell: Cell) -> "Told":
        """The same with a cell left out."""
        place = self.places[cell] * self.width
        marks = tuple(
            tuple(mark - (weight << place) if group in cell.groups else mark for group, mark in enumerate(line))
            if weight
            else line
            for weight, line in zip(cell.weights, self.marks, strict=True)
        )
        return Told(self.numbers, {one: at for one, at in self.places.items() if one != cell}, self.width, marks)

    def knows(self, cell: Cell) -> bool:
        """Whether the cell is the same in every world that is looked at.

        Two steps that undo each other's marks, without being unseen alone, never take the same award: both would go
        out of one group in one piece, and each published cell would have all three groups there or none.
        """
        for mark, steps in self._steps.items():
            changes = {cell.change(step) for step in steps}
            if mark == 0 and changes != {0}:
                return False
            if mark > 0 and -mark in self._steps:
                back = {cell.change(step) for step in self._steps[-mark]}
                if any(one + two for one in changes for two in back):
                    return False
        return True

    def broken(self, step: Step) -> tuple[Cell, ...]:
        """The published cells that a step changes."""
        return tuple(cell for cell in self.places if cell.change(step))

    def steps(self) -> Iterator[Step]:
        """Every step for which there is an award."""
        for piece, line in enumerate(self.numbers):
            for out in (group for group, number in enumerate(line) if number):
                yield from (Step(piece, out, into) for into in range(len(line)) if into != out)

    @cached_property
    def _steps(self) -> dict[int, list[Step]]:
        """The steps by what they change of what is published."""
        found: dict[int, list[Step]] = {}
        for step in self.steps():
            line = self.marks[step.piece]
            found.setdefault(line[step.into] - line[step.out], []).append(step)
        return found


def told_of(numbers: Numbers, cells: Sequence[Cell]) -> Told:
    """What is known when the cells are published."""
    most = max((weight for cell in cells for weight in cell.weights), default=1)
    width = (4 * most + 1).bit_length()
    marks = [[0] * len(line) for line in numbers]
    for place, cell in enumerate(cells):
        for piece, weight in enumerate(cell.weights):
            for group in cell.groups if weight else ():
                marks[piece][group] += weight << place * width
    return Told(numbers, {cell: place for place, cell in enumerate(cells)}, width, tuple(map(tuple, marks)))
