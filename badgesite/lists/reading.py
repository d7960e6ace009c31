"""A recipient list, whatever wrote it, becomes rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from badgesite.errors import ListError, Place, Problem
from badgesite.lists.columns import FIRST_NAME, LAST_NAME, known_columns, read_header
from badgesite.lists.days import could_be_two, day_comes_first, in_words, read_day
from badgesite.lists.delimited import read_delimited
from badgesite.lists.progress import Progress, silent, watched
from badgesite.lists.rows import Row, Rows, make_row
from badgesite.lists.table import MAX_BYTES, SAVE_AS, Cell, Odd, Table
from badgesite.lists.workbook import read_workbook

_OFFICE = (".xlsx", ".xls", ".ods", ".docx")
_PDF = b"%PDF"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, and any workbook with a password
_TITLE_ROWS = 20  # rows among which the names of the columns are looked for


def read_list(
    data: bytes, name: str, progress: Progress = silent, day_first: bool | None = None, ignored: Collection[str] = ()
) -> Rows:
    """The rows of a CSV or .xlsx list, and every fault in its cells; `name` is what messages call the list.

    `day_first` says whether 3/4/2025 is in April; if it is None, the list itself may tell. Columns whose names are in
    `ignored` are passed over.

    ListError, with all that is known, if it cannot be read as a list at all: too large, no table, a first row that
    does not name its columns.
    """
    return _rows(table_of(data, name), progress, day_first, ignored)


def table_of(data: bytes, name: str) -> Table:
    """The table that a CSV or .xlsx list is; ListError if it cannot be read as one."""
    if len(data) > MAX_BYTES:
        raise ListError(f"{name}: the list is larger than {MAX_BYTES // 1_000_000} MB; give it in several lists")
    if data.startswith(_OLD_OFFICE):
        raise ListError(f"{name}: this is an old .xls workbook, or one with a password; {SAVE_AS}, without a password")
    if data.startswith(_PDF):
        raise ListError(f"{name}: this is a PDF; ask for the list that it was printed from, as .xlsx or CSV")
    if data.startswith(b"PK\x03\x04"):
        return read_workbook(data, name)
    table = read_delimited(data, name)
    if name.lower().endswith(_OFFICE) and (not table.records or "email" not in known_columns(table.records[0][1])):
        raise ListError(f"{name}: this is no workbook, though it is called like one; {SAVE_AS}")
    return table


def _rows(table: Table, progress: Progress, day_first: bool | None, ignored: Collection[str]) -> Rows:
    if not table.records:
        raise ListError(f"{table.name}: the list is empty; its first row names the columns, then comes a row a person")
    number, header = table.records[0]
    columns, problems = read_header(header, Place(table.name, number), ignored)
    problems += _nameless(table, header)
    if "email" not in columns.values() and (misplaced := _without_names(table)):
        raise ListError(problems=[misplaced])
    if problems and ("email" not in columns.values() or len(table.records) == 1):
        raise ListError(problems=problems)
    if len(table.records) == 1:
        raise ListError(f"{table.name}: the list has columns, but no rows below them")
    rows = _dated(table, columns, progress, day_first)
    return replace(rows, problems=(*problems, *rows.problems))


def _dated(table: Table, columns: Mapping[int, str], progress: Progress, day_first: bool | None) -> Rows:
    """The rows, with dates as somebody said how to read them, or as the list itself tells."""
    if day_first is not None:
        return _body(table, columns, progress, day_first)
    dates = _dates(table, columns)
    first = True if table.day_first else day_comes_first(dates)
    return replace(_body(table, columns, progress, first), notes=_notes(dates, first))


def _without_names(table: Table) -> Problem | None:
    """What is wrong if the first row is no row of names: the first person stands there, or a title."""
    number, first = table.records[0]
    if any(isinstance(cell, str) and "@" in cell for cell in first):
        what = "the first row holds a person, and no row above says what the columns are"
        return Problem(Place(table.name, number), what, "write a row above it: email over the addresses, name ...")
    for below, cells in table.records[1:_TITLE_ROWS]:
        if "email" in known_columns(cells):
            what = f"the names of the columns stand in row {below}, and must stand in the first"
            return Problem(Place(table.name, number), what, "remove the rows above them")
    return None


def _nameless(table: Table, header: tuple[Cell, ...]) -> list[Problem]:
    """A problem for each column that holds something but has no name."""
    named = {index for index, cell in enumerate(header) if cell != ""}
    first: dict[int, int] = {}
    for number, cells in table.records[1:]:
        for index, cell in enumerate(cells):
            if cell != "" and index not in named:
                first.setdefault(index, number)
    return [
        Problem(Place(table.name, number, index + 1), f"column {index + 1} has no name in the first row", _NAMELESS)
        for index, number in first.items()
    ]


_NAMELESS = "name it, or remove it; a cell with a separator inside needs quotes"


def _body(table: Table, columns: Mapping[int, str], progress: Progress, day_first: bool | None) -> Rows:
    places = {column: index + 1 for index, column in columns.items()}
    if FIRST_NAME in places or LAST_NAME in places:
        places["name"] = min(places.get(FIRST_NAME, 999), places.get(LAST_NAME, 999))
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, cells in watched(table.records[1:], "reading the list", progress):
        by_column = {columns[index]: cell for index, cell in enumerate(cells) if cell != "" and index in columns}
        place = Place(table.name, number)
        row, faults = make_row(_with_name(by_column), place, places, day_first=day_first)
        if "email" not in by_column:
            faults.append(Problem(row.at("email"), "email: the cell is empty", "write the address, or remove the row"))
        rows.append(row)
        problems += faults
    return Rows(tuple(rows), tuple(problems))


def _with_name(cells: dict[str, Cell]) -> dict[str, Cell]:
    """First and last name become one."""
    parts = [cells.pop(column, "") for column in (FIRST_NAME, LAST_NAME)]
    odd = next((part for part in parts if isinstance(part, Odd)), None)
    joined = " ".join(str(part) for part in parts if part != "")
    if odd or joined:
        cells["name"] = odd or joined
    return cells


def _dates(table: Table, columns: Mapping[int, str]) -> tuple[str, ...]:
    """The dates that are written as text."""
    index = next((index for index, column in columns.items() if column == "date"), None)
    if index is None:
        return ()
    cells = (cells[index] for _, cells in table.records[1:] if len(cells) > index)
    return tuple(cell for cell in cells if isinstance(cell, str))


def _notes(dates: Sequence[str], day_first: bool | None) -> tuple[str, ...]:
    """How a date was read that could have been another: nobody said it, so somebody should see it."""
    doubtful = next((cell for cell in dates if could_be_two(cell)), None)
    if doubtful is None or day_first is None:
        return ()
    order = "day" if day_first else "month"
    return (f"dates were read {order} first: {doubtful} is {in_words(read_day(doubtful, day_first=day_first))}",)
