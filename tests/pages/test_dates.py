from datetime import date

import pytest

from badgesite.pages.dates import (
    country_in,
    day_in,
    direction_of,
    month_in,
    number_in,
    own_name,
    percent_in,
    signed_in,
)


@pytest.mark.parametrize(
    ("tag", "words"),
    [("en", "22 November 2026"), ("it", "22 novembre 2026"), ("it-ch", "22 novembre 2026"), ("xx", "22 November 2026")],
)
def test_a_day_is_said_as_the_language_says_it(tag: str, words: str) -> None:
    assert day_in(tag, date(2026, 11, 22)) == words


@pytest.mark.parametrize(
    ("tag", "words"),
    [("it", "1º gennaio 2025"), ("it-ch", "1º gennaio 2025"), ("fr", "1er janvier 2025"), ("en", "1 January 2025")],
)
def test_the_first_of_a_month_is_said_as_the_language_says_it(tag: str, words: str) -> None:
    assert day_in(tag, date(2025, 1, 1)) == words
    assert day_in(tag, date(2025, 1, 11)) == words.replace(words.split(" ")[0], "11")


def test_numbers_have_the_marks_of_the_language() -> None:
    assert [number_in("it", 1234.125), number_in("en", 1234.125), number_in("en", 3)] == ["1.234,125", "1,234.125", "3"]


def test_shares_differences_and_months_are_written_as_the_language_writes_them() -> None:
    assert [percent_in("it", 72), percent_in("de", 72)] == ["72%", "72\N{NO-BREAK SPACE}%"]
    assert [signed_in("it", -1607), signed_in("en", 169), signed_in("en", 0)] == ["−1.607", "+169", "0"]
    assert [month_in("it", date(2026, 11, 22)), month_in("en", date(2026, 11, 1))] == ["nov 2026", "Nov 2026"]


@pytest.mark.parametrize(
    ("tag", "name"), [("it", "Italiano"), ("en", "English"), ("pt-br", "Português"), ("xxx", "xxx")]
)
def test_a_language_calls_itself_by_its_own_name(tag: str, name: str) -> None:
    assert own_name(tag) == name


def test_scripts_have_a_direction() -> None:
    assert [direction_of(tag) for tag in ("it", "ar", "he", "xxx")] == ["ltr", "rtl", "rtl", "ltr"]


def test_countries_have_names() -> None:
    assert [country_in("it", "IT"), country_in("en", "IT"), country_in("en", "XQ")] == ["Italia", "Italy", "XQ"]
