"""An award that is cut off at any moment is mended by the next command: all of a batch or nothing, and nobody twice."""

import csv
import errno
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from badgesite.cli import run
from badgesite.content.reading import read_or_raise
from badgesite.model.award import hashed
from tests.killing import KILLED, Killer, begun, forked, run_killed
from tests.sites import AWARDS, write_site

BASE = "https://badges.example.edu/"
DRAFTS = "badge: english-b2\ndate: 2024-02-01\nawards:\n  - email: p0@x.org\n  - email: p1@x.org\n    name: New\n"
DRAFT_PATH = "content/awards/drafts.yaml"
ANOTHER = "another@x.org"

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks")


def people(folder: Path) -> list[dict[str, str]]:
    found = []
    for path in sorted(folder.glob("[!_]*.csv")):
        found += list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    return found


def leftovers(root: Path) -> list[Path]:
    """What only a run at work has in the site and in private/."""
    passing = ("_pending.tsv", "_lock")
    return [path for path in root.rglob("*") if path.name.startswith(".badgesite-") or path.name in passing]


def in_order(root: Path) -> set[str]:
    """Nothing is missing, doubled or left over, as if no run had been interrupted; gives the new holders' addresses."""
    reading = read_or_raise(root, drafts=True)
    assert reading.catalogue
    assert reading.warnings == ()
    recorded = {award.id: award for batch, award in reading.catalogue.each_award()}
    new = recorded.keys() - set(AWARDS)
    rows = people(root / "private")
    assert {row["award"] for row in rows} == new
    addresses = {row["email"] for row in rows}
    assert len(addresses) == len(rows) == len(new)
    for row in rows:
        recipient = recorded[row["award"]].recipient
        assert recipient.identity == hashed(row["email"], recipient.salt)
    locked = "".join(path.read_text() for path in (root / "content/published/batches").glob("*.lock"))
    assert all(identifier in locked for identifier in new)
    assert leftovers(root) == []
    known = (root / "private/_index.tsv").read_text().splitlines() if new else []
    assert {line.split("\t")[1] for line in known} - set(AWARDS) == new
    return addresses


Prepare = Callable[[Path], tuple[list[str], list[set[str]]]]
"""Writes what is to be awarded; gives the command, and whom each of its batches will hold."""


def short_list(root: Path) -> tuple[list[str], list[set[str]]]:
    rows = [(f"p{number}@x.org", f"2024-01-0{1 + number % 2}") for number in range(6)]
    return listed(root, rows), [{address for address, _ in rows[first::2]} for first in (0, 1)]


def long_list(root: Path) -> tuple[list[str], list[set[str]]]:
    rows = [(f"p{number}@x.org", "2024-01-01") for number in range(60)]
    return listed(root, rows), [{address for address, _ in rows}]


def draft_file(root: Path) -> tuple[list[str], list[set[str]]]:
    (root / DRAFT_PATH).write_text(DRAFTS)
    return ["-C", str(root), "award", str(root / DRAFT_PATH)], [{"p0@x.org", "p1@x.org"}]


def listed(root: Path, rows: list[tuple[str, str]]) -> list[str]:
    (root / "list.csv").write_text("email,date\n" + "".join(f"{address},{day}\n" for address, day in rows))
    return ["-C", str(root), "award", "english-b2", str(root / "list.csv")]


def killed(root: Path, last: int, command: list[str]) -> int:
    return run_killed(str(root), last, command)


def killed_without_links(root: Path, last: int, command: list[str]) -> int:
    """As on a disk that knows no hard links."""

    def refuse(source: str, target: Path) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), source)

    os.link = refuse  # type: ignore[assignment]  # in a process of its own
    return killed(root, last, command)


def cut_short(_: Path, last: int, command: list[str]) -> int:
    """Ends in the middle of the file numbered `last`, half of which has reached the disk."""
    numbers = count(1)

    def fsync(file: int) -> None:
        if next(numbers) == last:
            os.ftruncate(file, os.fstat(file).st_size // 2)
            os._exit(KILLED)

    os.fsync = fsync  # type: ignore[assignment]  # in a process of its own
    return run(command)


@needs_fork
@pytest.mark.parametrize(
    ("way", "prepare"),
    [
        (killed, short_list),
        (killed, long_list),
        (killed, draft_file),
        (cut_short, short_list),
        (cut_short, long_list),
        (cut_short, draft_file),
        (killed_without_links, short_list),
    ],
)
def test_an_award_killed_at_any_change_is_mended_by_the_next(
    tmp_path: Path, way: Callable[[Path, int, list[str]], int], prepare: Prepare
) -> None:
    for last in range(1, 200):
        root = write_site(tmp_path / f"{last}", base_url=BASE)
        command, batches = prepare(root)
        code = forked(lambda root=root, last=last, command=command: way(root, last, command))  # type: ignore[misc]
        if code != KILLED:
            assert code == 0
            assert last > 5
            break
        read_or_raise(root, drafts=True)
        assert forked(lambda command=command: run(command)) == 0  # type: ignore[misc]
        assert in_order(root) == set().union(*batches)
        shutil.rmtree(root)
    else:
        pytest.fail("the command never ended")


@needs_fork
def test_an_award_killed_at_any_of_fifty_random_moments_is_there_or_not_whatever_comes_next(tmp_path: Path) -> None:
    seed = random.randrange(1_000_000)
    print(f"seed {seed}")
    chance = random.Random(seed)
    lasting = {
        prepare: time_of(prepare, tmp_path / prepare.__name__) for prepare in (short_list, long_list, draft_file)
    }
    for number in range(50):
        root = write_site(tmp_path / f"{number}", base_url=BASE)
        prepare = chance.choice(list(lasting))
        command, batches = prepare(root)
        killed_after(root, command, chance.triangular(0, 1, 1) * lasting[prepare])  # most of the writing is late
        if chance.random() < 0.5:
            assert forked(lambda root=root: run(["-C", str(root), "award", "english-b2", ANOTHER])) == 0  # type: ignore[misc]
            holders = in_order(root)
            assert ANOTHER in holders
            assert all(batch <= holders or not batch & holders for batch in batches)
        assert forked(lambda command=command: run(command)) == 0  # type: ignore[misc]
        assert in_order(root) - {ANOTHER} == set().union(*batches)
        shutil.rmtree(root)


def time_of(prepare: Prepare, root: Path) -> float:
    """How many seconds a run takes from its first change."""
    command, _ = prepare(write_site(root, base_url=BASE))
    process, start = begun_to_change(root, command)
    assert os.waitpid(process, 0)[1] == 0
    return time.monotonic() - start


def killed_after(root: Path, command: list[str], seconds: float) -> None:
    """Run the command, and kill it so many seconds after its first change."""
    process, start = begun_to_change(root, command)
    time.sleep(max(start + seconds - time.monotonic(), 0))
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def begun_to_change(root: Path, command: list[str]) -> tuple[int, float]:
    """Begin the command, and wait for its first change; gives its process, and the time."""
    reader, teller = os.pipe()

    def work() -> int:
        sys.addaudithook(Killer(str(root), 1, lambda: os.write(teller, b"!")))
        return run(command)

    process = begun(work)
    os.close(teller)
    assert os.read(reader, 1)
    os.close(reader)
    return process, time.monotonic()


def test_awards_made_at_once_are_all_recorded(tmp_path: Path) -> None:
    root = write_site(tmp_path, base_url="https://badges.example.edu/")
    processes = []
    for number in range(4):
        (root / f"{number}.csv").write_text("email\n" + "".join(f"p{number}-{n}@x.org\n" for n in range(60)))
        private = tmp_path / ("private" if number % 2 else "other")
        words = ["award", "english-b2", str(root / f"{number}.csv"), "--private", str(private)]
        command = [sys.executable, "-m", "badgesite.cli", "-C", str(root), *words]
        processes.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True))
    told = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, told
    assert not any("interrupted" in words for words in told)
    reading = read_or_raise(root)
    assert reading.catalogue
    assert reading.warnings == ()
    new = {award.id for _, award in reading.catalogue.each_award()} - set(AWARDS)
    assert len(new) == 240
    known = [path.read_text().splitlines() for path in sorted(root.glob("*/_index.tsv"))]
    assert [len(lines) for lines in known] == [120, 120]
    assert {row["award"] for name in ("private", "other") for row in people(root / name)} == new
    assert leftovers(root) == []
