"""The story of `diff`: what a build would add, change and lose, whose names it would publish, and how much it weighs.

Everything is made as `build` makes it, compared file by file, and forgotten.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from markupsafe import escape

from badgesite.artifact import Change, Written
from badgesite.content.look.addresses import written_in_themes
from badgesite.content.permanence import locks
from badgesite.content.reading import Reading, later_than, read_or_raise
from badgesite.crypto.public_keys import KeyRing
from badgesite.earlier import Earlier
from badgesite.errors import ContentError, PermanenceError, SignatureError
from badgesite.issued.genuine import problems_of as problems_of_faults
from badgesite.issued.standing import Standing, fit_to_publish, published_at
from badgesite.leaks import problems_of as problems_of_leaks
from badgesite.making import Made, Order, Progress, make, silent
from badgesite.model.catalogue import Catalogue
from badgesite.outputs import digest_of
from badgesite.plan import MANIFEST, Plan, is_passing, owner_of, plan_of
from badgesite.standards import did

KINDS = ("badge", "issuer", "page", "award")
_BIGGEST = 5


@dataclass(frozen=True, slots=True)
class Part:
    """Names of things that would be new, changed in what software reads, only drawn otherwise, or lost."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    redrawn: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A holder's name that would become visible (to whoever has the link), or that lists would have from now on."""

    award: str
    name: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Weight:
    """Files and bytes of the site as it would be, and the biggest files; `before` is as it was, as far as is known.

    The manifest counts on neither side: it says the day, and is not made for a comparison.
    """

    files: int
    size: int
    before: tuple[int, int]
    biggest: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What a build would change of `against`: things by kind, awards by batch too, other files by path.

    `keys` are public keys that would be published (DID URLs) and no more; `lost` are paths that would be gone for good.
    Where `unseen`, awards that are in no list cannot be compared, but that all are the same as before if `same_awards`.
    `stays` are awards that leave this folder because they are published at a former address: their number, by address.
    """

    against: str
    parts: Mapping[str, Part]
    batches: Mapping[str, Part]
    other: Part
    keys: tuple[tuple[str, ...], tuple[str, ...]]
    names: tuple[Name, ...]
    lost: tuple[str, ...]
    weight: Weight
    unseen: bool = False
    same_awards: bool = False
    stays: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparing:
    """What a comparison is made of."""

    catalogue: Catalogue
    plan: Plan
    earlier: Earlier
    keys: KeyRing
    changes: dict[str, Change] = field(default_factory=dict)


def difference(
    root: Path,
    earlier: Earlier,
    as_of: date,
    *,
    drafts: bool = False,
    base: str | None = None,
    jobs: int = 1,
    progress: Progress = silent,
) -> Difference:
    """What a build of the site in `root` would change of what was published earlier; refused as `build` is.

    With a former address of the site as `base`, what a build of that would change.
    """
    reading = read_or_raise(root)
    if reading.catalogue is None:
        raise ContentError(problems=reading.problems)
    if broken := locks.compare(root, reading).broken:
        raise PermanenceError(problems=broken)
    if later := later_than(reading, as_of):
        raise ContentError(problems=later)
    found = fit_to_publish(root, reading, drafts=drafts)
    catalogue = published_at(reading.catalogue, base)
    made = _made(root, catalogue, earlier, as_of, found, jobs, progress)
    _refuse(root, made, reading)
    comparing = Comparing(catalogue, plan_of(catalogue.site), earlier, found.keys)
    return compared(comparing, made.shared, made.awards)


def _made(
    root: Path, catalogue: Catalogue, earlier: Earlier, as_of: date, found: Standing, jobs: int, progress: Progress
) -> Made:
    awards = sum(1 for _ in catalogue.each_award_here())
    with TemporaryDirectory(prefix="badgesite-", ignore_cleanup_errors=True) as fresh:
        folder = earlier.folder or Path(fresh) / "nothing"
        order = Order(
            catalogue, root, as_of, Path(fresh), folder, found.keys, found.not_issued, found.lists, stage=False
        )
        with progress("comparing", awards) as advance:
            return make(order, jobs, advance)


def _refuse(root: Path, made: Made, reading: Reading) -> None:
    if faults := tuple(problems_of_faults(made.faults, reading.places)):
        raise SignatureError(problems=faults)
    in_themes = written_in_themes(root, reading, (leak.address for leak in made.leaks))
    if leaks := tuple(problems_of_leaks(made.leaks, reading.places, in_themes)):
        raise ContentError(problems=leaks)


def compared(comparing: Comparing, shared: Sequence[Written], awards: Sequence[Written]) -> Difference:
    """The difference between what was made and what was published earlier."""
    earlier, changes = comparing.earlier, comparing.changes
    weights: list[tuple[int, str]] = []
    for item in (*shared, *awards):
        weights.append((item.size, item.path))
        if change := _change(item, earlier):
            changes[item.path] = change
    made = {path for _, path in weights}
    gone = sorted(path for path in earlier.sizes if path not in made and path != MANIFEST)
    stays = _staying(comparing).intersection(owner_of(path) or path for path in gone)
    lost = tuple(
        path
        for path in gone
        if not is_passing(path)
        and not _is_erased(path, comparing.catalogue.erased)
        and (owner_of(path) or path) not in stays
    )
    by_owner, other = _sorted(changes, lost, earlier)
    batch_of = {award: erased.batch for award, erased in comparing.catalogue.erased.items()}
    batch_of |= {award.id: batch.slug for batch, award in comparing.catalogue.each_award()}
    biggest = tuple((path, size) for size, path in sorted(weights, reverse=True)[:_BIGGEST])
    sizes = [size for path, size in earlier.sizes.items() if path != MANIFEST]
    before = (len(sizes), sum(sizes))
    return Difference(
        against=earlier.name,
        parts={kind: _part(by_owner[kind]) for kind in KINDS},
        batches=_by_batch(by_owner["award"], batch_of),
        other=other,
        keys=_keys(comparing),
        names=tuple(_names(comparing)),
        lost=lost,
        weight=Weight(len(weights), sum(size for size, _ in weights), before, biggest),
        unseen=earlier.folder is None,
        same_awards=digest_of(awards) == earlier.awards,
        stays=comparing.catalogue.staying if stays else {},
    )


def _change(item: Written, earlier: Earlier) -> Change | None:
    """How a file differs; None if it does not, or nobody can tell."""
    if earlier.folder is not None:
        return None if item.change == "same" else item.change
    if item.path not in earlier.listed:
        return "new" if item.listed else None
    return "changed" if earlier.listed[item.path] != item.digest else None


def _staying(comparing: Comparing) -> set[str]:
    """The awards (as `owner_of` names them) and status lists (as paths) that are published at a former address."""
    catalogue, plan = comparing.catalogue, comparing.plan
    awards = {
        f"award:{award.id}" for batch, award in catalogue.each_award() if catalogue.base_of(batch.slug) != plan.base
    }
    lists = [
        (issuer, name)
        for issuer, name in catalogue.status_lists
        if catalogue.base_of(catalogue.batch_of_list(name)) != plan.base
    ]
    return awards.union(*((plan.status_list(*each), plan.status_jwt(*each)) for each in lists))


def _is_erased(path: str, erased: Collection[str]) -> bool:
    owner = owner_of(path) or ""
    return owner.startswith("award:") and owner.removeprefix("award:") in erased


def _sorted(
    changes: Mapping[str, Change], lost: Iterable[str], earlier: Earlier
) -> tuple[dict[str, dict[str, set[str]]], Part]:
    """What happens to each thing's files, by kind and name; and the site's own files."""
    known = {owner_of(path) for path in earlier.sizes}
    things: dict[str, dict[str, set[str]]] = {kind: defaultdict(set) for kind in KINDS}
    own: dict[str, set[str]] = defaultdict(set)
    events = [(path, "lost") for path in lost]
    for path, change in changes.items():
        drawn = change == "changed" and path.endswith(".html")
        events.append((path, "redrawn" if drawn else "changed" if owner_of(path) in known else change))
    for path, event in events:
        kind, _, name = (owner_of(path) or "").partition(":")
        if kind:
            things[kind][name].add(event)
        else:
            own[path].add("new" if changes.get(path) == "new" else event)
    return things, _part(own)


def _part(events: Mapping[str, Collection[str]]) -> Part:
    """Each name once, under the gravest of what happens to it."""
    order = ("lost", "changed", "new", "redrawn")
    found: dict[str, list[str]] = {word: [] for word in order}
    for name, happened in sorted(events.items()):
        found[next(word for word in order if word in happened)].append(name)
    return Part(**{word: tuple(names) for word, names in found.items()})


def _by_batch(events: Mapping[str, set[str]], batch_of: Mapping[str, str]) -> dict[str, Part]:
    batches: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for award, happened in events.items():
        batches[batch_of.get(award, "")][award] = happened
    return {slug: _part(found) for slug, found in sorted(batches.items())}


def _keys(comparing: Comparing) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The public keys that would be published, and those that would be no more."""
    now: set[str] = set()
    was: set[str] = set()
    catalogue, plan = comparing.catalogue, comparing.plan
    for slug in catalogue.issuers if catalogue.site.signs else ():
        path = plan.did_document(slug)
        now |= _methods(did.did_document(plan.did(slug), comparing.keys.of(slug)))
        if path in comparing.changes and (data := comparing.earlier.read(path)):
            was |= _methods_in(data)
        elif path not in comparing.changes:
            was |= _methods(did.did_document(plan.did(slug), comparing.keys.of(slug)))
    return tuple(sorted(now - was)), tuple(sorted(was - now))


def _methods_in(data: bytes) -> set[str]:
    try:
        return _methods(json.loads(data))
    except ValueError:
        return set()


def _methods(document: object) -> set[str]:
    methods = document.get("verificationMethod") if isinstance(document, dict) else None
    return {str(each.get("id")) for each in methods if isinstance(each, dict)} if isinstance(methods, list) else set()


def _names(comparing: Comparing) -> Iterator[Name]:
    """Names that were not on the page of their award, and those that come into lists."""
    catalogue, earlier, first = comparing.catalogue, comparing.earlier, comparing.plan.first
    for batch, award in catalogue.each_award():
        path = comparing.plan.award_page(award.id, first)
        name = catalogue.shown_name(batch, award)
        if not name or path not in comparing.changes:
            continue
        listed = catalogue.visibility(batch, award) == "public" and path not in earlier.listed
        page = earlier.read(path) if earlier.folder is not None else None
        if listed or page is None or str(escape(name)).encode() not in page:
            yield Name(award.id, name, listed)
