from pathlib import Path

import pytest
from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError

from badgesite.pages.sandbox import Sandbox
from badgesite.pages.wording import wording


def _themes(root: Path, **files: str) -> Environment:
    """Themes c, b and a by the first letter of a name, the last of which is the nearest."""
    for name, text in files.items():
        theme, _, page = name.partition("_")
        path = root / theme / "templates" / f"{page}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Sandbox([root / theme for theme in "cba"], wording("en", []))


def _drawn(environment: Environment, name: str = "page") -> str:
    return environment.get_template(f"{name}.html").render()


def test_the_nearest_theme_counts(tmp_path: Path) -> None:
    themes = _themes(tmp_path, a_page="a {% include 'more.html' %}", a_more="far", c_more="near")
    assert _drawn(themes) == "a near"


def test_a_template_builds_on_the_one_of_its_parent_and_that_on_its_own(tmp_path: Path) -> None:
    themes = _themes(
        tmp_path,
        a_page="{% block one %}a{% endblock %}{% block two %}a{% endblock %}",
        b_page="{% extends 'parent/page.html' %}{% block one %}b{{ super() }}{% endblock %}",
        c_page="{% extends 'parent/page.html' %}{% block one %}c{{ super() }}{% endblock %}",
    )
    assert _drawn(themes) == "cbaa"


def test_a_theme_that_has_no_such_template_is_passed_over(tmp_path: Path) -> None:
    themes = _themes(tmp_path, a_page="[{% block in %}{% endblock %}]", c_page="{% include 'parent/page.html' %}!")
    assert _drawn(themes) == "[]!"


def test_what_a_parents_template_calls_is_looked_for_from_the_nearest_theme_on(tmp_path: Path) -> None:
    files = {
        "a_page": "{% include 'more.html' %}",
        "a_more": "a",
        "b_more": "b",
        "c_page": "{% include 'parent/page.html' %}",
    }
    assert _drawn(_themes(tmp_path, **files)) == "b"


def test_a_parent_may_be_called_by_a_template_of_another_name(tmp_path: Path) -> None:
    files = {"a_more": "a", "c_more": "c", "b_page": "{% import 'macros.html' as m %}{% include 'parent/more.html' %}"}
    assert _drawn(_themes(tmp_path, a_macros="", **files)) == "a"


def test_without_a_parent_that_has_it_the_template_is_missing(tmp_path: Path) -> None:
    themes = _themes(tmp_path, c_page="{% extends 'parent/page.html' %}", a_more="x")
    with pytest.raises(TemplateNotFound, match=r"no parent of this theme has template page\.html"):
        _drawn(themes)


def test_a_template_that_is_not_utf_8_is_a_fault_of_a_line(tmp_path: Path) -> None:
    themes = _themes(tmp_path, c_page="")
    (tmp_path / "c/templates/page.html").write_bytes(b"one\ntwo \xe8\n")
    with pytest.raises(TemplateSyntaxError, match="not UTF-8") as caught:
        _drawn(themes)
    assert caught.value.lineno == 2


def test_no_name_leads_out_of_the_themes(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    with pytest.raises(TemplateNotFound):
        _drawn(_themes(tmp_path, c_page="{% include '../../secret.html' %}"))
