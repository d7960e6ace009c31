"""The files below content/published/: what was ever published, a line each, never taken back (docs/formats.md)."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from badgesite.errors import OutputError, Place, Problem
from badgesite.model.signed import LARGEST_LIST, Entry

FIRST_LINE = "lock 1"
FOLDER = "published"
ENDING = ".lock"
SITE = f"{FOLDER}/site{ENDING}"
KINDS = ("issuers", "badges", "pages", "batches")

_BASE = r"base https://\S+"
_PICTURE = r"picture (?:png|svg)"
_CREDENTIAL = re.compile(r"[0-9a-f]{8}#([0-9]{1,18}) [0-9a-f]{64}")
_AWARD = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_LINES: Mapping[str, re.Pattern[str]] = {
    "site": re.compile(rf"{_BASE}|(?:language|translation) [a-z0-9-]+"),
    "issuers": re.compile(rf"{_BASE}|{_PICTURE}"),
    "pages": re.compile(_BASE),
    "badges": re.compile(rf"{_BASE}|{_PICTURE}|[0-9]+ [a-z_]+(?:\.[a-z0-9-]+)? [0-9a-f]{{64}}"),
    "batches": re.compile(
        rf"{_BASE}|badge [a-z0-9-]+|{_AWARD}(?: {_CREDENTIAL.pattern}| revoked| erased [0-9-]{{10}})?"
    ),
}
_ERASED = re.compile(r" erased (\S+)$")
_MARKS = re.compile(r"(<{7}|\|{7}|>{7})( .*)?|={7}")
_TAKE_BACK = "take the file back from Git; its lines are added by badgesite alone"

Places = Mapping[str, Place]


@dataclass(frozen=True, slots=True)
class LockFile:
    """One file: its lines without the first, whether a merge left its marks in it, and whether it is as we write it."""

    lines: frozenset[str]
    conflict: Place | None = None
    tidy: bool = True

    def values(self, word: str) -> frozenset[str]:
        """What follows `word` in the lines that begin with it."""
        return frozenset(line[len(word) + 1 :] for line in self.lines if line.startswith(f"{word} "))

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Award and credential of each line of a batch that tells of one."""
        for line in self.lines:
            if "#" in line and not line.startswith("base "):
                award, place, digest = line.split(" ")
                name, _, index = place.partition("#")
                yield award, Entry(name, int(index), digest)


def path_of(kind: str, slug: str) -> str:
    """The path of a lock file below content/."""
    return f"{FOLDER}/{kind}/{slug}{ENDING}"


def place_of(path: str, line: int = 0) -> Place:
    """The place of a lock file whose path is below content/."""
    return Place(f"content/{path}", line)


def line_of(award: str, entry: Entry) -> str:
    """The line of a batch that tells of a credential."""
    return f"{award} {entry.list}#{entry.index} {entry.digest}"


def nearest(places: Places, otherwise: Place, name: str) -> Place:
    """Where a field stands, `badge:b2.name.it`, or the nearest thing that is there; `otherwise` if nothing is."""
    while name not in places and "." in name:
        name = name.rpartition(".")[0]
    return places.get(name, otherwise)


def data_of(lines: Iterable[str]) -> bytes:
    """The bytes of a lock file with these lines."""
    return "".join(f"{line}\n" for line in (FIRST_LINE, *sorted(set(lines), key=str.encode))).encode()


def read_all(root: Path) -> tuple[dict[str, LockFile], tuple[Problem, ...]]:
    """Every lock file by its path below content/, sorted; problems are the damaged ones."""
    content = root / "content"
    found: dict[str, LockFile] = {}
    problems: list[Problem] = []
    paths = [(content / SITE, "site"), *((path, kind) for kind in KINDS for path in _files(content / FOLDER / kind))]
    for file, kind in paths:
        path = file.relative_to(content).as_posix()
        try:
            data = file.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise OutputError(f"content/{path} cannot be read: {error.strerror}") from error
        parsed = parse(path, kind, data)
        if isinstance(parsed, Problem):
            problems.append(parsed)
        else:
            found[path] = parsed
    return found, tuple(problems)


def of_kind(files: Mapping[str, LockFile], kind: str) -> Iterator[tuple[str, str]]:
    """Path and slug of each of these lock files that is of a kind."""
    before, after = path_of(kind, "\0").split("\0")
    for path in files:
        if path.startswith(before):
            yield path, path.removeprefix(before).removesuffix(after)


def published(root: Path, kind: str) -> frozenset[str]:
    """The slugs of a kind that were ever published."""
    return frozenset(file.name.removesuffix(ENDING) for file in _files(root / "content" / FOLDER / kind))


def published_languages(root: Path) -> tuple[str, ...]:
    """The languages in which the site was ever published, the first one first; none if its lock file cannot be read."""
    try:
        parsed = parse(SITE, "site", (root / "content" / SITE).read_bytes())
    except OSError:
        return ()  # of which `read_all` tells
    if not isinstance(parsed, LockFile):
        return ()
    return (*sorted(parsed.values("language")), *sorted(parsed.values("translation") - parsed.values("language")))


def parse(path: str, kind: str, data: bytes) -> LockFile | Problem:
    """A lock file, or what is wrong with it; either line ending, any order and a merge's marks are read."""
    try:
        written = data.decode().splitlines()
    except UnicodeDecodeError:
        return Problem(place_of(path), "the lock file is not text", _TAKE_BACK)
    marks = [number for number, line in enumerate(written, start=1) if _MARKS.fullmatch(line)]
    kept = [(number, line) for number, line in enumerate(written, start=1) if number not in set(marks)]
    if not kept or kept[0][1] != FIRST_LINE:
        newer = bool(kept) and re.fullmatch(r"lock [0-9]+", kept[0][1])
        mend = "use the version that wrote it" if newer else _TAKE_BACK
        return Problem(place_of(path, 1), f"the lock file does not begin with `{FIRST_LINE}`", mend)
    for number, line in kept:
        if line != FIRST_LINE and not _LINES[kind].fullmatch(line):
            return Problem(place_of(path, number), f'"{line[:80]}" is not a line of this lock file', _TAKE_BACK)
        if (written_day := _ERASED.search(line)) and not _is_day(written_day[1]):
            return Problem(place_of(path, number), f'"{line[:80]}" names no day', _TAKE_BACK)
        if (index := _index_in(line)) >= LARGEST_LIST:
            what = f"no status list has the index {index}: the largest ends at {LARGEST_LIST - 1}"
            return Problem(place_of(path, number), what, _TAKE_BACK)
    lines = frozenset(line for _, line in kept if line != FIRST_LINE)
    return LockFile(lines, place_of(path, marks[0]) if marks else None, data == data_of(lines))


def _index_in(line: str) -> int:
    """The index in a line that tells of a credential; 0 for any other."""
    found = _CREDENTIAL.search(line)
    return int(found[1]) if found else 0


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder / name for name in os.listdir(folder) if name.endswith(ENDING))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        path = f"content/{FOLDER}/{folder.name}"
        raise OutputError(f"{path} cannot be read: {error.strerror}; look at the folder's permissions") from error
