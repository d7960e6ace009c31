"""Where the records of a batch stand in its YAML text, to the character."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from badgesite.errors import Place

LINE_END = re.compile(r"\r\n|\r|\n")
_LINE_REST = re.compile(r"[ \t]*(\r\n|\n|\r|\Z)")
_COMMA_AFTER = re.compile(r"[ \t]*,[ \t]*")
_COMMA_BEFORE = re.compile(r"[ \t]*,\s*")


@dataclass(frozen=True, slots=True)
class Pair:
    """A key and its value: where they begin and end in the text, and what the value says if it is no list or map.

    `kind` is scalar, block (a text under | or >), or collection; of a map, `inner` are its pairs.
    """

    key: str
    start: int
    key_end: int
    value_start: int
    end: int
    kind: str
    value: str = ""
    inner: tuple["Pair", ...] = ()


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Where a record stands: its place for messages, its pairs, and whether it is in braces."""

    place: Place
    pairs: tuple[Pair, ...]
    flow: bool
    start: int
    end: int

    def pair(self, key: str) -> Pair | None:
        """The pair of a key."""
        return next((pair for pair in self.pairs if pair.key == key), None)


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where the list `awards` stands: its records, whether it is in brackets, and where its key ends."""

    records: tuple[RecordPlace, ...]
    flow: bool
    key_end: int


def find_list(text: str, path: str) -> ListPlace | None:
    """The list `awards`; None if it is not there. `text` must be YAML that has been read without a fault.

    By the pure Python parser, as its marks count characters of this very text.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if getattr(key, "value", None) == "awards" and isinstance(value, yaml.SequenceNode):
            return ListPlace(tuple(_records(value, text, path)), bool(value.flow_style), key.end_mark.index)
    return None


def line_end(text: str, index: int) -> str:
    """The line end that comes after `index`, or if none does, the one before."""
    found = LINE_END.search(text, index) or LINE_END.search(text)
    return found[0] if found else "\n"


def span_of_line(text: str, pair: Pair) -> tuple[int, int]:
    """The whole lines of a pair; if a comment follows, only the pair."""
    start = text.rfind("\n", 0, pair.start) + 1
    rest = _LINE_REST.match(text, pair.end)
    return (start, rest.end()) if rest else (pair.start, pair.end)


def span_in_braces(text: str, others: Iterator[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """What stands in braces or brackets from `start` to `end`, with the comma that follows it.

    Or the one before it if it is the last; `others` are the spans of what stands beside it.
    """
    if after := _COMMA_AFTER.match(text, end):
        return start, after.end()
    before = max((stop for _, stop in others if stop <= start), default=start)
    return (before if _COMMA_BEFORE.fullmatch(text[before:start]) else start), end


def _records(items: yaml.SequenceNode, text: str, path: str) -> Iterator[RecordPlace]:
    for item in items.value:
        if isinstance(item, yaml.MappingNode):
            mark = item.start_mark
            place = Place(path, mark.line + 1, mark.column + 1)
            yield RecordPlace(place, _pairs(item, text), bool(item.flow_style), mark.index, _end(item, text))


def _pairs(node: yaml.MappingNode, text: str) -> tuple[Pair, ...]:
    return tuple(_pair(key, value, text) for key, value in node.value)


def _pair(key: yaml.Node, value: yaml.Node, text: str) -> Pair:
    said = value.value if isinstance(value, yaml.ScalarNode) else ""
    start, key_end, value_start = (mark.index for mark in (key.start_mark, key.end_mark, value.start_mark))
    inner = _pairs(value, text) if isinstance(value, yaml.MappingNode) else ()
    return Pair(str(key.value), start, key_end, value_start, _end(value, text), _kind(value), said, inner)


def _kind(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        return "collection"
    return "block" if node.style in ("|", ">") else "scalar"


def _end(node: yaml.Node, text: str) -> int:
    """Where a value ends itself: the parser's mark of a block stands behind the empty lines and comments after it."""
    if isinstance(node, yaml.ScalarNode) and _kind(node) == "block":
        return node.start_mark.index + len(text[node.start_mark.index : node.end_mark.index].rstrip())
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last, text)
    end: int = node.end_mark.index
    return end
