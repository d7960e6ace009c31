"""Files written whole: either all of a file is there under its name, or it is as it was."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from badgesite.errors import OutputError

STRAY_PREFIX = ".badgesite-"


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
