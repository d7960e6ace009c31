"""Rows of a batch edited in the text of its CSV: cells set and emptied, and whole rows taken out."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from badgesite.content.records.tables import COLUMNS
from badgesite.content.records.writing import cells
from badgesite.model.award import Award

_CELL = re.compile(r'("[^"]*(?:""[^"]*)*"|[^,\r\n]*)(,|\r\n|\r|\n|\Z)')
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class _Record:
    """A row of the text: where each cell stands, and where the row ends with its line end."""

    cells: tuple[tuple[int, int], ...]
    end: int


def edited_table(text: str, before: Mapping[str, Award], wanted: Mapping[str, Award | None]) -> str:
    """The text with the rows of some awards (by id) as wanted, or without them if that is None.

    `before` is what they say; cells that say the same stay as they are. A column that is not there yet and is needed
    joins at the end. `text` must be a table that has been read without a fault.
    """
    header, *rows = _records(text)
    columns = [_plain(text, span) for span in header.cells]
    place = columns.index("id")
    found = [(row, _plain(text, row.cells[place])) for row in rows]
    fresh = {award: _changes(before[award], after) for award, after in wanted.items() if after}
    lacking = [column for column in COLUMNS if column not in columns and any(column in each for each in fresh.values())]
    end = header.cells[-1][1]
    edits = [(end, end, "".join(f",{column}" for column in lacking))]
    for row, award in found:
        if award in wanted and award not in fresh:
            edits.append((row.cells[0][0], row.end, ""))
            continue
        changes = fresh.get(award, {})
        for span, column in zip(row.cells, columns, strict=True):
            joining = "".join(f",{changes.get(each, '')}" for each in lacking) if span == row.cells[-1] else ""
            if column in changes or joining:
                edits.append((*span, changes.get(column, text[slice(*span)]) + joining))
    return _applied(text, edits)


def _applied(text: str, edits: list[tuple[int, int, str]]) -> str:
    parts, position = [], 0
    for start, end, words in sorted(edits):
        parts += [text[position:start], words]
        position = end
    return "".join((*parts, text[position:]))


def _changes(before: Award, after: Award) -> dict[str, str]:
    """The cells that differ, by column, as they are to be written."""
    pairs = zip(COLUMNS, cells(before), cells(after), strict=True)
    return {column: _written(now) for column, was, now in pairs if was != now}


def _written(cell: str) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([cell, ""])  # a lone empty cell would be quoted
    return line.getvalue()[:-1]


def _records(text: str) -> Iterator[_Record]:
    """The rows that hold anything."""
    position = len(_BOM) if text.startswith(_BOM) else 0
    spans: list[tuple[int, int]] = []
    while position < len(text) and (found := _CELL.match(text, position)):
        spans.append(found.span(1))
        position = found.end()
        if found[2] == ",":
            if position == len(text):
                spans.append((position, position))
            else:
                continue
        if spans != [(found.start(), found.start())]:
            yield _Record(tuple(spans), position)
        spans = []


def _plain(text: str, span: tuple[int, int]) -> str:
    written = text[span[0] : span[1]]
    return written[1:-1].replace('""', '"') if written.startswith('"') else written
