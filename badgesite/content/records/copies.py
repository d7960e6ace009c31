"""An id that stands twice: a copied record or file, told so that nobody mends the one that was published."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from badgesite.content.records.batches import ReadBatch, Record
from badgesite.errors import Problem
from badgesite.model.award import Award


@dataclass(frozen=True, slots=True)
class Found:
    """An award, where it stands, and in which batch."""

    award: Award
    record: Record
    batch: ReadBatch


def twice(pairs: Sequence[tuple[Found, Found]], published: Collection[str]) -> Iterator[Problem]:
    """What is wrong with awards of one batch, each beside an earlier one of the same id.

    `published` are the batches that have a lock file; where one of two has, the other is the copy.
    """
    told = [_sides(first, second, published) for first, second in pairs]
    if len(told) > 1 and _is_whole_copy(told):
        file, other = told[0][0].batch, told[0][1].batch
        what = f"the file holds the same {len(told)} awards as {other.path}{_known(other, published)}"
        yield Problem(file.head.place(), what, "remove this file")
        return
    for copy, original in told:
        yield _of_one(copy, original, published)


def _sides(later: Found, earlier: Found, published: Collection[str]) -> tuple[Found, Found]:
    """The copy and the original, as far as the lock files tell them apart."""
    earlier_is_copy = later.batch.slug in published and earlier.batch.slug not in published
    return (earlier, later) if earlier_is_copy else (later, earlier)


def _is_whole_copy(told: Sequence[tuple[Found, Found]]) -> bool:
    batches = {(copy.batch.path, original.batch.path) for copy, original in told}
    equal = all(copy.award == original.award for copy, original in told)
    return equal and len(batches) == 1 and len(told) == len(told[0][0].batch.awards)


def _of_one(copy: Found, original: Found, published: Collection[str]) -> Problem:
    place, there = copy.record.place("id"), original.record.place("id")
    known = _known(original.batch, published) if copy.batch is not original.batch else ""
    if copy.award == original.award:
        return Problem(place, f"the same award stands in {there}{known}", "remove this record")
    which = "this one" if known else "the newer one"
    return Problem(place, f"another award has this id: {there}{known}", f"let `badgesite award` draw an id for {which}")


def _known(batch: ReadBatch, published: Collection[str]) -> str:
    return ", where it was published" if batch.slug in published else ""
