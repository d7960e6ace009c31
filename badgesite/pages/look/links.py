"""Links in the folder of a theme: what they lead to would be published, so it has to lie in the theme itself."""

from collections.abc import Iterator
from pathlib import Path

READ = ("assets", "templates", "translations")  # the folders of a theme that are read


def links_out(theme: Path) -> Iterator[Path]:
    """The links in a theme that lead out of its folder (wherever that really lies), or nowhere, in order."""
    real = theme.resolve()
    seen: set[Path] = set()
    for name in READ:
        yield from _links_out(theme / name, real, seen)


def _links_out(path: Path, theme: Path, seen: set[Path]) -> Iterator[Path]:
    if path.is_symlink():
        try:
            goal = path.resolve(strict=True)
        except (OSError, RuntimeError):  # there is no such file, or the link leads to itself
            if not path.name.startswith("."):  # else it is the mark of an editor that has the file open
                yield path
            return
        if not goal.is_relative_to(theme):
            yield path
            return
        if goal in seen:
            return
        seen.add(goal)
    if path.is_dir():
        for each in sorted(path.iterdir()):
            yield from _links_out(each, theme, seen)
