"""Files written whole: either all of a file is there under its name, or it is as it was; and the journal for many."""

import errno
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
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
_NO_NAMES = frozenset(("", ".", ".."))
_MANY = 200  # files; to wait for each takes the disk about a second
_PAUSE = 0.1  # seconds between two attempts at a lock
_TAKEN = frozenset((errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES))
_UNKNOWN = frozenset((errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS))
_NO_LINKS = _UNKNOWN | {errno.EPERM}  # exFAT, and some disks of other machines
_NO_LOCKS = _UNKNOWN | {errno.ENOLCK}
_MENDS: Mapping[int, str] = {
    errno.EACCES: "look at the permissions, and whether another program has it open",
    errno.EPERM: "look at the permissions, and whether another program has it open",
    errno.EEXIST: "a file stands where a folder is needed; move it away",
    errno.ENOTDIR: "a file stands where a folder is needed; move it away",
    errno.ENOSPC: "make room on the disk",
    errno.EROFS: "the disk can only be read; choose another place",
}


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
            _link(temporary, path)


def _link(temporary: str, path: Path) -> None:
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        with alone(path.parent / f"{STRAY_PREFIX}{path.name}.lock", f"another run is writing {path}", stays=False):
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
            os.rename(temporary, path)


@contextmanager
def _beside(path: Path, data: bytes, mode: int) -> Iterator[str]:
    name = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=STRAY_PREFIX, delete=False) as file:
            name = file.name
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        yield name
    except FileExistsError as error:
        if name is None:
            raise _unwritable(path, error) from error  # a file stands where a folder is needed
        raise
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        if name is not None:
            with suppress(OSError):
                os.unlink(name)


def _unwritable(path: Path, error: OSError) -> OutputError:
    mend = _MENDS.get(error.errno or 0, "look at the folder and its disk")
    return OutputError(f"{path} cannot be written: {error.strerror}; {mend}")


@contextmanager
def alone(path: Path, busy: str, *, attempts: int = 1, stays: bool = True) -> Iterator[None]:
    """Hold the lock file `path`; OutputError with the words `busy` if another process does, at every attempt.

    Attempts are a tenth of a second apart. The file is made, and removed in the end unless it `stays`. The system lets
    go of it when the process ends, however it ends. Where the disk knows no locks, nothing is held.
    """
    file = _locked(path, busy, attempts)
    try:
        yield
    finally:
        if not stays and os.name != "nt":
            with suppress(OSError):
                os.unlink(path)  # before letting go: from now on, whoever waited for this file takes a new one
        os.close(file)
        if not stays and os.name == "nt":
            with suppress(OSError):
                os.unlink(path)  # Windows removes no file that anyone has open


def _locked(path: Path, busy: str, attempts: int) -> int:
    for left in reversed(range(attempts)):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise _unwritable(path, error) from error
        try:
            if _takes(file, path) and _is_at(file, path):
                return file
        except BaseException:
            os.close(file)
            raise
        os.close(file)
        if left:
            time.sleep(_PAUSE)
    raise OutputError(busy)


def _takes(file: int, path: Path) -> bool:
    """Lock an open file; False if another process has it. A disk without locks has nobody to wait for."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        if error.errno not in _NO_LOCKS:
            raise OutputError(f"{path} cannot be locked: {error.strerror}; look at its disk") from error
    return True


def _is_at(file: int, path: Path) -> bool:
    """Whether the open file is still the one that stands at `path`: its last holder may have removed it."""
    try:
        return os.path.samestat(os.fstat(file), os.stat(path))
    except FileNotFoundError:
        return False


def commit(state: Path, target: Path, fresh: Path, removed: Iterable[str]) -> None:
    """Change the folder `target` as one: put in place what lies in `fresh`, and remove `removed`.

    `fresh` is a folder in `state`: what is below its `target` goes to `target`, what is below its `state` to `state`.
    `removed` are POSIX paths from `target`, folders left empty go as well. Before the journal is there, nothing has
    happened; from then on `finish` does it all, here or in the next run. All three must be on one file system.

    Whatever the power does, what is below `state` is on the disk before the journal is; the rest is where the caller
    has seen to it (decision 014).
    """
    on_disk(fresh / INTO_STATE)
    lines = (_JOURNAL_HEAD, fresh.name, *removed)
    write_whole(state / JOURNAL, "".join(f"{line}\n" for line in lines).encode())
    finish(state, target)


def on_disk(place: Path) -> None:
    """Wait until the disk has a file, or all below a folder; OutputError if it fails.

    Where there are many, once for all that the machine has to write, if it waits for that, as only Linux promises.
    """
    paths = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    if len(paths) > _MANY and sys.platform == "linux":
        os.sync()
        return
    for path in paths:
        try:
            with open(path, "rb+") as file:  # Windows does it only for a file that may be written
                os.fsync(file.fileno())
        except OSError as error:
            raise _unwritable(path, error) from error


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
        remove_files(str(target), removed)
        _merge(str(state / fresh / INTO_STATE), str(state))
        shutil.rmtree(state / fresh, ignore_errors=True)
        os.unlink(state / JOURNAL)
    except OSError as error:
        raise out_of_place(error, target) from error
    return True


def out_of_place(error: OSError, otherwise: Path) -> OutputError:
    """What to tell when a journal cannot be finished, with the file in the way, or `otherwise` the folder."""
    place = error.filename2 or error.filename or otherwise
    return OutputError(
        f"{place} cannot be put in place: {error.strerror}; mend that and run the command again, which finishes it"
    )


def is_inside(path: str) -> bool:
    """Whether `path` is a plain POSIX path that stays below the folder it starts from, on every system."""
    plain = path.isprintable() and "\\" not in path and ":" not in path
    return plain and _NO_NAMES.isdisjoint(path.split("/"))


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


def remove_files(target: str, paths: Iterable[str]) -> None:
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
