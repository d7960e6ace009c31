"""What a run that was cut off had signed is put in place only where nothing else came since."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from badgesite.content.signed import journal
from badgesite.content.signed.credential_files import path_of
from badgesite.content.signed.journal import sources_of
from badgesite.content.signed.writing import STATE, finish, write_signed
from badgesite.errors import OutputError
from tests.content.signed.samples import CREDENTIALS, LISTS, LOCK
from tests.sites import BADGE_PATH, BATCH_PATH, write_site

SECOND, GOES = path_of(BATCH_PATH, 2), path_of(BATCH_PATH, 3)
OLD = {CREDENTIALS: b"old 1", SECOND: b"old 2", GOES: b"old 3", LOCK: b"old lock"}
NEW = {CREDENTIALS: b"new 1", SECOND: b"new 2", GOES: None, LISTS: b"new list", LOCK: b"new lock"}
ORDER = (CREDENTIALS, SECOND, LISTS, GOES, LOCK)


@pytest.fixture
def cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with OLD, and the journal of NEW."""
    root = write_site(tmp_path, OLD)
    with monkeypatch.context() as patch:
        patch.setattr(journal, "finish", lambda *_: "")
        write_signed(root, NEW)
    return root


def put(root: Path, path: str, data: bytes | None) -> None:
    """Have a file hold these bytes, or go."""
    if data is None:
        (root / path).unlink(missing_ok=True)
    else:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def standing(root: Path) -> dict[str, bytes | None]:
    """What is at each of the places now."""
    return {path: (root / path).read_bytes() if (root / path).exists() else None for path in ORDER}


def old(*new: str) -> dict[str, bytes | None]:
    """OLD, but for the files that are new already."""
    return {path: NEW[path] if path in new else OLD.get(path) for path in ORDER}


@pytest.mark.parametrize("placed", range(len(ORDER) + 1))
def test_what_is_old_or_new_is_placed_wherever_the_run_was_cut_off(cut_off: Path, placed: int) -> None:
    for path in ORDER[:placed]:
        put(cut_off, path, NEW[path])
    assert finish(cut_off) == "placed"
    assert standing(cut_off) == NEW
    assert not (cut_off / STATE).exists()


def test_what_was_taken_back_is_placed_once_more(cut_off: Path) -> None:
    state = shutil.copytree(cut_off / STATE, cut_off.parent / "kept")
    finish(cut_off)
    for path in ORDER:
        put(cut_off, path, OLD.get(path))
    shutil.copytree(state, cut_off / STATE)
    assert finish(cut_off) == "placed"
    assert standing(cut_off) == NEW


@pytest.mark.parametrize("path", ORDER)
def test_a_file_of_somebody_else_keeps_all_that_is_old_as_it_is(cut_off: Path, path: str) -> None:
    put(cut_off, path, b"theirs")
    assert finish(cut_off) == "dropped"
    assert standing(cut_off) == {**old(), path: b"theirs"}
    assert finish(cut_off) == ""


@pytest.mark.parametrize("change", [lambda root: put(root, BADGE_PATH, b""), lambda root: put(root, "keys/x/y", b"")])
def test_nothing_is_placed_that_was_signed_from_other_records_or_keys(
    cut_off: Path, change: Callable[[Path], None]
) -> None:
    change(cut_off)
    assert finish(cut_off) == "dropped"
    assert standing(cut_off) == old()


def test_of_other_records_all_that_was_placed_stays(cut_off: Path) -> None:
    for path in ORDER:
        put(cut_off, path, NEW[path])
    put(cut_off, BADGE_PATH, b"")
    assert finish(cut_off) == "placed"
    assert standing(cut_off) == NEW


@pytest.mark.parametrize("begun", [CREDENTIALS, SECOND, LOCK])
def test_what_was_begun_of_a_batch_is_ended(cut_off: Path, begun: str) -> None:
    put(cut_off, begun, NEW[begun])
    put(cut_off, BADGE_PATH, b"")
    assert finish(cut_off) == "dropped"
    assert standing(cut_off) == old(CREDENTIALS, SECOND, GOES, LOCK)


def test_credentials_of_somebody_else_are_not_mixed_with_ours(cut_off: Path) -> None:
    put(cut_off, CREDENTIALS, NEW[CREDENTIALS])
    put(cut_off, SECOND, b"theirs")
    assert finish(cut_off) == "dropped"
    assert standing(cut_off) == {**old(CREDENTIALS), SECOND: b"theirs"}


def test_what_was_staged_and_is_not_whole_any_more_is_dropped(cut_off: Path) -> None:
    next((cut_off / STATE).glob("staged-*/0")).write_bytes(b"new")
    assert finish(cut_off) == "dropped"
    assert standing(cut_off) == old()


DAMAGED = (
    "",
    "journal 1\nx\n",
    "journal 2\n../x\ny\n",
    "journal 2\nx\ny\n- - keys/x\n",
    "journal 2\nx\ny\n1 - content/x\n",
)


@pytest.mark.parametrize("text", DAMAGED)
def test_a_journal_that_is_damaged_or_leads_outside_is_refused(cut_off: Path, text: str) -> None:
    (cut_off / STATE / "journal").write_text(text)
    with pytest.raises(OutputError, match="journal is damaged; take content/ back from Git"):
        finish(cut_off)
    assert standing(cut_off) == old()


def test_a_disk_without_links_gets_copies(cut_off: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    assert finish(cut_off) == "placed"
    assert standing(cut_off) == NEW


def test_what_is_signed_from_is_what_people_write(tmp_path: Path) -> None:
    before = sources_of(write_site(tmp_path))
    for path in (CREDENTIALS, LISTS, LOCK, "content/.x", "content/badges/.badgesite-x", "content/badges/x.yaml~"):
        put(tmp_path, path, b"x")
    assert sources_of(tmp_path) == before
    put(tmp_path, "content/badges/x.png", b"x")
    assert sources_of(tmp_path) != before
