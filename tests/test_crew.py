"""Work in pieces: the same results in the same order, whoever does it."""

import os
from collections.abc import Sequence

import pytest

from badgesite.crew import worked


def double(numbers: Sequence[int]) -> list[tuple[int, int, str]]:
    return [(2 * number, os.getpid(), os.environ.get("BADGESITE_PASSPHRASE", "")) for number in numbers]


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_results_come_in_the_order_of_the_things(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BADGESITE_PASSPHRASE", "secret")
    found = list(worked(double, iter(range(10)), workers, piece=3))
    assert [(thing, result[0]) for thing, result in found] == [(number, 2 * number) for number in range(10)]
    elsewhere = [result for _, result in found if result[1] != os.getpid()]
    assert len(elsewhere) == (10 if workers == 2 else 0)
    assert {secret for _, _, secret in elsewhere} <= {""}
    assert os.environ["BADGESITE_PASSPHRASE"] == "secret"
