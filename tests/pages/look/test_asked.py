"""A template that asks for what is not there, or prints what is no text, is told as its author reads it."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from badgesite.errors import ThemeError
from badgesite.pages.theme import load_theme


@dataclass(frozen=True)
class View:
    title: str
    lines: tuple[str, ...] = ()


def fault(root: Path, template: str) -> str:
    path = root / "themes/ours/templates/card.svg"
    path.parent.mkdir(parents=True)
    path.write_text(template, encoding="utf-8")
    theme = load_theme("ours", root)
    with pytest.raises(ThemeError) as caught:
        theme.render("card.svg", theme.wording("en"), card=View("B2", ("a", "b")))
    return (
        str(caught.value).removeprefix("themes/ours/templates/card.svg:").replace("the template cannot be drawn: ", "")
    )


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("\n{{ card.titel }}", '2:1: it asks for the field "titel" of something that has none of that name; '
         'did you mean "title"?'),
        ("{{ card.qqqq }}", '1:1: it asks for the field "qqqq" of something that has none of that name; '
         "there are title, lines"),
        ("{{ crad.title }}", '1:1: it asks for "crad", which it does not get; did you mean "card"?'),
        ("{{ card }}", "1:1: it prints something that has fields, and is no text itself; name one: .title, .lines"),
        ("{{ card.lines }}", "1:1: it prints a whole list; take each of it in turn with {% for ... in ... %}"),
        ("{% macro m() %}{% endmacro %}{{ m }}", "1:1: it prints the macro m itself; call it: m(...)"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_a_mend(tmp_path: Path, template: str, says: str) -> None:
    assert fault(tmp_path, template) == says


def test_words_numbers_and_nothing_are_printed(tmp_path: Path) -> None:
    path = tmp_path / "themes/ours/templates/page.html"
    path.parent.mkdir(parents=True)
    path.write_text("{{ card.title }} {{ 1.5 }} {{ none }} {{ true }}", encoding="utf-8")
    theme = load_theme("ours", tmp_path)
    assert theme.render("page.html", theme.wording("en"), card=View("B2")) == "B2 1.5 None True"


def test_what_is_handed_to_a_macro_of_the_default_theme_is_told_where_it_is_handed(tmp_path: Path) -> None:
    says = fault(tmp_path, '{% from "card_parts.svg" import block %}\n\n{{ block(card.titel, 700) }}')
    assert says.startswith('3:1: it asks for the field "titel"')
