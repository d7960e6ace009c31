"""statistics.csv."""

import csv

import pytest

from badgesite.model.catalogue import Catalogue
from badgesite.statistics.counting import statistics_of
from badgesite.statistics.tidy import csv_of
from tests.statistics.catalogues import Given, catalogue, period

AWARDS = [
    *(Given("2023-02-02", 90, "student"), Given("2023-02-02", 3, "staff"), Given("2023-02-02", 12, "external")),
    *(Given("2024-02-02", 2, "student", "ai"), Given("2024-02-02", 30, "external", "free", revoked=True)),
]
PERIODS = [period("2023-01-01", "2023-12-31", 100, "One"), period("2024-01-01", "2024-12-31", name="Two")]


def _site(**options: object) -> Catalogue:
    indicators = [{"name": "Students", "counts": ["student"], "periods": PERIODS}]
    return catalogue(AWARDS, indicators, **options)  # type: ignore[arg-type]


def _text(site: Catalogue) -> str:
    return csv_of(site, statistics_of(site))


def _rows(site: Catalogue) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(site).splitlines()))


def test_every_number_has_a_row_of_its_own() -> None:
    text = _text(_site())
    head, *lines = text.removesuffix("\n").split("\n")
    assert head == "indicator,scope,period,from,to,dimension,value,name,measure,number,left_out"
    assert "1,period,One,2023-01-01,2023-12-31,indicator,1,Students,issued,105," in lines
    assert "1,period,One,2023-01-01,2023-12-31,indicator,1,Students,target,100," in lines
    assert ",ever,,,,all,,,revoked,30," in lines
    assert ",period,Two,2024-01-01,2024-12-31,badge,free,free,issued,30," in lines
    assert ",ever,,,,unit,uni/ict,IT,issued,2," in lines
    assert ",ever,,,,category,,,issued,32," in lines
    assert ",year,,2024-01-01,2024-12-31,all,,,issued,32," in lines
    assert ",month,,2023-02-01,2023-02-28,all,,,issued,105," in lines
    assert "\r" not in text
    assert len(set(lines)) == len(lines)


def test_what_is_left_out_says_so_and_what_there_is_not_has_no_row() -> None:
    rows = [row for row in _rows(_site()) if row["indicator"] == "1" and row["period"] == "Two"]
    assert [(row["measure"], row["number"], row["left_out"]) for row in rows] == [
        ("issued", "32", ""),
        ("revoked", "30", ""),
        ("counted", "", "yes"),
        ("share", "", "yes"),
    ]


def test_no_number_by_group_is_small() -> None:
    for row in _rows(_site()):
        assert len(row) == 11
        if row["dimension"] == "group" or row["measure"] in ("counted", "difference"):
            assert row["number"] not in ("1", "2", "3", "4")
            assert (row["number"] == "") is (row["left_out"] == "yes")


@pytest.mark.parametrize("name", ["=1+1", "+39", "-2", "@here", "＝1", "  =1"])
def test_no_name_is_a_formula_and_negative_numbers_stay_numbers(name: str) -> None:
    few = [{"name": name, "periods": [period("2023-01-01", "2023-12-31", 100, name)]}]
    rows = _rows(catalogue([Given("2023-02-02", 5)], few, names={"b2": name}))
    words = {cell for row in rows for key, cell in row.items() if key in ("name", "period")}
    assert not [cell for cell in words if cell.startswith(("=", "+", "-", "@", "＝"))]
    assert f"'{name.strip()}" in words
    assert [row["number"] for row in rows if row["measure"] == "difference"] == ["-95"]


def test_a_name_of_several_lines_is_on_one() -> None:
    site = catalogue([Given("2023-02-02", 5)], names={"b2": 'One, "two"\n and three'})
    assert 'badge,b2,"One, ""two"" and three",issued,5,' in _text(site)
