"""The two shapes of a share card, in pixels: where its words have room."""

from dataclasses import dataclass

from badgesite.pages.cards.fitting import Box


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of card. Words stand between `left` and `right`; title and kind, with a gap, between `top` and `bottom`.

    `side` is that of the badge's picture, `logo` that of the issuer's; the issuer's row has its middle at `row`, the
    host its baseline at `foot`.
    """

    template: str
    width: int
    height: int
    side: int
    left: int
    right: int
    logo: int
    row: int
    top: int
    bottom: int
    foot: int
    issuer: Box
    title: Box
    kind: Box
    host: Box
    gap: int = 22


CARD = Shape(
    template="card.svg",
    width=1200,
    height=630,
    side=340,
    left=504,
    right=1140,
    logo=72,
    row=100,
    top=168,
    bottom=490,
    foot=570,
    issuer=Box(636, 84, 34, 20, 1.2, 2),
    title=Box(636, 322, 88, 30, 1.1, 9),
    kind=Box(636, 40, 32, 20, 1.25, 1),
    host=Box(636, 40, 30, 16, 1.2, 1),
)
SQUARE = Shape(
    template="square.svg",
    width=1080,
    height=1080,
    side=410,
    left=84,
    right=996,
    logo=80,
    row=612,
    top=676,
    bottom=958,
    foot=1036,
    issuer=Box(912, 88, 38, 22, 1.2, 2),
    title=Box(912, 282, 92, 32, 1.1, 7),
    kind=Box(912, 44, 36, 22, 1.25, 1),
    host=Box(912, 44, 34, 18, 1.2, 1),
)
SHAPES = (CARD, SQUARE)
