"""Nodes and a noun -> the noun, or problems: pydantic says what is wrong, the nodes say where."""

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Generic, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from badgesite.content.yaml.nodes import Mapping, Node, Scalar, Sequence, plain, sound_items
from badgesite.content.yaml.sentences import UNKNOWN, sentence, suggestion
from badgesite.content.yaml.shapes import COMPUTED, name_of
from badgesite.errors import Place, Problem
from badgesite.model.scalars import is_slug

T = TypeVar("T")
Location = tuple[str | int, ...]
_TOLD = 100  # faults of one thing that are told one by one


@dataclass(frozen=True, slots=True)
class Bound(Generic[T]):
    """A noun (None if anything was wrong) and the node it comes from."""

    noun: T | None
    node: Node
    problems: tuple[Problem, ...] = ()

    def place(self, *location: str | int) -> Place:
        """Where the value at `location` stands: `place("periods", 0, "to")`; its nearest parent if it is not there."""
        return _find(self.node, location)[0]

    def places(self, name: str) -> Iterator[tuple[str, Place]]:
        """Where it stands, as `name`; its fields as `name.field`, and what is in them as `name.field.it` or `.0`."""
        yield name, self.node.place
        for key, (_, value) in self.node.entries.items() if isinstance(self.node, Mapping) else ():
            yield f"{name}.{key}", value.place
            for inner, (_, each) in value.entries.items() if isinstance(value, Mapping) else ():
                yield f"{name}.{key}.{inner}", each.place
            for number, item in enumerate(value.items) if isinstance(value, Sequence) else ():
                if isinstance(item, Scalar):
                    yield f"{name}.{key}.{number}", item.place


def nothing_in(path: str) -> Bound[Any]:
    """What there is of a file that could not be read."""
    return Bound(None, Mapping(Place(path, 1, 1), {}))


def sound_nouns(bound: Map[str, Bound[T]]) -> dict[str, T]:
    """The nouns of files that are sound and whose names are slugs, sorted by name."""
    pairs = sorted(bound.items(), key=lambda pair: pair[0])
    return {slug: found.noun for slug, found in pairs if found.noun is not None and is_slug(slug)}


def bind(
    node: Node,
    model: type[T],
    languages: tuple[str, ...] | None,
    *,
    given: Map[str, object] | None = None,
    apart: tuple[str, ...] = (),
) -> Bound[T]:
    """Validate `node` as a `model`.

    `languages` are the site's; None if they are not known, then no language is a fault. `given` are fields
    for which the file need not (or, the slug, must not) have a key. `apart` are keys that something else reads.
    """
    clashes = _clashes(node, model)
    values: Any = plain(node)
    if isinstance(values, dict):
        values = {**(given or {}), **{key: values[key] for key in values if key not in (*apart, *COMPUTED)}}
    context = {"languages": languages or ("en",)}
    try:
        noun: T = _adapter(cast(Any, model)).validate_python(values, context=context)
    except ValidationError as error:
        every = iter(error.errors(include_url=False))
        faults = list(islice((fault for fault in every if not _is_noise(fault, node, languages)), _TOLD))
        more = sum(1 for _ in every)
        return Bound(None, node, (*clashes, *_problems(faults, node, model, apart), *_rest(more, node.place)))
    return Bound(None if clashes else noun, node, clashes)


def _clashes(node: Node, model: type) -> tuple[Problem, ...]:
    if not isinstance(node, Mapping):
        return ()
    what, mend = f"{{}} is not a field of {name_of(model)}", "remove it: the file's name says it"
    return tuple(Problem(node.entries[key][0], what.format(f'"{key}"'), mend) for key in COMPUTED & set(node.entries))


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def _is_noise(fault: ErrorDetails, node: Node, languages: tuple[str, ...] | None) -> bool:
    """What was told already, or what only an unknown list of languages makes a fault."""
    if fault["type"] == "missing":
        parent = _find(node, fault["loc"][:-1])[1]
        return isinstance(parent, Mapping) and fault["loc"][-1] in parent.entries
    return languages is None and fault["type"] in ("site-language", "first-language")


def _problems(faults: list[ErrorDetails], node: Node, model: type, apart: tuple[str, ...]) -> tuple[Problem, ...]:
    found = []
    unknown = [fault["loc"] for fault in faults if fault["type"] in UNKNOWN]
    for fault in faults:
        place = _key_place(node, fault["loc"]) if _is_about_key(fault) else _find(node, fault["loc"])[0]
        if not _is_misspelt(fault, unknown):
            found.append(Problem(place, *sentence(fault, model, apart)))
    return tuple(found)


def _rest(count: int, place: Place) -> tuple[Problem, ...]:
    """A word about the faults that are not told one by one."""
    return (Problem(place, f"there are {count:,} more faults", "mend these first"),) if count else ()


def _is_misspelt(fault: ErrorDetails, unknown: list[Location]) -> bool:
    """Whether a missing key is one that an unknown key beside it, told as well, is close to."""
    if fault["type"] != "missing" or not fault["loc"]:
        return False
    *way, key = fault["loc"]
    return bool(suggestion(str(key), [str(other[-1]) for other in unknown if [*other[:-1]] == way], only_close=True))


def _is_about_key(fault: ErrorDetails) -> bool:
    return fault["type"] in UNKNOWN or (bool(fault["loc"]) and fault["loc"][-1] == "[key]")


def _find(node: Node, location: Location) -> tuple[Place, Node]:
    """The place and node at a location; parts that no node answers to (pydantic's own) are passed over."""
    for part in location:
        child = _child(node, part)
        if child:
            node = child
    return node.place, node


def _child(node: Node, part: str | int) -> Node | None:
    if isinstance(node, Mapping):
        entry = node.entries.get(str(part))
        return entry[1] if entry else None
    if isinstance(node, Sequence) and isinstance(part, int):
        items = sound_items(node)
        return items[part] if part < len(items) else None
    return None


def _key_place(node: Node, location: Location) -> Place:
    way = location[:-1] if location[-1] == "[key]" else location
    parent = _find(node, way[:-1])[1]
    if isinstance(parent, Mapping) and str(way[-1]) in parent.entries:
        return parent.entries[str(way[-1])][0]
    return parent.place
