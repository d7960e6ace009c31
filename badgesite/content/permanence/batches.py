"""What stays of a batch: its badge, its address, its awards, and every credential that was signed for one of them.

A credential is replaced, never taken back, and a bit that was set in a status list is never cleared; the lock file has
a line for each, so that a list can be computed from lock files and records alone (docs/formats.md, Lock files).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from badgesite.content.permanence.lock_files import (
    LockFile,
    Places,
    line_of,
    nearest,
    of_kind,
    path_of,
    place_of,
    read_all,
)
from badgesite.content.signed.credential_files import path_of as credentials_at
from badgesite.content.signed.lines import digest_of, entry_of
from badgesite.errors import Place, Problem, counted
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue
from badgesite.model.signed import Entry, Erased, Memory
from badgesite.model.site import Site

_ID_LENGTH = 36
ERASED = " erased "  # after the id, before the day


def remember(root: Path) -> Memory:
    """What the lock files in `root` know of awards; the damaged ones, of which `compare` tells, know nothing."""
    files, _ = read_all(root)
    published: dict[str, Collection[str]] = {}
    locked: dict[str, list[Entry]] = defaultdict(list)
    revoked: set[str] = set()
    erased: dict[str, Erased] = {}
    lists: dict[str, tuple[str, str]] = {}
    bases: dict[str, frozenset[str]] = {}
    for path, slug in of_kind(files, "batches"):
        revoked |= _ending(files[path], " revoked")
        published[slug] = _awards(files[path])
        badge = min(files[path].values("badge"), default="")
        erased |= {each.award: each for each in erased_in(files[path], slug, badge)}
        bases[slug] = frozenset(files[path].values("base"))
        for award, entry in files[path].entries():
            locked[award].append(entry)
            lists[entry.list] = slug, badge
    by_place = {award: tuple(sorted(found, key=_place)) for award, found in sorted(locked.items())}
    alive = {slug: frozenset(awards) - erased.keys() for slug, awards in published.items()}
    return Memory(alive, by_place, frozenset(revoked), dict(sorted(erased.items())), dict(sorted(lists.items())), bases)


def former_bases(site: Site, memory: Memory) -> dict[str, str]:
    """By batch, the former address of the site at which it was published, if it was never at the present one."""
    known = {slug: bases for slug, bases in memory.bases.items() if site.base not in bases}
    return {slug: base for slug, bases in known.items() for base in site.formerly if base in bases}


def _place(entry: Entry) -> tuple[str, int, str]:
    return entry.list, entry.index, entry.digest


def _awards(file: LockFile) -> frozenset[str]:
    return frozenset(line[:_ID_LENGTH] for line in file.lines if not line.startswith(("base ", "badge ")))


def _ending(file: LockFile, word: str) -> frozenset[str]:
    """The awards after whose id a word stands."""
    return frozenset(line[:_ID_LENGTH] for line in file.lines if line.startswith(word, _ID_LENGTH))


def erased_in(file: LockFile, slug: str, badge: str) -> Iterator[Erased]:
    """The awards of a batch that were erased; of two days, which a merge may leave, the earlier one counts."""
    for line in sorted(file.lines, reverse=True):
        if line.startswith(ERASED, _ID_LENGTH):
            award, day = line[:_ID_LENGTH], line[_ID_LENGTH + len(ERASED) :]
            yield Erased(award, date.fromisoformat(day), slug, badge)


def lines_of(catalogue: Catalogue, batch: Batch) -> Iterator[str]:
    """What the lock file of a batch holds if the catalogue is all that ever was."""
    yield f"base {catalogue.base_of(batch.slug)}"
    yield f"badge {batch.recorded_badge}"
    for award in batch.awards:
        yield award.id
        for entry in catalogue.locked.get(award.id, ()):
            yield line_of(award.id, entry)
        if signed := catalogue.credentials.get(award.id):
            yield line_of(award.id, entry_of(signed.text))
        if award.id in catalogue.revoked_bits:
            yield f"{award.id} revoked"


def broken_batches(
    locked: Mapping[str, LockFile],
    catalogue: Catalogue,
    places: Places,
    present: Collection[str],
    *,
    new: bool = False,
) -> Iterator[Problem]:
    """What of the batches and their awards is gone or changed; with `new`, credentials may be that are not locked.

    `present` are the batches that have a file. One that the catalogue lacks has faults, which are told elsewhere.
    """
    now_in = {award.id: batch.slug for batch, award in catalogue.each_award()}
    stayed = any({catalogue.site.base_url, *catalogue.site.formerly} & file.values("base") for file in locked.values())
    faulty = bool(present - catalogue.batches.keys())
    for path, slug in of_kind(locked, "batches"):
        place = places.get(f"batch:{slug}", place_of(path))
        erased = _ending(locked[path], ERASED)
        awards = _awards(locked[path]) - erased
        if slug in catalogue.batches:
            batch = catalogue.batches[slug]
            yield from _batch(locked[path], batch, catalogue, places, stayed)
            yield from _signed(locked[path], batch, catalogue, places)
            yield from () if new else _altered(locked[path], batch, catalogue, places)
            yield from _lost_awards(awards, locked, batch, now_in, places, faulty)
        elif awards and slug not in present:
            yield _gone(slug, awards, now_in, place, places)
        for award in sorted(erased & now_in.keys()):
            what = f"the award {award} was erased, and its record is there again"
            yield Problem(places.get(f"award:{award}", place), what, "remove the record: what is erased stays so")


def _batch(file: LockFile, batch: Batch, catalogue: Catalogue, places: Places, stayed: bool) -> Iterator[Problem]:
    """The badge and the address of a batch; `stayed` says that the site is where it was (else that is told once)."""
    badges, bases, slug = file.values("badge"), file.values("base"), batch.slug
    otherwise = place_of(path_of("batches", slug))
    if badges and batch.recorded_badge not in badges:
        was = " or ".join(sorted(badges))
        what = f'the awards of the batch "{slug}" were of the badge "{was}", and are now of "{batch.recorded_badge}"'
        yield Problem(nearest(places, otherwise, f"batch:{slug}.badge"), what, f"put back badge: {was}")
    base = catalogue.base_of(slug)
    if bases and base not in bases and (batch.head.base or stayed):
        was = min(bases)
        what = f'the batch "{slug}" was published at {was}, and not at {base}'
        yield Problem(nearest(places, otherwise, f"batch:{slug}.base"), what, f"write base: {was}")


def _gone(slug: str, awards: Collection[str], now_in: Mapping[str, str], place: Place, places: Places) -> Problem:
    """A batch without a file: perhaps it was renamed."""
    what = f'the batch "{slug}" was published with {counted(len(awards), "award")} and is gone'
    now = {now_in.get(award) for award in awards}
    if len(now) == 1 and (new := now.pop()):
        what = f'the awards of the batch "{slug}" were published in it, and are now in "{new}"'
        return Problem(places.get(f"batch:{new}", place), what, f"give the file its old name back: {slug}.yaml")
    return Problem(place, what, f"put {slug}.yaml back into content/awards/")


def _lost_awards(
    awards: Collection[str],
    locked: Mapping[str, LockFile],
    batch: Batch,
    now_in: Mapping[str, str],
    places: Places,
    faulty: bool,
) -> Iterator[Problem]:
    """Awards that are no longer in the batch; where others are `faulty`, none is told that may stand in those."""
    slug, place = batch.slug, places.get(f"batch:{batch.slug}", Place(batch.path))
    lost = sorted(award for award in awards if now_in.get(award) != slug)
    unknown = _unknown(locked, batch) if len(lost) == 1 else []
    for award in lost:
        if now := now_in.get(award):
            what = f'the award {award} was published in the batch "{slug}", and is now in "{now}"'
            yield Problem(places.get(f"award:{award}", place), what, f'move its record back to "{slug}"')
        elif len(unknown) == 1:
            what = f"the award {award} was published and is gone, and this one never was"
            mend = f"if its id was changed, write id: {award} again; if not, put the record of that award back"
            yield Problem(places.get(f"award:{unknown[0]}", place), what, mend)
        elif not faulty:
            what = f"the award {award} was published and is gone"
            yield Problem(place, what, "put its record back; to withdraw it, add revoked: {date, reason}")


def _unknown(locked: Mapping[str, LockFile], batch: Batch) -> list[str]:
    """The awards of a batch that no lock file knows."""
    known = frozenset[str]().union(*(_awards(locked[path]) for path, _ in of_kind(locked, "batches")))
    return [award.id for award in batch.awards if award.id not in known]


def _signed(file: LockFile, batch: Batch, catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    """Credentials that are gone, and awards that were revoked once and no longer are."""
    signed = {award for award, _ in file.entries()} - _ending(file, ERASED)  # of those it is told that they are back
    lacking = [award for award in batch.awards if award.id in signed and award.id not in catalogue.credentials]
    if lacking:
        what = (
            f"the credential of the award {lacking[0].id} was published and is gone"
            if len(lacking) == 1
            else f"the credentials of {len(lacking)} awards were published and are gone"
        )
        yield Problem(Place(credentials_at(batch.path)), what, _take_back(credentials_at(batch.path)))
    revoked = _ending(file, " revoked") - _ending(file, ERASED)
    for award in batch.awards:
        if award.id in revoked and not award.revoked:
            yield _restored(award, places.get(f"award:{award.id}", Place(batch.path)))


def _altered(file: LockFile, batch: Batch, catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    """Credentials that are none of those that were signed for their award."""
    signed: dict[str, set[str]] = defaultdict(set)
    for owner, entry in file.entries():
        signed[owner].add(entry.digest)
    for award in batch.awards:
        present = catalogue.credentials.get(award.id)
        if present and award.id in signed and digest_of(present.text) not in signed[award.id]:
            place = places.get(f"credential:{award.id}", Place(credentials_at(batch.path)))
            what = f"the credential of the award {award.id} is not the one that was signed"
            yield Problem(place, what, _take_back(place.path))


def _restored(award: Award, place: Place) -> Problem:
    what = f"the award {award.id} was revoked, and its record no longer says so: a credential once revoked stays so"
    return Problem(place, what, "put revoked: {date, reason} back; to give the badge again, award it anew")


def _take_back(path: str) -> str:
    return f"take the file back from Git: git checkout -- {path}"
