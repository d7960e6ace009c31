import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import pytest

from badgesite.artifact import Artifact
from badgesite.errors import OutputError
from badgesite.files import alone
from badgesite.writer import Tally, finish_killed, opened, recover, refuse_place, state_folder, unfinished


def _artifacts(files: dict[str, str]) -> Iterable[Artifact]:
    return (Artifact(path, words.encode()) for path, words in files.items())


def _write(target: Path, files: dict[str, str]) -> Tally:
    with opened(target) as output:
        stage = output.stage()
        return output.deliver([stage.put(artifact) for artifact in _artifacts(files)])


def _tree(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


FIRST = {"index.html": "one", "a/index.html": "two", "a/b/x.json": "three", ".nojekyll": ""}
SECOND = {"index.html": "one", "a/index.html": "changed", "c/d/y.json": "four", ".nojekyll": ""}


def test_a_first_run_writes_everything(tmp_path: Path) -> None:
    assert _write(tmp_path / "site", FIRST) == Tally(4, 0, 0)
    assert _tree(tmp_path / "site") == FIRST
    if os.name != "nt":
        assert (tmp_path / "site").stat().st_mode & 0o777 == (0o777 & ~_umask())
        assert (tmp_path / "site/index.html").stat().st_mode & 0o777 == (0o666 & ~_umask())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_second_run_writes_what_differs_and_removes_what_is_no_more(tmp_path: Path) -> None:
    _write(tmp_path / "site", FIRST)
    assert _write(tmp_path / "site", SECOND) == Tally(2, 2, 1)
    assert _tree(tmp_path / "site") == SECOND
    assert not (tmp_path / "site/a/b").exists()


def test_files_that_are_equal_are_not_touched(tmp_path: Path) -> None:
    _write(tmp_path / "site", FIRST)
    for path in (tmp_path / "site").rglob("*"):
        os.utime(path, (1, 1))
    assert _write(tmp_path / "site", FIRST) == Tally(0, 4, 0)
    assert {path.stat().st_mtime for path in (tmp_path / "site").rglob("*")} == {1}


def test_what_was_made_is_told_with_its_digest(tmp_path: Path) -> None:
    with opened(tmp_path / "site") as output:
        written = output.stage().put(Artifact("a/b", b"words", listed=False))
    assert (written.path, written.digest, written.size) == ("a/b", sha256(b"words").hexdigest(), 5)
    assert (written.listed, written.change) == (False, "new")


def test_nothing_changes_before_the_delivery(tmp_path: Path) -> None:
    _write(tmp_path / "site", FIRST)
    with opened(tmp_path / "site") as output:
        for artifact in _artifacts(SECOND):
            output.stage().put(artifact)
        assert _tree(tmp_path / "site") == FIRST
    assert _tree(tmp_path / "site") == FIRST
    assert sorted(os.listdir(state_folder(tmp_path / "site"))) == ["kept", "lock"]


def test_what_a_person_changed_or_removed_is_mended(tmp_path: Path) -> None:
    _write(tmp_path / "site", FIRST)
    (tmp_path / "site/index.html").write_text("two")
    (tmp_path / "site/a/index.html").unlink()
    assert _write(tmp_path / "site", FIRST) == Tally(2, 2, 0)
    assert _tree(tmp_path / "site") == FIRST


def test_a_persons_own_files_stay(tmp_path: Path) -> None:
    _write(tmp_path / "site", FIRST)
    (tmp_path / "site/a/b/mine.txt").write_text("mine")
    (tmp_path / "site/CNAME").write_text("mine")
    _write(tmp_path / "site", SECOND)
    assert _tree(tmp_path / "site") == SECOND | {"a/b/mine.txt": "mine", "CNAME": "mine"}


def test_a_persons_file_in_the_way_is_refused(tmp_path: Path) -> None:
    _write(tmp_path / "site", FIRST)
    (tmp_path / "site/robots.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"robots\.txt is in the way"):
        _write(tmp_path / "site", FIRST | {"robots.txt": "ours", "z": ""})
    assert _tree(tmp_path / "site") == FIRST | {"robots.txt": "mine"}


@pytest.mark.parametrize(("make", "path"), [("folder", "z"), ("file", "z/y"), ("link", "z"), ("link", "z/y")])
def test_a_folder_file_or_link_in_the_way_is_refused(tmp_path: Path, make: str, path: str) -> None:
    _write(tmp_path / "site", FIRST)
    place = tmp_path / "site/z"
    if make == "folder":
        place.mkdir()
    elif make == "file":
        place.write_text("")
    else:
        (tmp_path / "elsewhere").mkdir()
        place.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(OutputError, match="in the way"):
        _write(tmp_path / "site", FIRST | {path: "ours"})


def test_a_folder_with_files_and_no_state_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    _write(tmp_path / "empty", FIRST)
    (tmp_path / "site/mine").write_text("mine")
    with pytest.raises(OutputError, match="did not write; empty it, or give another folder"):
        _write(tmp_path / "site", FIRST)
    assert not state_folder(tmp_path / "site").exists()


def test_a_file_or_link_as_output_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(OutputError, match=r"not a folder|is a link"):
            _write(tmp_path / name, FIRST)


@pytest.mark.parametrize("out", [".", "..", "content", "content/site", "keys/x/y", "private", ".git/x", "site/.."])
def test_an_output_that_would_cover_the_site_is_refused(tmp_path: Path, out: str) -> None:
    root = tmp_path / "root"
    (root / "content").mkdir(parents=True)
    (root / "site").mkdir()
    with pytest.raises(OutputError, match="give a"):
        refuse_place(root, root / out)


@pytest.mark.parametrize("out", ["site", "deep/er/site", "../elsewhere", "contents"])
def test_an_output_elsewhere_is_fine(tmp_path: Path, out: str) -> None:
    (tmp_path / "root/content").mkdir(parents=True)
    refuse_place(tmp_path / "root", tmp_path / "root" / out)


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    with opened(tmp_path / "site"), pytest.raises(OutputError, match="another run"):
        recover(tmp_path / "site")


def test_names_that_are_one_on_windows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="one file on Windows"):
        _write(tmp_path / "site", {"assets/A.css": "", "assets/a.css": ""})
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", "a\\b", "a:b"])
def test_names_that_lead_outside_are_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputError, match="cannot be the name"):
        _write(tmp_path / "site", {path: ""})


def test_a_full_disk_is_told_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path / "site", FIRST)
    monkeypatch.setattr("badgesite.writer._write_new", _disk_is_full)
    with pytest.raises(OutputError, match=r"cannot be written: No space left"):
        _write(tmp_path / "site", SECOND)
    assert _tree(tmp_path / "site") == FIRST
    assert sorted(os.listdir(state_folder(tmp_path / "site"))) == ["kept", "lock"]


def _disk_is_full(place: str, data: bytes) -> None:
    raise OSError(28, "No space left on device")


def test_a_file_that_was_written_in_part_is_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    with opened(tmp_path / "site") as output:
        monkeypatch.setattr(os, "write", lambda file, data: write(file, data[:1]))
        with pytest.raises(OutputError, match=r"a/b cannot be written: No space left"):
            output.stage().put(Artifact("a/b", b"words"))


def test_two_stages_make_the_same_folder(tmp_path: Path) -> None:
    with opened(tmp_path / "site") as output:
        stages = output.stage(), output.stage()
        made = [stage.put(Artifact(f"a/b/{number}", b"x")) for number, stage in enumerate(stages)]
        output.deliver(made)
    assert _tree(tmp_path / "site") == {"a/b/0": "x", "a/b/1": "x"}


def test_a_list_of_kept_files_that_leads_outside_is_refused(tmp_path: Path) -> None:
    _write(tmp_path / "site", FIRST)
    (tmp_path / "precious").write_text("words")
    (state_folder(tmp_path / "site") / "kept").write_text("kept 1\n../precious\n")
    with pytest.raises(OutputError, match="damaged"):
        _write(tmp_path / "site", FIRST)
    assert (tmp_path / "precious").exists()


def test_an_unfinished_delivery_is_finished_by_recover(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "site"
    _write(target, FIRST)
    monkeypatch.setattr("badgesite.files._merge", _interrupted)
    with pytest.raises(KeyboardInterrupt):
        _write(target, SECOND)
    monkeypatch.undo()
    assert _tree(target) == FIRST
    recover(target)
    assert _tree(target) == SECOND
    assert _write(target, SECOND) == Tally(0, 4, 0)


def _interrupted(source: str, target: str) -> None:
    raise KeyboardInterrupt


def test_an_output_that_was_deleted_is_made_again(tmp_path: Path) -> None:
    _write(tmp_path / "site", FIRST)
    (tmp_path / "site").rename(tmp_path / "away")
    assert _write(tmp_path / "site", SECOND) == Tally(4, 0, 1)
    assert _tree(tmp_path / "site") == SECOND


@pytest.fixture
def cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An output that was committed and not put in place."""
    _write(tmp_path / "site", FIRST)
    with monkeypatch.context() as patch:
        patch.setattr("badgesite.files._merge", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            _write(tmp_path / "site", SECOND)
    return tmp_path / "site"


def test_unfinished_outputs_of_a_site_are_found_and_finished(cut_off: Path) -> None:
    assert unfinished(cut_off.parent) == (cut_off,)
    assert finish_killed(cut_off.parent, cut_off)
    assert _tree(cut_off) == SECOND
    assert unfinished(cut_off.parent) == ()
    assert not finish_killed(cut_off.parent, cut_off)


def test_a_run_that_is_still_at_it_is_left_alone(cut_off: Path) -> None:
    with alone(state_folder(cut_off) / "lock", "busy"):
        assert not finish_killed(cut_off.parent, cut_off)
    assert _tree(cut_off) == FIRST


@pytest.mark.parametrize("name", ["content", ".git", ".", ".."])
def test_a_journal_for_what_is_no_output_is_not_followed(tmp_path: Path, name: str) -> None:
    """It came with somebody's repository; badgesite never writes one."""
    root = tmp_path / "root"
    (root / "content").mkdir(parents=True)
    (root / "content" / "site.yaml").write_text("words")
    (tmp_path / "site.yaml").write_text("words")
    state = root / f".{name}.badgesite"
    state.mkdir()
    (state / "journal").write_text("journal 1\nstaged-x\nsite.yaml\n")
    for target in unfinished(root):
        assert not finish_killed(root, target)
    assert (root / "content" / "site.yaml").exists()
    assert (tmp_path / "site.yaml").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"file/site cannot be made: not a directory"), opened(tmp_path / "file/site"):
        pass
