"""An issuer: who it is, and what its units award."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from badgesite.model.issuer import Issuer
from badgesite.model.key_life import KeyLife
from badgesite.pages.dates import country_in
from badgesite.pages.edition import Day, Edition, Said
from badgesite.pages.views.badge import Card, card
from badgesite.pages.views.page import Linker, host_of

_FROM_ABROAD = re.compile(r"\+[0-9][0-9 .\u00a0]{5,22}")  # one number, with nothing to leave out: no (0), no 12/13


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit with its badges; without a name, the issuer's own badges."""

    anchor: str
    name: Said | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class KeyView:
    """Keys of one life: name, kind and fragment of each; `state` is as of the day of the page."""

    keys: tuple[tuple[str, str, str], ...]
    state: str
    start: Day
    end: Day | None
    revoked: Day | None
    reason: Said | None


@dataclass(frozen=True, slots=True)
class IssuerView:
    """The page of an issuer; `call` is the address of its telephone, where it can be dialled as it is written."""

    name: Said
    url: str
    host: str
    email: str
    telephone: str | None
    call: str | None
    address: tuple[str, ...]
    description: Said | None
    picture: str | None
    units: tuple[UnitView, ...]
    document: str
    revocations: str
    profile: str | None
    keys: str | None
    history: tuple[KeyView, ...]
    did: str | None


def issuer_view(edition: Edition, link: Linker, issuer: Issuer, keys: Sequence[KeyLife] = ()) -> IssuerView:
    """The page of an issuer, with the lives of its keys."""
    plan, picture = edition.plan, edition.catalogue.issuer_pictures.get(issuer.slug)
    signs = edition.catalogue.site.signs
    return IssuerView(
        name=edition.said(issuer.name),
        url=issuer.url,
        host=host_of(issuer.url),
        email=issuer.email,
        telephone=issuer.telephone,
        call=_call(issuer.telephone) if issuer.telephone else None,
        address=tuple(_address(edition, issuer)),
        description=edition.prose(issuer.description, top=2) if issuer.description else None,
        picture=link(plan.issuer_image(issuer.slug, picture.kind)) if picture else None,
        units=tuple(_units(edition, link, issuer)),
        document=link(plan.issuer_document(issuer.slug)),
        revocations=link(plan.revocations(issuer.slug)),
        profile=link(plan.profile(issuer.slug)) if signs else None,
        keys=link(plan.did_document(issuer.slug)) if signs else None,
        history=tuple(_history(edition, keys)),
        did=plan.did(issuer.slug) if keys else None,
    )


def _call(telephone: str) -> str | None:
    """A number to dial (RFC 3966, section 3), for one from abroad: others depend on where the reader is."""
    return "tel:" + re.sub("[^+0-9]", "", telephone) if _FROM_ABROAD.fullmatch(telephone) else None


def _history(edition: Edition, keys: Sequence[KeyLife]) -> Iterator[KeyView]:
    """What became of keys, told once of those that began, ended and were revoked together."""
    together: dict[tuple[object, ...], list[KeyLife]] = {}
    for key in keys:
        together.setdefault((key.start, key.end, key.revoked, key.reason), []).append(key)
    for alike in together.values():
        first = alike[0]
        yield KeyView(
            keys=tuple((key.name, key.kind, key.fragment) for key in alike),
            state=first.state(edition.as_of),
            start=edition.day(first.start),
            end=edition.day(first.end) if first.end else None,
            revoked=edition.day(first.revoked) if first.revoked else None,
            reason=edition.maybe(first.reason),
        )


def _address(edition: Edition, issuer: Issuer) -> Iterator[str]:
    if address := issuer.address:
        locality = " ".join(part for part in (address.postal_code, address.locality) if part)
        country = country_in(edition.wording.language, address.country)
        yield from (part for part in (address.street, locality, address.region, country) if part)


def _units(edition: Edition, link: Linker, issuer: Issuer) -> Iterator[UnitView]:
    badges = [badge for badge in edition.catalogue.badges.values() if badge.issuer == issuer.slug]
    for unit in (*issuer.units, None):
        cards = tuple(card(edition, link, badge.slug) for badge in badges if badge.unit == unit)
        if unit:
            yield UnitView(f"unit-{unit}", edition.said(issuer.units[unit]), cards)
        elif cards:
            yield UnitView("badges", None, cards)
