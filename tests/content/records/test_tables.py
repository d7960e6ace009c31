from pathlib import Path

import pytest

from badgesite.content.reading import read, read_or_raise
from badgesite.content.records.tables import COLUMNS
from tests.sites import ADDRESSES, AWARDS, BATCH_PATH, SALTS, identity, write_site

TABLE_PATH = BATCH_PATH.replace(".yaml", ".csv")
FILE = TABLE_PATH.removeprefix("content/")
NAME = TABLE_PATH.rpartition("/")[2]
HEAD = ",".join(COLUMNS)
IDENTITY = identity(ADDRESSES[0], SALTS[0])
FIRST = f"{AWARDS[0]},{IDENTITY},{SALTS[0]}"
SECOND = f"{AWARDS[1]},{identity(ADDRESSES[1], SALTS[1])},{SALTS[1]}"


def site(folder: Path, table: str | bytes, **overrides: str | None) -> Path:
    batch = f"badge: english-b2\ndate: 2023-07-14\nawards: {NAME}\n"
    return write_site(folder, {BATCH_PATH: batch, TABLE_PATH: table}, **overrides)


def problems(folder: Path, table: str | bytes) -> list[str]:
    return [str(problem).removeprefix("content/") for problem in read(site(folder, table)).problems]


def test_rows_become_awards(tmp_path: Path) -> None:
    row = f'{FIRST},"Esempio, ""Ada""",public,en,,ict,b2,1.5,"two\nlines",https://a.example https://b.example,'
    reading = read_or_raise(site(tmp_path, f"{HEAD}\n{row}2025-01-01,,2024-01-10,a reason\n{SECOND},,,,,,,,,,,,,\n"))
    assert reading.catalogue
    assert not reading.warnings
    batch = reading.catalogue.batches["english-b2-2023-07-14"]
    assert batch.table == TABLE_PATH
    first, second = batch.awards
    assert (first.name, first.visibility, first.unit, first.credits) == ('Esempio, "Ada"', "public", "ict", 1.5)
    assert first.narrative == "two\nlines"
    assert first.evidence == ("https://a.example", "https://b.example")
    assert first.revoked
    assert (str(first.revoked.date), first.revoked.reason, str(first.expires)) == (
        "2024-01-10",
        "a reason",
        "2025-01-01",
    )
    assert second.name is None
    assert reading.places[f"award:{AWARDS[1]}"].line == 4  # the first row takes two lines


def test_columns_may_stand_in_any_order_and_line_ends_be_any(tmp_path: Path) -> None:
    table = f"\ufeffsalt,id,identity\r\n{SALTS[0]},{AWARDS[0]},{IDENTITY}\r\n"
    assert read_or_raise(site(tmp_path, table)).catalogue


ROW = FIRST + ",,,,,,,,,,,,,"
FAULTS: list[tuple[str, str, list[str]]] = [
    ("empty", "", [f"{FILE}:1:1: the file is empty; its first row is {HEAD}"]),
    (
        "semicolons",
        HEAD.replace(",", ";"),
        [
            f"{FILE}:1:1: the columns are not parted by commas; take the file back from Git and change the one line "
            "in a text editor, or save it from LibreOffice as CSV in UTF-8 with commas (Excel writes semicolons where "
            "a comma parts decimals)"
        ],
    ),
    (
        "dates as Excel writes them",
        f"id,identity,salt,revoked,reason\n{FIRST},22/11/2026,By mistake\n",
        [f'{FILE}:2:{len(FIRST) + 2}: column "revoked": "22/11/2026" is not a date; write it as 2026-11-22'],
    ),
    (
        "unknown column",
        "id,identity,salt,nam\n",
        [f'{FILE}:1:18: "nam" is not a column of a batch; did you mean "name"?'],
    ),
    ("column twice", "id,identity,salt,id\n", [f'{FILE}:1:18: the column "id" stands twice; remove one']),
    ("missing column", "id,identity\n", [f'{FILE}:1:1: the column "salt" is missing; the first row is {HEAD}']),
    (
        "too few cells",
        f"{HEAD}\n{FIRST}\n",
        [f"{FILE}:2:1: the row has 3 cells, the first row 16; put a text that holds a comma in double quotes"],
    ),
    (
        "one cell",
        f"{HEAD}\nx\n",
        [f"{FILE}:2:1: the row has 1 cell, the first row 16; put a text that holds a comma in double quotes"],
    ),
    (
        "open quotes",
        f'{HEAD}\n{ROW}\n{SECOND},"Bruno\n',
        [
            f"{FILE}:3:1: the row cannot be followed: unexpected end of data; "
            'close the double quotes, and write "" for one inside a text'
        ],
    ),
    (
        "text after quotes",
        f'{HEAD}\n{FIRST},"A" B,,,,,,,,,,,,\n',
        [
            f"{FILE}:2:1: the row cannot be followed: ',' expected after '\"'; "
            'close the double quotes, and write "" for one inside a text'
        ],
    ),
    (
        "empty cell",
        f"{HEAD}\n{AWARDS[0]},{IDENTITY},,,,,,,,,,,,,,\n",
        [f'{FILE}:2:110: the cell "salt" is empty; fill it in'],
    ),
    (
        "no id",
        f"{HEAD}\n,{IDENTITY},{SALTS[0]},,,,,,,,,,,,,\n",
        [f'{FILE}:2:1: the cell "id" is empty; fill it in'],
    ),
    (
        "neither id nor recipient",
        f"{HEAD}\n,,,Ada,,,,,,,,,,,,\n",
        [
            f'{FILE}:2:1: the cell "id" is empty; fill it in',
            f'{FILE}:2:2: the cell "identity" is empty; fill it in',
            f'{FILE}:2:3: the cell "salt" is empty; fill it in',
        ],
    ),
    (
        "bad cells of two rows",
        f'{HEAD}\n{FIRST},"A\nB",publik,,,,,,,,,,,\n{SECOND},,,,,,,,,xyz,,,,\n',
        [
            f'{FILE}:3:4: column "visibility": "publik" is not one of unnamed, unlisted, public; '
            'did you mean "public"?',
            f'{FILE}:4:151: column "evidence": "xyz" is not a web address; write the whole address, from https:// or http://',
        ],
    ),
    (
        "reason without revoked",
        f"{HEAD}\n{FIRST},,,,,,,,,,,,,why\n",
        [f'{FILE}:2:154: the cell "revoked" is empty; fill it in'],
    ),
    (
        "revoked without reason",
        f"{HEAD}\n{FIRST},,,,,,,,,,,,2024-01-01,\n",
        [f'{FILE}:2:165: the cell "reason" is empty; fill it in'],
    ),
    (
        "unknown unit",
        f"{HEAD}\n{FIRST},,,,,cal,,,,,,,,\n",
        [f'{FILE}:2:147: there is no unit "cal"; did you mean "cla"?'],
    ),
    (
        "one id twice",
        f"{HEAD}\n{ROW}\n{ROW}\n",
        [f"{FILE}:3:1: the same award stands in {TABLE_PATH}:2:1; remove this record"],
    ),
]


@pytest.mark.parametrize(("table", "expected"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_faults_have_line_and_column(tmp_path: Path, table: str, expected: list[str]) -> None:
    assert problems(tmp_path, table) == expected


WRONG = {
    "id": "1",
    "identity": "ada@example.org",
    "salt": "x",
    "name": " ",
    "visibility": "publik",
    "language": "Italian",
    "group": "Staff",
    "unit": "C L A",
    "result": " ",
    "credits": "three",
    "narrative": " ",
    "evidence": "xyz",
    "expires": "1/2/2024",
    "changed": "yesterday",
    "revoked": "10.1.2024",
    "reason": " ",
}


@pytest.mark.parametrize("column", COLUMNS)
def test_a_fault_in_a_cell_names_its_column(tmp_path: Path, column: str) -> None:
    cells = dict(zip(COLUMNS, f"{FIRST},,,,,,,,,,,,2024-01-10,why".split(","), strict=True)) | {column: WRONG[column]}
    found = problems(tmp_path, f"{HEAD}\n{','.join(cells.values())}\n")
    position = sum(len(cell) + 1 for cell in list(cells.values())[: COLUMNS.index(column)]) + 1
    assert len(found) == 1
    assert found[0].startswith(f'{FILE}:2:{position}: column "{column}": ')


@pytest.mark.parametrize(
    ("column", "word"),
    [
        ("visibility", "public"),
        ("language", "fr"),
        ("group", "staff"),
        ("unit", "cal"),
        ("result", "c2"),
        ("expires", "2001-01-01"),
        ("changed", "2001-01-01"),
        ("revoked", "2001-01-01"),
    ],
)
def test_a_cell_that_does_not_fit_the_site_is_named_too(tmp_path: Path, column: str, word: str) -> None:
    reason = ",reason" if column == "revoked" else ""
    table = f"id,identity,salt,{column}{reason}\n{FIRST},{word}{reason}\n"
    (problem,) = read(site(tmp_path, table, visibility=None, basis=None)).problems
    assert (problem.place.path, problem.place.line) == (TABLE_PATH, 2)
    assert column in problem.what.replace(word, "").split() or f'"{column}"' in problem.what


def test_windows_bytes_end_in_a_message(tmp_path: Path) -> None:
    table = f"{HEAD}\n{FIRST},Niccolò,,,,,,,,,,,,\n".encode("cp1252")
    assert problems(tmp_path, table)[0].startswith(f"{FILE}:2:149: the byte f2 is not UTF-8")
