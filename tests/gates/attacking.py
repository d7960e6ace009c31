"""A site whose every string is an injection, as far as it is let in: what is refused is written as it was.

Each injection has an issuer, a badge, a batch of two awards and a page of its own, which hold it in all their fields;
what a site has only one of goes round.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from badgesite.content.reading import read
from badgesite.content.schema import schemas
from tests.gates.templates import BADGE, BATCH, ISSUER, PAGE, SITE
from tests.sites import PICTURE, SITE_PATH

Way = tuple[str | int, ...]
Choose = Callable[[Way], str]
Line = tuple[str, Way | None]
NUMBER = re.compile(r"[0-9]+")


@dataclass
class Attack:
    """How often an injection was let in, and was refused; `tried` are the fields."""

    accepted: int = 0
    refused: int = 0
    tried: set[str] = field(default_factory=set)


def write_attacked(root: Path, injections: Iterable[str], title: str) -> Attack:
    """Write the site into `root`, with `title` in the fields of site.yaml that it has once."""
    texts = list(injections)
    trees: dict[str, tuple[Any, Choose]] = {SITE_PATH: (_site(len(texts)), lambda way: _of_site(way, texts, title))}
    for at, text in enumerate(texts):
        name, around = f"n{at}", {"NEXT": f"n{at + 1}", "LAST": f"n{at - 1}", "AT": f"{at:02}"}
        for kind, template in (("issuers", ISSUER), ("badges", BADGE), ("awards", BATCH)):
            trees[f"content/{kind}/{name}.yaml"] = (_filled(template, NAME=name, **around), _always(text))
        _put(root / f"content/pages/{name}.md", PAGE.replace("INJECTION", text))
    del trees["content/badges/n0.yaml"][0]["replaces"], trees[f"content/badges/n{len(texts) - 1}.yaml"][0]["part_of"]
    for picture in ("site.svg", "issuers/logo.svg", "badges/badge.svg"):
        _put(root / "content" / picture, PICTURE)
    return _let_in(root, trees)


def _always(text: str) -> Choose:
    return lambda _: text


def _filled(template: str, **names: str) -> Any:
    for name, value in names.items():
        template = template.replace(name, value)
    return yaml.load(template, yaml.BaseLoader)


def _site(number: int) -> Any:
    """The site with a category, a group and an indicator for each injection."""
    tree = _filled(SITE)
    tree["categories"] = {f"n{at}": "Words" for at in range(number)}
    tree["groups"] = {f"n{at}": {"name": "Words", "domains": ["student.example.edu"]} for at in range(number)}
    period = {"name": "Words", "from": "2023-01-01", "to": "2024-12-31", "target": "3"}
    tree["indicators"] = [{"name": "Words", "counts": [f"n{at}"], "periods": [period]} for at in range(number)]
    return tree


def _of_site(way: Way, texts: list[str], title: str) -> str:
    several = way[0] in ("categories", "groups", "indicators")
    return texts[int(str(way[1]).removeprefix("n"))] if several else title


def strings_of_content() -> dict[str, set[str]]:
    """Of each kind of file the fields that hold strings of the author's choice, from its schema."""
    return {kind: set(_strings(schema, schema, "")) for kind, schema in schemas().items()}


def _let_in(root: Path, trees: Mapping[str, tuple[Any, Choose]]) -> Attack:
    """Write every string of every tree as its injection, and again as it was where that is refused."""
    attack, kept, plain = Attack(), {path: set[Way]() for path in trees}, set[str]()
    while True:
        lines = {path: _lines(*trees[path], kept[path]) for path in trees}
        for path, written in lines.items():
            _put(root / path, "".join(f"{line}\n" for line, _ in written))
        problems = read(root).problems
        if not problems:
            break
        known = len(plain) + sum(map(len, kept.values()))
        for place in (problem.place for problem in problems):
            if place.path in lines and (way := lines[place.path][max(place.line, 1) - 1][1]) is not None:
                kept[place.path].add(way)
            elif place.path.endswith(".md"):
                plain.add(place.path)
                _put(root / place.path, PAGE)
        assert len(plain) + sum(map(len, kept.values())) > known, [str(problem) for problem in problems]
    attack.refused += len(plain)
    for path, written in lines.items():
        ways = {way for _, way in written if way is not None}
        attack.refused += len(kept[path])
        attack.accepted += len(ways - kept[path])
        attack.tried |= {f"{kind_of(path)}{named(way)}" for way in ways}
    return attack


def kind_of(path: str) -> str:
    """The kind of a content file, as its schema is called."""
    return {"issuers": "issuer", "badges": "badge", "awards": "batch"}.get(path.split("/")[1], "site")


def named(way: Way) -> str:
    """The field at the end of a way through a tree: `.awards[].name`."""
    return "".join("[]" if isinstance(step, int) else f".{step}" for step in way)


def _lines(tree: Any, choose: Choose, kept: set[Way]) -> list[tuple[str, Way | None]]:
    """A tree as YAML that has each string on a line of its own, with the way to it."""
    return list(_emit(tree, choose, kept, (), "", ""))


def _emit(
    tree: Any, choose: Choose, kept: set[Way], way: Way, before: str, after: str
) -> Iterator[tuple[str, Way | None]]:
    if isinstance(tree, dict | list):
        items = list(tree.items() if isinstance(tree, dict) else enumerate(tree))
        yield before + ("{" if isinstance(tree, dict) else "["), None
        for key, value in items:
            name = f"{_quoted(key)}: " if isinstance(tree, dict) else ""
            yield from _emit(value, choose, kept, (*way, key), name, ",")
        yield ("}" if isinstance(tree, dict) else "]") + after, None
    elif way in kept:
        yield before + (tree if NUMBER.fullmatch(tree) else _quoted(tree)) + after, way
    else:
        yield before + _quoted(choose(way)) + after, way


def _quoted(text: str) -> str:
    """A string in double quotes, all but ASCII escaped as YAML does it."""
    letters = (
        f"\\u{ord(each):04x}" if ord(each) > 126 or ord(each) < 32 else each
        for each in json.dumps(text, ensure_ascii=False)
    )
    return "".join(letters)


def _strings(schema: Any, part: Any, name: str) -> Iterator[str]:
    if "$ref" in part:
        part = schema["definitions"][part["$ref"].rpartition("/")[2]]
    for each in (*part.get("anyOf", ()), *part.get("oneOf", ()), *part.get("allOf", ())):
        yield from _strings(schema, each, name)
    for branch in ("then", "else"):
        if branch in part:
            yield from _strings(schema, part[branch], name)
    for key, value in part.get("properties", {}).items():
        yield from _strings(schema, value, f"{name}.{key}")
    for rest in (part.get("additionalProperties"), *part.get("patternProperties", {}).values()):
        if isinstance(rest, dict):
            yield from _strings(schema, rest, f"{name}.*")
    if isinstance(part.get("items"), dict):
        yield from _strings(schema, part["items"], f"{name}[]")
    if "string" in part.get("type", ()) and not {"enum", "const", "format"} & set(part):
        yield name


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
