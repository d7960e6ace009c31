"""What every maker needs, gathered once for a build."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from badgesite.crypto.public_keys import KeyRing
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue
from badgesite.model.picture import Picture
from badgesite.pages import raster
from badgesite.pages.cards.drawing import Paint
from badgesite.pages.cards.drawing import paint as paint
from badgesite.pages.cards.drawing import unpainted as unpainted
from badgesite.pages.cards.fonts import Lettering, lettering
from badgesite.pages.theme import Theme, load_theme
from badgesite.plan import Plan, plan_of

Recorded = tuple[Batch, Award]
Draw = Callable[[Picture, str], bytes]


def draw(picture: Picture, band: str) -> bytes:
    """The picture as PNG, under a band that says `band` unless that is empty."""
    return raster.revoked_png(picture, band) if band else raster.png_of(picture)


@dataclass(frozen=True, slots=True)
class Context:
    """What every maker needs; `draw` and `paint` do what the functions of those names do, which take their time.

    `not_issued` are the awards (ids) that have a page and no documents, because they are not signed as recorded.
    """

    catalogue: Catalogue
    plan: Plan
    theme: Theme
    as_of: date
    draw: Draw
    keys: KeyRing = field(default_factory=KeyRing)
    not_issued: frozenset[str] = frozenset()
    lettering: Lettering = field(default_factory=Lettering)
    paint: Paint = paint


def context_of(
    catalogue: Catalogue,
    root: Path,
    as_of: date,
    draw: Draw = draw,
    keys: KeyRing | None = None,
    not_issued: frozenset[str] = frozenset(),
    paint: Paint = paint,
) -> Context:
    """The context of a build of the site in `root`; ThemeError if its theme or a font of its own cannot be read."""
    name, *parents = catalogue.look.themes
    theme = load_theme(name, root, *parents).in_colours(catalogue.look.colours)
    plan, letters = plan_of(catalogue.site), lettering(catalogue.fonts)
    return Context(catalogue, plan, theme, as_of, draw, keys or KeyRing(), not_issued, letters, paint)
