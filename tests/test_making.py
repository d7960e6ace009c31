"""Everything is made, looked into and staged, the same by however many processes."""

import os
from collections.abc import Iterator
from datetime import date
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event, Thread

import pytest

from badgesite import making
from badgesite.content.reading import read_or_raise
from badgesite.crypto.public_keys import read_keys
from badgesite.making import Made, Order, make
from tests.signing import sign, write_signed_site
from tests.sites import AWARDS


@pytest.fixture
def order(tmp_path: Path) -> Order:
    """To make a signed site."""
    root = write_signed_site(tmp_path / "site")
    sign(root)
    catalogue = read_or_raise(root).catalogue
    assert catalogue
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    return Order(catalogue, root, date(2024, 3, 1), fresh, tmp_path / "out", read_keys(root)[0])


def test_what_is_made_is_staged_with_the_awards_apart(order: Order) -> None:
    told: list[int] = []
    made = make(order, 1, told.append)
    assert not made.leaks
    assert not made.faults
    assert {f"awards/{award}/credential.json" for award in AWARDS} <= {one.path for one in made.awards}
    assert {"index.html", "issuers/example/did.json"} <= {one.path for one in made.shared}
    staged = {
        path.relative_to(order.fresh / "target").as_posix()
        for path in order.fresh.glob("target/**/*.*")
        if path.is_file()
    }
    assert {one.path for one in (*made.shared, *made.awards)} == staged
    assert sum(told) <= len(AWARDS)


def test_without_an_output_nothing_is_staged(order: Order) -> None:
    made = make(Order(order.catalogue, order.root, order.as_of, order.fresh, keys=order.keys), 1, lambda done: None)
    assert made.shared == made.awards == []
    assert not (order.fresh / "target").exists()


@pytest.fixture(params=["alone", "beside a thread"])
def _threads(request: pytest.FixtureRequest) -> Iterator[None]:
    """A process with one thread is copied where the system can do that; else helpers begin anew."""
    ended = Event()
    if request.param != "alone":
        Thread(target=ended.wait, daemon=True).start()
    yield
    ended.set()


@pytest.mark.usefixtures("_threads")
def test_helpers_make_the_same_and_see_no_secret(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    def paths(made: Made) -> list[tuple[str, str]]:
        return sorted((one.path, one.digest) for one in (*made.shared, *made.awards))

    alone = paths(make(order, 1, lambda done: None))
    start, seen = BaseProcess.start, []

    def noted(process: BaseProcess) -> None:
        seen.append([name for name in os.environ if name.startswith("BADGESITE_")])
        start(process)

    monkeypatch.setenv("BADGESITE_PASSPHRASE", "secret")
    monkeypatch.setattr(BaseProcess, "start", noted)
    monkeypatch.setattr(making, "WORTH_A_PROCESS", 1)
    monkeypatch.setattr(making, "PIECE", 1)
    order.fresh.joinpath("again").mkdir()
    again = Order(order.catalogue, order.root, order.as_of, order.fresh / "again", order.target, order.keys)
    assert paths(make(again, 2, lambda done: None)) == alone
    assert seen == [[]]
    assert os.environ["BADGESITE_PASSPHRASE"] == "secret"
