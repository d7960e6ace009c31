"""Colours beside the sums of WCAG 2.2, and what is proposed in their place."""

from math import atan2, dist, hypot, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badgesite.model.colour import (
    BLACK,
    EASY,
    TEXT,
    WHITE,
    Colour,
    contrast,
    nearest,
    ratio_words,
    stands_out,
    written_colour,
)

COLOURS = st.builds(Colour, *[st.integers(0, 255)] * 3)


def _of(words: str) -> Colour:
    found = written_colour(words)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#fff", 21.0),
        ("#777777", "#ffffff", 4.478),
        ("#767676", "#fff", 4.542),
        ("#f5a623", "#ffffff", 2.027),
        ("#1f4a6d", "#1F4A6D", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(_of(one), _of(other)) == pytest.approx(ratio, abs=0.001)
    assert contrast(_of(other), _of(one)) == contrast(_of(one), _of(other))


@pytest.mark.parametrize("words", ["", "fff", "#ff", "#ffff", "#gggggg", "red", "#12345678", " #fff", "#１２３"])
def test_other_words_write_no_colour(words: str) -> None:
    assert written_colour(words) is None


@pytest.mark.parametrize(("ratio", "words"), [(4.499, "4.49"), (2.1, "2.1"), (21.0, "21"), (1.0049, "1")])
def test_a_ratio_never_looks_better_than_it_is(ratio: float, words: str) -> None:
    assert ratio_words(ratio) == words


@given(COLOURS, COLOURS)
def test_every_colour_has_a_nearest_that_passes_and_is_left_alone_if_it_does(colour: Colour, ground: Colour) -> None:
    found = nearest(colour, (ground,))
    assert found is not None
    assert contrast(found, ground) >= TEXT
    assert nearest(found, (ground,)) == found
    assert (found == colour) == (contrast(colour, ground) >= TEXT)


@given(COLOURS, COLOURS)
def test_no_step_along_lightness_passes_and_is_nearer(colour: Colour, ground: Colour) -> None:
    found = nearest(colour, (ground,))
    assert found is not None
    for step in range(0, 101, 5):
        other = colour.at(step / 100)
        if stands_out(other, (ground,)):
            assert dist(found.lab, colour.lab) <= dist(other.lab, colour.lab) + 0.01


@given(COLOURS, COLOURS)
def test_what_is_proposed_keeps_its_hue(colour: Colour, ground: Colour) -> None:
    found = nearest(colour, (ground,), EASY) or colour
    (_, a, b), (_, x, y) = colour.lab, found.lab
    if hypot(a, b) > 0.06 and hypot(x, y) > 0.06:
        turn = abs(atan2(b, a) - atan2(y, x))
        assert min(turn, 2 * pi - turn) < 0.12


def test_where_nothing_passes_there_is_no_nearest() -> None:
    assert nearest(Colour(128, 128, 128), (BLACK, WHITE), EASY) is None


@given(COLOURS)
def test_a_colour_at_its_own_lightness_is_itself(colour: Colour) -> None:
    again = colour.at(colour.lightness)
    assert max(abs(one - other) for one, other in zip(again.lab, colour.lab, strict=True)) < 0.01
    assert colour.at(0) == BLACK
    assert colour.at(1) == WHITE
