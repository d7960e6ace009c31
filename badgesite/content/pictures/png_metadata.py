"""What a PNG says beside its pixels: that is published too, byte for byte, so nobody's address may be in it."""

import struct
import zlib

from PIL import Image

from badgesite.errors import FormatError
from badgesite.model.addresses import addresses_in

TEXT_LIMIT = 1_000_000  # what a compressed text may expand to
_GPS = 0x8825  # the tag of EXIF that leads to a place on earth


def refuse_personal(kind: bytes, body: bytes) -> None:
    """FormatError if a chunk of this kind holds an e-mail address or a place; words to follow "the picture"."""
    if kind == b"eXIf" and _has_place(body):
        raise FormatError("says where it was taken")
    if kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
        for address in addresses_in(_text(kind, body)):
            raise FormatError(f'carries the address "{address}", which would be published with it')


def _has_place(body: bytes) -> bool:
    exif = Image.Exif()
    try:
        exif.load(body)
        return _GPS in exif
    except (OSError, SyntaxError, ValueError, KeyError, struct.error) as error:
        raise FormatError("is damaged (its EXIF cannot be read)") from error


def _text(kind: bytes, body: bytes) -> bytes:
    """The bytes of a text chunk as UTF-8, as far as they say something (PNG specification, section 11.3.3)."""
    keyword, _, rest = body.partition(b"\0")
    if kind == b"zTXt":
        return keyword + b" " + _latin(_inflated(rest[1:]))
    if kind == b"tEXt":
        return _latin(keyword + b" " + rest)
    if kind == b"iTXt" and rest[:1] == b"\1":
        head, _, packed = rest[2:].partition(b"\0")
        translated, _, packed = packed.partition(b"\0")
        return b" ".join((keyword, head, translated, _inflated(packed)))
    return body.replace(b"\0", b" ")


def _latin(text: bytes) -> bytes:
    return text.decode("latin-1").encode()


def _inflated(data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(data, TEXT_LIMIT)
    except zlib.error as error:
        raise FormatError("is damaged (a text in it cannot be read)") from error
    if inflater.unconsumed_tail:
        raise FormatError("carries too long a text")
    return text
