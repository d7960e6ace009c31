"""Addresses that show another place than they name."""

import pytest

from badgesite.served import has_dot_segments


@pytest.mark.parametrize(
    "path",
    ["/a/../b", "/a/./b", "/..", "/%2e%2e/b", "/a/.%2E/b", "/a%2f..%2fb", "/a\\..\\b", "/%252e%252e/b", "/..;x/b"],
)
def test_a_path_that_goes_back_by_dots_is_seen_however_it_is_written(path: str) -> None:
    assert has_dot_segments(f"https://badges.example.org{path}")


@pytest.mark.parametrize(
    "path", ["", "/a..b/c.json", "/.well-known/did.json", "/a?b=../c", "/a#../c", "/...", "/%2e%2ea", "/%25"]
)
def test_dots_that_lead_nowhere_else_are_only_dots(path: str) -> None:
    assert not has_dot_segments(f"https://badges.example.org{path}")
