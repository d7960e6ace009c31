"""What was published earlier: an output folder, or the manifest of a site online."""

import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from badgesite.errors import FetchError, FormatError, OutputError
from badgesite.plan import MANIFEST
from badgesite.served import Fetch

Read = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Earlier:
    """Files by path with their size, from the root of the site; `read` gives the bytes of one, None if it is not there.

    `folder` is where they lie; None for a site online, of which only `listed` files are known: those that anyone may
    find, with their SHA-256. `awards` is one digest over all awards, "" if nobody says.
    """

    name: str
    sizes: Mapping[str, int]
    listed: Mapping[str, str]
    awards: str
    read: Read
    folder: Path | None = None


def in_folder(folder: Path, ours: Collection[str]) -> Earlier:
    """An output folder, there or not; `ours` are the files that badgesite wrote there, all if that is empty."""
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is not a folder; give the folder of a site, or its address")

    def read(path: str) -> bytes | None:
        try:
            return (folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    sizes = {path: size for path, size in _files(folder, "") if not ours or path in ours}
    data = read(MANIFEST)
    if sizes and not data:
        raise OutputError(f"{folder} holds no site: it has no {MANIFEST}; give the folder of a site, or its address")
    listed, awards, _ = _manifest(data, f"{folder}/{MANIFEST}") if data else ({}, "", {})
    return Earlier(folder.as_posix(), sizes, listed, awards, read, folder)


def online(address: str, fetch: Fetch) -> Earlier:
    """The site at an address, by its manifest; FetchError if that cannot be had, FormatError if it is none."""
    base = address.removesuffix(MANIFEST)
    base = base if base.endswith("/") else f"{base}/"

    def read(path: str) -> bytes | None:
        try:
            return fetch(base + path).data
        except FetchError as error:
            if error.reason in ("missing", "gone"):
                return None
            raise

    data = fetch(base + MANIFEST).data
    listed, awards, sizes = _manifest(data, base + MANIFEST)
    return Earlier(base, {**sizes, MANIFEST: len(data)}, listed, awards, read)


def _manifest(data: bytes, name: str) -> tuple[dict[str, str], str, dict[str, int]]:
    """Digest by path, the digest over all awards, and size by path."""
    try:
        document = json.loads(data)
        files = {str(path): (str(each["sha256"]), int(each["size"])) for path, each in document["files"].items()}
        awards = str(document["awards"]["sha256"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise FormatError(f"{name} is not a manifest that badgesite made; is this the address of the site?") from error
    digests = {path: digest for path, (digest, _) in files.items()}
    return digests, awards, {path: size for path, (_, size) in files.items()}


def _files(folder: Path, inside: str) -> Iterator[tuple[str, int]]:
    with suppress(FileNotFoundError), os.scandir(folder / inside) as entries:
        for entry in entries:
            path = f"{inside}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _files(folder, f"{path}/")
            elif entry.is_file(follow_symlinks=False):
                yield path, entry.stat().st_size
