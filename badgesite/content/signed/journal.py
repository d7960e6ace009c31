"""The journal of signed files and of records: what each was, what it is to be, and so whether that may still be put in
place.

Between a run that was cut off and the one that finishes it, anything may happen: a `git pull`, a `git reset`, an
edit. So a file is replaced only if it is as it was, and only while the records and keys are those that were signed
from; what is put in place is a link to what was staged, which stays, so that all of it can be done once more.
"""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from badgesite.content.signed.credential_files import batch_of
from badgesite.content.signed.status_files import list_at
from badgesite.errors import OutputError
from badgesite.files import JOURNAL, STRAY_PREFIX, is_inside, on_disk, out_of_place, remove_files, write_whole

Outcome = Literal["", "placed", "dropped"]
CONTENT = "content"
LOCKS = f"{CONTENT}/published/"
_RECORDS = re.compile(rf"{CONTENT}/awards/(?:.*/)?([^/]+)\.(?:yaml|csv)")
_BATCH_LOCKS = f"{LOCKS}batches/"
GONE = "-"  # in place of a digest: there is no such file
_SOURCES = (CONTENT, "keys")
_HEAD, _READY = "journal 2", "ready"
_DIGEST = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Target:
    """A file below content/: its SHA-256 before, and the one that it is to have."""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class _Journal:
    """What is staged in `stage`, where a target has the file of its number, made from `sources`."""

    stage: Path
    sources: str
    targets: tuple[Target, ...]

    def is_whole(self, number: int) -> bool:
        """Whether what was staged for a target is still there, to the letter."""
        new = self.targets[number].new
        return new == GONE or digest_at(self.stage / str(number)) == new


def begin(root: Path, state: Path, stage: Path, wanted: Mapping[Target, bytes | None], *, signed: bool = True) -> None:
    """Stage what is wanted in the folder `stage` of `state`, and write the journal; from then on, it counts.

    What is `signed` counts only for what it was signed from; records count whatever stands beside them.
    Lock files are put in place last, so that they never speak of what is not there.
    """
    targets = sorted(wanted, key=lambda target: (target.path.startswith(LOCKS), target.new == GONE))
    for number, target in enumerate(targets):
        data = wanted[target]
        if data is not None:
            (stage / str(number)).write_bytes(data)
            os.chmod(stage / str(number), _mode(root / target.path))
    on_disk(stage)
    lines = (
        _HEAD,
        stage.name,
        sources_of(root) if signed else GONE,
        *(f"{one.old} {one.new} {one.path}" for one in targets),
    )
    write_whole(state / JOURNAL, "".join(f"{line}\n" for line in lines).encode())


def _mode(path: Path) -> int:
    """The mode of a file, or the one of a new file."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return 0o644


def is_of_records(state: Path) -> bool:
    """Whether the journal in `state`, which is there, tells of records, and not of what was signed."""
    journal = _read(state)
    return journal is not None and journal.sources == GONE


def finish(root: Path, state: Path) -> Outcome:
    """Put in place what the journal tells of, or drop it if that would take back what came since; gives which of both.

    Dropped is what was signed from other records, and what would replace a file that is neither old nor new. Then the
    content counts as it stands, and what is due is found in it. Only what was begun of a batch is ended: else some of
    its credentials would be in none of its files, or credentials and lock lines without each other.
    """
    journal = _read(state)
    if journal is None:
        return ""
    standing = [digest_at(root / target.path) for target in journal.targets]
    pairs = list(zip(journal.targets, standing, strict=True))
    due = [number for number, (target, now) in enumerate(pairs) if now == target.old]
    foreign = [target for target, now in pairs if now not in (target.old, target.new)]
    clean = not due or journal.sources in (GONE, sources_of(root))
    whole = all(map(journal.is_whole, due))
    if foreign or not clean or not whole:
        begun = {_batch(target) for target, now in pairs if now == target.new} - {"", *map(_batch, foreign)}
        due = [number for number in due if _batch(journal.targets[number]) in begun] if whole else []
        outcome: Outcome = "dropped"
    else:
        outcome = "placed"
    try:
        for number in due:
            _place(root, state, journal, number)
        os.unlink(state / JOURNAL)
    except OSError as error:
        raise out_of_place(error, root) from error
    return outcome


def _batch(target: Target) -> str:
    """The slug of the batch whose records, credentials or lock lines a file holds; empty for any other."""
    if found := _RECORDS.fullmatch(target.path):
        return found[1]
    if target.path.startswith(_BATCH_LOCKS):
        return target.path.removeprefix(_BATCH_LOCKS).removesuffix(".lock")
    return (batch_of(target.path) or "").rpartition("/")[2].removesuffix(".yaml")


def _place(root: Path, state: Path, journal: _Journal, number: int) -> None:
    target = journal.targets[number]
    if target.new == GONE:
        remove_files(str(root), [target.path])
        return
    ready, staged, place = state / _READY, journal.stage / str(number), root / target.path
    with suppress(FileNotFoundError):
        os.unlink(ready)
    try:
        os.link(staged, ready)
    except OSError:  # a disk that knows no links
        shutil.copyfile(staged, ready)
        on_disk(ready)
    place.parent.mkdir(parents=True, exist_ok=True)
    os.replace(ready, place)


def _read(state: Path) -> _Journal | None:
    try:
        text = (state / JOURNAL).read_text("utf-8")
    except FileNotFoundError:
        return None
    except ValueError:
        text = ""
    head, stage, sources, *lines = text.splitlines() if text.count("\n") > 2 else ("", "", "")
    targets = [_target(line) for line in lines]
    if head != _HEAD or not is_inside(stage) or not text.endswith("\n") or None in targets:
        mend = f"take content/ back from Git, remove {state}, and run `badgesite sign`"
        raise OutputError(f"{state / JOURNAL} is damaged; {mend}")
    return _Journal(state / stage, sources, tuple(filter(None, targets)))


def _target(line: str) -> Target | None:
    old, _, rest = line.partition(" ")
    new, _, path = rest.partition(" ")
    is_sound = all(digest == GONE or (len(digest) == 64 and _DIGEST.issuperset(digest)) for digest in (old, new))
    return Target(path, old, new) if is_sound and is_target(path) else None


def is_target(path: str) -> bool:
    """Whether a path is for a file below content/, on every system."""
    return path.startswith(f"{CONTENT}/") and is_inside(path)


def digest_at(place: Path) -> str:
    """The SHA-256 of a file, or GONE."""
    try:
        return sha256(place.read_bytes()).hexdigest()
    except (FileNotFoundError, NotADirectoryError):
        return GONE
    except OSError as error:
        raise OutputError(f"{place} cannot be read: {error.strerror}; look at its permissions") from error


def sources_of(root: Path) -> str:
    """A digest of all that is signed from: the content that people write, and the public keys."""
    found = sha256()
    for folder in _SOURCES:
        for path in _written_by_people(root, folder):
            found.update(f"{path}\n{digest_at(root / path)}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _written_by_people(root: Path, folder: str) -> Iterator[str]:
    for above, folders, names in os.walk(root / folder):
        folders.sort()
        inside = Path(above).relative_to(root).as_posix()
        for path in (f"{inside}/{name}" for name in sorted(names) if not name.startswith((".", STRAY_PREFIX))):
            if not (path.startswith(LOCKS) or batch_of(path) or list_at(path) or path.endswith("~")):
                yield path
