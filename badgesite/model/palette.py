"""The colours of a site: what an institution chose, and all others that follow from it, by day and by night.

What follows is made so that every text can be read on every ground that it stands on. So there is little to choose and
little to check: accent and ink, each on paper, in each scheme.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Annotated, Literal

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from badgesite.model.colour import (
    BLACK,
    EASY,
    TEXT,
    WHITE,
    Colour,
    contrast,
    nearest,
    stands_out,
    written_colour,
)
from badgesite.model.noun import Noun
from badgesite.model.scalars import fault, shown

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")
_SHRINKING = (1.0, 0.75, 0.5, 0.25, 0.0)


def _colour(value: object) -> object:
    if isinstance(value, Colour):
        return value
    if not isinstance(value, str) or not value.strip():
        raise fault(
            "colour", "there is no colour", 'write it in quotes, like "#1f4a6d": without them, # begins a comment'
        )
    found = written_colour(value.strip())
    if not found:
        meant = written_colour(f"#{value.strip()}")
        mend = f'write "{meant}"' if meant else 'write # and six hexadecimal digits in quotes, like "#1f4a6d"'
        raise fault("colour", f"{shown(value)} is not a colour", mend)
    return found


Ink = Annotated[
    Colour,
    BeforeValidator(_colour),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"}),
]


class Shades(Noun):
    """The colours that an institution may choose for one scheme."""

    accent: Ink | None = None
    paper: Ink | None = None
    ink: Ink | None = None


class Colours(Shades):
    """The colours of the site by day, and by night where they do not follow from those."""

    dark: Shades = Shades()

    def over(self, other: "Colours") -> "Colours":
        """These colours, and those of `other` where these say nothing; a colour of the day takes its night with it."""
        own = _said(self)
        night = {name: shade for name, shade in _said(other.dark).items() if name not in own}
        return Colours(**(_said(other) | own), dark=Shades(**(night | _said(self.dark))))

    def of(self, scheme: Scheme) -> Shades:
        """What was chosen for a scheme."""
        return self if scheme == "light" else self.dark


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of one scheme, as the custom properties of the stylesheet name them (accent_soft: --accent-soft).

    Texts are ink, quiet, accent and the three states; they stand on paper, sheet (cards) and plate (behind pictures),
    and each of accent and the states on its own soft ground.
    """

    paper: Colour
    sheet: Colour
    plate: Colour
    line: Colour
    ink: Colour
    quiet: Colour
    accent: Colour
    accent_soft: Colour
    valid: Colour
    valid_soft: Colour
    expired: Colour
    expired_soft: Colour
    revoked: Colour
    revoked_soft: Colour

    def named(self) -> Iterator[tuple[str, Colour]]:
        """Each colour with the name of its custom property."""
        for field in fields(self):
            yield f"--{field.name.replace('_', '-')}", getattr(self, field.name)


@dataclass(frozen=True, slots=True)
class Faint:
    """A chosen colour that cannot be read on the paper of its scheme, with the ratio and the nearest that can."""

    scheme: Scheme
    name: Literal["accent", "ink"]
    colour: Colour
    paper: Colour
    ratio: float
    nearest: Colour


@dataclass(frozen=True, slots=True)
class _Lot:
    """What a scheme has where nobody chose, and how far from paper its grounds are (in OKLab lightness)."""

    paper: Colour
    ink: Colour
    accent: Colour
    states: tuple[Colour, Colour, Colour]
    sheet: float
    plate: float
    line: float
    soft: tuple[float, float]  # at which lightness a colour is mixed into a soft ground, and how much of it


_DAY = _Lot(
    paper=Colour(0xF7, 0xF6, 0xF2),
    ink=Colour(0x1D, 0x25, 0x2E),
    accent=Colour(0x1F, 0x4A, 0x6D),
    states=(Colour(0x14, 0x60, 0x3A), Colour(0x7A, 0x4A, 0x00), Colour(0x97, 0x19, 0x1F)),
    sheet=0.04,
    plate=-0.035,
    line=-0.1,
    soft=(0.75, 0.18),
)
_NIGHT = _Lot(
    paper=Colour(0x12, 0x17, 0x1D),
    ink=Colour(0xE7, 0xE9, 0xEC),
    accent=Colour(0x9C, 0xC7, 0xEA),
    states=(Colour(0x8E, 0xD8, 0xAB), Colour(0xF0, 0xC4, 0x77), Colour(0xFF, 0xAA, 0xA5)),
    sheet=0.045,
    plate=0.11,
    line=0.16,
    soft=(0.42, 0.33),
)
_QUIET = 0.28  # how far quiet ink is on the way to paper
_NIGHT_CHROMA = 0.02


def palette(colours: Colours, scheme: Scheme) -> Palette:
    """All colours of a scheme."""
    paper, ink, accent = _chosen(colours, scheme)
    lot = _DAY if ink.luminance < paper.luminance else _NIGHT
    sheet = _ground(lambda part: paper.shifted(part * lot.sheet), ink, accent)
    plate = _ground(lambda part: paper.shifted(part * lot.plate), ink)
    grounds = (paper, sheet, plate)
    states = [_readable(state, (paper, sheet), ink) for state in lot.states]
    soft = [_soft(sheet, each, ink, *lot.soft) for each in (accent, *states)]
    return Palette(
        paper=paper,
        sheet=sheet,
        plate=plate,
        line=paper.shifted(lot.line),
        ink=ink,
        quiet=_readable(ink.towards(paper, _QUIET), grounds, ink),
        accent=accent,
        accent_soft=soft[0],
        valid=states[0],
        valid_soft=soft[1],
        expired=states[1],
        expired_soft=soft[2],
        revoked=states[2],
        revoked_soft=soft[3],
    )


def faint(colours: Colours) -> Iterator[Faint]:
    """The chosen colours that cannot be read, in the order of schemes."""
    for scheme in SCHEMES:
        paper, ink, accent = _chosen(colours, scheme)
        shades = colours.of(scheme)
        for name, colour, chosen in (("accent", accent, shades.accent), ("ink", ink, shades.ink)):
            ratio = contrast(colour, paper)
            if chosen and ratio < TEXT:
                found = nearest(colour, (paper,))
                yield Faint(scheme, name, colour, paper, ratio, found or _end(paper))  # type: ignore[arg-type]


def _chosen(colours: Colours, scheme: Scheme) -> tuple[Colour, Colour, Colour]:
    """Paper, ink and accent: as they were chosen, else so that they can be read."""
    day, chosen, lot = colours, colours.of(scheme), _DAY if scheme == "light" else _NIGHT
    paper, ink, accent = chosen.paper or lot.paper, lot.ink, lot.accent
    if scheme == "dark":
        paper = chosen.paper or (day.paper.at(lot.paper.lightness, _NIGHT_CHROMA) if day.paper else lot.paper)
        ink = day.ink.at(lot.ink.lightness, _NIGHT_CHROMA) if day.ink else lot.ink
        accent = day.accent.at(lot.accent.lightness) if day.accent else lot.accent
    return paper, chosen.ink or _easy(ink, paper), chosen.accent or _easy(accent, paper)


def _easy(colour: Colour, ground: Colour) -> Colour:
    """The nearest colour that is easy to read, or as easy as any."""
    return nearest(colour, (ground,), EASY) or nearest(colour, (ground,)) or _end(ground)


def _readable(colour: Colour, grounds: tuple[Colour, ...], ink: Colour) -> Colour:
    """The nearest colour that can be read on all grounds; ink, which can, if there is no other."""
    return nearest(colour, grounds) or ink


def _ground(at: Callable[[float], Colour], *texts: Colour) -> Colour:
    """A ground as far from its origin (0) as these texts can still be read on it, at most all the way (1)."""
    found = (ground for ground in map(at, _SHRINKING) if all(stands_out(text, (ground,)) for text in texts))
    return next(found, at(0.0))


def _soft(sheet: Colour, tint: Colour, ink: Colour, lightness: float, amount: float) -> Colour:
    """A ground with a touch of `tint`, on which both that and ink can be read."""
    touch = tint.at(lightness)
    return _ground(lambda part: sheet.towards(touch, part * amount), ink, tint)


def _end(ground: Colour) -> Colour:
    return max(BLACK, WHITE, key=lambda end: contrast(end, ground))


def _said(shades: Shades) -> dict[str, Colour]:
    return {name: colour for name in Shades.model_fields if (colour := getattr(shades, name)) is not None}
