"""Slips in the site's own themes that stop no build and change no page: each is told at its file and line."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, TemplateError, nodes
from jinja2.meta import find_referenced_templates

from badgesite.errors import Place, Problem
from badgesite.pages.look.nearest import did_you_mean
from badgesite.pages.look.policy import stopped
from badgesite.pages.look.shelves import BELOW, PARENT
from badgesite.pages.look.unread import unread

_HEAD = "parts/head.html"  # where the security policy stands
_NO_PAGES = ("letter.html",)  # what browsers do not read as pages of the site


def slips(folders: Sequence[Path], root: Path, environment: Environment) -> Iterator[Problem]:
    """Warnings of the themes in `folders` (the nearest first) that lie in the site's folder `root`.

    `environment` reads their templates. None of badgesite's own, which build upon no other.
    """
    own = [folder for folder in folders if folder.is_relative_to(root / "themes")]
    packaged = [folder for folder in folders if folder not in own]
    if not own or not packaged:
        return
    sources = {folder: dict(_sources(folder / "templates")) for folder in own}
    known = _asked_for(sources.values(), packaged, environment)
    relaxed = any(f"{PARENT}{_HEAD}" not in found.get(_HEAD, PARENT + _HEAD) for found in sources.values())
    for folder in own:
        shown = folder.relative_to(root)
        yield from unread(folder, shown, known)
        for name, source in sources[folder].items():
            path = (shown / "templates" / name).as_posix()
            yield from _blocks(f"{BELOW}{folders.index(folder)}/{name}", source, path, environment)
            if name.endswith(".html") and name not in _NO_PAGES and not relaxed:
                yield from stopped(source, path)


def _sources(folder: Path) -> Iterator[tuple[str, str]]:
    """The templates in a folder by name; not what is no text."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            try:
                yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")
            except (UnicodeDecodeError, OSError):
                continue


def _asked_for(
    own: Iterable[dict[str, str]], packaged: Iterable[Path], environment: Environment
) -> frozenset[str] | None:
    """The templates that pages or other templates ask for; None if one asks by a name that it makes up."""
    known = {
        path.relative_to(folder / "templates").as_posix()
        for folder in packaged
        for path in (folder / "templates").rglob("*")
        if path.is_file()
    }
    for found in own:
        for source in found.values():
            tree = _parsed(environment, source)
            for name in find_referenced_templates(tree) if tree else ():
                if name is None:
                    return None
                known.add(name.removeprefix(PARENT))
    return frozenset(known)


def _parsed(environment: Environment, source: str) -> nodes.Template | None:
    try:
        return environment.parse(source)
    except TemplateError:
        return None  # which drawing a page tells better


def _blocks(name: str, source: str, path: str, environment: Environment) -> Iterator[Problem]:
    """Blocks that the template which is built upon does not have, so that nothing shows them.

    `name` is that by which the environment has the template.
    """
    tree = _parsed(environment, source)
    parent = _parent(tree) if tree else None
    if tree is None or parent is None:
        return
    known = _known_blocks(parent, name, environment)
    for block in (node for node in tree.body if isinstance(node, nodes.Block)):
        if known is not None and block.name not in known and f"self.{block.name}" not in source:
            mend = did_you_mean(block.name, known)
            mend = mend or (f"it has {', '.join(sorted(known))}" if known else "it has no blocks")
            what = f'"{block.name}" is no block of {parent}, so that nothing shows it'
            yield Problem(Place(path, block.lineno, 1), what, mend, "warning")


def _parent(tree: nodes.Template) -> str | None:
    """The template that another extends, if it says so by a plain name."""
    for node in tree.find_all(nodes.Extends):
        if isinstance(node.template, nodes.Const):
            return str(node.template.value)
    return None


def _known_blocks(parent: str, child: str, environment: Environment) -> frozenset[str] | None:
    """The blocks of a template and of those that it extends; None if they cannot be read."""
    found: set[str] = set()
    name = environment.join_path(parent, child)
    for _ in range(9):
        try:
            source = environment.loader.get_source(environment, name)[0] if environment.loader else ""
        except TemplateError:
            return None
        tree = _parsed(environment, source)
        if tree is None:
            return None
        found |= {block.name for block in tree.find_all(nodes.Block)}
        further = _parent(tree)
        if further is None:
            break
        name = environment.join_path(further, name)
    return frozenset(found)
