"""The pages of the catalogue: all badges, those of each value of a facet, and all values of a facet."""

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from badgesite.artifact import Artifact, text_artifact
from badgesite.pages.cards.sharing import shared
from badgesite.pages.catalogue.facets import Facet, Facets, Value
from badgesite.pages.catalogue.view import (
    Desk,
    cards_of,
    facet_name,
    facet_views,
    home_view,
    index_name,
    index_view,
    name_of,
    value_view,
)
from badgesite.pages.edition import Edition
from badgesite.pages.theme import CATALOGUE_SCRIPT
from badgesite.pages.views.page import ATOM, JSON, NOTHING, Document, Linker, chrome, page_view, relative
from badgesite.plan import CATALOGUE, FEED

_ANY = "-"  # no value is called so: the links from its page fit the page of every value


def catalogue_pages(edition: Edition, facets: Facets) -> Iterator[Artifact]:
    """Every page of the catalogue in a language."""
    yield _home(edition, facets)
    yield from _values(edition, facets)
    yield from _indexes(edition, facets)


def _home(edition: Edition, facets: Facets) -> Artifact:
    address = edition.plan.home
    link = relative(edition.plan, address(edition.tag))
    title = edition.catalogue.site.title.tagged(edition.tag)
    documents = (Document(JSON, link(CATALOGUE)), Document(ATOM, link(FEED)))
    html = edition.draw(
        "home.html",
        page=page_view(edition, address, title, documents=documents, share=shared(edition, title[1])),
        chrome=chrome(edition, link, NOTHING, logo_alone=True),
        home=home_view(edition, link, cards_of(edition, link, facets)),
        desk=_desk(edition, link, len(edition.catalogue.badges)),
        finding=_finding(edition, link, facets),
    )
    return text_artifact(address(edition.tag), html)


def _values(edition: Edition, facets: Facets) -> Iterator[Artifact]:
    """What these pages share is drawn once: they lie equally deep, so that the links from one of them fit all."""
    link = relative(edition.plan, edition.plan.facet_page(_ANY, _ANY, edition.tag))
    around, cards = chrome(edition, link, NOTHING), cards_of(edition, link, facets)
    finding = _finding(edition, link, facets)
    for facet in facets.all:
        index = link(edition.plan.facet_index(facet.key, edition.tag))
        for value in facet.values:
            address = partial(edition.plan.facet_page, facet.key, value.slug)
            hidden, title = not facets.may_be_indexed(facet, value), _title(edition, facet, value)
            html = edition.draw(
                "facet.html",
                page=page_view(edition, address, title, hidden=hidden, share=shared(edition, title[1])),
                chrome=around,
                facet=value_view(edition, index, facet.key, value, cards),
                desk=_desk(edition, link, len(value.badges), f"{facet.key}={value.slug}"),
                finding=finding,
            )
            yield text_artifact(address(edition.tag), html)


def _indexes(edition: Edition, facets: Facets) -> Iterator[Artifact]:
    for facet in facets.all:
        address = partial(edition.plan.facet_index, facet.key)
        link = relative(edition.plan, address(edition.tag))
        title = (edition.body_language, index_name(edition, facet.key))
        html = edition.draw(
            "facet_index.html",
            page=page_view(edition, address, title, hidden=True),
            chrome=chrome(edition, link),
            index=index_view(edition, link, facet),
        )
        yield text_artifact(address(edition.tag), html)


def _desk(edition: Edition, link: Linker, count: int, fixed: str = "") -> Desk:
    script = edition.theme.assets[CATALOGUE_SCRIPT]
    home = link(edition.plan.home(edition.tag))
    return Desk(home, fixed, link(edition.plan.asset(script.name, script.digest)), count)


def _finding(edition: Edition, link: Linker, facets: Facets) -> Markup:
    return edition.draw("parts/facets.html", facets=facet_views(edition, link, facets))


def _title(edition: Edition, facet: Facet, value: Value) -> tuple[str, str]:
    """Language and words of a title; two languages in it would be one too many."""
    name = name_of(edition, value)
    if name.lang:
        return name.lang, name.words
    return edition.body_language, f"{facet_name(edition, facet.key)}: {name.words}"
