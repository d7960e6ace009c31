"""Addresses on their way out, and where they come from."""

import pytest

from badgesite.artifact import Artifact, text_artifact
from badgesite.errors import Place
from badgesite.leaks import Leak, leaks_in, problems_of

PLACES = {
    "site": Place("content/site.yaml"),
    "badge:b2": Place("content/badges/b2.yaml", 1, 1),
    "award:one": Place("content/awards/x.yaml", 4, 5),
    "award:two": Place("content/awards/x.yaml", 9, 5),
}


def _told(*paths: str, address: str = "ada@secret.example") -> list[str]:
    return [str(problem.place) for problem in problems_of([Leak(path, address) for path in paths], PLACES)]


def test_what_is_meant_to_be_public_is_no_leak() -> None:
    artifact = text_artifact("a.html", "help@example.org ada@secret.example")
    assert list(leaks_in(artifact, {"help@example.org"})) == [Leak("a.html", "ada@secret.example")]


def test_only_the_words_of_an_artifact_count() -> None:
    assert not list(leaks_in(Artifact("a.png", b"ada@secret.example"), ()))


def test_an_award_is_told_once_and_not_again_by_the_pages_that_repeat_it() -> None:
    paths = ("index.html", "feed.xml", "badges/b2/index.html", "awards/one/index.html", "en/awards/one/index.html")
    assert _told(*paths) == ["content/awards/x.yaml:4:5"]


def test_two_awards_are_two_problems() -> None:
    assert len(_told("awards/one/assertion.json", "awards/two/assertion.json")) == 2


def test_a_picture_is_told_and_not_the_revoked_awards_that_show_it() -> None:
    assert _told("awards/one/badge.svg", "badges/b2/image.svg") == ["content/badges/b2.yaml:1:1"]


def test_a_picture_and_an_award_that_hold_the_same_are_both_told() -> None:
    assert len(_told("awards/one/index.html", "badges/b2/image.svg")) == 2


def test_the_page_of_a_badge_is_told_before_the_pages_that_list_it() -> None:
    assert _told("index.html", "en/badges/b2/index.html", "badges/b2/index.html") == ["content/badges/b2.yaml:1:1"]


@pytest.mark.parametrize("path", ["index.html", "assets/site.0123.css", "awards/nobody/index.html"])
def test_what_nobody_explains_is_told_at_the_site(path: str) -> None:
    assert _told(path) == ["content/site.yaml"]


def test_the_address_is_shortened_and_the_file_is_named() -> None:
    (problem,) = problems_of([Leak("awards/one/index.html", "ada@secret.example")], PLACES)
    assert problem.what == '"a…@secret.example" is an e-mail address and would be published in awards/one/index.html'
    assert "ada" not in str(problem)


def test_an_address_of_a_theme_is_told_once_at_the_themes_file() -> None:
    theme = Place("themes/prova/templates/parts/footer.html", 3, 8)
    leaks = [
        Leak(path, "ada@secret.example") for path in ("awards/one/index.html", "index.html", "badges/b2/index.html")
    ]
    (problem,) = problems_of(leaks, PLACES, {"ada@secret.example": theme, "not@leaked.example": theme})
    assert problem.place == theme
    assert "would be published in awards/one/index.html and 2 other files" in problem.what
