"""What any list is before its columns are understood: numbered records of cells."""

from dataclasses import dataclass
from datetime import date

from badgesite.errors import ListError

MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 100
SAVE_AS = "open it in Excel or LibreOffice and save it as .xlsx or as CSV UTF-8"


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that holds no text, number or date: what it holds, and the mend."""

    what: str
    mend: str


Cell = str | date | Odd


@dataclass(frozen=True, slots=True)
class Table:
    """The records of a list that are not empty, each with its row number as a spreadsheet shows it.

    `day_first` is True if the file itself tells that 3/4/2025 is in April.
    """

    name: str
    records: tuple[tuple[int, tuple[Cell, ...]], ...]
    day_first: bool = False


def keep(number: int, cells: list[Cell], name: str) -> tuple[int, tuple[Cell, ...]] | None:
    """A record without its trailing empty cells, None if nothing is left; ListError beyond the bounds."""
    while cells and cells[-1] == "":
        cells.pop()
    if not cells:
        return None
    if number > MAX_ROWS:
        raise ListError(f"{name}: the list has more than {MAX_ROWS:,} rows; award it in several lists")
    if len(cells) > MAX_COLUMNS:
        raise ListError(f"{name}: row {number} has more than {MAX_COLUMNS} columns; keep those that badgesite knows")
    return number, tuple(cells)
