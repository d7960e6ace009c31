"""Files written whole: either all of a file is there under its name, or it is as it was; and the journal for many."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from badgesite.errors import OutputError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

STRAY_PREFIX = ".badgesite-"
JOURNAL = "journal"
INTO_TARGET, INTO_STATE = "target", "state"
_JOURNAL_HEAD = "journal 1"


def write_whole(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Put `data` at `path`, in place of what was there, at one stroke; folders are made. OutputError if it cannot."""
    with _beside(path, data, mode) as temporary:
        os.replace(temporary, path)


def write_new(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Put `data` at `path` at one stroke; FileExistsError if something is there already, OutputError if it cannot."""
    with _beside(path, data, mode) as temporary:
        if os.name == "nt":
            os.rename(temporary, path)  # Windows refuses to rename onto a file
        else:
            os.link(temporary, path)


@contextmanager
def _beside(path: Path, data: bytes, mode: int) -> Iterator[str]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=STRAY_PREFIX, delete=False) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(file.name, mode)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}; look at the folder's permissions") from error
    try:
        yield file.name
    except FileExistsError:
        raise
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}; is it open in another program?") from error
    finally:
        with suppress(FileNotFoundError):
            os.unlink(file.name)


@contextmanager
def alone(path: Path, busy: str) -> Iterator[None]:
    """Hold the lock file `path`, which is made and stays; OutputError with the words `busy` if another process does.

    The system lets go of it when the process ends, however it ends.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}; look at the folder's permissions") from error
    try:
        _lock(file, busy)
        yield
    finally:
        os.close(file)


def _lock(file: int, busy: str) -> None:
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise OutputError(busy) from error


def commit(state: Path, target: Path, fresh: Path, removed: Iterable[str]) -> None:
    """Change the folder `target` as one: put in place what lies in `fresh`, and remove `removed`.

    `fresh` is a folder in `state`: what is below its `target` goes to `target`, what is below its `state` to `state`.
    `removed` are POSIX paths from `target`, folders left empty go as well. Before the journal is there, nothing has
    happened; from then on `finish` does it all, here or in the next run. All three must be on one file system.
    """
    lines = (_JOURNAL_HEAD, fresh.name, *removed)
    write_whole(state / JOURNAL, "".join(f"{line}\n" for line in lines).encode())
    finish(state, target)


def finish(state: Path, target: Path) -> bool:
    """Do what a journal in `state` says, if there is one; whether there was. Every step may be done again."""
    try:
        head, fresh, *removed = (state / JOURNAL).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return False
    except ValueError:
        head, fresh, removed = "", "", []
    if head != _JOURNAL_HEAD or not is_inside(fresh) or not all(map(is_inside, removed)):
        raise OutputError(f"{state / JOURNAL} is damaged; remove {target} and {state}, and build again")
    try:
        _merge(str(state / fresh / INTO_TARGET), str(target))
        _remove(str(target), removed)
        _merge(str(state / fresh / INTO_STATE), str(state))
        shutil.rmtree(state / fresh, ignore_errors=True)
        os.unlink(state / JOURNAL)
    except OSError as error:
        place = error.filename2 or error.filename or target
        raise OutputError(
            f"{place} cannot be put in place: {error.strerror}; mend that and run the command again, which finishes it"
        ) from error
    return True


def is_inside(path: str) -> bool:
    """Whether `path` is a plain POSIX path that stays below the folder it starts from, on every system."""
    parts = path.split("/")
    return path.isprintable() and not any(part in ("", ".", "..") for part in parts) and not set(path) & {"\\", ":"}


def has_link(folder: str, path: str) -> bool:
    """Whether a folder on the way from `folder` down to `path` is a link, so that it leads elsewhere."""
    while path:
        if os.path.islink(f"{folder}/{path}"):
            return True
        path = path.rpartition("/")[0]
    return False


def _merge(source: str, target: str) -> None:
    """Move a file or folder to its place; a folder that is there already gets what lies in the new one."""
    if not os.path.lexists(source):
        return  # moved by an earlier run
    if not os.path.isdir(source):
        os.replace(source, target)
    elif not os.path.lexists(target):
        os.rename(source, target)
    else:
        for name in sorted(os.listdir(source)):
            _merge(f"{source}/{name}", f"{target}/{name}")
        os.rmdir(source)


def _remove(target: str, paths: Iterable[str]) -> None:
    """Remove files, and the folders that this leaves empty; what lies behind a link is not ours."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder not in folders and has_link(target, folder):
            continue
        folders.add(folder)
        if not os.path.isdir(f"{target}/{path}"):
            with suppress(FileNotFoundError, NotADirectoryError):
                os.unlink(f"{target}/{path}")
    for folder in sorted(folders, key=len, reverse=True):
        _remove_empty(target, folder)


def _remove_empty(target: str, folder: str) -> None:
    while folder:
        try:
            os.rmdir(f"{target}/{folder}")
        except FileNotFoundError:
            pass
        except OSError:
            return  # something else lies in it
        folder = folder.rpartition("/")[0]
