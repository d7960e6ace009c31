"""What reading a site came to; `reading` makes it, and everything that looks at content is given it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from badgesite.errors import Place, Problem
from badgesite.model.catalogue import Catalogue
from badgesite.model.signed import Entry, Signed


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading came to: the catalogue (None if anything is wrong), problems by place, and where things stand.

    `places` has "site", "issuer:<slug>", "badge:<slug>", "batch:<slug>", "page:<slug>", "award:<id>",
    "credential:<award id>", "status:<issuer>/<list>", and for dates "date:<batch>" and "revoked:<award id>",
    "changed:<award id>"; fields as "badge:<slug>.name" and, in a language, "badge:<slug>.name.it". `merged` are the
    files of signed documents in which a merge left both sides, `lost` the credentials signed earlier there, by award,
    and `sides` the versions of each status list, by issuer and name.

    Where there are problems, `remains` is a catalogue of all that is sound (None if not even the site is), which may be
    compared with the lock files and with nothing else; `present` has the slugs of all files by kind, sound or not. Of
    the problems, `gone` name what was published and has no file: the lock files tell it better.
    """

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    places: Mapping[str, Place]
    merged: frozenset[str] = frozenset()
    lost: Mapping[str, Collection[Entry]] = field(default_factory=dict)
    sides: Mapping[tuple[str, str], Collection[Signed]] = field(default_factory=dict)
    remains: Catalogue | None = None
    present: Mapping[str, Collection[str]] = field(default_factory=dict)
    gone: tuple[Problem, ...] = ()


def later_than(reading: Reading, day: date) -> tuple[Problem, ...]:
    """A problem for each batch dated after `day`, and in the others for each change and revocation that is."""
    found = []
    mend = "correct it, or build on that day"
    for slug, batch in reading.catalogue.batches.items() if reading.catalogue else ():
        if batch.date > day:
            what = f"the award date {batch.date} lies after {day}"
            found.append(Problem(reading.places[f"date:{slug}"], what, mend))
            continue  # what came after the award lies after `day` as well
        for award in batch.awards:
            if award.changed and award.changed > day:
                what = f"the change of {award.changed} lies after {day}"
                found.append(Problem(reading.places[f"changed:{award.id}"], what, mend))
            if award.revoked and award.revoked.date > day:
                what = f"the revocation of {award.revoked.date} lies after {day}"
                found.append(Problem(reading.places[f"revoked:{award.id}"], what, mend))
    for erased in reading.catalogue.erased.values() if reading.catalogue else ():
        if erased.day > day:
            place = Place(f"content/published/batches/{erased.batch}.lock")
            what = f"the award {erased.award} was erased on {erased.day}, after {day}"
            found.append(Problem(place, what, "build on that day, or later"))
    return tuple(sorted(found))
