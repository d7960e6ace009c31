from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError

from badgesite.pages.sandbox import Sandbox
from badgesite.pages.wording import Wording, wording

WORDS = """
msgid "Year"
msgstr "Anno <b>"

msgid "100%%"
msgstr "il 100%%"

msgid "of %(day)s"
msgstr "del %(day)s"

msgid "half"
msgstr "50% e più"
"""


def _said(folder: Path, template: str, **others: str) -> str:
    (folder / "templates").mkdir(exist_ok=True)
    for name, text in {"page": template, **others}.items():
        (folder / "templates" / f"{name}.html").write_text(text, encoding="utf-8")
    return _sandbox(folder).get_template("page.html").render()


def _sandbox(folder: Path, words: Wording | None = None) -> Sandbox:
    return Sandbox([folder], words or wording("it", [("it.po", WORDS.encode())]))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ('{{ _("Year") }}', "Anno <b>"),
        ('{{ gettext("Year") }}', "Anno <b>"),
        ('{{ _("Unknown") }}', "Unknown"),
        ('{{ _("100%%") }}', "il 100%"),
        ('{{ _("of %(day)s", day="<9>") }}', "del &lt;9&gt;"),
        ('{{ _("Y" ~ "ear") }}', "Anno <b>"),
        ("{% trans %}Year{% endtrans %}", "Anno <b>"),
        ('{{ _("Year")|upper }}', "ANNO <B>"),
        ('{{ _("Year") ~ "<" }}', "Anno <b>&lt;"),
        ('{% autoescape false %}{{ _("Year") ~ "<" }}{% endautoescape %}', "Anno <b><"),
        ('{% macro say(words) %}{{ words }}{% endmacro %}{{ say(_("Year")) }}', "Anno <b>"),
    ],
)
def test_messages_are_said_in_the_language(tmp_path: Path, template: str, said: str) -> None:
    assert _said(tmp_path, template) == said


@pytest.mark.parametrize(("name", "said"), [("a.html", "Anno <b> &lt;9&gt;"), ("a.txt", "Anno <b> <9>")])
def test_what_a_plain_text_is_filled_with_stays_as_it_is(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / name).write_text('{{ _("Year") }} {{ day }}')
    assert _sandbox(tmp_path).get_template(name).render(day="<9>") == said


def test_a_message_without_gaps_is_text_of_the_compiled_template(tmp_path: Path) -> None:
    words = wording("it", [("it.po", WORDS.encode())])
    code = _sandbox(tmp_path, words).compile('<p>{{ _("Year") }}</p>', raw=True)
    assert "'<p>Anno <b></p>'" in code


@pytest.mark.parametrize(
    "template",
    [
        '{% for _ in ["{}!".format] %}{{ _("Year") }}{% endfor %}',
        '{% macro _(words) %}{{ words }}!{% endmacro %}{{ _("Year") }}',
        '{% from "more.html" import exclaim as _ %}{{ _("Year") }}',
    ],
    ids=["loop", "macro", "import"],
)
def test_a_template_may_call_something_else_by_the_name(tmp_path: Path, template: str) -> None:
    assert _said(tmp_path, template, more="{% macro exclaim(words) %}{{ words }}!{% endmacro %}") == "Year!"


@pytest.mark.parametrize("template", ['x{{ _("half") }}', "x{% trans %}half{% endtrans %}", 'x{{ _("ha" ~ "lf") }}'])
def test_a_message_without_gaps_may_hold_a_bare_per_cent_sign(tmp_path: Path, template: str) -> None:
    assert _said(tmp_path, template) == "x50% e più"


def test_a_message_that_cannot_be_filled_is_a_fault_when_it_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="day"):
        _said(tmp_path, 'x{{ _("of %(day)s") }}')


@dataclass(frozen=True)
class _View:
    words: str
    _own: str = "hidden"

    def method(self) -> str:
        return f"said {self.words}"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ x.words }}", "a &lt; b"),
        ("{{ x.method() }}", "said a &lt; b"),
        ("{{ 'a'.upper() }}", "A"),
    ],
)
def test_a_template_sees_what_a_view_says(tmp_path: Path, template: str, said: str) -> None:
    assert _sandbox(tmp_path).from_string(template).render(x=_View("a < b")) == said


@pytest.mark.parametrize(
    "template",
    [
        "{{ x._own.upper() }}",
        "{{ x.__class__.x }}",
        "{{ ''.__class__.x }}",
        "{{ x.method.__func__.x }}",
        "{{ f.__globals__.x }}",
        "{{ f.__code__.x }}",
        "{{ kind.mro.x }}",
        "{{ kind.__dataclass_fields__.x }}",
        "{{ '{0.__class__.x}'.format(x) }}",
    ],
)
def test_a_template_sees_no_way_out(tmp_path: Path, template: str) -> None:
    with pytest.raises(SecurityError):
        _sandbox(tmp_path).from_string(template).render(x=_View("a"), f=_said, kind=_View)


def test_a_template_that_has_changed_or_speaks_another_language_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    page = tmp_path / "templates" / "page.html"
    english = wording("en", [])
    page.write_text('{{ _("Year") }}', encoding="utf-8")
    assert [Sandbox([tmp_path], english).get_template("page.html").render() for _ in "ab"] == ["Year", "Year"]
    others = wording("it", [("it.po", b'msgid "Year"\nmsgstr "Anno"\n')])
    assert Sandbox([tmp_path], others).get_template("page.html").render() == "Anno"
    page.write_text('{{ _("Year") }}!', encoding="utf-8")
    assert Sandbox([tmp_path], english).get_template("page.html").render() == "Year!"
