"""How the site looks: its theme, the colours that site and themes chose, and the logo."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from badgesite.content.look.themes import read_themes
from badgesite.content.pictures.reading import read_picture
from badgesite.content.yaml.binding import Bound
from badgesite.content.yaml.nodes import Mapping
from badgesite.errors import Place, Problem
from badgesite.model.colour import TEXT, ratio_words
from badgesite.model.look import Look
from badgesite.model.palette import Colours, Faint, faint
from badgesite.model.site import Site


@dataclass(frozen=True, slots=True)
class ReadLook:
    """The look (the default one if something is wrong), and what is wrong."""

    look: Look = field(default_factory=Look)
    problems: tuple[Problem, ...] = ()


def read_look(root: Path, site: Bound[Site]) -> ReadLook:
    """The look of the site in `root`."""
    if site.noun is None:
        return ReadLook()
    themes = read_themes(root, site.noun.theme, site.place("theme"))
    problems = list(themes.problems)
    logo = None
    if site.noun.logo:
        logo, faults = read_picture(root, site.place().path, site.noun.logo, site.place("logo"))
        problems += faults
    colours = site.noun.colours
    for file in themes.files:
        colours = colours.over(file.noun.colours) if file.noun else colours
    problems += _faint(colours, (site, *themes.files))
    look = Look() if problems else Look(tuple(themes.names), colours, logo)
    return ReadLook(look, tuple(problems))


def _faint(colours: Colours, files: Sequence[Bound[Any]]) -> Iterator[Problem]:
    """A problem for each colour that cannot be read, where it is written."""
    for each in faint(colours):
        place = _place(each, files)
        night = "dark " if each.scheme == "dark" else ""
        what = (
            f"{night}{each.name} {each.colour} on {night}paper {each.paper} has a contrast of "
            f"{ratio_words(each.ratio)} to 1, and text needs {TEXT:g}"
        )
        yield Problem(place, what, f"the nearest that passes is {each.nearest}")


def _place(found: Faint, files: Sequence[Bound[Any]]) -> Place:
    """Where a colour is written: the first file that has it is the one that counts."""
    steps = ("colours", found.name) if found.scheme == "light" else ("colours", "dark", found.name)
    return next(file.place(*steps) for file in files if _has(file, steps))


def _has(file: Bound[Any], steps: tuple[str, ...]) -> bool:
    node = file.node
    for step in steps:
        if not isinstance(node, Mapping) or step not in node.entries:
            return False
        node = node.entries[step][1]
    return True
