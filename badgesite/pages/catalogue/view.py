"""The catalogue: every badge as a card, by category; and the same for the badges of one value of a facet."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from badgesite.pages.catalogue.facets import IN_ORDER, LANDING, Facet, Facets, Value
from badgesite.pages.dates import own_name
from badgesite.pages.edition import Edition, Said
from badgesite.pages.views.badge import Card, card
from badgesite.pages.views.page import Link, Linker, page_links

SHOWN = 20  # values of a facet in the catalogue; the page of the facet has them all

_: Callable[[str], str] = str

NAMES = {
    "category": _("Category"),
    "unit": _("Unit"),
    "skill": _("Skill"),
    "result": _("Result"),
    "language": _("Language"),
    "year": _("Year of award"),
}
OF_ALL = {
    "category": _("Categories"),
    "unit": _("Units"),
    "skill": _("Skills"),
    "result": _("Results"),
    "language": _("Languages"),
    "year": _("Years of award"),
}


@dataclass(frozen=True, slots=True)
class Shelf:
    """The badges of a category; without a name, those of none."""

    anchor: str
    name: Said | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: the page of its badges, and how many they are."""

    slug: str
    link: Link
    note: str
    number: int


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet with its values; `page` has them all, and is named only if there are more."""

    key: str
    name: str
    choices: tuple[Choice, ...]
    page: str | None


@dataclass(frozen=True, slots=True)
class Desk:
    """Where badges are searched for: the way to the catalogue, what is chosen on this page already, and the script."""

    home: str
    fixed: str
    script: str
    count: int


@dataclass(frozen=True, slots=True)
class HomeView:
    """The catalogue page; `earlier` are badges that newer ones replace."""

    title: Said
    count: int
    issuers: tuple[Link, ...]
    pages: tuple[Link, ...]
    verify: str
    shelves: tuple[Shelf, ...]
    earlier: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ValueView:
    """The page of a value of a facet, which is of a `kind`; `facet` leads to all values beside it."""

    facet: Link
    kind: str
    name: Said
    note: str
    count: int
    shelves: tuple[Shelf, ...]
    earlier: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """The page of a facet: all its values, by name."""

    name: str
    home: str
    choices: tuple[Choice, ...]


def home_view(edition: Edition, link: Linker, cards: Mapping[str, Card]) -> HomeView:
    """The catalogue page, from the cards of all badges by slug."""
    catalogue, plan = edition.catalogue, edition.plan
    shelves, earlier = shelved(edition, cards)
    return HomeView(
        title=edition.said(catalogue.site.title),
        count=len(catalogue.badges),
        issuers=tuple(
            Link(link(plan.issuer_page(slug, edition.tag)), edition.said(issuer.name))
            for slug, issuer in catalogue.issuers.items()
        ),
        pages=page_links(edition, link),
        verify=link(plan.verify_page(edition.tag)),
        shelves=shelves,
        earlier=earlier,
    )


def value_view(edition: Edition, index: str, key: str, value: Value, cards: Mapping[str, Card]) -> ValueView:
    """The page of a value of the facet `key`, whose own page is at `index`."""
    shelves, earlier = shelved(edition, {slug: cards[slug] for slug in value.badges})
    facet = Link(index, Said(index_name(edition, key)))
    name = name_of(edition, value)
    return ValueView(facet, facet_name(edition, key), name, value.note, len(value.badges), shelves, earlier)


def index_view(edition: Edition, link: Linker, facet: Facet) -> IndexView:
    """The page of all values of a facet."""
    ordered = (
        facet.values if facet.key in IN_ORDER else sorted(facet.values, key=lambda value: _sorting(edition, value))
    )
    home = link(edition.plan.home(edition.tag))
    return IndexView(index_name(edition, facet.key), home, tuple(choices(edition, link, facet.key, ordered)))


def facet_name(edition: Edition, key: str) -> str:
    """What a facet is called."""
    return edition.wording.gettext(NAMES[key])


def index_name(edition: Edition, key: str) -> str:
    """What the page of all values of a facet is called."""
    return edition.wording.gettext(OF_ALL[key])


def facet_views(edition: Edition, link: Linker, facets: Facets) -> tuple[FacetView, ...]:
    """The facets that tell badges apart, with the values that most badges have, or that come first."""
    return tuple(
        FacetView(
            key=facet.key,
            name=facet_name(edition, facet.key),
            choices=tuple(choices(edition, link, facet.key, facet.values[:SHOWN])),
            page=link(edition.plan.facet_index(facet.key, edition.tag)) if len(facet.values) > SHOWN else None,
        )
        for facet in facets.telling
    )


def choices(edition: Edition, link: Linker, facet: str, values: Sequence[Value]) -> Iterator[Choice]:
    """The ways to the pages of some values of a facet (its key)."""
    for value in values:
        target = link(edition.plan.facet_page(facet, value.slug, edition.tag))
        yield Choice(value.slug, Link(target, name_of(edition, value)), value.note, len(value.badges))


def more_of(edition: Edition, link: Linker, values: Iterable[tuple[str, Value]]) -> tuple[FacetView, ...]:
    """What other badges share with one that has these `values`; only values that others have too."""
    shared: dict[str, list[Value]] = {}
    for key, value in values:
        if key in LANDING and len(value.badges) > 1:
            shared.setdefault(key, []).append(value)
    return tuple(
        FacetView(key, facet_name(edition, key), tuple(choices(edition, link, key, each)), None)
        for key, each in shared.items()
    )


def name_of(edition: Edition, value: Value) -> Said:
    """What a value is called; a language calls itself as it does everywhere."""
    if not isinstance(value.name, str):
        return edition.said(value.name)
    if value.name in edition.plan.languages:
        return Said(own_name(value.name), edition.mark(value.name))
    return Said(value.name)


def _sorting(edition: Edition, value: Value) -> tuple[str, str]:
    """A name without case and accents, as people look for it in a list."""
    words = unicodedata.normalize("NFKD", name_of(edition, value).words)
    return "".join(letter for letter in words if not unicodedata.combining(letter)).casefold(), value.slug


def cards_of(edition: Edition, link: Linker, facets: Facets) -> Mapping[str, Card]:
    """The cards of all badges by slug."""
    values = facets.of_badges()
    return {slug: card(edition, link, slug, values.get(slug, ())) for slug in edition.catalogue.badges}


def shelved(edition: Edition, cards: Mapping[str, Card]) -> tuple[tuple[Shelf, ...], tuple[Card, ...]]:
    """Cards by category; and those of badges that newer ones have replaced."""
    badges, names = edition.catalogue.badges, edition.catalogue.site.categories
    replaced = {badge.replaces for badge in badges.values()}
    shelves: dict[str | None, list[Card]] = {category: [] for category in (*names, None)}
    for slug, each in cards.items():
        if slug not in replaced:
            shelves[badges[slug].category].append(each)
    found = (
        Shelf(
            anchor=f"category-{category}" if category else "others",
            name=edition.said(names[category]) if category else None,
            cards=tuple(on_it),
        )
        for category, on_it in shelves.items()
        if on_it
    )
    return tuple(found), tuple(each for slug, each in cards.items() if slug in replaced)
