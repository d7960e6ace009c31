"""Characters that no font of the site has, in words that are drawn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Undrawn:
    """`where` is the field, as a Reading names its place: `badge:<slug>.name`; `tag` the language of the words."""

    where: str
    tag: str
    words: str
    characters: str
