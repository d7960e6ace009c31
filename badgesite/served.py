"""What a server gave for an address, and the function that asks it: an argument, so that nothing else reaches out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class Served:
    """The bytes that were served, the address they came from after all redirects, and their media type ("" if none)."""

    address: str
    data: bytes
    kind: str = ""


Fetch = Callable[[str], Served]
"""Gives what is served at an https address; FetchError, which says why, if it does not."""

_AFTER_THE_PATH = re.compile(r"[?#]")
_BETWEEN_SEGMENTS = re.compile(r"[/\\]")


def has_dot_segments(address: str) -> bool:
    """Whether a path goes back by `.` or `..`, also in percent-encoding: it then names another place than it shows.

    Servers differ in when they decode, and in which slashes they take for one, so all of these count.
    """
    path = _AFTER_THE_PATH.split(address, maxsplit=1)[0]
    for _ in range(3):  # encoded, and that encoded again
        if any(each.partition(";")[0].strip() in (".", "..") for each in _BETWEEN_SEGMENTS.split(path)):
            return True
        path = unquote(path)
    return False
