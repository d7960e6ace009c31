"""What share cards cannot say, told at the words themselves."""

from collections.abc import Iterable, Iterator, Mapping

from badgesite.errors import Place, Problem, counted
from badgesite.model.undrawn import Undrawn

_TOLD = 8  # characters
_MEND = "name a font that has it in content/site.yaml, like fonts: [fontpkg-noto-sans-arabic], or a file of your own"


def warnings_of(found: Iterable[Undrawn], places: Mapping[str, Place]) -> Iterator[Problem]:
    """A warning for each text, at its place in `places`, which are those of a Reading."""
    for each in found:
        owner = each.where.partition(".")[0]
        place = places.get(f"{each.where}.{each.tag}") or places.get(each.where) or places.get(owner)
        what = f"share cards leave out {_characters(each.characters)}, as no font has it"
        yield Problem(place or Place("content/site.yaml"), what, _MEND, "warning")


def _characters(characters: str) -> str:
    shown = ", ".join(f'"{each}" (U+{ord(each):04X})' for each in characters[:_TOLD])
    more = len(characters) - _TOLD
    return f"{shown} and {counted(more, 'other character')}" if more > 0 else shown
