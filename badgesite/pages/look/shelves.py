"""The templates of several themes, where the nearest counts, and each can build on the one that it stands before."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound, TemplateSyntaxError
from jinja2.loaders import split_template_path

PARENT = "parent/"
BELOW = "from "  # "from 2/page.html": the page of the themes from the third on; no template has a blank in its name


class Shelves(BaseLoader):
    """Templates by name, from the first folder that has one."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        """The text and the path of a template (jinja2.BaseLoader)."""
        start, name = _parted(template)
        level = self._level(name, start)
        if level is None:
            parent = "no parent of this theme has" if start else "there is no"
            raise TemplateNotFound(template, message=f"{parent} template {name}")
        path = self._path(name, level)
        try:
            return path.read_text(encoding="utf-8"), str(path), None
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise TemplateSyntaxError("the file is not UTF-8; save it as UTF-8", line, name, str(path)) from error

    def texts_in(self, folder: Path) -> Iterator[str]:
        """The templates of the themes in a folder that can be read."""
        for path in (
            path for shelf in self._folders if shelf.is_relative_to(folder) for path in sorted(shelf.rglob("*"))
        ):
            with suppress(UnicodeDecodeError, OSError):
                yield path.read_text(encoding="utf-8")

    def named_by(self, template: str, asking: str) -> str:
        """The name of a template as another one names it: `parent/...` is looked for beyond the theme of that one."""
        if not template.startswith(PARENT):
            return template
        start, name = _parted(asking)
        level = self._level(name, start)
        return f"{BELOW}{(level or 0) + 1}/{template.removeprefix(PARENT)}"

    def _level(self, name: str, start: int) -> int | None:
        """The number of the first folder that has a template, from `start` on."""
        levels = range(start, len(self._folders))
        return next((level for level in levels if self._path(name, level).is_file()), None)

    def _path(self, name: str, level: int) -> Path:
        return self._folders[level].joinpath(*split_template_path(name))


def _parted(template: str) -> tuple[int, str]:
    """From which folder on a template is looked for, and its name."""
    if not template.startswith(BELOW):
        return 0, template
    number, _, name = template.removeprefix(BELOW).partition("/")
    return (int(number), name) if number.isdecimal() else (0, template)
