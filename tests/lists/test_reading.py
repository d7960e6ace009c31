"""Lists as offices have them become rows, or a list of faults."""

import io
import time
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from badgesite.errors import ListError
from badgesite.lists.reading import read_list
from badgesite.lists.rows import Rows


def rows_of(text: str, name: str = "list.csv") -> Rows:
    return read_list(text.encode(), name)


def faults(text: str) -> list[str]:
    try:
        return [str(problem) for problem in rows_of(text).problems]
    except ListError as error:
        return str(error).splitlines()


def workbook(*rows: list[object], **formats: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cell, number_format in formats.items():
        sheet[cell].number_format = number_format
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_separator_encoding_and_line_end_reads_alike(separator: str, encoding: str, line_end: str) -> None:
    lines = [["email", "name", "result"], ["ada@example.org", "Ada Niccolò", "b2"], ["bo@example.org", "Bo", ""]]
    text = line_end.join(separator.join(line) for line in lines) + line_end
    rows = read_list(text.encode(encoding), "list.csv").rows
    assert [(row.email, row.name, row.result) for row in rows] == [
        ("ada@example.org", "Ada Niccolò", "b2"),
        ("bo@example.org", "Bo", None),
    ]


def test_unmarked_utf16_is_recognised() -> None:
    assert read_list("email\nada@example.org\n".encode("utf-16-be"), "l").rows[0].email == "ada@example.org"


def test_the_line_by_which_excel_is_told_the_separator_is_not_a_row() -> None:
    rows = rows_of("sep=;\nemail;name\nada@example.org;Esempio, Ada\n").rows
    assert rows[0].name == "Esempio, Ada"
    assert rows[0].place.line == 2


@pytest.mark.parametrize(
    ("header", "field", "value"),
    [
        ("E-Mail", "email", "x@example.org"),
        (" MAIL ", "email", "x@example.org"),
        ("Indirizzo e-mail", "email", "x@example.org"),
        ("Nominativo", "name", "X"),
        ("Visibilità", "visibility", "public"),
        ("Lingua", "language", "it"),
        ("Gruppo", "group", "student"),
        ("Struttura", "unit", "cla"),
        ("Esito", "result", "b2"),
        ("CFU", "credits", "3"),
        ("Motivazione", "narrative", "X"),
        ("Evidenza", "evidence", "https://example.org/x"),
        ("Data", "date", "2025-12-31"),
        ("BADGE", "badge", "x"),
    ],
)
def test_columns_go_by_many_names(header: str, field: str, value: str) -> None:
    first = "" if field == "email" else "email,"
    row = rows_of(f"{first}{header}\n{'a@example.org,' if first else ''}{value}\n").rows[0]
    assert getattr(row, field) not in (None, ())


def test_first_and_last_name_are_joined() -> None:
    assert rows_of("Cognome,Nome,email\nEsempio,Ada,a@example.org\n").rows[0].name == "Ada Esempio"
    assert rows_of("name,surname,email\nAda,Esempio,a@example.org\n").rows[0].name == "Ada Esempio"
    assert rows_of("nome,email\nAda Esempio,a@example.org\n").rows[0].name == "Ada Esempio"


def test_quotes_may_hold_separators_and_line_ends() -> None:
    rows = rows_of('email,narrative\na@example.org,"one, ""two""\r\nthree"\nb@example.org,x\n').rows
    assert rows[0].narrative == 'one, "two"\nthree'
    assert rows[1].place.line == 3


def test_empty_rows_and_columns_are_passed_over_and_counted() -> None:
    rows = rows_of("\nemail,,name,\n,,,\na@example.org,,Ada,\n\n,,,\n,,,\n").rows
    assert [(row.email, row.name, row.place.line) for row in rows] == [("a@example.org", "Ada", 4)]


@pytest.mark.parametrize(
    "written",
    ["2025-12-31", "31/12/2025", "31.12.2025", "31-12-2025", "2025-12-31 00:00:00", "2025/12/31"],
)
def test_dates_are_read_as_people_write_them(written: str) -> None:
    assert rows_of(f"email,date\na@example.org,{written}\n").rows[0].date == date(2025, 12, 31)


def test_a_date_that_could_be_two_days_needs_a_sign_of_which() -> None:
    assert "could be in month 3 or in month 4" in faults("email,date\na@example.org,03/04/2025\n")[0]
    assert rows_of("email,date\na@example.org,03.04.2025\n").rows[0].date == date(2025, 4, 3)
    assert rows_of("email;date\na@example.org;03/04/2025\n").rows[0].date == date(2025, 4, 3)
    assert rows_of("email,date\na@example.org,03/04/2025\nb@example.org,31/12/2025\n").rows[0].date == date(2025, 4, 3)
    assert rows_of("email,date\na@example.org,04/04/2025\n").rows[0].date == date(2025, 4, 4)
    assert rows_of("email,date\na@example.org,03/04/2025\nb@example.org,12/31/2025\n").rows[0].date == date(2025, 3, 4)
    assert len(faults("email,date\na@x.org,03/04/2025\nb@x.org,31/12/2025\nc@x.org,12/31/2025\n")) == 2


@pytest.mark.parametrize(("day_first", "expected"), [(True, date(2025, 4, 3)), (False, date(2025, 3, 4))])
def test_the_office_may_say_what_comes_first(day_first: bool, expected: date) -> None:
    rows = read_list(b"email,date\na@example.org,03/04/2025\n", "list.csv", day_first=day_first)
    assert (rows.problems, rows.rows[0].date) == ((), expected)


@pytest.mark.parametrize("written", ["12/31/2025", "31/12/25", "30/02/2025", "45291", "yesterday", "2025-13-01"])
def test_what_is_no_date_is_a_fault(written: str) -> None:
    assert faults(f"email;date\na@example.org;{written}\n")[0].startswith("list.csv:2:2: date: ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "list.csv: the list is empty"),
        ("\n\n", "list.csv: the list is empty"),
        ("email\n", "list.csv: the list has columns, but no rows"),
        ("name\nAda\n", "list.csv:1:1: the first row names no column email"),
        ("emial,name\na@x.org,Ada\n", 'list.csv:1:1: "emial" is not a column badgesite knows; did you mean "email"?'),
        (
            "email,matricola\na@x.org,1\n",
            'list.csv:1:2: "matricola" is not a column badgesite knows; say --ignore-column "matricola", or name it',
        ),
        ("email,mail\na@x.org,1\n", 'list.csv:1:2: "email" and "mail" are one column, email; keep'),
        ("a@x.org\nb@x.org\n", "list.csv:1:1: the first row holds a person, and no row above says what the columns"),
        ("Ada <a@x.org>, Bo <b@x.org>\n", "list.csv:1:1: the first row holds a person"),
        ("email,a@x.org\nb@x.org,\n", "list.csv:1:2: an address stands where a column's name is meant"),
        (
            "Course 2026;\n;\nemail;name\na@x.org;Ada\n",
            "list.csv:1:1: the names of the columns stand in row 3, and must",
        ),
        ("%PDF-1.7\n", "list.csv: this is a PDF"),
        ("email\na@x.org\nnobody\n", 'list.csv:3:1: email: "nobody" is not an e-mail address'),
        ("email\na@x.org;b@x.org\n", "list.csv:2:1: email:"),
        ("email,name\n,Ada\n", "list.csv:2:1: email: the cell is empty"),
        ("email,visibility\na@x.org,pubic\n", 'list.csv:2:2: visibility: "pubic" is not a visibility; did you mean'),
        ("email,credits\na@x.org,three\n", 'list.csv:2:2: credits: "three" is not a number'),
        ("email,credits\na@x.org,1e999\n", "list.csv:2:2: credits:"),
        ("email,credits\na@x.org,-1\n", "list.csv:2:2: credits:"),
        ("email,evidence\na@x.org,www.x.org\n", 'list.csv:2:2: evidence: "www.x.org" is not a web address'),
        (
            "email,name\na@x.org,=1+1\n",
            'list.csv:2:2: name: "=1+1" would be a formula in a spreadsheet; remove the "="',
        ),
        ("email,name\na@x.org,@SUM(A1)\n", 'list.csv:2:2: name: "@SUM(A1)" would be a formula in a spreadsheet'),
        ("email;nome;cognome\na@x.org;\t=Ada;X\n", 'list.csv:2:2: name: "=Ada X" would be a formula'),
        ('email,narrative\na@x.org,"\n=1"\n', 'list.csv:2:2: narrative: "=1" would be a formula'),
        ("email,name\na@x.org,A\x07\n", "list.csv:2:2: name: the text holds the control character U+0007"),
        ("email,name\na@x.org,Ada,x\n", "list.csv:2:3: column 3 has no name"),
        ('email,name\na@x.org,"Ada\n', "list.csv:2:1: the row cannot be read"),
    ],
)
def test_faults_say_where_and_how_to_mend_them(text: str, expected: str) -> None:
    assert any(fault.startswith(expected) for fault in faults(text)), faults(text)


@pytest.mark.parametrize("words", ["- with honours", "+1 level", "Ada = Bo", "a@b"])
def test_words_that_only_look_a_little_like_a_formula_are_taken(words: str) -> None:
    assert rows_of(f"email,narrative\na@x.org,{words}\n").rows[0].narrative == words


def test_all_faults_are_reported_at_once() -> None:
    assert len(faults("email,credits,visibility\nx,y,z\na@x.org,y,public\n")) == 4


def test_faults_of_the_first_row_and_of_those_below_are_told_together() -> None:
    assert [fault.partition(": ")[0] for fault in faults("emial,corso,crediti\nx,B2,y\na@x.org,B2,z\n")] == [
        "list.csv:1:1",
        "list.csv:1:2",
        "list.csv:2:1",
        "list.csv:2:3",
        "list.csv:3:3",
    ]
    assert len(faults("email,emial\na@x.org,nobody\n")) == 1, "what is called so stands before what nearly is"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(100), "old .xls workbook, or one with a password"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (b"email\n\x81\x8d\n", "not text in UTF-8"),
        (bytes(50_000_001), "larger than 50 MB"),
        (b"email\n" + b",\n" * 500_000, "more than 200,000 rows"),
        (b"email" + b",x" * 200 + b"\n", "more than 100 columns"),
    ],
    ids=["xls", "archive", "bytes", "size", "rows", "columns"],
)
def test_what_cannot_be_read_is_refused(data: bytes, expected: str) -> None:
    with pytest.raises(ListError, match=expected):
        read_list(data, "list")


def test_a_workbook_reads_like_a_csv() -> None:
    data = workbook(
        ["E-mail", "Nome", "Data", "CFU", "Esito", None],
        ["Ada@Example.org", "Ada", datetime(2025, 12, 31), 3.0, "b2", None],
        [None, None, None, None, None, None],
        ["bo@example.org", 12, "31/12/2025", 2.5, 7, None],
        [None, " "],
        B2="@",
        B4="000",
    )
    rows = read_list(data, "list.xlsx")
    assert rows.problems == ()
    assert [(row.email, row.name, row.date, row.credits, row.result, row.place.line) for row in rows.rows] == [
        ("ada@example.org", "Ada", date(2025, 12, 31), 3, "b2", 2),
        ("bo@example.org", "012", date(2025, 12, 31), 2.5, "7", 4),
    ]


def test_cells_that_hold_no_text_are_faults() -> None:
    data = workbook(["email", "name", "result"], ["a@x.org", "#N/A", date(2025, 2, 1)])
    assert [str(problem) for problem in read_list(data, "l.xlsx").problems] == [
        "l.xlsx:B2: name: the cell holds the error #N/A; mend the formula, or paste the value over it",
        "l.xlsx:C2: result: the cell holds a date; was something else written, like 1/2? format the cell as text",
    ]


def test_the_sheet_with_addresses_is_found_and_two_are_refused() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["notes"])
    for title in ("one", "two"):
        sheet = book.create_sheet(title)
        sheet.append(["email"])
        sheet.append([f"{title}@example.org"])
    with pytest.raises(ListError, match='"one" and "two"'):
        read_list(saved(book), "l.xlsx")
    book["one"].sheet_state = "hidden"
    assert read_list(saved(book), "l.xlsx").rows[0].email == "two@example.org"


def test_a_workbook_that_unpacks_to_much_is_refused() -> None:
    file = io.BytesIO(workbook(["email"], ["a@x.org"]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", bytes(130_000_000))
    with pytest.raises(ListError, match="unpacks to"):
        read_list(file.getvalue(), "l.xlsx")


def test_an_enormous_dimension_costs_nothing() -> None:
    """The rows that are left out are not looked at; openpyxl counts to a million, in a fraction of a second."""
    source = io.BytesIO(workbook(["email"], ["a@x.org"]))
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                assert b'ref="A1:A2"' in data
                data = data.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"').replace(b'r="2"', b'r="99999999"')
            new.writestr(part, data)
    before = time.process_time()
    with pytest.raises(ListError, match="no rows below"):
        read_list(target.getvalue(), "l.xlsx")
    assert time.process_time() - before < 3


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_any_bytes_end_in_rows_or_a_list_error(data: bytes) -> None:
    for prefix in (b"", b"email,name,date,credits\n", b"PK\x03\x04"):
        with suppress(ListError):
            read_list(prefix + data, "list")


@given(st.lists(st.lists(st.text(max_size=12) | st.sampled_from(["a@x.org", "1/2/2025", "email"]), max_size=14)))
@settings(max_examples=100)
def test_any_table_ends_in_rows_or_a_list_error(table: list[list[str]]) -> None:
    header = "email,name,visibility,language,group,unit,result,credits,narrative,evidence,date,badge\n"
    text = header + "\n".join(",".join(row) for row in table)
    with suppress(ListError):
        rows_of(text.encode("utf-8", "replace").decode())


WORKBOOK = workbook(["email", "name"], ["a@example.org", "Ada"], ["b@example.org", 3])


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_workbook_ends_in_rows_or_a_list_error(data: st.DataObject) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            content = bytearray(old.read(part))
            if data.draw(st.integers(0, 3)) == 0:
                at = data.draw(st.integers(0, len(content)))
                content[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=10))
            new.writestr(part, bytes(content))
    with suppress(ListError):
        read_list(target.getvalue(), "l.xlsx")


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("email;date\na@x.org;5/6/2026\n", ("dates were read day first: 5/6/2026 is 5 June 2026",)),
        ("email,date\na@x.org,5/6/2026\nb@x.org,5/13/2026\n", ("dates were read month first: 5/6/2026 is 6 May 2026",)),
        ("email;date\na@x.org;5/5/2026\nb@x.org;2026-06-05\nc@x.org;5.6.2026\nd@x.org;25/6/2026\n", ()),
        ("email,date\na@x.org,5/6/2026\n", ()),
        ("email;name\na@x.org;Ada\n", ()),
    ],
    ids=["semicolons", "another row tells", "nothing to guess", "refused", "no dates"],
)
def test_a_date_whose_order_was_guessed_is_told(text: str, notes: tuple[str, ...]) -> None:
    assert rows_of(text).notes == notes


@pytest.mark.parametrize("name", ["list.xlsx", "list.DOCX"])
def test_a_text_that_is_called_like_a_workbook_is_told_as_that(name: str) -> None:
    with pytest.raises(ListError, match="this is no workbook, though it is called like one"):
        rows_of("Dear all, here they are\n", name)
    assert rows_of("email\nada@example.org\n", name).rows
