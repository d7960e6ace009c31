"""Run a command and measure it: seconds, and the peak of memory of all its processes together and of the largest."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event, Thread

_EVERY = 0.02  # seconds between two looks at the processes
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds, and bytes of memory (resident) at their peak; 0 where the system does not tell."""

    seconds: float
    together: int
    largest: int


def measure(command: Sequence[str | Path], folder: Path, variables: Mapping[str, str] | None = None) -> Run:
    """Run `command` in `folder` to its end, on a disk at rest; what it says is shown only if it fails.

    `variables` come to those of the environment.
    """
    if hasattr(os, "sync"):
        os.sync()
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=folder,
        env={**os.environ, **(variables or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    peaks, ended = [0, 0], Event()
    watcher = Thread(target=_watch, args=(process.pid, peaks, ended))
    watcher.start()
    said, _ = process.communicate()
    seconds = time.perf_counter() - start
    ended.set()
    watcher.join()
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{said.decode(errors='replace')}")
    return Run(seconds, peaks[0], peaks[1])


def middle(runs: Sequence[Run]) -> Run:
    """The median of some runs, each figure by itself."""
    return Run(
        median(run.seconds for run in runs),
        int(median(run.together for run in runs)),
        int(median(run.largest for run in runs)),
    )


def _watch(first: int, peaks: list[int], ended: Event) -> None:
    while not ended.wait(_EVERY):
        sizes = [_resident(pid) for pid in _family(first)]
        peaks[0] = max(peaks[0], sum(sizes))
        peaks[1] = max(peaks[1], *sizes, 0)


def _family(first: int) -> list[int]:
    """A process and all its descendants (Linux; elsewhere only itself)."""
    family = [first]
    for pid in family:
        try:
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                family += map(int, children.read_text().split())
        except OSError:
            continue  # it ended while we looked
    return family


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
