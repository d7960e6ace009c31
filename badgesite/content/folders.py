"""Which files a site has, by kind and slug; and those that lie where nothing reads them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import basename, splitext

from badgesite.content.permanence.lock_files import KINDS as LOCK_KINDS
from badgesite.content.signed.credential_files import batch_of
from badgesite.content.signed.status_files import list_at
from badgesite.content.yaml.sentences import suggestion
from badgesite.errors import Place, Problem
from badgesite.files import STRAY_PREFIX
from badgesite.model.scalars import is_slug

CONTENT = "content"
SITE_FILE = f"{CONTENT}/site.yaml"
KINDS = ("issuers", "badges", "awards", "pages")
_LOCKS, _STATUS = "published", "status"
_PICTURES = (".png", ".svg")
_SPREADSHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers")
_NOT_OURS = ("thumbs.db", "desktop.ini")  # Windows leaves them in any folder
_ENDINGS = {
    "issuers": "issuers end in .yaml, their pictures in .png or .svg",
    "badges": "badges end in .yaml, their pictures in .png or .svg",
    "awards": "batches end in .yaml, their rows in .csv",
    "pages": "pages end in .md",
}
_LINK_MEND = "put the file or folder itself here, or remove the link"
_SLUG_MEND = "use a-z, 0-9 and hyphens inside, at most 64 characters"


@dataclass(slots=True)
class Files:
    """The files of a site: per kind, slug to path (POSIX, from the site's folder); pages and what is signed by path."""

    has_site: bool = False
    issuers: dict[str, str] = field(default_factory=dict)
    badges: dict[str, str] = field(default_factory=dict)
    awards: dict[str, str] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def how_to_a_site(root: Path) -> str:
    """The mend where there is no site in `root`: perhaps it is a folder inside one."""
    here = root.resolve()
    for above in here.parents:
        if (above / SITE_FILE).is_file():
            up = "/".join([".."] * (len(here.parts) - len(above.parts)))
            return f"you are inside a site's folder: go up with `cd {up}`"
    return "run `badgesite init`, or name the site's folder with --site"


def no_site(root: Path) -> Problem:
    """What is wrong where content/site.yaml is not there: there is no site, or that file alone is lost."""
    if (root / CONTENT).is_dir():
        what = f"{CONTENT}/ is here, but {SITE_FILE} is gone"
        return Problem(Place(SITE_FILE), what, "take it back from Git, or run `badgesite init` in an empty folder")
    return Problem(Place(SITE_FILE), "there is no site here", how_to_a_site(root))


def find_files(root: Path) -> Files:
    """Every file of the content, sorted by path.

    A bad or doubled slug is a problem, a file that nothing reads a warning.
    """
    found = Files()
    for path in _walk(root, CONTENT, found):
        _sort_in(found, path)
    return found


def _walk(root: Path, folder: str, found: Files) -> Iterator[str]:
    """Every file below a folder; what cannot be looked into is a problem of `found`, as it may hold anything."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except OSError as error:
        if folder != CONTENT or not isinstance(error, FileNotFoundError | NotADirectoryError):
            found.problems.append(_closed(folder, error))
        return
    for entry in entries:
        if entry.name.startswith((".", STRAY_PREFIX)) or entry.name.endswith("~") or entry.name.lower() in _NOT_OURS:
            continue
        path = f"{folder}/{entry.name}"
        if entry.is_symlink():
            found.problems.append(Problem(Place(path), "this is a link, and may lead out of the site", _LINK_MEND))
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(root, path, found)
        elif entry.is_file():
            yield path


def _closed(folder: str, error: OSError) -> Problem:
    reason = (error.strerror or "it is out of reach").lower()
    return Problem(Place(folder), f"the folder cannot be read: {reason}", "look at its permissions")


def _sort_in(found: Files, path: str) -> None:
    _, _, rest = path.partition("/")
    kind, slash, _ = rest.partition("/")
    stem, ending = splitext(basename(path))
    if rest == "site.yaml":
        found.has_site = True
    elif ending.lower() in _SPREADSHEETS:
        what = "a spreadsheet in content/ would enter Git with everybody's address"
        found.problems.append(
            Problem(Place(path), what, "move it out; `badgesite award BADGE LIST` takes it from there")
        )
    elif not slash or kind not in KINDS:
        _stray(found, path, kind, slash)
    elif ending.lower() in (".yaml", ".yml") and kind != "pages":
        _add(found, kind, path, stem, ending)
    elif ending.lower() == ".md" and kind == "pages":
        found.pages.append(path)
    elif kind == "awards":
        _beside_awards(found, path, ending)
    elif ending.lower() not in _PICTURES or kind == "pages":
        found.warnings.append(_unread(path, _ENDINGS[kind]))


def _add(found: Files, kind: str, path: str, stem: str, ending: str) -> None:
    place = Place(path)
    by_slug: dict[str, str] = getattr(found, kind)
    if ending != ".yaml":
        found.problems.append(Problem(place, f'the file ends in "{ending}"', f"rename it to {stem}.yaml"))
    elif kind == "issuers" and path.count("/") > 2:
        found.problems.append(Problem(place, "an issuer lies in a folder", "move it to content/issuers/"))
    elif not is_slug(stem):
        found.problems.append(Problem(place, f'"{stem}" cannot be a name', f"rename the file: {_SLUG_MEND}"))
    if (slug := stem.lower() if is_slug(stem.lower()) else "") in by_slug:
        what = f'there are two {"batches" if kind == "awards" else kind} "{slug}": the other is {by_slug[slug]}'
        found.problems.append(Problem(place, what, "rename one of the two files"))
    by_slug[slug if slug and slug not in by_slug else path] = path


def _beside_awards(found: Files, path: str, ending: str) -> None:
    if ending.lower() == ".csv":
        found.tables.append(path)
    elif batch_of(path):
        found.signed.append(path)
    else:
        found.warnings.append(_unread(path, _ENDINGS["awards"]))


def _unread(path: str, endings: str) -> Problem:
    """A warning for a file that is none of ours; Windows' editors add .txt to a name and do not show it."""
    stem, ending = splitext(basename(path))
    if ending.lower() == ".txt" and splitext(stem)[1] in (".yaml", ".yml", ".md", ".csv"):
        meant = stem.removesuffix(".yml") + ".yaml" if stem.endswith(".yml") else stem
        return _warning(path, "nothing reads this file, as its name ends in .txt", f"rename it to {meant}")
    return _warning(path, "nothing reads this file", endings)


def _stray(found: Files, path: str, kind: str, slash: str) -> None:
    if kind == _LOCKS and slash and not _is_for_a_folder(path):
        return  # read by permanence/
    if list_at(path):
        found.signed.append(path)
        return
    if _is_for_a_folder(path):
        found.problems.append(Problem(Place(path), "a file stands where a folder is needed", "move it away"))
        return
    if not slash and path.lower().endswith(_PICTURES):
        return  # the logo
    if kind == _STATUS and slash:
        found.warnings.append(_unread(path, "status lists are <issuer>/<8 hexadecimal digits>.json"))
        return
    known = [f"{name}/" for name in KINDS] if slash else ["site.yaml"]
    mend = suggestion(kind + slash, known)
    found.warnings.append(_warning(path, "nothing reads this file", mend if "mean" in mend else ""))


def _is_for_a_folder(path: str) -> bool:
    """Whether a file has the place of a folder in which badgesite writes."""
    _, *folders = path.split("/")
    match folders:
        case [name]:
            return name in (*KINDS, _LOCKS, _STATUS)
        case [folder, name]:
            return name in LOCK_KINDS if folder == _LOCKS else folder == _STATUS and is_slug(name)
    return False


def _warning(path: str, what: str, mend: str) -> Problem:
    return Problem(Place(path), what, mend, "warning")
