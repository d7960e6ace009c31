"""What an SVG of ours must not hold: anything that runs, anything from outside, anything that no renderer survives."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping

from badgesite.content.pictures.png import png_side
from badgesite.errors import FormatError

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
_FOREIGN = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML")
_BAKED = ("http://openbadges.org", "https://purl.imsglobal.org/ob/v3p0", "http://purl.imsglobal.org/ob/v3p0")
_RUNNING = ("script", "handler", "listener")
_EMBEDDING = ("foreignObject", "iframe", "embed", "object", "audio", "video", "canvas")
_ANIMATIONS = ("animate", "set", "animateTransform", "animateMotion", "animateColor")
_URL = re.compile(r"url\(\s*(['\"]?)([^()]*?)\1\s*\)", re.IGNORECASE)
_CALLS = re.compile(r"@import|@namespace|-moz-binding|javascript:", re.IGNORECASE)
_FUNCTION = re.compile(r"[^\s(){}\[\],:;/*+!'\"=]+\Z")
_HARMLESS = re.compile(
    r"url|(rgb|hsl)a?|hwb|(ok)?l(ab|ch)|color(-mix)?|calc|min|max|clamp|var|matrix|(translate|scale|skew)[xy]?|rotate"
    r"|cubic-bezier|steps|not|is|where|nth-(last-)?(child|of-type)|lang",
    re.IGNORECASE,
)  # other functions load something (image, src, image-set), or draw in ways that we do not count
_CALLING = ("ping", "attributionsrc")  # attributes that tell somebody of a click
NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_NOT_NUMBERS = re.compile(r"\.[A-Za-z_][\w-]*|#[\w:.-]+|[\"'][^\"']*[\"']")
_FREE_TEXT = ("id", "class", "lang", "role", "title", "content", "name", "unicode", "glyph-name")
NUMBER_LIMIT = 100_000

Fault = tuple[str, str]
Attributes = Mapping[tuple[str, str], str]
_FRAGMENT_MEND = "put everything into the picture, and refer only to its own #ids"


def element_fault(space: str, tag: str, attributes: Attributes) -> Fault | None:
    """What is wrong with an element as such."""
    if space in _FOREIGN or (space == SVG and tag in _EMBEDDING):
        return f"it embeds something else (<{tag}>)", "draw it, or remove it"
    if space == SVG and tag in _RUNNING:
        return f"it holds a program (<{tag}>)", "remove it"
    if space in _BAKED:
        return "it is somebody's baked badge", "use the plain picture"
    moved = attributes.get(("", "attributeName"), "").rpartition(":")[2].strip().lower()
    if space == SVG and tag in _ANIMATIONS and (moved in ("href", "src", "style", *_CALLING) or moved.startswith("on")):
        return f'it animates "{moved}"', "remove the animation"
    return None


def value_fault(space: str, tag: str, key: tuple[str, str], value: str) -> Fault | None:
    """What is wrong with an attribute of an element."""
    key_space, name = key
    if key_space == XML and name == "base":
        return "it has an xml:base", "remove it"
    if not key_space and name.lower().startswith("on"):
        return f'it reacts to events ("{name}")', "remove the attribute"
    if name.lower() in _CALLING:
        return f'it calls somebody ("{name}")', "remove the attribute"
    if name.lower() in ("href", "src") and key_space in ("", XLINK):
        return _reference_fault(space, tag, value)
    if key_space or space != SVG:
        return None
    return style_fault(value, of_attribute=name)


def style_fault(text: str, of_attribute: str = "style") -> Fault | None:
    """What is wrong with the text of a <style>, or with an attribute's value."""
    if of_attribute in _FREE_TEXT or of_attribute.startswith(("data-", "aria-")):
        return None
    if "\\" in text:
        return f'its "{of_attribute}" holds a backslash', "write the characters themselves"
    if of_attribute == "font-family":
        return None
    if _CALLS.search(text):
        return f'it reaches outside ("{text.strip()[:40]}")', _FRAGMENT_MEND
    for name in _functions_in(text):
        if not _HARMLESS.fullmatch(name):
            return f'it uses the function "{name}"', _FRAGMENT_MEND
    for found in _URL.finditer(text):
        if not found[2].strip().startswith("#"):
            return f'it refers to "{found[2].strip()[:60]}"', _FRAGMENT_MEND
    if text.lower().count("url(") != len(_URL.findall(text)):
        return "it holds a url( that is none of its #ids", _FRAGMENT_MEND
    return _number_fault(text)


def _functions_in(text: str) -> Iterator[str]:
    """The word before each bracket (its end, if it is very long)."""
    position = text.find("(")
    while position >= 0:
        if name := _FUNCTION.search(text[max(0, position - 40) : position]):
            yield name[0]
        position = text.find("(", position + 1)


def _reference_fault(space: str, tag: str, value: str) -> Fault | None:
    target = value.strip()
    if not target or target.startswith("#"):
        return None
    if space == SVG and tag == "image" and target.startswith("data:image/png;base64,"):
        return _embedded_fault(target.partition(",")[2])
    shown = target if len(target) <= 60 else f"{target[:57]}..."
    mend = "embed it as a PNG (data:image/png)" if tag == "image" else _FRAGMENT_MEND
    return f'it refers to "{shown}"', mend


def _embedded_fault(written: str) -> Fault | None:
    try:
        png_side(base64.b64decode("".join(written.split()), validate=True), square=False)
    except (binascii.Error, ValueError):
        return "an image in it is not base64", "export the picture again"
    except FormatError as error:
        return f"an image in it {error}", "embed a smaller or sounder PNG"
    return None


def numbers_in(text: str) -> Iterator[str]:
    """The numbers of an attribute's value or a style, without those in names and colours."""
    for found in NUMBER.finditer(_NOT_NUMBERS.sub(" ", text)):
        yield found[0]


def _number_fault(text: str) -> Fault | None:
    for number in numbers_in(text):
        if (len(number) > 5 or "e" in number.lower()) and abs(float(number)) > NUMBER_LIMIT:
            return f"it holds the number {number[:40]}", f"no number may exceed {NUMBER_LIMIT}"
    return None
