"""Records taken out for good, with what was signed for them; and what of them people wrote elsewhere in content/."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path

from badgesite.content.permanence.erasures import files_erased
from badgesite.content.permanence.lock_files import FOLDER, Places
from badgesite.content.records import editing
from badgesite.content.signed import credential_files
from badgesite.errors import Place
from badgesite.model.award import Batch
from badgesite.model.catalogue import Catalogue

_COMMENT = re.compile(r"(?:^|\s)#")
_MODELINE = "# yaml-language-server:"


def files_without(
    root: Path, catalogue: Catalogue, awards: Collection[str], published: Collection[str], day: date, places: Places
) -> dict[str, bytes | None]:
    """The files below content/ when these awards are erased, by path: records, credentials, lock files.

    Those that are `published` leave lock lines, the others nothing. ContentError for what cannot be taken out.
    """
    files: dict[str, bytes | None] = {}
    files |= editing.edited(root, catalogue, dict.fromkeys(awards))
    credentials = catalogue.credentials
    signed = {
        batch.path: [credentials[each.id] for each in batch.awards if each.id in credentials and each.id not in awards]
        for batch in catalogue.batches.values()
        if any(each.id in awards and each.id in credentials for each in batch.awards)
    }
    files |= credential_files.changes(root, signed)
    return files | files_erased(root, catalogue, published, day, places)


def sources(root: Path, batches: Collection[Batch]) -> tuple[str, ...]:
    """The files that hold the records and credentials of batches, by path."""
    signed = credential_files.changes(root, {batch.path: () for batch in batches})
    return (*(batch.table or batch.path for batch in batches), *signed)


def remarks(root: Path, batch: Batch) -> Iterator[Place]:
    """The lines of a batch's file that hold a comment of a person."""
    for number, line in enumerate(_lines(root / batch.path), start=1):
        if _COMMENT.search(line) and not line.startswith(_MODELINE):
            yield Place(batch.path, number)


def mentions(root: Path, words: Sequence[str]) -> Iterator[Place]:
    """The lines below content/ that hold one of these words by itself, however it is spelt; lock files are left out."""
    if not words:
        return
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word.casefold())}(?!\w)" for word in words))
    content = root / "content"
    for path in sorted(content.rglob("*")):
        if path.is_file() and not path.is_relative_to(content / FOLDER):
            for number, line in enumerate(_lines(path), start=1):
                if pattern.search(line.casefold()):
                    yield Place(path.relative_to(root).as_posix(), number)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_bytes().decode("utf-8", "replace").split("\n")
    except OSError:
        return []
