"""What a share card says, and where: for the theme's card.svg and square.svg. Nothing on it is of a holder."""

from dataclasses import dataclass, replace

from badgesite.model.palette import Palette, palette
from badgesite.pages.cards.fitting import Box, Fitted, fit
from badgesite.pages.cards.fonts import BOLD, MEDIUM, REGULAR, Lettering
from badgesite.pages.cards.shapes import Shape
from badgesite.pages.dates import direction_of
from badgesite.pages.edition import Edition
from badgesite.pages.views.badge import kind_of

_ASCENT, _DESCENT = 0.71, 0.1  # of capital letters over the baseline, and what seems to hang below it
_LOGO_GAP = 22
_SMALLER = 0.8


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line; `y` is its baseline."""

    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that begin at `x`: at their left, or where the card is mirrored at their right."""

    x: float
    size: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Images:
    """The badge's picture and the issuer's logo as PNG in data addresses."""

    picture: str
    logo: str | None = None


@dataclass(frozen=True, slots=True)
class CardView:
    """A share card; `mirrored` for languages that are read from right to left, `anchor` as SVG's text-anchor."""

    width: int
    height: int
    side: int
    logo_side: int
    logo_x: float
    logo_y: float
    mirrored: bool
    anchor: str
    families: tuple[str, ...]
    palette: Palette
    images: Images
    issuer: Block
    title: Block
    kind: Block
    host: Block


def card_view(edition: Edition, slug: str, shape: Shape, lettering: Lettering, images: Images) -> CardView:
    """The card of a badge in the language of the edition."""
    badge, tag = edition.catalogue.badges[slug], edition.tag
    mirrored = direction_of(tag) == "rtl"
    start = shape.width - shape.left if mirrored else shape.left
    towards = -1 if mirrored else 1
    indent = shape.logo + _LOGO_GAP if images.logo else 0
    kind = _kind(edition, slug, shape.kind, lettering)
    title = fit(badge.name.in_language(tag), _title_box(shape, kind), lettering, BOLD)
    issuer_box = replace(shape.issuer, width=shape.issuer.width - indent)
    issuer = fit(edition.catalogue.issuers[badge.issuer].name.in_language(tag), issuer_box, lettering, MEDIUM)
    host = fit(edition.plan.base.partition("//")[2].rstrip("/"), shape.host, lettering, MEDIUM)
    top = (shape.top + shape.bottom - title.height - kind.height - _gap(shape, kind)) / 2
    return CardView(
        width=shape.width,
        height=shape.height,
        side=shape.side,
        logo_side=shape.logo,
        logo_x=start - shape.logo if mirrored else start,
        logo_y=shape.row - shape.logo / 2,
        mirrored=mirrored,
        anchor="end" if mirrored else "start",
        families=lettering.families,
        palette=palette(edition.catalogue.look.colours, "light"),
        images=images,
        issuer=_block(issuer, start + towards * indent, shape.row - issuer.height / 2),
        title=_block(title, start, top),
        kind=_block(kind, start, top + title.height + _gap(shape, kind)),
        host=Block(start, host.size, tuple(Line(shape.foot, line) for line in host.lines)),
    )


def _kind(edition: Edition, slug: str, box: Box, lettering: Lettering) -> Fitted:
    """What kind of badge it is, and its category: on one line if they are not too small then, else on two."""
    badge = edition.catalogue.badges[slug]
    category = edition.catalogue.site.categories[badge.category] if badge.category else None
    words = [kind_of(edition, badge), *([category.in_language(edition.tag)] if category else ())]
    one = fit(" · ".join(words), replace(box, smallest=round(box.largest * _SMALLER)), lettering, REGULAR)
    if one.whole or len(words) == 1:
        return one if one.whole else fit(words[0], box, lettering, REGULAR)
    each = [fit(part, box, lettering, REGULAR) for part in words]
    smallest = min(each, key=lambda fitted: fitted.size)
    return replace(smallest, lines=tuple(line for fitted in each for line in fitted.lines))


def _title_box(shape: Shape, kind: Fitted) -> Box:
    return replace(shape.title, height=shape.title.height - kind.height - _gap(shape, kind))


def _gap(shape: Shape, kind: Fitted) -> int:
    return shape.gap if kind.lines else 0


def _block(fitted: Fitted, x: float, top: float) -> Block:
    """Lines one below the other from `top` on, each in the middle of its room."""
    baseline = top + (fitted.leading + (_ASCENT - _DESCENT) * fitted.size) / 2
    lines = (Line(round(baseline + index * fitted.leading, 1), words) for index, words in enumerate(fitted.lines))
    return Block(x, fitted.size, tuple(lines))
