"""What a shown page has more than the published one."""

from badgesite.preview.injection import NEWS_PATH, SCRIPT_PATH, trouble_page, with_script
from badgesite.preview.news import News

PAGE = b"""<!doctype html><html><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'sha256-abc='">
</head><body><p>Hello</p></body></html>"""


def test_the_script_stands_at_the_end_of_the_page() -> None:
    page = with_script(PAGE, News(serial=4, version=3)).decode()
    assert page.index("Hello") < page.index(f'src="{SCRIPT_PATH}"') < page.index("</body>")
    assert f'data-news="{NEWS_PATH}"' in page
    assert 'data-serial="4" data-version="3"' in page


def test_the_policy_lets_the_script_run_and_listen_and_nothing_more() -> None:
    page = with_script(PAGE, News()).decode()
    assert (
        "content=\"default-src 'none'; style-src 'self'; script-src 'self' 'sha256-abc='; connect-src 'self'\"" in page
    )


def test_a_page_without_body_or_policy_still_gets_the_script() -> None:
    assert SCRIPT_PATH.encode() in with_script(b"<p>bare", News())


def test_the_page_of_troubles_shows_them_as_text() -> None:
    page = trouble_page(News(problems=("content/site.yaml:1:1: <b> is no field & so on",))).decode()
    assert "content/site.yaml:1:1: &lt;b&gt; is no field &amp; so on" in page
    assert SCRIPT_PATH in page
