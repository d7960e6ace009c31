"""Awards as people name them, in words or in a list: by id, by an address of the award, or by their holder's."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic_core import PydanticCustomError

from badgesite.errors import ListError, Place, Problem
from badgesite.lists.addresses import read_address
from badgesite.lists.columns import folded, known_columns
from badgesite.lists.days import in_words
from badgesite.lists.holders import awards_of
from badgesite.lists.progress import Progress, silent
from badgesite.lists.reading import table_of
from badgesite.lists.table import Cell
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue

Found = tuple[Batch, Award]
First = Literal["award", "email"]
_ID = re.compile(r"(?:\A|[/:#])([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})(?=[/#?]|\Z)")
_COLUMNS = ("award", "award id", "id", "attestazione", "link", "page", "url", "collegamento", "pagina")
_MEND = "write its id, the address of its page, or its holder's e-mail address"
OR_LIST = f"{_MEND}; or the name of a list, .csv or .xlsx"
_TOLD = 6  # awards of an address that are told one by one


@dataclass(frozen=True, slots=True)
class Named:
    """An award by its id, or awards by their holder's address; `place` is where that was said."""

    place: Place
    award: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Picked:
    """The awards that were meant, none twice, each with the place where it was named first; and what is wrong."""

    awards: tuple[tuple[Place, Batch, Award], ...]
    problems: tuple[Problem, ...]


def is_award(word: str) -> bool:
    """Whether a word is an award's id, and nothing else."""
    found = _ID.fullmatch(word.strip().lower())
    return bool(found and found[1] == found[0])


def holds_id(word: str) -> bool:
    """Whether an award's id is a word or a part of the address that it is."""
    return bool(_ID.search(word.strip().lower()))


def read_word(word: str, place: Place, mend: str = _MEND) -> Named | Problem:
    """What a word names, or what is wrong with it. An e-mail address is never repeated in a message."""
    if found := _ID.search(word.strip().lower()):
        return Named(place, award=found[1])
    if "@" not in word:
        return Problem(place, "this names no award", mend)
    try:
        return Named(place, address=read_address(word))
    except PydanticCustomError:
        return Problem(place, "this is neither an award nor an e-mail address", mend)


def read_named(data: bytes, name: str, first: First = "award") -> tuple[Named, ...]:
    """What a CSV or .xlsx list names, row by row; ListError with every row that names nothing.

    It has a column award, id or link, or a column email; of both, the one that is to come `first` counts where it is
    filled in. Other columns are passed over.
    """
    table = table_of(data, name)
    header = table.records[0][1] if table.records else ()
    awards = [index for word in _COLUMNS for index, cell in enumerate(header) if _called(cell, word)]
    emails = [index for index, cell in enumerate(header) if known_columns([cell]) == ["email"]]
    columns = (emails + awards) if first == "email" else (awards + emails)
    if not columns:
        what, mend = "the first row names no column award, id or email", "name the column above the ids or addresses"
        raise ListError(problems=[Problem(Place(name, table.records[0][0] if table.records else 1), what, mend)])
    found = [_row(cells, Place(name, number), columns) for number, cells in table.records[1:]]
    if not found:
        raise ListError(f"{name}: the list has columns, but no rows below them")
    if problems := [each for each in found if isinstance(each, Problem)]:
        raise ListError(problems=problems)
    return tuple(each for each in found if isinstance(each, Named))


def _called(cell: Cell, word: str) -> bool:
    return isinstance(cell, str) and folded(cell) == folded(word)


def _row(cells: Sequence[Cell], place: Place, columns: Sequence[int]) -> Named | Problem:
    for column in columns:
        cell = cells[column] if column < len(cells) else ""
        if isinstance(cell, str) and cell:
            return read_word(cell, Place(place.path, place.line, column + 1))
    return Problem(place, "the row names no award", _MEND)


def pick(
    catalogue: Catalogue,
    named: Sequence[Named],
    badge: str | None,
    index: Mapping[str, frozenset[str]],
    progress: Progress = silent,
    *,
    every: bool = False,
) -> Picked:
    """The awards that are meant; an address means the one award that it has, of `badge` if that is given.

    With `every`, it means all that it has, also those that are revoked.
    """
    by_id = {award.id: (batch, award) for batch, award in catalogue.each_award()}
    theirs = awards_of(catalogue, [each.address for each in named if each.address], index, progress)
    problems: list[Problem] = []
    picked: dict[str, tuple[Place, Batch, Award]] = {}
    for each in named:
        if each.address:
            found = [pair for pair in theirs[each.address] if badge in (None, pair[0].badge)]
            found = found if every else _standing(found)
        else:
            found = [by_id[each.award]] if each.award in by_id else []
        if every or len(found) == 1:
            for pair in found:
                picked.setdefault(pair[1].id, (each.place, *pair))
        elif found:
            problems.append(_several(each.place, found))
        if not found:
            problems.append(_none(catalogue, each, badge))
    return Picked(tuple(picked.values()), tuple(problems))


def _standing(found: list[Found]) -> list[Found]:
    """Those that are not revoked, if there is one."""
    return [pair for pair in found if not pair[1].revoked] or found


def _several(place: Place, found: Sequence[Found]) -> Problem:
    each = [f"{award.id} ({batch.badge}, {in_words(batch.date)})" for batch, award in found[:_TOLD]]
    more = f" and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
    several = "say --badge, or name" if len({batch.badge for batch, _ in found}) > 1 else "name"
    what = f"the address has {len(found)} awards: {', '.join(each)}{more}"
    return Problem(place, what, f"{several} the one that is meant by its id")


def _none(catalogue: Catalogue, named: Named, badge: str | None) -> Problem:
    if erased := catalogue.erased.get(named.award or ""):
        what = f"the award {erased.award} was erased on {erased.day}, and nothing of it is kept"
        return Problem(named.place, what, "to give the badge again, award it anew")
    if named.award:
        return Problem(named.place, f"there is no award {named.award}", "look at its record, or at its page's address")
    for path in _drafts(catalogue, named.address or "", badge):
        what = f"the address has no award yet, but a draft in {path}"
        return Problem(named.place, what, f"remove that record, or complete it: `badgesite award {path}`")
    of_badge = f" of {badge}" if badge else ""
    perhaps = ", or erased?" if catalogue.erased else "?"
    return Problem(named.place, f"no award{of_badge} is this address's", f"was it awarded to another address{perhaps}")


def _drafts(catalogue: Catalogue, address: str, badge: str | None) -> Iterator[str]:
    for batch in catalogue.batches.values():
        if badge in (None, batch.badge) and any(draft.email.strip().lower() == address for draft in batch.drafts):
            yield batch.path
