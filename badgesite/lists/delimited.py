"""CSV as people's programs write it: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from badgesite.errors import ListError, Place, Problem
from badgesite.lists.columns import known_columns
from badgesite.lists.table import MAX_ROWS, SAVE_AS, Cell, Table, keep

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEPARATORS = (",", ";", "\t")
_EXCEL_HINT = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)  # a first line that only Excel understands, and hides


def read_delimited(data: bytes, name: str) -> Table:
    """The table of a CSV file; ListError if it is none.

    The separator is the one by which the first row holds most columns that we know. Excel writes semicolons only where
    a comma parts decimals, and there the day comes first.
    """
    text = _decoded(data, name)
    hint = _EXCEL_HINT.match(text)
    if hint:
        text = text[hint.end() :]
    separator = hint[1] if hint and hint[1] in _SEPARATORS else _separator(text, name)
    kept = (keep(number, cells, name) for number, cells in _records(text, separator, name))
    return Table(name, tuple(record for record in kept if record), day_first=separator == ";")


def _decoded(data: bytes, name: str) -> str:
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)
    if encoding is None and b"\0" in data[:1000]:
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    for attempt in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            return data.decode(attempt).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise ListError(f"{name}: this is not text in UTF-8, UTF-16 or Windows-1252; {SAVE_AS}")


def _separator(text: str, name: str) -> str:
    scores = {}
    for separator in _SEPARATORS:
        header = next((cells for _, cells in _records(text, separator, name, quiet=True) if any(cells)), [])
        scores[separator] = (len(known_columns(header)), len(header))
    return max(_SEPARATORS, key=lambda separator: scores[separator])


def _records(text: str, separator: str, name: str, *, quiet: bool = False) -> Iterator[tuple[int, list[Cell]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=not quiet)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > 2 * MAX_ROWS:
                raise ListError(f"{name}: the list has more than {MAX_ROWS:,} rows; award it in several lists")
            yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        if quiet:
            return
        place = Place(name, number + 1)
        raise ListError(problems=[Problem(place, f"the row cannot be read ({error})", _mend(str(error)))]) from error


def _mend(error: str) -> str:
    if "limit" in error:
        return "a cell is far too long; is a quotation mark missing before it?"
    return 'look for a lone quotation mark; inside quotes it is written twice: ""'
