"""How much work an SVG would be to draw, found without drawing it.

References multiply (a <use> of a group of <use>s), filters and layers take time by the pixel, and a renderer that runs
out of memory or stack takes the whole process with it. So all is counted, generously for any drawing made by hand.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from badgesite.content.svg_rules import NUMBER, numbers_in
from badgesite.errors import Place, Problem

WORK_LIMIT = 20_000
DEPTH_LIMIT = 128
TILE_LIMIT = 4096
_DRAWN_SIDE = 512
_MEASURES = ("width", "height", "x", "y", "r", "rx", "ry", "cx", "cy", "d", "points", "stroke-width", "style")
REACH_LIMIT = 1e8
_TARGETS = {"filter": 50, "pattern": 100, "mask": 40, "clipPath": 5}
_WEIGHTS = {
    "image": 200,
    "feGaussianBlur": 500,
    "feDropShadow": 500,
    "feDiffuseLighting": 500,
    "feSpecularLighting": 500,
    "feMorphology": 2000,
    "feTurbulence": 2000,
    "feConvolveMatrix": 2000,
}
_LAYER_WEIGHT, _STYLED_WEIGHT, _PRIMITIVE_WEIGHT = 40, 10, 50
_LAYER = re.compile(r"(?<![-\w])(opacity(?!\s*:\s*1(\.0*)?\s*(;|$|\}))|mix-blend-mode|isolation)")
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]*)['\"]?\s*\)", re.IGNORECASE)
_SCALING = re.compile(r"(scale|matrix|skewX|skewY)\s*\(([^)]*)\)")
_BOUNDS = {"numOctaves": 16, "order": 16}
_RADIUS_LIMIT = 8
_MEND = "simplify it, or give a PNG"

Attributes = Mapping[tuple[str, str], str]


@dataclass(slots=True)
class _Part:
    """An element with an id (or the whole picture): what is below it."""

    tag: str
    depth: int
    work: int = 0
    deepest: int = 0
    references: list[tuple[str, int, int]] = field(default_factory=list)  # target, how often, how deep


class Costs:
    """Counts while the elements go by."""

    def __init__(self) -> None:
        self._parts: dict[str, _Part] = {"": _Part("", 0)}
        self._open: list[tuple[str | None, float]] = []
        self._patterns: list[tuple[Place, float]] = []
        self._radii: list[tuple[Place, float]] = []
        self._scale = 1.0
        self._enlarged = 1.0
        self._largest = 1.0
        self._classed = 0
        self._problems: list[Problem] = []

    def begin(self, tag: str, attributes: Attributes, place: Place) -> None:
        """An element opens."""
        plain = {key: value for (space, key), value in attributes.items() if not space}
        if not self._open:
            self._enlarged = _DRAWN_SIDE / max(0.01, min(_box(plain)))
        self._bound(plain, place)
        scale = (self._open[-1][1] if self._open else 1.0) * _scaling(tag, plain, nested=bool(self._open))
        self._scale = max(self._scale, scale)
        name = plain.get("id")
        if name in self._parts:
            name = None
        self._open.append((name, scale))
        if name:
            self._parts[name] = _Part(tag, len(self._open))
        self._largest = max([self._largest, *(_largest(value) for key, value in plain.items() if key in _MEASURES)])
        if tag == "pattern":
            self._pattern(plain, place)
        if tag == "feMorphology":
            self._radii.append((place, _largest(plain.get("radius", ""))))
        self._classed += "class" in plain
        self._count(tag, attributes, plain)

    def end(self) -> None:
        """The innermost element closes."""
        self._open.pop()

    def style(self, text: str) -> None:
        """A <style> that may touch every element with a class."""
        for target in _REFERENCE.findall(text):
            self._parts[""].references.append((target, max(1, self._classed), 0))
        if _LAYER.search(text):
            self._parts[""].work += _STYLED_WEIGHT * self._classed

    def problems(self, path: str) -> list[Problem]:
        """What is too much."""
        sizes: dict[str, tuple[int, int, int]] = {}
        work, depth, chain = self._size("", sizes, ())
        whole = Place(path, 1, 1)
        if depth > DEPTH_LIMIT:
            self._problems.append(_problem(whole, "its parts refer to each other too deeply, or in a circle"))
        elif work > WORK_LIMIT:
            self._problems.append(_problem(whole, "it would take too long to draw"))
        elif self._largest * self._scale ** (1 + chain) * self._enlarged > REACH_LIMIT:
            self._problems.append(_problem(whole, "it is enlarged too much by its scale and viewBox"))
        for place, side in self._patterns:
            if side * self._scale ** (1 + chain) * self._enlarged > TILE_LIMIT:
                self._problems.append(_problem(place, "its pattern is too large"))
        for place, radius in self._radii:
            if radius * self._scale * self._enlarged > _RADIUS_LIMIT:
                self._problems.append(_problem(place, "its feMorphology has too large a radius"))
        return self._problems

    def _bound(self, plain: Mapping[str, str], place: Place) -> None:
        for key, most in _BOUNDS.items():
            if key in plain and any(abs(float(number)) > most for number in NUMBER.findall(plain[key])):
                self._problems.append(_problem(place, f"its {key} is above {most}"))

    def _pattern(self, plain: Mapping[str, str], place: Place) -> None:
        if plain.get("patternUnits") != "userSpaceOnUse":
            self._problems.append(_problem(place, 'its pattern is not patternUnits="userSpaceOnUse"'))
        sides = [_first_number([plain.get(key, "")]) for key in ("width", "height")]
        if any("%" in plain.get(key, "") for key in ("width", "height")):
            self._problems.append(_problem(place, "its pattern has a size in percent"))
        self._patterns.append((place, max(sides)))

    def _count(self, tag: str, attributes: Attributes, plain: Mapping[str, str]) -> None:
        layered = any(_is_layer(key, value) for key, value in plain.items())
        work = 1 + _WEIGHTS.get(tag, _PRIMITIVE_WEIGHT * tag.startswith("fe")) + _LAYER_WEIGHT * layered
        found = [target for value in plain.values() for target in _REFERENCE.findall(value)]
        links = [value.strip() for (_, key), value in attributes.items() if key == "href"]
        found += [link[1:] for link in links if link.startswith("#")]
        marked = any("marker" in key for key in plain) or "marker" in plain.get("style", "")
        often = 1 + len(plain.get("d", plain.get("points", ""))) // 4 if marked else 1
        here = len(self._open)
        for name in ["", *(name for name, _ in self._open if name)]:
            part = self._parts[name]
            part.work += work
            part.deepest = max(part.deepest, here - part.depth + 1)
            part.references += [(target, often, here - part.depth + 1) for target in found]

    def _size(self, name: str, sizes: dict[str, tuple[int, int, int]], above: tuple[str, ...]) -> tuple[int, int, int]:
        """Work, depth and length of the chain of references of a part with all it refers to, bounded."""
        if name in above or len(above) > DEPTH_LIMIT // 8:
            return WORK_LIMIT + 1, DEPTH_LIMIT + 1, 0
        if name not in self._parts:
            return 0, 0, 0
        if name not in sizes:
            part = self._parts[name]
            work, depth, chain = part.work + _TARGETS.get(part.tag, 0), part.deepest, 0
            for target, often, at in part.references:
                below = self._size(target, sizes, (*above, name))
                work = min(work + often * below[0], WORK_LIMIT + 1)
                depth = min(max(depth, at + below[1]), DEPTH_LIMIT + 1)
                chain = max(chain, 1 + below[2])
            sizes[name] = (work, depth, chain)
        return sizes[name]


def _is_layer(key: str, value: str) -> bool:
    """Whether an attribute makes the renderer draw an element on a sheet of its own."""
    if key == "style":
        return bool(_LAYER.search(value))
    return key in ("opacity", "mix-blend-mode", "isolation") and value.strip() not in ("1", "1.0")


def _scaling(tag: str, plain: Mapping[str, str], *, nested: bool) -> float:
    """How many times larger an element may make what is in it."""
    factor = 1.0
    for key in ("transform", "patternTransform", "style"):
        for kind, numbers in _SCALING.findall(plain.get(key, "")):
            values = [abs(float(number)) for number in NUMBER.findall(numbers)]
            factor *= max([1.0, *values[:4]]) if kind in ("scale", "matrix") else 60.0
    if nested and tag in ("svg", "symbol", "marker", "pattern", "view") and "viewBox" in plain:
        sizes = [_first_number([plain.get(key, "")]) for key in ("width", "height", "markerWidth", "markerHeight")]
        factor *= max(1.0, max(TILE_LIMIT, *sizes) / max(1e-6, min(_box(plain))))
    return min(factor, 1e9)


def _box(plain: Mapping[str, str]) -> tuple[float, float]:
    """Width and height of the viewBox, else of the element; 100 where neither is given."""
    written = plain.get("viewBox", "").replace(",", " ").split()
    found = [_first_number([word]) for word in written[2:4]] or [_first_number([plain.get("width", "100")])] * 2
    return (found[0], found[-1])


def _largest(value: str) -> float:
    return max((abs(float(number)) for number in numbers_in(value)), default=0.0)


def _first_number(words: list[str]) -> float:
    found = NUMBER.match(words[0].strip()) if words else None
    return abs(float(found[0])) if found else 0.0


def _problem(place: Place, what: str) -> Problem:
    return Problem(place, f"the picture cannot be used: {what}", _MEND)
