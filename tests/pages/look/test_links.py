from pathlib import Path

import pytest

from badgesite.pages.look.links import links_out


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    for name in ("theme/assets/styles", "theme/templates/parts", "theme/translations", "outside/styles"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "outside/secret.txt").write_text("secret", encoding="utf-8")
    return tmp_path / "theme"


@pytest.mark.parametrize(
    ("link", "goal"),
    [
        ("assets/crest.svg", "../../outside/secret.txt"),
        ("assets/styles/own.css", "../../../outside/secret.txt"),
        ("assets/verify", "../../outside"),
        ("templates/page.html", "/etc/hostname"),
        ("templates/parts/more", "../../.."),
        ("translations/de", "../../outside"),
        ("assets/gone.svg", "../../outside/gone.svg"),
        ("assets/nowhere.svg", "nothing.svg"),
        ("assets/itself.svg", "itself.svg"),
    ],
)
def test_a_link_out_of_a_theme_is_found(theme: Path, link: str, goal: str) -> None:
    (theme / link).symlink_to(goal)
    assert list(links_out(theme)) == [theme / link]


def test_a_link_to_a_link_is_followed_to_its_end(theme: Path) -> None:
    (theme / "more").mkdir()
    (theme / "more/crest.svg").symlink_to("../../outside/secret.txt")
    (theme / "assets/crest.svg").symlink_to("../more/crest.svg")
    (theme / "templates/whole").symlink_to("../more")
    assert list(links_out(theme)) == [theme / "assets/crest.svg", theme / "templates/whole/crest.svg"]


def test_links_within_a_theme_and_a_theme_behind_a_link_are_fine(theme: Path) -> None:
    (theme / "assets/crest.svg").write_text("<svg/>", encoding="utf-8")
    (theme / "assets/logo.svg").symlink_to("crest.svg")
    (theme / "assets/round").symlink_to("../assets")
    (theme.parent / "other").symlink_to("theme")
    assert list(links_out(theme)) == []
    assert list(links_out(theme.parent / "other")) == []


def test_an_editor_may_have_a_file_of_the_theme_open(theme: Path) -> None:
    (theme / "assets/styles/.#own.css").symlink_to("ada@office.4711:1700000000")
    assert list(links_out(theme)) == []
