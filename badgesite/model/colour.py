"""A colour of the screen (sRGB), how it stands out from another (WCAG 2.2), and the nearest one that does.

Lightness, chroma and hue are those of OKLab (https://bottosson.github.io/posts/oklab/), in which equal steps look
about equally large.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import atan2, cbrt, cos, dist, floor, hypot, sin

_WRITTEN = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_STEPS = 20  # halvings until a search along lightness or chroma is finer than a colour can be written
TEXT = 4.5  # WCAG 2.2, 1.4.3: text and what is behind it
EASY = 7.0  # 1.4.6, which what we choose ourselves keeps where it can

Lab = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Colour:
    """Red, green and blue, each from 0 to 255."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """Relative luminance, from 0 (black) to 1 (white) (WCAG 2.2)."""
        red, green, blue = map(_linear, (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    @property
    def lab(self) -> Lab:
        """Lightness from 0 to 1, and the two axes of colour, of OKLab."""
        red, green, blue = map(_linear, (self.red, self.green, self.blue))
        long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
        middle = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
        short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
        return (
            0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
            1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
            0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
        )

    @property
    def lightness(self) -> float:
        """From 0 (black) to 1 (white), as it looks."""
        return self.lab[0]

    def at(self, lightness: float, most: float = 1.0) -> "Colour":
        """The colour of the same hue at a lightness; as strong as this one, as `most` allows and as a screen can."""
        return _at(self, min(max(lightness, 0.0), 1.0), most)

    def shifted(self, lightness: float) -> "Colour":
        """The colour of the same hue that is lighter (or, below 0, darker) by so much."""
        return self.at(self.lightness + lightness)

    def towards(self, other: "Colour", part: float) -> "Colour":
        """The colour on the way from this one (0) to another (1)."""
        return _of_lab(tuple(a + (b - a) * part for a, b in zip(self.lab, other.lab, strict=True)))


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)


def written_colour(words: str) -> Colour | None:
    """The colour that `#rrggbb` or `#rgb` writes, or None."""
    found = _WRITTEN.fullmatch(words)
    if not found:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    return Colour(*bytes.fromhex(digits))


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def ratio_words(ratio: float) -> str:
    """A contrast ratio as a message says it, cut off so that what fails never looks as if it passed."""
    return f"{floor(ratio * 100) / 100:g}"


def stands_out(colour: Colour, grounds: Iterable[Colour], ratio: float = TEXT) -> bool:
    """Whether a text in this colour can be read on each of the grounds."""
    return all(contrast(colour, ground) >= ratio for ground in grounds)


@lru_cache(maxsize=4096)
def nearest(colour: Colour, grounds: tuple[Colour, ...], ratio: float = TEXT) -> Colour | None:
    """The colour of the same hue that stands out from all grounds and looks most like `colour`; None if there is none.

    A colour that stands out is its own nearest.
    """

    def passes(candidate: Colour) -> bool:
        return stands_out(candidate, grounds, ratio)

    if passes(colour):
        return colour
    found = [each for end in (0.0, 1.0) if (each := _first(colour, end, passes))]
    return min(found, key=lambda each: dist(each.lab, colour.lab), default=None)


def _first(colour: Colour, end: float, passes: Callable[[Colour], bool]) -> Colour | None:
    """The first colour that passes on the way to black (`end` 0) or white (1); contrast grows on the way."""
    if not passes(best := colour.at(end)):
        return None
    failing, passing = colour.lightness, end
    for _ in range(_STEPS):
        middle = (failing + passing) / 2
        if passes(candidate := colour.at(middle)):
            passing, best = middle, candidate
        else:
            failing = middle
    return best


def _linear(channel: int) -> float:
    part = channel / 255
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _channel(part: float) -> int:
    bounded = min(max(part, 0.0), 1.0)
    return round(255 * (12.92 * bounded if bounded <= 0.0031308 else 1.055 * bounded ** (1 / 2.4) - 0.055))


def _linear_of(lab: Iterable[float]) -> tuple[float, float, float]:
    """Linear red, green and blue of an OKLab colour; outside 0 to 1 if no screen can show it."""
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _of_lab(lab: Iterable[float]) -> Colour:
    return Colour(*map(_channel, _linear_of(lab)))


def _at(colour: Colour, lightness: float, most: float) -> Colour:
    if lightness in (0.0, 1.0):
        return WHITE if lightness else BLACK
    _, a, b = colour.lab
    hue, chroma = atan2(b, a), min(hypot(a, b), most)

    def with_chroma(amount: float) -> Lab:
        return lightness, amount * cos(hue), amount * sin(hue)

    if not _is_shown(with_chroma(chroma)):
        most, chroma = chroma, 0.0
        for _ in range(_STEPS):
            middle = (chroma + most) / 2
            chroma, most = (middle, most) if _is_shown(with_chroma(middle)) else (chroma, middle)
    return _of_lab(with_chroma(chroma))


def _is_shown(lab: Lab) -> bool:
    return all(-0.0001 <= part <= 1.0001 for part in _linear_of(lab))
