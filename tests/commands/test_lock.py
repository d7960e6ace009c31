import subprocess
import sys
from pathlib import Path

from tests.sites import BADGE, BADGE_PATH, write_site

BASE = "https://badges.example.edu/"


def lock(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "badgesite.cli", "-C", str(root), "lock", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def test_the_files_written_are_told_and_a_second_run_writes_none(tmp_path: Path) -> None:
    write_site(tmp_path, base_url=BASE)
    done = lock(tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "content/published/badges/english-b2.lock",
        "content/published/batches/english-b2-2023-07-14.lock",
        "content/published/issuers/example.lock",
        "content/published/site.lock",
    ]
    again = lock(tmp_path)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "nothing was missing\n")


def test_a_rehearsal_is_not_locked(tmp_path: Path) -> None:
    write_site(tmp_path)
    done = lock(tmp_path)
    assert done.returncode == 2
    assert "set base_url in content/site.yaml first" in done.stderr
    assert not (tmp_path / "content/published").exists()


def test_a_change_of_what_was_published_is_refused(tmp_path: Path) -> None:
    write_site(tmp_path, base_url=BASE)
    lock(tmp_path)
    write_site(tmp_path, {BADGE_PATH: BADGE.replace("Inglese B2", "Inglese C1")}, base_url=BASE)
    done = lock(tmp_path, "--quiet")
    assert done.returncode == 5
    assert f'{BADGE_PATH}:3:12: "name" in "it" of the badge "english-b2"' in done.stderr


def test_faulty_content_is_not_locked(tmp_path: Path) -> None:
    write_site(tmp_path, {BADGE_PATH: BADGE + "critera: x\n"}, base_url=BASE)
    assert lock(tmp_path).returncode == 1
