"""Credentials beside their batch: `<batch>.credentials.jsonl`, then `.credentials-2.jsonl`, in the order of records."""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from posixpath import dirname

from badgesite.content.signed.lines import line_of
from badgesite.errors import OutputError
from badgesite.model.signed import Signed

LINES = 5_000  # in a file
_BATCH = ".yaml"
_PATH = re.compile(r"(?P<batch>.*/[^/]+)\.credentials(?:-(?:[2-9]|[1-9][0-9]+))?\.jsonl")


def path_of(batch: str, number: int = 1) -> str:
    """The path of a file of credentials, from 1, of the batch whose YAML file is at the path `batch`."""
    return f"{batch.removesuffix(_BATCH)}.credentials{f'-{number}' if number > 1 else ''}.jsonl"


def batch_of(path: str) -> str | None:
    """The path of the batch whose credentials a file is to hold, by its name; None for any other file."""
    found = _PATH.fullmatch(path)
    return f"{found['batch']}{_BATCH}" if found else None


def file_texts(batch: str, signed: Iterable[Signed]) -> dict[str, bytes]:
    """The files, by path, of the batch at the path `batch`, given its credentials in the order of the records."""
    lines = list(map(line_of, signed))
    parts = range(0, len(lines), LINES)
    return {path_of(batch, number): b"".join(lines[start : start + LINES]) for number, start in enumerate(parts, 1)}


def changes(root: Path, batches: Mapping[str, Iterable[Signed]]) -> dict[str, bytes | None]:
    """`file_texts` of batches by their paths, and None for each file of theirs that is no longer needed."""
    present = [path for folder in sorted(set(map(dirname, batches))) for path in _present(root, folder)]
    found: dict[str, bytes | None] = {path: None for path in present if batch_of(path) in batches}
    for batch, signed in batches.items():
        found |= file_texts(batch, signed)
    return found


def _present(root: Path, folder: str) -> list[str]:
    try:
        names = sorted(os.listdir(root / folder))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise OutputError(f"{folder} cannot be read: {error.strerror}; look at the folder's permissions") from error
    return [f"{folder}/{name}" for name in names]
