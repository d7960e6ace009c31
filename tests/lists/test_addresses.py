"""One person's address is one text, however it was written."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from badgesite.lists.addresses import domain_of, name_beside, read_address


@pytest.mark.parametrize(
    "written",
    [
        "ada@example.org",
        " Ada@Example.ORG ",
        "Ada Esempio <ada@example.org>",
        "<ada@example.org>",
        "mailto:ada@example.org",
        "\u200bada@example.org\ufeff",
        "ada@example.org\u00a0",
    ],
)
def test_one_address_however_it_is_written(written: str) -> None:
    assert read_address(written) == "ada@example.org"


@pytest.mark.parametrize(
    "written",
    ["niccolo\u0300@example.org", "niccolò@example.org", "a@xn--universit-y1a.example.org", "a@università.example.org"],
)
def test_an_address_is_trimmed_and_lower_cased_and_nothing_else(written: str) -> None:
    assert read_address(f" {written.upper()}\u200b ") == written.upper().lower()


@given(st.emails())
def test_any_software_comes_to_the_same_hash(written: str) -> None:
    with suppress(PydanticCustomError):
        assert read_address(written) == written.strip().lower()


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ada",
        "@example.org",
        "ada@",
        "ada@example",
        "a b@example.org",
        "a@x.org, b@x.org",
        "a@[127.0.0.1]",
        "a@x..y",
        "a\u200bb@example.org",
        "a\u00adb@example.org",
    ],
)
def test_what_is_no_address_is_a_fault(written: str) -> None:
    with pytest.raises(PydanticCustomError):
        read_address(written)


def test_the_domain_stands_behind_the_sign() -> None:
    assert domain_of("ada@students.example.org") == "students.example.org"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ada Esempio <ada@example.org>", "Ada Esempio"),
        ('"Esempio, Ada" <ada@example.org>', "Esempio, Ada"),
        ("ada@example.org <ada@example.org>", None),
        ("<ada@example.org>", None),
        ("ada@example.org", None),
    ],
)
def test_a_name_may_stand_beside_an_address(written: str, name: str | None) -> None:
    assert name_beside(written) == name
