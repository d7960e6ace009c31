"""A badge class: its card in a list, and its page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from badgesite.model.badge import Approval, BadgeClass, Microcredential
from badgesite.pages.catalogue.facets import Value
from badgesite.pages.edition import Day, Edition, Said
from badgesite.pages.markdown import html_of
from badgesite.pages.views.about import About, about, badge_links
from badgesite.pages.views.awarded import Awarded, Tally, awarded
from badgesite.pages.views.kinds import kind_in_words
from badgesite.pages.views.page import Link, Linker


@dataclass(frozen=True, slots=True)
class Card:
    """A badge in a list of badges; `sought` has words by which it is found and which the card does not show.

    `facets` have by their keys the names of its values, parted by a space.
    """

    url: str
    picture: str
    name: Said
    summary: Said
    issuer: Said
    unit: Said | None
    ects: str | None
    eqf: int | None
    sought: str
    facets: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """The public facts of an approval."""

    status: str
    body: str
    day: Day
    reference: str | None
    first: Day | None
    last: Day | None
    places: str | None


@dataclass(frozen=True, slots=True)
class BadgeView:
    """The page of a badge class; it is valid for whole `years`, else for `months`, else without end."""

    name: Said
    picture: str
    alt: Said
    kind: str
    category: Link | None
    issuer: Link
    unit: Link | None
    years: int | None
    months: int | None
    about: About
    parts: tuple[Link, ...]
    replaced_by: tuple[Link, ...]
    decisions: tuple[Decision, ...]
    awarded: Awarded
    document: str
    achievement: str | None
    image_png: str
    image_svg: str | None


@dataclass(frozen=True, slots=True)
class MovedView:
    """The page at a former address of a badge: where it is now, by a link from here and by its whole address."""

    page: Link
    url: str
    document: str
    achievement: str | None


def moved_view(edition: Edition, link: Linker, old: str, badge: BadgeClass) -> MovedView:
    """The page where a badge was when it was called `old`."""
    plan, page = edition.plan, edition.plan.badge_page(badge.slug, edition.tag)
    return MovedView(
        page=Link(link(page), edition.said(badge.name)),
        url=plan.url(page),
        document=link(plan.badge_document(old)),
        achievement=link(plan.achievement(old, _written_in(edition, badge))) if edition.catalogue.site.signs else None,
    )


def alt_of(edition: Edition, badge: BadgeClass) -> Said:
    """The words in place of the picture: those written for it, else the name."""
    return edition.said(badge.image_alt or badge.name)


def kind_of(edition: Edition, badge: BadgeClass) -> str:
    """What kind of achievement it is."""
    return edition.wording.gettext(kind_in_words(badge.achievement_type))


def unit_of(edition: Edition, issuer: str, unit: str | None) -> Said | None:
    """The name of a unit of an issuer."""
    return edition.maybe(edition.catalogue.issuers[issuer].units.get(unit)) if unit else None


def summary_of(edition: Edition, badge: BadgeClass) -> Said:
    """The description without its marks, on one line."""
    tag, words = badge.description.tagged(edition.tag)
    return Said(html_of(words).striptags(), edition.mark(tag))


def picture_of(edition: Edition, link: Linker, slug: str) -> str:
    """Where the picture of a badge is, as it was drawn."""
    return link(edition.plan.badge_image(slug, edition.catalogue.badge_pictures[slug].kind))


def card(edition: Edition, link: Linker, slug: str, values: Iterable[tuple[str, Value]] = ()) -> Card:
    """A badge for a list; with the `values` of its facets, for one that can be searched."""
    by_facet: dict[str, list[str]] = {}
    for key, value in values:
        by_facet.setdefault(key, []).append(value.slug)
    badge = edition.catalogue.badges[slug]
    facts = badge.microcredential or Microcredential()
    return Card(
        url=link(edition.plan.badge_page(slug, edition.tag)),
        picture=picture_of(edition, link, slug),
        name=edition.said(badge.name),
        summary=summary_of(edition, badge),
        issuer=edition.said(edition.catalogue.issuers[badge.issuer].name),
        unit=unit_of(edition, badge.issuer, badge.unit),
        ects=None if facts.ects is None else edition.number(facts.ects),
        eqf=facts.eqf,
        sought=" ".join(_sought(edition, badge)) if by_facet else "",
        facets=tuple((key, " ".join(slugs)) for key, slugs in by_facet.items()),
    )


def _sought(edition: Edition, badge: BadgeClass) -> Iterator[str]:
    """What a card does not show, and people look for."""
    catalogue = edition.catalogue
    texts = [skill.name for skill in badge.skills]
    if badge.unit:
        texts.append(catalogue.issuers[badge.issuer].name)
    if badge.category:
        texts.append(catalogue.site.categories[badge.category])
    if badge.result:
        texts += [badge.result.name, *(value.name for value in badge.result.values)]
    yield from (text.in_language(edition.tag) for text in texts)
    yield kind_of(edition, badge)
    yield from (skill.code for skill in badge.skills if skill.code)


def badge_view(
    edition: Edition, link: Linker, badge: BadgeClass, tally: Tally, values: Iterable[tuple[str, Value]]
) -> BadgeView:
    """The page of a badge, with the `values` of its facets."""
    own = dict(values)
    plan, slug, badges = edition.plan, badge.slug, edition.catalogue.badges.values()
    issuer = Link(
        link(plan.issuer_page(badge.issuer, edition.tag)),
        edition.said(edition.catalogue.issuers[badge.issuer].name),
    )
    unit = unit_of(edition, badge.issuer, badge.unit)
    months = badge.valid_for.months if badge.valid_for else None
    whole_years = months is not None and months % 12 == 0
    return BadgeView(
        name=edition.said(badge.name),
        picture=picture_of(edition, link, slug),
        alt=alt_of(edition, badge),
        kind=kind_of(edition, badge),
        category=_category(edition, link, badge.category),
        issuer=issuer,
        unit=Link(link(plan.facet_page("unit", own["unit"].slug, edition.tag)), unit) if unit else None,
        years=months // 12 if months and whole_years else None,
        months=None if whole_years else months,
        about=about(edition, link, badge),
        parts=badge_links(edition, link, tuple(other.slug for other in badges if slug in other.part_of)),
        replaced_by=badge_links(edition, link, tuple(other.slug for other in badges if other.replaces == slug)),
        decisions=tuple(_decision(edition, approval) for approval in reversed(badge.approvals)),
        awarded=awarded(edition, link, tally),
        document=link(plan.badge_document(slug)),
        achievement=link(plan.achievement(slug, _written_in(edition, badge))) if edition.catalogue.site.signs else None,
        image_png=link(plan.badge_image(slug, "png")),
        image_svg=link(plan.badge_image(slug, "svg")) if _is_svg(edition, slug) else None,
    )


def _written_in(edition: Edition, badge: BadgeClass) -> str:
    """The language of the page if the badge has it, else the first."""
    return edition.tag if badge.has_language(edition.tag) else edition.plan.first


def _is_svg(edition: Edition, slug: str) -> bool:
    return edition.catalogue.badge_pictures[slug].kind == "svg"


def _category(edition: Edition, link: Linker, category: str | None) -> Link | None:
    if category is None:
        return None
    page = link(edition.plan.facet_page("category", category, edition.tag))
    return Link(page, edition.said(edition.catalogue.site.categories[category]))


def _decision(edition: Edition, approval: Approval) -> Decision:
    return Decision(
        status=approval.status,
        body=approval.body,
        day=edition.day(approval.date),
        reference=approval.reference,
        first=edition.day(approval.first) if approval.first else None,
        last=edition.day(approval.last) if approval.last else None,
        places=None if approval.places is None else edition.number(approval.places),
    )
