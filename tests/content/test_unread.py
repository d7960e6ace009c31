from pathlib import Path

import pytest

from badgesite.content.reading import read
from tests.sites import BATCH_PATH, write_site

LIST = "Nome;Indirizzo\r\nAda;ada@student.example.org\r\n"
HOLDS = (
    "the file holds e-mail addresses, which must never enter Git; "
    "move it out of content/ (if it was committed already, tell whoever looks after privacy)"
)


@pytest.mark.parametrize(
    "path",
    [
        "content/awards/elenco.csv",
        "content/awards/2025/elenco.txt",
        "content/elenco.csv",
        "content/badges/elenco.csv",
        "content/pages/elenco.txt",
        "content/status/elenco.csv",
        "content/notes/elenco.tsv",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_list_with_addresses_in_content_is_an_error(tmp_path: Path, path: str, encoding: str) -> None:
    reading = read(write_site(tmp_path, {path: (LIST + "però").encode(encoding)}))
    assert [str(problem) for problem in reading.problems] == [f"{path}: {HOLDS}"]
    assert not reading.warnings
    assert "ada@" not in str(reading)


def test_so_is_one_that_a_batch_was_told_to_take(tmp_path: Path) -> None:
    files = {"content/awards/elenco.csv": LIST.replace(";", ","), BATCH_PATH: None}
    batch = "badge: english-b2\ndate: 2023-07-14\nawards: elenco.csv\n"
    reading = read(write_site(tmp_path, {**files, "content/awards/new.yaml": batch}))
    assert f"content/awards/elenco.csv: {HOLDS}" in map(str, reading.problems)


def test_a_batch_with_a_wrong_ending_is_to_be_renamed_first(tmp_path: Path) -> None:
    path = "content/awards/new.yaml.txt"
    [problem] = read(write_site(tmp_path, {path: "awards: [{email: ada@student.example.org}]\n"})).problems
    assert problem.mend.startswith("rename it to new.yaml, or move it out of content/")


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods", "XLSX"])
@pytest.mark.parametrize("folder", ["awards/2025", "badges", "lists", "published"])
def test_a_spreadsheet_is_an_error_wherever_it_lies(tmp_path: Path, folder: str, ending: str) -> None:
    [problem] = read(write_site(tmp_path, {f"content/{folder}/elenco.{ending}": b"PK\x03\x04"})).problems
    assert problem.what == "a spreadsheet in content/ would enter Git with everybody's address"
    assert problem.mend.startswith("move it out")


def test_addresses_that_the_site_itself_writes_may_stand_in_any_file(tmp_path: Path) -> None:
    reading = read(write_site(tmp_path, {"content/notes.txt": "write to openbadge@example.edu\n"}))
    assert not reading.problems
    assert [warning.what for warning in reading.warnings] == ["nothing reads this file"]


def test_a_file_that_is_no_text_is_not_looked_into(tmp_path: Path) -> None:
    reading = read(write_site(tmp_path, {"content/scan.pdf": b"%PDF \x81\x8d ada@student.example.org"}))
    assert not reading.problems
