"""statistics.json."""

import json

from badgesite.statistics.counting import statistics_of
from badgesite.statistics.document import json_of
from tests.statistics.catalogues import Given, catalogue, period

AWARDS = [
    *(Given("2023-02-02", 90, "student"), Given("2023-02-02", 3, "staff"), Given("2023-02-02", 12, "external")),
    *(Given("2024-02-02", 2, "student", "ai"), Given("2024-02-02", 30, "external", "free", revoked=True)),
]
PERIODS = [period("2023-01-01", "2023-12-31", 100, "One"), period("2024-01-01", "2024-12-31", 50, "Two")]


def _document(*indicators: dict[str, object]) -> dict[str, object]:
    site = catalogue(AWARDS, indicators)
    found = json.loads(json_of(site, statistics_of(site)))
    assert isinstance(found, dict)
    return found


def test_it_says_what_the_page_says_and_null_where_that_says_nothing() -> None:
    found = _document({"name": "Students", "counts": ["student"], "periods": PERIODS[1:]})
    assert (found["version"], found["base"]) == (1, "http://localhost:8000/")
    assert (found["issued"], found["revoked"], found["erased"]) == (137, 30, 0)
    two = {"name": {"en": "Two"}, "from": "2024-01-01", "to": "2024-12-31"}
    told = {"issued": 32, "revoked": 30, "counted": None, "share": None, "target": 50, "difference": None}
    assert found["indicators"] == [
        {"name": {"en": "Students"}, "counts": ["student"], "overlapping": False, "periods": [{**two, **told}]}
    ]
    groups = [("student", "Student", None), ("staff", "Staff", None), ("external", "External", 30)]
    by_group = [{"group": slug, "name": {"en": name}, "issued": number} for slug, name, number in groups]
    assert found["groups"] == [{**two, "issued": 32, "by_group": by_group}]
    assert found["categories"] == [
        {"category": "language", "name": {"en": "Languages"}, "issued": 105, "by_period": [0]},
        {"issued": 32, "by_period": [32]},
    ]
    assert found["years"] == [
        {"year": "2023", "issued": 105, "revoked": 0, "erased": 0},
        {"year": "2024", "issued": 32, "revoked": 30, "erased": 0},
    ]


def test_several_periods_have_a_total() -> None:
    found = _document({"name": "All", "periods": PERIODS})
    total = {"issued": 137, "revoked": 30, "counted": 137, "share": 100, "target": 150, "difference": -13}
    assert found["indicators"][0]["total"] == total  # type: ignore[index]
