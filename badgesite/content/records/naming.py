"""Names of new batches, and where they go: one for each badge and date (docs/formats.md, Award records)."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from badgesite.errors import UsageError
from badgesite.model.award import Batch, BatchHead
from badgesite.model.scalars import is_slug

_SLUG_LIMIT = 64
_ENDINGS = frozenset((".yaml", ".yml", ".csv"))

Key = tuple[str, date]  # a badge and a day


def taken_names(root: Path) -> frozenset[str]:
    """The names of batches that stand in content/awards/, in whatever folder."""
    files = (root / "content" / "awards").rglob("*")
    return frozenset(path.stem.lower() for path in files if path.suffix.lower() in _ENDINGS)


def name_batches(keys: Sequence[Key], taken: Collection[str], own: str | None) -> dict[Key, str]:
    """A free name for each badge and date; `own` is what a person wants a single batch called.

    UsageError if that is taken, is no name, or stands for several batches.
    """
    if own is not None and keys:
        return {keys[0]: _own_name(own, taken, len(keys))}
    names: dict[Key, str] = {}
    used = set(taken)
    for key in keys:
        names[key] = _free_name(*key, used)
        used.add(names[key])
    return names


def new_batch(name: str, badge: str, day: date) -> Batch:
    """A batch without awards, at its place below content/awards/."""
    return Batch(name, f"content/awards/{day.year:04}/{name}.yaml", BatchHead(badge=badge, date=day), ())


def _own_name(name: str, taken: Collection[str], batches: int) -> str:
    if batches > 1:
        raise UsageError(f"the list makes {batches} batches, one for each badge and date; leave --batch out")
    if not is_slug(name):
        likely = _slug_like(name)
        example = f", like {likely}" if likely else ""
        what = f'"{name}" cannot name a batch; use a-z, 0-9 and hyphens inside, at most {_SLUG_LIMIT}{example}'
        raise UsageError(what)
    if name in taken:
        raise UsageError(f'there is a batch "{name}" already; choose another name')
    return name


def _slug_like(words: str) -> str:
    """The words as a name could have them: without accents, in lower case, with hyphens."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_LIMIT].strip("-")


def _free_name(badge: str, day: date, used: Collection[str]) -> str:
    number = 1
    while True:
        ending = f"-{day.isoformat()}" + (f"-{number}" if number > 1 else "")
        name = badge[: _SLUG_LIMIT - len(ending)].rstrip("-") + ending
        if name not in used:
            return name
        number += 1
