"""The tables: a university's published one, a recount of any catalogue, and what is hidden where."""

from collections import Counter, UserDict
from collections.abc import ValuesView
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badgesite.model.award import Batch
from badgesite.model.catalogue import Catalogue
from badgesite.model.site import Period
from badgesite.statistics.counting import statistics_of
from badgesite.statistics.tables import GroupLine, Score, Span, percent
from tests.statistics.catalogues import Given, catalogue, period

STUDENTS = {"name": "Students", "counts": ["student"]}
PERIODS = [
    period("2020-01-01", "2020-12-31"),
    period("2021-01-01", "2021-12-31"),
    period("2022-01-01", "2022-06-30", 5000),
    period("2022-07-01", "2023-07-31", 5500),
]
UNIVERSITY = [
    *(Given("2020-05-04", 1069, "student"), Given("2020-09-01", 400, "staff"), Given("2020-12-31", 16, "external")),
    *(Given("2021-01-01", 3134, "student"), Given("2021-03-03", 1275, "staff")),
    *(Given("2022-01-01", 3393, "student"), Given("2022-06-30", 500, "external"), Given("2022-03-01", 87)),
    *(Given("2022-07-01", 5000, "student"), Given("2023-07-31", 669, "student"), Given("2023-01-09", 240, "staff")),
]


@pytest.fixture(scope="module")
def university() -> Catalogue:
    return catalogue(UNIVERSITY, [{**STUDENTS, "periods": PERIODS}])


def test_a_university_finds_the_table_that_it_published(university: Catalogue) -> None:
    assert sum(1 for _ in university.each_award()) == 15_783
    indicator = statistics_of(university).indicators[0]
    assert [score.issued for score in indicator.scores] == [1485, 4409, 3980, 5909]
    assert [score.counted for score in indicator.scores] == [1069, 3134, 3393, 5669]
    assert [score.target for score in indicator.scores] == [None, None, 5000, 5500]
    assert [score.difference for score in indicator.scores] == [None, None, -1607, 169]
    assert [score.share for score in indicator.scores] == [72, 71, 85, 96]
    total = indicator.total
    assert total is not None
    assert (total.issued, total.counted, total.share, total.target) == (15_783, 13_265, 84, None)
    assert not indicator.overlapping


def test_fifteen_thousand_awards_are_counted_in_one_walk(university: Catalogue) -> None:
    class Walked(UserDict[str, Batch]):
        walks = 0

        def values(self) -> ValuesView[Batch]:
            Walked.walks += 1
            return super().values()

    assert statistics_of(replace(university, batches=Walked(university.batches))).issued == 15_783
    assert Walked.walks == 1


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(0, 7, 0), (1, 200, 1), (1, 201, 0), (5, 8, 63), (3, 8, 38), (7, 7, 100), (995, 1000, 100), (994, 1000, 99)],
)
def test_shares_are_whole_per_cent_half_away_from_zero(part: int, whole: int, share: int) -> None:
    assert percent(part, whole) == share


def test_an_award_counts_in_every_period_that_has_its_day_and_the_table_says_so() -> None:
    periods = [period("2023-01-01", "2023-12-31", 10), period("2023-12-31", "2024-12-31", 20)]
    awards = [Given("2023-12-31", 6, "student"), Given("2023-01-01", 5, "student"), Given("2024-12-31", 7, "student")]
    indicator = statistics_of(catalogue(awards, [{**STUDENTS, "periods": periods}])).indicators[0]
    assert [score.counted for score in indicator.scores] == [11, 13]
    assert indicator.overlapping
    assert indicator.total == Score(None, 24, 0, 24, 30)


def test_without_groups_to_count_every_award_counts_and_without_periods_all_time_does() -> None:
    indicator = statistics_of(catalogue([Given("2023-01-01", 2, "student"), Given("2025-01-01")], [{"name": "All"}]))
    assert indicator.indicators[0].scores == (Score(None, 3, 0, 3, None),)
    assert indicator.indicators[0].total is None


def test_revoked_awards_were_issued_and_erased_ones_are_told_besides() -> None:
    awards = [Given("2023-05-05", 7, "student"), Given("2023-06-06", 5, "student", revoked=True)]
    gone = [("1c2d3e4f-0a1b-4c2d-8e3f-4a5b6c7d8e44", "batch-0001"), ("2d3e4f5a-1b2c-4d3e-9f4a-5b6c7d8e9f55", "lost")]
    found = statistics_of(
        catalogue(awards, [{**STUDENTS, "periods": [period("2023-06-01", "2023-06-30")]}], erased=gone)
    )
    assert (found.issued, found.revoked, found.erased, found.undated) == (12, 5, 2, 1)
    assert found.indicators[0].scores[0].revoked == 5
    assert [(each.issued, each.revoked, each.erased) for each in found.years] == [(12, 5, 1)]
    assert [(each.first.month, each.issued, each.erased) for each in found.months] == [(5, 7, 0), (6, 5, 1)]


def test_there_are_months_for_two_years_and_years_for_more() -> None:
    two = statistics_of(catalogue([Given("2022-02-01"), Given("2024-01-31")]))
    more = statistics_of(catalogue([Given("2022-02-01"), Given("2024-02-01")]))
    assert len(two.months) == 24
    assert two.months[0].last == date(2022, 2, 28)
    assert two.months[-1].first == date(2024, 1, 1)
    assert more.months == ()
    assert [each.first.year for each in more.years] == [2022, 2023, 2024]


def test_units_are_the_awards_own_or_their_badges_and_badges_come_by_number() -> None:
    awards = [Given("2023-01-01", 3), Given("2023-01-01", 4, unit="ict"), Given("2023-01-01", 9, badge="free")]
    found = statistics_of(catalogue(awards))
    assert [(line.key, line.ever) for line in found.units] == [("uni/cla", 3), ("uni/ict", 4), (None, 9)]
    assert [(line.key, line.ever) for line in found.badges] == [("free", 9), ("b2", 7)]
    assert [(line.key, line.ever) for line in found.categories] == [("language", 7), (None, 9)]


def test_a_site_without_awards_has_empty_tables() -> None:
    found = statistics_of(catalogue([], [{**STUDENTS, "periods": [period("2023-01-01", "2023-12-31", 5)]}]))
    assert found.indicators[0].scores == (Score(found.spans[0], 0, 0, 0, 5),)
    assert found.indicators[0].scores[0].share is None
    assert (found.years, found.months, found.badges, found.groups, found.first) == ((), (), (), None, None)


def test_two_indicators_with_the_same_days_share_a_column() -> None:
    both = [{"name": n, "periods": [period("2023-01-01", "2023-12-31", name=n)]} for n in ("one", "two")]
    found = statistics_of(catalogue([Given("2023-04-04", 8)], both))
    assert [str(span.name) for span in found.spans] == ["one"]


def test_small_numbers_by_group_are_left_out_with_the_next_smallest_of_the_line_and_totals_stay() -> None:
    awards = [Given("2023-02-02", 90, "student"), Given("2023-02-02", 3, "staff"), Given("2023-02-02", 12, "external")]
    awards += [
        Given("2024-02-02", 80, "student"),
        Given("2024-02-02", 20, "staff"),
        Given("2024-02-02", 10, "external"),
    ]
    periods = [period("2023-01-01", "2023-12-31"), period("2024-01-01", "2024-12-31")]
    found = statistics_of(catalogue(awards, [{**STUDENTS, "periods": periods}]))
    assert found.groups is not None
    assert found.groups.groups == ("student", "staff", "external")
    assert [(line.numbers, line.total) for line in found.groups.lines] == [
        ((90, None, None), 105),
        ((80, 20, 10), 110),
    ]
    assert [score.counted for score in found.indicators[0].scores] == [90, 80]


def test_an_indicator_that_would_give_a_small_number_away_is_left_out_too() -> None:
    awards = [Given("2023-02-02", 90, "student"), Given("2023-02-02", 3, "staff")]
    one = {"name": "Students", "counts": ["student"], "periods": [period("2023-01-01", "2023-12-31", 50)]}
    found = statistics_of(catalogue(awards, [one], groups=["student", "staff"]))
    score = found.indicators[0].scores[0]
    assert (score.issued, score.counted, score.share, score.difference) == (93, None, None, None)
    assert found.groups is not None
    assert found.groups.lines == (GroupLine(found.spans[0], (None, None), 93),)


def test_what_two_periods_do_not_share_is_not_given_away_by_subtracting_them() -> None:
    awards = [Given("2023-02-02", 50, "student"), Given("2023-02-02", 40, "staff"), Given("2023-02-02", 30, "external")]
    awards += [Given("2023-08-15", 2, "student"), Given("2023-08-15", 9, "staff"), Given("2023-08-15", 7, "external")]
    short, long = period("2023-01-01", "2023-07-31"), period("2023-01-01", "2023-08-31")
    found = statistics_of(catalogue(awards, [{**STUDENTS, "periods": [short]}, {**STUDENTS, "periods": [long]}]))
    students = [indicator.scores[0].counted for indicator in found.indicators]
    assert None in students
    assert [indicator.scores[0].issued for indicator in found.indicators] == [120, 138]


def test_all_periods_together_do_not_tell_how_few_awards_an_indicator_does_not_count() -> None:
    awards = [Given("2024-02-02", 300, "student"), Given("2024-02-02", 2, "staff"), Given("2023-02-02", 10, "staff")]
    awards += [Given("2025-02-02", 300, "student"), Given("2025-02-02", 1, "staff")]
    periods = [period("2024-01-01", "2024-12-31"), period("2025-01-01", "2025-12-31")]
    found = statistics_of(catalogue(awards, [{**STUDENTS, "periods": periods}], groups=["student", "staff"]))
    assert found.indicators[0].total == Score(None, 603, 0, None, None)
    assert [(score.issued, score.counted) for score in found.indicators[0].scores] == [(302, None), (301, None)]


def test_what_an_indicator_does_not_count_is_not_told_when_it_is_small() -> None:
    awards = [Given("2024-02-02", 300, "student"), Given("2024-02-02", 2, "staff"), Given("2024-02-02", 1, "external")]
    found = statistics_of(catalogue(awards, [{**STUDENTS, "periods": [period("2024-01-01", "2024-12-31")]}]))
    assert found.indicators[0].scores[0].counted is None


def test_a_former_address_tells_nothing_by_group_or_period(university: Catalogue) -> None:
    old = "https://openbadge.example.edu/"
    stayed = [slug for slug, batch in university.batches.items() if batch.date.year < 2022]
    site = university.site.model_copy(update={"base_url": "https://badges.example.edu/", "formerly": (old,)})
    moved = replace(university, site=site, former=dict.fromkeys(stayed, old))
    found = statistics_of(moved.at(old))
    assert (found.indicators, found.groups, found.spans) == ((), None, ())
    assert (found.issued, [line.ever for line in found.badges]) == (5894, [5894])
    assert [each.issued for each in found.years] == [1485, 4409]
    assert statistics_of(moved) == statistics_of(university)


def test_nothing_is_left_out_where_every_group_is_large() -> None:
    awards = [Given(f"2023-0{month}-01", 5, group) for month in (1, 2) for group in ("student", "staff", None)]
    periods = [period("2023-01-01", "2023-01-31"), period("2023-01-01", "2023-02-28")]
    found = statistics_of(catalogue(awards, [{**STUDENTS, "periods": periods}]))
    assert found.groups is not None
    assert [line.numbers for line in found.groups.lines] == [(5, 5, 0, 5), (10, 10, 0, 10)]


DAYS = [f"{year}-{month:02}-15" for year in (2022, 2023, 2024) for month in (1, 4, 7, 10)]
GROUPS = (None, "student", "staff", "external")
sorts = st.builds(
    Given,
    day=st.sampled_from(DAYS),
    number=st.sampled_from([1, 2, 4, 5, 9, 30]),
    group=st.sampled_from(GROUPS),
    badge=st.sampled_from(["ai", "b2", "free"]),
    unit=st.sampled_from([None, "cla", "ict"]),
    revoked=st.booleans(),
)
spans = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS), st.none() | st.integers(0, 40)).map(
    lambda three: period(min(three[:2]), max(three[:2]), three[2])
)
indicators = st.fixed_dictionaries(
    {
        "name": st.just("I"),
        "counts": st.lists(st.sampled_from(GROUPS[1:]), unique=True, max_size=2),
        "periods": st.lists(spans, max_size=3),
    }
)
catalogues = st.builds(catalogue, st.lists(sorts, max_size=9), st.lists(indicators, max_size=2))


def _naive(catalogue: Catalogue, span: Span | Period | None) -> list[tuple[str, str | None, str | None, str | None]]:
    """Badge, category, unit and group of every award in a period, as a clerk would go through the records."""
    found = []
    for batch, award in catalogue.each_award():
        if span and (str(batch.date) < str(span.first) or str(batch.date) > str(span.last)):
            continue
        badge = catalogue.badges[batch.badge]
        found.append((batch.badge, badge.category, award.unit or badge.unit, award.group))
    return found


@given(catalogues)
def test_every_number_is_what_a_recount_of_the_records_gives(site: Catalogue) -> None:
    found = statistics_of(site)
    assert found.issued == len(_naive(site, None))
    for indicator, table in zip(site.site.indicators, found.indicators, strict=True):
        total = Counter[str]()
        periods: list[Period | None] = [*indicator.periods] or [None]
        for span, score in zip(periods, table.scores, strict=True):
            recounted = _naive(site, span)
            counted = len([one for one in recounted if one[3] in indicator.counts or not indicator.counts])
            assert score.issued == len(recounted)
            assert score.counted in (counted, None)
            assert score.target == (span.target if span else None)
            total += Counter(issued=len(recounted), counted=counted)
        if table.total:
            assert table.total.issued == total["issued"]
            assert table.total.counted in (total["counted"], None)
    for lines, which in ((found.badges, 0), (found.categories, 1), (found.units, 2)):
        for column, days in enumerate([*found.spans, None]):
            recount = Counter(one[which] for one in _naive(site, days))
            told = {line.key and line.key.rpartition("/")[2]: [*line.numbers, line.ever][column] for line in lines}
            assert {key: value for key, value in told.items() if value} == dict(recount)
    for line in found.groups.lines if found.groups else ():
        by_group = Counter(one[3] for one in _naive(site, line.span))
        assert line.total == by_group.total()
        for group, number in zip(found.groups.groups if found.groups else (), line.numbers, strict=True):
            assert number in (by_group[group], None)
            assert number not in (1, 2, 3, 4)
    assert sum(each.issued for each in found.years) == found.issued
    for each in (*found.years, *found.months):
        assert each.issued == len(_naive(site, Span(site.site.title, each.first, each.last)))
