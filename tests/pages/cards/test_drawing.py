from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from badgesite.content.reading import read_or_raise
from badgesite.errors import ThemeError
from badgesite.makers.context import Context, context_of
from badgesite.pages.cards.drawing import LIMIT, Paint, paint, share_card, unpainted
from badgesite.pages.cards.shapes import CARD, SHAPES, SQUARE, Shape
from badgesite.pages.edition import editions
from tests.pages.samples import AS_OF
from tests.sites import BADGE, BADGE_PATH, write_site


def _context(root: Path, name: str = "{it: Inglese B2, en: English B2}", **files: str | bytes) -> Context:
    badge = BADGE.replace("{it: Inglese B2, en: English B2}", name, 1)
    catalogue = read_or_raise(write_site(root, {BADGE_PATH: badge, **files})).catalogue
    assert catalogue
    return context_of(catalogue, root, AS_OF)


def _card(context: Context, shape: Shape = CARD, language: int = 0) -> bytes:
    edition = editions(context.theme, context.catalogue, context.plan, AS_OF)[language]
    return share_card(edition, "english-b2", shape, context.lettering)


def _pixels(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


def test_cards_have_the_size_that_services_ask_for(tmp_path: Path) -> None:
    context = _context(tmp_path)
    assert _pixels(_card(context, CARD)).size == (1200, 630)
    assert _pixels(_card(context, SQUARE)).size == (1080, 1080)


def test_a_card_is_the_same_to_the_byte_each_time(tmp_path: Path) -> None:
    context = _context(tmp_path)
    first = _card(context)
    paint.cache_clear()
    assert _card(context) == first


def test_another_title_and_another_language_give_other_pixels(tmp_path: Path) -> None:
    context = _context(tmp_path)
    other = _context(tmp_path / "other", "{it: Inglese C1, en: English B2}")
    drawn = {_pixels(_card(context)).tobytes(), _pixels(_card(context, language=1)).tobytes()}
    assert len(drawn | {_pixels(_card(other)).tobytes()}) == 3


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.template)
def test_what_a_title_says_is_never_taken_for_a_tag(tmp_path: Path, shape: Shape) -> None:
    context = _context(tmp_path, '\'</text><rect width="999" height="999"/> & "x" <!--\'')
    assert _pixels(_card(context, shape)).getpixel((shape.width - 9, shape.height - 9)) == (255, 255, 255)


def test_a_picture_with_very_many_colours_loses_some_so_that_the_card_is_not_too_heavy(tmp_path: Path) -> None:
    noise = Image.frombytes("RGB", (400, 400), Random(1).randbytes(480_000))
    out = BytesIO()
    noise.save(out, "PNG")
    files = {BADGE_PATH.replace(".yaml", ".png"): out.getvalue()}
    badge = BADGE.replace("english-b2.svg", "english-b2.png")
    catalogue = read_or_raise(write_site(tmp_path, {**files, BADGE_PATH: badge})).catalogue
    assert catalogue
    context = context_of(catalogue, tmp_path, AS_OF)
    assert 50_000 < len(_card(context, SQUARE)) <= LIMIT


def test_a_theme_of_the_site_draws_cards_its_own_way(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630"><rect width="1200" height="630"/></svg>'
    context = _context(tmp_path, **{"themes/default/templates/card.svg": svg})
    assert _pixels(_card(context)).getcolors() == [(1200 * 630, (0, 0, 0))]


@pytest.mark.parametrize("painter", [paint, unpainted], ids=["drawn", "looked at"])
@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<oops", "the share card is no XML once it is filled: "),
        ('<image href="../../secret.png"/>', 'the share card refers to "../../secret.png"; put the picture into '),
    ],
    ids=["no SVG", "a file of the machine"],
)
def test_a_theme_whose_card_cannot_be_drawn_is_told(tmp_path: Path, painter: Paint, inside: str, told: str) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630">{inside}</svg>'
    context = _context(tmp_path, **{"themes/default/templates/card.svg": svg})
    edition = editions(context.theme, context.catalogue, context.plan, AS_OF)[0]
    with pytest.raises(ThemeError) as caught:
        share_card(edition, "english-b2", CARD, context.lettering, painter)
    assert str(caught.value).startswith(f"themes/default/templates/card.svg: {told}")


def test_an_svg_that_resvg_refuses_is_a_fault_of_the_theme() -> None:
    with pytest.raises(ThemeError, match=r"card\.svg of the theme cannot be drawn"):
        paint("<svg><oops</svg>", CARD, ())


def test_a_card_of_another_proportion_is_a_fault_of_the_theme(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630" width="5" height="5px"></svg>'
    context = _context(tmp_path, **{"themes/default/templates/card.svg": svg})
    with pytest.raises(ThemeError, match=r"card\.svg: the share card is 5 wide and 5 high, and has to be 1200 by 630"):
        _card(context)
