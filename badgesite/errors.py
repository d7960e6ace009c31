"""What can go wrong: a `Problem` has a `Place`; an error class knows its exit code."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import ClassVar, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: a file (POSIX path from the site's folder), line and column from 1; 0 is unknown."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.path
        if self.path.lower().endswith(".xlsx"):
            return f"{self.path}:{_letters(self.column or 1)}{self.line}"  # as a spreadsheet names its cells
        return f"{self.path}:{self.line}:{self.column or 1}"


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: where, what is wrong, how to mend it (may be empty), and whether it stops a build."""

    place: Place
    what: str
    mend: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        mend = f"; {self.mend}" if self.mend else ""
        return f"{self.place}: {self.what}{mend}"


def counted(number: int, noun: str) -> str:
    """`1 award`, `1,200 awards`, as messages have it."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class BadgesiteError(Exception):
    """An end of the run that a person can understand and mend.

    `problems` holds every fault found, sorted by place; `str()` gives a line for each, or the plain message.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str = "", problems: Iterable[Problem] = ()) -> None:
        self.problems = tuple(sorted(set(problems)))
        self.message = message
        lines = [str(problem) for problem in self.problems]
        super().__init__("\n".join(([message] if message else []) + lines))


class ContentError(BadgesiteError):
    """Content that is not as docs/content-reference.md says."""


class ListError(BadgesiteError):
    """A recipient list with faults; nothing was written."""


class FormatError(BadgesiteError):
    """Bytes that are not what they should be: a picture, a document, a list."""


class ThemeError(BadgesiteError):
    """A theme that cannot be read or drawn."""


class UsageError(BadgesiteError):
    """Words on the command line that do not go together."""

    exit_code = 2


class OutputError(BadgesiteError):
    """Files, folders or the machine stand in the way."""

    exit_code = 3


Reason = Literal["offline", "gone", "missing", "forbidden", "refused", "unreachable", "elsewhere"]


class FetchError(OutputError):
    """An address from which nothing came, and the `reason`.

    `offline`: nobody is to be asked. `gone` and `missing`: the server says 410 or 404, or the folder has no such file.
    `forbidden`: an address that we never ask, or that leads to one: another scheme than https, a private network.
    `refused`: we do not read what comes: too large, too slow, redirected too often. `unreachable`: the host is
    unknown, does not answer, or answers with a fault of its own. `elsewhere`: it was another host that gave it.
    """

    def __init__(self, address: str, reason: Reason, why: str) -> None:
        super().__init__(f"{address}: {why}")
        self.address, self.reason, self.why = address, reason, why


def refuse(options: Collection[Problem], others: Collection[Problem]) -> None:
    """Everything that is wrong, at once: a UsageError if that is nothing but `options`, else a ContentError."""
    if others:
        raise ContentError(problems=(*options, *others))
    if options:
        raise UsageError(problems=options)


class KeyFileError(BadgesiteError):
    """A key that cannot be read, is not there, or may not sign."""

    exit_code = 4


class SignatureError(BadgesiteError):
    """Something recorded is not signed, or not as it is recorded, or its signature is not right."""

    exit_code = 4


class PermanenceError(BadgesiteError):
    """Refused: something published would vanish, move or change its meaning."""

    exit_code = 5
