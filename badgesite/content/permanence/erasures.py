"""What lock files say of awards that are erased: that they were, when, and that their bits in status lists are set."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from badgesite.content.permanence.batches import ERASED, remember
from badgesite.content.permanence.lock_files import SITE, Places, data_of, path_of, read_all
from badgesite.content.permanence.locks import expected
from badgesite.content.signed.lines import entry_of
from badgesite.errors import ContentError, Place, Problem
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue


def published(root: Path, catalogue: Catalogue, awards: Collection[str]) -> frozenset[str]:
    """Those of these awards that may have been published, so that something stands at their address for ever.

    A lock file knows them, or they are signed; a site that does not sign publishes all that is recorded, once it has
    an address.
    """
    site, memory = catalogue.site, remember(root)
    if site.rehearsal:
        return frozenset()
    if not site.signs:
        return frozenset(awards)
    known = catalogue.credentials.keys() | frozenset[str]().union(*memory.published.values())
    return frozenset(awards) & known


def files_erased(
    root: Path, catalogue: Catalogue, awards: Collection[str], day: date, places: Places
) -> dict[str, bytes]:
    """The lock files, by path, when these awards, which are published and recorded, are erased on a day.

    ContentError for a credential that is not locked: the lock lines will be all that knows its place in a status list.
    """
    of_batch: dict[str, list[Award]] = defaultdict(list)
    for batch, award in catalogue.each_award():
        if award.id in awards:
            of_batch[batch.slug].append(award)
    if not of_batch:
        return {}
    _refuse_unlocked(catalogue, awards, places)
    batches = {slug: replace(catalogue.batches[slug], awards=tuple(gone)) for slug, gone in of_batch.items()}
    lines = expected(replace(catalogue, batches=batches))
    ends = {
        path_of("batches", slug): [f"{award.id}{end}" for award in gone for end in (f"{ERASED}{day}", " revoked")]
        for slug, gone in of_batch.items()
    }
    locked, _ = read_all(root)
    files = {}
    for path in _paths(catalogue, batches.values()):
        known = locked[path].lines if path in locked else frozenset()
        wanted = known.union(lines[path], ends.get(path, ()))
        if wanted != known:
            files[f"content/{path}"] = data_of(wanted)
    return files


def _paths(catalogue: Catalogue, batches: Iterable[Batch]) -> tuple[str, ...]:
    """The lock files of batches, and those of what their awards need: badges, issuers, the site."""
    badges = sorted({batch.badge for batch in batches})
    return (
        SITE,
        *(path_of("issuers", issuer) for issuer in sorted({catalogue.badges[badge].issuer for badge in badges})),
        *(path_of("badges", badge) for badge in badges),
        *(path_of("batches", batch.slug) for batch in batches),
    )


def _refuse_unlocked(catalogue: Catalogue, awards: Collection[str], places: Places) -> None:
    problems = [
        Problem(
            places.get(f"credential:{award}", Place("content/awards")),
            f"the credential of the award {award} is in no lock file",
            "run `badgesite lock`, which looks whether it is genuine; or remove the line if it was never committed",
        )
        for award in sorted(awards)
        if (signed := catalogue.credentials.get(award)) and entry_of(signed.text) not in catalogue.locked.get(award, ())
    ]
    if problems:
        raise ContentError(problems=problems)
