"""Which numbers by group are left out, so that none below five can be read or worked out (decision 061)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from badgesite.statistics.worlds import Cell, Numbers, Step, Told, told_of

SMALLEST = 5
NEAREST = 12  # numbers that are tried alone
STEPS = 250_000  # steps that all these tries may look at
WORK = 1_000_000  # numbers, or steps for each of them, that are looked at; where there are more, more is left out


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
    def spans(self) -> tuple[tuple[int, ...], ...]:
        """Every stretch of time that is told of, and all time."""
        told = [cell.weights for column in self.columns for cell in column.cells]
        return tuple(dict.fromkeys([*self.rows, *told, (1,) * len(self.numbers)]))

    @cached_property
    def sets(self) -> tuple[frozenset[int], ...]:
        """Each group, those that an indicator counts, and those that it does not count."""
        everyone = frozenset(range(len(self.numbers[0])))
        counted = [cell.groups for column in self.columns for cell in column.cells]
        return tuple(dict.fromkeys([*self.groups, *counted, *(everyone - one for one in counted)]))

    @property
    def large(self) -> bool:
        """Whether there is too much to look at it number by number."""
        watched = 4 * len(self.spans) ** 2 * len(self.sets) * len(self.numbers)
        return max(watched, self.steps * len(self.cells)) > WORK

    @property
    def steps(self) -> int:
        """How many steps there are at most from world to world."""
        return len(self.numbers) * len(self.groups) ** 2

    @cached_property
    def small(self) -> tuple[Cell, ...]:
        """Every number that must not be known: somebody stands behind it, and too few to hide among.

        Those of each set of groups in each stretch that is told of, in what two of these share, in what one has and
        another has not, and in the periods of an indicator added up.
        """
        totals = [column.total.weights for column in self.columns if column.total]
        watched = product(dict.fromkeys([*self._stretches(), *totals]), self.sets)
        return tuple(cell for cell in (Cell(*one) for one in watched) if 0 < self.value(cell) < SMALLEST)

    def value(self, cell: Cell) -> int:
        """The number itself."""
        return cell.of(self.numbers)

    def expected(self, cell: Cell) -> bool:
        """Whether it says that nobody is without a group: to hide what everyone expects hides nothing."""
        return cell.groups == self.groups[-1] and not self.value(cell)

    def _stretches(self) -> Iterator[tuple[int, ...]]:
        for one, two in product(self.spans, self.spans):
            yield tuple(a * b for a, b in zip(one, two, strict=True))
            yield tuple(a * (1 - b) for a, b in zip(one, two, strict=True))


def hidden_in(layout: Layout) -> frozenset[Cell]:
    """The numbers to leave out: small ones, the next smallest beside each, and what else would give one away."""
    if layout.large:
        return _near_small(layout)
    hidden = set(layout.cells) & set(layout.small)
    tries, unsafe = STEPS // layout.steps, list(reversed(layout.small))
    while unsafe:
        while more := _alone(layout, hidden):
            hidden.add(more)
        told = told_of(layout.numbers, [cell for cell in layout.cells if cell not in hidden])
        while unsafe and not told.knows(unsafe[-1]):
            unsafe.pop()  # what is not known now is not when less is told
        if unsafe:
            enough = _enough_alone(layout, told, unsafe[-1]) if tries > 0 else None
            tries -= NEAREST
            hidden.update([enough] if enough else told.broken(_lightest(layout, told, unsafe[-1])))
    return frozenset(hidden)


def _near_small(layout: Layout) -> frozenset[Cell]:
    """Every number with a piece of time in which a group has few: more than need be, and found in one walk."""
    near = {piece for piece, line in enumerate(layout.numbers) if any(0 < number < SMALLEST for number in line)}
    return frozenset(cell for cell in layout.cells if any(cell.weights[piece] for piece in near))


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


def _enough_alone(layout: Layout, told: Told, known: Cell) -> Cell | None:
    """What is enough to hide by itself so that a number is not known: of the nearest and smallest, the first."""

    def nearness(cell: Cell) -> tuple[bool, bool, bool, int]:
        apart = not any(a and b for a, b in zip(cell.weights, known.weights, strict=True))
        return apart, cell.weights != known.weights, not cell.groups & known.groups, layout.value(cell)

    candidates = sorted((cell for cell in told.places if not layout.expected(cell)), key=nearness)[:NEAREST]
    return next((cell for cell in candidates if not told.without(cell).knows(known)), None)


def _lightest(layout: Layout, told: Told, known: Cell) -> Step:
    """Of the steps that change a number, the one that changes the fewest and smallest of those that are told."""

    def weight(step: Step) -> tuple[int, int]:
        broken = told.broken(step)
        return len(broken), sum(map(layout.value, broken))

    return min((step for step in told.steps() if known.change(step)), key=weight)
