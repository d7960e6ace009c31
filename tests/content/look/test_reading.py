from pathlib import Path

import pytest

from badgesite.content.reading import read
from badgesite.model.look import Look
from badgesite.model.palette import palette
from tests.sites import PICTURE, SITE_PATH, site_yaml, write_site


def told(root: Path, **site: str) -> list[str]:
    return [str(problem) for problem in read(write_site(root, {SITE_PATH: site_yaml(**site)})).problems]


def look(root: Path, **site: str) -> Look:
    catalogue = read(write_site(root, {SITE_PATH: site_yaml(**site)})).catalogue
    assert catalogue is not None
    return catalogue.look


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def test_a_site_that_says_nothing_looks_as_the_default_does(tmp_path: Path) -> None:
    assert look(tmp_path) == Look()


def test_a_colour_that_cannot_be_read_is_told_with_the_nearest_that_can(tmp_path: Path) -> None:
    problems = told(tmp_path, colours='{accent: "#f5a623", paper: "#ffffff"}')
    assert problems == [
        "content/site.yaml:6:19: accent #f5a623 on paper #ffffff has a contrast of 2.02 to 1, and text needs 4.5; "
        "the nearest that passes is #a36b00"
    ]
    assert told(tmp_path, colours='{accent: "#a36b00", paper: "#ffffff"}') == []


def test_colours_by_night_are_held_to_the_same(tmp_path: Path) -> None:
    problems = told(tmp_path, colours='{dark: {accent: "#335577", ink: "#444"}}')
    assert [problem.partition(" has ")[0] for problem in problems] == [
        "content/site.yaml:6:26: dark accent #335577 on dark paper #12171d",
        "content/site.yaml:6:42: dark ink #444444 on dark paper #12171d",
    ]


def test_a_colour_without_quotes_is_a_comment_and_told_so(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, colours="\n  accent: #f5a623\n  paper: '#fff'")
    assert problem == (
        'content/site.yaml:7:3: "accent" has no value; put it in quotes if it is meant: "#f5a623"; '
        "after a blank, # begins a comment"
    )


@pytest.mark.parametrize(
    ("colours", "said"),
    [
        ('{acent: "#123456"}', '"acent" is not a field of the colours; did you mean "accent"?'),
        ('{dark: {accnt: "#123456"}}', '"accnt" is not a field of the dark colours; did you mean "accent"?'),
        ('{accent: "blue"}', '"blue" is not a colour; write # and six hexadecimal digits in quotes, like "#1f4a6d"'),
        ('"#123456"', 'stands where a map is meant; write colours: {accent: "#1f4a6d"}'),
    ],
)
def test_what_is_written_wrongly_is_told_with_its_mend(tmp_path: Path, colours: str, said: str) -> None:
    (problem,) = told(tmp_path, colours=colours)
    assert said in problem


def test_a_theme_names_its_parent_and_brings_colours(tmp_path: Path) -> None:
    write(tmp_path, "themes/faculty/theme.yaml", 'parent: university\ncolours: {accent: "#900"}\n')
    write(tmp_path, "themes/university/theme.yaml", 'colours: {accent: "#090", ink: "#222"}\n')
    found = look(tmp_path, theme="faculty", colours='{paper: "#fff"}')
    assert found.themes == ("faculty", "university", "default")
    drawn = palette(found.colours, "light")
    assert [str(colour) for colour in (drawn.accent, drawn.paper, drawn.ink)] == ["#990000", "#ffffff", "#222222"]


def test_a_theme_without_a_file_builds_on_the_default(tmp_path: Path) -> None:
    write(tmp_path, "themes/plain/assets/styles/plain.css", "")
    assert look(tmp_path, theme="plain").themes == ("plain", "default")


def test_a_colour_of_a_theme_is_told_at_its_place(tmp_path: Path) -> None:
    write(tmp_path, "themes/faculty/theme.yaml", 'colours:\n  accent: "#ff0"\n')
    (problem,) = told(tmp_path, theme="faculty")
    assert problem.startswith("themes/faculty/theme.yaml:2:11: accent #ffff00 on paper #f7f6f2 has")


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        (
            {"a": "parent: b", "b": "parent: a"},
            "themes/b/theme.yaml:1:9: themes build on one another in a circle: a -> b -> a; name another parent",
        ),
        (
            {"a": "parent: a"},
            "themes/a/theme.yaml:1:9: themes build on one another in a circle: a -> a; name another parent",
        ),
        (
            {"a": "parent: university", "universita": ""},
            'themes/a/theme.yaml:1:9: there is no theme "university"; did you mean "universita"?',
        ),
        (
            {"a": "parent: nothing"},
            'themes/a/theme.yaml:1:9: there is no theme "nothing"; write one of a, default, or make the folder '
            "themes/nothing",
        ),
        ({"a": "parnt: b"}, 'themes/a/theme.yaml:1:1: "parnt" is not a field of a theme; did you mean "parent"?'),
        ({"a": "", "default": "parent: a"}, "themes/default/theme.yaml:1:1: the default theme has no parent; "),
    ],
    ids=["circle", "itself", "misspelt", "unknown", "field", "default"],
)
def test_a_theme_that_cannot_be_followed_is_told_at_its_place(
    tmp_path: Path, files: dict[str, str], problem: str
) -> None:
    for name, text in files.items():
        write(tmp_path, f"themes/{name}/theme.yaml", f"{text}\n" if text else "colours: {}\n")
    (found,) = told(tmp_path, theme="a")
    assert found.startswith(problem)


def test_an_unknown_theme_is_told_where_the_site_names_it(tmp_path: Path) -> None:
    write(tmp_path, "themes/ours/assets/styles/a.css", "")
    (problem,) = told(tmp_path, theme="other")
    assert problem == (
        'content/site.yaml:6:8: there is no theme "other"; write one of default, ours, or make the folder themes/other'
    )


def test_a_theme_file_that_is_no_yaml_is_told(tmp_path: Path) -> None:
    write(tmp_path, "themes/a/theme.yaml", "parent: [\n")
    (problem,) = told(tmp_path, theme="a")
    assert problem.startswith("themes/a/theme.yaml:")


def test_the_logo_lies_beside_the_site(tmp_path: Path) -> None:
    write(tmp_path, "content/seal.svg", PICTURE)
    logo = look(tmp_path, logo="seal.svg").logo
    assert logo is not None
    assert logo.path == "content/seal.svg"
    assert not read(tmp_path).warnings


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gone.svg", 'there is no picture "gone.svg" beside this file; did you mean "seal.svg"?'),
        ("../seal.svg", "is not the name of a file beside this one"),
        ("seal.gif", 'there is no picture "seal.gif" beside this file'),
    ],
)
def test_a_logo_that_is_not_there_is_told(tmp_path: Path, name: str, said: str) -> None:
    write(tmp_path, "content/seal.svg", PICTURE)
    (problem,) = told(tmp_path, logo=name)
    assert problem.startswith("content/site.yaml:6:7: ")
    assert said in problem


def test_a_logo_is_judged_as_other_pictures_are(tmp_path: Path) -> None:
    write(tmp_path, "content/seal.svg", PICTURE.replace("<rect", "<script>1</script><rect"))
    (problem,) = told(tmp_path, logo="seal.svg")
    assert problem.startswith("content/seal.svg:2:")
