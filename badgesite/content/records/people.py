"""What private/ knows of the holders of awards that are there already: looked up, put right, and forgotten.

A person stands in the file of their batch, or where an office has moved the row; each row is found by its award.
"""

from collections.abc import Collection, Mapping, Sequence
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


def _write_index(folder: Path, pairs: Collection[tuple[str, str]]) -> None:
    if set(private.read_pairs(folder / INDEX)) != set(pairs):
        private.write(folder / INDEX, private.tab_text(sorted(pairs)))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.csv"))
