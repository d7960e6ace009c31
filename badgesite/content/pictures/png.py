"""Is a PNG sound? Its chunks are walked and its size known before anything decodes it."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from badgesite.content.pictures.png_metadata import refuse_personal
from badgesite.errors import FormatError

PNG_LIMIT = 2_000_000
SIDE_LIMIT = 4096
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BAKED = (b"openbadges\0", b"openbadgecredential\0")


def png_side(data: bytes, *, square: bool = True) -> int:
    """The longer side in pixels of a sound PNG, square unless told otherwise.

    FormatError says what it is instead, in words to follow "the picture".
    """
    if not data:
        raise FormatError("is empty")
    if not data.startswith(_SIGNATURE):
        raise FormatError("is not a PNG")
    side = 0
    for index, (kind, body) in enumerate(_chunks(data)):
        if index == 0:
            side = _header_side(kind, body, square)
        elif kind in (b"tEXt", b"zTXt", b"iTXt") and body.startswith(_BAKED):
            raise FormatError("is somebody's baked badge")
        else:
            refuse_personal(kind, body)
    _decode(data)
    return side


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = len(_SIGNATURE)
    while position < len(data):
        length, kind = struct.unpack(">I4s", data[position : position + 8].ljust(8, b"\0"))
        body, check = data[position + 8 : position + 8 + length], data[position + 8 + length : position + 12 + length]
        if len(check) < 4:
            raise FormatError("is cut off")
        if struct.unpack(">I", check)[0] != zlib.crc32(kind + body):
            raise FormatError("is damaged (a checksum is wrong)")
        yield kind, body
        position += 12 + length
        if kind == b"IEND":
            break
    else:
        raise FormatError("is cut off")
    if position != len(data):
        raise FormatError("has something after its end")


def _header_side(kind: bytes, body: bytes, square: bool) -> int:
    if kind != b"IHDR" or len(body) != 13:
        raise FormatError("does not begin as a PNG does")
    width, height = struct.unpack(">II", body[:8])
    if square and width != height:
        raise FormatError(f"is {width} x {height} pixels, not square")
    if not (1 <= width <= SIDE_LIMIT and 1 <= height <= SIDE_LIMIT):
        raise FormatError(f"is {width} x {height} pixels, and {SIDE_LIMIT} a side is the most")
    return int(max(width, height))


def _decode(data: bytes) -> None:
    """Decode it once, within the size that the header promised."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=["PNG"]) as image:
                image.load()
    except (
        OSError,
        SyntaxError,
        ValueError,
        struct.error,
        zlib.error,
        IndexError,
        Image.DecompressionBombError,
    ) as error:
        raise FormatError("is damaged (it cannot be decoded)") from error
