"""What would stop a build, and what could be better (`badgesite check`)."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from badgesite.content.advice import advice
from badgesite.content.permanence import locks
from badgesite.content.reading import Reading, later_than, read
from badgesite.errors import ContentError, FormatError, PermanenceError, Place, Problem, ThemeError
from badgesite.leaks import problems_of
from badgesite.making import Order, Progress, make, silent
from badgesite.model.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, sorted by place; `broken` are faults against what was published.

    `catalogue` is None if the content could not be read to the end.
    """

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    broken: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def everything(self) -> tuple[Problem, ...]:
        """Errors and warnings together, sorted by place."""
        return tuple(sorted({*self.problems, *self.broken, *self.warnings}))

    @property
    def exit_code(self) -> int:
        """What a build would end with; warnings stop nothing."""
        if self.broken:
            return PermanenceError.exit_code
        return ContentError.exit_code if self.problems else 0


def check(root: Path, today: date, *, jobs: int = 1, progress: Progress = silent) -> Checked:
    """Look at the content of the site in `root`, compare it with what was published, and look into what it becomes.

    Everything is made as `build` makes it on the day `today`, in at most `jobs` processes, and nothing is kept.
    """
    reading = read(root)
    if reading.catalogue is None:
        return Checked(None, reading.problems, (), reading.warnings)
    comparison = locks.compare(root, reading)
    return Checked(
        reading.catalogue,
        problems=(*later_than(reading, today), *_made(root, reading, reading.catalogue, today, jobs, progress)),
        broken=comparison.broken,
        warnings=(*reading.warnings, *comparison.missing, *advice(root, reading)),
    )


def _made(
    root: Path, reading: Reading, catalogue: Catalogue, today: date, jobs: int, progress: Progress
) -> tuple[Problem, ...]:
    """Why a build would not come to its end, or refuse what came out of it."""
    awards = sum(1 for _ in catalogue.each_award())
    with TemporaryDirectory(prefix="badgesite-", ignore_cleanup_errors=True) as fresh:
        order = Order(catalogue, root, today, Path(fresh))
        try:
            with progress("checking", awards) as advance:
                made = make(order, jobs, advance)
        except (ThemeError, FormatError) as error:
            return error.problems or (Problem(Place("content/site.yaml"), str(error)),)
    return tuple(problems_of(made.leaks, reading.places))
