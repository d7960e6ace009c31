"""The promise of permanence: what was published stays, and says what it said (docs/formats.md, Lock files).

`expected` is what the lock files would hold if the content were all; `compare` looks for what is gone or changed, and
for what is not yet locked; `write_missing` adds lines, and never takes one back.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from badgesite.content.permanence.frozen import frozen_lines, frozen_problems
from badgesite.content.permanence.lock_files import FOLDER, SITE, LockFile, data_of, path_of, place_of, read_all
from badgesite.content.reading import Reading
from badgesite.errors import ContentError, PermanenceError, Place, Problem, UsageError
from badgesite.files import write_whole
from badgesite.model.catalogue import Catalogue

_ID_LENGTH = 36
_EMPTY = LockFile(frozenset())
_RUN_LOCK = "run `badgesite lock` and commit what it writes"

Places = Mapping[str, Place]
LockFiles = Mapping[str, LockFile]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was published and is gone or changed, and (as warnings) what is published and not yet locked."""

    broken: tuple[Problem, ...] = ()
    missing: tuple[Problem, ...] = ()


def expected(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """The lines of every lock file by its path below content/, sorted, without the first; nothing for a rehearsal."""
    site = catalogue.site
    if site.rehearsal:
        return {}
    base = f"base {site.base}"
    first, *further = site.languages
    lines: dict[str, list[str]] = {SITE: [base, f"language {first}", *(f"translation {tag}" for tag in further)]}
    for kind, things in (("issuers", catalogue.issuers), ("badges", catalogue.badges), ("pages", catalogue.pages)):
        lines.update({path_of(kind, slug): [base] for slug in things})
    for kind, pictures in (("issuers", catalogue.issuer_pictures), ("badges", catalogue.badge_pictures)):
        for slug, picture in pictures.items():
            lines[path_of(kind, slug)].append(f"picture {picture.kind}")
    for slug, batch in catalogue.batches.items():
        awards = [award.id for award in batch.awards]
        lines[path_of("batches", slug)] = [f"base {batch.head.base or site.base}", f"badge {batch.badge}", *awards]
    for slug in {batch.badge for batch in catalogue.batches.values() if batch.awards}:
        frozen = frozen_lines(catalogue.badges[slug], catalogue.badge_pictures[slug], site.languages)
        lines[path_of("badges", slug)] += frozen
    return {path: tuple(sorted(lines[path])) for path in sorted(lines)}


def compare(root: Path, reading: Reading) -> Comparison:
    """Content against its lock files; ContentError for a lock file that is damaged or holds a merge's marks."""
    if reading.catalogue is None:
        return Comparison()
    locked, damaged = read_all(root)
    conflicts = [_conflict(file.conflict) for file in locked.values() if file.conflict]
    if damaged or conflicts:
        raise ContentError(problems=(*damaged, *conflicts))
    broken = tuple(sorted(_broken(locked, reading.catalogue, reading.places)))
    return Comparison(broken, () if broken else tuple(_missing(locked, reading.catalogue)))


def write_missing(
    root: Path, catalogue: Catalogue, only_batches: Collection[str] | None = None, places: Places | None = None
) -> tuple[str, ...]:
    """Add the missing lines (of some batches, with their badges, issuers and the site), and tell the files written.

    A merge's marks are resolved to the lines of both sides. PermanenceError if something published is gone or changed
    (told at `places`, those of the reading), ContentError for a damaged file, UsageError for a rehearsal: nothing is
    written then.
    """
    locked, damaged = read_all(root)
    if damaged:
        raise ContentError(problems=damaged)
    if broken := tuple(_broken(locked, catalogue, places or {})):
        raise PermanenceError(problems=broken)
    if catalogue.site.rehearsal:
        raise UsageError("a rehearsal is not locked; set base_url in content/site.yaml first")
    wanted = None if only_batches is None else _paths_of(catalogue, only_batches)
    written = []
    for path, lines in expected(catalogue).items():
        file = locked.get(path)
        known = file.lines if file else frozenset()
        if (wanted is None or path in wanted) and not (file and file.tidy and known.issuperset(lines)):
            write_whole(root / "content" / path, data_of(known.union(lines)))
            written.append(f"content/{path}")
    return tuple(written)


def _paths_of(catalogue: Catalogue, batches: Collection[str]) -> set[str]:
    badges = {catalogue.badges[catalogue.batches[slug].badge] for slug in batches}
    return {
        SITE,
        *(path_of("batches", slug) for slug in batches),
        *(path_of("badges", badge.slug) for badge in badges),
        *(path_of("issuers", badge.issuer) for badge in badges),
    }


def _conflict(place: Place) -> Problem:
    return Problem(place, "the lock file holds the marks of a merge", "run `badgesite lock`, which keeps both sides")


def _missing(locked: LockFiles, catalogue: Catalogue) -> Iterator[Problem]:
    wanted = expected(catalogue)
    if wanted and not locked:
        yield Problem(Place(f"content/{FOLDER}"), "nothing is locked yet", _RUN_LOCK, "warning")
        return
    for path, lines in wanted.items():
        lacking = len(set(lines) - locked.get(path, _EMPTY).lines)
        if lacking:
            what = f"{lacking} line{' is' if lacking == 1 else 's are'} missing from the lock file"
            yield Problem(place_of(path), what, _RUN_LOCK, "warning")


def _broken(locked: LockFiles, catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    yield from _site(locked, catalogue, places)
    yield from _vanished(locked, catalogue)
    yield from _pictures(locked, catalogue, places)
    yield from _batches(locked, catalogue, places)
    for slug in catalogue.badges:
        yield from _frozen(locked.get(path_of("badges", slug), _EMPTY), slug, catalogue, places)


def _site(locked: LockFiles, catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    """The address and the languages, which decide every URL."""
    place = places.get("site", Place("content/site.yaml"))
    bases = sorted(_bases(locked))
    if bases and catalogue.site.base_url not in bases:
        now = f"base_url is now {catalogue.site.base_url}" if catalogue.site.base_url else "base_url is gone"
        what = f"the site was published at {' and '.join(bases)}, and {now}"
        yield Problem(_field(places, place, "site.base_url"), what, f"put back base_url: {bases[-1]}")
    languages, first = locked.get(SITE, _EMPTY).values("language"), catalogue.site.languages[0]
    if languages and first not in languages:
        was = " or ".join(sorted(languages))
        what = f"the first language was {was}, and is now {first}"
        yield Problem(_field(places, place, "site.languages"), what, f"put {was} first in languages again")
    for tag in sorted(locked.get(SITE, _EMPTY).values("translation") - set(catalogue.site.languages)):
        what = f'the site was published in "{tag}", and all addresses below {tag}/ would be gone'
        yield Problem(_field(places, place, "site.languages"), what, f"put {tag} back into languages")


def _field(places: Places, otherwise: Place, name: str) -> Place:
    """Where a field stands, `badge:b2.name.it`, or the nearest thing that is there; `otherwise` if nothing is."""
    while name not in places and "." in name:
        name = name.rpartition(".")[0]
    return places.get(name, otherwise)


def _bases(locked: LockFiles) -> set[str]:
    """Every address at which something was published."""
    return {base for file in locked.values() for base in file.values("base")}


def _vanished(locked: LockFiles, catalogue: Catalogue) -> Iterator[Problem]:
    """Issuers, badges and pages that were published."""
    kinds: tuple[tuple[str, str, Collection[str], str], ...] = (
        ("issuers", "issuer", catalogue.issuers, "yaml"),
        ("badges", "badge", catalogue.badges, "yaml"),
        ("pages", "page", catalogue.pages, "md"),
    )
    for kind, word, things, ending in kinds:
        for path, slug in _of_kind(locked, kind):
            if slug not in things:
                mend = f"put {slug}.{ending} back into content/{kind}/: its address is permanent"
                yield Problem(place_of(path), f'the {word} "{slug}" was published and is gone', mend)


def _of_kind(locked: LockFiles, kind: str) -> Iterator[tuple[str, str]]:
    """Path and slug of each lock file of a kind."""
    before, after = path_of(kind, "\0").split("\0")
    for path in locked:
        if path.startswith(before):
            yield path, path.removeprefix(before).removesuffix(after)


def _batches(locked: LockFiles, catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    now_in = {award.id: batch.slug for batch, award in catalogue.each_award()}
    stayed = catalogue.site.base_url in _bases(locked)
    for path, slug in _of_kind(locked, "batches"):
        place = places.get(f"batch:{slug}", place_of(path))
        awards = {line[:_ID_LENGTH] for line in locked[path].lines if not line.startswith(("base ", "badge "))}
        erased = {line[:_ID_LENGTH] for line in locked[path].lines if line[_ID_LENGTH:].startswith(" erased ")}
        if slug in catalogue.batches:
            yield from _batch(locked[path], slug, catalogue, places, stayed)
        elif awards - erased:
            what = f'the batch "{slug}" was published with {_count(len(awards - erased), "award")} and is gone'
            yield Problem(place, what, f"put {slug}.yaml back into content/awards/")
            continue
        for award in sorted(awards - erased):
            if now_in.get(award) != slug:
                yield _lost(award, slug, now_in.get(award), places, place)
        for award in sorted(erased & now_in.keys()):
            what = f"the award {award} was erased, and its record is there again"
            yield Problem(places.get(f"award:{award}", place), what, "remove the record")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _batch(file: LockFile, slug: str, catalogue: Catalogue, places: Places, stayed: bool) -> Iterator[Problem]:
    """The badge and the address of a batch; `stayed` says that the site is where it was (else that is told once)."""
    batch = catalogue.batches[slug]
    badges, bases = file.values("badge"), file.values("base")
    otherwise = place_of(path_of("batches", slug))
    if badges and batch.badge not in badges:
        was = " or ".join(sorted(badges))
        what = f'the awards of the batch "{slug}" were of the badge "{was}", and are now of "{batch.badge}"'
        yield Problem(_field(places, otherwise, f"batch:{slug}.badge"), what, f"put back badge: {was}")
    base = batch.head.base or catalogue.site.base
    if bases and base not in bases and (batch.head.base or stayed):
        was = min(bases)
        what = f'the batch "{slug}" was published at {was}, and not at {base}'
        yield Problem(_field(places, otherwise, f"batch:{slug}.base"), what, f"write base: {was}")


def _lost(award: str, slug: str, now: str | None, places: Places, place: Place) -> Problem:
    if now:
        what = f'the award {award} was published in the batch "{slug}", and is now in "{now}"'
        return Problem(places.get(f"award:{award}", place), what, f'move its record back to "{slug}"')
    what = f"the award {award} was published and is gone"
    return Problem(place, what, "put its record back; to withdraw it, add revoked: {date, reason}")


def _frozen(file: LockFile, slug: str, catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    badge, picture = catalogue.badges[slug], catalogue.badge_pictures[slug]
    otherwise = place_of(path_of("badges", slug))

    def where(field: str) -> Place:
        return _field(places, otherwise, f"badge:{slug}.{field}")

    return frozen_problems(file.lines, badge, picture, catalogue.site.languages, where)


def _pictures(locked: LockFiles, catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    """The address of a picture ends in its kind. A badge has image.png in any case, and image.svg if it is an SVG."""
    for path, slug in _of_kind(locked, "issuers"):
        logo = catalogue.issuer_pictures.get(slug)
        lost = locked[path].values("picture") - ({logo.kind} if logo else set())
        if lost and slug in catalogue.issuers:
            yield _lost_picture(
                f'the issuer "{slug}"', min(lost), _field(places, place_of(path), f"issuer:{slug}.image")
            )
    for path, slug in _of_kind(locked, "badges"):
        picture = catalogue.badge_pictures.get(slug)
        if picture and picture.kind == "png" and "svg" in locked[path].values("picture"):
            yield _lost_picture(f'the badge "{slug}"', "svg", _field(places, place_of(path), f"badge:{slug}.image"))


def _lost_picture(thing: str, kind: str, place: Place) -> Problem:
    what = f"{thing} was published with a picture image.{kind}, which would be gone"
    named = "an SVG" if kind == "svg" else "a PNG"
    return Problem(place, what, f"name {named} in image: again: its address is permanent")
