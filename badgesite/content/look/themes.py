"""The theme of a site and those that it builds on: `themes/<theme>/theme.yaml`, each naming its parent."""

from dataclasses import dataclass, field
from pathlib import Path

from badgesite.content.yaml.binding import Bound, bind
from badgesite.content.yaml.nodes import Mapping, parse
from badgesite.content.yaml.sentences import suggestion
from badgesite.content.yaml.texts import UnreadableError, read_text
from badgesite.errors import Place, Problem
from badgesite.model.look import DEFAULT_THEME, ThemeFile
from badgesite.model.scalars import is_slug, shown

FOLDER = "themes"
FILE = "theme.yaml"


@dataclass(slots=True)
class Themes:
    """The names of the themes, the nearest first; their files, where there are any that can be read; what is wrong."""

    names: list[str] = field(default_factory=list)
    files: list[Bound[ThemeFile]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_themes(root: Path, name: str, place: Place) -> Themes:
    """The theme `name` of the site in `root`, and those that it builds on, the default theme last.

    `place` is where the site names it.
    """
    found = Themes()
    while name != DEFAULT_THEME and not (problem := _unfit(root, name, place, found.names)):
        found.names.append(name)
        name, place = _parent(_read(root, name, found), place)
    if name != DEFAULT_THEME and problem:
        found.problems.append(problem)
    found.names.append(DEFAULT_THEME)
    _read_default(root, found)
    return found


def _unfit(root: Path, name: str, place: Place, children: list[str]) -> Problem | None:
    """What is wrong with a theme that is named at `place`, by the last of its `children`."""
    if name in children:
        way = " -> ".join([*children[children.index(name) :], name])
        return Problem(place, f"themes build on one another in a circle: {way}", "name another parent")
    if name not in (known := theme_names(root)):
        mend = f"write one of {', '.join(known)}, or make the folder {FOLDER}/{name}"
        return Problem(place, f"there is no theme {shown(name)}", suggestion(name, known, only_close=True) or mend)
    return None


def _parent(file: Bound[ThemeFile] | None, place: Place) -> tuple[str, Place]:
    """The theme that one builds on, and the place that says so."""
    return (file.noun.parent, file.place("parent")) if file and file.noun else (DEFAULT_THEME, place)


def theme_names(root: Path) -> list[str]:
    """The themes that a site may name."""
    try:
        own = [entry.name for entry in (root / FOLDER).iterdir() if entry.is_dir() and is_slug(entry.name)]
    except OSError:
        own = []
    return sorted({*own, DEFAULT_THEME})


def _read_default(root: Path, found: Themes) -> None:
    """A site may have files of its own in the place of some of the default theme, and its colours."""
    file = _read(root, DEFAULT_THEME, found)
    if file and isinstance(file.node, Mapping) and (entry := file.node.entries.get("parent")):
        found.problems.append(Problem(entry[0], "the default theme has no parent", "remove the line"))


def _read(root: Path, name: str, found: Themes) -> Bound[ThemeFile] | None:
    path = f"{FOLDER}/{name}/{FILE}"
    if not (root / path).is_file():
        return None
    try:
        parsed = parse(read_text(root, path), path)
    except UnreadableError as error:
        found.problems.append(error.problem)
        return None
    found.problems += parsed.problems
    if parsed.node is None:
        return None
    bound = bind(parsed.node, ThemeFile, None)
    found.problems += bound.problems
    found.files.append(bound)
    return bound
