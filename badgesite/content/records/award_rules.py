"""What an award must be beside its own form: known badge, group, unit and result, sound days, one of its kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from badgesite.content.records.batches import ReadBatch, Record
from badgesite.content.records.copies import Found, twice
from badgesite.content.references import NO_BASIS, Parts, unknown, unknown_thing
from badgesite.errors import Place, Problem
from badgesite.model.award import Award, Draft
from badgesite.model.badge import BadgeClass
from badgesite.model.issuer import Issuer
from badgesite.model.scalars import shown
from badgesite.model.site import Site


@dataclass(frozen=True, slots=True)
class _Around:
    """What a batch's awards refer to; None where it is not known."""

    day: date | None
    badge: BadgeClass | None
    issuer: Issuer | None
    site: Site | None
    languages: tuple[str, ...] | None


def check_awards(batches: Iterable[ReadBatch], parts: Parts, languages: tuple[str, ...] | None) -> Iterator[Problem]:
    """What is wrong with the awards and drafts of all batches, and between them."""
    ids: dict[str, Found] = {}
    recipients: dict[tuple[str, str], Record] = {}
    for batch in batches:
        yield from _head(batch, parts)
        around = _around(batch, parts, languages)
        for draft, record in batch.drafts:
            yield from _given(draft, record, around)
        pairs = []
        for award, record in batch.awards:
            yield from _given(award, record, around)
            yield from _days(award, record, around.day)
            found = Found(award, record, batch)
            if (other := ids.setdefault(award.id, found)) is not found:
                pairs.append((found, other))
            else:
                yield from _salted(award, record, recipients)
        yield from twice(pairs, parts.published["batches"])


def check_drafts(batch: ReadBatch) -> Iterator[Problem]:
    """A problem for each record that has an address and no id yet."""
    for _, record in batch.drafts:
        what = "the award is a draft: it has an address and no id"
        yield Problem(record.place(), what, f"run `badgesite award {batch.path}`, which completes it")


def _head(batch: ReadBatch, parts: Parts) -> Iterator[Problem]:
    if batch.head.noun:
        word, place = batch.head.noun.badge, batch.head.place("badge")
        yield from unknown_thing("badge", word, parts.badges.keys() | parts.former.keys(), place, parts)
        yield from _base(batch.head.noun.base, batch.head.place("base"), parts.site_noun)


def _base(base: str | None, place: Place, site: Site | None) -> Iterator[Problem]:
    """Whether the site was ever where the batch is said to have been published."""
    if base and site and base not in (site.base_url, *site.formerly):
        mend = "remove the line, or name the address in formerly: in content/site.yaml"
        yield Problem(place, f"the site is not at {base}, and is not said to have been", mend)


def _around(batch: ReadBatch, parts: Parts, languages: tuple[str, ...] | None) -> _Around:
    head = batch.head.noun
    bound = parts.badge_called(head.badge) if head else None
    badge = bound.noun if bound else None
    issuer = parts.issuer_of(badge) if badge else None
    return _Around(head.date if head else None, badge, issuer, parts.site_noun, languages)


def _given(given: Award | Draft, record: Record, around: _Around) -> Iterator[Problem]:
    if given.group and around.site and given.group not in around.site.groups:
        yield from unknown("group", given.group, around.site.groups, record.place("group"))
    if given.unit and around.issuer and given.unit not in around.issuer.units:
        yield from unknown("unit", given.unit, around.issuer.units, record.place("unit"))
    if given.language and around.languages and given.language not in around.languages:
        mend = f"the site's languages are {', '.join(around.languages)}"
        yield Problem(record.place("language"), f"the site has no language {shown(given.language)}", mend)
    if given.visibility not in (None, "unnamed") and around.site and not around.site.basis:
        what, mend = NO_BASIS
        yield Problem(record.place("visibility"), f'"visibility" is {given.visibility}, and {what}', mend)
    if given.result and around.badge:
        words = given.result if isinstance(given, Award) else _labelled(given.result, around.badge)
        yield from _result(words, around.badge, record)
    if given.expires and around.day and given.expires < around.day:
        yield _before("expires", given.expires, around.day, record.place("expires"))


def _labelled(words: str, badge: BadgeClass) -> str:
    """What a draft means: a person may write what the value is called, and `award` puts its id there."""
    return badge.result.labelled(words) if badge.result else words


def _result(result: str, badge: BadgeClass, record: Record) -> Iterator[Problem]:
    if not badge.result:
        yield Problem(
            record.place("result"), f'the badge "{badge.slug}" has no result', "remove it, or add result: to the badge"
        )
    elif fault := badge.result.fault_of(result):
        what = f'{shown(result)} is not a result of the badge "{badge.slug}"'
        yield Problem(record.place("result"), what, fault)


def _days(award: Award, record: Record, day: date | None) -> Iterator[Problem]:
    if day is None:
        return
    if award.changed and award.changed < day:
        yield _before("changed", award.changed, day, record.place("changed"))
    if award.revoked and award.revoked.date < day:
        yield _before("revoked", award.revoked.date, day, record.place("revoked", "date"))


def _before(key: str, written: date, day: date, place: Place) -> Problem:
    return Problem(place, f'"{key}" is {written}, before the award of {day}', "correct one of the two days")


def _salted(award: Award, record: Record, recipients: dict[tuple[str, str], Record]) -> Iterator[Problem]:
    key = (award.recipient.identity, award.recipient.salt)
    twin = recipients.setdefault(key, record)
    if twin is not record:
        what = f"another award has this salt and address: {twin.place('recipient', 'salt')}"
        yield Problem(record.place("recipient", "salt"), what, "each award has its own: `badgesite award` draws it")
