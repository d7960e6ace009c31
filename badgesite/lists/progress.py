"""How far a long list is, for whoever watches."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

Progress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
MANY_ROWS = 20_000  # to read, fit or make so many takes about a second
_STEP = 100
_Item = TypeVar("_Item")


@contextmanager
def silent(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A progress that nobody watches."""
    yield lambda done: None


def watched(items: Sequence[_Item], label: str, progress: Progress, *, long: bool | None = None) -> Iterator[_Item]:
    """The items one by one, with their progress if they take `long`: by default, if they are many."""
    shown = len(items) >= MANY_ROWS if long is None else long
    with (progress if shown else silent)(label, len(items)) as advance:
        for number, item in enumerate(items):
            if number and number % _STEP == 0:
                advance(_STEP)
            yield item
        advance(len(items) - max(len(items) - 1, 0) // _STEP * _STEP)
