"""Words of share cards that no font can draw: resvg would put empty boxes there, or nothing, in silence."""

from collections.abc import Iterator
from unicodedata import normalize

from badgesite.model.catalogue import Catalogue
from badgesite.model.text import Text
from badgesite.model.undrawn import Undrawn
from badgesite.pages.cards.fonts import Lettering


def undrawn(catalogue: Catalogue, lettering: Lettering) -> Iterator[Undrawn]:
    """Each name of a badge, issuer or category, in each language, that has a character which no font has."""
    for where, text in _texts(catalogue):
        for tag, words in text:
            if lacking := lettering.lacking(normalize("NFC", words)):
                yield Undrawn(where, tag, words, lacking)


def _texts(catalogue: Catalogue) -> Iterator[tuple[str, Text]]:
    yield from ((f"badge:{slug}.name", badge.name) for slug, badge in catalogue.badges.items())
    yield from ((f"issuer:{slug}.name", issuer.name) for slug, issuer in catalogue.issuers.items())
    yield from ((f"site.categories.{slug}", name) for slug, name in catalogue.site.categories.items())
