"""Build the site: read, compare with what was published, make everything, and put it in place (`badgesite build`)."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from badgesite import outputs, writer
from badgesite.content.advice.blanks import published_as_they_are
from badgesite.content.look.addresses import written_in_themes
from badgesite.content.permanence import locks
from badgesite.content.pictures.undrawn import warnings_of
from badgesite.content.reading import Reading, later_than, read_or_raise
from badgesite.errors import ContentError, PermanenceError, Problem, SignatureError
from badgesite.issued.genuine import problems_of as problems_of_faults
from badgesite.issued.standing import fit_to_publish, published_at
from badgesite.leaks import problems_of as problems_of_leaks
from badgesite.making import Made, Order, Progress, make, silent


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: how much the site holds, how many files were written, left alone and removed.

    `drafts` awards are shown as not issued, or not as issued: a revocation that is still to be signed. `stays` says
    how many awards are published at each former address instead.
    """

    base: str
    badges: int
    awards: int
    written: int
    unchanged: int
    removed: int
    drafts: int
    warnings: tuple[Problem, ...]
    stays: Mapping[str, int]

    @property
    def elsewhere(self) -> int:
        """How many awards are published at former addresses."""
        return sum(self.stays.values())

    @property
    def files(self) -> int:
        """How many files badgesite keeps in the output."""
        return self.written + self.unchanged


@contextmanager
def _uncollected() -> Iterator[None]:
    """Meanwhile Python looks for no rings of objects: a build leaves few, and has very many objects to look at."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


@_uncollected()
def build(
    root: Path,
    out: Path,
    as_of: date,
    *,
    locked: bool = False,
    drafts: bool = False,
    base: str | None = None,
    jobs: int = 1,
    progress: Progress = silent,
) -> Built:
    """Build the site in `root` into the folder `out`, as it is on the day `as_of`; at most `jobs` processes make it.

    A pure function of the content, the day and the versions in manifest.json. With `locked`, a missing line in a lock
    file is no warning but a PermanenceError; with `drafts`, an award that is not signed as recorded is no
    SignatureError but shown as not issued. With a former address of the site as `base`, what stays there is built.
    Whatever is raised, the old output stays whole.
    """
    writer.refuse_place(root, out)
    writer.recover(out)
    reading = read_or_raise(root)
    catalogue = reading.catalogue
    if catalogue is None:
        raise ContentError(problems=reading.problems)
    missing = _compare(root, reading, locked)
    _refuse(later_than(reading, as_of))
    found = fit_to_publish(root, reading, drafts=drafts)
    catalogue = published_at(catalogue, base)
    awards = sum(1 for _ in catalogue.each_award_here())
    with writer.opened(out) as output:
        order = Order(catalogue, root, as_of, output.fresh, output.target, found.keys, found.not_issued, found.lists)
        with progress("building", awards) as advance:
            made = make(order, jobs, advance)
        _refuse_made(root, made, reading)
        fonts = (font.name for font in catalogue.fonts if font.package)
        manifest = output.stage().put(outputs.manifest(as_of, made.shared, made.awards, fonts))
        tally = output.deliver((*made.shared, *made.awards, manifest))
    counts = (len(catalogue.badges), awards, tally.written, tally.unchanged, tally.removed, len(found.not_issued))
    warnings = (*reading.warnings, *missing, *found.warnings, *_advice(root, reading, made))
    return Built(catalogue.site.base, *counts, warnings=warnings, stays=catalogue.staying)


def _compare(root: Path, reading: Reading, locked: bool) -> tuple[Problem, ...]:
    """What the lock files lack; PermanenceError for what was published and would vanish or change."""
    comparison = locks.compare(root, reading)
    if comparison.broken or (locked and comparison.missing):
        raise PermanenceError(problems=(*comparison.broken, *(comparison.missing if locked else ())))
    return comparison.missing


def _advice(root: Path, reading: Reading, made: Made) -> Iterator[Problem]:
    """What readers of the site would stumble over."""
    yield from made.slips
    yield from warnings_of(made.undrawn, reading.places)
    if reading.catalogue:
        yield from published_as_they_are(root, reading.catalogue)


def _refuse_made(root: Path, made: Made, reading: Reading) -> None:
    """Refuse what came out: signatures that do not hold, then addresses that nobody meant to publish."""
    faults = tuple(problems_of_faults(made.faults, reading.places))
    if faults:
        raise SignatureError(problems=faults)
    in_themes = written_in_themes(root, reading, (leak.address for leak in made.leaks))
    _refuse(problems_of_leaks(made.leaks, reading.places, in_themes))


def _refuse(problems: Iterable[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise ContentError(problems=found)
