"""What a server gave for an address, and the function that asks it: an argument, so that nothing else reaches out."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Served:
    """The bytes that were served, the address they came from after all redirects, and their media type ("" if none)."""

    address: str
    data: bytes
    kind: str = ""


Fetch = Callable[[str], Served]
"""Gives what is served at an https address; FetchError, which says why, if it does not."""
