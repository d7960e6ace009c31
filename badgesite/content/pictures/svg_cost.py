"""How much work an SVG would be to draw, found without drawing it.

References multiply (a <use> of a group of <use>s), filters and layers take time by the pixel, and a renderer that runs
out of memory or stack takes the whole process with it. So all is counted, generously for any drawing made by hand.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from badgesite.content.pictures.svg_rules import NUMBER, numbers_in
from badgesite.content.pictures.svg_weights import (
    CHARACTER_WEIGHT,
    LAYER_WEIGHT,
    SHAPES,
    TARGETS,
    TEXTS,
    Paint,
    Rule,
    declared,
    is_layer,
    layers_in,
    length_of,
    paint_of,
    rules_of,
    weight_of,
)
from badgesite.errors import Place, Problem

WORK_LIMIT = 20_000
DEPTH_LIMIT = 128
TILE_LIMIT = 4096
TEXT_LIMIT = 2000
RULE_LIMIT = 300
REACH_LIMIT = 1e8
_DRAWN_SIDE = 512
_MEASURES = ("width", "height", "x", "y", "r", "rx", "ry", "cx", "cy", "d", "points", "stroke-width", "style")
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\"()]*)['\"]?\s*\)", re.IGNORECASE)
_SCALING = re.compile(r"(scale|matrix|skewX|skewY)\s*\(([^()]*)\)")
_BOUNDS = {"numOctaves": 16, "order": 16}
_RADIUS_LIMIT = 8
_MEND = "simplify it, or give a PNG"

_PLAIN = Paint()

Attributes = Mapping[tuple[str, str], str]


@dataclass(slots=True)
class _Part:
    """An element with an id (or the whole picture): what is below it."""

    tag: str
    depth: int
    work: int = 0
    deepest: int = 0
    references: list[tuple[str, int, int]] = field(default_factory=list)  # target, how often, how deep
    named: Counter[str] = field(default_factory=Counter)  # elements that a rule's key means
    drawn: Counter[str] = field(default_factory=Counter)  # shapes and characters in them
    lengths: Counter[str] = field(default_factory=Counter)  # of the outlines of those shapes


@dataclass(slots=True)
class _Open:
    """An element that has not closed: what it hands down, and what has been drawn in it so far."""

    name: str | None
    scale: float = 1.0
    paint: Paint = _PLAIN
    text: bool = False
    keys: tuple[str, ...] = ()
    drawn: int = 0
    length: int = 0


class Costs:
    """Counts while the elements go by."""

    def __init__(self) -> None:
        self._parts: dict[str, _Part] = {"": _Part("", 0)}
        self._open: list[_Open] = []
        self._patterns: list[tuple[Place, float]] = []
        self._radii: list[tuple[Place, float]] = []
        self._styles: list[str] = []
        self._rules: tuple[Rule, ...] = ()
        self._scale = 1.0
        self._enlarged = 1.0
        self._largest = 1.0
        self._side = 100.0
        self._letters = 0
        self._problems: list[Problem] = []

    def begin(self, tag: str, attributes: Attributes, place: Place) -> None:
        """An element opens."""
        plain = {key: value for (space, key), value in attributes.items() if not space}
        above = self._open[-1] if self._open else _Open(None)
        if not self._open:
            self._enlarged = _DRAWN_SIDE / max(0.01, min(_box(plain)))
            self._side = max(_box(plain))
        self._bound(plain, place)
        scale = above.scale * _scaling(tag, plain, nested=bool(self._open))
        self._scale = max(self._scale, scale)
        name = plain.get("id")
        if name in self._parts:
            name = None
        paint = paint_of(declared(plain), self._side).inside(above.paint)
        self._open.append(_Open(name, scale, paint, above.text or tag in TEXTS, _keys(tag, plain)))
        if name:
            self._parts[name] = _Part(tag, len(self._open))
        self._largest = max([self._largest, *(_largest(value) for key, value in plain.items() if key in _MEASURES)])
        if tag == "pattern":
            self._pattern(plain, place)
        if tag == "feMorphology":
            self._radii.append((place, _largest(plain.get("radius", ""))))
        self._count(tag, attributes, plain)

    def end(self) -> None:
        """The innermost element closes."""
        for part in self._parts_here():
            for key in self._open[-1].keys:
                part.named[key] += 1
                part.drawn[key] += self._open[-1].drawn
                part.lengths[key] += self._open[-1].length
        closed = self._open.pop()
        if self._open:
            self._open[-1].drawn += closed.drawn
            self._open[-1].length += closed.length

    def characters(self, count: int) -> None:
        """So many characters stand here; each of a text is drawn as a shape."""
        here = self._open[-1] if self._open else _Open(None)
        if not here.text:
            return
        self._letters += count
        here.drawn += count
        here.length += count * int(4 * self._side)
        for part in self._parts_here():
            part.work += int(count * (CHARACTER_WEIGHT + here.paint.work(4 * self._side)))

    def style(self, text: str) -> None:
        """A <style>, which may touch what comes before it and after it."""
        self._styles.append(text)

    def problems(self, path: str) -> list[Problem]:
        """What is too much."""
        whole = Place(path, 1, 1)
        self._read_rules(whole)
        sizes: dict[str, tuple[int, int, int]] = {}
        work, depth, chain = self._size("", sizes, ())
        if self._letters > TEXT_LIMIT:
            what = f"its texts have {self._letters:,} characters, and {TEXT_LIMIT:,} are the most"
            self._problems.append(Problem(whole, f"the picture cannot be used: {what}", "draw fewer words"))
        elif depth > DEPTH_LIMIT:
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

    def _read_rules(self, whole: Place) -> None:
        self._rules = tuple(rules_of("\n".join(self._styles), self._side))[: RULE_LIMIT + 1]
        self._largest = max([self._largest, *(_largest(rule.text) for rule in self._rules)])
        if len(self._rules) > RULE_LIMIT:
            self._problems.append(_problem(whole, f"its <style> has over {RULE_LIMIT} rules"))
        if any(_SCALING.search(style) for style in self._styles):
            self._problems.append(_problem(whole, "its <style> enlarges things"))

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
        innermost = self._open[-1]
        work = weight_of(tag, plain, innermost.paint, self._side) + LAYER_WEIGHT * is_layer(declared(plain))
        if tag in SHAPES:
            innermost.drawn += 1
            innermost.length += int(min(length_of(plain, self._side), 1e12))
        found = [target for value in plain.values() for target in _REFERENCE.findall(value)]
        links = [value.strip() for (_, key), value in attributes.items() if key == "href"]
        found += [link[1:] for link in links if link.startswith("#")]
        marked = any("marker" in key for key in plain) or "marker" in plain.get("style", "")
        often = 1 + len(plain.get("d", plain.get("points", ""))) // 4 if marked else 1
        here = len(self._open)
        for part in self._parts_here():
            part.work += work
            part.deepest = max(part.deepest, here - part.depth + 1)
            part.references += [(target, often, here - part.depth + 1) for target in found]

    def _parts_here(self) -> Iterator[_Part]:
        """The whole picture, and each open element with a name."""
        for name in ("", *(each.name for each in self._open if each.name)):
            yield self._parts[name]

    def _size(self, name: str, sizes: dict[str, tuple[int, int, int]], above: tuple[str, ...]) -> tuple[int, int, int]:
        """Work, depth and length of the chain of references of a part with all it refers to, bounded."""
        if name in above or len(above) > DEPTH_LIMIT // 8:
            return WORK_LIMIT + 1, DEPTH_LIMIT + 1, 0
        if name not in self._parts:
            return 0, 0, 0
        if name not in sizes:
            part = self._parts[name]
            for rule in self._rules:
                _add(rule, part)
            work, depth, chain = part.work + TARGETS.get(part.tag, 0), part.deepest, 0
            for target, often, at in part.references:
                below = self._size(target, sizes, (*above, name))
                work = min(work + often * below[0], WORK_LIMIT + 1)
                depth = min(max(depth, at + below[1]), DEPTH_LIMIT + 1)
                chain = max(chain, 1 + below[2])
                if work > WORK_LIMIT:
                    break
            sizes[name] = (work, depth, chain)
        return sizes[name]


def _keys(tag: str, plain: Mapping[str, str]) -> tuple[str, ...]:
    """What a rule may call an element."""
    names = [f".{name}" for name in plain.get("class", "").split()]
    return ("*", tag, *names, *([f"#{plain['id']}"] if "id" in plain else []))


def _add(rule: Rule, part: _Part) -> None:
    """What a rule adds to a part; references are told without their depth, which has been counted by then."""
    often = part.named[rule.key]
    if not often:
        return
    part.references += [(target, often, 0) for target in _REFERENCE.findall(rule.text)]
    part.work += often * LAYER_WEIGHT * layers_in(rule.text)
    part.work += int(min(rule.paint.work(0) * part.drawn[rule.key], 1e9))
    if rule.paint.dash:
        part.work += int(min(replace(rule.paint, stroked=False, shaded=False).work(part.lengths[rule.key]), 1e9))


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
