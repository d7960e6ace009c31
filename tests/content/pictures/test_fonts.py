from importlib.resources import files
from pathlib import Path

import pytest

from badgesite.content.reading import read
from badgesite.model.font import Font
from tests.sites import write_site

ROBOTO = (files("font_roboto") / "files" / "Roboto-Regular.ttf").read_bytes()


def _told(root: Path) -> list[str]:
    return [str(problem) for problem in read(root).problems]


def _fonts(root: Path) -> tuple[Font, ...]:
    catalogue = read(root).catalogue
    assert catalogue
    return catalogue.fonts


def test_a_site_without_fonts_of_its_own_has_none(tmp_path: Path) -> None:
    assert _fonts(write_site(tmp_path)) == ()


def test_a_font_file_of_the_site_is_found_by_its_path(tmp_path: Path) -> None:
    (font,) = _fonts(write_site(tmp_path, {"themes/mine/fonts/Our.ttf": ROBOTO}, fonts="[themes/mine/fonts/Our.ttf]"))
    assert font.files == (str(tmp_path / "themes/mine/fonts/Our.ttf"),)
    assert not font.package
    assert str(font.place) == "content/site.yaml:6:9"


def test_a_font_package_gives_its_upright_files(tmp_path: Path) -> None:
    (font,) = _fonts(write_site(tmp_path, fonts="[font-roboto]"))
    assert font.package
    assert len(font.files) == 6
    assert all(Path(file).is_file() and "Italic" not in file for file in font.files)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("font-nowhere", 'there is no font package "font-nowhere" beside badgesite; install it'),
        ("click", 'the package "click" holds no font file; name one that holds .ttf or .otf files'),
        ("fonts/Our.ttf", 'there is no file "fonts/Our.ttf" in the site\'s folder; put the font there'),
        ("../Our.ttf", '"../Our.ttf" is not a path inside the site\'s folder; write it from there'),
        ("/fonts/Our.otf", '"/fonts/Our.otf" is not a path inside the site\'s folder; write it from there'),
        ("'a b c'", 'there is no font package "a b c" beside badgesite; install it'),
    ],
)
def test_a_name_that_leads_to_no_font_is_told_where_it_stands(tmp_path: Path, name: str, message: str) -> None:
    (told,) = _told(write_site(tmp_path, fonts=f"[font-roboto, {name}]"))
    assert told.startswith("content/site.yaml:6:22: ")
    assert message in told


def test_a_link_out_of_the_site_is_refused(tmp_path: Path) -> None:
    root = write_site(tmp_path / "site", fonts="[Our.ttf]")
    (tmp_path / "Our.ttf").write_bytes(ROBOTO)
    (root / "Our.ttf").symlink_to(tmp_path / "Our.ttf")
    assert "leads out of the site" in _told(root)[0]
