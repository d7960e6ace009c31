"""Issuers, badges and pages that were published and have no file any more: perhaps somebody renamed it."""

from collections.abc import Collection, Iterator, Mapping

from badgesite.content.permanence.frozen import is_frozen, says_the_same
from badgesite.content.permanence.lock_files import LockFile, Places, of_kind, path_of, place_of
from badgesite.errors import Problem
from badgesite.model.catalogue import Catalogue

_KINDS = {"issuers": ("issuer", "yaml"), "badges": ("badge", "yaml"), "pages": ("page", "md")}

LockFiles = Mapping[str, LockFile]
Slugs = Mapping[str, Collection[str]]


def slugs_of(catalogue: Catalogue) -> Slugs:
    """What there is, by kind as lock files have it; a badge that was moved is there by all its names."""
    return {
        "issuers": catalogue.issuers.keys(),
        "badges": catalogue.badge_names.keys(),
        "pages": catalogue.pages.keys(),
        "batches": catalogue.batches.keys(),
    }


def gone_of(locked: LockFiles, kind: str, present: Slugs) -> tuple[str, ...]:
    """The slugs of a kind that were published and are not `present`."""
    return tuple(slug for _, slug in of_kind(locked, kind) if slug not in present[kind])


def vanished(locked: LockFiles, catalogue: Catalogue, places: Places, present: Slugs) -> Iterator[Problem]:
    """A problem for each, at the file that seems to be the same thing under another name if there is one.

    `present` are the slugs of all files, sound or not, of which the catalogue may lack some.
    """
    for kind, (word, ending) in _KINDS.items():
        for slug in gone_of(locked, kind, present):
            new = _now(locked, catalogue, kind, slug)
            if new is None:
                mend = f"put {slug}.{ending} back into content/{kind}/: its address is permanent"
                yield Problem(place_of(path_of(kind, slug)), f'the {word} "{slug}" was published and is gone', mend)
            else:
                place = places.get(f"{word}:{new}", place_of(path_of(kind, slug)))
                yield Problem(place, *_renamed(locked, catalogue, kind, slug, new))


def reused(catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    """Names that a badge had once, and that another one has now."""
    for slug, badge in catalogue.badges.items():
        for old in badge.formerly:
            others = [other for other, each in catalogue.badges.items() if other == old or old in each.formerly]
            for other in others if others != [slug] else ():
                place = places.get(f"badge:{other}", place_of(path_of("badges", other)))
                what = f'the name "{old}" is that of a badge which is now called "{slug}", and was published'
                if other == old:
                    yield Problem(
                        place, what, "name this badge otherwise: its file, and badge: in batches that mean it"
                    )
                elif other != slug:
                    yield Problem(place, f'{what}; "{other}" says the same in formerly', "let one of them say so")


def _now(locked: LockFiles, catalogue: Catalogue, kind: str, slug: str) -> str | None:
    """The new name of what is gone, as far as one can guess: a badge with its words, or the one thing that is new."""
    file = locked[path_of(kind, slug)]
    if kind == "badges" and is_frozen(file.lines):
        first = catalogue.site.languages[0]
        same = [new for new, badge in catalogue.badges.items() if says_the_same(file.lines, badge, first)]
        return min(same, key=lambda new: (path_of(kind, new) in locked, new), default=None)
    things = catalogue.badges if kind == "badges" else slugs_of(catalogue)[kind]
    unlocked = [new for new in things if path_of(kind, new) not in locked]
    return unlocked[0] if len(unlocked) == 1 else None


def _renamed(locked: LockFiles, catalogue: Catalogue, kind: str, slug: str, new: str) -> tuple[str, str]:
    """What is wrong with a name that seems to have changed, and how to mend it."""
    word, ending = _KINDS[kind]
    what = f'the {word} "{slug}" was published and is gone, and {new}.{ending} is new'
    back = f"give the file its old name back: {slug}.{ending}"
    if kind == "issuers":
        mend = "an issuer keeps its name for ever, as its keys and all that they signed are in that name: if its file"
        return what, f"{mend} was renamed, {back}"
    if kind == "pages":
        return what, f"put {slug}.{ending} back, if only to lead on to {new}.{ending}: its address is permanent"
    move = f"run `badgesite move badge {slug} {new}`, which keeps the old address answering"
    if is_frozen(locked[path_of(kind, slug)].lines):
        return f'the badge "{slug}" was published and is gone, and "{new}" has its words', f"{move}; or {back}"
    return what, f"if its file was renamed, {move}; or {back}"
