"""The page of statistics in every language, and its two files."""

import json
from pathlib import Path

from badgesite.makers.statistics import statistics
from tests.makers.sites import context_in


def test_there_is_a_page_in_each_language_and_the_same_for_software(tmp_path: Path) -> None:
    found = {artifact.path: artifact.data.decode() for artifact in statistics(context_in(tmp_path))}
    assert list(found) == [
        "statistics/index.html",
        "en/statistics/index.html",
        "statistics/statistics.csv",
        "statistics/statistics.json",
    ]
    assert json.loads(found["statistics/statistics.json"])["issued"] == 2
    assert ",ever,,,,all,,,issued,2," in found["statistics/statistics.csv"]
