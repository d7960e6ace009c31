"""The catalogue: every badge as a card, by category."""

from collections.abc import Iterator
from dataclasses import dataclass

from badgesite.pages.edition import Edition, Said
from badgesite.pages.views.badge import Card, card
from badgesite.pages.views.page import Link, Linker, page_links


@dataclass(frozen=True, slots=True)
class Shelf:
    """The badges of a category; without a name, those of none."""

    anchor: str
    name: Said | None
    cards: tuple[Card, ...]


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


def home_view(edition: Edition, link: Linker) -> HomeView:
    """The catalogue page."""
    catalogue, plan = edition.catalogue, edition.plan
    replaced = {badge.replaces for badge in catalogue.badges.values()}
    return HomeView(
        title=edition.said(catalogue.site.title),
        count=len(catalogue.badges),
        issuers=tuple(
            Link(link(plan.issuer_page(slug, edition.tag)), edition.said(issuer.name))
            for slug, issuer in catalogue.issuers.items()
        ),
        pages=page_links(edition, link),
        verify=link(plan.verify_page(edition.tag)),
        shelves=tuple(_shelves(edition, link, [slug for slug in catalogue.badges if slug not in replaced])),
        earlier=tuple(card(edition, link, slug) for slug in catalogue.badges if slug in replaced),
    )


def _shelves(edition: Edition, link: Linker, slugs: list[str]) -> Iterator[Shelf]:
    names = edition.catalogue.site.categories
    for category in (*names, None):
        cards = tuple(
            card(edition, link, slug) for slug in slugs if edition.catalogue.badges[slug].category == category
        )
        if cards:
            anchor = f"category-{category}" if category else "others"
            yield Shelf(anchor, edition.said(names[category]) if category else None, cards)
