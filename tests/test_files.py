import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from badgesite.errors import OutputError
from badgesite.files import alone, commit, finish, is_inside, on_disk, write_new, write_whole


def _set(folder: Path, files: dict[str, str]) -> Path:
    for path, words in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(words)
    return folder


def _tree(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_a_file_is_written_with_its_folders_and_mode(tmp_path: Path) -> None:
    write_whole(tmp_path / "a/b/c.txt", b"words", mode=0o600)
    assert (tmp_path / "a/b/c.txt").read_bytes() == b"words"
    assert os.name == "nt" or (tmp_path / "a/b/c.txt").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["c.txt"]


def test_a_new_file_never_replaces_another(tmp_path: Path) -> None:
    write_new(tmp_path / "one", b"first")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "one", b"second")
    assert (tmp_path / "one").read_bytes() == b"first"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write_whole(tmp_path / "file/below", b"")


def test_only_one_holds_a_lock_and_it_is_free_afterwards(tmp_path: Path) -> None:
    with alone(tmp_path / "lock", "busy"), pytest.raises(OutputError, match="busy"), alone(tmp_path / "lock", "busy"):
        pytest.fail("two hold one lock")
    with alone(tmp_path / "lock", "busy"):
        pass


def test_a_lock_that_does_not_stay_is_removed_unless_another_holds_it(tmp_path: Path) -> None:
    with alone(tmp_path / "lock", "busy", stays=False):
        assert (tmp_path / "lock").exists()
        with pytest.raises(OutputError, match="busy"), alone(tmp_path / "lock", "busy", attempts=2, stays=False):
            pytest.fail("two hold one lock")
        assert (tmp_path / "lock").exists()
    assert list(tmp_path.iterdir()) == []


COUNT = """
import sys
from pathlib import Path
from badgesite.files import alone
folder = Path(sys.argv[1])
for _ in range(30):
    with alone(folder / "lock", "busy", attempts=300, stays=False):
        (folder / "count").write_text(str(int((folder / "count").read_text()) + 1))
"""


def test_a_lock_that_comes_and_goes_holds_among_processes(tmp_path: Path) -> None:
    (tmp_path / "count").write_text("0")
    processes = [subprocess.Popen([sys.executable, "-c", COUNT, str(tmp_path)]) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert (tmp_path / "count").read_text() == "90"


def _failing(number: int) -> Callable[..., None]:
    def fail(*arguments: Any, **options: Any) -> None:
        raise OSError(number, os.strerror(number))

    return fail


needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows renames, and locks otherwise")


@needs_posix
@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL])
def test_a_new_file_is_written_where_no_links_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "link", _failing(number))
    write_new(tmp_path / "one", b"first", mode=0o600)
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "one", b"second")
    assert (tmp_path / "one").read_bytes() == b"first"
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o600
    assert len(list(tmp_path.iterdir())) == 1


@needs_posix
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "No space left on device; make room"),
        (errno.EACCES, "Permission denied; look at the permissions"),
    ],
)
def test_what_stands_in_the_way_of_a_new_file_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    monkeypatch.setattr(os, "link", _failing(number))
    with pytest.raises(OutputError, match=words):
        write_new(tmp_path / "one", b"first")
    assert list(tmp_path.iterdir()) == []


@needs_posix
@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EAGAIN, "^busy$"), (errno.EACCES, "^busy$"), (errno.EIO, "cannot be locked: .*; look at its disk")],
)
def test_another_run_is_blamed_only_when_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    monkeypatch.setattr("badgesite.files.fcntl.flock", _failing(number))
    with pytest.raises(OutputError, match=words), alone(tmp_path / "lock", "busy"):
        pytest.fail("the lock is not ours")


@needs_posix
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP])
def test_a_disk_without_locks_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr("badgesite.files.fcntl.flock", _failing(number))
    with alone(tmp_path / "lock", "busy"):
        pass


def test_a_commit_adds_replaces_and_removes_and_leaves_the_rest(tmp_path: Path) -> None:
    state, target = tmp_path / "state", _set(tmp_path / "target", {"a": "old", "b/c": "old", "b/mine": "", "d/e/f": ""})
    staged = {"target/a": "new", "target/n/m": "new", "state/kept": "list"}
    commit(state, target, _set(state / "staged", staged), ["b/c", "d/e/f", "gone/before"])
    assert _tree(target) == {"a": "new", "n/m": "new", "b/mine": ""}
    assert not (target / "d").exists()
    assert _tree(state) == {"kept": "list"}


def test_what_the_next_run_trusts_is_on_the_disk_before_the_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state, target = tmp_path / "state", _set(tmp_path / "target", {"a": "old"})
    fresh = _set(state / "staged", {"target/a": "new", "state/kept": "list", "state/deep/more": "words"})
    steps: list[str] = []

    def fsync(file: int) -> None:
        assert not (state / "journal").exists()
        steps.append(os.pread(file, 20, 0).decode().partition("\n")[0])

    monkeypatch.setattr(os, "fsync", fsync)
    commit(state, target, fresh, [])
    assert sorted(steps[:-1]) == ["list", "words"]
    assert steps[-1] == "journal 1"


@pytest.mark.parametrize(("count", "waits"), [(200, ["fsync"] * 200), (201, ["sync"])])
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is waited for each file")
def test_the_disk_is_waited_for_once_where_there_are_many_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int, waits: list[str]
) -> None:
    folder = _set(tmp_path, {f"{number % 7}/{number}": "" for number in range(count)})
    told: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda file: told.append("fsync"))
    monkeypatch.setattr(os, "sync", lambda: told.append("sync"))
    on_disk(folder)
    assert told == waits


@pytest.mark.parametrize("last", range(1, 12))
def test_a_commit_killed_anywhere_is_finished_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int
) -> None:
    old = {"a": "old", "b/c": "old", "d/e/f": ""}
    state, target = tmp_path / "state", _set(tmp_path / "target", old)
    fresh = _set(state / "staged", {"target/a": "new", "target/n/m": "new", "target/b/x": "new", "state/kept": "list"})
    cut = _PowerCut(last)
    for name in ("rename", "replace", "unlink", "rmdir"):
        monkeypatch.setattr(os, name, cut.before(getattr(os, name)))
    with pytest.raises(_CutError):
        commit(state, target, fresh, ["b/c", "d/e/f"])
    monkeypatch.undo()
    finished = finish(state, target)
    assert _tree(target) == ({"a": "new", "n/m": "new", "b/x": "new"} if finished else old)
    assert finished == (last > 1)
    assert not finish(state, target)


class _CutError(Exception):
    pass


class _PowerCut:
    """Ends the run before the call numbered `last` to any of the functions it stands before."""

    def __init__(self, last: int) -> None:
        self.left = last

    def before(self, function: Callable[..., None]) -> Callable[..., None]:
        def cut(*arguments: Any, **options: Any) -> None:
            self.left -= 1
            if not self.left:
                raise _CutError
            function(*arguments, **options)

        return cut


def test_a_journal_that_is_damaged_or_leads_outside_is_refused(tmp_path: Path) -> None:
    target = _set(tmp_path / "target", {"a": ""})
    _set(tmp_path, {"precious": "words"})
    for journal in ("", "journal 2\nstaged\n", "journal 1\nstaged\n../precious\n", "journal 1\n../x\n", "journal 1"):
        state = _set(tmp_path / "state", {"journal": journal})
        with pytest.raises(OutputError, match="damaged"):
            finish(state, target)
    assert (tmp_path / "precious").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_nothing_is_removed_behind_a_link(tmp_path: Path) -> None:
    elsewhere = _set(tmp_path / "elsewhere", {"precious": "words", "deep/precious": "words"})
    target = _set(tmp_path / "target", {"a": ""})
    (target / "link").symlink_to(elsewhere, target_is_directory=True)
    state = tmp_path / "state"
    (state / "staged").mkdir(parents=True)
    commit(state, target, state / "staged", ["link/precious", "link/deep/precious"])
    assert _tree(elsewhere) == {"precious": "words", "deep/precious": "words"}


@pytest.mark.parametrize("path", ["", "/a", "a/", "a//b", "../a", "a/..", "./a", "a\\b", "c:a", "a\nb", "a\x00"])
def test_paths_that_could_lead_outside_or_break_elsewhere_are_not_inside(path: str) -> None:
    assert not is_inside(path)


@pytest.mark.parametrize("path", ["a", "a/b.c", ".nojekyll", "assets/è.css"])
def test_plain_paths_are_inside(path: str) -> None:
    assert is_inside(path)
