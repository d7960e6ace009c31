"""The rows of a list: each cell checked for what its column means, every fault noted."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from badgesite.errors import Place, Problem
from badgesite.lists.addresses import name_beside, read_address
from badgesite.lists.days import read_day
from badgesite.lists.table import Cell, Odd
from badgesite.model.scalars import Amount, Url, Words, fault, shown
from badgesite.model.site import Visibility

Day = date


@dataclass(frozen=True, slots=True)
class Row:
    """One person to be awarded, as a list or a person wrote it; what is missing or faulty is None.

    `columns` says at which column (from 1) a field stands; `faulty` names the fields whose cells have been complained
    of; `email` is as `read_address` gives it.
    """

    place: Place
    email: str | None = None
    name: str | None = None
    visibility: Visibility | None = None
    language: str | None = None
    group: str | None = None
    unit: str | None = None
    result: str | None = None
    credits: int | float | None = None
    narrative: str | None = None
    evidence: tuple[str, ...] = ()
    date: Day | None = None
    badge: str | None = None
    expires: Day | None = None
    columns: Mapping[str, int] = field(default_factory=dict)
    faulty: frozenset[str] = frozenset()

    def at(self, name: str) -> Place:
        """Where the field stands; the row's place if it does not."""
        column = self.columns.get(name)
        return Place(self.place.path, self.place.line, column) if column else self.place


@dataclass(frozen=True, slots=True)
class Rows:
    """What was read, what is wrong with it, and what people should know of how it was read."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


_WORDS: TypeAdapter[str] = TypeAdapter(Words)
_URL: TypeAdapter[str] = TypeAdapter(Url)
_AMOUNT: TypeAdapter[int | float] = TypeAdapter(Amount)
_LINE_END = re.compile("\r\n?|\u2028|\u2029")
_FORMULA = ("=", "@")  # a tab or a carriage return, which would do as well, never begins a cell of ours
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]{1,2}")


def make_row(
    cells: Mapping[str, Cell], place: Place, columns: Mapping[str, int], *, day_first: bool | None = None
) -> tuple[Row, list[Problem]]:
    """The row of some cells by column name (empty ones left out), and the faults of its cells."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    email = cells.get("email")
    if "name" not in cells and isinstance(email, str) and (name := name_beside(email)):
        cells = {**cells, "name": name}
        columns = {**columns, "name": columns.get("email", 0)}
    for column, cell in cells.items():
        at = Place(place.path, place.line, columns.get(column, 0) or place.column)
        try:
            values[column] = _value(column, cell, day_first)
        except PydanticCustomError as error:
            context = error.context or {}
            problems.append(Problem(at, f"{column}: {context.get('what')}", str(context.get("mend", ""))))
    faulty = frozenset(cells) - frozenset(values)
    return Row(place=place, columns=columns, faulty=faulty, **values), problems


def check_visibility(word: str) -> Visibility:
    """The visibility that a word names; a PydanticCustomError if none."""
    words: tuple[Visibility, ...] = get_args(Visibility)
    for visibility in words:
        if word.strip().lower() == visibility:
            return visibility
    close = get_close_matches(word.lower(), words, n=1)
    mend = f'did you mean "{close[0]}"?' if close else f"write {', '.join(words)}, or leave it empty"
    raise fault("visibility", f"{shown(word)} is not a visibility", mend)


def _value(column: str, cell: Cell, day_first: bool | None) -> object:
    if isinstance(cell, Odd):
        raise fault("odd", cell.what, cell.mend)
    if isinstance(cell, date):
        if column == "date":
            return cell
        raise fault("odd", "the cell holds a date", "was something else written, like 1/2? format the cell as text")
    if column == "date":
        return read_day(cell, day_first=day_first)
    return _READERS[column](_checked(_WORDS, _unix_lines(cell)))


def _checked(adapter: TypeAdapter[Any], text: str) -> Any:
    try:
        return adapter.validate_python(text)
    except ValidationError as error:
        first = error.errors()[0]
        context = first.get("ctx", {})
        raise fault(
            "cell", str(context.get("what", f"{shown(text)} does not fit")), str(context.get("mend", ""))
        ) from (error)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _name(text: str) -> str:
    return no_formula(_one_line(text))


def no_formula(text: str) -> str:
    """Words that a spreadsheet shows and does not compute: records may stand in a CSV, which people open in one."""
    if text.startswith(_FORMULA):
        raise fault("formula", f"{shown(text)} would be a formula in a spreadsheet", f'remove the "{text[0]}"')
    return text


def _unix_lines(text: str) -> str:
    return _LINE_END.sub("\n", text)


def _amount(text: str) -> object:
    plain = text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text
    return _checked(_AMOUNT, plain)


def _urls(text: str) -> tuple[str, ...]:
    return tuple(_checked(_URL, url) for url in text.split())


def _lower(text: str) -> str:
    return text.lower()


_READERS: Mapping[str, Callable[[str], object]] = {
    "email": read_address,
    "name": _name,
    "visibility": check_visibility,
    "language": _lower,
    "group": _one_line,
    "unit": _one_line,
    "result": _one_line,
    "credits": _amount,
    "narrative": no_formula,
    "evidence": _urls,
    "badge": _lower,
}


def faults_of_duplicates(rows: Iterable[tuple[Row, str]]) -> list[Problem]:
    """A problem for each row whose address stood before for the same badge; takes rows with their badge."""
    first: dict[tuple[str, str], Row] = {}
    problems = []
    for row, badge in rows:
        if not row.email:
            continue
        earlier = first.setdefault((row.email, badge), row)
        if earlier is not row:
            what = f"email: the address stands at {earlier.at('email')} already"
            problems.append(Problem(row.at("email"), what, "keep one of the two"))
    return problems
