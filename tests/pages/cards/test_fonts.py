from pathlib import Path

import pytest

from badgesite.errors import Place, ThemeError
from badgesite.model.font import Font
from badgesite.pages.cards.fonts import BOLD, FAMILY, REGULAR, Lettering, lettering

PLACE = Place("content/site.yaml", 4, 9)


@pytest.mark.parametrize(
    "words",
    ["Perché già così", "Žluťoučký kůň", "Đặng Nguyễn", "Ἑλληνικὰ γράμματα", "Основы ґ є ї", "“a” – b… · €"],
)
def test_latin_greek_and_cyrillic_are_drawn_without_a_font_of_the_site(words: str) -> None:
    assert Lettering().lacking(words) == ""


def test_characters_that_no_font_has_are_named_once_and_in_order() -> None:
    assert Lettering().lacking("a漢b字漢🐍") == "漢字🐍"


@pytest.mark.parametrize("hint", ["\u200d", "\u200f", "\ufe0f", "\u202e", "\u00ad", "\u3000"])
def test_what_is_never_seen_is_not_lacking(hint: str) -> None:
    assert Lettering().lacking(f"a{hint}b") == ""


def test_each_weight_is_measured_by_itself() -> None:
    letters = Lettering()
    assert letters.advance("W", BOLD) != letters.advance("W", REGULAR)
    assert letters.advance("漢", BOLD) is None


def test_roboto_stands_first_among_the_fonts() -> None:
    path = Lettering().paths[0]
    own = lettering([Font("Own.ttf", (path,), PLACE)])
    assert own.families == (FAMILY,)
    assert own.paths[0] == path
    assert len(own.own) == 1


@pytest.mark.parametrize("data", [b"", b"no font", b"\0\1\0\0" + bytes(40), b"OTTO\0\1" + b"x" * 300])
def test_a_broken_font_file_is_told_at_the_line_that_names_it(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "Broken.ttf"
    path.write_bytes(data)
    with pytest.raises(ThemeError, match=r"Broken\.ttf") as caught:
        lettering([Font("Broken.ttf", (str(path),), PLACE)])
    assert [problem.place for problem in caught.value.problems] == [PLACE]


def test_every_broken_font_is_told_at_once(tmp_path: Path) -> None:
    places = [Place("content/site.yaml", line, 5) for line in (5, 6)]
    broken = [
        Font(name, (str(tmp_path / name),), place) for name, place in zip(("a.ttf", "b.ttf"), places, strict=True)
    ]
    with pytest.raises(ThemeError) as caught:
        lettering([*broken, Font("Own.ttf", Lettering().paths[:1], PLACE)])
    assert [problem.place for problem in caught.value.problems] == places
