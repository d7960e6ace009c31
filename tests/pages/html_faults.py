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
        if tag in {"script", "style", "iframe", "base", "form"}:
            self.faults.append(f"<{tag}> on a page")
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

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]} in line {self.getpos()[0]}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1] in _FREE_OF_TEXT:
            self.faults.append(f"text in <{self.open[-1]}>: {data.strip()[:30]}")


def faults(html: str) -> Iterator[str]:
    """One sentence for each fault."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    yield from reader.faults
    yield from (f"<{tag}> is never closed" for tag in reader.open)
    yield from (f"a link to #{name}, which is not there" for name in sorted(reader.fragments - reader.ids))
    for tag in ("h1", "main", "title", "header", "footer"):
        if reader.counts.get(tag) != 1:
            yield f"<{tag}> is there {reader.counts.get(tag, 0)} times"
    steps = zip(reader.levels, reader.levels[1:], strict=False)
    yield from (f"<h{after}> follows <h{before}>" for before, after in steps if after > before + 1)
