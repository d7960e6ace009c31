"""An SVG as a carrier: where its root begins and ends, and which elements of certain names it holds, in bytes.

expat reads it without building a tree, so a large file costs little memory; entities are refused, and nothing outside
the file is ever looked at.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from xml.parsers import expat

from badgesite.errors import FormatError

_DEPTH_LIMIT = 1000
_TAG_PIECE = re.compile(rb"[^\"'>]+|\"[^\"]*\"|'[^']*'")
_DECLARED = re.compile(rb"<\?xml\s[^>]*\bencoding\s*=\s*[\"']([^\"']*)[\"']")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag: its first byte, the byte after it, and whether it closes its own element."""

    start: int
    end: int
    empty: bool


@dataclass(frozen=True, slots=True)
class Element:
    """An element that was looked for: its name (`namespace local`), `verify` attribute, text, and its span in bytes.

    `alone` tells that no other such element is inside.
    """

    name: str
    verify: str
    text: str
    start: int
    end: int
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Svg:
    """What a reading found."""

    root: Tag
    elements: tuple[Element, ...]


def read_svg(data: bytes, names: Collection[str], *, allow_doctype: bool) -> Svg:
    """Find the root and the elements called `names` (`namespace local`); FormatError if it is not a sound SVG.

    Of an element inside another one of these, the outer one is told.
    """
    reader = _Reader(data, names, allow_doctype)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        what, place = expat.ErrorString(error.code), f"line {error.lineno}, column {error.offset + 1}"
        raise FormatError(f"the SVG is not sound XML: {what} ({place})") from error
    except (ValueError, LookupError) as error:
        raise FormatError("the SVG is in an encoding that cannot be read; save it as UTF-8") from error
    return Svg(_tag_at(data, reader.root), tuple(reader.elements))


def require_utf8(data: bytes) -> None:
    """FormatError if the SVG is, or says it is, in another encoding."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise FormatError("the SVG is not in UTF-8; save it as UTF-8") from error
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        raise FormatError("the SVG says that it is not in UTF-8; save it as UTF-8")


class _Reader:
    """The handlers of one reading."""

    def __init__(self, data: bytes, names: Collection[str], allow_doctype: bool) -> None:
        self.data, self.names, self.allow_doctype = data, names, allow_doctype
        self.elements: list[Element] = []
        self.root = self.depth = self.inside = 0
        self.name, self.verify, self.start = "", "", 0
        self.plain: list[str] = []
        self.sections: list[str] = []
        self.in_section, self.alone = False, True
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start_element
        self.parser.EndElementHandler = self.end_element
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartCdataSectionHandler = self.start_section
        self.parser.EndCdataSectionHandler = self.end_section
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.EntityDeclHandler = self.entity

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEPTH_LIMIT:
            raise FormatError(f"the SVG is nested deeper than {_DEPTH_LIMIT} elements")
        if self.depth == 1:
            self.root = self.parser.CurrentByteIndex
            if name.rpartition(" ")[2] != "svg":
                raise FormatError("the file is XML, but not an SVG")
        if self.inside and name in self.names:
            self.alone = False
        elif name in self.names:
            self.alone, self.inside, self.start = True, self.depth, self.parser.CurrentByteIndex
            self.name, self.verify = name, attributes.get("verify", "")
            self.plain, self.sections = [], []

    def end_element(self, name: str) -> None:
        if self.depth == self.inside:
            text = "".join(self.sections) or "".join(self.plain).strip()
            end = self.element_end()
            self.elements.append(Element(self.name, self.verify, text, self.start, end, self.alone))
            self.inside = 0
        self.depth -= 1

    def element_end(self) -> int:
        tag = _tag_at(self.data, self.start)
        return tag.end if tag.empty else self.data.find(b">", self.parser.CurrentByteIndex) + 1

    def characters(self, text: str) -> None:
        if self.inside:
            (self.sections if self.in_section else self.plain).append(text)

    def start_section(self) -> None:
        self.in_section = True

    def end_section(self) -> None:
        self.in_section = False

    def doctype(self, name: str, system: str | None, public: str | None, internal: int) -> None:
        if not self.allow_doctype:
            raise FormatError("the SVG has a DOCTYPE; remove it")

    def entity(self, *declaration: object) -> None:
        raise FormatError("the SVG declares entities, which are not read")


def _tag_at(data: bytes, start: int) -> Tag:
    """The start tag at `start`, which expat has read (in an encoding that keeps ASCII), so that it does end."""
    position = start
    while piece := _TAG_PIECE.match(data, position):
        position = piece.end()
    return Tag(start, position + 1, data[position - 1 : position] == b"/")
