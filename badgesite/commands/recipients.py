"""LIST, ADDRESS or - of `badgesite award`, read: the list's file, and a word about where it lies."""

import sys
from dataclasses import dataclass
from pathlib import Path

from badgesite.commands.console import Session
from badgesite.commands.git import is_ignored
from badgesite.errors import OutputError, Place, UsageError
from badgesite.lists.rows import Rows, make_row

HERE = Place("the command line")
_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")  # also of those that are refused with a mend


@dataclass(frozen=True, slots=True)
class Lists:
    """How lists are read: what comes first in dates, and which columns are passed over; lists in `private` lie well."""

    private: Path
    day_first: bool | None = None
    ignored: tuple[str, ...] = ()


def rows_of(
    session: Session, recipients: str | None, given: dict[str, str], to_print: bool, lists: Lists
) -> Rows | None:
    """The rows of a list, or the one of an address with its name among `given`; None if nobody named any.

    UsageError if it is neither list nor address.
    """
    if recipients is None:
        return None
    if "@" in recipients and not Path(recipients).is_file():
        name = {"name": given["name"]} if "name" in given else {}
        row, faults = make_row({"email": recipients, **name}, HERE, {})
        if faults:
            raise UsageError(problems=faults)
        return Rows((row,))
    if to_print or "name" in given:
        raise UsageError(f"--{'print' if to_print else 'name'} is for a single ADDRESS; a list has a column for names")
    rows = _list_rows(session, recipients, lists)
    if recipients != "-":
        warn_of_place(session, Path(recipients), lists.private)
    for note in rows.notes:
        session.warn(note)
    return rows


def _list_rows(session: Session, recipients: str, lists: Lists) -> Rows:
    from badgesite.lists.reading import read_list  # the reader of workbooks takes a while to load
    from badgesite.lists.table import MAX_BYTES

    if recipients == "-":
        data, name = sys.stdin.buffer.read(MAX_BYTES + 1), "stdin"
        return read_list(data, name, session.progress, lists.day_first, lists.ignored)
    data = read_file(recipients)
    return read_list(data, Path(recipients).name, session.progress, lists.day_first, lists.ignored)


def is_list(word: str) -> bool:
    """Whether a word of the command line names a list: standard input, or a file of a kind that lists have."""
    return word == "-" or word.lower().endswith(_ENDINGS)


def read_file(listed: str) -> bytes:
    """What the file of a list holds; OutputError if there is none to read, UsageError for a folder."""
    from badgesite.lists.table import MAX_BYTES

    try:
        with Path(listed).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise OutputError(f"there is no list {listed}, and it is no address; look at its path") from error
    except OSError as error:
        if Path(listed).is_dir():
            raise UsageError(f"{listed}: that is a folder; name the file in it") from error
        raise OutputError(f"{listed} cannot be read: {error.strerror}; is it open in another program?") from error


def warn_of_place(session: Session, path: Path, private: Path) -> None:
    """A list among the files of the site is a `git add .` away from everybody."""
    place = path.resolve()
    inside = place.is_relative_to(session.root.resolve()) and not place.is_relative_to(private.resolve())
    if inside and not is_ignored(place):
        mend = f"move it out of this folder, like ../{path.name}"
        session.warn(f"{path.name} lies where Git would take it up; {mend}")
