"""Links and pictures of Markdown that no page shows: a text stands on several, so addresses have to be whole."""

import re
from collections.abc import Iterator
from pathlib import Path

from badgesite.content.advice.places import PlacesIn
from badgesite.content.yaml.texts import read_text
from badgesite.errors import Place, Problem
from badgesite.model.catalogue import Catalogue

SCHEMES = ("http", "https", "mailto")
_LINK = re.compile(r"(!?)\[[^\]\n]*\]\(\s*<?([^)\s>]*)")


def lost_links(root: Path, catalogue: Catalogue, places: PlacesIn) -> Iterator[Problem]:
    """A warning for each link and picture of a free page, and of the site's footer (`places`), that is not shown."""
    base, first = catalogue.site.base, catalogue.site.languages[0]
    for slug, page in catalogue.pages.items():
        for language, body in page.body:
            if any(_told(found, base) for found in _LINK.finditer(body)):
                path = f"content/pages/{slug}{'' if language == first else f'.{language}'}.md"
                text = read_text(root, path)
                for found in _LINK.finditer(text):
                    line, start = text.count("\n", 0, found.start()) + 1, text.rfind("\n", 0, found.start())
                    yield from _problem(Place(path, line, found.start() - start), found, base)
    for language, words in catalogue.site.footer or ():
        for found in _LINK.finditer(words):
            yield from _problem(places.node(("footer", language))[0], found, base)


def _problem(place: Place, found: re.Match[str], base: str) -> Iterator[Problem]:
    if told := _told(found, base):
        yield Problem(place, *told, "warning")


def _told(found: re.Match[str], base: str) -> tuple[str, str] | None:
    """What is wrong with a link or picture, and the mend."""
    picture, target = found.groups()
    if picture:
        return "the picture is left out: free pages and texts show none", "describe it, or link to it"
    if target.partition(":")[0].lower() in SCHEMES:
        return None
    what = f'the link to "{target}" is left out'
    if ":" in target:
        return what, "links are to https://, http:// and mailto: alone"
    return what, f"write the whole address, as {base}{target.lstrip('./#')}"
