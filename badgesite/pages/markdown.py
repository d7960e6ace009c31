"""Markdown to safe HTML: a small set of tags, no raw HTML, no pictures, links to the web and to mail alone."""

import re
from functools import cache
from xml.etree.ElementTree import Element, tostring

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

_TAGS = {"p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"}
_TAGS |= {"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TOO_DEEP = re.compile(r"^(?:(?:[ \t]*>){33}|[ \t]{132})", re.MULTILINE)  # quotes or lists in 32 others
_SPLITTING = re.compile(r"^(?: {0,3}(?:#|=+[ \t]*$|(?:[-*_][ \t]*)+$))", re.MULTILINE)  # headings and rules
_LENGTH = 200_000
_EFFORT = 4_000_000  # about 0.2 s


def html_of(text: str, top: int = 3) -> Markup:
    """The text as HTML whose highest heading is an `<h{top}>`.

    A text made to exhaust the parser (a hundred thousand brackets, endless nesting) is shown as plain paragraphs.
    """
    if len(text) > _LENGTH or _TOO_DEEP.search(text) or _effort(text) > _EFFORT:
        return _plain(text)
    try:
        html = _parser(top).reset().convert(text)
    except RecursionError:
        _parser.cache_clear()  # it was left in the middle of something
        return _plain(text)
    return Markup(_clean(html))  # noqa: S704 - nh3 has just cleaned it


def _effort(text: str) -> float:
    """About how often the parser looks at a character: for each of these marks it looks at the rest of the block."""
    return sum(len(block) * _marks(block) for block in re.split(r"\n\s*\n", text))


def _marks(block: str) -> float:
    return block.count("[") + block.count("`") / 16 + len(_SPLITTING.findall(block)) / 2


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_whole_links,
        url_schemes=_SCHEMES,
        link_rel="noopener",
    )


def _whole_links(tag: str, attribute: str, value: str) -> str | None:
    """Drop links without a scheme: a text is shown on several pages, from which they would lead elsewhere."""
    if attribute == "href" and value.partition(":")[0].lower() not in _SCHEMES:
        return None
    return value


def _plain(text: str) -> Markup:
    parts = (part.strip() for part in re.split(r"\n\s*\n", text))
    html = "\n".join(tostring(_paragraph(part), encoding="unicode", method="html") for part in parts if part)
    return Markup(_clean(html))  # noqa: S704 - nh3 has just cleaned it


def _paragraph(text: str) -> Element:
    element = Element("p")
    element.text = text
    return element


@cache
def _parser(top: int) -> Markdown:
    return Markdown(extensions=["tables", "sane_lists", _House(top)])


class _House(Extension):
    """Markdown without raw HTML, and with headings that fit the page; pictures fall to the sanitiser."""

    def __init__(self, top: int) -> None:
        super().__init__()
        self._top = top

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.treeprocessors.register(_Headings(md, self._top), "headings", 5)


class _Headings(Treeprocessor):
    def __init__(self, md: Markdown, top: int) -> None:
        super().__init__(md)
        self._top = top

    def run(self, root: Element) -> None:
        headings = [element for element in root.iter() if element.tag in _HEADINGS]
        levels = sorted({element.tag for element in headings})
        for element in headings:
            level = levels.index(element.tag) + self._top  # no level is skipped
            element.tag = f"h{min(level, len(_HEADINGS))}"
