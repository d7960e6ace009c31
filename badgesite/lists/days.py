"""Dates as people and spreadsheets write them."""

import re
from collections.abc import Iterable
from datetime import date

from badgesite.model.scalars import fault, shown

_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})([T ][0-9:.]+Z?)?")
_PARTED = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})( [0-9:.]+)?")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MEND = "write it as YYYY-MM-DD, like 2025-12-31"


def day_comes_first(cells: Iterable[str]) -> bool | None:
    """Whether a column of dates tells by itself that the day comes first, or the month: one place goes over 12.

    None if no place does, or both.
    """
    pairs = [(int(found[1]), int(found[3])) for cell in cells if (found := _PARTED.fullmatch(cell))]
    first, second = any(first > 12 for first, _ in pairs), any(second > 12 for _, second in pairs)
    return first if first != second else None


def could_be_two(cell: str) -> bool:
    """Whether a date is another one with the month first than with the day first, as 5/6/2026 is."""
    found = _PARTED.fullmatch(cell.strip())
    if not found or found[2] == ".":
        return False
    first, second = int(found[1]), int(found[3])
    return first != second and 1 <= first <= 12 and 1 <= second <= 12


def in_words(day: date) -> str:
    """The date with the name of its month, which nobody misreads: 5 June 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def read_day(written: str, *, day_first: bool | None) -> date:
    """The date of 2025-12-31, 31/12/2025, 31.12.2025 or 31-12-2025; a PydanticCustomError if it is none.

    With points the day comes first. With strokes and hyphens `day_first` says it; if that is None, 3/4/2025 could be
    either, and is refused, as an award's date never changes.
    """
    text = written.strip()
    if found := _ISO.fullmatch(text):
        return _day(text, int(found[1]), int(found[2]), int(found[3]))
    parted = _PARTED.fullmatch(text)
    if not parted:
        raise fault("day", f"{shown(text)} is not a date", _MEND)
    first, second, year = int(parted[1]), int(parted[3]), int(parted[4])
    if day_first is False and parted[2] != ".":
        return _day(text, year, first, second)
    if second > 12 >= first:
        raise fault("day", f'"{text}" has the month first, or is no date', _MEND)
    if first <= 12 and first != second and parted[2] != "." and not day_first:
        mend = f"{_MEND}; of a whole list, --day-first or --month-first tells"
        raise fault("day", f'"{text}" could be in {_month(first)} or in {_month(second)}', mend)
    return _day(text, year, second, first)


def _month(number: int) -> str:
    return f"month {number}"


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise fault("day", f'there is no day "{text}"', _MEND) from error
