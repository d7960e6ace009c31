"""Runs `badgesite`, and ends it at once, as a power cut would, before the n-th change it makes to files in a folder.

python -m tests.killing FOLDER N ARGUMENTS...       N = 0: run to the end, and print the number of changes on stdout
"""

import os
import sys

from badgesite.cli import main

KILLED = 137
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.truncate", "os.chmod"}


class Killer:
    """Counts the changes below `folder`, and ends the process before the one numbered `last` (from 1)."""

    def __init__(self, folder: str, last: int) -> None:
        self.folder, self.last, self.count = folder, last, 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._is_change(event, arguments):
            return
        self.count += 1
        if self.count == self.last:
            os._exit(KILLED)

    def _is_change(self, event: str, arguments: tuple[object, ...]) -> bool:
        if event == "open":
            flags = arguments[2]
            return self._is_inside(arguments[0]) and isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))
        return event in _CHANGES and self._is_inside(arguments[0])

    def _is_inside(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and os.path.abspath(os.fsdecode(path)).startswith(self.folder)


def run() -> None:
    """Run the command line under a killer."""
    killer = Killer(os.path.abspath(sys.argv[1]), int(sys.argv[2]))
    sys.argv = ["badgesite", *sys.argv[3:]]
    sys.addaudithook(killer)
    try:
        main()
    finally:
        print(killer.count)


if __name__ == "__main__":
    run()
