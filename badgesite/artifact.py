"""A file-to-be: what a maker gives and the writer puts in place, and what became of it."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Change = Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the output.

    `path` is POSIX, from the root of the site. `words` is what a stranger's eye or software can read in it, searched
    for e-mail addresses: the text itself for text files; empty for pictures, and for what says again to the letter what
    another file says.
    `listed` says whether anyone may find it: manifest.json names only those.
    """

    path: str
    data: bytes
    words: bytes = b""
    listed: bool = True


class Written(NamedTuple):
    """What became of an artifact: SHA-256 in hexadecimal, size in bytes, and how it differs from the output.

    A tuple, as processes send each other a hundred thousand of these.
    """

    path: str
    digest: str
    size: int
    listed: bool
    change: Change


def text_artifact(path: str, text: str, *, listed: bool = True) -> Artifact:
    """An artifact of UTF-8 text (LF line ends are the caller's)."""
    data = text.encode()
    return Artifact(path, data, words=data, listed=listed)
