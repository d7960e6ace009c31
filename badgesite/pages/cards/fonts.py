"""What words are drawn with, and how wide they get: Roboto of its package, then the fonts of the site."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from unicodedata import category

from badgesite.errors import FormatError, Problem, ThemeError
from badgesite.model.font import Font
from badgesite.pages.cards.font_files import HEAVIEST, Face, read_face

FAMILY = "Roboto"
REGULAR, MEDIUM, BOLD = 400, 500, HEAVIEST
_NAMES = {REGULAR: "Regular", MEDIUM: "Medium", BOLD: "Bold"}
_VARIATION_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))


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
    """Roboto, and the fonts of the site; ThemeError with each line that names a font which cannot be used."""
    read = [_read(font) for font in fonts]
    if problems := [problem for _, found in read for problem in found]:
        raise ThemeError(problems=problems)
    return Lettering(tuple(face for faces, _ in read for face in faces))


def _read(font: Font) -> tuple[list[Face], list[Problem]]:
    """The faces of a font, and what is wrong with it."""
    faces, problems = [], []
    for path in font.files:
        try:
            faces.append(read_face(path))
        except FormatError as error:
            what = f'the font "{font.name}" cannot be used: {error}'
            problems.append(Problem(font.place, what, "name another, or get its file anew"))
    return faces, problems


@cache
def _roboto(weight: int) -> Face:
    return read_face(str(files("font_roboto") / "files" / f"{FAMILY}-{_NAMES[weight]}.ttf"))
