"""Which numbers by group are left out, so that none below five can be read or worked out (decision 061)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from badgesite.statistics.worlds import Cell, Numbers, World, other_world

SMALLEST = 5
NEAREST = 12  # numbers that are tried alone


@dataclass(frozen=True, slots=True)
class Column:
    """An indicator: its number in each of its periods, and in all together where that is told."""

    cells: tuple[Cell, ...]
    total: Cell | None


@dataclass(frozen=True)
class Layout:
    """What would be published: `numbers` by piece of time and group, the last of which is "no group".

    `rows` are the lines of the table by group, as weights of the pieces; `columns` the indicators.
    """

    numbers: Numbers
    rows: tuple[tuple[int, ...], ...]
    columns: tuple[Column, ...]
    _values: dict[Cell, int] = field(default_factory=dict)

    @cached_property
    def groups(self) -> tuple[frozenset[int], ...]:
        """Each group by itself."""
        return tuple(frozenset([group]) for group in range(len(self.numbers[0])))

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every number by group that would be published, once."""
        found = [Cell(row, group) for row in self.rows for group in self.groups]
        for column in self.columns:
            found += [*column.cells, *([column.total] if column.total else [])]
        return tuple(dict.fromkeys(found))

    @cached_property
    def watched(self) -> tuple[Cell, ...]:
        """Every number that must not be worked out if it is small.

        Those that would be published, and the same for what two periods share, or one has and another has not.
        """
        sets = dict.fromkeys(cell.groups for cell in self.cells)
        return tuple(dict.fromkeys([*self.cells, *(Cell(one, two) for one, two in product(self._stretches(), sets))]))

    @cached_property
    def small(self) -> tuple[Cell, ...]:
        """Those behind which somebody stands, and too few to hide among."""
        return tuple(cell for cell in self.watched if 0 < self.value(cell) < SMALLEST)

    @cached_property
    def empty(self) -> tuple[Cell, ...]:
        """Those behind which nobody stands, and the same for everyone else."""
        everyone = frozenset(range(len(self.numbers[0])))
        both = [*self.watched, *(Cell(cell.weights, everyone - cell.groups) for cell in self.watched)]
        return tuple(cell for cell in both if self.value(cell) == 0 and any(cell.weights))

    def value(self, cell: Cell) -> int:
        """The number itself."""
        if cell not in self._values:
            self._values[cell] = cell.of(self.numbers)
        return self._values[cell]

    def expected(self, cell: Cell) -> bool:
        """Whether it says that nobody is without a group: to hide what everyone expects hides nothing."""
        return cell.groups == self.groups[-1] and not self.value(cell)

    def _stretches(self) -> Iterator[tuple[int, ...]]:
        ever = (1,) * len(self.numbers)
        spans = dict.fromkeys([*self.rows, *(cell.weights for column in self.columns for cell in column.cells), ever])
        for one, two in product(spans, spans):
            yield tuple(a * b for a, b in zip(one, two, strict=True))
            yield tuple(a * (1 - b) for a, b in zip(one, two, strict=True))


def hidden_in(layout: Layout) -> frozenset[Cell]:
    """The numbers to leave out: small ones, the next smallest beside each, and what else would give one away."""
    if not layout.small:
        return frozenset()
    hidden = set(layout.cells) & set(layout.small)
    while True:
        while more := _alone(layout, hidden):
            hidden.add(more)
        exposed = _exposed(layout, hidden)
        if exposed is None:
            return frozenset(hidden)
        hidden.add(_remedy(layout, hidden, exposed))


def _alone(layout: Layout, hidden: set[Cell]) -> Cell | None:
    """What to hide beside a number that is the only one hidden in its line, or in its column above a total."""
    for row in layout.rows:
        cells = [Cell(row, group) for group in layout.groups]
        if len(hidden.intersection(cells)) == 1:
            return _smallest(layout, [cell for cell in cells if cell not in hidden])
    for column in layout.columns:
        cells = list(dict.fromkeys(column.cells))
        if column.total and column.total not in hidden and len(hidden.intersection(cells)) == 1:
            return _smallest(layout, [cell for cell in cells if cell not in hidden]) or column.total
    return None


def _smallest(layout: Layout, cells: Sequence[Cell]) -> Cell | None:
    return min(cells, key=lambda cell: (layout.expected(cell), layout.value(cell)), default=None)


def _shown(layout: Layout, hidden: set[Cell]) -> Iterator[Cell]:
    return (cell for cell in layout.cells if cell not in hidden)


def _world(layout: Layout, hidden: set[Cell]) -> World:
    return other_world(layout.numbers, _shown(layout, hidden), layout.empty)


def _exposed(layout: Layout, hidden: set[Cell]) -> Cell | None:
    """A small number that follows from those that are shown."""
    world = _world(layout, hidden)
    return next((cell for cell in layout.small if cell.follows(world)), None)


def _remedy(layout: Layout, hidden: set[Cell], exposed: Cell) -> Cell:
    """What to hide so that a number does not follow: what is enough by itself, the nearest and smallest first.

    If nothing is, the first part of a remedy.
    """

    def nearness(cell: Cell) -> tuple[bool, bool, bool, int]:
        apart = not any(a and b for a, b in zip(cell.weights, exposed.weights, strict=True))
        return apart, cell.weights != exposed.weights, not cell.groups & exposed.groups, layout.value(cell)

    shown = sorted(_shown(layout, hidden), key=nearness)
    candidates = [cell for cell in shown if not layout.expected(cell)] or shown
    for cell in candidates[:NEAREST]:
        if not exposed.follows(_world(layout, {*hidden, cell})):
            return cell
    return next((cell for cell in candidates if cell.groups == exposed.groups), candidates[0])
