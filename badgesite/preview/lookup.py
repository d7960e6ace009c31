"""From a request's path to a file of the output, as a web server does it, and never out of the folder."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

INDEX = "index.html"
NOT_FOUND = "404.html"
_TYPES = {
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml; charset=utf-8",
}  # told here, for what the machine's own table says differs from one to the next


@dataclass(frozen=True, slots=True)
class Answer:
    """A status with either the file to send (None if there is not even a 404.html) or the path to go to."""

    status: int
    file: Path | None = None
    location: str = ""


def mount_of(base: str) -> str:
    """The path at which a site with this base URL is shown: `/badges/` for https://x.example/badges/."""
    return urlsplit(base).path or "/"


def answer(folder: Path, mount: str, target: str) -> Answer:
    """What to send for a request's target when `folder` is shown at `mount`."""
    path = unquote(target.partition("?")[0].partition("#")[0], errors="replace")
    if not path.startswith(mount):
        goes = path == "/" or f"{path}/" == mount
        return Answer(302, location=quote(mount)) if goes else _not_found(folder)
    segments = path.removeprefix(mount).split("/")
    if not all(_plain(segment) for segment in segments[:-1]) or not (_plain(segments[-1]) or segments[-1] == ""):
        return _not_found(folder)
    found = folder.joinpath(*segments)
    if not found.resolve().is_relative_to(folder.resolve()):
        return _not_found(folder)
    if found.is_dir():
        if not path.endswith("/"):
            return Answer(302, location=quote(f"{path}/"))
        found = found / INDEX
    elif path.endswith("/"):
        return _not_found(folder)
    return Answer(200, found) if found.is_file() else _not_found(folder)


def content_type(file: Path) -> str:
    """The Content-Type of a file by its ending."""
    return _TYPES.get(file.suffix.removeprefix(".").lower(), "application/octet-stream")


def _plain(segment: str) -> bool:
    return bool(segment.strip(". ")) and not set(segment) & set('\\:\0*?"<>|') and segment.isprintable()


def _not_found(folder: Path) -> Answer:
    page = folder / NOT_FOUND
    return Answer(404, page if page.is_file() else None)
