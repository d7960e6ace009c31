"""What is left out: enough that nothing small follows, found again by exact fractions, and no more than it must be."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badgesite.statistics.hiding import Column, Layout, hidden_in
from badgesite.statistics.worlds import Cell

Vector = tuple[int, ...]


def _one(*rows: Sequence[int]) -> Layout:
    """Periods that follow each other, each a piece of time."""
    weights = [tuple(int(index == other) for other in range(len(rows))) for index in range(len(rows))]
    return Layout(rows, tuple(weights), ())


def _told(layout: Layout) -> list[list[int | None]]:
    hidden = hidden_in(layout)
    cells = [[Cell(row, group) for group in layout.groups] for row in layout.rows]
    return [[None if cell in hidden else layout.value(cell) for cell in row] for row in cells]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([5, 9, 0], [5, 9, 0]),
        ([4, 9, 50, 0], [None, None, 50, 0]),
        ([4, 3, 50, 0], [None, None, 50, 0]),
        ([3, 0, 50, 0], [None, None, 50, 0]),
        ([3, 50, 0], [None, None, 0]),
        ([3, 0], [None, None]),
        ([1, 2, 3, 4], [None, None, None, None]),
        ([50, 9, 9, 1], [50, None, 9, None]),
        ([0, 0, 0], [0, 0, 0]),
    ],
)
def test_a_small_number_goes_with_the_next_smallest_of_its_line(numbers: list[int], told: list[int | None]) -> None:
    assert _told(_one(numbers)) == [told]


def test_a_number_above_a_total_goes_with_the_next_smallest_above_it() -> None:
    numbers = ((3, 90, 20, 0), (80, 70, 60, 0), (90, 40, 50, 0))
    rows = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    first = frozenset([0])
    column = Column(tuple(Cell(row, first) for row in rows), Cell((1, 1, 1), first))
    layout = Layout(numbers, rows, (column,))
    assert _told(layout) == [[None, 90, None, 0], [None, 70, None, 0], [90, 40, 50, 0]]
    assert Cell((1, 1, 1), first) not in hidden_in(layout)


def test_a_year_that_is_longer_by_a_small_number_is_not_told_beside_the_shorter() -> None:
    layout = Layout(((50, 40, 0), (2, 8, 0)), ((1, 0), (1, 1)), ())
    assert None in _told(layout)[0] + _told(layout)[1]


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """A few pieces of time, periods made of some that follow each other, and indicators."""
    pieces, groups = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    number = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 20])
    lines = st.lists(number, min_size=groups, max_size=groups).filter(any).map(tuple)
    numbers = tuple(draw(st.lists(lines, min_size=pieces, max_size=pieces)))
    ends = st.tuples(st.integers(0, pieces - 1), st.integers(0, pieces - 1)).map(sorted)
    spans = ends.map(lambda pair: tuple(int(pair[0] <= piece <= pair[1]) for piece in range(pieces)))
    rows = draw(st.lists(spans, min_size=1, max_size=4, unique=True))
    columns = []
    for _ in range(draw(st.integers(0, 2))):
        chosen = draw(st.lists(st.sampled_from(rows), min_size=1, max_size=3, unique=True))
        counts = frozenset(draw(st.sets(st.integers(0, groups - 2), min_size=1)))
        total = Cell(tuple(map(sum, zip(*chosen, strict=True))), counts) if len(chosen) > 1 else None
        columns.append(Column(tuple(Cell(row, counts) for row in chosen), total))
    return Layout(numbers, tuple(rows), tuple(columns))


def _vector(layout: Layout, cell: Cell) -> Vector:
    groups = range(len(layout.numbers[0]))
    return tuple(weight * (group in cell.groups) for weight in cell.weights for group in groups)


def _follows(vector: Vector, known: Sequence[Vector]) -> bool:
    """Whether adding and subtracting what is known gives the vector: Gauss's way, with fractions."""
    rows = [[Fraction(number) for number in one] for one in known]
    rest = [Fraction(number) for number in vector]
    for column in range(len(vector)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        for row in (*rows, rest):
            times = row[column] / pivot[column]
            row[:] = [one - times * two for one, two in zip(row, pivot, strict=True)]
    return not any(rest)


@given(layouts())
def test_no_small_number_follows_from_what_is_told(layout: Layout) -> None:
    hidden = hidden_in(layout)
    groups = range(len(layout.numbers[0]))
    everyone = frozenset(groups)
    pieces = range(len(layout.numbers))
    alone = [tuple(int(piece == one) for one in pieces) for piece in pieces]
    shown = [cell for cell in layout.cells if cell not in hidden]
    nothing = {unknown for cell in shown if not cell.of(layout.numbers) for unknown, _ in cell.unknowns}
    known = [_vector(layout, cell) for cell in (*shown, *(Cell(piece, everyone) for piece in alone))]
    for piece, group in nothing:
        known.append(_vector(layout, Cell(alone[piece], frozenset([group]))))
    assert not [cell for cell in shown if 0 < cell.of(layout.numbers) < 5]
    spans = [*layout.rows]
    for one, two in combinations(layout.rows, 2):
        spans += [tuple(a * (1 - b) for a, b in zip(*pair, strict=True)) for pair in ((one, two), (two, one))]
        spans.append(tuple(a * b for a, b in zip(one, two, strict=True)))
    counted = {cell.groups for column in layout.columns for cell in column.cells}
    for weights in spans:
        for which in (*layout.groups, *counted):
            cell = Cell(weights, which)
            if 0 < cell.of(layout.numbers) < 5:
                assert not _follows(_vector(layout, cell), known), (cell, hidden)


@given(layouts())
def test_where_nothing_is_small_nothing_is_left_out(layout: Layout) -> None:
    large = Layout(tuple(tuple(9 * number for number in row) for row in layout.numbers), layout.rows, layout.columns)
    assert hidden_in(large) == frozenset()
