"""A site that moves: every batch says where it was published, in its lock file or by a line of its own.

As long as no lock file has the new address, what none of them knows may have been built at the old one; it would be
taken away from there.
"""

from collections.abc import Iterator, Mapping

from badgesite.content.permanence.lock_files import LockFile, Places, nearest, path_of
from badgesite.errors import Place, Problem
from badgesite.model.catalogue import Catalogue

_NONE = LockFile(frozenset())


def unplaced(locked: Mapping[str, LockFile], catalogue: Catalogue, places: Places) -> Iterator[Problem]:
    """The batches of which nobody can tell at which address of the site they were published, if the site moves now."""
    site = catalogue.site
    if not site.formerly or any(site.base in file.values("base") for file in locked.values()):
        return
    old = site.formerly[0]
    for slug, batch in catalogue.batches.items():
        known = batch.head.base or locked.get(path_of("batches", slug), _NONE).values("base")
        if batch.awards and not known:
            what = (
                f'the batch "{slug}" is in no lock file, so that it may have been published at {old} and vanish there'
            )
            mend = (
                f"before the site moves, put back base_url: {old} and run `badgesite lock`; or write base: {old} "
                f"(or base: {site.base}, if it is new) in it"
            )
            yield Problem(nearest(places, Place(batch.path), f"batch:{slug}"), what, mend)
