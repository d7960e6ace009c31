"""Pages, and what machines read about the whole site."""

from collections.abc import Iterable, Iterator

from badgesite.artifact import Artifact
from badgesite.makers.context import Context, Recorded
from badgesite.makers.key_lives import key_lives
from badgesite.pages import award_pages as pages_of_awards
from badgesite.pages import feeds, open_data, site_pages
from badgesite.plan import NO_JEKYLL


def class_pages(context: Context) -> Iterator[Artifact]:
    """Pages in every language, and what they need."""
    keys = key_lives(context)
    return site_pages.class_pages(context.theme, context.catalogue, context.plan, context.as_of, keys)


def indexes(context: Context) -> Iterator[Artifact]:
    """What machines read about the whole site: catalogue, feed, sitemap, robots."""
    catalogue, plan, theme, as_of = context.catalogue, context.plan, context.theme, context.as_of
    yield open_data.open_catalogue(catalogue, plan)
    yield feeds.feed(theme, catalogue, plan, as_of)
    yield from feeds.sitemaps(theme, catalogue, plan, as_of)
    yield feeds.robots(catalogue, plan)
    yield Artifact(NO_JEKYLL, b"")


def award_pages(context: Context, awards: Iterable[Recorded]) -> Iterator[Artifact]:
    """The page of each award in every language."""
    theme, catalogue, plan, as_of = context.theme, context.catalogue, context.plan, context.as_of
    return pages_of_awards.award_pages(theme, catalogue, plan, as_of, awards, context.not_issued)
