"""Files in a theme of the site that nothing reads: a folder or a template that is called a little otherwise."""

from collections.abc import Collection, Iterator
from pathlib import Path

from badgesite.errors import Place, Problem
from badgesite.pages.look.links import READ
from badgesite.pages.look.nearest import did_you_mean

FILE = "theme.yaml"
_STYLES, _SCRIPTS, _MAIN = "styles", "verify", "site.css"
_CATALOGUE = ("LC_MESSAGES", "messages.po")


def unread(theme: Path, shown: Path, templates: Collection[str] | None) -> Iterator[Problem]:
    """A warning for each file or folder of `theme` that nothing reads; `shown` is the folder as messages name it.

    `templates` are the names that are asked for; None if that cannot be known.
    """
    yield from _top(theme, shown)
    yield from _assets(theme / "assets", shown / "assets")
    yield from _translations(theme / "translations", shown / "translations")
    if templates is not None:
        yield from _templates(theme / "templates", shown / "templates", templates)


def _top(theme: Path, shown: Path) -> Iterator[Problem]:
    """What lies beside the folders that are read may be anything, unless it is called nearly as one of them."""
    for entry in _entries(theme):
        known = READ if entry.is_dir() else (FILE, "theme.yml") if entry.suffix in (".yaml", ".yml") else ()
        meant = {"theme.yml": FILE}.get(entry.name) or entry.name
        if entry.name not in (*READ, FILE) and (mend := did_you_mean(meant, known)):
            yield _nobody(shown / entry.name, entry, mend.replace("theme.yml", FILE))


def _assets(folder: Path, shown: Path) -> Iterator[Problem]:
    for entry in _entries(folder):
        if entry.is_dir() and entry.name not in (_STYLES, _SCRIPTS):
            mend = did_you_mean(entry.name, (_STYLES, _SCRIPTS)) or "put its files into assets/ itself"
            yield _nobody(shown / entry.name, entry, mend)
        elif entry.suffix == ".css" and entry.name != _MAIN and entry.is_file():
            what = "no page uses this style file"
            yield Problem(Place((shown / entry.name).as_posix()), what, f"put it into assets/{_STYLES}/", "warning")
    for name, ending in ((_STYLES, ".css"), (_SCRIPTS, ".js")):
        for entry in _entries(folder / name):
            if entry.suffix != ending:
                mend = f"{name}/ holds {ending} files alone: put it into assets/ itself, or rename it"
                yield _nobody(shown / name / entry.name, entry, mend)


def _translations(folder: Path, shown: Path) -> Iterator[Problem]:
    for path in sorted(folder.rglob("*.po")):
        parts = path.relative_to(folder).parts
        if len(parts) != 3 or parts[1:] != _CATALOGUE:
            mend = "a translation lies at translations/<tag>/LC_MESSAGES/messages.po"
            yield _nobody(shown.joinpath(*parts), path, mend)


def _templates(folder: Path, shown: Path, known: Collection[str]) -> Iterator[Problem]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not _is_mark(path) and name not in known:
            same = sorted(each for each in known if each.rpartition("/")[2] == path.name)
            mend = f'did you mean "{same[0]}"?' if same else did_you_mean(name, known)
            mend = mend or "name it in another template, or give it the name of one of the default theme's"
            yield Problem(Place((shown / name).as_posix()), "no page asks for this template", mend, "warning")


def _nobody(shown: Path, entry: Path, mend: str) -> Problem:
    kind = "folder" if entry.is_dir() else "file"
    return Problem(Place(shown.as_posix()), f"nothing reads this {kind} of the theme", mend, "warning")


def _entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not _is_mark(path)) if folder.is_dir() else []


def _is_mark(path: Path) -> bool:
    """Whether a file is one of an editor's or of the system's."""
    return path.name.startswith(".") or path.name.endswith("~")
