"""The names that a badge had: what was awarded under one of them is frozen under the present one too.

The lock file of a badge that was moved takes over what those of its former names hold. So a badge cannot put itself in
the place of another by naming it in `formerly`: their lock files would have to agree, and do not.
"""

from collections.abc import Iterator, Mapping

from badgesite.content.permanence.frozen import agree, digests_in, is_frozen
from badgesite.content.permanence.lock_files import LockFile, Places, nearest, path_of, place_of
from badgesite.errors import Problem
from badgesite.model.badge import BadgeClass
from badgesite.model.catalogue import Catalogue

_NONE = LockFile(frozenset())


def lines_of_all_names(locked: Mapping[str, LockFile], badge: BadgeClass) -> frozenset[str]:
    """The lines that hold for a badge: of its lock file, and of those of the names that it had."""
    former = (digests_in(_of(locked, old).lines) for old in badge.formerly if old not in _strangers(locked, badge))
    return _of(locked, badge.slug).lines.union(*former)


def inherited(locked: Mapping[str, LockFile], badge: BadgeClass) -> frozenset[str]:
    """The digests that the lock file of a badge takes over from those of its former names."""
    return digests_in(lines_of_all_names(locked, badge)) if badge.formerly else frozenset()


def usurped(locked: Mapping[str, LockFile], catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    """Names that a badge says it had, and that were those of another, which was awarded."""
    for slug, badge in catalogue.badges.items():
        for old in _strangers(locked, badge):
            what = f'the badge "{old}" was awarded with other words than those of "{slug}", which names it in formerly'
            mend = f"take the name out of formerly, and put {old}.yaml back into content/badges/"
            yield Problem(nearest(places, place_of(path_of("badges", slug)), f"badge:{slug}.formerly"), what, mend)


def _strangers(locked: Mapping[str, LockFile], badge: BadgeClass) -> tuple[str, ...]:
    """The former names of a badge under which another one was awarded.

    A badge without a lock file of its own, and with one such name, was moved and is not locked yet.
    """
    found = []
    for old in badge.formerly:
        lines = _of(locked, old).lines
        names = {badge.slug, *badge.formerly} - {old}
        others = frozenset[str]().union(*(digests_in(_of(locked, name).lines) for name in names))
        published = path_of("badges", badge.slug) in locked or bool(others)
        if is_frozen(lines) and published and not agree(lines, others):
            found.append(old)
    return tuple(found)


def _of(locked: Mapping[str, LockFile], slug: str) -> LockFile:
    return locked.get(path_of("badges", slug), _NONE)
