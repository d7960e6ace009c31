from pathlib import Path

import pytest

from badgesite.errors import ThemeError
from badgesite.pages.theme import load_theme


def _write(root: Path, path: str, content: str) -> None:
    target = root / "themes" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(content, encoding="utf-8")


def test_an_unknown_theme_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    _write(tmp_path, "ours/assets/site.css", "")
    with pytest.raises(ThemeError, match=r'there is no theme "other"; write one of default, ours in content/site.yaml'):
        load_theme("other", tmp_path)


def test_what_a_theme_leaves_out_the_default_has(tmp_path: Path) -> None:
    _write(tmp_path, "ours/assets/site.css", "body {}")
    theme = load_theme("ours", tmp_path)
    assert theme.assets["site.css"].data == b"body {}"
    assert theme.assets["icon.svg"] == load_theme("default", tmp_path).assets["icon.svg"]
    assert "it" in theme.wordings


def test_a_site_may_change_one_template_of_the_default_theme(tmp_path: Path) -> None:
    _write(tmp_path, "default/templates/parts/head.html", "ours")
    theme = load_theme("default", tmp_path)
    assert theme.render("parts/head.html", theme.wording("en")) == "ours"
    assert "nothing" in theme.render("parts/not_found.html", theme.wording("en"), tag="en", home="/")


def test_a_theme_may_say_a_message_otherwise_and_speak_more_languages(tmp_path: Path) -> None:
    _write(tmp_path, "ours/translations/it/LC_MESSAGES/messages.po", 'msgid "Year"\nmsgstr "Annata"\n')
    _write(tmp_path, "ours/translations/de/LC_MESSAGES/messages.po", 'msgid "Year"\nmsgstr "Jahr"\n')
    theme = load_theme("ours", tmp_path)
    assert theme.wording("it").gettext("Year") == "Annata"
    assert theme.wording("it").gettext("Awards") == "Conferimenti"
    assert theme.wording("de").gettext("Year") == "Jahr"


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("a\n{{ unknown }}\n", 2),
        ("a\n\n{% if %}\n", 3),
        ("{{ [].x.y }}", 1),
        ("a\n{% include 'nowhere.html' %}", 2),
        ("{{ ''.__class__.__mro__ }}", 1),
        ("\n\n\n{{ 1 / 0 }}", 4),
        ("{% for n in range(3) %}\n{{ n.nope.nope }}\n{% endfor %}", 2),
    ],
    ids=["undefined", "syntax", "attribute", "missing template", "way out of the sandbox", "division", "in a loop"],
)
def test_a_fault_in_a_template_has_a_place(tmp_path: Path, template: str, line: int) -> None:
    _write(tmp_path, "ours/templates/page.html", template)
    theme = load_theme("ours", tmp_path)
    with pytest.raises(ThemeError) as caught:
        theme.render("page.html", theme.wording("en"))
    (problem,) = caught.value.problems
    assert (problem.place.path, problem.place.line) == ("themes/ours/templates/page.html", line)


def test_everything_is_escaped_in_html_and_xml(tmp_path: Path) -> None:
    for name in ("page.html", "page.xml"):
        _write(tmp_path, f"ours/templates/{name}", "{{ said }}")
        theme = load_theme("ours", tmp_path)
        drawn = theme.render(name, theme.wording("en"), said="<a b=\"c\" d='e'> & f")
        assert drawn == "&lt;a b=&#34;c&#34; d=&#39;e&#39;&gt; &amp; f"


def test_a_template_without_end_is_a_fault(tmp_path: Path) -> None:
    _write(tmp_path, "ours/templates/page.html", "{% include 'page.html' %}")
    theme = load_theme("ours", tmp_path)
    with pytest.raises(ThemeError, match="cannot be drawn"):
        theme.render("page.html", theme.wording("en"))
