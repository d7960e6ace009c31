"""Excel workbooks (.xlsx), read within bounds: what a cell shows, never what it computes."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from badgesite.errors import ListError
from badgesite.lists.columns import known_columns
from badgesite.lists.table import MAX_COLUMNS, SAVE_AS, Cell, Odd, Table, keep

_MAX_UNPACKED = 120_000_000  # 200,000 rows of a dozen columns
_MAX_RATIO = 200
_LAST_ROW = 1_048_576  # of any Excel sheet
_ZEROS = re.compile(r"0+")
_ERROR_MEND = "mend the formula, or paste the value over it"


def read_workbook(data: bytes, name: str) -> Table:
    """The table of the one visible sheet that has a column of addresses; ListError if there is none or two."""
    _bounded(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _table(load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False), name)
    except ListError:
        raise
    except Exception as error:  # a parser of strangers' files fails in any way
        raise ListError(f"{name}: the workbook is damaged and cannot be read; {SAVE_AS}") from error


def _bounded(data: bytes, name: str) -> None:
    """Look at what the archive says of itself; zipfile never unpacks more than that."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:  # the last for packings it lacks
        raise ListError(f"{name}: the workbook is damaged and cannot be read; {SAVE_AS}") from error
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(part.startswith("xl/") for part in names):
        raise ListError(f"{name}: this is an archive, but no Excel workbook; {SAVE_AS}")
    if any(part.endswith("xl/workbook.bin") for part in names):
        raise ListError(f"{name}: this is a binary workbook (.xlsb); {SAVE_AS}")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _MAX_UNPACKED or unpacked > max(_MAX_RATIO * len(data), 1_000_000):
        raise ListError(f"{name}: the workbook unpacks to {unpacked:,} bytes; copy its list into a new one")


def _table(book: Workbook, name: str) -> Table:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = []
    for sheet in sheets:
        first = next(_records(sheet, name), None)
        if first:
            filled.append((sheet, "email" in known_columns(first[1])))
    chosen = [sheet for sheet, has_addresses in filled if has_addresses]
    if len(chosen) > 1:
        titles = " and ".join(f'"{sheet.title}"' for sheet in chosen)
        raise ListError(f"{name}: the sheets {titles} both list addresses; keep one of them in the file")
    if not filled:
        return Table(name, ())
    return Table(name, tuple(_records(chosen[0] if chosen else filled[0][0], name)))


def _records(sheet: Worksheet, name: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # what a file says of its size may be wrong, or a trap
    rows: Iterator[Sequence[object]] = sheet.iter_rows(max_col=MAX_COLUMNS + 1)
    gap: Sequence[object] = ()  # openpyxl gives the same row for all that a sheet leaves out: look at it once
    for number, cells in enumerate(rows, start=1):
        if number > _LAST_ROW:
            return
        if cells is gap:
            continue
        gap = cells
        if record := keep(number, [_cell(cell) for cell in cells], name):
            yield record


def _cell(cell: object) -> Cell:
    if isinstance(cell, EmptyCell) or not isinstance(cell, ReadOnlyCell | ExcelCell):
        return ""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return Odd(f"the cell holds the error {value}", _ERROR_MEND)
    if isinstance(value, str):
        return value.replace("_x000D_", "").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else Odd("the cell holds a time", "write it as text, or remove it")


def _number(value: int | float, shown_as: str | None) -> Cell:
    """A number as the sheet shows it where that matters: 3.0 is 3, and the format 000 keeps the zeros of 012."""
    if value != value or value in (float("inf"), float("-inf")):
        return Odd("the cell holds no number", _ERROR_MEND)
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    digits = str(int(value))
    return digits.zfill(len(shown_as)) if shown_as and _ZEROS.fullmatch(shown_as) else digits
