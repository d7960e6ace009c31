import pytest

from badgesite.standards.ob2_properties import EMAIL


@pytest.mark.parametrize("text", ["ada@example.edu", "a.b+c@mail.example.edu", "è@x.it"])
def test_an_address_is_known_by_its_shape(text: str) -> None:
    assert EMAIL.fullmatch(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "ada", "ada@example", "@example.edu", "ada@.edu", "ada@example.", "a@b@c.edu", "a b@c.edu"),
        "a@" + "." * 1_000_000 + "@",
    ],
    ids=lambda text: text[:12],
)
def test_what_is_no_address_is_read_but_once(text: str) -> None:
    assert not EMAIL.fullmatch(text)
