"""The versions of a badge: those that it replaces, and those that replace it, in order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from badgesite.model.badge import BadgeClass
from badgesite.model.catalogue import Catalogue
from badgesite.pages.edition import Edition
from badgesite.pages.views.about import Note
from badgesite.pages.views.awarded import Tally
from badgesite.pages.views.page import Link, Linker


@dataclass(frozen=True, slots=True)
class Version:
    """A badge among its versions; `first` and `last` are the years in which it was awarded."""

    link: Link
    current: bool
    first: int | None
    last: int | None
    amended: tuple[Note, ...]


def versions(edition: Edition, link: Linker, badge: BadgeClass, tally: Mapping[str, Tally]) -> tuple[Version, ...]:
    """All versions of a badge, the oldest first; none if it is the only one."""
    slugs = tuple(chain(edition.catalogue, badge.slug))
    return tuple(_version(edition, link, slug, badge.slug, tally) for slug in slugs) if len(slugs) > 1 else ()


def chain(catalogue: Catalogue, slug: str) -> Iterator[str]:
    """The slugs of a badge's versions: back to the first, then each followed by those that replace it."""
    badges = catalogue.badges
    start, seen = slug, {slug}
    while (earlier := badges[start].replaces) and earlier in badges and earlier not in seen:
        seen.add(earlier)
        start = earlier
    waiting, done = [start], set[str]()
    while waiting:
        current = waiting.pop(0)
        if current not in done:
            done.add(current)
            yield current
            waiting += [badge.slug for badge in badges.values() if badge.replaces == current]


def _version(edition: Edition, link: Linker, slug: str, current: str, tally: Mapping[str, Tally]) -> Version:
    badge = edition.catalogue.badges[slug]
    years = [year for year, _ in tally.get(slug, Tally()).years]
    return Version(
        link=Link(link(edition.plan.badge_page(slug, edition.tag)), edition.said(badge.name)),
        current=slug == current,
        first=min(years, default=None),
        last=max(years, default=None),
        amended=tuple(Note(edition.day(entry.date), edition.said(entry.note)) for entry in badge.amended),
    )
