"""What names something else: does it exist, and does it fit?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from badgesite.content.binding import Bound
from badgesite.content.sentences import suggestion
from badgesite.errors import Place, Problem
from badgesite.model.badge import BadgeClass
from badgesite.model.issuer import Issuer
from badgesite.model.site import Site

NO_BASIS = ("names would be published without a basis", "add basis: {kind: ..., reference: ...} to content/site.yaml")


@dataclass(slots=True)
class Parts:
    """All that was read, by slug; a noun is None where something is wrong with it."""

    site: Bound[Site] | None = None
    issuers: dict[str, Bound[Issuer]] = field(default_factory=dict)
    badges: dict[str, Bound[BadgeClass]] = field(default_factory=dict)

    @property
    def site_noun(self) -> Site | None:
        """The site, if it is sound."""
        return self.site.noun if self.site else None

    def issuer_of(self, badge: BadgeClass) -> Issuer | None:
        """The badge's issuer, if it is there and sound."""
        return self.issuers[badge.issuer].noun if badge.issuer in self.issuers else None


def check_references(parts: Parts) -> Iterator[Problem]:
    """What is wrong between the site, its issuers and its badges."""
    if parts.site and parts.site.noun:
        yield from _site(parts.site.noun, parts.site)
    for slug, bound in parts.badges.items():
        if bound.noun:
            yield from _badge(slug, bound.noun, bound, parts)
    yield from _circles(parts, "replaces", lambda badge: (badge.replaces,) if badge.replaces else ())
    yield from _circles(parts, "part_of", lambda badge: badge.part_of)


def unknown(kind: str, word: str, known: Mapping[str, object], place: Place) -> Iterator[Problem]:
    """A problem if `word` is not one of the known."""
    if word not in known:
        yield Problem(place, f'there is no {kind} "{word}"', suggestion(word, known) or "there is none yet")


def _site(site: Site, bound: Bound[Site]) -> Iterator[Problem]:
    if site.visibility != "unnamed" and not site.basis:
        yield Problem(bound.place("visibility"), *NO_BASIS)
    for index, indicator in enumerate(site.indicators):
        for count, group in enumerate(indicator.counts):
            yield from unknown("group", group, site.groups, bound.place("indicators", index, "counts", count))


def _badge(slug: str, badge: BadgeClass, bound: Bound[BadgeClass], parts: Parts) -> Iterator[Problem]:
    yield from unknown("issuer", badge.issuer, parts.issuers, bound.place("issuer"))
    issuer, site = parts.issuer_of(badge), parts.site_noun
    if badge.unit and issuer:
        yield from unknown("unit", badge.unit, issuer.units, bound.place("unit"))
    if badge.category and site:
        yield from unknown("category", badge.category, site.categories, bound.place("category"))
    if site and badge.visibility not in (None, "unnamed") and not site.basis:
        yield Problem(bound.place("visibility"), *NO_BASIS)
    others = {other: None for other in parts.badges if other != slug}
    for index, whole in enumerate(badge.part_of):
        yield from _other(slug, whole, others, bound.place("part_of", index))
    if badge.replaces:
        yield from _other(slug, badge.replaces, others, bound.place("replaces"))
    for index in range(1, len(badge.approvals)):
        before, after = badge.approvals[index - 1 : index + 1]
        if after.date < before.date:
            what = f"the approval of {after.date} stands below that of {before.date}"
            yield Problem(bound.place("approvals", index, "date"), what, "put the newest last")


def _other(slug: str, word: str, others: Mapping[str, object], place: Place) -> Iterator[Problem]:
    if word == slug:
        yield Problem(place, "the badge names itself", "name another, or remove it")
    else:
        yield from unknown("badge", word, others, place)


def _circles(parts: Parts, key: str, targets: Callable[[BadgeClass], tuple[str, ...]]) -> Iterator[Problem]:
    nouns = {slug: bound.noun for slug, bound in parts.badges.items() if bound.noun}
    links = {slug: set(targets(noun)) & set(nouns) - {slug} for slug, noun in nouns.items()}
    for slug in links:
        reached: set[str] = set()
        ahead = list(links[slug])
        while ahead:
            step = ahead.pop()
            if step not in reached:
                reached.add(step)
                ahead += links[step]
        if slug in reached:
            what = f'"{slug}" comes back to itself through {", ".join(sorted(reached - {slug}))}'
            yield Problem(parts.badges[slug].place(key), what, "take one out of the circle")
