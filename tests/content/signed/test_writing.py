"""What `sign` made is put in place as one, whenever the run ends."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from badgesite.cli import run
from badgesite.content.permanence.locks import compare, files_missing
from badgesite.content.reading import read_or_raise
from badgesite.content.records.desk import opened
from badgesite.content.signed import journal
from badgesite.content.signed.credential_files import changes, path_of
from badgesite.content.signed.writing import STATE, finish, refuse_unfinished, settled, unfinished, write_signed
from badgesite.errors import OutputError
from tests.content.signed.samples import CREDENTIALS, LATER, LISTS, LOCK, credential, lines, status_list
from tests.killing import KILLED, Killer, forked
from tests.sites import AWARDS, BATCH_PATH, write_site

SECOND = path_of(BATCH_PATH, 2)
OLD: Mapping[str, bytes | None] = {
    CREDENTIALS: lines(credential(AWARDS[0])),
    SECOND: lines(credential(AWARDS[1])),
    LISTS: lines(status_list()),
    LOCK: b"lock 1\n",
}
NEW: Mapping[str, bytes | None] = {
    CREDENTIALS: lines(credential(AWARDS[0]), credential(AWARDS[1])),
    SECOND: None,
    LISTS: lines(status_list([7], LATER)),
    "content/status/example/ffffffff.json": lines(status_list(name="ffffffff")),
    LOCK: b"lock 1\n" + AWARDS[0].encode() + b"\n",
}


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder, by path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A site in which OLD is in place."""
    return write_site(tmp_path / "old", OLD)


def test_files_are_written_replaced_and_removed(old: Path) -> None:
    before = tree(old)
    assert write_signed(old, NEW) == tuple(NEW)
    assert tree(old) == {path: data for path, data in {**before, **NEW}.items() if data is not None}
    assert not (old / STATE).exists()


def test_what_is_equal_is_not_touched(old: Path) -> None:
    for path in (old / CREDENTIALS, old / LISTS):
        os.utime(path, (1, 1))
    assert write_signed(old, {**OLD, LISTS: NEW[LISTS]}) == (LISTS,)
    assert (old / CREDENTIALS).stat().st_mtime == 1
    assert write_signed(old, {**OLD, LISTS: NEW[LISTS], "content/awards/none.credentials.jsonl": None}) == ()


@pytest.mark.parametrize("path", ["keys/x.json", "content/../x", "content/a\nb", "content/a:b", "/content/x"])
def test_a_path_that_is_not_for_content_is_refused(old: Path, path: str) -> None:
    before = tree(old)
    with pytest.raises(OutputError, match="is no name for a file on every system"):
        write_signed(old, {**NEW, path: b""})
    assert tree(old) == before


@pytest.mark.skipif(os.name == "nt", reason="a folder's mode says nothing on Windows")
def test_what_is_to_come_lies_where_nobody_else_may_look(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    modes = []
    begin = journal.begin

    def noted(root: Path, state: Path, *more: Any, signed: bool) -> None:
        modes.append(state.stat().st_mode)
        assert (state / ".gitignore").read_text("utf-8") == "*\n"
        begin(root, state, *more, signed=signed)

    monkeypatch.setattr(journal, "begin", noted)
    write_signed(old, NEW)
    assert [mode & 0o777 for mode in modes] == [0o700]
    assert not (old / STATE).exists()


def test_lock_files_are_put_in_place_last(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = []
    replace = os.replace

    def noted(source: str, target: str) -> None:
        order.append(Path(target).suffix)
        replace(source, target)

    monkeypatch.setattr(os, "replace", noted)
    write_signed(old, NEW)
    assert order == ["", ".jsonl", ".json", ".json", ".lock"]  # the journal is first


@pytest.mark.skipif(os.name == "nt", reason="a process is forked")
def test_killed_at_any_change_the_old_stays_or_the_new_comes(tmp_path: Path, old: Path) -> None:
    before = tree(old)
    after = {path: data for path, data in {**before, **NEW}.items() if data is not None}
    seen = set()
    for last in range(1, 200):
        root = Path(shutil.copytree(old, tmp_path / f"site-{last}"))
        code = forked(lambda root=root, last=last: _killed(root, last))  # type: ignore[misc]
        if code == 0:
            break
        assert code == KILLED
        cut_off = unfinished(root)
        if not cut_off:
            content = {path: data for path, data in tree(root).items() if not path.startswith(STATE)}
            assert content in (before, after)
        assert finish(root) == ("placed" if cut_off else "")
        assert tree(root) in ((after,) if cut_off else (before, after))
        assert not (root / STATE).exists()
        seen.add((cut_off, tree(root) == after))
        write_signed(root, NEW)
        assert tree(root) == after
    assert seen >= {(False, False), (True, True)}
    assert code == 0


def _killed(root: Path, last: int) -> int:
    sys.addaudithook(Killer(str(root), last))
    write_signed(root, NEW)
    return 0


@pytest.fixture
def cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site whose new files were committed and are not in place."""
    root = write_site(tmp_path / "cut", base_url="https://badges.example.edu/")
    with monkeypatch.context() as patch:
        patch.setattr(journal, "finish", lambda *_: "")
        write_signed(root, NEW)
    return root


def test_nobody_reads_content_that_is_neither_old_nor_new(cut_off: Path) -> None:
    told = "`badgesite sign` was cut off here while it put its files in place; run `badgesite sign`, which finishes it"
    assert unfinished(cut_off)
    with pytest.raises(OutputError, match=told):
        refuse_unfinished(cut_off)
    for conflicts in (False, True):
        with pytest.raises(OutputError, match=told):
            read_or_raise(cut_off, conflicts=conflicts)
    before = tree(cut_off)
    for writes in (False, True):
        with pytest.raises(OutputError, match=told), opened(cut_off, cut_off / "private", writes=writes):
            pytest.fail("the desk is not free")
    assert {path: data for path, data in tree(cut_off).items() if not path.startswith("private/")} == before


@pytest.mark.parametrize("verb", ["build", "check", "lock"])
def test_every_command_but_sign_leaves_it_as_it_is(cut_off: Path, verb: str, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(cut_off)
    assert run(["-C", str(cut_off), verb]) == 3
    assert "run `badgesite sign`, which finishes it" in capfd.readouterr().err
    assert tree(cut_off) == before


def test_the_next_run_finishes_it(cut_off: Path) -> None:
    assert finish(cut_off) == "placed"
    assert not unfinished(cut_off)
    assert (cut_off / LOCK).read_bytes() == NEW[LOCK]
    refuse_unfinished(cut_off)
    assert not finish(cut_off)


def test_a_damaged_journal_is_not_followed(cut_off: Path) -> None:
    (cut_off / STATE / "journal").write_bytes(b"journal 2\nstaged\n\n- - ../../elsewhere\n")
    with pytest.raises(OutputError, match=r"is damaged; take content/ back from Git, remove .*, and run"):
        finish(cut_off)


def test_the_files_of_a_merge_are_settled_whole(tmp_path: Path) -> None:
    ours, theirs = credential(AWARDS[0], 1), credential(AWARDS[0], 2, LATER)
    other = credential(AWARDS[1], 3)
    files = {
        CREDENTIALS: b"<<<<<<< HEAD\n" + lines(ours) + b"=======\n" + lines(theirs) + b">>>>>>> b\n" + lines(other),
        SECOND: lines(ours),
        LISTS: lines(status_list([1]), status_list([2], LATER)),
    }
    root = write_site(tmp_path, files, base_url="https://badges.example.edu/", publish="[ob2, ob3]")
    reading = read_or_raise(root, conflicts=True)
    assert reading.catalogue
    wanted = settled(root, reading.catalogue, reading.merged)
    assert wanted == {CREDENTIALS: lines(theirs, other), SECOND: None, LISTS: lines(status_list([2], LATER))}
    write_signed(root, {**wanted, **files_missing(root, reading.catalogue)})
    again = read_or_raise(root)
    assert compare(root, again).missing == ()
    assert again.catalogue
    assert settled(root, again.catalogue, again.merged) == {}
    assert {entry.index for entry in again.catalogue.locked[AWARDS[0]]} == {1, 2}
    assert changes(root, {BATCH_PATH: (theirs, other)}) == {CREDENTIALS: lines(theirs, other)}
