import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badgesite.pages.markdown import html_of

ALLOWED = re.compile(
    r"</?(p|br|em|strong|code|pre|blockquote|ul|li|hr|h[2-6]|table|thead|tbody|tr|th|td|ol|ol start=\"\d+\""
    r"|a|a( href=\"(https?:|mailto:)[^\"]*\")?( title=\"[^\"]*\")?( rel=\"noopener\")?)>",
    re.IGNORECASE,
)
AFTERWARDS = '<p><em>a</em> <a href="https://x.example/" rel="noopener">b</a></p>'


def test_a_text_becomes_html() -> None:
    html = html_of("One *two* **three**\n\n- a\n- b\n\n| x | y |\n|---|--:|\n| 1 | 2 |\n\n3. c\n4. d")
    for part in ("<em>two</em>", "<strong>three</strong>", "<li>a</li>", "<td>2</td>", '<ol start="3">'):
        assert part in html
    assert "style" not in html


@pytest.mark.parametrize(
    ("text", "top", "headings"),
    [
        ("# A\n## B\n# C", 2, ["h2", "h3", "h2"]),
        ("## A\n#### B", 3, ["h3", "h4"]),
        ("A\n===\nB\n---", 2, ["h2", "h3"]),
        ("# A\n## B\n### C\n#### D\n##### E", 3, ["h3", "h4", "h5", "h6", "h6"]),
    ],
)
def test_headings_stand_below_those_of_the_page_and_skip_no_level(text: str, top: int, headings: list[str]) -> None:
    assert re.findall(r"<(h\d)>", html_of(text, top)) == headings


def test_a_text_that_would_exhaust_the_parser_is_shown_as_paragraphs_of_its_words() -> None:
    text = f"One <b>two</b> & *three*\n\n\n\nfour\nfive {'[' * 200_000}"
    first, second = html_of(text).split("</p>\n")
    assert first == "<p>One &lt;b&gt;two&lt;/b&gt; &amp; *three*"
    assert second.startswith("<p>four\nfive [[[")


def test_links_lead_to_the_web_or_to_mail_and_give_no_window_away() -> None:
    assert html_of("[a](https://x.example/)") == '<p><a href="https://x.example/" rel="noopener">a</a></p>'
    assert 'href="mailto:a@example.edu"' in html_of("[a](mailto:a@example.edu)")
    assert 'href="mailto:a@example.edu"' in html_of("<a@example.edu>")


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html,x)",
        "[a](//evil.example)",
        "[a](../other)",
        "[a](java&#115;cript:x)",
        "[a](#x)",
    ],
)
def test_other_links_lead_nowhere(text: str) -> None:
    assert "href" not in html_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick=x>b</b>",
        "<!-- -->",
        "<svg/onload=x>",
        "![a](https://x.example/a.png)",
        "![a][b]\n\n[b]: https://x.example/a.png",
        "<div>\n\n*x*\n\n</div>",
    ],
)
def test_raw_html_and_pictures_do_not_come_through(text: str) -> None:
    html = html_of(text)
    assert not ALLOWED.sub("", html).count("<")


@pytest.mark.parametrize(
    "text",
    [
        ">" * 100_000,
        "[" * 100_000,
        "> " * 50_000,
        "![" * 30_000,
        "[a](" * 20_000,
        "`" * 100_001,
        "*_" * 50_000,
        "<" * 50_000,
        "\n".join(" " * (4 * n) + "- a" for n in range(200)),
        "1. " * 20_000,
        "|a" * 20_000 + "\n" + "|-" * 20_000,
        "a\n=\n" * 30_000,
        "a\n-\n" * 30_000,
        "# a\n" * 30_000,
        "* * *\n" * 20_000,
        "``a`" * 20_000,
        "|a" * 2_000 + "\n" + "|-" * 2_000,
    ],
    ids=lambda text: f"{text[:6]!r}",
)
def test_a_text_made_to_exhaust_the_parser_ends_soon(text: str) -> None:
    started = time.process_time()
    html_of(text)
    assert time.process_time() - started < 10
    assert html_of("*a* [b](https://x.example/)") == AFTERWARDS


@given(st.text(st.sampled_from("ab \n\t#*_`[]()<>!|-+=1.>:&;\\\"'/~"), max_size=300))
def test_any_text_gives_only_tags_we_know(text: str) -> None:
    assert not ALLOWED.sub("", html_of(text)).count("<")


@given(st.text(st.sampled_from("ab \n#*_`[]()<>!|-1.>:\\"), max_size=200))
def test_no_text_leaves_a_trace_in_the_next(text: str) -> None:
    first = html_of(text)
    assert html_of("*a* [b](https://x.example/)") == AFTERWARDS
    assert html_of(text) == first
