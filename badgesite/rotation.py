"""The stories of `keys retire` and `keys revoke`: a key that signs no more, and one whose signatures count no more."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from badgesite.content.yaml.sentences import suggestion
from badgesite.crypto.key_files.members import LONGEST_WORDS, moment_text
from badgesite.crypto.public_keys import KINDS, KeyRing, PublicKey, key_text
from badgesite.errors import KeyFileError, UsageError
from badgesite.files import write_whole
from badgesite.issued.signatures import Tally, signatures
from badgesite.model.addresses import addresses_in, shortened
from badgesite.model.catalogue import Catalogue
from badgesite.model.scalars import control_character

_HALF = re.compile(rf"-({'|'.join(KINDS)})(?=-|$)")


@dataclass(frozen=True, slots=True)
class Holding:
    """The keys of one issuer of a site, and what each of them signed, by its name in the DID document."""

    issuer: str
    ring: KeyRing
    base: str
    signed: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[PublicKey, ...]:
        """All of them, also those that sign no more."""
        return self.ring.of(self.issuer)

    def signing(self, moment: datetime) -> tuple[PublicKey, ...]:
        """Those that sign at a moment, one of each kind; fewer if there is none of a kind."""
        found = (self.ring.current(self.issuer, kind, moment, self.base) for kind in KINDS)
        return tuple(key for key in found if key)

    def with_changed(self, changed: Collection[PublicKey]) -> "Holding":
        """As it will be when these keys have the place of those of the same name."""
        new = {key.name: key for key in changed}
        keys = {**self.ring.keys, self.issuer: tuple(new.get(key.name, key) for key in self.keys)}
        return replace(self, ring=KeyRing(keys))


def holding(catalogue: Catalogue, ring: KeyRing, issuer: str) -> Holding:
    """What an issuer holds; UsageError or KeyFileError if there is no such issuer, or it has no keys.

    One that the site no longer has may still have keys, which can be ended.
    """
    known = {*catalogue.issuers, *ring.keys}
    if issuer not in known:
        raise UsageError(f'there is no issuer "{issuer}"; {suggestion(issuer, known)}')
    if not ring.of(issuer):
        raise KeyFileError(f"{issuer} has no keys; make some with `badgesite keys new {issuer}`")
    return Holding(issuer, ring, catalogue.site.base, signatures(catalogue))


def named(held: Holding, names: Sequence[str]) -> tuple[PublicKey, ...]:
    """The keys that somebody names: a half, a pair by what its halves have in common, a file, or a DID URL."""
    by_name = pairs(held.keys)
    for key in held.keys:
        by_name |= {key.name: (key,), key.fragment: (key,)}
    chosen: dict[str, PublicKey] = {}
    for name in names:
        short = name.rpartition("#")[2].replace("\\", "/").rpartition("/")[2].removesuffix(".json")
        if short not in by_name:
            _refuse_day(held, short)
            known = (known for known in by_name if known not in {key.fragment for key in held.keys})
            raise UsageError(f'{held.issuer} has no key "{name}"; {suggestion(short, known)}')
        chosen |= {key.name: key for key in by_name[short]}
    return tuple(sorted(chosen.values(), key=lambda key: key.name))


def pairs(keys: Sequence[PublicKey]) -> dict[str, tuple[PublicKey, ...]]:
    """An issuer's keys by the names of its pairs: the day, and if several are of one day, -1, -2 ... behind it."""
    found: dict[str, tuple[PublicKey, ...]] = {}
    for key in keys:
        pair = _HALF.sub("", key.name)
        found[pair] = (*found.get(pair, ()), key)
    days = Counter(map(_day, found))
    return {f"{pair}-1" if days[pair] > 1 and f"{pair}-1" not in found else pair: of for pair, of in found.items()}


def _day(pair: str) -> str:
    return pair[: len("2026-01-31")]


def _refuse_day(held: Holding, day: str) -> None:
    """UsageError for the day of several pairs, of which one is meant, or some."""
    several = {name: of for name, of in pairs(held.keys).items() if _day(name) == day}
    if len(several) > 1:
        each = "; ".join(f"{name} ({', '.join(key.path for key in of)})" for name, of in several.items())
        raise UsageError(f"{len(several)} pairs were made on {day}: say which is meant: {each}")


def retired(
    held: Holding, names: Sequence[str], until: datetime, now: datetime, *, last: bool = False
) -> tuple[PublicKey, ...]:
    """The keys that change when those with these `names` sign no more after `until`; without names, all but the last.

    What has ended by then already does not change. KeyFileError if nobody could sign any more, unless it is said that
    these are the `last`; UsageError for what cannot be retired.
    """
    chosen = named(held, names) if names else _earlier(held, now)
    changed = [replace(key, end=until) for key in chosen if not (key.end and key.end <= until) and not key.revoked]
    for key in chosen if names else ():
        if key.revoked:
            raise UsageError(f"{key.path} was revoked on {moment_text(key.revoked)}, and signs no more")
    for key in changed:
        _refuse_end(held, key, until)
    after = held.with_changed(changed).signing(max(until, now) + timedelta(seconds=1))
    if {key.kind for key in changed} - {key.kind for key in after} and not last:
        what = f"nobody could sign for {held.issuer} after {moment_text(until)}"
        mend = f"make the next pair first, with `badgesite keys new {held.issuer}`; an issuer that ends takes --yes"
        raise KeyFileError(f"{what}; {mend}")
    return tuple(changed)


def _earlier(held: Holding, now: datetime) -> tuple[PublicKey, ...]:
    """All keys but those that sign now; KeyFileError if there are no others and never were."""
    signing = held.signing(now)
    earlier = tuple(key for key in held.keys if key not in signing and key.start <= now)
    if not earlier:
        what = f"{held.issuer} has one pair of keys, with which it signs"
        mend = f"make the next one with `badgesite keys new {held.issuer}`, then retire this one"
        raise KeyFileError(f"{what}; {mend}")
    return earlier


def _refuse_end(held: Holding, key: PublicKey, until: datetime) -> None:
    if until < key.start:
        raise UsageError(f"{key.path} is valid only from {moment_text(key.start)} on; say a later moment")
    last = held.signed.get(key.fragment, Tally()).last
    if last and last > until:
        what = f"{key.path} signed something on {moment_text(last)}, which would count no more"
        stolen = f"if that was somebody else, `badgesite keys revoke {held.issuer} {key.name}`"
        mend = f"say that moment or a later one; {stolen}"
        raise UsageError(f"{what}; {mend}")


def revoked(held: Holding, names: Sequence[str], moment: datetime, reason: str, now: datetime) -> tuple[PublicKey, ...]:
    """The keys that change when those with these `names` are revoked as of `moment`; none that was revoked before."""
    changed = tuple(
        replace(key, revoked=moment, reason=(("", reason),)) for key in named(held, names) if not key.revoked
    )
    if moment > now:
        raise UsageError(f"{moment_text(moment)} is still to come, and a key is revoked at once; leave out --date")
    for key in changed:
        if moment < key.start:
            raise UsageError(f"{key.path} was made on {moment_text(key.start)}; say a later moment")
    return changed


def reason_of(words: str, addresses: Collection[str]) -> str:
    """Why a key was revoked, as it will be published; UsageError if that cannot be. `addresses` may be published."""
    reason = " ".join(words.split())
    if not reason:
        raise UsageError('the reason is empty; say it for those who verify, such as --reason "A laptop was stolen"')
    if len(reason) > LONGEST_WORDS:
        raise UsageError(f"the reason has {len(reason):,} characters, and {LONGEST_WORDS:,} are the most; shorten it")
    if character := control_character(reason):
        raise UsageError(f"the reason holds the control character {character}; remove it")
    for address in sorted(set(addresses_in(reason.encode())) - set(addresses)):
        raise UsageError(f"the reason is published, and holds the e-mail address {shortened(address)}; leave it out")
    return reason


def put(root: Path, changed: Sequence[PublicKey]) -> tuple[str, ...]:
    """Write the files of keys in place of those of the same name, and give their paths; each is whole at any moment."""
    for key in changed:
        write_whole(root / key.path, key_text(key).encode())
    return tuple(key.path for key in changed)
