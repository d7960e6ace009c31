"""Font files read: what a font is called, and how wide its characters are. Nothing in one is taken on trust."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from badgesite.errors import FormatError

HEAVIEST = 700
LIMIT = 32_000_000  # bytes; fonts of all Chinese characters have some 20 million
_KINDS = (b"\0\1\0\0", b"true", b"OTTO")  # OpenType 1.9, Table Directory; collections and web fonts are none of these
_WHOLE = range(16, 16385)  # units per em (OpenType 1.9, head)
_CHARACTERS = 0x110000  # in Unicode
_BY_GROUPS = (12, 13)  # kinds of cmap that name characters by the first and last of a group
_CMAPS = 64  # in a font; more than any needs
_BROKEN = (
    TTLibError,
    struct.error,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
)  # what fontTools ends with, if a file is not as it expects


@dataclass(frozen=True, slots=True)
class Face:
    """A font file: its family, and the advance width of each character that it has, as a part of the font's size."""

    path: str
    family: str
    advances: Mapping[int, float]


def read_face(path: str) -> Face:
    """The font in a file; FormatError says why it cannot be used."""
    try:
        if (size := Path(path).stat().st_size) > LIMIT:
            raise FormatError(f"its file has {size / 1e6:.0f} MB, and {LIMIT / 1e6:.0f} is the limit")
        with Path(path).open("rb") as file:
            if file.read(4) not in _KINDS:
                raise FormatError("it is neither TrueType nor OpenType")
        with TTFont(path, lazy=True) as font:
            return _face(path, font)
    except _BROKEN as error:
        why = "".join(filter(str.isprintable, str(error))) or type(error).__name__
        raise FormatError(f"it is broken ({why})") from error


def _face(path: str, font: TTFont) -> Face:
    if not _is_sound(font.reader["cmap"]):
        raise FormatError("its table of characters (cmap) is broken")
    characters: Mapping[int, str] = font.getBestCmap() or {}
    if not characters:
        raise FormatError("it has no characters of Unicode")
    whole = font["head"].unitsPerEm
    if whole not in _WHOLE:
        raise FormatError(f"it has {whole} units to the em")
    family = font["name"].getBestFamilyName() or ""
    if not family.strip() or not family.isprintable():
        raise FormatError("it has no name that can be printed")
    return Face(path, family, {code: width / whole for code, width in _widths(font, characters).items()})


def _is_sound(cmap: bytes) -> bool:
    """Whether the groups of a cmap are no more than all characters; fontTools would write each of 4,000 million out."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    if count > _CMAPS:
        return False
    for place in range(4, 4 + 8 * count, 8):
        (start,) = struct.unpack_from(">L", cmap, place + 4)
        (kind,) = struct.unpack_from(">H", cmap, start)
        if kind in _BY_GROUPS:
            (number,) = struct.unpack_from(">L", cmap, start + 12)
            data = cmap[start + 16 :][: 12 * number]
            pairs = struct.iter_unpack(">LLL", data[: len(data) // 12 * 12])
            if sum(max(0, last - first + 1) for first, last, _ in pairs) > _CHARACTERS:
                return False
    return True


def _widths(font: TTFont, characters: Mapping[int, str]) -> Mapping[int, float]:
    """The advance of each character, at its boldest where a font can be more or less bold."""
    axes = font["fvar"].axes if "fvar" in font else ()
    heaviest = {axis.axisTag: axis.maxValue for axis in axes if axis.axisTag == "wght"}
    if not heaviest:
        metrics = font["hmtx"].metrics
        return {code: metrics[glyph][0] for code, glyph in characters.items()}
    bold = font.getGlyphSet(location={tag: min(value, HEAVIEST) for tag, value in heaviest.items()})
    return {code: bold[glyph].width for code, glyph in characters.items()}
