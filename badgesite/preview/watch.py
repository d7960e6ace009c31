"""Watching the folders that a site is made of, and waiting until they are quiet again."""

import time
from pathlib import Path
from threading import Event
from types import TracebackType

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

FOLDERS = ("content", "themes")
QUIET = 0.2
PATIENCE = 10
_COMING_AND_GOING = frozenset(["created", "deleted", "moved"])
_CHANGES = _COMING_AND_GOING | {"modified"}  # reading a file is an event too, and no change


class Watch:
    """Notices changes below content/ and themes/ of the folder `root`, also when they come or go as a whole."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._changed = Event()
        self._replaced = Event()
        try:
            self._observer = self._started(Observer())
        except OSError:  # the system gives out only so many watches: look at the files now and then instead
            self._observer = self._started(PollingObserver())

    def __enter__(self) -> "Watch":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._observer.stop()
        self._observer.join()

    def wait(self) -> None:
        """Return once something has changed and then rested for a moment (or did not rest for two seconds)."""
        while not self._changed.wait(0.5):
            pass  # in steps, for Windows hears Ctrl-C only between them
        for _ in range(PATIENCE):
            self._changed.clear()
            time.sleep(QUIET)
            if not self._changed.is_set():
                break
        self._changed.clear()
        if self._replaced.is_set():
            self._replaced.clear()
            self._observer.unschedule_all()
            self._follow(self._observer)

    def _started(self, observer: BaseObserver) -> BaseObserver:
        observer.start()
        try:
            self._follow(observer)
        except OSError:
            observer.stop()
            raise
        return observer

    def _follow(self, observer: BaseObserver) -> None:
        observer.schedule(_Folders(self._changed, self._replaced), str(self._root), recursive=False)
        for name in FOLDERS:
            folder = self._root / name
            if folder.is_dir():
                observer.schedule(_Files(self._changed), str(folder), recursive=True)


class _Files(FileSystemEventHandler):
    """Sets an event at each change."""

    def __init__(self, changed: Event) -> None:
        self._changed = changed

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _CHANGES:
            self._changed.set()


class _Folders(FileSystemEventHandler):
    """Sets two events when one of FOLDERS comes or goes; what else lies beside them is none of our business."""

    def __init__(self, changed: Event, replaced: Event) -> None:
        self._changed = changed
        self._replaced = replaced

    def on_any_event(self, event: FileSystemEvent) -> None:
        names = {Path(str(path)).name for path in (event.src_path, event.dest_path) if path}
        if event.event_type in _COMING_AND_GOING and names & set(FOLDERS):
            self._replaced.set()
            self._changed.set()
