"""The fonts that `fonts` in site.yaml names: files of the site, or those of installed packages."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

from badgesite.content.yaml.binding import Bound
from badgesite.errors import Place, Problem
from badgesite.files import is_inside
from badgesite.model.font import Font
from badgesite.model.scalars import shown
from badgesite.model.site import Site

ENDINGS = (".otf", ".ttf")


def read_fonts(root: Path, site: Bound[Site] | None) -> tuple[tuple[Font, ...], tuple[Problem, ...]]:
    """The fonts in the order in which they are named, and a problem for each name that leads to none."""
    found = []
    problems = []
    for index, name in enumerate(site.noun.fonts if site and site.noun else ()):
        place = site.place("fonts", index) if site else Place("content/site.yaml")
        font = _font(root, name, place)
        if isinstance(font, Font):
            found.append(font)
        else:
            problems.append(font)
    return tuple(found), tuple(problems)


def _font(root: Path, name: str, place: Place) -> Font | Problem:
    if not name.lower().endswith(ENDINGS):
        return _packaged(name, place)
    if not is_inside(name):
        what = f"{shown(name)} is not a path inside the site's folder"
        return Problem(place, what, "write it from there, with slashes, like themes/mine/fonts/Our-Regular.ttf")
    path = root / name
    if not path.is_file():
        what = f"there is no file {shown(name)} in the site's folder"
        return Problem(place, what, "put the font there, or correct the path")
    if not path.resolve().is_relative_to(root.resolve()):
        return Problem(place, f"{shown(name)} is a link that leads out of the site", "put the font itself there")
    return Font(name, (str(path),), place)


def _packaged(name: str, place: Place) -> Font | Problem:
    try:
        package = distribution(name)
    except (PackageNotFoundError, ValueError):
        mend = f"install it (pip install {name}), or name a font file in the site's folder, which ends in .ttf or .otf"
        return Problem(place, f"there is no font package {shown(name)} beside badgesite", mend)
    files = _upright([file for file in package.files or () if file.suffix.lower() in ENDINGS])
    if not files:
        return Problem(place, f"the package {shown(name)} holds no font file", "name one that holds .ttf or .otf files")
    return Font(name, tuple(str(package.locate_file(file)) for file in files), place, package=True)


def _upright(files: Sequence[PurePosixPath]) -> list[PurePosixPath]:
    """The files in the order of their names, without slanted ones where there are others."""
    ordered = sorted(files, key=str)
    return [file for file in ordered if "italic" not in file.stem.lower()] or ordered
