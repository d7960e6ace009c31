from pathlib import Path

import pytest

from badgesite.errors import ThemeError
from badgesite.model.palette import Colours, palette
from badgesite.pages.theme import load_theme, translations

ROOT = Path(__file__).resolve().parents[2]


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
    assert theme.assets["site.css"].data.partition(b";}}")[2].startswith(b"body{}")
    assert theme.assets["icon.svg"] == load_theme("default", tmp_path).assets["icon.svg"]
    assert "it" in theme.wordings


def test_a_theme_may_build_on_another_than_the_default(tmp_path: Path) -> None:
    _write(tmp_path, "faculty/templates/parts/head.html", "{% include 'parent/parts/head.html' %} faculty")
    _write(tmp_path, "university/templates/parts/head.html", "university {{ crest }}")
    _write(tmp_path, "university/templates/parts/crest.html", "crest")
    _write(tmp_path, "university/assets/crest.svg", "<svg/>")
    _write(tmp_path, "faculty/assets/styles/faculty.css", "h1 { background: url(crest.svg) }")
    theme = load_theme("faculty", tmp_path, "university", "default")
    assert theme.render("parts/head.html", theme.wording("en"), crest="of") == "university of faculty"
    assert theme.render("parts/crest.html", theme.wording("en")) == "crest"
    assert "nothing" in theme.render("parts/not_found.html", theme.wording("en"), tag="en", home="/", first=True)
    crest = f"crest.{theme.assets['crest.svg'].digest[:8]}.svg"
    assert theme.assets["site.css"].data.decode().endswith(f'h1{{background: url("{crest}")}}')


def test_the_stylesheet_has_the_colours_that_are_asked_for(tmp_path: Path) -> None:
    theme = load_theme("default", tmp_path)
    red = theme.in_colours(Colours.model_validate({"accent": "#900"}))
    assert b"--accent: #990000;" in red.assets["site.css"].data
    assert red.assets["site.css"].digest != theme.assets["site.css"].digest
    assert theme.in_colours(Colours()).assets == theme.assets


def test_what_a_style_file_names_and_nobody_has_is_a_fault_of_the_theme(tmp_path: Path) -> None:
    _write(tmp_path, "ours/assets/styles/ours.css", "h1 {}\nh2 { background: url(gone.png) }")
    with pytest.raises(ThemeError) as caught:
        load_theme("ours", tmp_path)
    assert str(caught.value) == (
        'themes/ours/assets/styles/ours.css:2:18: there is no "gone.png" in the assets of the theme; '
        "put it into assets/, and write its name without folders"
    )


def test_files_that_a_link_fetches_from_elsewhere_are_not_published(tmp_path: Path) -> None:
    root = tmp_path / "site"
    _write(root, "ours/assets/styles/ours.css", "h1 {}")
    _write(root, "university/templates/page.html", "")
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (root / "themes/ours/assets/secret.txt").symlink_to(tmp_path / "secret")
    (root / "themes/ours/assets/styles/a.css").symlink_to("../../../../../secret")
    (root / "themes/university/templates/parts").symlink_to(tmp_path)
    with pytest.raises(ThemeError) as caught:
        load_theme("ours", root, "university")
    mended = "this link leads to no file of its theme, and others are not published; put the file itself there"
    assert str(caught.value).splitlines() == [
        f"themes/ours/assets/secret.txt: {mended}",
        f"themes/ours/assets/styles/a.css: {mended}",
        f"themes/university/templates/parts: {mended}",
    ]
    with pytest.raises(ThemeError, match="no file of its theme"):
        list(translations("ours", root, "en"))


def test_a_theme_of_the_site_lies_in_the_site(tmp_path: Path) -> None:
    _write(tmp_path / "other", "theirs/assets/styles/theirs.css", "h1 {}")
    _write(tmp_path / "site", "kept/assets/styles/ours.css", "h2 {}")
    themes = tmp_path / "site/themes"
    (themes / "theirs").symlink_to(tmp_path / "other/themes/theirs")
    with pytest.raises(ThemeError, match="themes/theirs: the theme is a link that leads out of the site"):
        load_theme("theirs", tmp_path / "site")
    (themes / "ours").symlink_to("kept")
    (tmp_path / "linked").symlink_to("site")
    assert load_theme("ours", tmp_path / "linked").assets["site.css"].data.endswith(b"h2{}")


def test_a_site_may_change_one_template_of_the_default_theme(tmp_path: Path) -> None:
    _write(tmp_path, "default/templates/parts/head.html", "ours")
    theme = load_theme("default", tmp_path)
    assert theme.render("parts/head.html", theme.wording("en")) == "ours"
    assert "nothing" in theme.render("parts/not_found.html", theme.wording("en"), tag="en", home="/", first=True)


def test_a_theme_may_say_a_message_otherwise_and_speak_more_languages(tmp_path: Path) -> None:
    _write(tmp_path, "ours/translations/it/LC_MESSAGES/messages.po", 'msgid "Year"\nmsgstr "Annata"\n')
    _write(tmp_path, "ours/translations/de/LC_MESSAGES/messages.po", 'msgid "Year"\nmsgstr "Jahr"\n')
    theme = load_theme("ours", tmp_path)
    assert theme.wording("it").gettext("Year") == "Annata"
    assert theme.wording("it").gettext("Awards") == "Conferimenti"
    assert theme.wording("de").gettext("Year") == "Jahr"


def test_the_documentation_names_every_template_and_every_colour() -> None:
    told = (ROOT / "docs/theming.md").read_text(encoding="utf-8")
    folder = ROOT / "themes/default/templates"
    templates = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {name for name in templates if f"`{name}`" not in told} == set()
    colours = {name.removesuffix("-soft") for name, _ in palette(Colours(), "light").named()}
    assert {name for name in colours if f"`{name}`" not in told} == set()


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
