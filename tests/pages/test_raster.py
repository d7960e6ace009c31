from io import BytesIO

import pytest
from PIL import Image

from badgesite.errors import FormatError
from badgesite.model.picture import Picture
from badgesite.pages.raster import png_of, revoked_png, revoked_svg, small_png
from tests.sites import PICTURE

SVG = Picture("content/badges/a.svg", "svg", PICTURE.encode(), 120)
PNG = Picture("content/badges/a.png", "png", png_of(SVG), 512)


def _pixels(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGBA")


def test_an_svg_is_drawn_at_the_side_asked_for() -> None:
    assert _pixels(png_of(SVG)).size == (512, 512)
    assert _pixels(png_of(SVG, 64)).size == (64, 64)


def test_a_png_stays_as_it_is() -> None:
    assert png_of(PNG) is PNG.data


@pytest.mark.parametrize("picture", [SVG, PNG], ids=["svg", "png"])
def test_a_small_picture_shows_the_same_in_fewer_pixels(picture: Picture) -> None:
    small, whole = _pixels(small_png(picture, 64)), _pixels(png_of(picture)).resize((64, 64))
    assert small.size == (64, 64)
    pairs = zip(small.tobytes(), whole.tobytes(), strict=True)
    assert sum(abs(one - other) for one, other in pairs) / (64 * 64 * 4) < 4
    assert len(small_png(picture, 64)) < len(PNG.data)


def test_a_png_that_is_small_already_stays_as_it_is() -> None:
    assert small_png(PNG, 512) is PNG.data


def test_drawing_twice_gives_the_same_bytes() -> None:
    assert png_of(SVG) == png_of(SVG)
    assert revoked_png(SVG, "REVOKED") == revoked_png(SVG, "REVOKED")


def test_letters_are_drawn_with_the_fonts_of_the_package_whatever_the_picture_asks_for() -> None:
    letters = '<text y="80" font-size="90" font-family="{}">Ag</text>'
    drawn = []
    for family in ("Nowhere Grotesk", "Roboto"):
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120">{letters.format(family)}</svg>'
        drawn.append(png_of(Picture("a.svg", "svg", svg.encode(), 120)))
    assert drawn[0] == drawn[1]
    assert _pixels(drawn[0]).getbbox()


@pytest.mark.parametrize("picture", [SVG, PNG], ids=["svg", "png"])
@pytest.mark.parametrize("word", ["Revocato", "A & <b>", "Aufgehoben und für nichtig erklärt"])
def test_a_revoked_picture_has_a_red_band_across(picture: Picture, word: str) -> None:
    drawn = _pixels(revoked_png(picture, word))
    assert drawn.size == (512, 512)
    for place in ((30, 390), (488, 120)):
        red, green, blue, alpha = drawn.getpixel(place)  # type: ignore[misc]
        assert red > 120
        assert max(green, blue) < 60
        assert alpha == 255


def test_the_banded_svg_shows_the_picture_and_escapes_the_word() -> None:
    svg = revoked_svg(SVG, "A & <b>").decode()
    assert "A &amp; &lt;B&gt;" in svg
    assert "data:image/svg+xml;base64," in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


class PanicException(BaseException):
    """What pyo3 raises for a panic in Rust: its own class cannot be imported."""


@pytest.mark.parametrize(
    ("raised", "told"), [(PanicException("oh"), FormatError), (KeyboardInterrupt(), KeyboardInterrupt)]
)
def test_a_panic_of_the_renderer_is_a_format_error_and_nothing_else_is(
    raised: BaseException, told: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(**_: object) -> bytes:
        raise raised

    monkeypatch.setattr("badgesite.pages.raster.svg_to_bytes", draw)
    with pytest.raises(told):
        png_of(SVG)


@pytest.mark.parametrize("data", [b"", b"<svg", b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>", b"no"])
def test_what_cannot_be_drawn_is_a_format_error_with_its_path(data: bytes) -> None:
    with pytest.raises(FormatError, match=r"content/a\.svg: the picture cannot be drawn"):
        png_of(Picture("content/a.svg", "svg", data, 1))
