"""What a badge says of itself, on its own page and on those of its awards."""

from dataclasses import dataclass

from badgesite.model.badge import BadgeClass, Microcredential, Result, Skill
from badgesite.pages.dates import country_in
from badgesite.pages.edition import Day, Edition, Said
from badgesite.pages.views.page import Link, Linker


@dataclass(frozen=True, slots=True)
class SkillView:
    """A skill; `source` is its framework and code there."""

    name: Said
    url: str
    source: str
    description: Said | None


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of a micro-credential (EU Council recommendation 2022/C 243/02, annex I)."""

    workload: Said | None
    ects: str | None
    eqf: int | None
    assessment: Said | None
    participation: Said | None
    quality_assurance: Said | None
    prerequisites: Said | None
    supervision: Said | None
    stackable: Said | None
    further_information: Said | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Scale:
    """What a result can be: named values, lowest first, or a number from `low` to `high`."""

    name: Said
    values: tuple[Said, ...]
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """A mended misprint."""

    day: Day
    words: Said


@dataclass(frozen=True, slots=True)
class About:
    """What a badge says of itself."""

    description: Said
    criteria: Said
    skills: tuple[SkillView, ...]
    elements: Elements | None
    scale: Scale | None
    counts_towards: tuple[Link, ...]
    notice: Said | None
    amended: tuple[Note, ...]


def about(edition: Edition, link: Linker, badge: BadgeClass) -> About:
    """What a badge says of itself, with links from the page that `link` starts from."""
    return About(
        description=edition.prose(badge.description),
        criteria=edition.prose(badge.criteria),
        skills=tuple(_skill(edition, skill) for skill in badge.skills),
        elements=_elements(edition, badge, badge.microcredential) if badge.microcredential else None,
        scale=_scale(edition, badge.result) if badge.result else None,
        counts_towards=badge_links(edition, link, badge.part_of),
        notice=edition.prose(badge.notice) if badge.notice else None,
        amended=tuple(Note(edition.day(entry.date), edition.said(entry.note)) for entry in badge.amended),
    )


def badge_links(edition: Edition, link: Linker, slugs: tuple[str, ...]) -> tuple[Link, ...]:
    """The names of some badges, leading to their pages."""
    return tuple(
        Link(link(edition.plan.badge_page(slug, edition.tag)), edition.said(edition.catalogue.badges[slug].name))
        for slug in slugs
    )


def _skill(edition: Edition, skill: Skill) -> SkillView:
    source = " · ".join(part for part in (skill.framework, skill.code) if part)
    return SkillView(edition.said(skill.name), skill.url, source, edition.maybe(skill.description))


def _elements(edition: Edition, badge: BadgeClass, facts: Microcredential) -> Elements:
    address = edition.catalogue.issuers[badge.issuer].address
    return Elements(
        workload=edition.maybe(facts.workload),
        ects=None if facts.ects is None else edition.number(facts.ects),
        eqf=facts.eqf,
        assessment=edition.maybe(facts.assessment),
        participation=edition.maybe(facts.participation),
        quality_assurance=edition.maybe(facts.quality_assurance),
        prerequisites=edition.maybe(facts.prerequisites),
        supervision=edition.maybe(facts.supervision),
        stackable=edition.maybe(facts.stackable),
        further_information=edition.maybe(facts.further_information),
        country=country_in(edition.wording.language, address.country) if address else None,
    )


def _scale(edition: Edition, result: Result) -> Scale:
    return Scale(
        name=edition.said(result.name),
        values=tuple(edition.said(value.name) for value in result.values),
        low=None if result.min is None else edition.number(result.min),
        high=None if result.max is None else edition.number(result.max),
    )
