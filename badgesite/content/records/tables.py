"""The rows of a batch's CSV file -> award values and the place of every cell (docs/formats.md, Award records)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from badgesite.content.yaml.sentences import suggestion
from badgesite.content.yaml.texts import UnreadableError
from badgesite.errors import Place, Problem

COLUMNS = (
    "id",
    "identity",
    "salt",
    "name",
    "visibility",
    "language",
    "group",
    "unit",
    "result",
    "credits",
    "narrative",
    "evidence",
    "expires",
    "changed",
    "revoked",
    "reason",
)
NEEDED = COLUMNS[:3]
TABLE_LIMIT = 200_000_000
FIELD_LIMIT = 1_000_000


_COMMAS = (
    "take the file back from Git and change the one line in a text editor, or save it from LibreOffice as CSV in UTF-8 "
    "with commas (Excel writes semicolons where a comma parts decimals)"
)


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file; `starts` holds the line and the offset at which each row begins, `text` the whole file."""

    path: str
    columns: tuple[str, ...]
    starts: tuple[tuple[int, int], ...]
    text: str

    def place(self, row: int, column: str) -> Place:
        """Where a cell begins."""
        index = self.columns.index(column) if column in self.columns else 0
        return cell_place(self.text, self.path, self.starts[row], index)


def award_values(table: Table, row: list[str]) -> dict[str, object]:
    """A row as the fields of an award; empty cells are left out."""
    return _award_values({column: cell for column, cell in zip(table.columns, row, strict=True) if cell})


def read_table(text: str, path: str) -> tuple[Table, list[list[str]], list[Problem]]:
    """The table and rows of CSV text with LF line ends, and what is wrong with its form; UnreadableError if all is."""
    columns: tuple[str, ...] = ()
    rows: list[list[str]] = []
    starts: list[tuple[int, int]] = []
    problems: list[Problem] = []
    for start, record in _records(text, path):
        if not columns:
            columns = _header(record, start, path, text)
        elif len(record) != len(columns):
            cells = f"{len(record)} cell{'' if len(record) == 1 else 's'}"
            what = f"the row has {cells}, the first row {len(columns)}"
            problems.append(Problem(Place(path, start[0], 1), what, "put a text that holds a comma in double quotes"))
        else:
            rows.append(record)
            starts.append(start)
    if not columns:
        raise UnreadableError(Problem(Place(path, 1, 1), "the file is empty", f"its first row is {','.join(COLUMNS)}"))
    return Table(path, columns, tuple(starts), text), rows, problems


def cell_place(text: str, path: str, start: tuple[int, int], index: int) -> Place:
    """The place of the cell with that index, in the record that begins at that line and offset."""
    line, position = start
    line_offset, column, quoted = position, 0, False
    while column < index and position < len(text):
        character = text[position]
        if character == '"':
            quoted = not quoted
        elif character == "\n" and quoted:
            line, line_offset = line + 1, position + 1
        elif character == "," and not quoted:
            column += 1
        position += 1
    return Place(path, line, position - line_offset + 1)


def _records(text: str, path: str) -> Iterator[tuple[tuple[int, int], list[str]]]:
    physical = text.splitlines(keepends=True)
    offsets = [0, *accumulate(map(len, physical))]
    reader = csv.reader(physical, strict=True)
    before = 0
    csv.field_size_limit(FIELD_LIMIT)
    try:
        for record in reader:
            if record:
                yield (before + 1, offsets[before]), record
            before = reader.line_num
    except csv.Error as error:
        what = f"the row cannot be followed: {error}"
        mend = 'close the double quotes, and write "" for one inside a text'
        raise UnreadableError(Problem(Place(path, before + 1, 1), what, mend)) from error


def _header(record: list[str], start: tuple[int, int], path: str, text: str) -> tuple[str, ...]:
    if len(record) == 1 and any(mark in record[0] for mark in ";\t"):
        what = "the columns are not parted by commas"
        raise UnreadableError(Problem(Place(path, start[0], 1), what, _COMMAS))
    for index, name in enumerate(record):
        place = cell_place(text, path, start, index)
        if name not in COLUMNS:
            what = f'"{name}" is not a column of a batch' if name else "a column has no name"
            raise UnreadableError(Problem(place, what, suggestion(name, COLUMNS)))
        if name in record[:index]:
            raise UnreadableError(Problem(place, f'the column "{name}" stands twice', "remove one"))
    for name in NEEDED:
        if name not in record:
            what = f'the column "{name}" is missing'
            raise UnreadableError(Problem(Place(path, start[0], 1), what, f"the first row is {','.join(COLUMNS)}"))
    return tuple(record)


def _award_values(cells: dict[str, str]) -> dict[str, object]:
    values: dict[str, object] = dict(cells)
    values["recipient"] = {key: values.pop(key) for key in ("identity", "salt") if key in cells}
    if "revoked" in cells or "reason" in cells:
        values.pop("reason", None)
        parts = {"date": cells.get("revoked"), "reason": cells.get("reason")}
        values["revoked"] = {key: value for key, value in parts.items() if value}
    if "evidence" in cells:
        values["evidence"] = cells["evidence"].split()
    return values
