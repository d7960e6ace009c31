"""The size of an SVG from its first element."""

import re
from collections.abc import Mapping

SIDE_LIMIT = 4096
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_LENGTH = re.compile(r"\s*([0-9]{0,9}\.?[0-9]{1,9}(?:[eE][-+]?[0-9]{1,2})?)\.?\s*(px|pt|pc|in|cm|mm|)\s*")
_MEND = 'write a square viewBox, like viewBox="0 0 512 512", or width and height alike'

Fault = tuple[str, str]


def side_of(attributes: Mapping[str, str]) -> tuple[int, Fault | None]:
    """The side in pixels, or what is wrong; a length in percent counts as not given."""
    box, fault = _view_box(attributes.get("viewBox"))
    if fault:
        return 0, fault
    sizes = []
    for key, other in (("width", 0), ("height", 1)):
        length = attributes.get(key, "").strip()
        if not length or length.endswith("%") or length == "auto":
            sizes.append(box[other] if box else 0.0)
        elif not (found := _LENGTH.fullmatch(length)):
            return 0, (f'its {key} is "{length[:40]}"', _MEND)
        else:
            sizes.append(float(found[1]) * _PIXELS[found[2]])
    return _square(*sizes)


def _square(width: float, height: float) -> tuple[int, Fault | None]:
    if not width or not height:
        return 0, ("it does not say its size", _MEND)
    if abs(width - height) > 0.01 * max(width, height):
        return 0, (f"it is {width:g} x {height:g}, not square", _MEND)
    side = round(width)
    if not 1 <= side <= SIDE_LIMIT:
        return 0, (f"it is {width:g} pixels wide, and {SIDE_LIMIT} is the most", "set a smaller width and height")
    return side, None


def _view_box(written: str | None) -> tuple[tuple[float, float] | None, Fault | None]:
    if written is None:
        return None, None
    try:
        numbers = [float(part) for part in re.split(r"[\s,]+", written.strip())]
    except ValueError:
        numbers = []
    if len(numbers) != 4 or not all(0.01 <= number <= 100_000 for number in numbers[2:]):
        return None, (f'its viewBox is "{written[:40]}"', _MEND)
    return (numbers[2], numbers[3]), None
