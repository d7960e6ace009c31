"""Slips in a theme that stop no build are told at their file and line; a theme without slips is told nothing."""

from pathlib import Path

import pytest

from badgesite.pages.theme import load_theme

FOOTER = '{% extends "parent/parts/footer.html" %}\n{% block more %}<p class="x">Room 12</p>{% endblock %}\n'


def told(root: Path, *parents: str, **files: str) -> list[str]:
    for path, text in files.items():
        target = root / "themes/ours" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    found = tuple(load_theme("ours", root, *parents).slips())
    assert {problem.severity for problem in found} <= {"warning"}
    return [str(problem) for problem in found]


def test_a_theme_as_the_documentation_has_it_is_told_nothing(tmp_path: Path) -> None:
    files = {
        "theme.yaml": "parent: default\n",
        "README.md": "ours",
        "fonts/Our.ttf": "",
        "templates/parts/footer.html": FOOTER,
        "templates/parts/crest.html": "crest",
        "templates/home.html": '{% extends "parent/home.html" %}{% block main %}{% include "parts/crest.html" %}'
        '{% block inner %}{% endblock %}<img src="{{ home }}">{# <script> #}{{ super() }}{% endblock %}',
        "templates/issuer.html": '{% extends "parent/issuer.html" %}{% block own %}x{% endblock %}'
        '{% block main %}{{ self.own() }}<option {% if one == "x" %}selected{% endif %}>'
        '<img src="{{ home }}" data-src="//x.example"><a {% set style = "x" %} href="/">x</a>{% endblock %}',
        "templates/letter.html": '<p style="margin:0">{{ letter.page }}</p>',
        "assets/styles/ours.css": "h1 {}",
        "assets/leaf.svg": "<svg/>",
        "assets/site.css": "",
        "translations/it/LC_MESSAGES/messages.po": "",
        "templates/.footer.html.swp": "",
    }
    assert told(tmp_path, **files) == []


def test_a_site_without_a_theme_of_its_own_is_told_nothing(tmp_path: Path) -> None:
    assert tuple(load_theme("default", tmp_path).slips()) == ()


def test_a_block_that_the_parent_has_not_is_told_with_the_one_that_it_has(tmp_path: Path) -> None:
    assert told(tmp_path, **{"templates/parts/footer.html": FOOTER.replace("block more", "block mroe")}) == [
        'themes/ours/templates/parts/footer.html:2:1: "mroe" is no block of parent/parts/footer.html, '
        'so that nothing shows it; did you mean "more"?'
    ]


def test_blocks_of_a_parents_parent_are_known(tmp_path: Path) -> None:
    page = '{% extends "page.html" %}{% block scripts %}{% endblock %}{% block main %}{% endblock %}'
    assert told(tmp_path, **{"templates/verify.html": page}) == []


def test_a_name_made_up_of_a_layer_that_is_not_there_is_told_by_drawing_alone(tmp_path: Path) -> None:
    assert (
        told(tmp_path, **{"templates/page.html": '{% extends "from x/page.html" %}{% block a %}{% endblock %}'}) == []
    )


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("templates/footer.html", 'no page asks for this template; did you mean "parts/footer.html"?'),
        ("templates/parts/Footer.html", 'no page asks for this template; did you mean "parts/footer.html"?'),
        ("templates/zodiac.html", "no page asks for this template; name it in another template"),
        ("tempaltes/home.html", 'nothing reads this folder of the theme; did you mean "templates"?'),
        ("theme.yml", 'nothing reads this file of the theme; did you mean "theme.yaml"?'),
        ("assets/style/ours.css", 'nothing reads this folder of the theme; did you mean "styles"?'),
        ("assets/ours.css", "no page uses this style file; put it into assets/styles/"),
        ("assets/styles/leaf.svg", "nothing reads this file of the theme; styles/ holds .css files alone"),
        ("translations/it/messages.po", "nothing reads this file of the theme; a translation lies at translations/"),
    ],
)
def test_a_file_that_nothing_reads_is_told_with_what_was_meant(tmp_path: Path, path: str, says: str) -> None:
    (line,) = told(tmp_path, **{path: ""})
    assert says in line
    assert line.startswith("themes/ours/" + path.split("/")[0])


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<script>alert(1)</script>", "a script that stands in the page"),
        ('<script async\n src="https://count.example/x.js"></script>', "a script from elsewhere"),
        ('<img alt="" src="https://x.example/a.png">', "what is fetched from another site"),
        ('<link rel="stylesheet" href="//x.example/a.css">', "what is fetched from another site"),
        ('<iframe src="http://x.example/">', "what is fetched from another site"),
        ('<p style="color:red">', "a style that stands in the page"),
        ("<style>p {}</style>", "a style that stands in the page"),
        ('<a href="#" onclick="go()">', "a script that stands in the page"),
    ],
)
def test_what_the_security_policy_stops_is_told_at_its_line(tmp_path: Path, html: str, says: str) -> None:
    footer = FOOTER.replace("Room 12", f"\n {html}")
    (line,) = told(tmp_path, **{"templates/parts/footer.html": footer})
    assert line.startswith(f"themes/ours/templates/parts/footer.html:3:2: {says}")


def test_a_theme_with_a_policy_of_its_own_is_not_told_what_ours_would_stop(tmp_path: Path) -> None:
    footer = FOOTER.replace("Room 12", "<script>1</script>")
    files = {"templates/parts/footer.html": footer, "templates/parts/head.html": "<meta charset=utf-8>"}
    assert told(tmp_path, **files) == []
