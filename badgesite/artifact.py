"""A file-to-be: what a maker gives and the writer puts in place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the output.

    `path` is POSIX, from the root of the site. `words` is what a stranger's eye or software can read in it, searched
    for e-mail addresses: the text itself for text files, the baked payload for pictures, empty for the rest.
    `listed` says whether anyone may find it: manifest.json names only those.
    """

    path: str
    data: bytes
    words: bytes = b""
    listed: bool = True


def text_artifact(path: str, text: str, *, listed: bool = True) -> Artifact:
    """An artifact of UTF-8 text (LF line ends are the caller's)."""
    data = text.encode()
    return Artifact(path, data, words=data, listed=listed)
