"""What would stop a build, and what could be better (`badgesite check`)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from badgesite.content.advice.everything import advice
from badgesite.content.look.addresses import written_in_themes
from badgesite.content.permanence import locks
from badgesite.content.permanence.lock_files import path_of
from badgesite.content.pictures.undrawn import warnings_of
from badgesite.content.reading import Reading, later_than, read
from badgesite.content.signed.credential_files import batch_of
from badgesite.errors import ContentError, FormatError, PermanenceError, Place, Problem, SignatureError, ThemeError
from badgesite.issued.genuine import problems_of as problems_of_faults
from badgesite.issued.standing import Standing, standing
from badgesite.issued.unsignable import problems_to_come
from badgesite.leaks import problems_of as problems_of_leaks
from badgesite.making import Order, Progress, make, silent
from badgesite.model.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, sorted by place; `broken` are faults against what was published, `unsigned` those of signatures.

    `catalogue` is None if the content could not be read to the end; `places` tells where the content says what.
    """

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    broken: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    unsigned: tuple[Problem, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def everything(self) -> tuple[Problem, ...]:
        """Errors and warnings together, sorted by place."""
        return tuple(sorted({*self.problems, *self.broken, *self.unsigned, *self.warnings}))

    @property
    def exit_code(self) -> int:
        """What a build would end with; warnings stop nothing."""
        if self.broken:
            return PermanenceError.exit_code
        if self.problems:
            return ContentError.exit_code
        return SignatureError.exit_code if self.unsigned else 0


def check(root: Path, today: date, *, drafts: bool = False, jobs: int = 1, progress: Progress = silent) -> Checked:
    """Look at the content of the site in `root`, compare it with what was published, and look into what it becomes.

    Everything is made as `build` makes it on the day `today`, in at most `jobs` processes, and nothing is kept. With
    `drafts`, an award that is not signed as recorded is a warning.
    """
    reading = read(root)
    if reading.catalogue is None:
        broken = locks.compare(root, reading).broken
        problems = tuple(set(reading.problems) - set(reading.gone)) if broken else reading.problems
        return Checked(None, problems, broken, reading.warnings)
    comparison = locks.compare(root, reading)
    problems, unsigned = _made(root, reading, reading.catalogue, today, jobs, progress)
    if comparison.broken:  # from which the rest would follow
        unsigned = replace(unsigned, faults=(), due=())
    waiting = tuple(replace(problem, severity="warning") for problem in unsigned.due) if drafts else ()
    missing = _to_lock(comparison.missing, unsigned.due)
    return Checked(
        reading.catalogue,
        problems=(*later_than(reading, today), *problems),
        broken=(*comparison.broken, *unsigned.broken),
        warnings=(
            *reading.warnings,
            *missing,
            *advice(root, reading),
            *unsigned.warnings,
            *waiting,
        ),
        unsigned=unsigned.faults if drafts else (*unsigned.faults, *unsigned.due),
        places=reading.places,
    )


def _to_lock(missing: Iterable[Problem], due: Iterable[Problem]) -> Iterator[Problem]:
    """What lock files lack; not of batches with a credential that is not to be locked as it is."""
    batches = filter(None, (batch_of(problem.place.path) for problem in due))
    unsound = {f"content/{path_of('batches', Path(batch).stem)}" for batch in batches}
    yield from (problem for problem in missing if problem.place.path not in unsound)


def _made(
    root: Path, reading: Reading, catalogue: Catalogue, today: date, jobs: int, progress: Progress
) -> tuple[tuple[Problem, ...], Standing]:
    """Why a build would not come to its end, or refuse what came out of it; and how the site stands."""
    awards = sum(1 for _ in catalogue.each_award())
    found = standing(root, reading)
    with TemporaryDirectory(prefix="badgesite-", ignore_cleanup_errors=True) as fresh:
        order = Order(
            catalogue, root, today, Path(fresh), keys=found.keys, not_issued=found.not_issued, due=found.lists
        )
        try:
            with progress("checking", awards) as advance:
                made = make(order, jobs, advance)
        except (ThemeError, FormatError) as error:
            return error.problems or (Problem(Place("content/site.yaml"), str(error)),), found
    warnings = (*found.warnings, *made.slips, *warnings_of(made.undrawn, reading.places))
    faults = () if found.faults else tuple(problems_of_faults(made.faults, reading.places))
    in_themes = written_in_themes(root, reading, (leak.address for leak in made.leaks))
    leaks = tuple(problems_of_leaks(made.leaks, reading.places, in_themes))
    to_come = tuple(problems_to_come(reading, found.not_issued))
    return (*leaks, *to_come), replace(found, faults=found.faults + faults, warnings=warnings)
