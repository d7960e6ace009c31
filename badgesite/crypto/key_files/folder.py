"""The files below keys/: one folder per issuer, one key a file; anything else there is told."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from badgesite.errors import Place, Problem
from badgesite.files import STRAY_PREFIX

Kind = Literal["ed25519", "p256"]
FOLDER = "keys"
VARIABLE = "BADGESITE_KEYS"  # in the environment, may hold private halves
NAME_MEND = "name it by the day it was made and its kind, like 2026-01-31-ed25519.json"
_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-(?:(ed25519)|(p256))(-[1-9][0-9]*)?")
_README = "README.md"
_PRIVATE = (".pem", ".key", ".p8", ".der", ".pk8")
_LARGEST = 10_000  # bytes; a key has 300


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A file of keys/: whose key it is, its stem, the kind that the stem tells, and what stands in it."""

    issuer: str
    name: str
    kind: Kind
    data: bytes


def key_files(root: Path, problems: list[Problem]) -> Iterator[KeyFile]:
    """Each file that may be a key, sorted by issuer and name; what is wrong goes to `problems`."""
    for folder in _entries(root, FOLDER, problems):
        path = f"{FOLDER}/{folder.name}"
        if folder.is_dir(follow_symlinks=False):
            for entry in _entries(root, path, problems):
                if file := _key_file(root, folder.name, entry, problems):
                    yield file
        elif folder.name != _README:
            problems.append(_stray(path))


def _entries(root: Path, folder: str, problems: list[Problem]) -> list[os.DirEntry[str]]:
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return []
    except OSError as error:
        problems.append(_closed("folder", folder, error))
        return []
    for link in filter(os.DirEntry.is_symlink, entries):
        mend = "put the file or folder itself here, or remove the link"
        problems.append(Problem(Place(f"{folder}/{link.name}"), "this is a link, and may lead out of the site", mend))
    hidden = (".", STRAY_PREFIX)
    return [entry for entry in entries if not entry.is_symlink() and not entry.name.startswith(hidden)]


def _key_file(root: Path, issuer: str, entry: os.DirEntry[str], problems: list[Problem]) -> KeyFile | None:
    path = f"{FOLDER}/{issuer}/{entry.name}"
    name, ending = os.path.splitext(entry.name)
    if ending != ".json" or not entry.is_file():
        if entry.name != _README:
            problems.append(_stray(path))
        return None
    if not (match := _NAME.fullmatch(name)):
        problems.append(Problem(Place(path), f'"{name}" is not the name of a key', NAME_MEND))
        return None
    try:
        with (root / path).open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        problems.append(_closed("file", path, error))
        return None
    if len(data) > _LARGEST:
        problems.append(Problem(Place(path), f"the file has more than {_LARGEST:,} bytes", "a key has some 300"))
        return None
    return KeyFile(issuer, name, "ed25519" if match[1] else "p256", data)


def _closed(kind: str, path: str, error: OSError) -> Problem:
    reason = (error.strerror or "it is out of reach").lower()
    return Problem(Place(path), f"the {kind} cannot be read: {reason}", "look at its permissions")


def _stray(path: str) -> Problem:
    if path.endswith(_PRIVATE):
        mend = "move it out of the site; if it was ever committed, make new keys with `badgesite keys new`"
        return Problem(Place(path), "a private half lies among the public ones, which Git keeps for ever", mend)
    return Problem(Place(path), "nothing reads this file", "keys are in keys/<issuer>/, and end in .json", "warning")
