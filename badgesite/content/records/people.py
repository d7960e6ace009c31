"""What private/ knows of the holders of awards that are there already: looked up, put right, and forgotten.

A person stands in the file of their batch, or where an office has moved the row; each row is found by its award.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from badgesite.content.records import private
from badgesite.content.records.private import INDEX, Person


def known(folder: Path, awards: Collection[str]) -> dict[str, Person]:
    """The holders of these awards, as far as the files of people have them."""
    found = {}
    for path in _files(folder):
        for row in private.read_rows(path) or ():
            if row[-1] in awards:
                email, name, badge, link, award = map(private.plain, row)
                found[award] = Person(award, email, name or None, badge, link)
    return found


def put_right(folder: Path, people: Mapping[str, Sequence[Person]]) -> None:
    """Write what is known of holders now, given by batch, in place of what was; whom no file has joins their batch's.

    The index learns their addresses, and keeps the earlier ones until `settle`: the records may still have those.
    """
    rows_now = {person.award: private.row_of(person) for each in people.values() for person in each}
    pairs = {(person.email, person.award) for each in people.values() for person in each if person.email}
    private.prepare(folder)
    met: set[str] = set()
    for path in _files(folder):
        rows = private.read_rows(path) or []
        met.update(row[-1] for row in rows)
        fresh = [rows_now.get(row[-1], row) for row in rows]
        if fresh != rows:
            private.write(path, private.people_text(fresh))
    for batch, each in people.items():
        if joining := [rows_now[person.award] for person in each if person.award not in met]:
            path = private.people_file(folder, batch)
            there = private.read_rows(path)
            if there is None:
                private.move_aside(folder, batch)
            private.write(path, private.people_text([*(there or ()), *joining]))
    _write_index(folder, {*private.read_pairs(folder / INDEX), *pairs})


def settle(folder: Path, addresses: Mapping[str, str]) -> None:
    """The records have these addresses now, by award: the index forgets any other."""
    pairs = private.read_pairs(folder / INDEX)
    _write_index(folder, {(address, award) for address, award in pairs if addresses.get(award, address) == address})


def forget(folder: Path, awards: Collection[str], addresses: Collection[str] = ()) -> tuple[str, ...]:
    """Take out all that is known of these awards, and of whoever has one of these addresses; gives the files changed.

    A file of people that is left without any goes. One that is not as we write it stays as it is (`mentions`).
    """
    changed = []
    for path in _files(folder):
        rows = private.read_rows(path) or []
        left = [row for row in rows if row[-1] not in awards and _address(row) not in addresses]
        if left == rows:
            continue
        changed.append(path.name)
        if left:
            private.write(path, private.people_text(left))
        else:
            path.unlink(missing_ok=True)
    pairs = list(private.read_pairs(folder / INDEX))
    kept = [(address, award) for address, award in pairs if award not in awards and address not in addresses]
    if kept != pairs:
        changed.append(INDEX)
        _write_index(folder, kept)
    return tuple(changed)


def mentions(folder: Path, words: Collection[str]) -> tuple[str, ...]:
    """The files below `folder`, by their names in it, that still hold one of these words, in whatever spelling."""
    wanted = [word.lower().encode(encoding) for word in words if word for encoding in ("utf-8", "utf-16-le")]
    found = []
    for path in sorted(folder.rglob("*")):
        with suppress(OSError):
            data = path.read_bytes().lower() if path.is_file() else b""
            if any(word in data for word in wanted):
                found.append(path.relative_to(folder).as_posix())
    return tuple(found)


def _address(row: Sequence[str]) -> str:
    return private.plain(row[0]).strip().lower()


def _write_index(folder: Path, pairs: Collection[tuple[str, str]]) -> None:
    if set(private.read_pairs(folder / INDEX)) != set(pairs):
        private.write(folder / INDEX, private.tab_text(sorted(pairs)))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.csv"))
