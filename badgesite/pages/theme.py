"""A theme: templates, assets and translations; what a theme of the site leaves out, the packaged default has."""

import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError
from markupsafe import Markup

from badgesite.errors import BadgesiteError, Place, Problem, ThemeError
from badgesite.pages.sandbox import Sandbox
from badgesite.pages.wording import SOURCE_LANGUAGE, Wording, speaker_of, wording

DEFAULT = "default"
_PACKAGE = Path(__file__).resolve().parent.parent
_PACKAGED_THEMES = (_PACKAGE / "data" / "themes", _PACKAGE.parent / "themes")  # in a wheel, in a checkout
STYLESHEET = "site.css"
ICON = "icon.svg"
SCRIPTS = "verify"


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file of a theme; its digest (SHA-256, hexadecimal) goes into its address."""

    name: str
    data: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Scripts:
    """Scripts that import one another by name; the digest is over all of them, and goes into their folder's name."""

    folder: str
    modules: Mapping[str, bytes]
    digest: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates by language of their words, and the files that pages refer to."""

    root: Path
    environments: Mapping[str, Environment]
    wordings: Mapping[str, Wording]
    assets: Mapping[str, Asset]
    scripts: Scripts

    def wording(self, tag: str) -> Wording:
        """The theme's own words for pages in the language `tag`; English if it has none of that language."""
        return speaker_of(tag, self.wordings)

    def render(self, template: str, words: Wording, **values: object) -> Markup:
        """The template with its own words from `words`, filled with `values`; ThemeError with file and line."""
        try:
            return Markup(self.environments[words.language].get_template(template).render(values))  # noqa: S704
        except BadgesiteError:
            raise
        except Exception as error:  # a template is a program of its author's: anything may happen in it
            raise ThemeError(problems=[self._fault(template, error)]) from error

    def _fault(self, template: str, error: Exception) -> Problem:
        place = Place(f"{template}")
        if isinstance(error, TemplateSyntaxError):
            place = Place(self._shown(error.filename or error.name or template), error.lineno)
        else:
            for frame in traceback.extract_tb(error.__traceback__):
                if Path(frame.filename).suffix in {".html", ".xml"}:
                    place = Place(self._shown(frame.filename), frame.lineno or 0)
        return Problem(place, f"the template cannot be drawn: {error}")

    def _shown(self, filename: str) -> str:
        path = Path(filename)
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


def load_theme(name: str, root: Path) -> Theme:
    """The theme `name`: the site's own (root/themes) first, else a packaged one. ThemeError if there is none."""
    root = root.resolve()
    folders = tuple(_folders(name, root))
    wordings = {language: _wording(language, folders, root) for language in sorted(_languages(folders))}
    environments = {language: Sandbox(folders, words) for language, words in wordings.items()}
    assets = {asset.name: asset for asset in _assets(folders)}
    return Theme(root, environments, wordings, assets, _scripts(folders))


def _folders(name: str, root: Path) -> Iterator[Path]:
    shelves = (root / "themes", *_PACKAGED_THEMES)
    known = sorted(
        {folder.name for shelf in shelves if shelf.is_dir() for folder in shelf.iterdir() if folder.is_dir()}
    )
    if name not in known:
        mend = f"write one of {', '.join(known)} in content/site.yaml, or make the folder themes/{name}"
        raise ThemeError(f'there is no theme "{name}"; {mend}')
    wanted = [shelf / name for shelf in shelves] + [shelf / DEFAULT for shelf in _PACKAGED_THEMES]
    yield from dict.fromkeys(folder for folder in wanted if folder.is_dir())


def _languages(folders: tuple[Path, ...]) -> set[str]:
    found = {path.parent.parent.name for folder in folders for path in folder.glob("translations/*/LC_MESSAGES/*.po")}
    return found | {SOURCE_LANGUAGE}


def _wording(language: str, folders: tuple[Path, ...], root: Path) -> Wording:
    paths = [folder / "translations" / language / "LC_MESSAGES" / "messages.po" for folder in reversed(folders)]
    files = [
        (path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix(), path.read_bytes())
        for path in paths
        if path.is_file()
    ]
    return wording(language, files)


def _assets(folders: tuple[Path, ...]) -> Iterator[Asset]:
    paths = {
        path.name: path for folder in reversed(folders) for path in (folder / "assets").glob("*") if path.is_file()
    }
    for name, path in sorted(paths.items()):
        if name.startswith("."):
            continue
        data = path.read_bytes()
        yield Asset(name, data, sha256(data).hexdigest())


def _scripts(folders: tuple[Path, ...]) -> Scripts:
    """The scripts of the theme; a site's theme may have one of its own in the place of one of ours."""
    paths = {path.name: path for folder in reversed(folders) for path in (folder / "assets" / SCRIPTS).glob("*.js")}
    modules = {name: path.read_bytes() for name, path in sorted(paths.items()) if not name.startswith(".")}
    lines = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in modules.items())
    return Scripts(SCRIPTS, modules, sha256(lines.encode()).hexdigest())
