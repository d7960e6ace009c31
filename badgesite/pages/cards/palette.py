"""The colours of share cards, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as SVG writes them; the defaults are those of the default theme by day."""

    sheet: str = "#ffffff"
    plate: str = "#eeece5"
    ink: str = "#1d252e"
    quiet: str = "#55606c"
    line: str = "#d9d5ca"
    accent: str = "#1f4a6d"
