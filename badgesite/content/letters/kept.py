"""Letters in private/notify/, or where an office wants them: a folder for each batch, put in place as one, forgotten.

A letter is called after its award, so that whoever forgets the award finds it; the mail merge beside them has a row
for each. Whatever else lies there is somebody's own, and left alone.
"""

import os
import shutil
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from email.parser import HeaderParser
from email.utils import getaddresses
from pathlib import Path

from badgesite import files
from badgesite.content.records import private
from badgesite.errors import OutputError
from badgesite.files import STRAY_PREFIX
from badgesite.model.scalars import is_award_id

FOLDER = "notify"
TABLE = "mail-merge.csv"
COLUMNS = (
    "email",
    "name",
    "language",
    "subject",
    "badge",
    "issuer",
    "date",
    "result",
    "valid_until",
    "link",
    "picture",
    "letter",
    "award",
)
ENDING = ".eml"
_STATE = f"{STRAY_PREFIX}letters"
_FRESH = "fresh"
_FILE_MODE, _FOLDER_MODE = 0o600, 0o700
_HEAD = 16_384  # bytes of a letter in which its header ends
Row = Sequence[str]
Written = tuple[str, bytes, Row]


def letter_file(award: str) -> str:
    """The name of the letter about an award."""
    return f"{award}{ENDING}"


def refuse_strange(place: Path, batches: Iterable[str]) -> None:
    """OutputError if something in the way of the letters of a batch is not as badgesite writes it."""
    for batch in batches:
        folder, table = place / batch, place / batch / TABLE
        if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
            raise OutputError(f"{folder} is no folder of letters; move it away, or choose another place with --out")
        if private.read_rows(table, COLUMNS) is None:
            raise OutputError(f"{table} is not as badgesite writes it (was it saved by a spreadsheet?); move it away")


def put_in_place(place: Path, letters: Iterable[tuple[str, Iterable[Written]]]) -> tuple[int, int]:
    """Write the letters of batches (slug; award, message and row of each) for their owner's eyes, all or none.

    Earlier letters of these batches go. Gives how many were written, and how many of the earlier ones went. A run that
    was cut off while it put them in place is finished first.
    """
    state = place / _STATE
    fresh = state / _FRESH
    written, removed = 0, list[str]()
    try:
        _recover(place)
        for folder in (place, state, fresh, fresh / files.INTO_TARGET):
            folder.mkdir(_FOLDER_MODE, exist_ok=True)
        for batch, each in letters:
            names = _stage(fresh / files.INTO_TARGET / batch, each)
            written += len(names) - (TABLE in names)
            removed += [f"{batch}/{name}" for name in _ours(place / batch) if name not in names]
        files.on_disk(fresh / files.INTO_TARGET)
        files.commit(state, place, fresh, removed)
    except OSError as error:
        raise files.out_of_place(error, place) from error
    finally:
        if not (state / files.JOURNAL).exists():
            shutil.rmtree(state, ignore_errors=True)
    return written, sum(name.endswith(ENDING) for name in removed)


def forget(folder: Path, awards: Collection[str], addresses: Collection[str] = ()) -> tuple[str, ...]:
    """Remove the letters below `folder` about these awards or to these addresses, also what a run cut off had left.

    Gives the files changed or removed, by their names in `folder`.
    """
    gone, changed = set(awards), list[Path]()
    for table in sorted(folder.rglob(TABLE)):
        rows = private.read_rows(table, COLUMNS) or []
        left = [row for row in rows if row[-1] not in gone and _plain(row[0]) not in addresses]
        gone.update(row[-1] for row in rows if _plain(row[0]) in addresses)
        if left != rows:
            changed.append(table)
            _rewrite(table, left)
    for letter in sorted(folder.rglob(f"*{ENDING}")):
        if letter.stem in gone or (addresses and not _receivers(letter).isdisjoint(addresses)):
            changed.append(letter)
            letter.unlink(missing_ok=True)
    for emptied in sorted({path.parent for path in changed} - {folder}, reverse=True):
        with suppress(OSError):
            emptied.rmdir()
    return tuple(path.relative_to(folder).as_posix() for path in changed)


def _recover(place: Path) -> None:
    """Finish or drop what a run that was cut off had begun."""
    state = place / _STATE
    if not files.finish(state, place):
        shutil.rmtree(state, ignore_errors=True)


def _stage(folder: Path, letters: Iterable[Written]) -> set[str]:
    """Write the letters of a batch, and its mail merge if there are any, into a folder; gives the names."""
    rows, names = [], set[str]()
    folder.mkdir(_FOLDER_MODE)
    for award, message, row in letters:
        names.add(letter_file(award))
        _write(folder / letter_file(award), message)
        rows.append([private.harmless(cell) for cell in row])
    if not rows:
        folder.rmdir()
        return names
    _write(folder / TABLE, private.people_text(rows, COLUMNS).encode())
    return {*names, TABLE}


def _write(path: Path, data: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE), "wb") as file:
        file.write(data)


def _ours(folder: Path) -> list[str]:
    """What an earlier run put into a folder."""
    names = sorted(path.name for path in folder.glob("*"))
    return [name for name in names if name == TABLE or (name.endswith(ENDING) and is_award_id(name[: -len(ENDING)]))]


def _rewrite(table: Path, rows: Sequence[Row]) -> None:
    if rows:
        private.write(table, private.people_text(rows, COLUMNS))
    else:
        table.unlink(missing_ok=True)


def _receivers(letter: Path) -> set[str]:
    """The addresses that a letter is to, as they are sent to and as people write them."""
    try:
        with letter.open("rb") as file:
            head = HeaderParser().parsestr(file.read(_HEAD).decode("utf-8", "replace"))
    except OSError:
        return set()
    found = {_plain(address) for _, address in getaddresses([str(to) for to in head.get_all("To", [])])}
    for address in tuple(found):
        local, _, domain = address.rpartition("@")
        with suppress(UnicodeError):
            found.add(f"{local}@{domain.encode().decode('idna')}")
    return found


def _plain(address: str) -> str:
    return private.plain(address).strip().lower()
