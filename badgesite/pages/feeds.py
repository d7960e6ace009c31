"""For readers of news and for search engines: feed.xml (Atom), sitemap.xml, robots.txt. Public things alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice

from badgesite.artifact import Artifact, text_artifact
from badgesite.model.award import Award, Batch
from badgesite.model.badge import BadgeClass
from badgesite.model.catalogue import Catalogue
from badgesite.pages.catalogue.facets import facets_of
from badgesite.pages.edition import Edition, editions
from badgesite.pages.theme import Theme
from badgesite.pages.views.awarded import newest_first
from badgesite.pages.views.badge import summary_of
from badgesite.pages.views.page import has_numbers
from badgesite.plan import FEED, ROBOTS, SITEMAP, Plan, plan_of_batch

NEWS = 50  # awards in the feed
SITEMAP_LIMIT = 50_000  # addresses in a sitemap, which may have 50 MB (sitemaps.org)
_LINKS_LIMIT = 200_000  # links to translations in a sitemap: some 30 MB
_NEVER = date(1970, 1, 1)  # of a badge that knows no date, in a catalogue that knows none


@dataclass(frozen=True, slots=True)
class Entry:
    """A badge or a public award in the feed; `updated` is a day of its content."""

    url: str
    title: str
    summary: str
    updated: str


@dataclass(frozen=True, slots=True)
class Address:
    """A page in the sitemap, with its address in every language."""

    url: str
    translations: tuple[tuple[str, str], ...]


def feed(theme: Theme, catalogue: Catalogue, plan: Plan, as_of: date) -> Artifact:
    """Badges and the latest public awards as Atom (RFC 4287), the newest first, in the first language."""
    edition = editions(theme, catalogue, plan, as_of)[0]
    dated = [*_badges(edition), *islice(_awards(edition), NEWS)]
    entries = sorted(dated, key=lambda entry: entry.updated, reverse=True)
    updated = entries[0].updated if entries else _moment(_NEVER)
    values = {
        "tag": edition.tag,
        "title": catalogue.site.title.in_language(edition.tag),
        "home": plan.url(plan.home(edition.tag)),
        "feed": plan.url(FEED),
        "updated": updated,
        "entries": entries,
    }
    return text_artifact(FEED, edition.draw("feed.xml", **values))


def sitemaps(
    theme: Theme, catalogue: Catalogue, plan: Plan, as_of: date, limit: int = SITEMAP_LIMIT
) -> Iterator[Artifact]:
    """Every page that may be found, in every language, with its translations.

    One sitemap if `limit` addresses are enough; else an index in its place, and sitemaps of so many each.
    """
    edition = editions(theme, catalogue, plan, as_of)[0]
    addresses = tuple(_addresses(catalogue, plan))
    size = min(limit, _LINKS_LIMIT // len(plan.languages))
    if len(addresses) <= size:
        yield text_artifact(SITEMAP, edition.draw("sitemap.xml", addresses=addresses))
        return
    parts: list[str] = []
    for start in range(0, len(addresses), size):
        path = plan.sitemap_part(len(parts) + 1)
        yield text_artifact(path, edition.draw("sitemap.xml", addresses=addresses[start : start + size]))
        parts.append(plan.url(path))
    yield text_artifact(SITEMAP, edition.draw("sitemap_index.xml", parts=parts))


def robots(catalogue: Catalogue, plan: Plan) -> Artifact:
    """Welcome to all, or to nobody while the site is a rehearsal; hidden pages say `noindex` themselves."""
    rule = "Disallow: /" if catalogue.site.rehearsal else "Allow: /"
    return text_artifact(ROBOTS, f"User-agent: *\n{rule}\n\nSitemap: {plan.url(SITEMAP)}\n")


def _badges(edition: Edition) -> Iterator[Entry]:
    first_award: dict[str, date] = {}
    for batch in edition.catalogue.batches.values():
        first_award[batch.badge] = min(batch.date, first_award.get(batch.badge, batch.date))
    oldest = min(first_award.values(), default=_NEVER)
    for slug, badge in edition.catalogue.badges.items():
        day = _changed(badge) or first_award.get(slug, oldest)
        url = edition.plan.url(edition.plan.badge_page(slug, edition.tag))
        yield Entry(url, badge.name.in_language(edition.tag), summary_of(edition, badge).words, _moment(day))


def _changed(badge: BadgeClass) -> date | None:
    days = [entry.date for entry in badge.amended]
    days += [approval.date for approval in badge.approvals if approval.status == "approved"]
    return max(days, default=None)


def _awards(edition: Edition) -> Iterator[Entry]:
    for batch, award in _public(edition.catalogue):
        badge = edition.catalogue.badges[batch.badge]
        name = badge.name.in_language(edition.tag)
        title = f"{name} · {award.name}" if award.name else name
        plan = plan_of_batch(edition.catalogue, batch.slug)
        url = plan.url(plan.award_page(award.id, edition.tag))
        yield Entry(url, title, summary_of(edition, badge).words, _moment(award.changed or batch.date))


def _public(catalogue: Catalogue) -> list[tuple[Batch, Award]]:
    """The public awards that are not revoked, the newest first."""
    return newest_first(
        [
            (batch, award)
            for batch, award in catalogue.each_award()
            if not award.revoked and catalogue.visibility(batch, award) == "public"
        ]
    )


def _addresses(catalogue: Catalogue, plan: Plan) -> Iterator[Address]:
    for path in _pages(catalogue, plan):
        translations = tuple((language, plan.url(path(language))) for language in plan.languages)
        yield from (Address(url, translations) for _, url in translations)


def _pages(catalogue: Catalogue, plan: Plan) -> Iterator[Callable[[str], str]]:
    yield plan.home
    yield plan.verify_page
    if has_numbers(catalogue):
        yield plan.statistics_page
    yield from (partial(plan.issuer_page, slug) for slug in catalogue.issuers)
    yield from (partial(plan.badge_page, slug) for slug in catalogue.badges)
    yield from (partial(plan.free_page, slug) for slug in catalogue.pages)
    facets = facets_of(catalogue, {})
    for facet in facets.all:
        landing = (value.slug for value in facet.values if facets.may_be_indexed(facet, value))
        yield from (partial(plan.facet_page, facet.key, value) for value in landing)
    here = (award.id for batch, award in _public(catalogue) if catalogue.base_of(batch.slug) == plan.base)
    yield from (partial(plan.award_page, award) for award in here)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
