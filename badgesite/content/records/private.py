"""private/: who the holders are, for the office alone; never in Git, and never needed to build.

`<batch>.csv` holds a batch's people for the mail merge; `_index.tsv` says which awards an address has. While a run is
between private/ and content/, `_pending.tsv` names the awards on their way, so that the next run can take back those
that never arrived; `_changing.tsv` (people.py) does so for new addresses. A batch's name never begins with an
underscore.
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from badgesite import files
from badgesite.errors import OutputError, UsageError
from badgesite.files import STRAY_PREFIX, write_whole

COLUMNS = ("email", "name", "badge", "link", "award")
PRINTED = "_printed"  # stands for the batch of records that were printed for pasting
INDEX, _PENDING, _LOCK = "_index.tsv", "_pending.tsv", "_lock"
_PUBLISHED = ("content", "keys", "themes", "site", ".git")  # in Git, or online
_FILE_MODE, _FOLDER_MODE = 0o600, 0o700
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Person:
    """The holder of an award: their address, their name if known, the badge's name, and the award's page."""

    award: str
    email: str
    name: str | None
    badge: str
    link: str


Index = Mapping[str, frozenset[str]]


def refuse_place(root: Path, folder: Path, what: str = "private/") -> None:
    """UsageError if `folder` cannot hold what is private in the site in `root`: it would be published, or hide it."""
    refuse_published(root, folder, what)
    if any(_same(folder.resolve(), place) for place in (root.resolve(), *root.resolve().parents)):
        raise UsageError(f"{what} cannot be or hold the site's own folder; choose a folder of its own")


def refuse_published(root: Path, place: Path, what: str) -> None:
    """UsageError if a file or folder that is private would lie where others see it."""
    way = (place.resolve(), *place.resolve().parents)
    for name in _PUBLISHED:
        if any(_same(above, root.resolve() / name) for above in way):
            raise UsageError(f"{what} cannot lie in {name}/, which others will see; choose another folder")
    for above in way:
        if _is_output(above) or above.name == ".git":
            raise UsageError(f"{what} cannot lie in {above}, which others will see; choose another folder")


def _same(one: Path, other: Path) -> bool:
    if str(one).casefold() == str(other).casefold():  # perhaps not yet there, on a disk where capitals do not count
        return True
    try:
        return one.samefile(other)
    except OSError:
        return False


def _is_output(place: Path) -> bool:
    """Whether `build` writes here, or keeps here what it knows of its output (see `writer.state_folder`)."""
    name = place.name
    return bool(name) and (
        (place.parent / f".{name}.badgesite").is_dir() or (name.startswith(".") and name.endswith(".badgesite"))
    )


@contextmanager
def alone(folder: Path, busy: str, attempts: int) -> Iterator[None]:
    """Hold the folder, whatever site writes to it; OutputError with the words `busy` if another run does.

    The folder is made if it is missing, and goes again if nothing was written to it.
    """
    missing = not folder.is_dir()
    _make(folder)
    try:
        with files.alone(folder / _LOCK, busy, attempts=attempts, stays=False):
            yield
    finally:
        if missing:
            with suppress(OSError):
                folder.rmdir()


def pending(folder: Path) -> frozenset[str]:
    """The awards that an interrupted run had on their way."""
    return frozenset(award for _, award in read_pairs(folder / _PENDING))


def read_index(folder: Path) -> Index:
    """The awards of each address, as far as they are known; lines that are none are passed over."""
    found: dict[str, frozenset[str]] = {}
    for address, award in read_pairs(folder / INDEX):
        found[address] = found.get(address, frozenset()) | {award}
    return found


def people_file(folder: Path, batch: str) -> Path:
    """Where the people of a batch stand."""
    return folder / f"{batch}.csv"


def write_people(
    folder: Path, batches: Mapping[str, Sequence[Person]], index: Index, real: Collection[str]
) -> tuple[str, ...]:
    """Write the people of new awards, by batch, and an index that holds them beside what `index` holds.

    `real` are the awards that are in content/: a file that has others is not ours to write into, and is moved aside.
    Call `settle` when the awards have arrived in content/. Gives the names that files were moved to.
    """
    if not batches and read_index(folder) == index:
        return ()
    prepare(folder)
    pending = [(batch, person.award) for batch, people in batches.items() if batch != PRINTED for person in people]
    note(folder, pending)
    moved = []
    for batch, people in batches.items():
        rows = read_rows(people_file(folder, batch))
        if rows is None or (not all(row[-1] in real for row in rows) and batch != PRINTED):
            moved.append(move_aside(folder, batch))
            rows = []
        write(people_file(folder, batch), people_text([*rows, *map(row_of, people)]))
    pairs = {(address, award) for address, awards in index.items() for award in awards}
    pairs |= {(person.email, person.award) for people in batches.values() for person in people}
    write(folder / INDEX, tab_text(sorted(pairs)))
    return tuple(moved)


def note(folder: Path, pairs: Sequence[tuple[str, str]]) -> None:
    """Note batch and award of each that is on its way into content/, or out of it."""
    if pairs:
        write(folder / _PENDING, tab_text(pairs))


def relink(folder: Path, awards: Collection[str], old: str, new: str) -> tuple[str, ...]:
    """Give links of these awards that begin with `old` the address `new` instead; gives the files changed."""
    changed = []
    for path in sorted(folder.glob("*.csv")):
        rows = (read_rows(path) or []) if _holds(path, old) else []
        links = [
            f"{new}{row[3].removeprefix(old)}" if row[3].startswith(old) and row[-1] in awards else row[3]
            for row in rows
        ]
        if links != [row[3] for row in rows]:
            fresh = [[*row[:3], link, row[-1]] for row, link in zip(rows, links, strict=True)]
            write(path, people_text(fresh))
            changed.append(path.name)
    return tuple(changed)


def _holds(path: Path, words: str) -> bool:
    try:
        return words.encode() in path.read_bytes()
    except OSError:
        return False


def settle(folder: Path) -> None:
    """The awards have arrived: nothing is pending."""
    with suppress(OSError):
        (folder / _PENDING).unlink(missing_ok=True)


def tidy(folder: Path, real: Collection[str]) -> tuple[str, ...]:
    """Take back what an interrupted run wrote for awards that never arrived in content/; gives the batches' names."""
    if not folder.is_dir():
        return ()
    for stray in folder.glob(f"{STRAY_PREFIX}*"):
        with suppress(OSError):
            stray.unlink(missing_ok=True)
    lost: dict[str, set[str]] = {}
    for batch, award in read_pairs(folder / _PENDING):
        if award not in real:
            lost.setdefault(batch, set()).add(award)
    gone = {award for awards in lost.values() for award in awards}
    if gone:
        pairs = [(address, award) for address, award in read_pairs(folder / INDEX) if award not in gone]
        write(folder / INDEX, tab_text(pairs))
    for batch, awards in lost.items():
        _take_back(people_file(folder, batch), awards)
    settle(folder)
    return tuple(sorted(lost))


def _take_back(path: Path, awards: Collection[str]) -> None:
    rows = read_rows(path)
    left = [row for row in rows or () if row[-1] not in awards]
    if left:
        write(path, people_text(left))
    elif rows:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def prepare(folder: Path) -> None:
    """Make the folder, for its owner only, and keep it out of Git wherever it lies."""
    _make(folder)
    if not (folder / ".gitignore").exists():
        write_whole(folder / ".gitignore", b"*\n")


def _make(folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=_FOLDER_MODE, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made: {error.strerror}; look at the permissions") from error


def move_aside(folder: Path, batch: str) -> str:
    """Give a file that is not ours another name; gives that."""
    number = 1
    while (target := folder / f"_{batch}-{number}.csv").exists():
        number += 1
    try:
        people_file(folder, batch).rename(target)
    except OSError as error:
        raise OutputError(f"{people_file(folder, batch)} cannot be moved: {error.strerror}; is it open?") from error
    return target.name


def write(path: Path, text: str) -> None:
    """Put a text in place that nobody but its owner may read."""
    write_whole(path, text.encode(), mode=_FILE_MODE)


def read_pairs(path: Path) -> Iterable[tuple[str, str]]:
    """The pairs of a file of two columns."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return
    for line in text.split("\n"):
        first, _, second = line.partition("\t")
        if first and second:
            yield first, second


def tab_text(pairs: Iterable[tuple[str, str]]) -> str:
    """A file of two columns."""
    return "".join(f"{first}\t{second}\n" for first, second in pairs)


def row_of(person: Person) -> list[str]:
    """A person as a row of a file of people."""
    cells = (person.email, person.name or "", person.badge, person.link, person.award)
    return [harmless(cell) for cell in cells]


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def plain(cell: str) -> str:
    """What a cell said before it was made `harmless`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def people_text(rows: Iterable[Sequence[str]], columns: Sequence[str] = COLUMNS) -> str:
    """A file of people."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return "\ufeff" + text.getvalue()  # Excel takes it for UTF-8 by its mark


def read_rows(path: Path, columns: tuple[str, ...] = COLUMNS) -> list[list[str]] | None:
    """The rows of a file of people; none if there is no file; None if it is not as we wrote it."""
    try:
        reader = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True)
        header, *rows = list(reader) or [[]]
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, csv.Error):
        return None
    return rows if tuple(header) == columns and all(len(row) == len(columns) for row in rows) else None
