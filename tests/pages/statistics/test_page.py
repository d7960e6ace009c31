"""What the page of statistics says, in words and numbers of its language."""

import re
from datetime import date
from pathlib import Path

import pytest

from badgesite.pages.statistics.page import statistics_pages
from badgesite.pages.theme import Theme, load_theme
from badgesite.plan import Plan, plan_of
from badgesite.statistics.counting import statistics_of
from tests.pages.html_faults import faults
from tests.statistics.catalogues import Given, catalogue, period
from tests.statistics.test_counting import STUDENTS, UNIVERSITY

PERIODS = [
    period("2020-01-01", "2020-12-31", name="2020"),
    period("2021-01-01", "2021-12-31", name="2021"),
    period("2022-01-01", "2022-06-30", 5000, "2022"),
    period("2022-07-01", "2023-07-31", 5500, "2022/23"),
]
_UNTOLD = "n.s. not shown"  # a sign for the eye, and the words for the ear


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load_theme("default", Path())


def _page(theme: Theme, given: list[Given], language: str = "en", day: str = "2024-01-01", **options: object) -> str:
    site = catalogue(given, **options)  # type: ignore[arg-type]
    plan = Plan(plan_of(site.site).base, (language,))
    (page,) = statistics_pages(theme, site, plan, date.fromisoformat(day), statistics_of(site))
    html = page.data.decode()
    assert list(faults(html)) == []
    return html


def _text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@pytest.mark.parametrize(
    ("language", "last", "total"),
    [
        ("en", "5,909 5,669 96% 5,500 +169", "15,783 13,265 84% – –"),
        ("it", "5.909 5.669 96% 5.500 +169", "15.783 13.265 84% – –"),
    ],
)
def test_a_university_reads_its_own_table(theme: Theme, language: str, last: str, total: str) -> None:
    html = _page(theme, UNIVERSITY, language, indicators=[{**STUDENTS, "periods": PERIODS}])
    words = _text(html)
    assert last in words
    assert total in words
    assert ("3,980 3,393 85% 5,000 −1,607" if language == "en" else "3.980 3.393 85% 5.000 −1.607") in words
    assert ("15,783 awards were issued" if language == "en" else "15.783 badge rilasciati") in words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "2 awards were issued on 22 November 2026 ."),
        ("it", "2 badge rilasciati in data 22 novembre 2026 ."),
    ],
)
def test_awards_of_one_day_were_issued_on_it(theme: Theme, language: str, words: str) -> None:
    assert words in _text(_page(theme, [Given("2026-11-22", 2)], language))


def test_a_chart_says_in_words_what_it_shows(theme: Theme) -> None:
    html = _page(theme, UNIVERSITY, indicators=[{**STUDENTS, "periods": PERIODS}])
    (label,) = re.findall(r'<div role="img" aria-label="([^"]*)"', html)
    assert "2022/23: counted: 5,669, issued: 5,909, target: 5,500." in label
    assert "2020: counted: 1,069, issued: 1,485." in label
    (trend,) = re.findall(r'<svg class="standing" role="img" aria-label="([^"]*)"', html)
    assert trend.startswith("Chart of the table: awards issued. 2020: 1,485. 2021: 4,409.")


def test_what_is_not_shown_is_neither_in_the_table_nor_in_the_chart(theme: Theme) -> None:
    given = [Given("2023-02-02", 3, "student"), Given("2023-02-02", 90, "staff"), Given("2023-02-02", 40, "external")]
    one = {**STUDENTS, "periods": [period("2023-01-01", "2023-12-31", 10, "Y")]}
    html = _page(theme, given, indicators=[one])
    assert f"133 {_UNTOLD} {_UNTOLD} 10 {_UNTOLD}" in _text(html)
    assert "Y: counted: not shown, issued: 133, target: 10." in html
    assert "not shown / 133" in _text(html)
    bar = html.partition('<p class="bar">')[2].partition("</p>")[0]
    assert 'class="whole"' in bar
    assert 'class="part"' not in bar
    assert html.count("fewer than 5") == 2
    assert f"Student Staff External All Y 1 January 2023 – 31 December 2023 {_UNTOLD} 90 {_UNTOLD} 133" in _text(html)


def test_a_period_says_whether_it_is_over_and_overlapping_ones_that_they_overlap(theme: Theme) -> None:
    periods = [
        period("2023-01-01", "2023-12-31"),
        period("2023-07-01", "2024-06-30"),
        period("2025-01-01", "2025-12-31"),
    ]
    html = _page(theme, [Given("2023-02-02", 9)], indicators=[{"name": "All", "periods": periods}])
    assert html.count("still running") == html.count("not begun yet") == 1
    assert "overlap. Each is counted by itself" in html
    assert "All periods an award in several counts each time 9" in _text(html)
    assert "overlap" not in _page(theme, [Given("2023-02-02", 9)], indicators=[{"name": "All", "periods": periods[:1]}])


def test_what_was_issued_is_summed_up_by_category_unit_and_badge(theme: Theme) -> None:
    given = [Given("2023-02-02", 9), Given("2024-02-02", 6, badge="free")]
    one = {"name": "All", "periods": [period("2023-01-01", "2023-12-31")]}
    html = _page(theme, given, indicators=[one])
    sums = re.findall(r"<tfoot><tr><th scope=\"row\">All</th><td>(\d+)</td><td class=\"sum\">(\d+)</td>", html)
    assert sums == [("9", "15")] * 3


def test_a_site_without_indicators_has_its_totals(theme: Theme) -> None:
    html = _page(theme, [Given("2023-02-02", 9), Given("2023-02-02", 6, badge="free")])
    assert "No category 6" in _text(html)
    assert "Language Centre 9" in _text(html)
    assert '<a href="../badges/free/">' in html
    assert "Feb 2023 15 0" in _text(html)
    assert 'id="groups"' not in html


def test_a_site_without_awards_says_so(theme: Theme) -> None:
    html = _page(theme, [])
    assert "Nothing has been awarded yet." in html
    assert "<table" not in html
    assert ">Statistics</a>" not in html.partition("<footer")[2]
    assert ">Statistics</a>" in _page(theme, [Given("2023-02-02")]).partition("<footer")[2]


def test_erased_awards_are_told_besides(theme: Theme) -> None:
    gone = [("1c2d3e4f-0a1b-4c2d-8e3f-4a5b6c7d8e44", "batch-0000"), ("2d3e4f5a-1b2c-4d3e-9f4a-5b6c7d8e9f55", "lost")]
    words = _text(_page(theme, [Given("2023-02-02", 9)], erased=gone))
    assert "2023 9 0 1" in words
    assert "Erased so far: 2. Of 1 of them the day is not known any more either." in words


SENTENCE = """
msgid "%(num)s award was issued on %(day)s."
msgid_plural "%(num)s awards were issued on %(day)s."
msgstr[0] "%(num)s prix le %(day)s."
msgstr[1] "%(num)s prix le %(day)s."
"""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('msgid "Statistics"\nmsgstr "Statistiques"\n', r"2 awards were issued on <time [^>]*>14 July 2026</time>\."),
        (SENTENCE, r'2 prix le <time [^>]* lang="fr">14 juillet 2026</time>\.'),
    ],
    ids=["in English", "in French, on a page that is English as yet"],
)
def test_no_sentence_mixes_two_languages(said: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "themes/default/translations/fr/LC_MESSAGES/messages.po"
    file.parent.mkdir(parents=True)
    file.write_text(said, "utf-8")
    given = [Given("2026-07-14", 2)]
    assert re.search(told, _page(load_theme("default", tmp_path), given, "fr", "2026-08-01"))
