"""Pictures of a few bytes, and badges baked into them in good ways and bad (OB 2.0 Baking; OB 3.0, section 5.3)."""

import struct
import zlib

from tests.testkit.deflate import zlibbed

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SIDE = 8
OB2, OB3 = "openbadges", "openbadgecredential"
SPACES = {OB2: "http://openbadges.org", OB3: "https://purl.imsglobal.org/ob/v3p0"}


def chunk(kind: bytes, data: bytes, checksum: int | None = None) -> bytes:
    """A chunk of a PNG; `checksum` in place of the right one."""
    right = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", right if checksum is None else checksum)


HEAD = _SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 0, 0, 0, 0))
PIXELS = chunk(b"IDAT", zlibbed(b"".join(b"\0" + bytes([row * 16] * _SIDE) for row in range(_SIDE))))
END = chunk(b"IEND", b"")
PNG = HEAD + PIXELS + END


def itxt(keyword: str, text: str | bytes, *, packed: bool = False, language: str = "") -> bytes:
    """An iTXt chunk, compressed if asked."""
    data = text if isinstance(text, bytes) else text.encode()
    flags = b"\1\0" if packed else b"\0\0"
    body = keyword.encode() + b"\0" + flags + language.encode() + b"\0\0" + (zlibbed(data) if packed else data)
    return chunk(b"iTXt", body)


def png(*chunks: bytes, after: bytes = b"") -> bytes:
    """The picture with these chunks before its pixels, and others after them."""
    return HEAD + b"".join(chunks) + PIXELS + after + END


def svg(inside: str, declared: str = "", before: str = "") -> bytes:
    """A picture with an element or two inside."""
    root = f'<svg xmlns="http://www.w3.org/2000/svg"{declared} viewBox="0 0 8 8">'
    return f'{before}{root}{inside}<circle cx="4" cy="4" r="3"/></svg>\n'.encode()
