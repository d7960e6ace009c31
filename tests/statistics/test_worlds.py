"""Other worlds, and what is the same in all of them."""

from badgesite.statistics.worlds import Cell, told_of

NUMBERS = ((3, 7, 20), (4, 0, 1))
FIRST, SECOND, BOTH = (1, 0), (0, 1), (1, 1)


def _cell(weights: tuple[int, ...], *groups: int) -> Cell:
    return Cell(weights, frozenset(groups))


def test_a_number_adds_up_its_groups_in_its_pieces_as_often_as_they_count() -> None:
    assert _cell(FIRST, 0, 2).of(NUMBERS) == 23
    assert _cell((2, 1), 0).of(NUMBERS) == 10


def test_what_is_told_and_what_follows_from_it_is_known_and_nothing_else() -> None:
    told = told_of(NUMBERS, [_cell(FIRST, 2), _cell(BOTH, 0)])
    assert told.knows(_cell(FIRST, 2))
    assert told.knows(_cell(FIRST, 0, 1))
    assert told.knows(_cell(BOTH, 1, 2))
    assert not told.knows(_cell(FIRST, 0))
    assert not told.knows(_cell(SECOND, 0))


def test_in_a_number_that_is_nothing_every_part_is_nothing() -> None:
    told = told_of(((0, 7, 3), (0, 6, 4)), [_cell(BOTH, 0)])
    assert told.knows(_cell(SECOND, 0))
    assert not told.knows(_cell(SECOND, 1))


def test_nothing_that_follows_is_nothing_too_part_by_part() -> None:
    numbers = ((9, 0, 0), (5, 5, 5))
    assert told_of(numbers, [_cell(FIRST, 0)]).knows(_cell(FIRST, 1))
    assert not told_of(numbers, []).knows(_cell(FIRST, 1))


def test_a_number_that_bounds_leave_no_choice_is_known() -> None:
    numbers = ((600, 2, 0), (1, 0, 0))
    assert told_of(numbers, [_cell((2, 1), 0)]).knows(_cell(FIRST, 0))


def test_what_is_left_out_is_not_known_any_more() -> None:
    told = told_of(NUMBERS, [_cell(FIRST, 0), _cell(FIRST, 1)])
    assert told.without(_cell(FIRST, 0)).knows(_cell(FIRST, 1))
    assert not told.without(_cell(FIRST, 0)).knows(_cell(FIRST, 0))
