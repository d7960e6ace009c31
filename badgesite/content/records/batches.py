"""A batch: its YAML file, with the awards inline or in the CSV beside it."""

from collections.abc import Mapping as Names
from collections.abc import Sequence as Seq
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join
from typing import Protocol

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from badgesite.content.records.tables import TABLE_LIMIT, Table, award_values, read_table
from badgesite.content.yaml.binding import Bound, bind
from badgesite.content.yaml.nodes import Broken, Mapping, Node, Scalar, Sequence, parse
from badgesite.content.yaml.sentences import sentence
from badgesite.content.yaml.texts import UnreadableError, decode, read_text
from badgesite.errors import Place, Problem
from badgesite.model.award import Award, Batch, BatchHead, Draft
from badgesite.model.scalars import shown

_AWARDS = TypeAdapter(list[Award])
_AWARD = TypeAdapter(Award)


class Record(Protocol):
    """Where the fields of a record stand."""

    def place(self, *location: str | int) -> Place:
        """The place of a field, or of the record."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record in a CSV file."""

    table: Table
    index: int

    def place(self, *location: str | int) -> Place:
        """The place of the cell that holds the field."""
        return self.table.place(self.index, _column(location))


@dataclass(slots=True)
class ReadBatch:
    """A batch as far as it could be read, with the place of every award and draft; `named` is its CSV, sound or not."""

    slug: str
    path: str
    head: Bound[BatchHead]
    named: str = ""
    table: str | None = None
    awards: list[tuple[Award, Record]] = field(default_factory=list)
    drafts: list[tuple[Draft, Record]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def batch(self, former: Names[str, str]) -> Batch:
        """The noun; only when there are no problems. `former` has by each former name of a badge the present one."""
        if self.head.noun is None:
            raise ValueError(f"{self.path} has problems")
        awards = tuple(award for award, _ in self.awards)
        drafts = tuple(draft for draft, _ in self.drafts)
        return Batch(self.slug, self.path, self.head.noun, awards, drafts, self.table, former.get(self.head.noun.badge))


def read_batch(root: Path, slug: str, path: str, node: Node, languages: tuple[str, ...] | None) -> ReadBatch:
    """The batch in the YAML file at `path`, whose content is `node`, with the rows of its CSV."""
    head = bind(node, BatchHead, languages, apart=("awards",))
    read = ReadBatch(slug, path, head, problems=list(head.problems))
    awards = node.entries.get("awards") if isinstance(node, Mapping) else None
    if awards is None:
        if isinstance(node, Mapping):
            read.problems.append(Problem(node.place, 'a batch needs "awards"', "add a list of them, or a CSV's name"))
        return read
    match awards[1]:
        case Sequence(items=items):
            _read_records(read, items, languages)
        case Scalar(text=name, place=place):
            _read_rows(read, root, str(name), place)
        case Mapping(place=place):
            read.problems.append(Problem(place, "a map stands where a list of awards is meant", "begin each with -"))
    return read


def _read_records(read: ReadBatch, items: Seq[Node], languages: tuple[str, ...] | None) -> None:
    for item in items:
        keys = item.entries if isinstance(item, Mapping) else {}
        if isinstance(item, Broken):
            continue
        if isinstance(item, Scalar):
            what = f"{shown(str(item.text))} stands where an award is meant"
            read.problems.append(Problem(item.place, what, "begin each award with - email: ada@example.org"))
            continue
        if "email" in keys and "id" in keys:
            what = "the record has both an address and an id"
            read.problems.append(Problem(keys["email"][0], what, "remove the line email: (the id is permanent)"))
            continue
        if "email" in keys:
            draft = bind(item, Draft, languages)
            read.problems += draft.problems
            read.drafts += [(draft.noun, draft)] if draft.noun else []
        else:
            award = bind(item, Award, languages)
            read.problems += award.problems
            read.awards += [(award.noun, award)] if award.noun else []


def _read_rows(read: ReadBatch, root: Path, name: str, place: Place) -> None:
    if not name.endswith(".csv") or "/" in name or "\\" in name:
        what = f'"{name}" is not the name of a CSV file beside this one'
        read.problems.append(Problem(place, what, f"write {read.slug}.csv, or a list of awards"))
        return
    path = read.named = join(dirname(read.path), name)
    if not (root / path).is_file():
        read.problems.append(Problem(place, f'there is no "{name}" beside this file', "is its name spelt so?"))
        return
    try:
        table, rows, problems = read_table(read_text(root, path, TABLE_LIMIT), path)
    except UnreadableError as error:
        read.problems.append(error.problem)
        return
    read.table = path
    read.problems += problems
    _validate_rows(read, table, [award_values(table, row) for row in rows])


def read_again(batch: Batch, text: str, languages: tuple[str, ...]) -> Batch | None:
    """The batch if `text` stood in its table, or in its YAML file if it has none; None if that could not be read."""
    try:
        text = decode(text.encode(), batch.path)
        if not batch.table:
            node = parse(text, batch.path).node
            read = read_batch(Path(), batch.slug, batch.path, node, languages) if node else None
        else:
            table, rows, problems = read_table(text, batch.table)
            head = Bound(batch.head, Scalar(Place(batch.path), ""))
            read = ReadBatch(batch.slug, batch.path, head, table=batch.table, problems=problems)
            _validate_rows(read, table, [award_values(table, row) for row in rows])
    except UnreadableError:
        return None
    former = {batch.recorded_badge: batch.moved_to} if batch.moved_to else {}
    return read.batch(former) if read and not read.problems else None


def _validate_rows(read: ReadBatch, table: Table, values: list[dict[str, object]]) -> None:
    try:
        awards = _AWARDS.validate_python(values)
    except ValidationError as error:
        faulty: set[int] = set()
        for fault in error.errors(include_url=False):
            index = int(fault["loc"][0])
            faulty.add(index)
            read.problems.append(_row_problem(fault, table, index))
        sound = (index for index in range(len(values)) if index not in faulty)
        read.awards += [(_AWARD.validate_python(values[index]), Row(table, index)) for index in sound]
        return
    read.awards += [(award, Row(table, index)) for index, award in enumerate(awards)]


def _row_problem(fault: ErrorDetails, table: Table, index: int) -> Problem:
    location = fault["loc"][1:]
    place = Row(table, index).place(*location)
    column = _column(location)
    if fault["type"] == "missing":
        return Problem(place, f'the cell "{column}" is empty', "fill it in")
    what, mend = sentence(fault, Award)
    return Problem(place, f'column "{column}": {what}', mend)


def _column(location: Seq[str | int]) -> str:
    """The column of a field: `recipient.salt` is in salt, `revoked.date` in revoked."""
    match [str(part) for part in location]:
        case ["recipient", *rest]:
            return rest[0] if rest else "identity"
        case ["revoked", "reason"]:
            return "reason"
        case [first, *_]:
            return first
        case _:
            return "id"
