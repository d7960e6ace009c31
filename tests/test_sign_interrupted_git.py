"""A `sign` that is killed at any moment, then what people do with Git, then `sign`: nobody's credentials are lost."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from badgesite.content.permanence.locks import Comparison, compare
from badgesite.content.signed import credential_files
from badgesite.content.signed.writing import STATE, unfinished
from badgesite.crypto.public_keys import read_keys
from badgesite.issued.due import due
from tests.killing import KILLED, Killer, forked
from tests.signing import NOW, reading_of, sign, tree, write_signed_site
from tests.sites import ADDRESSES, AWARDS, BATCH, BATCH_PATH, identity

SECOND = BATCH_PATH.replace("07-14", "09-30")
RENAMED = BATCH.replace("Ada Esempio", "Ada Rossi")
SALT = "7" * 32
ANOTHER = f"""\
badge: english-b2
date: 2023-09-30
awards:
  - id: {AWARDS[0][:-1]}7
    recipient: {{identity: {identity(ADDRESSES[0], SALT)}, salt: '{SALT}'}}
    name: Bo
"""
DUE = {BATCH_PATH: RENAMED, SECOND: ANOTHER}

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks"),
    pytest.mark.skipif(shutil.which("git") is None, reason="there is no git"),
]


def git(root: Path, *arguments: str) -> bool:
    """Run Git without anybody's settings; whether it did what it was asked."""
    who = {f"GIT_{role}_{part}": "a@b.example" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(["git", *arguments], cwd=root, env={**os.environ, **who, **plain}, capture_output=True)
    return done.returncode == 0


def commit(root: Path) -> None:
    """Commit all there is."""
    assert git(root, "add", "--all")
    assert git(root, "commit", "--quiet", "--allow-empty", "--message", "x")


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A signed site in a repository; then one credential is to be replaced, and one is new. One file holds one."""
    monkeypatch.setattr(credential_files, "LINES", 1)
    root = write_signed_site(tmp_path / "recorded")
    assert git(root, "init", "--quiet", "--initial-branch=main")
    sign(root)
    commit(root)
    return write_signed_site(root, DUE)


@pytest.fixture
def committed(recorded: Path) -> Path:
    """The same, when what is due is committed."""
    commit(recorded)
    return recorded


def signed_again(root: Path) -> dict[str, bytes]:
    """What stands after one more `sign`; then nothing is due, nothing is broken, and nothing is missing."""
    sign(root, NOW, seed=5, replaces=True)
    assert not (root / STATE).exists()
    reading, _, _ = reading_of(root)
    assert compare(root, reading) == Comparison()
    found = due(reading, read_keys(root)[0])
    assert not any((found.new, found.changed, found.burnt, found.lists))
    after = tree(root)
    assert not sign(root, NOW, seed=6, pairs={})[0]
    assert tree(root) == after
    return after


def each_kill(start: Path, then: Callable[[Path], None]) -> None:
    """Kill `sign` before each of its changes to the site, and do `then` with what it leaves.

    That is all or nothing without a journal, so then only now and again.
    """
    code, last, halfway = KILLED, 0, 0
    while code == KILLED:
        last += 1
        root = Path(shutil.copytree(start, start.parent / str(last)))
        code = forked(lambda root=root, last=last: _killed(root, last))  # type: ignore[misc]
        cut_off = unfinished(root)
        halfway += cut_off
        if cut_off or not last % 6:
            then(root)
        shutil.rmtree(root)
    assert code == 0
    assert halfway > 15


def _killed(root: Path, last: int) -> int:
    sys.addaudithook(Killer(str(root), last))
    sign(root, NOW, seed=1, replaces=True)
    return 0


def test_then_a_reset_and_what_was_recorded_stays(committed: Path) -> None:
    def reset(root: Path) -> None:
        cut_off = unfinished(root)
        assert git(root, "reset", "--quiet", "--hard")
        assert git(root, "clean", "--quiet", "-f", "-d")
        assert unfinished(root) == cut_off
        signed_again(root)

    each_kill(committed, reset)


def test_then_a_reset_of_what_was_recorded_too(recorded: Path) -> None:
    before: list[dict[str, bytes]] = []

    def reset(root: Path) -> None:
        assert git(root, "reset", "--quiet", "--hard")
        assert git(root, "clean", "--quiet", "-f", "-d")
        before.append(tree(root))
        assert signed_again(root) == before[0] == before[-1]

    each_kill(recorded, reset)


def test_then_a_colleague_who_signed_the_same(committed: Path, tmp_path: Path) -> None:
    colleague = tmp_path / "colleague"
    assert git(committed, "clone", "--quiet", str(committed), str(colleague))
    sign(colleague, NOW, seed=9, replaces=True)
    commit(colleague)
    theirs = tree(colleague)

    def pull(root: Path) -> None:
        get = ("pull", "--quiet", "--ff-only", str(colleague), "main")
        if not git(root, *get):
            assert git(root, "stash", "--quiet")
            if not git(root, *get):
                assert git(root, "clean", "--quiet", "-f", "-d")
                assert git(root, *get)
        assert signed_again(root).items() >= theirs.items()

    each_kill(committed, pull)


def test_then_all_that_lies_there_is_committed_and_a_colleague_signs_on(committed: Path) -> None:
    def go_on(root: Path) -> None:
        commit(root)
        standing = {path for path, data in tree(root).items() if path.endswith(".jsonl") and b"Rossi" in data}
        (root / SECOND).write_text(ANOTHER.replace("Bo", "Cy"), encoding="utf-8")
        after = signed_again(root)
        assert all(b"Rossi" in after[path] for path in standing)

    each_kill(committed, go_on)
