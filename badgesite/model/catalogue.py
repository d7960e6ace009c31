"""Everything an institution wrote, in one frozen value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from badgesite.model.award import Award, Batch, State
from badgesite.model.badge import BadgeClass
from badgesite.model.font import Font
from badgesite.model.issuer import Issuer
from badgesite.model.look import Look
from badgesite.model.page import Page
from badgesite.model.picture import Picture
from badgesite.model.signed import Entry, Erased, Signed
from badgesite.model.site import Site, Visibility


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The site, and by slug (each sorted) its issuers, badges, batches, pages and pictures.

    `addresses` are the e-mail addresses, in lower case, that the site itself writes in site, issuers, badges or pages:
    only those may be published. `credentials` are by award, `status_lists` by issuer and name; `locked` has by award
    every credential that was ever signed for it, `locked_lists` by name the batch and the badge of every status list,
    `revoked_bits` the awards whose bit in one was ever set, `erased` by id the awards of which nothing else is kept.
    `former` has the address of each batch that was published where the site was formerly; `later` is the present
    address of the site, if this is what was published at a former one. `look` is how pages look, `fonts` are its own.
    """

    site: Site
    issuers: Mapping[str, Issuer]
    badges: Mapping[str, BadgeClass]
    batches: Mapping[str, Batch]
    pages: Mapping[str, Page]
    badge_pictures: Mapping[str, Picture]
    issuer_pictures: Mapping[str, Picture]
    addresses: frozenset[str] = field(default_factory=frozenset)
    credentials: Mapping[str, Signed] = field(default_factory=dict)
    status_lists: Mapping[tuple[str, str], Signed] = field(default_factory=dict)
    locked: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    revoked_bits: frozenset[str] = frozenset()
    locked_lists: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)
    later: str | None = None
    erased: Mapping[str, Erased] = field(default_factory=dict)
    look: Look = field(default_factory=Look)
    fonts: tuple[Font, ...] = ()

    @property
    def former_badges(self) -> Mapping[str, str]:
        """The slug that a badge has now, by each that it had before."""
        return {old: slug for slug, badge in self.badges.items() for old in badge.formerly if old not in self.badges}

    @property
    def badge_names(self) -> Mapping[str, str]:
        """The slug that a badge has now, by each at whose addresses it answers."""
        return {slug: slug for slug in self.badges} | dict(sorted(self.former_badges.items()))

    def each_award(self) -> Iterator[tuple[Batch, Award]]:
        """Every award with its batch: batches by slug, awards as written."""
        for batch in self.batches.values():
            for award in batch.awards:
                yield batch, award

    def erased_of(self, issuer: str) -> Iterator[Erased]:
        """The erased awards of an issuer that were published at the address of the site, by id."""
        for each in self.erased.values():
            badge = self.badges.get(self.badge_names.get(each.badge, ""))
            if badge and badge.issuer == issuer and self.base_of(each.batch) == self.site.base:
                yield each

    def each_award_here(self) -> Iterator[tuple[Batch, Award]]:
        """As `each_award`, but for those that are published at a former address of the site."""
        return ((batch, award) for batch, award in self.each_award() if self.base_of(batch.slug) == self.site.base)

    def base_of(self, batch: str) -> str:
        """The address at which a batch (slug) is published: where the site was when its awards were recorded."""
        found = self.batches.get(batch)
        return (found.head.base if found else None) or self.former.get(batch, self.site.base)

    def batch_of_list(self, name: str) -> str:
        """The slug of the batch that a status list serves; empty if no lock file knows it."""
        return self.locked_lists.get(name, ("", ""))[0]

    def at(self, base: str) -> "Catalogue":
        """What was published at a former address of the site, as a site of its own there."""
        batches = {slug: batch for slug, batch in self.batches.items() if self.base_of(slug) == base}
        lists = {
            (issuer, name): signed
            for (issuer, name), signed in self.status_lists.items()
            if self.base_of(self.batch_of_list(name)) == base
        }
        erased = {award: each for award, each in self.erased.items() if self.base_of(each.batch) == base}
        site = self.site.model_copy(update={"base_url": base, "formerly": ()})
        here = replace(self, site=site, batches=batches, status_lists=lists, erased=erased, former={})
        return replace(here, later=self.site.base_url)

    @property
    def staying(self) -> dict[str, int]:
        """How many awards are published at each former address of the site, and not here."""
        found: dict[str, int] = {}
        for slug, batch in self.batches.items():
            if (base := self.base_of(slug)) != self.site.base:
                found[base] = found.get(base, 0) + len(batch.awards)
        return found

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """The other addresses of the same site: where it was formerly, or where it is now."""
        return (self.later,) if self.later else self.site.formerly

    def expires(self, batch: Batch, award: Award) -> date | None:
        """The last day on which the award is valid (to 23:59:59Z), or None if it does not expire."""
        if award.expires:
            return award.expires
        valid_for = self.badges[batch.badge].valid_for
        return valid_for.after(batch.date) if valid_for else None

    def state(self, batch: Batch, award: Award, as_of: date) -> State:
        """What the award is on the day `as_of`."""
        if award.revoked:
            return State.REVOKED
        last = self.expires(batch, award)
        return State.EXPIRED if last and last < as_of else State.VALID

    def visibility(self, batch: Batch, award: Award) -> Visibility:
        """Who sees the holder's name: the record's word, else the badge's, else the site's; minors are never public."""
        badge = self.badges[batch.badge]
        chosen = award.visibility or badge.visibility or self.site.visibility
        return "unlisted" if badge.minors and chosen == "public" else chosen

    def shown_name(self, batch: Batch, award: Award) -> str | None:
        """The holder's name if it may be shown."""
        return None if self.visibility(batch, award) == "unnamed" else award.name

    def language(self, batch: Batch, award: Award) -> str:
        """The recipient's language if the badge has it, else the site's first."""
        wanted = award.language
        return wanted if wanted and self.badges[batch.badge].has_language(wanted) else self.site.languages[0]
