from dataclasses import replace
from pathlib import Path

from badgesite.content.reading import read_or_raise
from badgesite.makers.context import context_of
from badgesite.pages.cards.fonts import Lettering
from badgesite.pages.cards.shapes import CARD, SHAPES
from badgesite.pages.cards.view import CardView, Images, card_view
from badgesite.pages.edition import editions
from tests.pages.samples import AS_OF
from tests.sites import write_site


def _view(root: Path, *, logo: bool = False, tag: str = "it", colours: str | None = None) -> CardView:
    catalogue = read_or_raise(write_site(root, colours=colours)).catalogue
    assert catalogue
    context = context_of(catalogue, root, AS_OF)
    edition = replace(editions(context.theme, catalogue, context.plan, AS_OF)[0], tag=tag)
    images = Images("data:,", "data:," if logo else None)
    return card_view(edition, "english-b2", CARD, Lettering(), images)


def _words(view: CardView) -> list[list[str]]:
    return [[line.words for line in block.lines] for block in (view.issuer, view.title, view.kind, view.host)]


def test_a_card_says_who_gives_what_and_where(tmp_path: Path) -> None:
    assert _words(_view(tmp_path)) == [["Università di Esempio"], ["Inglese B2"], ["Certificato"], ["localhost:8000"]]


def test_blocks_stand_one_below_the_other_and_inside_the_card(tmp_path: Path) -> None:
    view = _view(tmp_path)
    baselines = [line.y for block in (view.issuer, view.title, view.kind, view.host) for line in block.lines]
    assert baselines == sorted(baselines)
    assert all(0 < y < CARD.height - 20 for y in baselines)


def test_the_issuers_name_makes_room_for_its_logo(tmp_path: Path) -> None:
    assert _view(tmp_path).issuer.x == CARD.left
    assert _view(tmp_path / "logo", logo=True).issuer.x > CARD.left + CARD.logo


def test_a_language_that_is_read_from_the_right_mirrors_the_card(tmp_path: Path) -> None:
    view = _view(tmp_path, tag="ar", logo=True)
    assert view.mirrored
    assert view.anchor == "end"
    assert view.title.x == CARD.width - CARD.left
    assert view.logo_x + view.logo_side == view.title.x


def test_the_colours_of_the_site_are_those_of_its_cards(tmp_path: Path) -> None:
    assert str(_view(tmp_path).palette.accent) == "#1f4a6d"
    assert str(_view(tmp_path / "other", colours='{accent: "#7a1020"}').palette.accent) == "#7a1020"


def test_both_shapes_keep_their_words_inside(tmp_path: Path) -> None:
    for shape in SHAPES:
        assert shape.left + shape.title.width <= shape.right <= shape.width
        assert shape.row < shape.top < shape.bottom < shape.foot < shape.height
