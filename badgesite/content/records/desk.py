"""The desk where records are written: one run has it at a time, and finds no half-done work of another on it."""

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from badgesite.content.permanence import lock_files, locks
from badgesite.content.reading import read_or_raise
from badgesite.content.records import people, private, writing
from badgesite.content.records.naming import taken_names
from badgesite.content.records.private import Index
from badgesite.content.signed.journal import Outcome
from badgesite.content.signed.writing import finish_records
from badgesite.errors import ContentError, OutputError, PermanenceError, Problem, UsageError
from badgesite.files import STRAY_PREFIX, alone
from badgesite.model.award import Batch
from badgesite.model.catalogue import Catalogue
from badgesite.model.site import REHEARSAL_BASE

_LOCK = f"{STRAY_PREFIX}award.lock"  # which Git ignores, should a run that was killed leave it
_BUSY = "another badgesite command is at work here; wait until it has ended, and run this again"
_ATTEMPTS = 50  # a tenth of a second apart


@dataclass(frozen=True, slots=True)
class Desk:
    """Where awards are planned: the site as it is recorded, and what the office knows in `folder`, its private/.

    `removed` and `taken_back` are what an interrupted run had left, `warnings` tables of which no batch speaks;
    `relinked` are files of private/ whose links were those of a rehearsal, `forgotten` those that knew somebody whose
    award was erased, here or by a colleague; `finished` says what became of edited files
    that an earlier run was cut off in putting in place; `places` is where things stand.
    """

    root: Path
    folder: Path
    catalogue: Catalogue
    removed: tuple[str, ...] = ()
    taken_back: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    relinked: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    finished: Outcome = ""
    places: lock_files.Places = field(default_factory=dict)

    @property
    def index(self) -> Index:
        """The awards of each address."""
        return private.read_index(self.folder)

    @property
    def taken(self) -> Collection[str]:
        """The names that a new batch cannot have."""
        return taken_names(self.root)

    def batch_at(self, file: Path) -> Batch:
        """The batch in a file; its path counts from the working folder, or as messages have it from the site's."""
        found = next((path for path in (file, self.root / file) if path.is_file()), None)
        if found is None:
            raise OutputError(f"there is no file {file.as_posix()}; look at its path, or name LIST or ADDRESS too")
        for batch in self.catalogue.batches.values():
            if (self.root / batch.path).resolve() == found.resolve():
                return batch
        raise UsageError(f"{file.as_posix()} is no batch of this site; batches lie in content/awards/")

    def text_of(self, batch: Batch) -> str:
        """What the file of a batch holds, every byte of it."""
        return (self.root / batch.path).read_bytes().decode()

    @property
    def recorded(self) -> set[str]:
        """The ids of all awards."""
        return {award.id for _, award in self.catalogue.each_award()}


@contextmanager
def alone_at(root: Path) -> Iterator[None]:
    """Be the one run that writes content/ in `root`; OutputError if another one stays at it."""
    with alone(root / _LOCK, _BUSY, attempts=_ATTEMPTS, stays=False):
        yield


@contextmanager
def opened(root: Path, folder: Path, *, writes: bool) -> Iterator[Desk]:
    """The desk, this run's alone if it `writes`; then what an interrupted run left goes, once the content is read.

    ContentError or PermanenceError if the content is not in order, OutputError while another run writes, or if `sign`
    was cut off while it did.
    """
    private.refuse_place(root, folder)
    with ExitStack() as held:
        if writes:
            held.enter_context(alone_at(root))
            held.enter_context(private.alone(folder, _BUSY, _ATTEMPTS))
        finished = finish_records(root) if writes else ""
        reading = read_or_raise(root, drafts=True)
        if reading.catalogue is None:
            raise ContentError(problems=reading.problems)
        if broken := locks.compare(root, reading).broken:
            raise PermanenceError(problems=broken)
        tables = tuple(warning for warning in reading.warnings if warning.place.path.endswith(".csv"))
        desk = Desk(root, folder, reading.catalogue, warnings=tables, places=reading.places, finished=finished)
        yield _tidied(desk) if writes else desk


def _tidied(desk: Desk) -> Desk:
    files, _ = lock_files.read_all(desk.root)
    known = desk.recorded.union(line.partition(" ")[0] for file in files.values() for line in file.lines)
    lost = private.pending(desk.folder) - known
    removed = writing.remove_strays(desk.root, lost)
    warnings = tuple(problem for problem in desk.warnings if problem.place.path not in removed)
    taken_back = private.tidy(desk.folder, known)
    people.settle(desk.folder, {award.id: award.recipient for _, award in desk.catalogue.each_award()})
    site = desk.catalogue.site
    relinked = () if site.rehearsal else private.relink(desk.folder, desk.recorded, REHEARSAL_BASE, site.base)
    erased = desk.catalogue.erased.keys() | lost
    forgotten = people.forget(desk.folder, erased) if erased else ()
    tidied = replace(desk, removed=removed, taken_back=taken_back, warnings=warnings, relinked=relinked)
    return replace(tidied, forgotten=forgotten)
