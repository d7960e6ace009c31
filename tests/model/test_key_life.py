from datetime import date, timedelta

import pytest

from badgesite.model.key_life import KeyLife

DAY = date(2026, 1, 15)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "end", "revoked", "state"),
    [
        (DAY, None, None, "signing"),
        (AFTER, None, None, "coming"),
        (BEFORE, AFTER, None, "signing"),
        (BEFORE, DAY, None, "retired"),
        (BEFORE, BEFORE, DAY, "revoked"),
    ],
)
def test_what_a_key_is_on_a_day(start: date, end: date | None, revoked: date | None, state: str) -> None:
    assert KeyLife("name", "P-256", "x", start, end, revoked).state(DAY) == state
