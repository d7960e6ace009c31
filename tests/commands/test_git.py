import os
import subprocess
from pathlib import Path

import pytest

from badgesite.commands.git import is_ignored, taken_up
from badgesite.starter.words import starter


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    (folder / ".gitignore").write_text("/private/\n*.pem\n", encoding="utf-8")
    return folder


def test_what_gitignore_names_is_left_out_also_before_it_is_there(repository: Path) -> None:
    assert is_ignored(repository / "private/example/a.txt")
    assert is_ignored(repository / "anywhere/new/a.pem")
    assert not is_ignored(repository / "anywhere/new/a.txt")


def test_a_new_site_and_this_repository_leave_out_what_any_build_writes(repository: Path) -> None:
    own = Path(__file__).resolve().parents[2] / ".gitignore"
    for text in (starter("gitignore"), own.read_text("utf-8")):
        (repository / ".gitignore").write_text(text, encoding="utf-8")
        for folder in ("site", ".site.badgesite", "site-old.example.edu", ".site-old.example.edu.badgesite"):
            assert is_ignored(repository / folder / "index.html")
        assert not is_ignored(repository / "content/site-old/index.html")


def test_what_git_has_already_is_not_left_out(repository: Path) -> None:
    (repository / "a.pem").write_text("x", encoding="utf-8")
    subprocess.run(["git", "add", "--force", "a.pem"], cwd=repository, check=True)
    assert not is_ignored(repository / "a.pem")
    assert is_ignored(repository / "b.pem")


def test_beside_a_site_in_a_folder_of_a_repository_git_takes_files_up_too(repository: Path, tmp_path: Path) -> None:
    assert taken_up(repository / "badges", repository / "export.csv")
    assert not taken_up(repository / "badges", repository / "private/export.csv")
    assert not taken_up(repository / "badges", tmp_path / "export.csv")


def test_the_variables_of_a_hook_do_not_lead_astray(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(repository.parent))
    assert is_ignored(repository / "a.pem")


def test_outside_a_repository_and_without_git_nothing_is_left_out(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_ignored(tmp_path / "a.pem")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not is_ignored(repository / "a.pem")


@pytest.mark.skipif(os.name == "nt", reason="the git of this test is a script")
def test_git_and_its_hooks_see_no_private_half_and_no_passphrase(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git = tmp_path / "bin/git"
    git.parent.mkdir()
    git.write_text(f"#!/bin/sh\nenv > '{tmp_path}/seen'\n", encoding="utf-8")
    git.chmod(0o755)
    monkeypatch.setenv("PATH", f"{git.parent}:{os.environ['PATH']}")
    for name in ("KEYS", "PASSPHRASE"):
        monkeypatch.setenv(f"BADGESITE_{name}", "secret")
    assert is_ignored(repository / "a.pem")
    seen = (tmp_path / "seen").read_text("utf-8")
    assert "PATH=" in seen
    assert "BADGESITE_" not in seen
