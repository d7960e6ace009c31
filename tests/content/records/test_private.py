"""private/ is for the office alone, and never stands in the way."""

import csv
import io
import os
import stat
from pathlib import Path

import pytest

from badgesite.content.records import private
from badgesite.content.records.private import Person
from badgesite.errors import UsageError

ONE = Person("id-1", "ada@example.org", "Ada", "B2", "https://x/awards/id-1/")
TWO = Person("id-2", "bo@example.org", None, "B2", "https://x/awards/id-2/")


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_people_are_written_for_the_mail_merge(tmp_path: Path) -> None:
    private.write_people(tmp_path / "private", {"b2": (ONE, TWO)}, {}, set())
    path = tmp_path / "private" / "b2.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows(path)[0] == {
        "email": "ada@example.org",
        "name": "Ada",
        "badge": "B2",
        "link": "https://x/awards/id-1/",
        "award": "id-1",
    }
    assert private.read_index(tmp_path / "private") == {
        "ada@example.org": frozenset({"id-1"}),
        "bo@example.org": frozenset({"id-2"}),
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_may_read(tmp_path: Path) -> None:
    folder = tmp_path / "private"
    private.write_people(folder, {"b2": (ONE,)}, {}, set())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("[b_]*")} == {0o600}


def test_git_never_sees_the_folder_wherever_it_lies(tmp_path: Path) -> None:
    private.write_people(tmp_path / "elsewhere", {"b2": (ONE,)}, {}, set())
    assert (tmp_path / "elsewhere" / ".gitignore").read_text() == "*\n"


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    evil = Person("id-3", "=x@example.org", "@SUM(A1)", "+1", "https://x/")
    private.write_people(tmp_path, {"b2": (evil,)}, {}, set())
    assert [rows(tmp_path / "b2.csv")[0][column] for column in ("email", "name", "badge")] == [
        "'=x@example.org",
        "'@SUM(A1)",
        "'+1",
    ]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"no tab\n\n\t\t\n", b"a@x.org\tid-1\nhalf"])
def test_a_damaged_index_is_no_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "_index.tsv").write_bytes(content)
    private.read_index(tmp_path)


def test_a_missing_folder_is_an_empty_index(tmp_path: Path) -> None:
    assert private.read_index(tmp_path / "none") == {}
    assert private.tidy(tmp_path / "none", set()) == ()


def test_awards_that_never_arrived_are_taken_back(tmp_path: Path) -> None:
    private.write_people(tmp_path, {"old": (ONE,)}, {}, set())
    private.settle(tmp_path)
    private.write_people(tmp_path, {"old": (TWO,), "new": (Person("id-3", "c@x.org", None, "B2", "l"),)}, {}, {"id-1"})
    assert private.tidy(tmp_path, {"id-1"}) == ("new", "old")
    assert [row["award"] for row in rows(tmp_path / "old.csv")] == ["id-1"]
    assert not (tmp_path / "new.csv").exists()
    assert not (tmp_path / "_pending.tsv").exists()
    assert private.tidy(tmp_path, {"id-1"}) == ()


def test_awards_that_arrived_stay(tmp_path: Path) -> None:
    private.write_people(tmp_path, {"b2": (ONE,)}, {}, set())
    assert private.tidy(tmp_path, {"id-1"}) == ()
    assert private.read_index(tmp_path)["ada@example.org"] == {"id-1"}
    assert rows(tmp_path / "b2.csv")


def test_people_of_another_branch_are_moved_aside_not_lost(tmp_path: Path) -> None:
    private.write_people(tmp_path, {"b2": (ONE,)}, {}, set())
    private.settle(tmp_path)
    moved = private.write_people(tmp_path, {"b2": (TWO,)}, private.read_index(tmp_path), set())
    assert moved == ("_b2-1.csv",)
    assert [row["award"] for row in rows(tmp_path / "_b2-1.csv")] == ["id-1"]
    assert [row["award"] for row in rows(tmp_path / "b2.csv")] == ["id-2"]


def test_a_file_that_someone_saved_again_is_moved_aside(tmp_path: Path) -> None:
    (tmp_path / "b2.csv").write_text("email;name;badge;link;award\na;b;c;d;e\n")
    assert private.write_people(tmp_path, {"b2": (ONE,)}, {}, set()) == ("_b2-1.csv",)
    assert rows(tmp_path / "b2.csv")[0]["award"] == "id-1"


def test_printed_records_gather_in_one_file(tmp_path: Path) -> None:
    for person in (ONE, TWO):
        private.write_people(tmp_path, {private.PRINTED: (person,)}, private.read_index(tmp_path), set())
    assert [row["award"] for row in rows(tmp_path / "_printed.csv")] == ["id-1", "id-2"]


@pytest.mark.parametrize(
    "folder",
    [
        "site",
        "site/private",
        "online/deep/private",
        "online",
        ".online.badgesite",
        ".online.badgesite/private",
        "content/private",
        "CONTENT/private",
        "keys",
        "themes/x",
        ".git/private",
        "sub/.git/private",
        ".",
        "..",
        "content/../content/x",
    ],
)
def test_no_place_that_others_see_is_private(tmp_path: Path, folder: str) -> None:
    root = tmp_path / "root"
    for made in ("content", "online", ".online.badgesite"):
        (root / made).mkdir(parents=True)
    with pytest.raises(UsageError, match=r"private/ cannot .*; choose"):
        private.refuse_place(root, root / folder)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_to_the_output_is_no_private_place_either(tmp_path: Path) -> None:
    for made in ("online", ".online.badgesite", "root"):
        (tmp_path / made).mkdir()
    (tmp_path / "root/private").symlink_to(tmp_path / "online", target_is_directory=True)
    with pytest.raises(UsageError):
        private.refuse_place(tmp_path / "root", tmp_path / "root/private")


@pytest.mark.parametrize("folder", ["private", "../elsewhere", "other/private", "sites", "contents"])
def test_any_other_place_will_do(tmp_path: Path, folder: str) -> None:
    (tmp_path / "root/content").mkdir(parents=True)
    private.refuse_place(tmp_path / "root", tmp_path / "root" / folder)
