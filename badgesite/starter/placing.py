"""Putting the first files of a site into a folder: all of them or none, and nothing of what was there is lost."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from badgesite.errors import OutputError
from badgesite.files import STRAY_PREFIX, write_whole

CONTENT = "content"
GROWING = (".gitignore", ".gitattributes")


def place(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Put `files` into `folder`, content/ last and at one stroke; gives the paths that were there and stay as they are.

    OutputError, with nothing touched, if the folder holds a site already. Files that list patterns get the lines they
    lack.
    """
    if os.path.lexists(folder / CONTENT):
        raise OutputError(f"{(folder / CONTENT).as_posix()} is there already; choose another folder for a new site")
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder.as_posix()} is a file; choose another name for the folder")
    beside = {path: data for path, data in files.items() if not path.startswith(f"{CONTENT}/")}
    kept = tuple(path for path, data in beside.items() if path not in GROWING and _is_anothers(folder / path, data))
    _remove_strays(folder, beside)
    with _undoing(folder, [path for path in beside if path not in kept]):
        stage = Path(mkdtemp(prefix=f"{STRAY_PREFIX}init-", dir=folder))
        try:
            for path in sorted(files.keys() - beside.keys()):
                write_whole(stage / path, files[path])
            for path in sorted(beside.keys() - set(kept)):
                write_whole(folder / path, _grown(folder / path, beside[path]))
            os.rename(stage / CONTENT, folder / CONTENT)
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    return kept


def _is_anothers(path: Path, data: bytes) -> bool:
    return os.path.lexists(path) and not (path.is_file() and path.read_bytes() == data)


def _remove_strays(folder: Path, paths: Iterable[str]) -> None:
    """Take away what a run that was cut off has left."""
    for place in sorted({folder, *((folder / path).parent for path in paths)}):
        for stray in place.glob(f"{STRAY_PREFIX}*"):
            shutil.rmtree(stray) if stray.is_dir() else stray.unlink()


def _grown(path: Path, lines: bytes) -> bytes:
    """What is at `path` and the lines it lacks; all of them if nothing is there."""
    if not path.is_file():
        return lines
    old = path.read_bytes()
    present = {line.strip() for line in old.splitlines()}
    new = [line for line in lines.splitlines() if line.strip() and line.strip() not in present]
    start = old if not old or old.endswith(b"\n") else old + b"\n"
    return start + b"".join(line + b"\n" for line in new)


@contextmanager
def _undoing(folder: Path, paths: list[str]) -> Iterator[None]:
    """Make the folder; if the block fails, all is as it was: what was at the paths, and no folder more."""
    before = {path: (folder / path).read_bytes() if (folder / path).is_file() else None for path in paths}
    made = _missing_folders(folder, paths)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for path, data in before.items():
            with suppress(OSError, OutputError):
                (folder / path).unlink(missing_ok=True) if data is None else write_whole(folder / path, data)
        for new in made:
            with suppress(OSError):
                new.rmdir()
        raise


def _missing_folders(folder: Path, paths: list[str]) -> list[Path]:
    """The folders that are not there yet, the deepest first."""
    wanted = {parent for path in paths for parent in (folder / path).parents}
    return sorted((path for path in wanted if not path.exists()), key=lambda path: len(path.parts), reverse=True)
