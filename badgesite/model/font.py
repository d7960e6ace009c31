"""A font of the site's own, for what is drawn."""

from dataclasses import dataclass

from badgesite.errors import Place


@dataclass(frozen=True, slots=True)
class Font:
    """Font files that a line of `fonts` in site.yaml stands for: `name` is as written there, `files` are on this disk.

    `package` says whether the name is that of an installed package.
    """

    name: str
    files: tuple[str, ...]
    place: Place
    package: bool = False
