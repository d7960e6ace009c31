"""What site.yaml says twice, so that the second has no effect: a domain of two groups, a period of an indicator."""

from collections.abc import Iterator

from badgesite.content.advice.places import PlacesIn
from badgesite.errors import Place, Problem
from badgesite.model.site import Site


def doubles(site: Site, places: PlacesIn) -> Iterator[Problem]:
    """A warning for each domain that two groups have, and for each period that an indicator has twice, at the second.

    `places` are those of content/site.yaml.
    """
    yield from _domains(site, places)
    yield from _periods(site, places)


def _domains(site: Site, places: PlacesIn) -> Iterator[Problem]:
    """An address is in one group: of two with its domain, the last by name, as `award` has it."""
    first: dict[str, tuple[str, Place]] = {}
    for slug, group in site.groups.items():
        for index, domain in enumerate(group.domains):
            place, _ = places.node(("groups", slug, "domains", index))
            other, there = first.setdefault(domain, (slug, place))
            if there == place:
                continue
            if other == slug:
                yield Problem(place, f'"{domain}" stands twice in the group "{slug}"', "remove one", "warning")
            else:
                gets = max(each for each, of in site.groups.items() if domain in of.domains)
                what = f'"{domain}" is a domain of the group "{other}" too, and all its addresses go to "{gets}"'
                yield Problem(place, what, "leave it to one of them", "warning")


def _periods(site: Site, places: PlacesIn) -> Iterator[Problem]:
    for number, indicator in enumerate(site.indicators):
        seen: dict[tuple[object, object], int] = {}
        for index, period in enumerate(indicator.periods):
            if seen.setdefault((period.first, period.last), index) != index:
                place, _ = places.node(("indicators", number, "periods", index))
                what = f"the period from {period.first} to {period.last} stands twice in this indicator"
                yield Problem(place, what, "correct its days, or remove it", "warning")
