"""The one stylesheet of a site: its colours, then the style files of its themes, from the farthest to the nearest."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from badgesite.errors import Place, Problem, ThemeError
from badgesite.model.colour import WHITE, stands_out
from badgesite.model.palette import Colours, Palette, palette

MAIN = "site.css"
FOLDER = "styles"
_NAMED = re.compile(rb"url\(\s*([\"']?)([^\"')]*)\1\s*\)|@import\b", re.IGNORECASE)
_INSIDE = re.compile(rb"#|data:", re.IGNORECASE)  # a part of the same file, or a picture within it
_REMARK = re.compile(rb"/\*.*?\*/", re.DOTALL)
_AS_IT_IS = rb"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^)"']*\))"""  # where blanks and strokes are meant
_BLANKS = re.compile(_AS_IT_IS + rb"|(?:/\*.*?\*/|\s)+", re.DOTALL)
_ENDS = re.compile(_AS_IT_IS + rb"| ?([{};]) ?", re.DOTALL)

Address = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Style:
    """A style file: its name in messages, and its text."""

    path: str
    data: bytes


def styles_in(folders: Sequence[Path], shown: Callable[[Path], str]) -> tuple[Style, ...]:
    """The style files of themes (nearest first): site.css, then styles/*.css from the farthest theme to the nearest.

    A file takes the place of one of its name in a theme farther off.
    """
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        paths = sorted((folder / "assets" / FOLDER).glob("*.css"))
        found |= {path.name: path for path in paths if not path.name.startswith(".")}
    main = next(path for folder in folders if (path := folder / "assets" / MAIN).is_file())
    return tuple(Style(shown(path), path.read_bytes()) for path in (main, *found.values()))


def joined(styles: Sequence[Style], address: Address) -> bytes:
    """The style files as one; ThemeError for files that they name and no theme has.

    `address` gives what an asset of the theme is called beside the stylesheet, or None if there is none.
    """
    problems = [problem for style in styles for problem in _faults(style, address)]
    if problems:
        raise ThemeError(problems=problems)

    def renamed(found: re.Match[bytes]) -> bytes:
        name = _name(found)
        return b'url("%s")' % (address(name) or "").encode() if name else found[0]

    return b"\n".join(_NAMED.sub(renamed, style.data) for style in styles)


def compact(css: bytes) -> bytes:
    """The same rules without remarks and lines: who reads them has the theme, and everyone else loads them."""
    one_line = _BLANKS.sub(lambda found: found[1] or b" ", css)
    return _ENDS.sub(lambda found: found[1] or found[2], one_line).strip()


def colours_css(colours: Colours) -> bytes:
    """The custom properties of both schemes, and of print if those by day are not for white paper."""
    day, night = palette(colours, "light"), palette(colours, "dark")
    lines = [
        f":root {{ color-scheme: light dark; {_properties(day)} }}",
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_properties(night)} }} }}",
    ]
    if not (stands_out(day.ink, (WHITE,)) and stands_out(day.accent, (WHITE,))):
        lines.append(f"@media print {{ :root {{ {_properties(palette(Colours(), 'light'))} }} }}")
    return "".join(f"{line}\n" for line in (*lines, "")).encode()


def _properties(colours: Palette) -> str:
    return " ".join(f"{name}: {colour};" for name, colour in colours.named())


def _faults(style: Style, address: Address) -> Iterator[Problem]:
    plain = _REMARK.sub(lambda remark: re.sub(rb"[^\n]", b" ", remark[0]), style.data)
    for found in _NAMED.finditer(plain):
        if fault := _fault(found, address):
            before = plain[: found.start()]
            place = Place(style.path, before.count(b"\n") + 1, found.start() - (before.rfind(b"\n") + 1) + 1)
            yield Problem(place, *fault)


def _fault(found: re.Match[bytes], address: Address) -> tuple[str, str] | None:
    """What is wrong with a file that a style file names, and the mend."""
    if found[2] is None:
        return "@import has no effect in a part of the stylesheet", f"put the other file into assets/{FOLDER}/ as it is"
    name = _name(found)
    if name is None or address(name):
        return None
    if "//" in name:
        return f'"{name}" is elsewhere, and pages load nothing from there', "put the file into assets/ of the theme"
    mend = "put it into assets/, and write its name without folders"
    return f'there is no "{name}" in the assets of the theme', mend


def _name(found: re.Match[bytes]) -> str | None:
    """The file that a `url(...)` names; None if it names none."""
    named = found[2]
    return None if named is None or _INSIDE.match(named) else named.decode(errors="replace").strip()
