"""A share card is drawn from what stands in it: resvg would read any picture of this machine that a template names."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import fromstring

from badgesite.errors import Place, Problem

_SLACK = 0.01  # of the proportion of a card: 1200 by 628 is as good as 1200 by 630
_NAMING = ("href", "src")
# With no comma, resvg takes even an address that begins with "data:" for a path (data URLs: RFC 2397, section 3).
_WITHIN = re.compile(r"#|data:image/[a-z0-9.+-]+(;[a-z0-9=-]+)*,", re.IGNORECASE)
_URL = re.compile(r"url\(\s*[\"']?\s*([^\"')]*)", re.IGNORECASE)
_IMPORT = re.compile(r"@import\b[^;]*", re.IGNORECASE)
_NUMBER = re.compile(r"([0-9.]+)(?:px)?")
_MEND = "put the picture into the template (data:image/png;base64,...), or refer to an #id of its own"


def problems_of(svg: str, place: Place, size: tuple[int, int] | None = None) -> tuple[Problem, ...]:
    """What keeps a card from being drawn: it is no XML, or refers to something outside it; each is told once.

    With a `size`, so does another proportion of width and height: the picture would not be of that size.
    """
    try:
        root = fromstring(svg, forbid_dtd=True)
    except DTDForbidden:
        return (Problem(place, "the share card cannot be drawn: it has a DOCTYPE", "remove it"),)
    except (ParseError, DefusedXmlException) as error:
        return (Problem(place, f"the share card is no XML once it is filled: {error}", "correct the template"),)
    outside = dict.fromkeys(name for element in root.iter() for name in _outside(element))
    problems = [Problem(place, f'the share card refers to "{_short(name)}"', _MEND) for name in outside]
    if size and (has := _size(root)) and abs(has[0] * size[1] / (has[1] or 1) / size[0] - 1) > _SLACK:
        what = f"the share card is {has[0]:g} wide and {has[1]:g} high, and has to be {size[0]} by {size[1]}"
        problems.append(Problem(place, what, 'begin it with width="{{ card.width }}" height="{{ card.height }}"'))
    return tuple(problems)


def _size(root: Element) -> tuple[float, float] | None:
    """How wide and high an SVG says that it is, in its root or else in its view box; None if it does not say."""
    found = [_NUMBER.fullmatch(root.get(key, "").strip()) for key in ("width", "height")]
    box = root.get("viewBox", "").replace(",", " ").split()
    sides = [each[1] for each in found if each] if all(found) else box[2:4]
    try:
        width, height = map(float, sides)
    except ValueError:
        return None
    return width, height


def _outside(element: Element) -> Iterator[str]:
    """What an element refers to that is not in the card itself."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].lower() in _NAMING and not _WITHIN.match(value):
            yield value
        yield from _named(value)
    if element.tag.rpartition("}")[2] == "style":
        yield from _named("".join(element.itertext()))


def _named(style: str) -> Iterator[str]:
    """What the value of an attribute, or a style sheet, calls from outside."""
    yield from (found[1] for found in _URL.finditer(style) if not _WITHIN.match(found[1]))
    yield from (found[0] for found in _IMPORT.finditer(style))


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:57]}..."
