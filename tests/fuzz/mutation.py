"""Bytes that are nearly those of somebody's file: what a forger, a broken disk or a bad program makes of them."""

from collections.abc import Callable, Sequence
from random import Random

_NUMBERS = (b"0", b"-1", b"1e999", b"2147483648", b"18446744073709551616", b"0.1", b"\xff\xff\xff\xff", b"\0\0\0\0")
_TEXTS = (
    *("😀".encode("utf-16"), "é".encode(), b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbb\xbf"),
    *(b"\0", b"\n", b"'", b'"', b"<", b"&", b" "),
)
_MANY = (2, 3, 17, 100, 5000)
_LARGEST = 300_000


def mutated(seeds: Sequence[bytes], words: Sequence[bytes], chance: Random) -> bytes:
    """One of the seeds, changed a few times; `words` are what such a file is made of."""
    data = chance.choice(seeds)
    for _ in range(1 + min(int(chance.expovariate(0.7)), 12)):
        change = chance.choice(_CHANGES)
        data = change(data, seeds, words, chance)[:_LARGEST]
    return data


def _span(data: bytes, chance: Random) -> tuple[int, int]:
    """A part of the data, more often a short one."""
    begin = chance.randrange(len(data) + 1)
    length = chance.choice((1, 2, 4, 8, chance.randrange(64), chance.randrange(len(data) + 1)))
    return begin, min(len(data), begin + length)


def _times(part: bytes, many: int) -> bytes:
    """A part many times, as far as it is of use."""
    return part * min(many, 1 + _LARGEST // (1 + len(part)))


def _flip(data: bytes, seeds: Sequence[bytes], words: Sequence[bytes], chance: Random) -> bytes:
    if not data:
        return data
    changed = bytearray(data)
    changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _remove(data: bytes, seeds: Sequence[bytes], words: Sequence[bytes], chance: Random) -> bytes:
    begin, end = _span(data, chance)
    return data[:begin] + data[end:]


def _repeat(data: bytes, seeds: Sequence[bytes], words: Sequence[bytes], chance: Random) -> bytes:
    begin, end = _span(data, chance)
    return data[:end] + _times(data[begin:end], chance.choice(_MANY)) + data[end:]


def _cut(data: bytes, seeds: Sequence[bytes], words: Sequence[bytes], chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _insert(data: bytes, seeds: Sequence[bytes], words: Sequence[bytes], chance: Random) -> bytes:
    begin, end = _span(data, chance)
    word = chance.choice((*words, *_NUMBERS, *_TEXTS, chance.randbytes(chance.randrange(9))))
    return data[:begin] + _times(word, chance.choice((1, 1, 1, *_MANY))) + data[chance.choice((begin, end)) :]


def _splice(data: bytes, seeds: Sequence[bytes], words: Sequence[bytes], chance: Random) -> bytes:
    other = chance.choice(seeds)
    begin, end = _span(other, chance)
    return data[: chance.randrange(len(data) + 1)] + other[begin:end] + data[chance.randrange(len(data) + 1) :]


def _move(data: bytes, seeds: Sequence[bytes], words: Sequence[bytes], chance: Random) -> bytes:
    begin, end = _span(data, chance)
    rest = data[:begin] + data[end:]
    place = chance.randrange(len(rest) + 1)
    return rest[:place] + data[begin:end] + rest[place:]


_CHANGES: tuple[Callable[[bytes, Sequence[bytes], Sequence[bytes], Random], bytes], ...] = (
    *(_flip, _flip, _insert, _insert, _insert, _remove, _repeat, _cut, _splice, _move),
)
