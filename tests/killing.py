"""Ends a process at once, as a power cut would, before the n-th change it makes to files in a folder."""

import os
import sys
from collections.abc import Callable

from badgesite.cli import run

KILLED = 137
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.truncate", "os.chmod"}


class Killer:
    """Counts the changes below `folder`, and ends the process before the one numbered `last` (from 1).

    Or does something else: `then`.
    """

    def __init__(self, folder: str, last: int, then: Callable[[], object] = lambda: os._exit(KILLED)) -> None:
        self.folder, self.last, self.count, self.then = folder, last, 0, then

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._is_change(event, arguments):
            return
        self.count += 1
        if self.count == self.last:
            self.then()

    def _is_change(self, event: str, arguments: tuple[object, ...]) -> bool:
        if event == "open":
            flags = arguments[2]
            return self._is_inside(arguments[0]) and isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))
        return event in _CHANGES and self._is_inside(arguments[0])

    def _is_inside(self, path: object) -> bool:
        if not isinstance(path, str | os.PathLike):
            return False
        return f"{os.path.abspath(os.fsdecode(path))}{os.sep}".startswith(f"{self.folder}{os.sep}")


def forked(work: Callable[[], int]) -> int:
    """Run `work` in a process of its own; gives its exit code."""
    process = begun(work)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def begun(work: Callable[[], int]) -> int:
    """Begin `work` in a process of its own, out of sight of the terminal; gives its id."""
    process = os.fork()
    if not process:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            os._exit(work())
        finally:
            os._exit(99)
    return process


def run_killed(folder: str, last: int, arguments: list[str]) -> int:
    """Run the command line until the change numbered `last` in `folder`; its exit code if it ends before."""
    sys.addaudithook(Killer(folder, last))
    return run(arguments)
