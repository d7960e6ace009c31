from badgesite.content.pictures.undrawn import warnings_of
from badgesite.errors import Place
from badgesite.model.undrawn import Undrawn

NAME = Place("content/badges/a.yaml", 4, 7)
ENGLISH = Place("content/badges/a.yaml", 4, 30)
PLACES = {"badge:a": Place("content/badges/a.yaml", 1, 1), "badge:a.name": NAME, "badge:a.name.en": ENGLISH}


def test_a_text_is_told_at_its_language_with_its_characters_and_the_mend() -> None:
    (told,) = warnings_of([Undrawn("badge:a.name", "en", "a漢", "漢")], PLACES)
    assert told.place == ENGLISH
    assert told.what == 'share cards leave out Chinese characters "漢" (U+6F22), as no font has it'
    assert "fonts: [" in told.mend
    assert told.severity == "warning"


def test_a_text_that_is_written_once_is_told_at_its_field() -> None:
    assert [told.place for told in warnings_of([Undrawn("badge:a.name", "it", "漢", "漢")], PLACES)] == [NAME]


def test_of_many_characters_some_are_told() -> None:
    (told,) = warnings_of([Undrawn("badge:a.name", "en", "", "漢字入門者試験合格証明書")], PLACES)
    assert told.what.count("U+") == 8
    assert "and 4 other characters" in told.what


def test_each_script_is_named_with_letters_and_a_font_that_has_it() -> None:
    (told,) = warnings_of([Undrawn("badge:a.name", "en", "", "ابتثجحخدذひカ☃")], PLACES)
    assert 'Arabic letters "ا" (U+0627)' in told.what
    assert 'and 1 other character and Hiragana "ひ" (U+3072) and Katakana "カ" (U+30AB) and "☃" (U+2603)' in told.what
    assert told.mend.startswith("name in content/site.yaml fonts: [fontpkg-noto-sans-arabic], and a font file that has")
    assert "Hiragana and Katakana, like fonts: [" in told.mend
    (told,) = warnings_of([Undrawn("badge:a.name", "en", "", "漢")], PLACES)
    assert "arabic" not in told.mend
