"""Noticing changes."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from badgesite.preview.watch import Watch


@dataclass
class Noticed:
    """A watch on a folder, and how often it returned."""

    times: list[float] = field(default_factory=list)


@contextmanager
def watched(root: Path) -> Iterator[Noticed]:
    noticed = Noticed()
    watch = Watch(root)

    def follow() -> None:
        while True:
            watch.wait()
            noticed.times.append(time.monotonic())

    threading.Thread(target=follow, daemon=True).start()
    with watch:
        time.sleep(0.3)
        noticed.times.clear()
        yield noticed


def soon(what: Any, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(what())


def test_many_changes_at_once_are_one(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    with watched(tmp_path) as noticed:
        for number in range(20):
            (tmp_path / "content" / f"{number}.yaml").write_text("a")
            time.sleep(0.01)
        assert soon(lambda: noticed.times)
        time.sleep(0.6)
        assert len(noticed.times) == 1


def test_reading_and_files_beside_are_no_changes(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text("a")
    with watched(tmp_path) as noticed:
        (tmp_path / "content/site.yaml").read_text()
        (tmp_path / "notes.txt").write_text("b")
        time.sleep(0.8)
        assert not noticed.times


def test_a_folder_that_comes_later_or_is_replaced_is_watched(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    with watched(tmp_path) as noticed:
        (tmp_path / "themes").mkdir()
        assert soon(lambda: len(noticed.times) == 1)
        (tmp_path / "themes/a.html").write_text("a")
        assert soon(lambda: len(noticed.times) == 2)
        (tmp_path / "content").rename(tmp_path / "away")
        (tmp_path / "away").rename(tmp_path / "content")
        assert soon(lambda: len(noticed.times) == 3)
        (tmp_path / "content/site.yaml").write_text("a")
        assert soon(lambda: len(noticed.times) == 4)
