"""A badge class: its card in a list, and its page."""

from dataclasses import dataclass

from badgesite.model.badge import Approval, BadgeClass, Microcredential
from badgesite.pages.edition import Day, Edition, Said
from badgesite.pages.markdown import html_of
from badgesite.pages.views.about import About, about, badge_links
from badgesite.pages.views.awarded import Awarded, Tally, awarded
from badgesite.pages.views.kinds import kind_in_words
from badgesite.pages.views.page import Link, Linker


@dataclass(frozen=True, slots=True)
class Card:
    """A badge in a list of badges."""

    url: str
    picture: str
    name: Said
    summary: Said
    issuer: Said
    unit: Said | None
    ects: str | None
    eqf: int | None


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
    replaces: tuple[Link, ...]
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


def card(edition: Edition, link: Linker, slug: str) -> Card:
    """A badge for a list."""
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
    )


def badge_view(edition: Edition, link: Linker, badge: BadgeClass, tally: Tally) -> BadgeView:
    """The page of a badge."""
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
        unit=Link(f"{issuer.url}#unit-{badge.unit}", unit) if unit else None,
        years=months // 12 if months and whole_years else None,
        months=None if whole_years else months,
        about=about(edition, link, badge),
        parts=badge_links(edition, link, tuple(other.slug for other in badges if slug in other.part_of)),
        replaces=badge_links(edition, link, (badge.replaces,) if badge.replaces else ()),
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
    home = link(edition.plan.home(edition.tag))
    return Link(f"{home}#category-{category}", edition.said(edition.catalogue.site.categories[category]))


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
