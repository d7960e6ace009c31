import pytest

from badgesite.errors import UsageError
from badgesite.move import with_formerly
from tests.sites import BADGE

PATH = "content/badges/b2.yaml"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# A badge.\nissuer: a\nname: B2\n", "# A badge.\nissuer: a\nformerly: [a, b]\nname: B2\n"),
        ("formerly: [a]\nname: B2\n", "formerly: [a, b]\nname: B2\n"),
        ("name: B2\nformerly:\n- a\n", "formerly: [a, b]\nname: B2\n"),
        ("formerly:\n  - a\n\nname: B2\n", "\nformerly: [a, b]\nname: B2\n"),
        ("name: B2", "formerly: [a, b]\nname: B2\n"),
        ("name: B2\r\nimage: b.svg\r\n", "formerly: [a, b]\r\nname: B2\r\nimage: b.svg\r\n"),
        ("\ufeffname: B2\n", "\ufeffformerly: [a, b]\nname: B2\n"),
        ("criteria: |\n  name: no\nname: B2\n", "criteria: |\n  name: no\nformerly: [a, b]\nname: B2\n"),
    ],
    ids=["before the name", "in place", "a list", "a list with indent", "no end", "Windows", "a mark", "in a text"],
)
def test_every_other_line_stays(before: str, after: str) -> None:
    assert with_formerly(before.encode(), PATH, ("a", "b")).decode() == after


@pytest.mark.parametrize("text", ["{name: B2}\n", '"name": B2\n', "  name: B2\n"], ids=["braces", "quotes", "indent"])
def test_what_cannot_be_edited_line_by_line_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="write each of its fields on a line of its own"):
        with_formerly(text.encode(), PATH, ("a",))


def test_a_real_badge_gets_one_line() -> None:
    lines = with_formerly(BADGE.encode(), PATH, ("a",)).decode().splitlines()
    assert [line for line in lines if line not in BADGE.splitlines()] == ["formerly: [a]"]
