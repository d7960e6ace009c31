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
from badgesite.pages.theme import Theme, load_theme
from badgesite.plan import Plan, plan_of

Recorded = tuple[Batch, Award]
Draw = Callable[[Picture, str], bytes]


def draw(picture: Picture, band: str) -> bytes:
    """The picture as PNG, under a band that says `band` unless that is empty."""
    return raster.revoked_png(picture, band) if band else raster.png_of(picture)


@dataclass(frozen=True, slots=True)
class Context:
    """What every maker needs; `draw` does what the function of that name does, which takes its time.

    `not_issued` are the awards (ids) that have a page and no documents, because they are not signed as recorded.
    """

    catalogue: Catalogue
    plan: Plan
    theme: Theme
    as_of: date
    draw: Draw
    keys: KeyRing = field(default_factory=KeyRing)
    not_issued: frozenset[str] = frozenset()


def context_of(
    catalogue: Catalogue,
    root: Path,
    as_of: date,
    draw: Draw = draw,
    keys: KeyRing | None = None,
    not_issued: frozenset[str] = frozenset(),
) -> Context:
    """The context of a build of the site in `root`; ThemeError if its theme cannot be read."""
    name, *parents = catalogue.look.themes
    theme = load_theme(name, root, *parents).in_colours(catalogue.look.colours)
    return Context(catalogue, plan_of(catalogue.site), theme, as_of, draw, keys or KeyRing(), not_issued)
