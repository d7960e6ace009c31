"""How long an award is valid (docs/formats.md, Times)."""

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from badgesite.model.duration import Duration


@pytest.mark.parametrize(
    ("written", "day", "last"),
    [
        ("3 years", date(2023, 7, 14), date(2026, 7, 14)),
        ("1 year", date(2024, 2, 29), date(2025, 2, 28)),
        ("4 years", date(2024, 2, 29), date(2028, 2, 29)),
        ("1 month", date(2023, 1, 31), date(2023, 2, 28)),
        ("18 months", date(2023, 12, 1), date(2025, 6, 1)),
    ],
)
def test_validity_ends_on_the_same_day_of_the_month(written: str, day: date, last: date) -> None:
    assert TypeAdapter(Duration).validate_python(written).after(day) == last


@pytest.mark.parametrize("written", ["3", "3 yrs", "0 years", "-1 year", "1.5 years", "3 years ", ["3 years"]])
def test_other_lengths_are_refused(written: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Duration).validate_python(written)
