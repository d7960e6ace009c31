"""What share cards cannot say, told at the words themselves."""

from collections.abc import Iterable, Iterator, Mapping
from unicodedata import category, name

from badgesite.errors import Place, Problem, counted
from badgesite.model.undrawn import Undrawn

_TOLD = 8  # characters of a script
_PACKAGES = frozenset(["Arabic", "Devanagari", "Khmer", "Tamil", "Telugu", "Thai"])
"""Scripts of which there is a package of fonts that is called by them."""
_OF_ITS_OWN = "fonts: [themes/our/fonts/Our-Regular.ttf]"
_NAMES = {"Cjk": "Chinese characters", "Hiragana": "Hiragana", "Katakana": "Katakana"}


def warnings_of(found: Iterable[Undrawn], places: Mapping[str, Place]) -> Iterator[Problem]:
    """A warning for each text, at its place in `places`, which are those of a Reading."""
    for each in found:
        owner = each.where.partition(".")[0]
        place = places.get(f"{each.where}.{each.tag}") or places.get(each.where) or places.get(owner)
        scripts = _by_script(each.characters)
        left_out = "; ".join(f"{script} {_characters(some)}".strip() for script, some in scripts.items())
        what = f"share cards leave out {left_out}, as no font has it".replace("; ", " and ")
        yield Problem(place or Place("content/site.yaml"), what, _mend(scripts), "warning")


def _by_script(characters: str) -> dict[str, str]:
    """Letters by the name of their script, as Unicode calls them; "" for signs."""
    found: dict[str, str] = {}
    for each in characters:
        script = name(each, "").partition(" ")[0].capitalize() if category(each)[0] in "LM" else ""
        script = _NAMES.get(script, f"{script} letters" if script else "")
        found[script] = found.get(script, "") + each
    return found


def _mend(scripts: Iterable[str]) -> str:
    """The fonts to name: packages for the scripts that have one, a file for the others."""
    known = [script.removesuffix(" letters") for script in scripts]
    packages = [f"fontpkg-noto-sans-{script.lower()}" for script in known if script in _PACKAGES]
    others = [script for script in scripts if script.removesuffix(" letters") not in _PACKAGES]
    file = f"a font file that has {' and '.join(filter(None, others)) or 'it'}, like {_OF_ITS_OWN}"
    if not packages:
        return f"name in content/site.yaml {file}"
    named = f"name in content/site.yaml fonts: [{', '.join(packages)}]"
    return f"{named}, and {file}" if others else f"{named}, or a file of your own"


def _characters(characters: str) -> str:
    shown = ", ".join(f'"{each}" (U+{ord(each):04X})' for each in characters[:_TOLD])
    more = len(characters) - _TOLD
    return f"{shown} and {counted(more, 'other character')}" if more > 0 else shown
