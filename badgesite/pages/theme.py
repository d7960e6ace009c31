"""A theme: templates, assets and translations; what a theme of the site leaves out, the packaged default has."""

import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from jinja2 import TemplateSyntaxError
from markupsafe import Markup

from badgesite.errors import BadgesiteError, Place, Problem, ThemeError
from badgesite.model.palette import Colours
from badgesite.pages.look.asked import mend_of
from badgesite.pages.look.links import links_out
from badgesite.pages.look.slips import slips
from badgesite.pages.look.stylesheet import colours_css, compact, joined, styles_in
from badgesite.pages.look.untranslated import missing_words, strange_messages
from badgesite.pages.sandbox import Sandbox
from badgesite.pages.wording import SOURCE_LANGUAGE, Wording, speaker_of, wording
from badgesite.plan import asset_name

DEFAULT = "default"
_PACKAGE = Path(__file__).resolve().parent.parent
_PACKAGED_THEMES = (_PACKAGE / "data" / "themes", _PACKAGE.parent / "themes")  # in a wheel, in a checkout
STYLESHEET = "site.css"
ICON = "icon.svg"
CATALOGUE_SCRIPT = "catalogue.js"
SCRIPTS = "verify"
_TEMPLATES = frozenset([".html", ".svg", ".txt", ".xml"])


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file of a theme; its digest (SHA-256, hexadecimal) goes into its address."""

    name: str
    data: bytes
    digest: str


def asset_of(name: str, data: bytes) -> Asset:
    """The asset of a name."""
    return Asset(name, data, sha256(data).hexdigest())


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
    environments: Mapping[str, Sandbox]
    wordings: Mapping[str, Wording]
    assets: Mapping[str, Asset]
    scripts: Scripts
    styles: bytes
    folders: tuple[Path, ...] = ()

    def in_colours(self, colours: Colours) -> "Theme":
        """The theme with these colours in its stylesheet."""
        sheet = asset_of(STYLESHEET, compact(colours_css(colours) + self.styles))
        return replace(self, assets={**self.assets, STYLESHEET: sheet})

    def wording(self, tag: str) -> Wording:
        """The theme's own words for pages in the language `tag`; English if it has none of that language."""
        return speaker_of(tag, self.wordings)

    def untranslated(self, tag: str) -> int:
        """How many messages are said in English on pages in the language `tag`."""
        words, english = self.wording(tag), self.wordings[SOURCE_LANGUAGE]
        return 0 if words is english else words.lacks(english)

    def translation_warnings(self, tag: str, site: Place) -> Iterator[Problem]:
        """What the translation for pages in the language `tag` lacks (at `site` if there is none), and has too much."""
        words, english = self.wording(tag), self.wordings[SOURCE_LANGUAGE]
        yield from missing_words(words, english, tag, site)
        if not words.covers(tag):
            return
        yield from (problem for problem in words.problems if problem.severity == "warning")
        packaged = [(shelf / DEFAULT / translation_path(SOURCE_LANGUAGE)) for shelf in _PACKAGED_THEMES]
        ours = wording(SOURCE_LANGUAGE, ((path.name, path.read_bytes()) for path in packaged if path.is_file()))
        templates = self.environments[SOURCE_LANGUAGE].messages_in(self.root / "themes")
        known = {*ours.said, *templates, *(english.said if words is not english else ())}
        yield from strange_messages(words, known, only_close=words is english)

    def speaks(self, tag: str) -> bool:
        """Whether a page in the language `tag` is in that language: at least half of its own words are."""
        english = self.wordings[SOURCE_LANGUAGE]
        return self.wording(tag).covers(tag) and 2 * self.untranslated(tag) <= len(english.messages)

    def render(self, template: str, words: Wording, **values: object) -> Markup:
        """The template with its own words from `words`, filled with `values`; ThemeError with file and line."""
        try:
            return Markup(self.environments[words.language].get_template(template).render(values))  # noqa: S704
        except BadgesiteError:
            raise
        except Exception as error:  # a template is a program of its author's: anything may happen in it
            raise ThemeError(problems=[self._fault(template, error, values)]) from error

    def slips(self) -> Iterator[Problem]:
        """Warnings of what stands in the site's own themes, and no reader will see."""
        return slips(self.folders, self.root, self.environments[SOURCE_LANGUAGE])

    def place(self, template: str) -> Place:
        """The file of a template."""
        path = self.environments[SOURCE_LANGUAGE].get_template(template).filename
        return Place(_shown(self.root, Path(path)) if path else template)

    def _fault(self, template: str, error: Exception, given: Iterable[str]) -> Problem:
        place = Place(f"{template}")
        if isinstance(error, TemplateSyntaxError):
            place = Place(_shown(self.root, Path(error.filename or error.name or template)), error.lineno)
        else:
            frames = traceback.extract_tb(error.__traceback__)
            drawn = [frame for frame in frames if Path(frame.filename).suffix in _TEMPLATES]
            own = [frame for frame in drawn if Path(frame.filename).is_relative_to(self.root / "themes")]
            for frame in (own or drawn)[-1:]:  # ours fail only in what the site's own gave them
                place = Place(_shown(self.root, Path(frame.filename)), frame.lineno or 0)
        what, _, mend = str(error).partition("; ")
        return Problem(place, f"the template cannot be drawn: {what}", mend or mend_of(what, given))


def _address(assets: Mapping[str, Asset], name: str) -> str | None:
    """What the stylesheet calls another asset."""
    return asset_name(name, assets[name].digest) if name in assets else None


def _shown(root: Path, path: Path) -> str:
    """A file as messages name it: from the site's folder, if it lies there."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def load_theme(name: str, root: Path, *parents: str) -> Theme:
    """The theme `name`, in the default colours: the site's own (root/themes) first, else a packaged one.

    What it leaves out, its `parents` have (the nearest first), and what they leave out, the default. ThemeError if
    there is no theme of a name, a link in one leads out of it, or a translation is damaged.
    """
    root = root.resolve()
    folders = _chain((name, *parents), root)
    wordings = {language: _wording(language, folders, root) for language in sorted(_languages(folders))}
    told = (problem for words in wordings.values() for problem in words.problems)
    if faults := [problem for problem in told if problem.severity == "error"]:
        raise ThemeError(problems=faults)
    environments = {language: Sandbox(folders, words) for language, words in wordings.items()}
    assets = {asset.name: asset for asset in _assets(folders)}
    styles = joined(styles_in(folders, partial(_shown, root)), partial(_address, assets))
    return Theme(root, environments, wordings, assets, _scripts(folders), styles, folders).in_colours(Colours())


def translations(name: str, root: Path, tag: str, *parents: str) -> Iterator[bytes]:
    """The catalogues of the language `tag` in a theme and those it builds on, the farthest first."""
    folders = _chain((name, *parents), root.resolve())
    paths = (folder / translation_path(tag) for folder in reversed(folders))
    yield from (path.read_bytes() for path in paths if path.is_file())


def translation_path(tag: str) -> str:
    """Where a theme has the catalogue of a language."""
    return f"translations/{tag}/LC_MESSAGES/messages.po"


def _chain(names: Iterable[str], root: Path) -> tuple[Path, ...]:
    """The folders of the themes and of the default, the nearest first; ThemeError for links that lead out of them."""
    folders = tuple(dict.fromkeys(folder for each in (*names, DEFAULT) for folder in _folders(each, root)))
    astray = [problem for folder in folders for problem in _astray(folder, root)]
    if astray:
        raise ThemeError(problems=astray)
    return folders


def _astray(folder: Path, root: Path) -> Iterator[Problem]:
    own = folder.is_relative_to(root / "themes")
    if own and not folder.resolve().is_relative_to(root):
        what = "the theme is a link that leads out of the site, and what lies there would be published"
        yield Problem(Place(_shown(root, folder)), what, "put the theme itself there")
        return
    for path in links_out(folder):
        what = "this link leads to no file of its theme, and others are not published"
        yield Problem(Place(_shown(root, path)), what, "put the file itself there")


def _folders(name: str, root: Path) -> Iterator[Path]:
    shelves = (root / "themes", *_PACKAGED_THEMES)
    known = sorted(
        {folder.name for shelf in shelves if shelf.is_dir() for folder in shelf.iterdir() if folder.is_dir()}
    )
    if name not in known:
        mend = f"write one of {', '.join(known)} in content/site.yaml, or make the folder themes/{name}"
        raise ThemeError(f'there is no theme "{name}"; {mend}')
    yield from (shelf / name for shelf in shelves if (shelf / name).is_dir())


def _languages(folders: tuple[Path, ...]) -> set[str]:
    found = {path.parent.parent.name for folder in folders for path in folder.glob("translations/*/LC_MESSAGES/*.po")}
    return found | {SOURCE_LANGUAGE}


def _wording(language: str, folders: tuple[Path, ...], root: Path) -> Wording:
    paths = [folder / translation_path(language) for folder in reversed(folders)]
    files = [(_shown(root, path), path.read_bytes()) for path in paths if path.is_file()]
    return wording(language, files)


def _assets(folders: tuple[Path, ...]) -> Iterator[Asset]:
    paths = {
        path.name: path for folder in reversed(folders) for path in (folder / "assets").glob("*") if path.is_file()
    }
    for name, path in sorted(paths.items()):
        if not name.startswith(".") and name != STYLESHEET:
            yield asset_of(name, path.read_bytes())


def _scripts(folders: tuple[Path, ...]) -> Scripts:
    """The scripts of the theme; a site's theme may have one of its own in the place of one of ours."""
    paths = {path.name: path for folder in reversed(folders) for path in (folder / "assets" / SCRIPTS).glob("*.js")}
    modules = {name: path.read_bytes() for name, path in sorted(paths.items()) if not name.startswith(".")}
    lines = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in modules.items())
    return Scripts(SCRIPTS, modules, sha256(lines.encode()).hexdigest())
