"""What private/ knows of the holders of awards that are there already: looked up, put right, and forgotten.

A person stands in the file of their batch, or where an office has moved the row; each row is found by its award.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from badgesite.content.letters import kept as kept_letters
from badgesite.content.records import private
from badgesite.content.records.private import INDEX, Person
from badgesite.model.award import Recipient

_CHANGING = "_changing.tsv"  # the new addresses of awards whose records are still to say so


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
    """Write what is known of holders now, given by batch; whom no file has joins their batch's.

    Another address comes beside the earlier one, in the files as in the index: until the records are in place, and
    `settle` is called, they may still have that. Meanwhile `_changing.tsv` says which address is new.
    """
    each = [person for persons in people.values() for person in persons]
    rows_now = {person.award: private.row_of(person) for person in each}
    pairs = {(_plain(person.email), person.award) for person in each if person.email}
    private.prepare(folder)
    _write_pairs(folder / _CHANGING, {*private.read_pairs(folder / _CHANGING), *pairs})
    met: set[str] = set()
    for path in _files(folder):
        rows = private.read_rows(path) or []
        met.update(row[-1] for row in rows)
        fresh = list(_beside(rows, rows_now))
        if fresh != rows:
            private.write(path, private.people_text(fresh))
    for batch, persons in people.items():
        if joining := [rows_now[person.award] for person in persons if person.award not in met]:
            path = private.people_file(folder, batch)
            there = private.read_rows(path)
            if there is None:
                private.move_aside(folder, batch)
            private.write(path, private.people_text([*(there or ()), *joining]))
    _write_pairs(folder / INDEX, {*private.read_pairs(folder / INDEX), *pairs})


def settle(folder: Path, recipients: Mapping[str, Recipient]) -> None:
    """Where a new address stands beside an earlier one, leave the one that the record has; `recipients` by award.

    Awards that are not among them stay as they are, until a run sees their records.
    """
    begun = {award: address for address, award in private.read_pairs(folder / _CHANGING)}
    has = {award: recipients[award].is_of(address) for award, address in begun.items() if award in recipients}
    if not has:
        return

    def stays(address: str, award: str) -> bool:
        return award not in has or (address == begun[award]) == has[award]

    for path in _files(folder):
        rows = private.read_rows(path) or []
        left = [row for row in rows if stays(_address(row), row[-1])]
        held = {row[-1] for row in left}
        kept = [row for row in rows if stays(_address(row), row[-1]) or row[-1] not in held]
        if kept != rows:
            private.write(path, private.people_text(kept))
    _write_pairs(folder / INDEX, {pair for pair in private.read_pairs(folder / INDEX) if stays(*pair)})
    _write_pairs(folder / _CHANGING, {(begun[award], award) for award in begun.keys() - has.keys()})


def forget(folder: Path, awards: Collection[str], addresses: Collection[str] = ()) -> tuple[str, ...]:
    """Take out all that is known of these awards, and of whoever has one of these addresses; gives the files changed.

    Letters about them go, and a file of people that is left without any. One that is not as we write it stays as it is
    (`mentions`).
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
    for name in (INDEX, _CHANGING):
        pairs = set(private.read_pairs(folder / name))
        kept = {(address, award) for address, award in pairs if award not in awards and address not in addresses}
        if kept != pairs:
            changed.append(name)
            _write_pairs(folder / name, kept)
    return (*changed, *kept_letters.forget(folder, awards, addresses))


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
    return _plain(private.plain(row[0]))


def _plain(address: str) -> str:
    return address.strip().lower()


def _beside(rows: Iterable[list[str]], rows_now: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """The rows, and behind the first of each award what is known now; an earlier row with the same address goes."""
    met: set[str] = set()
    for row in rows:
        now = rows_now.get(row[-1])
        if now is None or _address(row) != _address(now):
            yield row
        if now is not None and row[-1] not in met:
            met.add(row[-1])
            yield now


def _write_pairs(path: Path, pairs: Collection[tuple[str, str]]) -> None:
    """Write pairs of address and award where they differ; what only says what is under way goes with the last."""
    if set(private.read_pairs(path)) == set(pairs):
        return
    if pairs or path.name == INDEX:
        private.write(path, private.tab_text(sorted(pairs)))
    else:
        path.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.csv"))
