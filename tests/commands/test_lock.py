import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.content.signed.samples import CREDENTIALS, LOCK
from tests.signing import NOW, sign, tree, write_signed_site
from tests.sites import AWARDS, BADGE, BADGE_PATH, write_site

BASE = "https://badges.example.edu/"
DAY = timedelta(days=1)


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


def test_the_first_time_it_says_what_becomes_permanent(tmp_path: Path) -> None:
    assert lock(write_site(tmp_path, base_url=BASE)).stderr.splitlines() == [
        "once they are published, these are permanent:",
        f"  the address of the site, {BASE}, and its languages, it, en",
        "  the names of the issuers: example",
        "  the names of the badges: english-b2",
        "  2 awards, and what the badges awarded say: english-b2",
        "until then you can think again: remove content/published/, change what you like, and lock anew",
        "commit these files with the content",
    ]


def test_links_of_a_rehearsal_get_the_address_of_the_site(tmp_path: Path) -> None:
    people = tmp_path / "private/english-b2-2023-07-14.csv"
    write_site(tmp_path, base_url=BASE)
    people.parent.mkdir()
    foreign = "00000000-0000-4000-8000-000000000000"
    rows = "".join(
        f"a@example.org,A,B2,http://localhost:8000/awards/{award}/,{award}\n" for award in (*AWARDS, foreign)
    )
    people.write_text(f"email,name,badge,link,award\n{rows}", encoding="utf-8")
    assert f"gave the links in {people} the site's address" in lock(tmp_path).stderr
    text = people.read_text(encoding="utf-8-sig")
    assert [f"{BASE}awards/{award}/" in text for award in (*AWARDS, foreign)] == [True, True, False]
    assert "gave" not in lock(tmp_path).stderr


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


def test_what_a_merge_left_of_signed_files_is_resolved_to_both_sides(tmp_path: Path) -> None:
    earlier, later = (signed_at(tmp_path / name, moment) for name, moment in (("a", NOW), ("b", NOW + DAY)))
    both = b"<<<<<<< HEAD\n" + later + b"=======\n" + earlier + b">>>>>>> other\n"
    (tmp_path / "a" / CREDENTIALS).write_bytes(both)
    done = lock(tmp_path / "a")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [CREDENTIALS, LOCK]
    assert "the later was kept; run `badgesite sign`, which revokes the other" in done.stderr
    assert (tmp_path / "a" / CREDENTIALS).read_bytes() == later
    theirs, ours = ((tmp_path / name / LOCK).read_text(encoding="utf-8").splitlines() for name in ("b", "a"))
    assert set(theirs) < set(ours)
    assert lock(tmp_path / "a").stderr == "nothing was missing\n"


def signed_at(root: Path, moment: datetime) -> bytes:
    """A site that was signed then; gives its credentials."""
    sign(write_signed_site(root), moment, seed=moment.day)
    return (root / CREDENTIALS).read_bytes()


def test_a_line_that_a_merge_lost_is_added_for_a_credential_that_is_whole_and_for_no_other(tmp_path: Path) -> None:
    whole = signed_at(tmp_path, NOW)
    place = tmp_path / LOCK
    locked = place.read_bytes()
    without = b"".join(line for line in locked.splitlines(keepends=True) if b"#" not in line)
    place.write_bytes(without)
    (tmp_path / CREDENTIALS).write_bytes(whole.replace(b"Ada Esempio", b"Eve Esempio"))
    done = lock(tmp_path)
    assert done.returncode == 4
    assert done.stderr == (
        f"{CREDENTIALS}:1:1: the signature does not fit the document: a byte of it was changed (award {AWARDS[0]}); "
        f"take the file back from Git: git checkout -- {CREDENTIALS}\n"
    )
    assert place.read_bytes() == without
    (tmp_path / CREDENTIALS).write_bytes(whole)
    assert lock(tmp_path).returncode == 0
    assert place.read_bytes() == locked


@pytest.mark.parametrize("path", ["content/published", LOCK])
def test_lock_files_that_are_gone_from_under_credentials_are_not_begun_anew(tmp_path: Path, path: str) -> None:
    signed_at(tmp_path, NOW)
    gone = tmp_path / path
    gone.unlink() if gone.is_file() else shutil.rmtree(gone)
    before = tree(tmp_path)
    done = lock(tmp_path)
    assert done.returncode == 5
    assert "think again" not in done.stderr
    assert done.stderr.startswith(f"{path}: ")
    assert " gone, and 2 credentials are signed" in done.stderr
    assert done.stderr.endswith(f"; take it back from Git: git checkout -- {path}\n")
    assert tree(tmp_path) == before


def test_words_that_are_still_to_be_written_are_not_locked(tmp_path: Path) -> None:
    write_site(tmp_path, {BADGE_PATH: BADGE.replace("Inglese B2", "✎ Inglese B2")}, base_url=BASE)
    done = lock(tmp_path)
    assert done.returncode == 1
    assert f"{BADGE_PATH}:3:8: the text is not written yet (it begins with ✎), and becomes perm" in done.stderr
    assert not (tmp_path / "content/published").exists()
