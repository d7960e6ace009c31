"""Pictures drawn by resvg with the fonts of a package, never the system's; and the band over what was revoked."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from string import Template
from xml.sax.saxutils import escape

from resvg_py import svg_to_bytes

from badgesite.errors import FormatError
from badgesite.model.picture import Picture

SIDE = 512
_FONT = "Roboto"
_PANIC = "PanicException"  # what a fault within resvg becomes: no Exception, and of a class that cannot be imported


def png_of(picture: Picture, side: int = SIDE) -> bytes:
    """The picture as PNG: as it is if it is one, else drawn `side` pixels wide. FormatError if it cannot be drawn."""
    return picture.data if picture.kind == "png" else draw(picture.data.decode(), picture.path, side, side)


def small_png(picture: Picture, side: int) -> bytes:
    """The picture at most `side` pixels wide, for where a large one would be a burden. FormatError as `png_of`."""
    if picture.kind == "svg" or picture.side <= side:
        return png_of(picture, side)
    framed = _template("small.svg").substitute(side=side, data=b64encode(picture.data).decode())
    return draw(framed, picture.path, side, side)


def revoked_svg(picture: Picture, word: str) -> bytes:
    """The picture, faded, under a band that says `word` in capitals."""
    letters = word.upper()
    media = "image/png" if picture.kind == "png" else "image/svg+xml"
    size = min(60, 560 // max(len(letters), 1))
    svg = _template("band.svg").substitute(
        media=media,
        data=b64encode(picture.data).decode(),
        word=escape(letters),
        size=size,
        baseline=256 + round(size * 0.36),
    )
    return svg.encode()


def revoked_png(picture: Picture, word: str, side: int = SIDE) -> bytes:
    """The banded picture as PNG; quicker from a picture that is drawn already, and the same."""
    drawn = replace(picture, kind="png", data=png_of(picture, side))
    return draw(revoked_svg(drawn, word).decode(), picture.path, side, side)


def draw(svg: str, path: str, width: int, height: int, fonts: Sequence[str] = ()) -> bytes:
    """An SVG as PNG, its letters in the font files `fonts`, else in any of Roboto's; FormatError names `path`."""
    try:
        return svg_to_bytes(
            svg_string=svg,
            width=width,
            height=height,
            skip_system_fonts=True,
            font_files=list(fonts or _fonts()),
            font_family=_FONT,
            serif_family=_FONT,
            sans_serif_family=_FONT,
            cursive_family=_FONT,
            fantasy_family=_FONT,
            monospace_family=_FONT,
        )
    except BaseException as error:
        if not isinstance(error, ValueError) and type(error).__name__ != _PANIC:
            raise
        raise FormatError(f"{path}: the picture cannot be drawn: {error}; open it in a drawing program") from error


@cache
def _template(name: str) -> Template:
    return Template((files("badgesite.pages") / name).read_text(encoding="utf-8"))


@cache
def _fonts() -> tuple[str, ...]:
    folder = files("font_roboto") / "files"
    return tuple(sorted(str(font) for font in folder.iterdir() if font.name.endswith(".ttf")))
