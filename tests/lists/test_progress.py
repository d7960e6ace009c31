"""Whoever watches a long list sees all of it go by, and is not bothered with a short one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from badgesite.lists.progress import MANY_ROWS, Progress, watched
from badgesite.lists.reading import read_list


def watcher(told: list[tuple[str, int]]) -> Progress:
    """A progress that notes what it is told."""

    @contextmanager
    def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
        yield lambda done: told.append((label, done))

    return progress


@pytest.mark.parametrize("number", [0, 1, 99, 100, 101, 200, 250])
def test_every_item_is_given_and_counted(number: int) -> None:
    told: list[tuple[str, int]] = []
    assert list(watched(range(number), "work", watcher(told), long=True)) == list(range(number))
    assert sum(done for _, done in told) == number


def test_a_short_list_is_read_without_a_word_and_a_long_one_with() -> None:
    told: list[tuple[str, int]] = []
    read_list(b"email\n" + b"a@x.org\n" * (MANY_ROWS - 1), "list.csv", watcher(told))
    assert told == []
    read_list(b"email\n" + b"a@x.org\n" * MANY_ROWS, "list.csv", watcher(told))
    assert {label for label, _ in told} == {"reading the list"}
    assert sum(done for _, done in told) == MANY_ROWS
