"""Where a copy of an assertion claims more than its host."""

import pytest

from badgesite.verify.ob2.differences import badge_differences, differences, older


def _of(identity: str, kind: str = "email") -> dict[str, object]:
    return {"recipient": {"identity": identity, "type": kind}}


@pytest.mark.parametrize(
    ("copy", "hosted", "found"),
    [
        ({"badge": "a"}, {"badge": {"id": "a", "name": "x", "issuer": "y"}}, ()),
        ({"badge": "a"}, {"badge": ["a"]}, ()),
        ({"evidence": ["a", "b"]}, {"evidence": ["b", "a"]}, ("evidence",)),
        (_of("sha256$AB"), _of("sha256$ab"), ()),
        (_of("a@b.c"), _of("a@b.c", "url"), ("recipient",)),
        ({"expires": "soon"}, {}, ()),
        ({"expires": "soon"}, {"expires": "2030-01-01T00:00:00Z"}, ("expires",)),
        ({"a": 1, "b": 2}, {}, ("a", "b")),
        ({}, {"a": 1}, ()),
    ],
)
def test_only_what_the_copy_claims_is_a_difference(
    copy: dict[str, object], hosted: dict[str, object], found: tuple[str, ...]
) -> None:
    assert differences(copy, hosted) == found


def test_a_badge_within_the_copy_is_compared_by_what_it_says() -> None:
    served = {"id": "a", "name": "One", "description": "d", "issuer": "i"}
    assert badge_differences({"badge": {"name": "Two", "issuer": {"id": "i"}}}, served) == ("badge.name",)
    assert badge_differences({"badge": "a"}, served) == badge_differences({"badge": {"name": "Two"}}, None) == ()


def test_an_issuer_that_stands_whole_in_the_copy_is_compared_with_the_one_that_is_served() -> None:
    served, issuer = {"id": "a", "issuer": "i"}, {"id": "i", "name": "School", "url": "https://school.example"}
    assert badge_differences({"badge": {"issuer": issuer}}, served, issuer) == ()
    another = {**issuer, "name": "University"}
    assert badge_differences({"badge": {"issuer": another}}, served, issuer) == ("badge.issuer.name",)
    assert badge_differences({"badge": {"issuer": {"id": "j"}}}, served, issuer) == ("badge.issuer",)


def test_a_copy_that_lacks_something_is_older() -> None:
    assert older({"id": "a"}, {"id": "a", "narrative": "x"})
    assert not older({"id": "a", "image": "x"}, {"id": "a", "@language": "en"})
