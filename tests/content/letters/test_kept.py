"""Letters are put in place all or none, for their owner alone, and forgotten wherever they lie in private/."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from badgesite.content.letters import kept
from badgesite.content.letters.kept import COLUMNS, TABLE, Written, letter_file
from badgesite.content.records import private
from badgesite.errors import OutputError, ThemeError
from tests.killing import KILLED, Killer, forked

IDS = tuple(f"00000000-0000-4000-8000-{number:012}" for number in range(4))
OWN = "notes.txt"


def written(*numbers: int, words: str = "first") -> list[Written]:
    return [
        (
            IDS[number],
            f"To: Person <p{number}@example.org>\r\n\r\n{words}".encode(),
            (f"p{number}@example.org", *[""] * (len(COLUMNS) - 2), IDS[number]),
        )
        for number in numbers
    ]


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def addresses(table: Path) -> list[str]:
    return [row[0] for row in private.read_rows(table, COLUMNS) or ()]


def test_letters_are_for_their_owner_and_a_second_run_takes_the_place_of_its_own_alone(tmp_path: Path) -> None:
    place = tmp_path / "notify"
    assert kept.put_in_place(place, [("one", written(0, 1)), ("two", written(2))]) == (3, 0)
    (place / "one" / OWN).write_text("mine")
    (place / "one" / "sent.eml").write_text("mine too")
    assert kept.put_in_place(place, [("one", written(1, 3, words="second"))]) == (2, 1)
    mine = {f"one/{OWN}", "one/sent.eml"}
    letters = {f"one/{letter_file(IDS[1])}", f"one/{letter_file(IDS[3])}", f"two/{letter_file(IDS[2])}"}
    assert names(place) == {*mine, *letters, f"one/{TABLE}", f"two/{TABLE}"}
    assert (place / "one" / letter_file(IDS[1])).read_bytes().endswith(b"second")
    assert addresses(place / "one" / TABLE) == ["p1@example.org", "p3@example.org"]
    if os.name != "nt":
        modes = {stat.S_IMODE((place / name).stat().st_mode) for name in (*letters, f"one/{TABLE}")}
        assert modes == {0o600}
        assert {stat.S_IMODE(folder.stat().st_mode) for folder in (place, place / "one", place / "two")} == {0o700}


def test_a_batch_that_has_no_letters_any_more_loses_those_it_had(tmp_path: Path) -> None:
    kept.put_in_place(tmp_path, [("one", written(0, 1))])
    assert kept.put_in_place(tmp_path, [("one", [])]) == (0, 2)
    assert list(tmp_path.iterdir()) == []


def test_what_goes_wrong_on_the_way_leaves_everything_as_it_was(tmp_path: Path) -> None:
    kept.put_in_place(tmp_path, [("one", written(0))])

    def faulty() -> Iterator[Written]:
        yield from written(1)
        raise ThemeError("the template cannot be drawn")

    with pytest.raises(ThemeError):
        kept.put_in_place(tmp_path, [("one", faulty())])
    assert names(tmp_path) == {f"one/{letter_file(IDS[0])}", f"one/{TABLE}"}


@pytest.mark.skipif(os.name == "nt", reason="needs fork")
def test_killed_at_any_moment_it_leaves_the_old_letters_or_the_next_run_finishes_the_new(tmp_path: Path) -> None:
    def begin(place: Path, last: int) -> int:
        sys.addaudithook(Killer(str(place), last))
        kept.put_in_place(place, [("one", written(1, words="second"))])
        return 0

    last, ends = 1, set()
    while True:
        place = tmp_path / str(last)
        kept.put_in_place(place, [("one", written(0))])
        code = forked(lambda place=place, last=last: begin(place, last))  # type: ignore[misc]
        kept.put_in_place(place, [("two", written(2))])
        left = names(place) - {f"two/{TABLE}", f"two/{letter_file(IDS[2])}"}
        (number,) = (number for number in (0, 1) if f"one/{letter_file(IDS[number])}" in left)
        assert left == {f"one/{TABLE}", f"one/{letter_file(IDS[number])}"}
        assert addresses(place / "one" / TABLE) == [f"p{number}@example.org"]
        ends.add(number)
        if code != KILLED:
            break
        last += 1
    assert ends == {0, 1}
    assert last > 5


@pytest.mark.parametrize("what", ["file", "spreadsheet", *(["link"] if os.name != "nt" else [])])
def test_what_is_not_ours_is_not_written_over(tmp_path: Path, what: str) -> None:
    if what == "file":
        (tmp_path / "one").write_text("mine")
    elif what == "link":
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "one").symlink_to(tmp_path / "elsewhere")
    else:
        (tmp_path / "one").mkdir()
        (tmp_path / "one" / TABLE).write_text("email;name\nada@example.org;Ada\n")
    with pytest.raises(OutputError, match="move it away") as told:
        kept.refuse_strange(tmp_path, ["two", "one"])
    assert "@" not in str(told.value)


def _forgotten(folder: Path, awards: Iterable[str] = (), addresses: Iterable[str] = ()) -> set[str]:
    return set(kept.forget(folder, set(awards), set(addresses)))


def test_an_award_is_forgotten_in_every_folder_and_empty_ones_go(tmp_path: Path) -> None:
    kept.put_in_place(tmp_path / "notify", [("one", written(0)), ("two", written(1, 2))])
    gone = {f"notify/one/{letter_file(IDS[0])}", f"notify/one/{TABLE}"}
    changed = {f"notify/two/{letter_file(IDS[1])}", f"notify/two/{TABLE}"}
    assert _forgotten(tmp_path, IDS[:2]) == gone | changed
    assert names(tmp_path) == {f"notify/two/{letter_file(IDS[2])}", f"notify/two/{TABLE}"}
    assert not (tmp_path / "notify/one").exists()
    assert _forgotten(tmp_path, IDS[:2]) == set()


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("ada@example.org", "To: =?utf-8?q?Zo=C3=AB?=\r\n <ada@example.org>"),
        ("ada@example.org", "To: ADA@Example.org"),
        ("ada@università.example.it", "To: Ada <ada@xn--universit-y1a.example.it>"),
        ("用户@example.org", "To: 用户@example.org"),
    ],
    ids=["folded", "capitals", "domain in ASCII", "in UTF-8"],
)
def test_a_letter_is_found_by_its_receiver_whatever_the_office_called_it(
    tmp_path: Path, address: str, field: str
) -> None:
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent/to Ada.eml").write_bytes(f"From: a@example.edu\r\n{field}\r\n\r\nada@example.org".encode())
    (tmp_path / "sent/to Bo.eml").write_bytes(b"From: ada@example.org\r\nTo: bo@example.org\r\n\r\nada@example.org")
    assert _forgotten(tmp_path, addresses=[address]) == {"sent/to Ada.eml"}


def test_what_a_run_that_was_cut_off_left_is_forgotten_too(tmp_path: Path) -> None:
    fresh = tmp_path / "notify/.badgesite-letters/fresh/target/one"
    fresh.mkdir(parents=True)
    (fresh / letter_file(IDS[0])).write_bytes(written(0)[0][1])
    assert _forgotten(tmp_path, addresses=["p0@example.org"]) == {
        f"notify/.badgesite-letters/fresh/target/one/{letter_file(IDS[0])}"
    }
