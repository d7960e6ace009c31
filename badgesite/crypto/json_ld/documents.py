"""JSON documents as they are read, and where in one something stands: `credentialSubject.achievement.tag[0]`."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from badgesite.errors import FormatError

Document = Mapping[str, object]
Path = tuple[str | int, ...]


def read_document(text: bytes) -> dict[str, object]:
    """A JSON object from UTF-8 text; FormatError for all that two readers might read in two ways (RFC 8259, section 4).

    So no name stands twice in an object, and no number is infinite or none. Lone surrogates and deep nesting are left
    to who uses the document.
    """
    try:
        document = json.loads(text.decode(), object_pairs_hook=_object, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"the text is not JSON: {_reason(error)}") from error
    if not isinstance(document, dict):
        raise FormatError("the text is JSON, but not an object")
    return document


def written(path: Path) -> str:
    """A place in a document, as people write it."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def members(value: object, path: Path = ()) -> Iterator[Path]:
    """The place of every member of every object in a value, the outer before the inner."""
    for step, inner in _inside(value):
        if isinstance(step, str):
            yield (*path, step)
        yield from members(inner, (*path, step))


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Everything outside of contexts that is neither object, list nor null, with its place."""
    for step, inner in _inside(value):
        if isinstance(inner, Mapping | list):
            if step != "@context":
                yield from leaves(inner, (*path, step))
        elif inner is not None and step != "@context":
            yield (*path, step), inner


def without(document: Mapping[str, object], path: Path) -> dict[str, object]:
    """A copy of the document that lacks what stands at `path`."""
    copy = deepcopy(dict(document))
    parent: Any = copy
    for step in path[:-1]:
        parent = parent[step]
    del parent[path[-1]]
    return copy


def _inside(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"{key!r} stands twice in one object")
        found[key] = value
    return found


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is not a number")


def _reason(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
