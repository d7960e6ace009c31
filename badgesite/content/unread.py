"""Files in content/ that nothing reads: strays, and lists of people, whose addresses must not enter Git."""

import codecs
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname

from badgesite.errors import Place, Problem
from badgesite.model.addresses import addresses_in

_LIMIT = 1_000_000  # bytes of a file that are looked at
_BOMS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_HOLDS = "the file holds e-mail addresses, which must never enter Git"
_OUT = "move it out of content/ (if it was committed already, tell whoever looks after privacy)"


@dataclass(slots=True)
class Unread:
    """What is to be said of files that nothing reads."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def look_into(
    root: Path,
    strays: Iterable[Problem],
    tables: Collection[str],
    named: Collection[str],
    read: Collection[str],
    known: Collection[str],
) -> Unread:
    """A problem for each unread file with addresses, and a warning for each other one.

    `strays` are the warnings of files that nothing reads, `tables` every CSV of content/awards/; batches name those in
    `named`, and could read those in `read`. `known` are addresses that the site itself publishes.
    """
    unread = Unread()
    unnamed = (_unnamed(path) for path in tables if path not in named)
    for warning in (*strays, *unnamed):
        path = warning.place.path
        if holds_addresses(root / path, known):
            rename = warning.mend if warning.mend.startswith("rename it") else ""
            unread.problems.append(Problem(Place(path), _HOLDS, f"{rename}, or {_OUT}" if rename else _OUT))
        else:
            unread.warnings.append(warning)
    unread.problems += _lists(root, [path for path in tables if path in named and path not in read], known)
    return unread


def holds_addresses(file: Path, known: Collection[str]) -> bool:
    """Whether a file is text with an e-mail address other than the known ones; False if it cannot be read."""
    try:
        with file.open("rb") as opened:
            data = opened.read(_LIMIT)
    except OSError:
        return False
    text = _text(data)
    return any(address not in known for address in addresses_in(text.encode()))


def _lists(root: Path, paths: Iterable[str], known: Collection[str]) -> Iterator[Problem]:
    for path in paths:
        if holds_addresses(root / path, known):
            yield Problem(Place(path), _HOLDS, _OUT)


def _text(data: bytes) -> str:
    """The characters of a text file, of which the last may be cut off; none of a file that is no text."""
    encoding = next((encoding for bom, encoding in _BOMS.items() if data.startswith(bom)), None)
    for attempt in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            return codecs.getincrementaldecoder(attempt)().decode(data)
        except UnicodeDecodeError:
            continue
    return ""


def _unnamed(path: str) -> Problem:
    mend = f"if it holds the rows of a batch, name it in the awards: of a .yaml in {dirname(path)}/, else remove it"
    return Problem(Place(path), "no batch names this file", mend, "warning")
