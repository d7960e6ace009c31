"""How often a badge has been awarded, and to whom as far as anyone may know."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue
from badgesite.pages.edition import Day, Edition
from badgesite.pages.views.page import Linker
from badgesite.plan import plan_of_batch

SHOWN = 500  # public awards on the page of a badge; the sitemap names them all


@dataclass(frozen=True, slots=True)
class Tally:
    """Awards by year, and the public ones that are not revoked, the newest first."""

    years: tuple[tuple[int, int], ...] = ()
    public: tuple[tuple[Batch, Award], ...] = ()

    @property
    def total(self) -> int:
        """All awards ever recorded."""
        return sum(count for _, count in self.years)


@dataclass(frozen=True, slots=True)
class Holder:
    """A public award in a list; `name` is None if the record has none."""

    url: str
    name: str | None
    day: Day


@dataclass(frozen=True, slots=True)
class Awarded:
    """The awards of a badge, by year too; `more` public ones are not in the list of holders."""

    total: int
    total_words: str
    years: tuple[tuple[int, str], ...]
    holders: tuple[Holder, ...]
    more: int


def tallies(catalogue: Catalogue) -> Mapping[str, Tally]:
    """The tally of each badge that was ever awarded, from one walk over all awards."""
    years: dict[str, Counter[int]] = {}
    public: dict[str, list[tuple[Batch, Award]]] = {}
    for batch, award in catalogue.each_award():
        years.setdefault(batch.badge, Counter())[batch.date.year] += 1
        if not award.revoked and catalogue.visibility(batch, award) == "public":
            public.setdefault(batch.badge, []).append((batch, award))
    return {
        slug: Tally(tuple(sorted(counter.items())), tuple(newest_first(public.get(slug, []))))
        for slug, counter in years.items()
    }


def newest_first(awards: list[tuple[Batch, Award]]) -> list[tuple[Batch, Award]]:
    """Awards by day, the latest first, those of a day by name and id."""
    by_name = sorted(awards, key=lambda pair: (pair[1].name or "", pair[1].id))
    return sorted(by_name, key=lambda pair: pair[0].date, reverse=True)


def awarded(edition: Edition, link: Linker, tally: Tally) -> Awarded:
    """What the page of a badge says of its awards."""
    return Awarded(
        total=tally.total,
        total_words=edition.number(tally.total),
        years=tuple((year, edition.number(count)) for year, count in tally.years),
        holders=tuple(
            Holder(_page(edition, link, batch, award), award.name, edition.day(batch.date))
            for batch, award in tally.public[:SHOWN]
        ),
        more=max(len(tally.public) - SHOWN, 0),
    )


def _page(edition: Edition, link: Linker, batch: Batch, award: Award) -> str:
    """The page of an award; if it was recorded where the site was before, it is there."""
    plan = plan_of_batch(edition.catalogue, batch.slug)
    path = plan.award_page(award.id, edition.tag)
    return link(path) if plan.base == edition.plan.base else plan.url(path)
