"""What would stop a build, and what could be better (`badgesite check`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from badgesite.content import locks
from badgesite.content.advice import advice
from badgesite.content.reading import Reading, later_than, read
from badgesite.errors import ContentError, PermanenceError, Problem
from badgesite.model.addresses import addresses_in
from badgesite.model.award import Award, Batch
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


def check(root: Path, today: date) -> Checked:
    """Look at the content of the site in `root`, and compare it with what was published."""
    reading = read(root)
    if reading.catalogue is None:
        return Checked(None, reading.problems, (), reading.warnings)
    comparison = locks.compare(root, reading)
    return Checked(
        reading.catalogue,
        problems=(*later_than(reading, today), *_addresses(reading, reading.catalogue)),
        broken=comparison.broken,
        warnings=(*reading.warnings, *comparison.missing, *advice(root, reading)),
    )


def _addresses(reading: Reading, catalogue: Catalogue) -> Iterator[Problem]:
    """Addresses that a record would publish; a build finds those that come from anywhere else as well."""
    for batch, award in catalogue.each_award():
        for address in sorted(set(addresses_in(_published(catalogue, batch, award))) - catalogue.addresses):
            what = f'"{address}" is an e-mail address and would be published'
            mend = "take it out of the record: what a record says is published as it is"
            yield Problem(reading.places[f"award:{award.id}"], what, mend)


def _published(catalogue: Catalogue, batch: Batch, award: Award) -> bytes:
    texts = [catalogue.shown_name(batch, award), award.narrative, award.result, *award.evidence]
    texts += [award.revoked.reason] if award.revoked else []
    return "\n".join(text for text in texts if text).encode()
