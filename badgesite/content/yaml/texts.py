"""Bytes of a content file -> its characters, or the fault that keeps us from reading them."""

import re
from dataclasses import dataclass
from pathlib import Path

from badgesite.errors import Place, Problem

YAML_LIMIT = 1_000_000
_BATCHES = "content/awards/"
_MARKS = "delete only the three lines of marks, <<<<<<<, ======= and >>>>>>>"
_CONFLICT = re.compile(r"^(<{7}|>{7})( |$)", re.MULTILINE)
_UNWELCOME = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class UnreadableError(Exception):
    """Why a file cannot be read at all."""

    problem: Problem


def read_bytes(root: Path, path: str, limit: int) -> bytes:
    """The bytes of the file at `path` (POSIX, below `root`); UnreadableError if there are over `limit`, or none."""
    try:
        with open(root / path, "rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        reason = (error.strerror or "it is out of reach").lower()
        raise _unreadable(Place(path), f"the file cannot be read: {reason}") from error
    if len(data) > limit:
        raise _unreadable(Place(path), f"the file is larger than {limit // 1000:,} kB", "split it")
    return data


def decode(data: bytes, path: str) -> str:
    """The text of UTF-8 bytes, without byte order mark, with LF; UnreadableError for anything that no text may hold."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unreadable(Place(path, 1, 1), "the file is in UTF-16", "save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        what = f"the byte {data[error.start]:02x} is not UTF-8 (Windows-1252 perhaps)"
        raise _unreadable(_place_at(before, len(before), path), what, "save the file as UTF-8") from error
    text = _LINE_END.sub("\n", text)
    if found := _CONFLICT.search(text):
        what = "a merge stopped here: the file holds both sides"
        mend = "keep what is right of the two and remove the lines with <<<<<<<, ======= and >>>>>>>"
        if path.startswith(_BATCHES):
            mend = f"usually both sides are right: {_MARKS}"
        raise _unreadable(_place_at(text, found.start(), path), what, mend)
    if found := _UNWELCOME.search(text):
        what = f"the file holds the invisible character U+{ord(found[0]):04X}"
        raise _unreadable(_place_at(text, found.start(), path), what, "remove it")
    return text


def read_text(root: Path, path: str, limit: int = YAML_LIMIT) -> str:
    """The text of a file; UnreadableError says why there is none."""
    return decode(read_bytes(root, path, limit), path)


def _place_at(text: str, index: int, path: str) -> Place:
    before = text[:index]
    line = before.count("\n") + 1
    return Place(path, line, index - (before.rfind("\n") + 1) + 1)


def _unreadable(place: Place, what: str, mend: str = "") -> UnreadableError:
    return UnreadableError(Problem(place, what, mend))
