"""Work on many things in pieces, here or in several processes, none of which ever sees a key."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

from badgesite.crypto.private_keys import hidden
from badgesite.errors import OutputError

Thing = TypeVar("Thing")
Result = TypeVar("Result")
Work = Callable[[Sequence[Thing]], list[Result]]


def worked(
    work: Work[Thing, Result], things: Iterable[Thing], workers: int, piece: int
) -> Iterator[tuple[Thing, Result]]:
    """Each thing, in order, with what `work` makes of it; things are taken as they are needed.

    With fewer than two workers the work is done here, one by one. Otherwise `work` and what it takes and gives go to
    other processes, `piece` things at a time.
    """
    if workers < 2:
        for thing in things:
            yield thing, work([thing])[0]
        return
    spawning = get_context("spawn")  # the one way that every system has
    with hidden():  # processes are begun as pieces come
        pool = ProcessPoolExecutor(workers, spawning, initializer=_begin)
        try:
            for taken, promised in _promised(pool, work, things, workers, piece):
                yield from zip(taken, _received(promised), strict=True)
        finally:
            pool.shutdown(cancel_futures=True)


def _promised(
    pool: ProcessPoolExecutor, work: Work[Thing, Result], things: Iterable[Thing], workers: int, piece: int
) -> Iterator[tuple[Sequence[Thing], Future[list[Result]]]]:
    """Pieces with the promise of their results, in order; never more of them at once than keep every process busy."""
    waiting: deque[tuple[Sequence[Thing], Future[list[Result]]]] = deque()
    rest = iter(things)
    while taken := list(islice(rest, piece)):
        waiting.append((taken, pool.submit(work, taken)))
        if len(waiting) > workers + 1:
            yield waiting.popleft()
    yield from waiting


def _received(promised: "Future[list[Result]]") -> list[Result]:
    try:
        return promised.result()
    except BrokenProcessPool as error:
        raise OutputError("a process ended too early; if memory is short, try --jobs 1") from error


def _begin() -> None:
    """The first thing in a helping process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started us is told, and ends us
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
    os._exit(1)
