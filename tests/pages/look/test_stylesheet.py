from pathlib import Path

import pytest

from badgesite.errors import ThemeError
from badgesite.model.palette import Colours
from badgesite.pages.look.stylesheet import Style, colours_css, compact, joined, styles_in


def _folder(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / "assets" / (f"styles/{name}.css" if name != "site" else "site.css")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_parts_are_joined_from_the_farthest_theme_on_and_the_nearest_of_a_name_counts(tmp_path: Path) -> None:
    far = _folder(tmp_path / "far", site="site{}", print="far{}", table="table{}")
    near = _folder(tmp_path / "near", print="near{}", own="own{}")
    styles = styles_in((near, far), lambda path: path.name)
    assert joined(styles, lambda name: None) == b"site{}\nnear{}\ntable{}\nown{}"


def test_files_are_called_by_what_they_are_published_as() -> None:
    style = Style("a.css", b"a { background: url( 'crest.svg' ) } b { mask: url(#m), url(data:image/png;base64,AA==) }")
    assert joined([style], {"crest.svg": "crest.1234.svg"}.get) == (
        b'a { background: url("crest.1234.svg") } b { mask: url(#m), url(data:image/png;base64,AA==) }'
    )


def test_a_hidden_file_is_no_part_of_the_stylesheet(tmp_path: Path) -> None:
    folder = _folder(tmp_path, site="site{}", own="own{}")
    (folder / "assets/styles/.#own.css").symlink_to("nobody@nowhere")
    assert [style.path for style in styles_in((folder,), lambda path: path.name)] == ["site.css", "own.css"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a {}\nb { src: url(gone.png) }", '2:10: there is no "gone.png" in the assets of the theme; '),
        ("a { src: url(https://x.example/y) }", '1:10: "https://x.example/y" is elsewhere, and pages load nothing'),
        ("/* a\n*/ @import 'b.css';", "2:4: @import has no effect in a part of the stylesheet; put the other file"),
    ],
)
def test_files_that_are_not_there_are_told_with_their_place(text: str, told: str) -> None:
    with pytest.raises(ThemeError) as caught:
        joined([Style("themes/ours/assets/styles/a.css", text.encode())], lambda name: None)
    assert str(caught.value).startswith(f"themes/ours/assets/styles/a.css:{told}")


def test_what_stands_in_a_remark_is_not_asked_for() -> None:
    text = b"/* url(gone.png) @import */ a {}"
    assert joined([Style("a.css", text)], lambda name: None).endswith(b"a {}")


def test_what_is_light_on_the_screen_is_printed_in_ink() -> None:
    chosen = Colours.model_validate({"paper": "#111", "ink": "#fff"})
    screen, paper = colours_css(chosen).decode().split("@media print")
    assert "--ink: #ffffff;" in screen
    assert "--ink: #1d252e;" in paper
    assert b"@media print" not in colours_css(Colours())


def test_both_schemes_have_every_colour() -> None:
    css = colours_css(Colours.model_validate({"accent": "#900", "dark": {"accent": "#f99"}})).decode()
    day, night = css.split("@media screen and (prefers-color-scheme: dark)")
    assert "--accent: #990000;" in day
    assert "--accent: #ff9999;" in night
    assert day.count("--") == night.count("--") > 10


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ("/* one */\na  b , c {\n  color : red ;\n}\n\n/* two\n */ d { e : f }\n", "a b , c{color : red;}d{e : f}"),
        ('.x::before { content: "/* no  remark */ { ; }"; }', '.x::before{content: "/* no  remark */ { ; }";}'),
        ("a { b: 'it\\'s  {'; }", "a{b: 'it\\'s  {';}"),
        ("a { b: url(data:x;y,/*z*/ q) ; }", "a{b: url(data:x;y,/*z*/ q);}"),
        ("a { width: calc(1rem + 2px) }", "a{width: calc(1rem + 2px)}"),
        ("@media print { a :hover { b: c } }", "@media print{a :hover{b: c}}"),
    ],
)
def test_rules_are_published_without_remarks_and_lines(css: str, left: str) -> None:
    assert compact(css.encode()) == left.encode()
