"""One person's address is one text, however it was written."""

import pytest
from pydantic_core import PydanticCustomError

from badgesite.lists.addresses import domain_of, read_address


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


def test_international_addresses_are_composed_and_in_their_own_script() -> None:
    assert read_address("niccolo\u0300@xn--universit-y1a.example.org") == "niccolò@università.example.org"


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
    ],
)
def test_what_is_no_address_is_a_fault(written: str) -> None:
    with pytest.raises(PydanticCustomError):
        read_address(written)


def test_the_domain_stands_behind_the_sign() -> None:
    assert domain_of("ada@students.example.org") == "students.example.org"
