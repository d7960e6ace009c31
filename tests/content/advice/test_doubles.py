"""What site.yaml says twice without effect is told at the second place."""

from pathlib import Path

import pytest

from badgesite.cli import run
from tests.sites import write_site

GROUPS = """
  student: {name: {it: Studenti, en: Students}, domains: [example.org, studio.example.org]}
  staff: {name: {it: Personale, en: Staff}, domains: [example.org]}"""
INDICATORS = """
  - name: {it: Indicatore, en: Indicator}
    counts: [student]
    periods:
      - {name: {it: Uno, en: One}, from: 2022-07-01, to: 2023-06-30, target: 5}
      - {name: {it: Due, en: Two}, from: 2023-07-01, to: 2024-06-30}
      - {name: {it: Tre, en: Three}, from: 2022-07-01, to: 2023-06-30}"""


def told(root: Path, capfd: pytest.CaptureFixture[str], groups: str, indicators: str) -> list[str]:
    assert run(["-C", str(write_site(root, groups=groups, indicators=indicators)), "check"]) == 0
    return capfd.readouterr().out.splitlines()


def test_a_domain_of_two_groups_and_a_period_that_stands_twice_are_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    first, second = told(tmp_path, capfd, groups=GROUPS, indicators=INDICATORS)
    assert '"example.org" is a domain of the group "student" too, and all its addresses go to "student"' in first
    lines = (tmp_path / "content/site.yaml").read_text().splitlines()
    assert "staff" in lines[int(first.split(":")[1]) - 1]
    assert "the period from 2022-07-01 to 2023-06-30 stands twice in this indicator" in second
    assert "Tre" in lines[int(second.split(":")[1]) - 1]


def test_other_domains_and_periods_are_not_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    once = GROUPS.replace("domains: [example.org]", "domains: [staff.example.org]")
    assert told(tmp_path, capfd, groups=once, indicators=INDICATORS.rpartition("\n")[0]) == []
