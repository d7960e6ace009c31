"""YAML text -> nodes that know their place, from the parser's events: nothing is constructed that was not looked at.

What we do without (docs/formats.md, Names and texts): aliases, tags, merge keys, several documents, keys that are not
plain words, nesting beyond 64.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from badgesite.content.yaml.syntax import syntax_problem
from badgesite.errors import Place, Problem
from badgesite.model.scalars import Quoted

DEPTH_LIMIT = 64
_COMMENTED = re.compile(r"[:-][ \t]+(#[^\s,}\]]{1,40})")  # accent: #1f4a6d
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: its characters as written, `Quoted` if in quotes or a block."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    place: Place
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A map: by key, the key's place and the value."""

    place: Place
    entries: dict[str, tuple[Place, "Node"]]


@dataclass(frozen=True, slots=True)
class Broken:
    """A value of which a problem has been told already."""

    place: Place


Node = Scalar | Sequence | Mapping | Broken
Plain = str | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a YAML file holds, as far as it could be followed, and every fault on the way."""

    node: Node | None
    problems: tuple[Problem, ...]


def parse(text: str, path: str, loader: type | None = None) -> Parsed:
    """The node of the one document in `text`, with `path` in every place; never raises."""
    builder = _Builder(path, _events(text, loader or _LOADER), text)
    try:
        node = builder.document()
    except _StopHereError as stop:
        return Parsed(None, (*builder.problems, stop.problem))
    except yaml.YAMLError as error:
        return Parsed(None, (*builder.problems, syntax_problem(error, path, text)))
    return Parsed(node, tuple(builder.problems))


def plain(node: Node) -> Plain:
    """The values of a node without their places, as `str`, `list` and `dict`; broken ones are left out."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.entries.items() if not isinstance(value, Broken)}
    if isinstance(node, Sequence):
        return [plain(item) for item in sound_items(node)]
    return node.text if isinstance(node, Scalar) else ""


def sound_items(node: Sequence) -> tuple[Node, ...]:
    """The items of a list that are not broken: those which `plain` keeps, in its order."""
    return tuple(item for item in node.items if not isinstance(item, Broken))


@dataclass(slots=True)
class _StopHereError(Exception):
    problem: Problem


def _events(text: str, loader: type) -> Iterator[Event]:
    if not text.strip():
        return
    source = loader(text)
    try:
        while source.check_event():
            yield source.get_event()
    finally:
        source.dispose()


@dataclass(slots=True)
class _Builder:
    path: str
    events: Iterator[Event]
    text: str
    problems: list[Problem] = field(default_factory=list)

    def document(self) -> Node | None:
        """The only document; None for a file without any."""
        root: Node | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    what = "a second document begins here"
                    raise _StopHereError(Problem(self._place(event), what, "keep one in a file, without a line ---"))
                root = self._node(next(self.events), 1)
            elif isinstance(event, StreamEndEvent):
                break
        if root is None or (isinstance(root, Scalar) and not root.text and not isinstance(root.text, Quoted)):
            self.problems.append(Problem(Place(self.path, 1, 1), "the file is empty", "write its fields, or remove it"))
            return None
        return root

    def _node(self, event: Event, depth: int) -> Node:
        place = self._place(event)
        if depth > DEPTH_LIMIT:
            raise _StopHereError(Problem(place, f"the nesting goes deeper than {DEPTH_LIMIT}", "make it flatter"))
        if isinstance(event, NodeEvent):
            self._refuse_yaml_tricks(event, place)
        if isinstance(event, MappingStartEvent):
            return self._mapping(place, depth)
        if isinstance(event, SequenceStartEvent):
            return Sequence(place, tuple(self._items(depth)))
        if isinstance(event, ScalarEvent):
            return Scalar(place, Quoted(event.value) if event.style else event.value)
        return Broken(place)

    def _refuse_yaml_tricks(self, event: NodeEvent, place: Place) -> None:
        if isinstance(event, AliasEvent):
            self._note(place, f'"*{event.anchor}" is an alias, which is not read here', "write the value out")
        elif event.anchor:
            self._note(place, f'"&{event.anchor}" is an anchor, which is not read here', "remove it")
        tag = getattr(event, "tag", None)
        if tag:
            short = tag.replace("tag:yaml.org,2002:", "!!")
            self._note(place, f'"{short}" is a tag, which is not read here', "remove it: the field decides the type")

    def _items(self, depth: int) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                return
            item = self._node(event, depth + 1)
            yield self._with_value(item, item.place, "this item of the list")

    def _mapping(self, place: Place, depth: int) -> Mapping:
        entries: dict[str, tuple[Place, Node]] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1)
            if self._is_key(key, entries) and isinstance(key, Scalar):
                name = str(key.text)
                entries[name] = (key.place, self._with_value(value, key.place, f'"{name}"'))
        return Mapping(place, entries)

    def _is_key(self, key: Node, entries: dict[str, tuple[Place, Node]]) -> bool:
        if not isinstance(key, Scalar):
            if not isinstance(key, Broken):
                self._note(key.place, "a map or list stands where a key is meant", "write a single word before the :")
            return False
        if key.text == "<<" and not isinstance(key.text, Quoted):
            self._note(key.place, '"<<" is a merge key, which is not read here', "write the lines out")
            return False
        if not key.text.strip():
            self._note(key.place, "a : without a key before it", "write the key, or put the text in quotes")
            return False
        if key.text in entries:
            first = entries[key.text][0].line
            self._note(key.place, f'"{key.text}" stands here a second time, first in line {first}', "keep one")
            return False
        return True

    def _with_value(self, node: Node, place: Place, name: str) -> Node:
        if isinstance(node, Scalar) and not node.text and not isinstance(node.text, Quoted):
            self._note(place, f"{name} has no value", self._value_mend(place))
            return Broken(place)
        return node

    def _value_mend(self, place: Place) -> str:
        """How to give a value; it may stand there, and look like a comment."""
        line = next(islice(self.text.splitlines(), place.line - 1, None), "")
        if found := _COMMENTED.search(line, max(place.column - 1, 0)):
            return f'put it in quotes if it is meant: "{found[1]}"; after a blank, # begins a comment'
        return "write one, or remove the line"

    def _note(self, place: Place, what: str, mend: str) -> None:
        self.problems.append(Problem(place, what, mend))

    def _place(self, event: Event) -> Place:
        mark = event.start_mark
        return Place(self.path, mark.line + 1, mark.column + 1) if mark else Place(self.path)
