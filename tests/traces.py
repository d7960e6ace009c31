"""Every trace of words in bytes, however they are wrapped: compressed, in pictures, in base64, escaped."""

import base64
import binascii
import gzip
import html
import json
import re
import zlib
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote_to_bytes

_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
_GZIP, _ZLIB = b"\x1f\x8b\x08", (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_ESCAPED = re.compile(rb'"((?:[^"\\]|\\.)*\\u[0-9a-fA-F]{4}(?:[^"\\]|\\.)*)"')
_DEEPEST = 4


def traces(root: Path, words: Collection[str]) -> dict[str, set[str]]:
    """By word, the files below a folder that hold it; hidden files too, and the names of files and folders."""
    found: dict[str, set[str]] = {word: set() for word in words}
    for path in root.rglob("*"):
        name = path.relative_to(root).as_posix()
        views = [name.encode(), *(unwrapped(path.read_bytes()) if path.is_file() else ())]
        for word in words:
            spelt = [word.lower().encode(encoding) for encoding in ("utf-8", "utf-16-le", "latin-1")]
            if any(each in view.lower() for each in spelt for view in views):
                found[word].add(name)
    return found


def unwrapped(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes themselves, and everything that is wrapped in them."""
    yield data
    if depth < _DEEPEST:
        for inner in (*_inflated(data), *_decoded(data), *_unescaped(data)):
            yield from unwrapped(inner, depth + 1)


def _inflated(data: bytes) -> Iterator[bytes]:
    """What is compressed, wherever in the data that begins: gzip, and zlib as in PNG."""
    starts = [found.start() for found in re.finditer(re.escape(_GZIP), data)]
    starts += [found.start() for mark in _ZLIB for found in re.finditer(re.escape(mark), data)]
    for start in starts:
        with suppress(zlib.error):
            yield zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(data[start:], 50_000_000)


def _decoded(data: bytes) -> Iterator[bytes]:
    """Base64 and base64url, also of a text whose first letter says so (multibase)."""
    if len(data) > 2_000_000:
        return
    for found in _BASE64.finditer(data):
        for start in (0, 1):
            text = found[0][start:].translate(bytes.maketrans(b"-_", b"+/"))
            try:
                decoded = base64.b64decode(text[: len(text) - (len(text) % 4 == 1)] + b"===")
            except binascii.Error:
                continue
            if decoded.startswith(_GZIP) or decoded[:60].isascii():
                yield decoded


def _unescaped(data: bytes) -> Iterator[bytes]:
    if b"%" in data and data.isascii():
        yield unquote_to_bytes(data)
    if b"&" in data:
        yield html.unescape(data.decode("utf-8", "replace")).encode()
    for found in _ESCAPED.finditer(data):
        try:
            yield str(json.loads(found[0])).encode()
        except ValueError:
            continue


def compressed(data: bytes) -> bytes:
    """For tests of this search: data as a status list has it."""
    return b"u" + base64.urlsafe_b64encode(gzip.compress(data)).rstrip(b"=")
