"""A picture of a badge or an issuer, checked and at hand."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal


@dataclass(frozen=True, slots=True)
class Picture:
    """A sound, square picture: `path` from the site's folder, its bytes (an SVG with LF), its side in pixels."""

    path: str
    kind: Literal["png", "svg"]
    data: bytes
    side: int

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return sha256(self.data).hexdigest()
