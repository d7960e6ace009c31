"""Make everything that outputs.py lists, look into it for addresses, and stage it: here, or in several processes.

What is signed is looked into as well: whether it is genuine, and still says what is recorded.

A badge is a piece, and awards are cut into pieces of one badge each; whoever is free takes the next. Who makes a piece
changes no byte.
"""

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from itertools import groupby
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from threading import Thread, active_count

from badgesite.artifact import Artifact, Written
from badgesite.crypto.private_keys import hidden
from badgesite.crypto.public_keys import KeyRing
from badgesite.errors import BadgesiteError, OutputError, Problem
from badgesite.issued.genuine import Fault, credential_faults, list_faults
from badgesite.leaks import Leak, leaks_in
from badgesite.makers.cards import undrawn_words
from badgesite.makers.context import Recorded, context_of, draw, paint, unpainted
from badgesite.model.catalogue import Catalogue
from badgesite.model.picture import Picture
from badgesite.model.undrawn import Undrawn
from badgesite.outputs import award_artifacts, badge_artifacts, class_artifacts, erased_artifacts
from badgesite.writer import Stage

PIECE = 500  # awards of one badge that one process makes in one go
WORTH_A_PROCESS = 250  # awards
LIKE_A_BADGE = 200  # awards, which take as long as a badge's share cards
Advance = Callable[[int], None]
Progress = Callable[[str, int], AbstractContextManager[Advance]]


@dataclass(slots=True)
class Made:
    """What was staged: what there is once or per badge, and the files of awards; what should not be in them, or lacks.

    `undrawn` are words of share cards that no font can draw, `slips` warnings of the site's own themes.
    """

    shared: list[Written] = field(default_factory=list)
    awards: list[Written] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    undrawn: list[Undrawn] = field(default_factory=list)
    slips: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Order:
    """What to make: the content, the site's folder, the day, and the folders of what is staged and of the output.

    Without an output nothing is staged: everything is made, looked into and forgotten, and share cards are not painted.
    Without `stage` it is only told how each file differs from the output. `keys` are those that what is signed is
    verified with; awards that are `not_issued` have a page and nothing else. The status lists of which it is told that
    they are `due` are not looked at again.
    """

    catalogue: Catalogue
    root: Path
    as_of: date
    fresh: Path
    target: Path | None = None
    keys: KeyRing = field(default_factory=KeyRing)
    not_issued: frozenset[str] = frozenset()
    due: frozenset[str] = frozenset()
    stage: bool = True


@contextmanager
def silent(label: str, total: int) -> Iterator[Advance]:
    """A progress that nobody watches."""
    yield lambda done: None


def make(order: Order, jobs: int, advance: Advance) -> Made:
    """Make everything in at most `jobs` processes; `advance` is told how many more awards are done.

    Those of a former address of the site are looked into, not made, and do not count.
    """
    workshop = Workshop(order)
    here = {award.id for _, award in order.catalogue.each_award_here()}
    sizes = [sum(award.id in here for _, award in piece) for piece in workshop.pieces]
    badges, told = len(workshop.badges), 0
    work = sum(map(len, workshop.pieces)) + (badges * LIKE_A_BADGE if order.target else 0)
    with _helpers(min(jobs, work // WORTH_A_PROCESS) - 1, order, badges + len(sizes)) as (numbers, helpers):
        workshop.make_shared()
        for number in workshop.make_pieces(numbers):
            begun = sum(sizes[: max(0, number + 1 - badges)])
            advance(begun - told)
            told = begun
        for helper in helpers:
            theirs = _received(helper)
            workshop.made.shared += theirs.shared
            workshop.made.awards += theirs.awards
            workshop.made.leaks += theirs.leaks
            workshop.made.faults += theirs.faults
    return workshop.made


class Workshop:
    """Where one process makes its part."""

    def __init__(self, order: Order) -> None:
        drawings = Drawings(order.fresh / "drawn")
        painting = paint if order.target else unpainted
        self.context = context_of(
            order.catalogue, order.root, order.as_of, drawings, order.keys, order.not_issued, painting
        )
        self.stage = Stage(order.target, order.fresh if order.stage else None) if order.target else None
        self.badges = tuple(order.catalogue.badges)
        self.pieces = _pieces(order.catalogue)
        self.due = order.due
        self.made = Made()

    def make_shared(self) -> None:
        """Make what there is once or per badge, and what stands for awards that were erased."""
        self.made.faults += list_faults(self.context.catalogue, self.context.keys, self.due)
        self.made.undrawn += undrawn_words(self.context)
        self.made.slips += self.context.theme.slips()
        self.made.shared += self._put(class_artifacts(self.context))
        self.made.awards += self._put(erased_artifacts(self.context))

    def make_pieces(self, numbers: Iterable[int]) -> Iterator[int]:
        """Make the pieces with these numbers, a badge each and then awards, and give back each when it is made."""
        for number in numbers:
            if number < len(self.badges):
                self.made.shared += self._put(badge_artifacts(self.context, self.badges[number]))
            else:
                awards = self.pieces[number - len(self.badges)]
                self.made.faults += self._faults(awards)
                self.made.awards += self._put(award_artifacts(self.context, awards))
            yield number

    def _faults(self, awards: Iterable[Recorded]) -> Iterator[Fault]:
        context = self.context
        issued = (each for each in awards if each[1].id not in context.not_issued)
        return credential_faults(context.catalogue, context.keys, issued)

    def _put(self, artifacts: Iterable[Artifact]) -> Iterator[Written]:
        for artifact in artifacts:
            self.made.leaks += leaks_in(artifact, self.context.catalogue.addresses)
            if self.stage:
                yield self.stage.put(artifact)


@dataclass(frozen=True, slots=True)
class Drawings:
    """Draws each picture once for all processes of a run, which find it in `folder`."""

    folder: Path

    def __call__(self, picture: Picture, band: str) -> bytes:
        """See outputs.draw."""
        place = self.folder / f"{sha256(band.encode()).hexdigest()[:16]}-{picture.digest}.png"
        try:
            return place.read_bytes()
        except FileNotFoundError:
            source = replace(picture, kind="png", data=self(picture, "")) if band else picture
            drawn = draw(source, band)
        self.folder.mkdir(exist_ok=True)
        unfinished = place.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(drawn)
        os.replace(unfinished, place)
        return drawn


def _pieces(catalogue: Catalogue) -> list[tuple[Recorded, ...]]:
    """All awards, those of a badge together, cut into pieces."""
    recorded = sorted(catalogue.each_award(), key=lambda one: one[0].badge)
    pieces = []
    for _, of_badge in groupby(recorded, key=lambda one: one[0].badge):
        together = tuple(of_badge)
        pieces += [together[start : start + PIECE] for start in range(0, len(together), PIECE)]
    return pieces


def _turns(turn: "Synchronized[int]", count: int) -> Iterator[int]:
    """The numbers below `count` that no other process takes."""
    while True:
        with turn.get_lock():
            mine = turn.value
            turn.value = min(mine + 1, count)
        if mine >= count:
            return
        yield mine


def _beginning() -> ForkContext | SpawnContext:
    """How processes begin: as copies of this one where that is sound, which has all in its memory; else anew.

    A copy has one thread, whatever locks the others held; and other systems cannot copy, or not safely.
    """
    if sys.platform == "linux" and active_count() == 1:
        return get_context("fork")
    return get_context("spawn")


@contextmanager
def _helpers(count: int, order: Order, pieces: int) -> Iterator[tuple[Iterable[int], list[Connection]]]:
    """The numbers of our own pieces, and a connection to each process that makes others and says there what it made."""
    if count < 1:
        yield range(pieces), []
        return
    processes, connections = [], []
    beginning = _beginning()
    with hidden():
        turn = beginning.Value("l", 0)
    try:
        for _ in range(count):
            ours, theirs = beginning.Pipe(duplex=False)
            process = beginning.Process(target=_help, args=(order, turn, pieces, theirs), daemon=True)
            with hidden():
                process.start()
            theirs.close()
            processes.append(process)
            connections.append(ours)
        yield _turns(turn, pieces), connections
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _received(helper: Connection) -> Made:
    try:
        answer: Made | BadgesiteError = helper.recv()
    except EOFError as error:
        raise OutputError("a process of the build ended too early; if memory is short, try --jobs 1") from error
    if isinstance(answer, BadgesiteError):
        raise answer
    return answer


def _help(order: Order, turn: "Synchronized[int]", pieces: int, answers: Connection) -> None:
    """The life of a helping process."""
    gc.disable()  # as build.py does, for its own process
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that started us is told, and ends us
    Thread(target=_end_with_parent, daemon=True).start()
    try:
        workshop = Workshop(order)
        for _ in workshop.make_pieces(_turns(turn, pieces)):
            pass
        answers.send(workshop.made)
    except BadgesiteError as error:
        answers.send(error)


def _end_with_parent() -> None:
    """Nothing is staged for a build that was killed: the next one may be at work already."""
    parent = parent_process()
    if parent:
        parent.join()
    os._exit(1)
