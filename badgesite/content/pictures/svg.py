"""Is an SVG safe to publish and to draw?

It holds no scripts, events, foreignObject, DOCTYPE or outside references (docs/content-reference.md).

It is parsed as a stream, so that nothing of it is held in memory or recursed into before it was looked at.
"""

from dataclasses import dataclass, field
from io import BytesIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, InputSource, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from badgesite.content.pictures.svg_cost import Costs
from badgesite.content.pictures.svg_rules import SVG, element_fault, style_fault, value_fault
from badgesite.content.pictures.svg_size import side_of
from badgesite.errors import Place, Problem

SVG_LIMIT = 500_000
DEPTH_LIMIT = 64
_FAULT_LIMIT = 20


def read_svg(text: str, path: str) -> tuple[int, list[Problem]]:
    """The side of the picture in pixels, and what is wrong with it, by line; the side is 0 if it has none."""
    handler = _Handler(path)
    parser = make_parser()
    parser.setFeature(feature_namespaces, True)
    parser.forbid_dtd = True
    parser.setContentHandler(handler)
    source = InputSource()
    source.setByteStream(BytesIO(text.encode()))
    source.setEncoding("utf-8")
    try:
        parser.parse(source)
    except _EnoughError:
        pass
    except DefusedXmlException:
        handler.note("it has a DOCTYPE", "remove it")
    except SAXException as error:
        handler.note(f"it is not XML: {error.getMessage()}", "export the picture again")
    if not handler.problems:
        handler.problems += handler.costs.problems(path)
    return handler.side, handler.problems


class _EnoughError(Exception):
    """Nothing more can be said."""


@dataclass(slots=True)
class _Styled:
    """Text gathered in a <style>."""

    place: Place
    parts: list[str] = field(default_factory=list)


class _Handler(ContentHandler):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.side = 0
        self.depth = 0
        self.problems: list[Problem] = []
        self.costs = Costs()
        self._style: _Styled | None = None
        self._locator: Locator

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        self._locator = locator

    def place(self) -> Place:
        return Place(self.path, self._locator.getLineNumber() or 1, (self._locator.getColumnNumber() or 0) + 1)

    def note(self, what: str, mend: str) -> None:
        self.problems.append(Problem(self.place(), f"the picture cannot be used: {what}", mend))
        if len(self.problems) >= _FAULT_LIMIT:
            raise _EnoughError

    def processingInstruction(self, target: str, data: str) -> None:  # noqa: N802
        if target == "xml-stylesheet":
            self.note("it asks for a style sheet outside it", "write the styles into the picture")

    def startElementNS(  # noqa: N802
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        self.depth += 1
        space, tag = name
        attributes = {(space or "", key): value for (space, key), value in attrs.items()}
        if self.depth == 1:
            self._root(name, attributes)
        if self.depth > DEPTH_LIMIT:
            self.note(f"its groups are nested more than {DEPTH_LIMIT} deep", "ungroup some")
            raise _EnoughError
        if fault := element_fault(space or "", tag, attributes):
            self.note(*fault)
        for key, value in attributes.items():
            if fault := value_fault(space or "", tag, key, value):
                self.note(*fault)
        if space == SVG:
            self.costs.begin(tag, attributes, self.place())
            if tag == "style":
                self._style = _Styled(self.place())
        else:
            self.costs.begin("", {}, self.place())

    def characters(self, content: str) -> None:
        if self._style:
            self._style.parts.append(content)
        else:
            self.costs.characters(len(content))

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802
        self.depth -= 1
        self.costs.end()
        if self._style and name == (SVG, "style"):
            style = "".join(self._style.parts)
            self._style = None
            if fault := style_fault(style):
                self.note(*fault)
            self.costs.style(style)

    def _root(self, name: tuple[str | None, str], attributes: dict[tuple[str, str], str]) -> None:
        if name != (SVG, "svg"):
            self.note("it is not an SVG", 'its first element is <svg xmlns="http://www.w3.org/2000/svg">')
            raise _EnoughError
        self.side, fault = side_of({key: value for (space, key), value in attributes.items() if not space})
        if fault:
            self.note(*fault)
