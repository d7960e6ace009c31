"""E-mail addresses in the site's own themes: which file would publish one that nobody meant to publish."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from badgesite.content.found import Reading
from badgesite.content.look.themes import FOLDER
from badgesite.errors import Place
from badgesite.model.addresses import addresses_in

_LARGEST = 1_000_000  # bytes of a file that is looked at


def written_in_themes(root: Path, reading: Reading, addresses: Iterable[str]) -> dict[str, Place]:
    """Where each of the addresses that a theme of the site in `root` writes stands first, the nearest theme first."""
    wanted = set(addresses)
    themes = reading.catalogue.look.themes if reading.catalogue and wanted else ()
    found: dict[str, Place] = {}
    for path in _files(root, themes):
        for number, line in enumerate(_lines(path), start=1):
            for address in wanted.intersection(addresses_in(line)):
                column = line.decode(errors="replace").lower().find(address) + 1
                found.setdefault(address, Place(path.relative_to(root).as_posix(), number, column))
    return found


def _files(root: Path, themes: Iterable[str]) -> Iterator[Path]:
    for name in themes:
        yield from sorted(path for path in (root / FOLDER / name).rglob("*") if path.is_file())


def _lines(path: Path) -> list[bytes]:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST).splitlines()
    except OSError:
        return []
