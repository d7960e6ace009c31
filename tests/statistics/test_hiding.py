"""What is left out: enough that nothing small follows, found again by exact fractions, and no more than it must be."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import chain, combinations, product
from operator import mul

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from badgesite.statistics.hiding import NEAREST, STEPS, Column, Layout, hidden_in
from badgesite.statistics.worlds import Cell, Told

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
def layouts(draw: st.DrawFn, pieces: int = 4, groups: int = 4, largest: int = 20) -> Layout:
    """A few pieces of time, periods made of some that follow each other, and indicators."""
    pieces, groups = draw(st.integers(1, pieces)), draw(st.integers(2, groups))
    number = st.sampled_from([0, *(one for one in (0, 1, 2, 3, 4, 5, 6, 20) if one <= largest)])
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


def _targets(layout: Layout) -> list[Vector]:
    """What nobody must know if it is small, listed without the help of the package: as numbers of each unknown."""
    count = len(layout.numbers[0])
    spans = [*layout.rows, tuple(1 for _ in layout.numbers)]
    for one, two in combinations(layout.rows, 2):
        spans += [tuple(a * (1 - b) for a, b in zip(*pair, strict=True)) for pair in ((one, two), (two, one))]
        spans.append(tuple(a * b for a, b in zip(one, two, strict=True)))
    spans += [column.total.weights for column in layout.columns if column.total]
    sets = [{group} for group in range(count)]
    for column in layout.columns:
        sets += [set(column.cells[0].groups), set(range(count)) - column.cells[0].groups]
    vectors = [
        tuple(weight * (group in one) for weight in span for group in range(count)) for span in spans for one in sets
    ]
    return [vector for vector in vectors if 0 < _value(vector, layout) < 5]


def _value(vector: Vector, layout: Layout) -> int:
    return sum(map(mul, vector, chain(*layout.numbers)))


@given(layouts())
def test_no_small_number_follows_from_what_is_told(layout: Layout) -> None:
    hidden = hidden_in(layout)
    unknowns = list(product(range(len(layout.numbers)), range(len(layout.numbers[0]))))
    shown = [_vector(layout, cell) for cell in layout.cells if cell not in hidden]
    known = [*shown, *(tuple(int(piece == one) for piece, _ in unknowns) for one in range(len(layout.numbers)))]
    for vector in shown:
        if not _value(vector, layout):
            known += [tuple(int(one == at) for one in range(len(vector))) for at, weight in enumerate(vector) if weight]
    assert not [vector for vector in shown if 0 < _value(vector, layout) < 5]
    assert not [vector for vector in _targets(layout) if _follows(vector, known)], hidden


def _shares(number: int, groups: int) -> list[Vector]:
    """Every way to share so many awards out to so many groups."""
    if groups == 1:
        return [(number,)]
    return [(one, *rest) for one in range(number + 1) for rest in _shares(number - one, groups - 1)]


@settings(max_examples=60, deadline=None)
@given(layouts(pieces=3, groups=3, largest=2))
def test_every_small_number_could_be_another_one_for_all_that_is_told(layout: Layout) -> None:
    hidden = hidden_in(layout)
    shown = [_vector(layout, cell) for cell in layout.cells if cell not in hidden]
    told = [_value(vector, layout) for vector in shown]
    open_ = {vector: _value(vector, layout) for vector in _targets(layout)}
    for world in product(*(_shares(sum(line), len(line)) for line in layout.numbers)):
        numbers = tuple(chain(*world))
        changed = [vector for vector, value in open_.items() if sum(map(mul, vector, numbers)) != value]
        if changed and all(sum(map(mul, vector, numbers)) == value for vector, value in zip(shown, told, strict=True)):
            open_ = {vector: value for vector, value in open_.items() if vector not in changed}
        if not open_:
            return
    assert not open_, hidden


def test_a_total_of_overlapping_periods_does_not_tell_what_their_difference_bounds() -> None:
    numbers = ((600, 2, 0), (1, 0, 0))
    first, both, students = (1, 0), (1, 1), frozenset([0])
    total = Cell((2, 1), students)
    column = Column((Cell(first, students), Cell(both, students)), total)
    hidden = hidden_in(Layout(numbers, (first, both), (column,)))
    assert {Cell(first, students), Cell(both, students), total} <= hidden


def test_a_site_too_large_to_look_at_number_by_number_hides_all_that_is_near_a_small_one() -> None:
    numbers = tuple((90, 70 + piece, 3 if piece % 30 == 7 else 8, 0) for piece in range(90))
    rows = tuple(tuple(int(first <= piece < first + 5) for piece in range(90)) for first in range(0, 90, 2))
    layout = Layout(numbers, rows, ())
    assert layout.large
    near = {Cell(row, group) for row in rows for group in layout.groups if row[7] or row[37] or row[67]}
    assert hidden_in(layout) == near


def test_what_is_looked_at_number_by_number_is_not_looked_at_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = tuple(tuple((piece * 7 + group * 5) % 9 for group in range(6)) for piece in range(18))
    rows = tuple(tuple(int(first <= piece < first + 5) for piece in range(18)) for first in range(12))
    looked, knows = Counter[str](), Told.knows

    def counted(told: Told, cell: Cell) -> bool:
        looked["at"] += 1
        return knows(told, cell)

    monkeypatch.setattr(Told, "knows", counted)
    layout = Layout(numbers, rows, ())
    assert not layout.large
    hidden_in(layout)
    assert looked["at"] <= len(layout.small) + len(layout.cells) + STEPS // layout.steps + NEAREST


@given(layouts())
def test_where_nothing_is_small_nothing_is_left_out(layout: Layout) -> None:
    large = Layout(tuple(tuple(9 * number for number in row) for row in layout.numbers), layout.rows, layout.columns)
    assert hidden_in(large) == frozenset()
