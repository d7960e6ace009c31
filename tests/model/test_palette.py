"""Whatever an institution chooses, every text can be read on every ground it stands on, by day and by night."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from badgesite.model.colour import TEXT, Colour, contrast
from badgesite.model.palette import SCHEMES, Colours, Palette, Scheme, Shades, faint, palette

COLOURS = st.builds(Colour, *[st.integers(0, 255)] * 3)
SHADES = {name: st.none() | COLOURS for name in ("accent", "paper", "ink")}
CHOSEN = st.builds(Colours, **SHADES, dark=st.builds(Shades, **SHADES))


def pairs(drawn: Palette) -> list[tuple[str, str]]:
    """Each text with each ground that pages draw it on (themes/default/assets)."""
    texts = {
        "ink": ["paper", "sheet", "plate", "accent_soft", "valid_soft", "expired_soft", "revoked_soft"],
        "quiet": ["paper", "sheet", "plate"],
        "accent": ["paper", "sheet", "accent_soft"],
        "sheet": ["accent"],  # a button
    }
    for state in ("valid", "expired", "revoked"):
        texts[state] = ["paper", "sheet", f"{state}_soft"]
    return [(text, ground) for text, grounds in texts.items() for ground in grounds]


def unreadable(drawn: Palette) -> list[tuple[str, str]]:
    return [pair for pair in pairs(drawn) if contrast(*(getattr(drawn, name) for name in pair)) < TEXT]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_default_colours_can_be_read(scheme: Scheme) -> None:
    assert unreadable(palette(Colours(), scheme)) == []


@settings(max_examples=300)
@given(CHOSEN)
def test_what_passes_the_check_can_be_read_everywhere(chosen: Colours) -> None:
    faults = list(faint(chosen))
    for scheme in SCHEMES:
        if not any(fault.scheme == scheme for fault in faults):
            assert unreadable(palette(chosen, scheme)) == []


@settings(max_examples=300)
@given(CHOSEN)
def test_a_proposal_passes_the_check(chosen: Colours) -> None:
    mended = chosen
    for fault in faint(chosen):
        assert fault.ratio < TEXT
        new: dict[str, object] = {fault.name: fault.nearest}
        if fault.scheme == "light":
            mended = mended.model_copy(update=new)
        else:
            mended = mended.model_copy(update={"dark": mended.dark.model_copy(update=new)})
    assert [fault for fault in faint(mended) if getattr(chosen.of(fault.scheme), fault.name)] == []


@given(COLOURS, COLOURS)
def test_a_chosen_colour_is_used_as_it_is(accent: Colour, paper: Colour) -> None:
    drawn = palette(Colours(accent=accent, paper=paper), "light")
    assert (drawn.accent, drawn.paper) == (accent, paper)


def test_the_night_follows_from_the_day() -> None:
    day = Colours.model_validate({"accent": "#8a1538"})
    drawn = palette(day, "dark")
    assert drawn.accent.lightness > 0.7
    assert drawn.accent.red > drawn.accent.green
    assert drawn.paper == palette(Colours(), "dark").paper


def test_what_the_site_leaves_open_a_theme_may_say() -> None:
    site = Colours.model_validate({"accent": "#900", "dark": {"ink": "#eee"}})
    theme = Colours.model_validate({"accent": "#090", "paper": "#fff", "dark": {"ink": "#ddd", "accent": "#9f9"}})
    both = Colours.model_validate({"accent": "#900", "paper": "#fff", "dark": {"ink": "#eee"}})
    assert site.over(theme) == both


def test_a_colour_that_a_site_chose_by_day_is_not_the_themes_by_night() -> None:
    theme = Colours.model_validate({"accent": "#0b5d3b", "dark": {"accent": "#7fd6a8", "ink": "#eee"}})
    red = Colours.model_validate({"accent": "#8a1538"}).over(theme)
    assert red == Colours.model_validate({"accent": "#8a1538", "dark": {"ink": "#eee"}})
    own = Colours.model_validate({"accent": "#8a1538", "dark": {"accent": "#ff9db0"}})
    assert own.over(theme).dark.accent == own.dark.accent


@pytest.mark.parametrize(
    ("written", "mend"),
    [
        ("", 'write it in quotes, like "#1f4a6d": without them, # begins a comment'),
        ("1f4a6d", 'write "#1f4a6d"'),
        ("darkred", 'write # and six hexadecimal digits in quotes, like "#1f4a6d"'),
        (["#123456"], 'write it in quotes, like "#1f4a6d": without them, # begins a comment'),
    ],
)
def test_what_is_no_colour_is_told_with_its_mend(written: object, mend: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Colours.model_validate({"accent": written})
    assert caught.value.errors()[0]["ctx"]["mend"] == mend


def test_every_pair_of_text_and_ground_is_a_colour_of_the_palette() -> None:
    drawn = palette(Colours(), "light")
    names = {name.removeprefix("--").replace("-", "_") for name, _ in drawn.named()}
    assert {name for pair in pairs(drawn) for name in pair} == names - {"line"}
