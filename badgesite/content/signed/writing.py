"""Putting in place, as one, what `sign` made: all of it or nothing, whenever the run ends (docs/formats.md).

What is to come is written into `.content.badgesite/` beside content/; then the journal, from which moment it counts;
then each file is put in place, lock files last. Until that is done, nobody reads the content (`unfinished`).
"""

import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from tempfile import mkdtemp

from badgesite.content.signed.credential_files import batch_of, changes
from badgesite.content.signed.status_files import file_text, list_at
from badgesite.errors import OutputError
from badgesite.files import INTO_LAST, INTO_TARGET, JOURNAL, commit, is_inside, write_whole
from badgesite.files import finish as finish_journal
from badgesite.model.catalogue import Catalogue

STATE = ".content.badgesite"
_CONTENT = "content/"
_LOCKS = f"{_CONTENT}published/"


def write_signed(root: Path, wanted: Mapping[str, bytes | None]) -> tuple[str, ...]:
    """Put `wanted` in place as one: POSIX paths below content/, each with its bytes, or None for a file that goes.

    Gives the paths that differed; what is equal is not touched. Only for a run that alone writes content/.
    OutputError if it cannot be done: then nothing has changed, or `finish` goes on where this has ended.
    """
    finish(root)
    differing = {path: data for path, data in wanted.items() if _differs(root / path, data)}
    if differing:
        state = root / STATE
        try:
            fresh = _staged(state, differing)
            removed = [path.removeprefix(_CONTENT) for path, data in differing.items() if data is None]
            commit(state, root / "content", fresh, removed, _mend(state))
        finally:
            _clear(root)
    return tuple(differing)


def settled(root: Path, catalogue: Catalogue, merged: Collection[str]) -> dict[str, bytes | None]:
    """The files at the paths `merged`, in which a merge left both sides, as they are to be: for `write_signed`."""
    files: dict[str, bytes | None] = {}
    for batch in catalogue.batches.values():
        if any(batch_of(path) == batch.path for path in merged):
            signed = (catalogue.credentials.get(award.id) for award in batch.awards)
            files |= changes(root, batch.path, filter(None, signed))
    for path in merged:
        if named := list_at(path):
            files[path] = file_text(catalogue.status_lists[named])
    return files


def unfinished(root: Path) -> bool:
    """Whether a run was cut off while it put its files in place."""
    return (root / STATE / JOURNAL).exists()


def refuse_unfinished(root: Path) -> None:
    """OutputError if a run was cut off while it put its files in place, so that content/ is neither old nor new."""
    if unfinished(root):
        what = "`badgesite sign` was cut off here while it put its files in place"
        raise OutputError(f"{what}; run `badgesite sign`, which finishes it")


def finish(root: Path) -> bool:
    """Put in place what a run that was cut off had committed, and throw away what it had not; whether it had."""
    state = root / STATE
    found = finish_journal(state, root / "content", _mend(state))
    _clear(root)
    return found


def _mend(state: Path) -> str:
    return f"take content/ back from Git, remove {state}, and run `badgesite sign`"


def _differs(place: Path, data: bytes | None) -> bool:
    if data is None:
        return os.path.lexists(place)
    try:
        return place.stat().st_size != len(data) or place.read_bytes() != data
    except FileNotFoundError:
        return True
    except OSError as error:
        raise OutputError(f"{place} cannot be read: {error.strerror}; look at its permissions") from error


def _staged(state: Path, files: Mapping[str, bytes | None]) -> Path:
    """The folder in `state` where all is written that is to come; none but us may look into it."""
    if astray := [path for path in files if not path.startswith(_CONTENT) or not is_inside(path)]:
        raise OutputError(f'"{astray[0]}" is no name for a file on every system; rename its folder')
    try:
        state.mkdir(mode=0o700, exist_ok=True)
        fresh = Path(mkdtemp(prefix="staged-", dir=state))
    except OSError as error:
        raise OutputError(f"{state} cannot be made: {error.strerror}; look at the folder's permissions") from error
    for path, data in files.items():
        part = INTO_LAST if path.startswith(_LOCKS) else INTO_TARGET
        if data is not None:
            write_whole(fresh / part / path.removeprefix(_CONTENT), data)
    return fresh


def _clear(root: Path) -> None:
    """Throw away what was staged, unless it counts already."""
    if not unfinished(root):
        shutil.rmtree(root / STATE, ignore_errors=True)
