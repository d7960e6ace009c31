"""An award. What its badge and language fix is drawn once, in a `Frame`; a page adds what is its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from badgesite.model.award import Activity, Award, Batch
from badgesite.model.badge import BadgeClass
from badgesite.model.catalogue import Catalogue
from badgesite.model.scalars import written_number
from badgesite.pages.edition import Day, Edition, Said, width_of
from badgesite.pages.markdown import html_of
from badgesite.pages.sharing.links import NETWORKS, complaint, letter, linkedin_profile
from badgesite.pages.sharing.qr_codes import QrCodes
from badgesite.pages.views.about import about
from badgesite.pages.views.badge import alt_of, kind_of, unit_of
from badgesite.pages.views.page import OWN_FILES, Chrome, Link, Linker, chrome, host_of
from badgesite.pages.views.verifying import award_word_file, checking


@dataclass(frozen=True, slots=True)
class ActivityView:
    """What the award was given for."""

    name: Said
    first: Day | None
    last: Day | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a printed page says beside the award; without words of the site, the theme has its own.

    `wide` is `long` for a notice that is set smaller.
    """

    title: Said | None
    notice: Said | None
    wide: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What all awards of a badge say in a language; `about` is the badge in full, drawn.

    `wide` is as for `width_of`; `ects` says whether credits are ECTS. `networks` are the names of networks, and what
    stands before an address to share there.
    """

    chrome: Chrome
    name: Said
    wide: str
    title: tuple[str, str]
    alt: Said
    kind: str
    badge_page: str
    issuer: Link
    issuer_logo: str | None
    issuer_site: str
    issuer_host: str
    site_address: str
    rehearsal: bool
    as_of: Day
    scale: Said | None
    ects: bool
    results: Mapping[str, Said]
    picture: str
    square: str
    script: str
    words: str
    verify_page: str
    certificate: Certificate
    codes: QrCodes
    networks: tuple[tuple[str, str], ...]
    contact: str
    about: Markup


@dataclass(frozen=True, slots=True)
class Person:
    """What no two awards share: the id, the name if it may be shown, the hashed address and its salt, the QR code.

    `wide` is how much room the name takes, as for `width_of`.
    """

    id: str
    holder: str | None
    identity: str
    salt: str
    code: str
    wide: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A revocation."""

    day: Day
    reason: Said


@dataclass(frozen=True, slots=True)
class AwardView:
    """What one award says; `state` is valid, expired or revoked. One that is not issued yet has no documents."""

    issued: bool
    holder: str | None
    state: str
    awarded: Day
    until: Day | None
    withdrawn: Withdrawn | None
    unit: Said | None
    result: Said | None
    credits: str | None
    narrative: Said | None
    evidence: tuple[str, ...]
    activity: ActivityView | None
    changed: Day | None
    identity: str
    salt: str
    wide: str
    page: str
    code: str
    linkedin: str
    letter: str
    complaint: str
    assertion: str | None
    credential: str | None
    jwt: str | None
    png: str


def person_of(catalogue: Catalogue, batch: Batch, award: Award, code: str) -> Person:
    """What is this award's alone; `code` is its QR code in the language of the page."""
    name, recipient = catalogue.shown_name(batch, award), award.recipient
    return Person(award.id, name, recipient.identity, recipient.salt, code, width_of(name or ""))


def frame(edition: Edition, link: Linker, badge: BadgeClass, codes: QrCodes) -> Frame:
    """What the awards of a badge have in common; `link` starts from the page of any of them."""
    catalogue, plan, site = edition.catalogue, edition.plan, edition.catalogue.site
    issuer = catalogue.issuers[badge.issuer]
    badge_page = link(plan.badge_page(badge.slug, edition.tag))
    return Frame(
        chrome=chrome(edition, link, OWN_FILES, brief=True),
        name=edition.said(badge.name),
        wide=width_of(badge.name.in_language(edition.tag)),
        title=badge.name.tagged(edition.tag),
        alt=alt_of(edition, badge),
        kind=kind_of(edition, badge),
        badge_page=badge_page,
        issuer=Link(link(plan.issuer_page(issuer.slug, edition.tag)), edition.said(issuer.name)),
        issuer_logo=_logo(edition, link, issuer.slug),
        issuer_site=issuer.url,
        issuer_host=host_of(issuer.url),
        site_address=plan.base.partition("//")[2].rstrip("/"),
        rehearsal=site.rehearsal,
        as_of=edition.day(edition.as_of),
        scale=edition.said(badge.result.name) if badge.result else None,
        ects=bool(badge.microcredential and badge.microcredential.ects is not None),
        results={value.id: edition.said(value.name) for value in badge.result.values} if badge.result else {},
        picture=link(plan.badge_image(badge.slug, "png")),
        square=link(plan.badge_square(badge.slug, edition.tag if badge.has_language(edition.tag) else plan.first)),
        script=checking(edition, link, "award.js").script,
        words=link(award_word_file(edition).path),
        verify_page=link(plan.verify_page(edition.tag)),
        certificate=_certificate(edition),
        codes=codes,
        networks=NETWORKS,
        contact=site.contact.email if site.contact else issuer.email,
        about=edition.draw(
            "parts/about.html", about=about(edition, link, badge), badge_page=badge_page, on_badge=False
        ),
    )


def _certificate(edition: Edition) -> Certificate:
    said = edition.catalogue.site.certificate
    notice = edition.maybe(said.notice if said else None)
    return Certificate(
        title=edition.maybe(said.title if said else None),
        notice=notice,
        wide="long" if notice and len(notice.words) > 200 else "",
    )


def award_view(
    edition: Edition, link: Linker, frame: Frame, batch: Batch, award: Award, person: Person, *, issued: bool = True
) -> AwardView:
    """What one award says in a language, of `person`."""
    catalogue, plan = edition.catalogue, edition.plan
    badge = catalogue.badges[batch.badge]
    last = catalogue.expires(batch, award)
    language = edition.mark(award.language or plan.first)
    signed = issued and catalogue.site.signs
    page = plan.url(plan.award_page(person.id, edition.tag))
    name, issuer = (text.in_language(edition.tag) for text in (badge.name, catalogue.issuers[badge.issuer].name))
    return AwardView(
        issued=issued,
        holder=person.holder,
        state=catalogue.state(batch, award, edition.as_of).value,
        awarded=edition.day(batch.date),
        until=edition.day(last) if last else None,
        withdrawn=_withdrawn(edition, award),
        unit=unit_of(edition, badge.issuer, award.unit or badge.unit),
        result=_result(edition, frame, award.result),
        credits=None if award.credits is None else edition.number(award.credits),
        narrative=Said(html_of(award.narrative), language) if award.narrative else None,
        evidence=award.evidence,
        activity=_activity(edition, batch.head.activity) if batch.head.activity else None,
        changed=edition.day(award.changed) if award.changed else None,
        identity=person.identity,
        salt=person.salt,
        wide=person.wide,
        page=page,
        code=person.code,
        linkedin=linkedin_profile(name, issuer, batch.date, last, page, person.id),
        letter=letter(name, page),
        complaint=complaint(frame.contact, page),
        assertion=link(plan.assertion(person.id)) if issued else None,
        credential=link(plan.credential(person.id)) if signed else None,
        jwt=link(plan.credential_jwt(person.id)) if signed else None,
        png=link(plan.award_image(person.id, "png")) if issued else frame.picture,
    )


def _logo(edition: Edition, link: Linker, issuer: str) -> str | None:
    picture = edition.catalogue.issuer_pictures.get(issuer)
    return link(edition.plan.issuer_image(issuer, picture.kind)) if picture else None


def _withdrawn(edition: Edition, award: Award) -> Withdrawn | None:
    if not award.revoked:
        return None
    reason = Said(award.revoked.reason, edition.mark(edition.plan.first))
    return Withdrawn(edition.day(award.revoked.date), reason)


def _result(edition: Edition, frame: Frame, result: str | None) -> Said | None:
    if result is None:
        return None
    number = None if frame.results else written_number(result)
    return frame.results.get(result) or Said(result if number is None else edition.number(number))


def _activity(edition: Edition, activity: Activity) -> ActivityView:
    first, last = (edition.day(day) if day else None for day in (activity.first, activity.last))
    return ActivityView(edition.said(activity.name), first, last, activity.url)
