from datetime import date
from pathlib import Path

import pytest

from badgesite.award import Circumstances, plan_awards
from badgesite.commands.console import Session
from badgesite.commands.outcome import warn
from badgesite.content.reading import read_or_raise
from badgesite.errors import Place
from badgesite.lists.rows import Row, Rows
from tests.sites import write_site


@pytest.mark.parametrize(("day", "told"), [(date(2014, 3, 1), False), (date(2014, 2, 28), True)])
def test_ten_years_to_the_day_are_not_long_ago(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], day: date, told: bool
) -> None:
    catalogue = read_or_raise(write_site(tmp_path)).catalogue
    assert catalogue
    here = Place("list.csv")
    circumstances = Circumstances(date(2024, 3, 1), lambda: "00000000-0000-4000-8000-000000000001", lambda: "0" * 32)
    rows = Rows((Row(here, "x@example.org", badge="english-b2", date=day, result="b1"),))
    proposal = plan_awards(catalogue, rows, Row(here), circumstances)
    warn(Session(tmp_path), catalogue, proposal, circumstances.today)
    assert ("ten years" in capsys.readouterr().err) == told
