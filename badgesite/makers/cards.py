"""Share cards: of each badge, in each language that it has, one for links and one for square pictures."""

from collections.abc import Iterator

from badgesite.artifact import Artifact
from badgesite.makers.context import Context
from badgesite.model.undrawn import Undrawn
from badgesite.pages.cards.drawing import share_card
from badgesite.pages.cards.shapes import CARD, SHAPES
from badgesite.pages.cards.undrawn import undrawn
from badgesite.pages.edition import editions


def share_cards(context: Context, badge: str) -> Iterator[Artifact]:
    """Per badge and language: card.<lang>.png and square.<lang>.png, at each of the names that it has or had."""
    catalogue, plan = context.catalogue, context.plan
    names = [name for name, slug in catalogue.badge_names.items() if slug == badge]
    noun = catalogue.badges[badge]
    for edition in editions(context.theme, catalogue, plan, context.as_of):
        if not noun.has_language(edition.tag):
            continue
        for shape in SHAPES:
            png = share_card(edition, badge, shape, context.lettering, context.paint)
            address = plan.badge_card if shape is CARD else plan.badge_square
            yield from (Artifact(address(name, edition.tag), png) for name in names)


def undrawn_words(context: Context) -> Iterator[Undrawn]:
    """What the cards cannot say, because no font has its characters."""
    return undrawn(context.catalogue, context.lettering)
