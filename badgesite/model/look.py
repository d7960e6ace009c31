"""How the site looks: which themes, which colours, which logo."""

from dataclasses import dataclass, field

from badgesite.model.noun import Noun
from badgesite.model.palette import Colours
from badgesite.model.picture import Picture
from badgesite.model.scalars import Slug

DEFAULT_THEME = "default"


class ThemeFile(Noun):
    """A theme of the site: `themes/<theme>/theme.yaml`, which may be left out."""

    parent: Slug = DEFAULT_THEME
    colours: Colours = Colours()


@dataclass(frozen=True, slots=True)
class Look:
    """The theme and, after it, those that it builds on; the colours that site and themes chose; the logo."""

    themes: tuple[str, ...] = (DEFAULT_THEME,)
    colours: Colours = field(default_factory=Colours)
    logo: Picture | None = None
