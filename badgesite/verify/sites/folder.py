"""A built site, read as its own addresses would serve it; what it does not hold is missing, all else not asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from urllib.parse import unquote

from badgesite.crypto.strict_json import read_object
from badgesite.errors import FetchError, FormatError, OutputError
from badgesite.served import Served

LARGEST = 16 * 1024 * 1024
_INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder `root` of a site that is, or will be, at `base`."""

    root: Path
    base: str

    def fetch(self, address: str) -> Served:
        """What the site serves at an address; FetchError for what it lacks, and for every other address."""
        if not address.startswith(self.base):
            raise FetchError(address, "offline", "it is not of this site, and no network is used for a folder")
        data = self.read(unquote(address.removeprefix(self.base).partition("?")[0]))
        if data is None:
            raise FetchError(address, "missing", "the site has no such file")
        return Served(address, data)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, by its path from the root; None if there is none, or it is beyond the root."""
        place = self._place(path)
        try:
            if place is None or place.stat().st_size > LARGEST:
                return None
            return place.read_bytes()
        except (OSError, ValueError):
            return None

    def digest(self, path: str) -> str | None:
        """The SHA-256 of a file of any size, by its path from the root; None if there is none."""
        place = self._place(path)
        try:
            if place is None:
                return None
            with place.open("rb") as file:
                return file_digest(file, "sha256").hexdigest()
        except (OSError, ValueError):
            return None

    def files(self, name: str) -> Iterator[str]:
        """The path from the root of every file below a folder."""
        for each in (self.root / name).rglob("*"):
            if each.is_file():
                yield each.relative_to(self.root).as_posix()

    def _place(self, path: str) -> Path | None:
        try:
            place = (self.root / (path if path and not path.endswith("/") else f"{path}{_INDEX}")).resolve()
            return place if place.is_relative_to(self.root.resolve()) else None
        except (OSError, ValueError):
            return None

    def awards(self) -> tuple[str, ...]:
        """The ids of all awards that have a folder, sorted."""
        return tuple(sorted(self._folders("awards")))

    def folders(self) -> tuple[str, ...]:
        """The names of all folders at the root, sorted."""
        return tuple(sorted(self._folders("")))

    def issuers(self) -> tuple[str, ...]:
        """The slugs of all issuers that have a folder, sorted."""
        return tuple(sorted(self._folders("issuers")))

    def _folders(self, name: str) -> Iterator[str]:
        try:
            yield from (each.name for each in (self.root / name).iterdir() if each.is_dir())
        except FileNotFoundError:
            return


def open_folder(root: Path) -> Folder:
    """The site in a folder; OutputError if none was built there."""
    try:
        base = read_object((root / "catalogue.json").read_bytes()).get("base")
    except OSError as error:
        what = f"{root.as_posix()} is no built site: it has no catalogue.json that can be read"
        raise OutputError(f"{what}; name the folder that `badgesite build` wrote, or the files of badges") from error
    except FormatError as error:
        raise OutputError(f"{root.as_posix()}/catalogue.json: {error}; build the site again") from error
    if not isinstance(base, str) or not base.startswith(("https://", "http://")) or not base.endswith("/"):
        raise OutputError(f"{root.as_posix()}/catalogue.json does not say at which address the site is; build it again")
    return Folder(root, base)
