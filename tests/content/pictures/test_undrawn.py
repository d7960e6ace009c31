from badgesite.content.pictures.undrawn import warnings_of
from badgesite.errors import Place
from badgesite.model.undrawn import Undrawn

NAME = Place("content/badges/a.yaml", 4, 7)
ENGLISH = Place("content/badges/a.yaml", 4, 30)
PLACES = {"badge:a": Place("content/badges/a.yaml", 1, 1), "badge:a.name": NAME, "badge:a.name.en": ENGLISH}


def test_a_text_is_told_at_its_language_with_its_characters_and_the_mend() -> None:
    (told,) = warnings_of([Undrawn("badge:a.name", "en", "a漢", "漢")], PLACES)
    assert told.place == ENGLISH
    assert told.what == 'share cards leave out "漢" (U+6F22), as no font has it'
    assert "fonts: [" in told.mend
    assert told.severity == "warning"


def test_a_text_that_is_written_once_is_told_at_its_field() -> None:
    assert [told.place for told in warnings_of([Undrawn("badge:a.name", "it", "漢", "漢")], PLACES)] == [NAME]


def test_of_many_characters_some_are_told() -> None:
    (told,) = warnings_of([Undrawn("badge:a.name", "en", "", "漢字入門者試験合格証明書")], PLACES)
    assert told.what.count("U+") == 8
    assert "and 4 other characters" in told.what
