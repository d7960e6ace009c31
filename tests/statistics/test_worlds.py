"""Another world, and what stays the same in it."""

from badgesite.statistics.worlds import Cell, other_world

NUMBERS = ((3, 7, 20), (4, 0, 1))
FIRST, SECOND, BOTH = (1, 0), (0, 1), (1, 1)


def _cell(weights: tuple[int, ...], *groups: int) -> Cell:
    return Cell(weights, frozenset(groups))


def test_a_number_adds_up_its_groups_in_its_pieces_as_often_as_they_count() -> None:
    assert _cell(FIRST, 0, 2).of(NUMBERS) == 23
    assert _cell((2, 1), 0).of(NUMBERS) == 10


def test_what_is_shown_and_what_follows_from_it_stay_the_same_and_nothing_else() -> None:
    world = other_world(NUMBERS, [_cell(FIRST, 2), _cell(BOTH, 0)], [])
    assert _cell(FIRST, 2).follows(world)
    assert _cell(FIRST, 0, 1).follows(world)
    assert _cell(BOTH, 1, 2).follows(world)
    assert not _cell(FIRST, 0).follows(world)
    assert not _cell(SECOND, 0).follows(world)


def test_in_a_number_that_is_nothing_every_part_is_nothing() -> None:
    numbers = ((0, 7, 3), (0, 6, 4))
    world = other_world(numbers, [_cell(BOTH, 0)], [])
    assert _cell(SECOND, 0).follows(world)
    assert not _cell(SECOND, 1).follows(world)


def test_nothing_that_follows_is_nothing_too_part_by_part() -> None:
    numbers = ((9, 0, 0), (5, 5, 5))
    others = _cell(FIRST, 1, 2)
    assert _cell(FIRST, 1).follows(other_world(numbers, [_cell(FIRST, 0)], [others]))
    assert not _cell(FIRST, 1).follows(other_world(numbers, [_cell(FIRST, 0)], []))
