"""What is wrong with a page of HTML, as far as a strict reader of tags can tell."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"meta", "link", "img", "br", "hr", "input", "source"}
_FREE_OF_TEXT = {"ul", "ol", "dl", "table", "thead", "tbody", "tr", "head", "html"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: set[str] = set()
        self.fragments: set[str] = set()
        self.fields: set[str] = set()
        self.labelled: set[str] = set()
        self.levels: list[int] = []
        self.counts: dict[str, int] = {}

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look(tag, dict(attrs))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look(tag, dict(attrs))
        if len(dict(attrs)) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        if tag not in VOID:
            self.open.append(tag)

    def _look(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.faults += _behaviour(tag, attributes)
        self._label(tag, attributes)
        self.faults += [f"{name} on <{tag}>" for name in attributes if name == "style" or name.startswith("on")]
        if tag == "img" and "alt" not in attributes:
            self.faults.append("a picture without alt")
        if identifier := attributes.get("id"):
            if identifier in self.ids:
                self.faults.append(f"id {identifier} twice")
            self.ids.add(identifier)
        if (href := attributes.get("href")) and href.startswith("#"):
            self.fragments.add(href[1:])
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.levels.append(int(tag[1]))
        if "lang" in attributes and not attributes["lang"]:
            self.faults.append(f"an empty lang on <{tag}>")

    def _label(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag in {"input", "textarea"}:
            self.fields.add(attributes.get("id") or "")
        if tag == "label":
            self.labelled.add(attributes.get("for") or "")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]} in line {self.getpos()[0]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1] in _FREE_OF_TEXT:
            self.faults.append(f"text in <{self.open[-1]}>: {data.strip()[:30]}")


def _behaviour(tag: str, attributes: dict[str, str | None]) -> Iterator[str]:
    """What a strict Content-Security-Policy forbids, and what is of no use without a script."""
    if tag in {"style", "iframe", "base"}:
        yield f"<{tag}> on a page"
    of_data = attributes.get("type") == "application/ld+json" and "src" not in attributes
    if tag == "script" and not of_data and (attributes.get("type") != "module" or not attributes.get("src")):
        yield "a script that is no module in a file of its own"
    if tag == "form" and "hidden" not in attributes:
        yield "a form that stands there without a script to serve it"


def faults(html: str) -> Iterator[str]:
    """One sentence for each fault."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    yield from reader.faults
    yield from (f"<{tag}> is never closed" for tag in reader.open)
    yield from (f"a link to #{name}, which is not there" for name in sorted(reader.fragments - reader.ids))
    yield from (f"the field {name} has no label" for name in sorted(reader.fields - reader.labelled))
    for tag in ("h1", "main", "title", "header", "footer"):
        if reader.counts.get(tag) != 1:
            yield f"<{tag}> is there {reader.counts.get(tag, 0)} times"
    steps = zip(reader.levels, reader.levels[1:], strict=False)
    yield from (f"<h{after}> follows <h{before}>" for before, after in steps if after > before + 1)
