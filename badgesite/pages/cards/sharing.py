"""What is shown where a link to a page is shared: Open Graph, which the cards of X read as well. Of nobody."""

from dataclasses import dataclass

from babel.core import get_global

from badgesite.pages.cards.shapes import CARD
from badgesite.pages.dates import locale_of
from badgesite.pages.edition import Edition

_LONGEST = 200  # characters of a description; services show about as many


@dataclass(frozen=True, slots=True)
class SharedImage:
    """A picture by its absolute address, its size in pixels, and in words."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Share:
    """Title, description, the site's name, the language as Open Graph has it (it_IT), and the picture."""

    title: str
    description: str | None
    site: str
    locale: str | None
    image: SharedImage | None


def shared(edition: Edition, title: str, description: str | None = None, badge: str | None = None) -> Share:
    """A page with a title; one about a badge (slug) names who gives that, and shows its card."""
    catalogue, plan = edition.catalogue, edition.plan
    image = None
    if badge:
        noun = catalogue.badges[badge]
        issuer = catalogue.issuers[noun.issuer].name.in_language(edition.tag)
        title = f"{title} · {issuer}"
        language = edition.tag if noun.has_language(edition.tag) else plan.first
        url = plan.url(plan.badge_card(badge, language))
        image = SharedImage(url, CARD.width, CARD.height, f"{noun.name.in_language(edition.tag)} · {issuer}")
    return Share(
        title=title,
        description=_shortened(description) if description else None,
        site=catalogue.site.title.in_language(edition.tag),
        locale=_locale(edition.tag),
        image=image,
    )


def _shortened(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].rpartition(' ')[0] or words[:_LONGEST]}…"


def _locale(tag: str) -> str | None:
    """A language and a territory where it is spoken: the most likely one, if the tag names none."""
    locale = locale_of(tag)
    if locale is None:
        return None
    likely = get_global("likely_subtags").get(str(locale), "")
    territory = locale.territory or likely.rpartition("_")[2]
    return f"{locale.language}_{territory}" if territory else None
