"""A picture for a badge that has none yet: a rosette whose colour and petals come from the slug."""

from colorsys import hls_to_rgb
from hashlib import sha256

from badgesite.starter.words import filled

PETALS = (5, 6, 7, 8, 9)


def drawing(slug: str) -> str:
    """An SVG of 512 by 512, always the same for a slug."""
    digest = sha256(slug.encode()).digest()
    hue = int.from_bytes(digest[:2]) / 65536
    petals = PETALS[digest[2] % len(PETALS)]
    reach = 44 + digest[3] % 28
    return filled(
        "badge.svg",
        name=slug,
        deep=_colour(hue, 0.2),
        main=_colour(hue, 0.34),
        light=_colour(hue, 0.86),
        figure="\n".join(_petal(360 * petal / petals, reach) for petal in range(petals)),
    )


def _petal(degrees: float, reach: int) -> str:
    turn = f"rotate({degrees:.4g} 256 256)"
    return f'    <ellipse cx="256" cy="{256 - reach}" rx="42" ry="{reach + 16}" transform="{turn}"/>'


def _colour(hue: float, light: float) -> str:
    red, green, blue = (round(255 * part) for part in hls_to_rgb(hue, light, 0.55))
    return f"#{red:02x}{green:02x}{blue:02x}"
