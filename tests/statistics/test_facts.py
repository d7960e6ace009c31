"""One pass over the records."""

from datetime import date

from badgesite.statistics.facts import Fact, facts_of, unit_names
from tests.statistics.catalogues import Given, catalogue


def test_awards_that_are_alike_are_one_fact_also_from_several_batches() -> None:
    site = catalogue([Given("2023-01-02", 2, "student"), Given("2023-01-02", 3, "student"), Given("2022-05-05")])
    assert facts_of(site).issued == (
        Fact(date(2022, 5, 5), "b2", "language", "uni/cla", None, False, 1),
        Fact(date(2023, 1, 2), "b2", "language", "uni/cla", "student", False, 5),
    )


def test_erased_awards_have_the_day_of_their_batch_while_it_is_there() -> None:
    ids = ("1c2d3e4f-0a1b-4c2d-8e3f-4a5b6c7d8e44", "2d3e4f5a-1b2c-4d3e-9f4a-5b6c7d8e9f55")
    found = facts_of(catalogue([Given("2023-01-02", 0)], erased=[(ids[0], "batch-0000"), (ids[1], "lost")]))
    assert found.issued == ()
    assert (found.erased, found.undated) == (((date(2023, 1, 2), 1),), 1)
    assert found.erased_between(date(2023, 1, 2), date(2023, 1, 2)) == 1
    assert found.erased_between(date(2023, 1, 3), date(2024, 1, 1)) == 0


def test_units_are_named_with_their_issuer() -> None:
    assert {key: str(name) for key, name in unit_names(catalogue([])).items()} == {
        "uni/cla": "Language Centre",
        "uni/ict": "IT",
    }
