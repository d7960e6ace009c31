"""Fonts measured: which characters they have, and how wide each is. Roboto of its package, then those of the site."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from unicodedata import category

from fontTools.ttLib import TTFont, TTLibError

from badgesite.errors import Problem, ThemeError
from badgesite.model.font import Font

FAMILY = "Roboto"
REGULAR, MEDIUM, BOLD = 400, 500, 700
_NAMES = {REGULAR: "Regular", MEDIUM: "Medium", BOLD: "Bold"}
_BROKEN = (TTLibError, struct.error, OSError, EOFError, LookupError, ValueError, TypeError, AssertionError)
_VARIATION_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


@dataclass(frozen=True, slots=True)
class Face:
    """A font file: its family, and the advance width of each character that it has, as a part of the font's size."""

    path: str
    family: str
    advances: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Lettering:
    """All that words can be drawn with; `own` are the faces of the site, which help where Roboto has no character."""

    own: tuple[Face, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The font files, in the order in which a character is looked for."""
        return (*(_roboto(weight).path for weight in _NAMES), *(face.path for face in self.own))

    @property
    def families(self) -> tuple[str, ...]:
        """The names of the fonts."""
        return tuple(dict.fromkeys((FAMILY, *(face.family for face in self.own))))

    def advance(self, character: str, weight: int) -> float | None:
        """How wide a character is, as a part of the size; at most, where several faces have it. None if none does."""
        code = ord(character)
        if (known := _roboto(weight).advances.get(code)) is not None:
            return known
        if is_unseen(character):
            return 0.0
        return max((face.advances[code] for face in self.own if code in face.advances), default=None)

    def lacking(self, words: str) -> str:
        """The characters of the words that no face has, each once, in order."""
        return "".join(dict.fromkeys(each for each in words if self.advance(each, REGULAR) is None))


def is_unseen(character: str) -> bool:
    """Whether a character is a hint to whoever shapes the words, and nothing to be drawn; or a space."""
    return category(character) in ("Cf", "Zs", "Zl", "Zp", "Cc") or character in _VARIATION_SELECTORS


def lettering(fonts: Sequence[Font] = ()) -> Lettering:
    """Roboto, and the fonts of the site; ThemeError with the line that names a font which cannot be read."""
    return Lettering(tuple(face for font in fonts for face in _own(font)))


def _own(font: Font) -> Iterable[Face]:
    for path in font.files:
        try:
            yield _face(path)
        except _BROKEN as error:
            what = f'the font "{font.name}" cannot be read: {error}'
            raise ThemeError(problems=[Problem(font.place, what, "name another, or get its file anew")]) from error


@cache
def _roboto(weight: int) -> Face:
    return _face(str(files("font_roboto") / "files" / f"{FAMILY}-{_NAMES[weight]}.ttf"))


def _face(path: str) -> Face:
    with TTFont(path, lazy=True) as font:
        characters: Mapping[int, str] = font.getBestCmap() or {}
        if not characters:
            raise TTLibError("it has no characters of Unicode")
        whole = font["head"].unitsPerEm
        family = font["name"].getBestFamilyName() or ""
        return Face(path, family, {code: width / whole for code, width in _widths(font, characters).items()})


def _widths(font: TTFont, characters: Mapping[int, str]) -> Mapping[int, float]:
    """The advance of each character, at its boldest where a font can be more or less bold."""
    axes = font["fvar"].axes if "fvar" in font else ()
    heaviest = {axis.axisTag: axis.maxValue for axis in axes if axis.axisTag == "wght"}
    if not heaviest:
        metrics = font["hmtx"].metrics
        return {code: metrics[glyph][0] for code, glyph in characters.items()}
    bold = font.getGlyphSet(location={tag: min(value, BOLD) for tag, value in heaviest.items()})
    return {code: bold[glyph].width for code, glyph in characters.items()}
