"""By what badges can be found: the values of each facet, and the badges of each value. The same in every language."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from badgesite.model.badge import BadgeClass
from badgesite.model.catalogue import Catalogue
from badgesite.model.scalars import WINDOWS_NAMES
from badgesite.model.text import Text

IN_ORDER = ("result", "year")  # their values have an order of their own, and are not sorted by name
LANDING = ("category", "unit", "skill")  # what people look for by a search engine; the others only sort
_LONGEST = 48  # characters of a value in an address

Years = Mapping[str, Iterable[int]]
_Found = tuple[str, Text, str]  # what makes a value itself, what it is called, what tells it from others called so


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, with the slugs of its badges; a `name` that is no Text is a language tag or a year.

    `note` tells it from another value of the same name.
    """

    slug: str
    name: Text | str
    badges: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to sort badges; `key` is its name in addresses."""

    key: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """All facets that have values, and how many badges there are."""

    all: tuple[Facet, ...]
    total: int

    @property
    def telling(self) -> tuple[Facet, ...]:
        """Those that tell badges apart."""
        return tuple(facet for facet in self.all if any(len(value.badges) < self.total for value in facet.values))

    def of_badges(self) -> Mapping[str, tuple[tuple[str, Value], ...]]:
        """By slug of a badge, its facets (by key) with their values."""
        found: dict[str, list[tuple[str, Value]]] = {}
        for facet in self.all:
            for value in facet.values:
                for badge in value.badges:
                    found.setdefault(badge, []).append((facet.key, value))
        return {badge: tuple(values) for badge, values in found.items()}

    def may_be_indexed(self, facet: Facet, value: Value) -> bool:
        """Whether the page of a value says what no other page says: not the page of its one badge, not all of them."""
        return facet.key in LANDING and 1 < len(value.badges) < self.total


def facets_of(catalogue: Catalogue, years: Years) -> Facets:
    """The facets of all badges; `years` are those in which each was awarded. Values without a badge are left out."""
    badges = tuple(catalogue.badges.values())
    found = (
        Facet("category", _categories(catalogue)),
        Facet("unit", _units(catalogue)),
        Facet("skill", _by_number(_values((badge.slug, _skills(badge)) for badge in badges))),
        Facet("result", tuple(_values((badge.slug, _results(badge)) for badge in badges))),
        Facet("language", _languages(catalogue)),
        Facet("year", _years(years)),
    )
    return Facets(tuple(facet for facet in found if facet.values), len(badges))


def _categories(catalogue: Catalogue) -> tuple[Value, ...]:
    badges = catalogue.badges.values()
    values = (
        Value(slug, name, tuple(badge.slug for badge in badges if badge.category == slug))
        for slug, name in catalogue.site.categories.items()
    )
    return tuple(value for value in values if value.badges)


def _units(catalogue: Catalogue) -> tuple[Value, ...]:
    """Units by the order of their issuers; where two issuers have a unit of one name, each is told by its issuer."""
    units = {(issuer.slug, unit): name for issuer in catalogue.issuers.values() for unit, name in issuer.units.items()}
    times = Counter(unit for _, unit in units)
    values = (
        Value(
            unit if times[unit] == 1 else f"{issuer}.{unit}",
            name,
            tuple(badge.slug for badge in catalogue.badges.values() if (badge.issuer, badge.unit) == (issuer, unit)),
        )
        for (issuer, unit), name in units.items()
    )
    return tuple(value for value in values if value.badges)


def _languages(catalogue: Catalogue) -> tuple[Value, ...]:
    tags = catalogue.site.languages
    if len(tags) == 1:
        return ()
    badges = catalogue.badges.values()
    values = (Value(tag, tag, tuple(badge.slug for badge in badges if badge.has_language(tag))) for tag in tags)
    return tuple(value for value in values if value.badges)


def _years(years: Years) -> tuple[Value, ...]:
    """The newest first."""
    known = sorted({year for each in years.values() for year in each}, reverse=True)
    return tuple(
        Value(str(year), str(year), tuple(sorted(badge for badge, each in years.items() if year in each)))
        for year in known
    )


def _skills(badge: BadgeClass) -> Iterator[_Found]:
    """A skill is known by its address in its framework, whatever badges call it."""
    for skill in badge.skills:
        yield skill.url, skill.name, " ".join(filter(None, (skill.framework, skill.code))) or skill.url


def _results(badge: BadgeClass) -> Iterator[_Found]:
    """What can be reached, the lowest first: each value of a scale, or a scale of numbers. Both are known by name."""
    if not badge.result:
        return
    scale = badge.result.name
    for name in [_joined(scale, value.name) for value in badge.result.values] or [scale]:
        yield str(name).casefold(), name, ""


def _joined(scale: Text, value: Text) -> Text:
    """The value beside its scale, in each language that one of the two has, the first first; a "Level 2" says both."""
    both = {tag: (scale.in_language(tag), value.in_language(tag)) for text in (scale, value) for tag, _ in text}
    return Text(tuple((tag, one if one.startswith(of) else f"{of}: {one}") for tag, (of, one) in both.items()))


def _values(found: Iterable[tuple[str, Iterable[_Found]]]) -> Iterator[Value]:
    """What badges have, each value once; the first badge that has it says what it is called."""
    names: dict[str, tuple[Text, str]] = {}
    badges: dict[str, dict[str, None]] = {}
    for badge, values in found:
        for key, name, note in values:
            names.setdefault(key, (name, note))
            badges.setdefault(key, {})[badge] = None
    slugs = {key: slug_of(str(name)) for key, (name, _) in names.items()}
    times = Counter(slugs.values())
    for key, (name, note) in names.items():
        slug = slugs[key]
        if slug and times[slug] == 1:
            yield Value(slug, name, tuple(badges[key]))
        else:
            yield Value("-".join(filter(None, (slug, _digest(key)))), name, tuple(badges[key]), note)


def _by_number(values: Iterable[Value]) -> tuple[Value, ...]:
    """Those of most badges first."""
    return tuple(sorted(values, key=lambda value: (-len(value.badges), value.slug)))


def slug_of(words: str) -> str:
    """Words as a part of an address: `Public speaking` is `public-speaking`; empty if none can be written so."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-")
    return "" if slug in WINDOWS_NAMES else slug


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:8]
