from hypothesis import given, settings
from hypothesis import strategies as st

from badgesite.content.permanence.lock_files import KINDS, LockFile, data_of, line_of, parse
from badgesite.errors import Problem
from badgesite.model.signed import LARGEST_LIST, Entry
from badgesite.standards import status

BASE = "base https://badges.example.edu/"
AWARD = "3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11"
LINES = (BASE, AWARD, "badge b2", f"{AWARD} revoked", f"{AWARD} erased 2024-02-01", f"{AWARD} 0a1b2c3d#7 {'ab' * 32}")


@given(st.sets(st.sampled_from(LINES)))
def test_what_is_written_is_read(lines: set[str]) -> None:
    assert parse("x.lock", "batches", data_of(lines)) == LockFile(frozenset(lines))


@given(st.lists(st.sampled_from(LINES)), st.integers(0, 6), st.integers(0, 6))
@settings(max_examples=60)
def test_a_conflict_is_read_as_the_union_wherever_it_stands(lines: list[str], first: int, second: int) -> None:
    ours, theirs = lines[:first], lines[:second]
    text = ["lock 1", "<<<<<<< HEAD", *ours, "=======", "lock 1", *theirs, ">>>>>>> 1a0d1a9 (a batch)", ""]
    found = parse("x.lock", "batches", "\n".join(text).encode())
    assert isinstance(found, LockFile)
    assert found.lines == {*ours, *theirs}
    assert found.conflict
    assert not found.tidy


@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: f"lock 1\n{text}".encode()))
@settings(max_examples=100)
def test_any_bytes_are_a_lock_file_or_a_problem(data: bytes) -> None:
    for kind in ("site", *KINDS):
        assert isinstance(parse("x.lock", kind, data), LockFile | Problem)


def test_the_values_of_a_word_are_what_follows_it() -> None:
    found = LockFile(frozenset(LINES))
    assert found.values("badge") == {"b2"}
    assert found.values("base") == {"https://badges.example.edu/"}


def test_the_credentials_of_a_batch_are_told_apart_from_all_else() -> None:
    found = LockFile(frozenset([*LINES, "base https://badges.example.edu/#x", f"{AWARD} 00000000#0 {'cd' * 32}"]))
    assert sorted(found.entries(), key=str) == [
        (AWARD, Entry("00000000", 0, "cd" * 32)),
        (AWARD, Entry("0a1b2c3d", 7, "ab" * 32)),
    ]
    assert {line_of(*entry) for entry in found.entries()} < found.lines


def test_an_index_of_any_length_is_no_index() -> None:
    assert isinstance(
        parse("x.lock", "batches", f"lock 1\n{AWARD} 0a1b2c3d#{'9' * 5000} {'ab' * 32}\n".encode()), Problem
    )


def test_an_index_beyond_the_largest_list_is_told_with_its_line() -> None:
    def read(index: int) -> LockFile | Problem:
        return parse("x.lock", "batches", f"lock 1\n{BASE}\n{AWARD} 0a1b2c3d#{index} {'ab' * 32}\n".encode())

    assert isinstance(read(2**27 - 1), LockFile)
    assert str(read(2**27)) == (
        "content/x.lock:3:1: no status list has the index 134217728: the largest ends at 134217727; "
        "take the file back from Git; its lines are added by badgesite alone"
    )
    assert LARGEST_LIST == status.LARGEST


def test_a_day_of_erasing_that_is_none_is_told_with_its_line() -> None:
    problem = parse("x.lock", "batches", f"lock 1\n{BASE}\n{AWARD} erased 2024-02-30\n".encode())
    assert isinstance(problem, Problem)
    assert str(problem).startswith(f'content/x.lock:3:1: "{AWARD} erased 2024-02-30" names no day')
