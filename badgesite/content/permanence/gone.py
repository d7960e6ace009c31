"""Lock files that are gone while what `sign` wrote with them is there: it never writes the one without the other."""

from collections.abc import Iterator, Mapping

from badgesite.content.permanence.lock_files import FOLDER, LockFile, of_kind, path_of, place_of
from badgesite.errors import Place, Problem
from badgesite.model.catalogue import Catalogue


def gone(locked: Mapping[str, LockFile], catalogue: Catalogue) -> Iterator[Problem]:
    """A problem for each lock file that is not among `locked`, or one for all, if something signed needs it.

    Without it, what was revoked could be brought back to life, and an index be given to somebody else.
    """
    credentials = {
        slug: sum(award.id in catalogue.credentials for award in batch.awards)
        for slug, batch in catalogue.batches.items()
    }
    every, lists = sum(credentials.values()), len(catalogue.status_lists)
    if (every and not locked) or (lists and not any(True for _ in of_kind(locked, "batches")) and not every):
        folder = f"content/{FOLDER}" if not locked else f"content/{FOLDER}/batches"
        told = _told(every, "credential") if every else _told(lists, "status list")
        yield Problem(Place(folder), f"the lock files are gone, and {told} signed", _mend(folder))
        return
    unlocked = [slug for slug, number in credentials.items() if number and path_of("batches", slug) not in locked]
    elsewhere = _known(locked) if unlocked else frozenset()
    for slug in unlocked:
        number = credentials[slug]
        if not any(award.id in elsewhere for award in catalogue.batches[slug].awards):  # else the batch was renamed
            place = place_of(path_of("batches", slug))
            what = f"the lock file is gone, and {_told(number, 'credential')} signed in this batch"
            yield Problem(place, what, _mend(place.path))


def _known(locked: Mapping[str, LockFile]) -> frozenset[str]:
    """What lines of batches begin with: every award among it."""
    files = (locked[path] for path, _ in of_kind(locked, "batches"))
    return frozenset(line.partition(" ")[0] for file in files for line in file.lines)


def _told(number: int, noun: str) -> str:
    return f"1 {noun} is" if number == 1 else f"{number} {noun}s are"


def _mend(path: str) -> str:
    return f"take it back from Git: git checkout -- {path}"
