"""What the parts of an SVG cost to draw, in units of about a fifth of a millisecond on the whole canvas.

The numbers were measured with the renderer we use, and rounded up; where a shape's size is not known, it is large.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from badgesite.content.pictures.svg_rules import NUMBER, numbers_in

SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
TEXTS = ("text", "tspan", "textPath", "tref")
TARGETS = {"filter": 250, "pattern": 100, "mask": 100, "clipPath": 80}
LAYER_WEIGHT, STROKE_WEIGHT, SHADE_WEIGHT, CHARACTER_WEIGHT = 40, 6, 12, 5
_WEIGHTS = {
    "image": 1500,
    "feGaussianBlur": 500,
    "feDropShadow": 500,
    "feDiffuseLighting": 500,
    "feSpecularLighting": 500,
    "feMorphology": 2000,
    "feTurbulence": 2000,
    "feConvolveMatrix": 2000,
    **dict.fromkeys(SHAPES, 2),
    **dict.fromkeys(TEXTS, 8),
}
_PRIMITIVE_WEIGHT = 50
_DASHES_A_UNIT = 5  # a short dash of a wide line is drawn as a shape of its own
_GEOMETRY = ("d", "points", "x", "y", "width", "height", "r", "rx", "ry", "cx", "cy", "x1", "x2", "y1", "y2")
_LAYER = re.compile(r"(?<![-\w])(opacity(?!\s*:\s*1(\.0*)?\s*(;|$|\}))|mix-blend-mode|isolation)")
_SIMPLE = re.compile(r"[.#]?[\w-]+")

Plain = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Paint:
    """What an element hands down to those in it: a stroke, a gradient or see-through colour, the length of a dash."""

    stroked: bool = False
    shaded: bool = False
    dash: float = 0.0

    def inside(self, other: "Paint") -> "Paint":
        """The costlier of what both say."""
        dashes = [dash for dash in (self.dash, other.dash) if dash]
        return Paint(self.stroked or other.stroked, self.shaded or other.shaded, min(dashes, default=0.0))

    def work(self, length: float) -> float:
        """What it adds to a shape whose outline is at most so long."""
        plain = STROKE_WEIGHT * self.stroked + SHADE_WEIGHT * self.shaded
        return plain + (length / self.dash / _DASHES_A_UNIT if self.dash else 0.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a <style>: what it is for (`.class`, `#id`, an element, `*`), what it says, and how that paints."""

    key: str
    text: str
    paint: Paint


def declared(plain: Plain) -> dict[str, str]:
    """What an element says of its look, as attributes or in its style."""
    return {**plain, **_declarations(plain.get("style", ""))}


def paint_of(look: Plain, box: float) -> Paint:
    """The paint that attributes or declarations ask for; `box` is the side of the canvas, for lengths in percent."""
    stroke = look.get("stroke", "none").strip()
    shades = (look.get("fill", ""), stroke)
    clear = any(look.get(key, "1").strip() not in ("1", "1.0") for key in ("fill-opacity", "stroke-opacity"))
    shaded = clear or any("url(" in shade or "rgba(" in shade or "hsla(" in shade for shade in shades)
    return Paint(stroke != "none", shaded, _dash(look.get("stroke-dasharray", ""), box))


def weight_of(tag: str, plain: Plain, paint: Paint, box: float) -> int:
    """What an element itself costs, without what it refers to."""
    work = float(_WEIGHTS.get(tag, 1 + _PRIMITIVE_WEIGHT * tag.startswith("fe")))
    if tag in SHAPES:
        work += paint.work(length_of(plain, box)) + len(plain.get("d", "")) // (60 if paint.stroked else 200)
    return int(min(work, 1e9))


def length_of(plain: Plain, box: float) -> float:
    """A length that the outline of a shape does not exceed."""
    written = " ".join(plain.get(key, "") for key in _GEOMETRY)
    numbers = [abs(float(number)) for number in numbers_in(written)]
    largest = max([*numbers, box if "%" in written else 0.0], default=0.0)
    path_length = max((abs(float(number)) for number in NUMBER.findall(plain.get("pathLength", ""))), default=0.0)
    return max(4 * len(numbers) * largest, path_length)


def is_layer(look: Plain) -> bool:
    """Whether an element is drawn on a sheet of its own."""
    return any(
        look.get(key, "1").strip() not in ("1", "1.0", "normal", "auto")
        for key in ("opacity", "mix-blend-mode", "isolation")
    )


def rules_of(style: str, box: float) -> Iterator[Rule]:
    """The rules of a <style>, one for each selector."""
    first, *others = style.split("/*")
    bare = " ".join([first, *(other.partition("*/")[2] for other in others)])  # without comments
    for block in bare.split("}"):
        head, brace, text = block.rpartition("{")
        paint = paint_of(_declarations(text), box)
        for selector in head.rpartition("{")[2].rpartition(";")[2].split(",") if brace else ():
            yield Rule(_key(selector), text, paint)


def layers_in(text: str) -> bool:
    """Whether declarations put what they touch on a sheet of its own."""
    return bool(_LAYER.search(text))


def _key(selector: str) -> str:
    """What a selector is for: its last part, if that is simple enough, else everything."""
    last = (selector.split() or ["*"])[-1]
    parts = _SIMPLE.findall(last)
    if not parts or "".join(parts) != last:
        return "*"
    return next((str(part) for part in parts if part[0] in ".#"), str(parts[0]))


def _declarations(style: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in style.split(";"))
    return {key.strip(): value.replace("!important", "").strip() for key, colon, value in pairs if colon}


def _dash(written: str, box: float) -> float:
    """The length after which a pattern of dashes begins again; 0 for a line without."""
    factor = box / 100 if "%" in written else 1.0
    return factor * sum(abs(float(number)) for number in NUMBER.findall(written))
