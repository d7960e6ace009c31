"""Badges that are still the examples `init` wrote: told before the office makes them permanent without meaning to."""

from collections.abc import Collection, Iterator
from pathlib import Path

from badgesite.content.permanence.frozen import is_frozen
from badgesite.content.permanence.lock_files import Places, of_kind, read_all
from badgesite.content.yaml.texts import UnreadableError, read_text
from badgesite.errors import Place, Problem
from badgesite.model.catalogue import Catalogue

MARK = "# An example:"  # how a line begins that whoever makes the badge their own takes out

_WHAT = "this badge is an example that `badgesite init` wrote:"
_FREE = "its address becomes permanent with the first `badgesite lock`, what it says with its first award"
_LOCKED = "what it says becomes permanent with its first award"
_OWN = "make it your own and remove this line"


def samples(
    root: Path, catalogue: Catalogue, places: Places, badges: Collection[str] | None = None
) -> Iterator[Problem]:
    """A warning for each example, of all badges or of some, whose words are still free; none in a rehearsal."""
    if catalogue.site.rehearsal:
        return
    files, _ = read_all(root)
    locked = {slug: files[path].lines for path, slug in of_kind(files, "badges")}
    for slug in sorted(catalogue.badges.keys() & (catalogue.badges.keys() if badges is None else badges)):
        place = places.get(f"badge:{slug}", Place("content/badges"))
        if is_frozen(locked.get(slug, ())) or not (line := _marked(root, place)):
            continue
        what, mend = (_LOCKED, _OWN) if slug in locked else (_FREE, f"{_OWN}, or remove the badge with its picture")
        yield Problem(Place(place.path, line, 1), f"{_WHAT} {what}", mend, "warning")


def _marked(root: Path, file: Place) -> int:
    """The number of the line that says so; 0 if none does."""
    try:
        lines = read_text(root, file.path).splitlines()
    except (UnreadableError, OSError):
        return 0
    return next((number for number, line in enumerate(lines, start=1) if line.startswith(MARK)), 0)
