"""Canonical hashes of many documents, here or in several processes, none of which ever sees a key."""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context, parent_process
from threading import Thread

from badgesite.crypto.private_keys import hidden
from badgesite.crypto.proofs import hashed
from badgesite.errors import FormatError, OutputError

PIECE = 25  # documents that a process takes in one go
WORTH_A_PROCESS = 100  # documents; a process takes about as long to begin

Document = Mapping[str, object]
Hash = bytes | FormatError


def hashes(documents: Iterable[Document], total: int, jobs: int) -> Iterator[tuple[Document, Hash]]:
    """Each document, in order, with its hash, or with what stands in the way of one.

    At most `jobs` processes hash the `total` documents, which are taken as they are needed.
    """
    workers = min(jobs, total // WORTH_A_PROCESS)
    if workers < 2:
        yield from ((document, hash_of(document)) for document in documents)
        return
    spawning = get_context("spawn")  # the one way that every system has
    with hidden():  # processes are begun as pieces come
        pool = ProcessPoolExecutor(workers, spawning, initializer=_begin)
        try:
            for piece, promised in _promised(pool, documents, workers):
                yield from zip(piece, _received(promised), strict=True)
        finally:
            pool.shutdown(cancel_futures=True)


def _promised(
    pool: ProcessPoolExecutor, documents: Iterable[Document], workers: int
) -> Iterator[tuple[Sequence[Document], Future[list[Hash]]]]:
    """Pieces with the promise of their hashes, in order; never more of them at once than keep every process busy."""
    waiting: deque[tuple[Sequence[Document], Future[list[Hash]]]] = deque()
    rest = iter(documents)
    while piece := list(islice(rest, PIECE)):
        waiting.append((piece, pool.submit(_hash_all, piece)))
        if len(waiting) > workers + 1:
            yield waiting.popleft()
    yield from waiting


def _received(promised: "Future[list[Hash]]") -> list[Hash]:
    try:
        return promised.result()
    except BrokenProcessPool as error:
        raise OutputError("a process ended too early; if memory is short, try --jobs 1") from error


def _hash_all(documents: Sequence[Document]) -> list[Hash]:
    return [hash_of(document) for document in documents]


def hash_of(document: Document) -> Hash:
    """The hash of a document, or what stands in the way of one."""
    try:
        return hashed(document)
    except FormatError as error:
        return error


def _begin() -> None:
    """The first thing in a helping process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started us is told, and ends us
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
    os._exit(1)
