"""What a letter says, in the language of whom it is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from badgesite.model.award import Award, Batch
from badgesite.model.badge import BadgeClass
from badgesite.model.catalogue import Catalogue
from badgesite.model.scalars import written_number
from badgesite.model.site import Visibility
from badgesite.pages.dates import direction_of
from badgesite.pages.edition import Day, Edition, Said
from badgesite.pages.views.badge import alt_of, kind_of, summary_of, unit_of


@dataclass(frozen=True, slots=True)
class Shared:
    """What the letters about a badge have in common in a language; `picture` names the part that holds its picture."""

    tag: str
    direction: str
    name: Said
    kind: str
    alt: Said
    picture: str
    summary: Said
    issuer: Said
    host: str
    help: str
    scale: Said | None
    results: Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter to the holder of an award; `name` is how to greet them, `page` and `png` are whole addresses.

    `seen` says who sees their name on the page.
    """

    shared: Shared
    name: str | None
    unit: Said | None
    day: Day
    until: Day | None
    result: Said | None
    seen: Visibility
    page: str
    png: str


def shared_view(edition: Edition, badge: BadgeClass) -> Shared:
    """What all letters about a badge say."""
    host = urlsplit(edition.plan.base).netloc
    result = badge.result
    return Shared(
        tag=edition.body_language,
        direction=direction_of(edition.body_language),
        name=edition.said(badge.name),
        kind=kind_of(edition, badge),
        alt=alt_of(edition, badge),
        picture=f"{badge.slug}.picture@{host}",
        summary=summary_of(edition, badge),
        issuer=edition.said(edition.catalogue.issuers[badge.issuer].name),
        host=host,
        help=contact_of(edition.catalogue, badge),
        scale=edition.maybe(result.name) if result else None,
        results={value.id: edition.said(value.name) for value in result.values} if result else {},
    )


def letter_view(edition: Edition, shared: Shared, batch: Batch, award: Award, name: str | None) -> LetterView:
    """The letter about an award to its holder of that name, if it is known."""
    catalogue, plan = edition.catalogue, edition.plan
    badge, last = catalogue.badges[batch.badge], catalogue.expires(batch, award)
    return LetterView(
        shared=shared,
        name=one_line(name or "") or None,
        unit=unit_of(edition, badge.issuer, award.unit or badge.unit),
        day=edition.day(batch.date),
        until=edition.day(last) if last else None,
        result=_result(edition, shared, award.result),
        seen=catalogue.visibility(batch, award) if catalogue.shown_name(batch, award) else "unnamed",
        page=plan.url(plan.award_page(award.id, edition.tag)),
        png=plan.url(plan.award_image(award.id, "png")),
    )


def contact_of(catalogue: Catalogue, badge: BadgeClass) -> str:
    """Whom holders write to: the site's contact, else the issuer of the badge."""
    contact = catalogue.site.contact
    return contact.email if contact else catalogue.issuers[badge.issuer].email


def one_line(words: str) -> str:
    """Words without line feeds, or anything else that ends a line somewhere: a header has one line."""
    return " ".join(words.split())


def _result(edition: Edition, shared: Shared, result: str | None) -> Said | None:
    if result is None:
        return None
    number = None if shared.results else written_number(result)
    return shared.results.get(result) or Said(result if number is None else edition.number(number))
