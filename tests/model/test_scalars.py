"""The field decides a scalar's type (docs/formats.md, Names and texts)."""

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from badgesite.model.scalars import (
    AwardId,
    Day,
    Email,
    FileName,
    Identity,
    Number,
    Quoted,
    Slug,
    Url,
    Whole,
    Words,
    YesNo,
    control_character,
    shown,
)


def read(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


@pytest.mark.parametrize("written", ["no", "012", "5e01", "2019", "~", "null", "true"])
def test_a_text_keeps_the_characters_that_were_written(written: str) -> None:
    assert read(Words, written) == written


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (Whole, "12", 12),
        (Whole, "0x1f", 31),
        (Whole, "0o17", 15),
        (Whole, "012", 12),
        (Number, "3", 3),
        (Number, "3.0", 3),
        (Number, "1.5", 1.5),
        (Number, "2e1", 20),
        (YesNo, "true", True),
        (YesNo, "FALSE", False),
        (Day, "2024-02-29", date(2024, 2, 29)),
        (Words, "  Ada ", "Ada"),
        (Slug, "2019", "2019"),
        (Url, "https://example.org/a?b#c", "https://example.org/a?b#c"),
        (Url, "https://[2001:db8::1]:8443/a", "https://[2001:db8::1]:8443/a"),
    ],
)
def test_other_scalars_are_yaml_1_2_core(kind: Any, written: str, value: object) -> None:
    assert read(kind, written) == value


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Whole, Quoted("12")),
        (Whole, "12.5"),
        (Whole, "1_000"),
        (Whole, "9" * 400),
        (Number, Quoted("1.5")),
        (Number, ".inf"),
        (Number, ".nan"),
        (Number, "1,5"),
        (YesNo, "yes"),
        (YesNo, "no"),
        (YesNo, Quoted("true")),
        (Day, "2023-02-29"),
        (Day, "14/07/2023"),
        (Day, "1689292800"),
        (Day, "2023-07-14T00:00:00Z"),
        (Words, "   "),
        (Words, "a\x07b"),
        (Words, ["a"]),
        (Slug, "English"),
        (Slug, "-a"),
        (Slug, "a" * 65),
        (Slug, "con"),
        (Slug, "é"),
        (Url, "example.org"),
        (Url, "javascript:alert(1)"),
        (Url, "https://user:pass@example.org/"),
        (Url, "https://[::1"),
        (Url, "https://example.org/a[1]"),
        (Url, "https://example.org/?a[]=1"),
        (Url, "https://example.org/a b"),
        (Email, "ada"),
        (Email, "ada@localhost"),
        (AwardId, "3F0C7A52-6F2E-4C1B-9A57-0D5A2B8F6E11"),
        (AwardId, "3f0c7a52-6f2e-1c1b-9a57-0d5a2b8f6e11"),
        (AwardId, "x"),
        (Identity, "sha256$abc"),
        (Identity, "md5$" + "a" * 32),
        (FileName, "../secret.png"),
        (FileName, "C:\\x.png"),
    ],
)
def test_what_cannot_be_meant_is_refused(kind: Any, written: object) -> None:
    with pytest.raises(ValidationError) as caught:
        read(kind, written)
    assert all(error["msg"][0] not in "IV" for error in caught.value.errors()), "the sentence is our own"


@pytest.mark.parametrize(("text", "found"), [("a\tb\nc", None), ("\x00", "U+0000"), ("x\ufffe", "U+FFFE")])
def test_control_characters_are_named(text: str, found: str | None) -> None:
    assert control_character(text) == found


def test_brackets_in_an_address_are_told_with_what_to_write() -> None:
    with pytest.raises(ValidationError) as caught:
        read(Url, "https://example.org/list[1].pdf")
    assert caught.value.errors()[0]["ctx"]["mend"] == "write %5B for [ and %5D for ]"


def test_what_was_written_is_shown_in_short_and_without_addresses() -> None:
    assert shown("ada@example.org\n and more") == '"a…@example.org and more"'
    assert shown("x" * 79 + " ada@example.org") == f'"{"x" * 77}..."'
