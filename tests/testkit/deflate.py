"""Compressed bytes that are the same on every machine: libraries differ in theirs, and the kit must not."""

import zlib
from collections.abc import Iterator
from itertools import groupby
from struct import pack

_GZIP_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # RFC 1952, section 2.3: no time, no name, an unknown system
_LONGEST = 258
_LENGTHS = (
    *((3 + code, 257 + code, 0) for code in range(8)),
    *((11 + 2 * code, 265 + code, 1) for code in range(4)),
    *((19 + 4 * code, 269 + code, 2) for code in range(4)),
    *((35 + 8 * code, 273 + code, 3) for code in range(4)),
    *((67 + 16 * code, 277 + code, 4) for code in range(4)),
    *((131 + 32 * code, 281 + code, 5) for code in range(4)),
    (_LONGEST, 285, 0),
)
"""The least length of each code, the code, and how many bits say the rest (RFC 1951, section 3.2.5)."""


def deflated(data: bytes) -> bytes:
    """One block of fixed codes; of repetition, only a byte that is followed by itself is made shorter."""
    bits = [1, 1, 0]  # the last block, of fixed codes
    for byte, run in groupby(data):
        left = len(list(run))
        bits += _code(byte)
        left -= 1
        while left >= 3:
            length = min(left, _LONGEST)
            bits += _repeat(length)
            left -= length
        bits += _code(byte) * left
    bits += _code(256)
    return bytes(
        sum(bit << place for place, bit in enumerate(bits[start : start + 8])) for start in range(0, len(bits), 8)
    )


def gzipped(data: bytes) -> bytes:
    """RFC 1952."""
    return _GZIP_HEADER + deflated(data) + pack("<II", zlib.crc32(data), len(data))


def zlibbed(data: bytes) -> bytes:
    """RFC 1950."""
    return b"\x78\x01" + deflated(data) + pack(">I", zlib.adler32(data))


def _code(symbol: int) -> list[int]:
    """The fixed code of a symbol, its highest bit first (RFC 1951, section 3.2.6)."""
    for first, code, size in ((280, 0b11000000, 8), (256, 0, 7), (144, 0b110010000, 9), (0, 0b00110000, 8)):
        if symbol >= first:
            return _bits(code + symbol - first, size)
    raise ValueError(symbol)


def _repeat(length: int) -> list[int]:
    """The byte before, so many times more."""
    least, symbol, extra = max(each for each in _LENGTHS if each[0] <= length)
    rest = length - least
    return [*_code(symbol), *((rest >> place) & 1 for place in range(extra)), *_bits(0, 5)]


def _bits(value: int, size: int) -> list[int]:
    return list(_highest_first(value, size))


def _highest_first(value: int, size: int) -> Iterator[int]:
    for place in reversed(range(size)):
        yield (value >> place) & 1
