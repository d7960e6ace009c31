"""Share cards drawn: a template of the theme filled, and made a PNG that those who show it accept."""

from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO

from PIL import Image

from badgesite.errors import FormatError, ThemeError
from badgesite.model.picture import Picture
from badgesite.pages.cards.enclosed import problems_of
from badgesite.pages.cards.fonts import Lettering
from badgesite.pages.cards.shapes import Shape
from badgesite.pages.cards.view import Images, card_view
from badgesite.pages.edition import Edition
from badgesite.pages.raster import draw, png_of

LIMIT = 300_000  # bytes that every service takes
_COLOURS = (None, 96, 24, 6)  # of the badge's picture: as many as it has, else fewer and fewer
_KEPT = 128

Paint = Callable[[str, Shape, tuple[str, ...]], bytes]
"""What makes an SVG a PNG of a shape, with font files."""


@lru_cache(maxsize=_KEPT)
def paint(svg: str, shape: Shape, fonts: tuple[str, ...]) -> bytes:
    """The SVG as PNG. Kept, as `serve` builds a site many times over, and a card costs as much as fifty pages."""
    try:
        return draw(svg, shape.template, shape.width, shape.height, fonts)
    except FormatError as error:
        raise ThemeError(f"{shape.template} of the theme cannot be drawn: {error.__cause__}; correct it") from error


def unpainted(svg: str, shape: Shape, fonts: tuple[str, ...]) -> bytes:
    """In the place of `paint` where nothing is kept; what a template may not make, `share_card` has looked for."""
    return b""


def share_card(
    edition: Edition,
    slug: str,
    shape: Shape,
    lettering: Lettering,
    paint: Paint = paint,
) -> bytes:
    """The card of a badge in the edition's language as PNG, of at most `LIMIT` bytes; the same for the same content.

    ThemeError if the template makes no SVG, or one that refers to something outside it.
    """
    catalogue, drawn = edition.catalogue, b""
    logo = catalogue.issuer_pictures.get(catalogue.badges[slug].issuer)
    for colours in _COLOURS:
        picture = _inside(catalogue.badge_pictures[slug], shape.side, colours)
        images = Images(picture, _inside(logo, shape.logo) if logo else None)
        view = card_view(edition, slug, shape, lettering, images)
        svg = str(edition.draw(shape.template, card=view))
        if problems := problems_of(svg, edition.theme.place(shape.template), (shape.width, shape.height)):
            raise ThemeError(problems=problems)
        drawn = paint(svg, shape, lettering.paths)
        if len(drawn) <= LIMIT:
            break
    return drawn


@lru_cache(maxsize=_KEPT)
def _inside(picture: Picture, side: int, colours: int | None = None) -> str:
    """A picture as it will stand in the card, pixel by pixel, in a data address.

    Bicubic, whose weights are sums and products, so that no machine's sine has a say in the bytes.
    """
    with Image.open(BytesIO(png_of(picture, side))) as image:
        small = image.convert("RGBA")
    if small.size != (side, side):
        small = small.resize((side, side), Image.Resampling.BICUBIC)
    if colours:
        small = small.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).convert("RGBA")
    out = BytesIO()
    small.save(out, "PNG", compress_level=1)
    return f"data:image/png;base64,{b64encode(out.getvalue()).decode()}"
