"""One pass over all awards: how many there are of each sort, which is all that statistics ever look at."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from badgesite.model.catalogue import Catalogue
from badgesite.model.text import Text


class Fact(NamedTuple):
    """So many awards of one sort; `unit` is the award's or else its badge's, as `<issuer>/<unit>`."""

    day: date
    badge: str
    category: str | None
    unit: str | None
    group: str | None
    revoked: bool
    number: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Awards by sort, and those that were erased: by the day of award, and how many of which nobody knows the day."""

    issued: tuple[Fact, ...]
    erased: tuple[tuple[date, int], ...]
    undated: int

    def count(self, wanted: Callable[[Fact], object] = lambda fact: True) -> int:
        """How many awards are of a wanted sort."""
        return sum(fact.number for fact in self.issued if wanted(fact))

    def erased_between(self, first: date, last: date) -> int:
        """How many erased awards were awarded from one day to another, both included."""
        return sum(number for day, number in self.erased if first <= day <= last)


def facts_of(catalogue: Catalogue) -> Facts:
    """The sorts of awards, by day and badge.

    Whatever became of it later, an award that was issued was issued: expired and revoked ones count. Drafts are none.
    """
    sorts: Counter[tuple[date, str, str | None, str | None, bool]] = Counter()
    for batch in catalogue.batches.values():
        day, badge = batch.date, batch.badge
        alike = Counter((award.unit, award.group, award.revoked is not None) for award in batch.awards)
        for (unit, group, revoked), number in alike.items():
            sorts[day, badge, unit, group, revoked] += number
    facts = []
    for (day, slug, own_unit, group, revoked), number in sorts.items():
        badge_class = catalogue.badges[slug]
        unit = own_unit or badge_class.unit
        of_issuer = f"{badge_class.issuer}/{unit}" if unit else None
        facts.append(Fact(day, slug, badge_class.category, of_issuer, group, revoked, number))
    days = [catalogue.batches[one.batch].date for one in catalogue.erased.values() if one.batch in catalogue.batches]
    erased = tuple(sorted(Counter(days).items()))
    return Facts(tuple(sorted(facts, key=_order)), erased, len(catalogue.erased) - len(days))


def unit_names(catalogue: Catalogue) -> dict[str, Text]:
    """The units of all issuers, in their order."""
    issuers = catalogue.issuers.items()
    return {f"{slug}/{unit}": name for slug, issuer in issuers for unit, name in issuer.units.items()}


def _order(fact: Fact) -> tuple[date, str, str, str, bool]:
    return fact.day, fact.badge, fact.unit or "", fact.group or "", fact.revoked
