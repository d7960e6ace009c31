"""Artifacts to a folder: whole or not at all, untouched when equal, and only what badgesite wrote is ever removed.

Beside the output `site/` stands `.site.badgesite/`: what badgesite wrote there (`kept`), the lock of the run that
writes, what that run stages, and its journal (docs/formats.md, Output beside the site).
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from tempfile import mkdtemp

from badgesite.artifact import Artifact, Change, Written
from badgesite.errors import OutputError
from badgesite.files import INTO_STATE, INTO_TARGET, JOURNAL, alone, commit, finish, is_inside

_KEPT, _LOCK = "kept", "lock"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_STATE_ENDING = ".badgesite"
_KEPT_HEAD = "kept 1"
_NOT_OUTPUT = ("content", "keys", "themes", "private", ".git")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many files a run wrote, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


class Stage:
    """Takes artifacts one at a time; what differs from the folder `target` is put into the folder `fresh`, if any.

    Each process has a stage of its own on the same two folders.
    """

    def __init__(self, target: Path, fresh: Path | None) -> None:
        self.target, self.fresh = str(target), str(fresh / INTO_TARGET) if fresh else ""
        self._present: dict[str, bool] = {}
        self._made: set[str] = set()

    def put(self, artifact: Artifact) -> Written:
        """Stage an artifact if it differs; OutputError if it cannot be written."""
        path, data = artifact.path, artifact.data
        if not is_inside(path):
            raise OutputError(f'"{path}" cannot be the name of a file in {self.target}; name it otherwise')
        try:
            change = self._change(path, data)
            if change != "same" and self.fresh:
                self._make_folder(path.rpartition("/")[0])
                _write_new(f"{self.fresh}/{path}", data)
        except OSError as error:
            raise _unwritable(f"{self.target}/{path}", error) from error
        return Written(path, sha256(data).hexdigest(), len(data), artifact.listed, change)

    def _change(self, path: str, data: bytes) -> Change:
        if not self._is_present(path.rpartition("/")[0]):
            return "new"
        place = f"{self.target}/{path}"
        try:
            found = os.lstat(place)
        except FileNotFoundError:
            return "new"
        if not S_ISREG(found.st_mode):
            raise _in_the_way(place, "which is no file")
        if found.st_size != len(data):
            return "changed"
        with open(place, "rb", buffering=0) as file:
            return "same" if file.read() == data else "changed"

    def _is_present(self, folder: str) -> bool:
        """Whether the output has the folder; asked once for each."""
        known = self._present.get(folder)
        if known is None:
            known = not folder or (self._is_present(folder.rpartition("/")[0]) and self._is_folder(folder))
            self._present[folder] = known
        return known

    def _is_folder(self, folder: str) -> bool:
        place = f"{self.target}/{folder}"
        try:
            found = os.lstat(place)
        except FileNotFoundError:
            return False
        if not S_ISDIR(found.st_mode):
            raise _in_the_way(place, "which is no folder")
        return True

    def _make_folder(self, folder: str) -> None:
        """Make a folder of the stage, and those around it; without a look at the disk, for there are many."""
        if folder in self._made:
            return
        if folder:
            self._make_folder(folder.rpartition("/")[0])
        with suppress(FileExistsError):  # another process made it
            os.mkdir(f"{self.fresh}/{folder}")
        self._made.add(folder)


class Output:
    """An output folder that this run alone may change, and the folder where the run stages (`opened` gives it)."""

    def __init__(self, target: Path, state: Path, fresh: Path) -> None:
        self.target, self.state, self.fresh = target, state, fresh

    def stage(self) -> Stage:
        """A place for artifacts."""
        return Stage(self.target, self.fresh)

    def deliver(self, written: Iterable[Written]) -> Tally:
        """Put in place all that was staged, and remove what an earlier run wrote and this one did not make."""
        made = _distinct(written)
        kept = _kept(self.state)
        _refuse_foreign((path for path, change in made.items() if change != "new"), kept, self.target)
        removed = sorted(kept - made.keys())
        differing = sum(change != "same" for change in made.values())
        if differing or removed or not kept:
            with _explained(str(self.target)):
                self._prepare(made)
            commit(self.state, self.target, self.fresh, removed)
        return Tally(differing, len(made) - differing, len(removed))

    def _prepare(self, made: Iterable[str]) -> None:
        (self.fresh / INTO_STATE).mkdir()
        (self.fresh / INTO_TARGET).mkdir(exist_ok=True)
        lines = (_KEPT_HEAD, *sorted(made))
        (self.fresh / INTO_STATE / _KEPT).write_bytes("".join(f"{line}\n" for line in lines).encode())


@contextmanager
def opened(target: Path) -> Iterator[Output]:
    """The output folder `target`, to be delivered to once; nothing of an unfinished delivery stays.

    OutputError if the folder is not ours to write, or another run is writing it.
    """
    state = state_folder(target)
    _refuse_unfit(target, state)
    try:
        state.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "it is out of reach").lower()
        raise OutputError(f"{target} cannot be made: {reason}; look at the folder it is to lie in") from error
    with alone(state / _LOCK, f"another run is writing {target}; wait until it has ended"):
        with _explained(str(state)):
            _tidy(state, target)
            fresh = Path(mkdtemp(prefix="staged-", dir=state))
        try:
            yield Output(target, state, fresh)
        finally:
            if not (state / JOURNAL).exists():
                shutil.rmtree(fresh, ignore_errors=True)


def kept(target: Path) -> set[str]:
    """What an earlier run wrote into the output folder `target`; nothing if none did."""
    return _kept(state_folder(target))


def recover(target: Path) -> None:
    """Finish what a run that was killed had committed, and throw away what it had not."""
    state = state_folder(target)
    if state.is_dir():
        with alone(state / _LOCK, f"another run is writing {target}; wait until it has ended"), _explained(str(state)):
            _tidy(state, target)


def unfinished(root: Path) -> tuple[Path, ...]:
    """The outputs in the site's folder `root` that a run has committed to and not put in place yet; quickly found."""
    journals = sorted(root.glob(f".*{_STATE_ENDING}/{JOURNAL}"))
    return tuple(root / journal.parent.name[1 : -len(_STATE_ENDING)] for journal in journals)


def finish_killed(root: Path, target: Path) -> bool:
    """Put in place what a run that was killed had committed; False if another run is at it, or nothing of ours is."""
    state = state_folder(target)
    with ExitStack() as stack:
        try:
            refuse_place(root, target)
            stack.enter_context(alone(state / _LOCK, ""))
        except OutputError:
            return False
        if state.is_symlink() or target.is_symlink() or not (state / JOURNAL).exists():
            return False
        with _explained(str(state)):
            _tidy(state, target)
    return True


def refuse_place(root: Path, target: Path) -> None:
    """OutputError if `target` cannot be the output of the site in `root`: content, keys or the site itself."""
    way = (target.absolute(), *target.absolute().parents)
    for name in _NOT_OUTPUT:
        if any(_same(folder, root / name) for folder in way):
            raise OutputError(f"{target} lies in {name}/, which is not for output; give another folder, like site")
    if any(_same(target, folder) for folder in (root.absolute(), *root.absolute().parents)):
        raise OutputError(f"{target} is or holds the site's own folder; give a folder inside that, like site")


def state_folder(target: Path) -> Path:
    """Where badgesite keeps what it knows of the output folder `target`."""
    return target.absolute().parent / f".{target.absolute().name}{_STATE_ENDING}"


def _tidy(state: Path, target: Path) -> None:
    finish(state, target)
    for entry in state.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        elif entry.name not in (_KEPT, _LOCK):
            entry.unlink()


def _refuse_unfit(target: Path, state: Path) -> None:
    if target.is_symlink():
        raise OutputError(f"{target} is a link; give the folder that it leads to")
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError(f"{target} is not a folder; move it away, or give another folder with --out")
    if os.path.ismount(target):
        raise OutputError(f"{target} is a disk of its own, where files cannot be put by renaming; give a folder in it")
    ours = (state / _KEPT).exists() or (state / JOURNAL).exists()
    if not ours and any(target.iterdir()):
        raise OutputError(
            f"{target} holds files that badgesite did not write; empty it, or give another folder with --out"
        )


def _refuse_foreign(found: Iterable[str], kept: set[str], target: Path) -> None:
    foreign = sorted(path for path in found if path not in kept)
    if foreign:
        raise OutputError("\n".join(str(_in_the_way(f"{target}/{path}", "not badgesite's")) for path in foreign))


def _kept(state: Path) -> set[str]:
    """What an earlier run wrote; nothing if there was none. A list that is not ours to trust is refused."""
    try:
        head, *paths = (state / _KEPT).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return set()
    except ValueError:
        head, paths = "", []
    if head != _KEPT_HEAD or not all(map(is_inside, paths)):
        raise OutputError(f"{state / _KEPT} is damaged; remove {state} and the output folder, and build again")
    return set(paths)


def _distinct(written: Iterable[Written]) -> dict[str, Change]:
    """Each path and its change; OutputError if two would be one file where capitals do not count."""
    made: dict[str, Change] = {}
    seen: dict[str, str] = {}
    for item in written:
        other = seen.setdefault(item.path.casefold(), item.path)
        if other != item.path or item.path in made:
            raise OutputError(f"{item.path} and {other} would be one file on Windows; name one of them otherwise")
        made[item.path] = item.change
    return made


@contextmanager
def _explained(place: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unwritable(place, error) from error


def _unwritable(place: str, error: OSError) -> OutputError:
    return OutputError(f"{place} cannot be written: {error.strerror}; nothing was changed")


def _write_new(place: str, data: bytes) -> None:
    """As `open(place, "xb")` would, with half its calls to the system."""
    file = os.open(place, _NEW, 0o666)
    try:
        if os.write(file, data) != len(data):
            raise OSError(ENOSPC, os.strerror(ENOSPC))
    finally:
        os.close(file)


def _in_the_way(place: str, what: str) -> OutputError:
    return OutputError(f"{place} is in the way, {what}; move it away, or give another folder with --out")


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()
