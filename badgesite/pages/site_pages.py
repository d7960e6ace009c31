"""All pages as artifacts: those of the catalogue, and those of awards."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from badgesite.artifact import Artifact, text_artifact
from badgesite.model.catalogue import Catalogue
from badgesite.model.key_life import KeyLife
from badgesite.model.text import Text
from badgesite.pages.cards.sharing import shared
from badgesite.pages.catalogue.facets import Value, facets_of
from badgesite.pages.catalogue.pages import catalogue_pages
from badgesite.pages.catalogue.structured import structured
from badgesite.pages.catalogue.versions import versions
from badgesite.pages.catalogue.view import more_of
from badgesite.pages.edition import Edition, editions
from badgesite.pages.portfolio.page import portfolio_page
from badgesite.pages.theme import Theme
from badgesite.pages.views.awarded import Tally, tallies
from badgesite.pages.views.badge import badge_view, moved_view, summary_of
from badgesite.pages.views.issuer import issuer_view
from badgesite.pages.views.page import (
    ANY_HOST,
    LINKED_DATA,
    Address,
    Document,
    chrome,
    from_host,
    page_view,
    relative,
)
from badgesite.pages.views.verifying import award_word_file, checking, word_file
from badgesite.plan import NOT_FOUND, Plan

_NO_KEYS: Mapping[str, Sequence[KeyLife]] = {}


def class_pages(
    theme: Theme, catalogue: Catalogue, plan: Plan, as_of: date, keys: Mapping[str, Sequence[KeyLife]] = _NO_KEYS
) -> Iterator[Artifact]:
    """Catalogue, issuers with their `keys`, badges and free pages in every language, 404.html, and static files."""
    tally = tallies(catalogue)
    facets = facets_of(catalogue, {slug: [year for year, _ in each.years] for slug, each in tally.items()})
    values = facets.of_badges()
    in_all_languages = editions(theme, catalogue, plan, as_of)
    for edition in in_all_languages:
        yield from catalogue_pages(edition, facets)
        yield from (_issuer(edition, slug, keys.get(slug, ())) for slug in catalogue.issuers)
        yield from (_badge(edition, slug, tally, values.get(slug, ())) for slug in catalogue.badges)
        yield from (_moved(edition, old, slug) for old, slug in catalogue.former_badges.items())
        yield from (_free_page(edition, slug) for slug in catalogue.pages)
        yield _verify(edition)
        yield portfolio_page(edition)
    yield _not_found(in_all_languages)
    for asset in theme.assets.values():
        words = asset.data if asset.name.endswith((".css", ".js", ".svg", ".txt")) else b""
        yield Artifact(plan.asset(asset.name, asset.digest), asset.data, words=words)
    if logo := catalogue.look.logo:
        words = logo.data if logo.kind == "svg" else b""
        yield Artifact(plan.logo(logo.kind, logo.digest), logo.data, words=words)
    yield from _scripts(in_all_languages)


def _issuer(edition: Edition, slug: str, keys: Sequence[KeyLife]) -> Artifact:
    address = partial(edition.plan.issuer_page, slug)
    issuer = edition.catalogue.issuers[slug]
    view = issuer_view(edition, relative(edition.plan, address(edition.tag)), issuer, keys)
    documents = _documents(view.document, view.profile)
    return _page(edition, address, "issuer.html", issuer.name, documents, issuer=view)


def _badge(edition: Edition, slug: str, tally: Mapping[str, Tally], values: Sequence[tuple[str, Value]]) -> Artifact:
    address = partial(edition.plan.badge_page, slug)
    badge = edition.catalogue.badges[slug]
    link = relative(edition.plan, address(edition.tag))
    view = badge_view(edition, link, badge, tally.get(slug, Tally()), values)
    return _page(
        edition,
        address,
        "badge.html",
        badge.name,
        _documents(view.document, view.achievement),
        summary_of(edition, badge).words,
        card_of=slug,
        badge=view,
        versions=versions(edition, link, badge, tally),
        more=more_of(edition, link, values),
        structured=None if edition.catalogue.later else structured(edition, badge),
    )


def _moved(edition: Edition, old: str, slug: str) -> Artifact:
    """What stands where a badge was before it was moved: the way to its page, for people; documents go on answering."""
    address = partial(edition.plan.badge_page, old)
    badge, here = edition.catalogue.badges[slug], address(edition.tag)
    view = moved_view(edition, relative(edition.plan, here), old, badge)
    documents = _documents(view.document, view.achievement)
    return _page(edition, address, "moved.html", badge.name, documents, hidden=True, card_of=slug, moved=view)


def _documents(*urls: str | None) -> tuple[Document, ...]:
    return tuple(Document(LINKED_DATA, url) for url in urls if url)


def _free_page(edition: Edition, slug: str) -> Artifact:
    address = partial(edition.plan.free_page, slug)
    page = edition.catalogue.pages[slug]
    title, body = edition.said(page.title), edition.prose(page.body, top=2)
    return _page(edition, address, "page.html", page.title, heading=title, body=body)


def _verify(edition: Edition) -> Artifact:
    address = edition.plan.verify_page
    link = relative(edition.plan, address(edition.tag))
    title = (edition.body_language, edition.wording.gettext("Verify a badge"))
    html = edition.draw(
        "verify.html",
        page=page_view(edition, address, title, share=shared(edition, title[1])),
        chrome=chrome(edition, link, ANY_HOST),
        checking=checking(edition, link, "page.js"),
    )
    return text_artifact(address(edition.tag), html)


def _scripts(all_editions: tuple[Edition, ...]) -> Iterator[Artifact]:
    """The scripts that check badges, and their words in each language that the theme speaks."""
    plan, scripts = all_editions[0].plan, all_editions[0].theme.scripts
    for name, data in scripts.modules.items():
        yield Artifact(plan.module(scripts.folder, scripts.digest, name), data, words=data)
    for edition in {edition.wording.language: edition for edition in all_editions}.values():
        yield from (word_file(edition), award_word_file(edition))


def _page(
    edition: Edition,
    address: Address,
    template: str,
    title: Text,
    documents: tuple[Document, ...] = (),
    description: str | None = None,
    hidden: bool = False,
    card_of: str | None = None,
    **values: object,
) -> Artifact:
    path = address(edition.tag)
    tagged = title.tagged(edition.tag)
    share = shared(edition, tagged[1], description, card_of)
    view = page_view(edition, address, tagged, hidden=hidden, documents=documents, description=description, share=share)
    around = chrome(edition, relative(edition.plan, path))
    return text_artifact(path, edition.draw(template, page=view, chrome=around, **values))


def _not_found(all_editions: tuple[Edition, ...]) -> Artifact:
    first, plan = all_editions[0], all_editions[0].plan
    link = from_host(plan)
    title = (first.body_language, first.wording.gettext("Page not found"))
    view = page_view(first, lambda language: NOT_FOUND, title, hidden=True)
    parts = [
        edition.draw(
            "parts/not_found.html",
            tag=edition.body_language,
            home=link(plan.home(edition.tag)),
            first=edition is first,
        )
        for edition in all_editions
    ]
    html = first.draw("404.html", page=view, chrome=chrome(first, link), parts=parts)
    return text_artifact(NOT_FOUND, html, listed=True)
