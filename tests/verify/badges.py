"""Badges of any maker, small enough to read: documents, tokens and pictures, as tests put them before `verify`."""

import json
import struct
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime

from badgesite.errors import FetchError
from badgesite.served import Served

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOST = "https://badges.example.org"
ASSERTION = f"{HOST}/assertion.json"


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        chunk(b"IDAT", zlib.compress(b"\0\0")),
        chunk(b"IEND", b""),
    )
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def written(document: object) -> bytes:
    """A document as JSON."""
    return json.dumps(document).encode()


class World:
    """What is served where, and which addresses were asked for; a FetchError stands for what is not served.

    What is Served already comes from its own address, to which the one that was asked for has led.
    """

    def __init__(self, files: Mapping[str, object]) -> None:
        self.files, self.asked = dict(files), list[str]()

    def fetch(self, address: str) -> Served:
        """What the world holds at an address."""
        self.asked.append(address)
        found = self.files.get(address, FetchError(address, "missing", "the server has no such file"))
        if isinstance(found, FetchError):
            raise found
        if isinstance(found, Served):
            return found
        return Served(address, found if isinstance(found, bytes) else written(found))
