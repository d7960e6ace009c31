"""A badge on the bench: how files are asked for, and what becomes of those that are not served."""

import pytest

from badgesite.errors import FetchError
from badgesite.served import Served
from badgesite.verify.badge import read_badges
from badgesite.verify.case import Case, Remembered, unserved
from tests.verify.badges import ASSERTION, HOST, NOW, PNG, World, written

HOSTED = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": ASSERTION}


def test_an_address_is_asked_for_once_and_remembered() -> None:
    world = World({ASSERTION: b"abc"})
    case = Case(read_badges(written(HOSTED))[0], Remembered(world.fetch, lambda: NOW), NOW)
    assert case.fetch(ASSERTION).data == case.fetch(f"{ASSERTION}#key").data == b"abc"
    assert world.asked == [ASSERTION]
    assert [(read.address, read.moment, read.size) for read in case.read] == [(ASSERTION, NOW, 3)]


def test_an_address_that_gave_nothing_is_not_asked_again() -> None:
    world = World({})
    fetch = Remembered(world.fetch, lambda: NOW)
    for _ in range(2):
        with pytest.raises(FetchError, match="no such file"):
            fetch(ASSERTION)
    assert (world.asked, fetch.reads) == ([ASSERTION], [])


def test_what_is_kept_of_all_files_together_is_bounded() -> None:
    world = World({f"{ASSERTION}?{number}": bytes(33 * 1024 * 1024) for number in range(3)})
    fetch = Remembered(world.fetch, lambda: NOW)
    assert [len(fetch(f"{ASSERTION}?{number}").data) > 0 for number in range(2)] == [True, True]
    with pytest.raises(FetchError, match="more than 64 MB"):
        fetch(f"{ASSERTION}?2")
    assert fetch.known(f"{ASSERTION}?1").data


@pytest.mark.parametrize(
    "there", ["https://evil.example/a.json", f"{HOST}:8443/a.json", "https://badges.ex\u0430mple.org/a.json"]
)
def test_what_another_host_gives_is_not_the_word_of_the_one_that_was_asked(there: str) -> None:
    fetch = Remembered(World({ASSERTION: Served(there, b"{}")}).fetch, lambda: NOW)
    for ask in (fetch, fetch, fetch.known):
        with pytest.raises(FetchError, match=r"badges\.example\.org sends us to (evil|badges|xn|badges\.xn)") as raised:
            ask(ASSERTION)
        assert raised.value.reason == "elsewhere"
    assert fetch.anywhere(ASSERTION).address == there
    assert [read.address for read in fetch.reads] == [there]


def test_a_host_may_send_us_on_to_itself_and_for_pictures_anywhere() -> None:
    served = {ASSERTION: Served(f"{HOST}/b.json", b"{}"), f"{HOST}/a.png": Served("https://files.example/1", PNG)}
    fetch = Remembered(World(served).fetch, lambda: NOW)
    assert (fetch(ASSERTION).data, fetch(f"{HOST}/a.png").data) == (b"{}", PNG)
    assert [read.address for read in fetch.reads] == [f"{HOST}/b.json", "https://files.example/1"]


@pytest.mark.parametrize(
    ("error", "outcome", "out_of_reach"),
    [
        (FetchError(ASSERTION, "offline", "nobody is to be asked"), "unchecked", False),
        (FetchError(ASSERTION, "unreachable", "the host is unknown"), "unchecked", True),
        (FetchError(ASSERTION, "refused", "the file is larger than 10 MB"), "unchecked", True),
        (FetchError("http://example.org", "forbidden", "only https is asked"), "failed", False),
        (FetchError(ASSERTION, "missing", "the server has no such file"), "failed", False),
        (FetchError(ASSERTION, "gone", "the server says it is gone"), "failed", False),
        (FetchError(ASSERTION, "elsewhere", "another host gave it"), "failed", False),
    ],
)
def test_what_is_not_served_is_failed_only_if_it_must_be_there(
    error: FetchError, outcome: str, out_of_reach: bool
) -> None:
    check = unserved("revocation", error, "the list of what is revoked")
    assert (check.outcome, check.out_of_reach) == (outcome, out_of_reach)
    assert error.address in check.words
    assert check.code == ("offline" if error.reason == "offline" else "status")


def test_an_address_that_was_not_served_is_told_without_what_a_terminal_obeys() -> None:
    check = unserved("hosted", FetchError("https://a.example/\x1b[2J\u202e", "missing", "no such file"), "the award")
    assert ("\x1b" in check.words, "\u202e" in check.words) == (False, False)
