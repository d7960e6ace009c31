"""Texts in the languages of the site."""

import pytest
from pydantic import TypeAdapter, ValidationError

from badgesite.model.text import Text

SITE = {"languages": ("it", "en")}


def read(value: object) -> Text:
    return TypeAdapter(Text).validate_python(value, context=SITE)


def test_one_string_is_in_the_first_language() -> None:
    assert read("Ciao") == Text((("it", "Ciao"),))


def test_languages_stand_in_the_order_of_the_site() -> None:
    assert read({"en": "Hello", "it": "Ciao"}).by_language == (("it", "Ciao"), ("en", "Hello"))


def test_a_reader_of_a_missing_language_gets_the_first_with_its_tag() -> None:
    assert read("Ciao").tagged("en") == ("it", "Ciao")
    assert read({"it": "Ciao", "en": "Hello"}).in_language("en") == "Hello"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (["a"], "a list stands where a text is meant"),
        ({"en": "Hello"}, 'the text is missing in "it", the first language of the site'),
        ({"it": "Ciao", "fr": "Salut"}, 'the text is in "fr", which the site does not have'),
        ({"it": ""}, "the text is empty"),
        ({"it": {"a": "b"}}, "a map stands where a text is meant"),
        ("a\x01", "the text holds the control character U+0001"),
    ],
)
def test_a_fault_gives_one_plain_message(value: object, sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read(value)
    assert [error["msg"] for error in caught.value.errors()] == [sentence]
