"""The promise of permanence: what was published stays, and says what it said (docs/formats.md, Lock files).

`expected` is what the lock files would hold if the content were all; `compare` looks for what is gone or changed, and
for what is not yet locked; `write_missing` adds lines, and never takes one back. What stays of awards and their
credentials is in `batches`, what stays of a badge's words in `frozen`.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from badgesite.content.found import Reading
from badgesite.content.permanence.batches import broken_batches, lines_of
from badgesite.content.permanence.frozen import frozen_lines, frozen_problems, is_frozen
from badgesite.content.permanence.gone import gone
from badgesite.content.permanence.lineage import inherited, lines_of_all_names, usurped
from badgesite.content.permanence.lock_files import (
    FOLDER,
    SITE,
    LockFile,
    Places,
    data_of,
    nearest,
    of_kind,
    path_of,
    place_of,
    read_all,
)
from badgesite.content.permanence.moving import unplaced
from badgesite.content.permanence.vanished import LockFiles, Slugs, gone_of, reused, slugs_of, vanished
from badgesite.errors import ContentError, PermanenceError, Place, Problem, UsageError
from badgesite.files import write_whole
from badgesite.model.catalogue import Catalogue

_EMPTY = LockFile(frozenset())
_RUN_LOCK = "run `badgesite lock` and commit what it writes"


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
    names = catalogue.badge_names
    for kind, things in (("issuers", catalogue.issuers), ("badges", names), ("pages", catalogue.pages)):
        lines.update({path_of(kind, slug): [base] for slug in things})
    pictured = {name: catalogue.badge_pictures[slug] for name, slug in names.items()}
    for kind, pictures in (("issuers", catalogue.issuer_pictures), ("badges", pictured)):
        for slug, picture in pictures.items():
            lines[path_of(kind, slug)].append(f"picture {picture.kind}")
    for slug, batch in catalogue.batches.items():
        lines[path_of("batches", slug)] = list(lines_of(catalogue, batch))
    for slug in {batch.badge for batch in catalogue.batches.values() if batch.awards}:
        frozen = frozen_lines(catalogue.badges[slug], catalogue.badge_pictures[slug], site.languages)
        lines[path_of("badges", slug)] += frozen
    return {path: tuple(sorted(set(lines[path]))) for path in sorted(lines)}


def compare(root: Path, reading: Reading, *, conflicts: bool = False) -> Comparison:
    """Content against its lock files; ContentError for a lock file that is damaged or holds a merge's marks.

    With `conflicts`, such marks are passed over, the lines of both sides count, and a credential may be of either, so
    that it need not be locked: whoever asks so verifies it. Of content that has problems, what is sound is compared.
    """
    catalogue = reading.catalogue or reading.remains
    if catalogue is None:
        return Comparison()
    locked, damaged = read_all(root)
    marked = [_conflict(file.conflict) for file in locked.values() if file.conflict and not conflicts]
    if damaged or marked:
        raise ContentError(problems=(*damaged, *marked))
    away = tuple(gone(locked, catalogue))
    present = reading.present or slugs_of(catalogue)
    moving = unplaced(locked, catalogue, reading.places)
    broken = tuple(sorted((*away, *moving, *_broken(locked, catalogue, reading.places, present, new=conflicts))))
    return Comparison(broken, () if broken or reading.problems else tuple(_missing(locked, catalogue)))


def frozen_badges(root: Path) -> frozenset[str]:
    """The badges that were awarded, by the lock files: those whose words can no longer be changed."""
    locked, _ = read_all(root)
    return frozenset(slug for path, slug in of_kind(locked, "badges") if is_frozen(locked[path].lines))


def write_missing(
    root: Path,
    catalogue: Catalogue,
    only_batches: Collection[str] | None = None,
    places: Places | None = None,
    badges: Collection[str] = (),
) -> tuple[str, ...]:
    """Add the missing lines, and tell the files written: see `files_missing`."""
    files = files_missing(root, catalogue, only_batches, places, badges)
    for path, data in files.items():
        write_whole(root / path, data)
    return tuple(files)


def files_missing(
    root: Path,
    catalogue: Catalogue,
    only_batches: Collection[str] | None = None,
    places: Places | None = None,
    badges: Collection[str] = (),
) -> dict[str, bytes]:
    """The lock files that lack lines, whole, by path: all, or those of some batches and `badges`.

    With these go the badges of the batches, the issuers, and the site.

    A merge's marks are resolved to the lines of both sides. PermanenceError if something published is gone or changed
    (told at `places`, those of the reading), ContentError for a damaged file, UsageError for a rehearsal.
    """
    locked, damaged = read_all(root)
    if damaged:
        raise ContentError(problems=damaged)
    moving = unplaced(locked, catalogue, places or {}) if only_batches is None else ()  # else somebody just made them
    if broken := (*moving, *_broken(locked, catalogue, places or {}, slugs_of(catalogue), new=True)):
        raise PermanenceError(problems=broken)
    if catalogue.site.rehearsal:
        raise UsageError("a rehearsal is not locked; set base_url in content/site.yaml first")
    wanted = None if only_batches is None else _paths_of(catalogue, only_batches, badges)
    files = {}
    for path, lines in _wanted(locked, catalogue).items():
        file = locked.get(path)
        known = file.lines if file else frozenset()
        if (wanted is None or path in wanted) and not (file and file.tidy and known.issuperset(lines)):
            files[f"content/{path}"] = data_of(known.union(lines))
    return files


def _paths_of(catalogue: Catalogue, batches: Collection[str], slugs: Collection[str]) -> set[str]:
    badges = [catalogue.badges[slug] for slug in {*slugs, *(catalogue.batches[batch].badge for batch in batches)}]
    return {
        SITE,
        *(path_of("batches", slug) for slug in batches),
        *(path_of("badges", badge.slug) for badge in badges),
        *(path_of("issuers", badge.issuer) for badge in badges),
    }


def _wanted(locked: LockFiles, catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """What is expected, and what the lock files of badges that were moved take over."""
    wanted = expected(catalogue)
    moved = {path_of("badges", slug): inherited(locked, badge) for slug, badge in catalogue.badges.items()}
    return {path: tuple(sorted({*lines, *moved.get(path, ())})) for path, lines in wanted.items()}


def _conflict(place: Place) -> Problem:
    return Problem(place, "the lock file holds the marks of a merge", "run `badgesite lock`, which keeps both sides")


def _missing(locked: LockFiles, catalogue: Catalogue) -> Iterator[Problem]:
    wanted = _wanted(locked, catalogue)
    if wanted and not locked:
        yield Problem(Place(f"content/{FOLDER}"), "nothing is locked yet", _RUN_LOCK, "warning")
        return
    for path, lines in wanted.items():
        lacking = len(set(lines) - locked.get(path, _EMPTY).lines)
        if lacking:
            what = f"{lacking} line{' is' if lacking == 1 else 's are'} missing from the lock file"
            yield Problem(place_of(path), what, _RUN_LOCK, "warning")


def _broken(locked: LockFiles, catalogue: Catalogue, places: Places, present: Slugs, *, new: bool) -> Iterator[Problem]:
    yield from _site(locked, catalogue, places)
    yield from vanished(locked, catalogue, places, present)
    yield from reused(catalogue, places)
    yield from usurped(locked, catalogue, places)
    yield from _pictures(locked, catalogue, places)
    yield from broken_batches(locked, catalogue, places, present["batches"], new=new)
    issuers = gone_of(locked, "issuers", present)
    languages = tuple(dict.fromkeys((*catalogue.site.languages, *sorted(_languages(locked)))))
    for slug, badge in catalogue.badges.items():
        lines = lines_of_all_names(locked, badge)
        where = partial(_where, places, slug)
        yield from frozen_problems(lines, badge, catalogue.badge_pictures[slug], languages, where, issuers)


def _site(locked: LockFiles, catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    """The address and the languages, which decide every URL."""
    place = places.get("site", Place("content/site.yaml"))
    if bases := sorted(_bases(locked) - {catalogue.site.base_url, *catalogue.site.formerly}):
        now = f"base_url is now {catalogue.site.base_url}" if catalogue.site.base_url else "base_url is gone"
        what = f"the site was published at {' and '.join(bases)}, and {now}"
        mend = f"put back base_url: {bases[-1]}"
        if catalogue.site.base_url:
            known = ", ".join((*catalogue.site.formerly, *bases))
            mend += f", or, if the site has moved, write formerly: [{known}] below it"
        yield Problem(nearest(places, place, "site.base_url"), what, mend)
    languages, first = locked.get(SITE, _EMPTY).values("language"), catalogue.site.languages[0]
    if languages and first not in languages:
        was = " or ".join(sorted(languages))
        what = f"the first language was {was}, and is now {first}"
        yield Problem(nearest(places, place, "site.languages"), what, f"put {was} first in languages again")
    if catalogue.locked and "ob3" not in catalogue.site.publish:
        what = "the site was published with Open Badges 3.0, and all credentials and status lists would be gone"
        yield Problem(nearest(places, place, "site.publish"), what, "write publish: [ob2, ob3] again")
    for tag in sorted(locked.get(SITE, _EMPTY).values("translation") - set(catalogue.site.languages)):
        what = f'the site was published in "{tag}", and all addresses below {tag}/ would be gone'
        yield Problem(nearest(places, place, "site.languages"), what, f"put {tag} back into languages")


def _bases(locked: LockFiles) -> set[str]:
    """Every address at which something was published."""
    return {base for file in locked.values() for base in file.values("base")}


def _languages(locked: LockFiles) -> frozenset[str]:
    """The languages in which the site was ever published, in which badges may still say what they said."""
    file = locked.get(SITE, _EMPTY)
    return file.values("language") | file.values("translation")


def _where(places: Places, slug: str, field: str) -> Place:
    """Where a field of a badge stands."""
    return nearest(places, place_of(path_of("badges", slug)), f"badge:{slug}.{field}")


def _pictures(locked: LockFiles, catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    """The address of a picture ends in its kind. A badge has image.png in any case, and image.svg if it is an SVG."""
    for path, slug in of_kind(locked, "issuers"):
        logo = catalogue.issuer_pictures.get(slug)
        lost = locked[path].values("picture") - ({logo.kind} if logo else set())
        if lost and slug in catalogue.issuers:
            yield _lost_picture(
                f'the issuer "{slug}"', min(lost), nearest(places, place_of(path), f"issuer:{slug}.image")
            )
    for path, name in of_kind(locked, "badges"):
        slug = catalogue.badge_names.get(name, name)
        picture = catalogue.badge_pictures.get(slug)
        if picture and picture.kind == "png" and "svg" in locked[path].values("picture"):
            yield _lost_picture(f'the badge "{slug}"', "svg", nearest(places, place_of(path), f"badge:{slug}.image"))


def _lost_picture(thing: str, kind: str, place: Place) -> Problem:
    what = f"{thing} was published with a picture image.{kind}, which would be gone"
    named = "an SVG" if kind == "svg" else "a PNG"
    return Problem(place, what, f"name {named} in image: again: its address is permanent")
