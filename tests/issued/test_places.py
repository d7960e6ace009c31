"""Places are drawn among the free ones of a batch's own lists, and a list is never crowded."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badgesite.content.reading import read_or_raise
from badgesite.issued.places import Chance, draw_places
from badgesite.issued.register import Register, StatusList
from badgesite.model.award import Award, Batch, BatchHead, Recipient
from badgesite.model.catalogue import Catalogue
from badgesite.model.signed import Entry
from tests.sites import AWARDS, write_site

SLUG = "english-b2-2023-07-14"
SMALLEST = 131_072


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    found = read_or_raise(write_site(tmp_path_factory.mktemp("site"), base_url="https://badges.example.edu/")).catalogue
    assert found
    return found


def first(names: Iterable[str] = ("aaaaaaaa", "bbbbbbbb", "cccccccc")) -> Chance:
    """The first of all that is free."""
    return Chance(lambda free: 0, iter(names).__next__)


def crowd(number: int) -> tuple[Award, ...]:
    recipient = Recipient(identity=f"sha256${'0' * 64}", salt="0" * 32)
    return tuple(Award(id=f"00000000-0000-4000-8000-{n:012}", recipient=recipient) for n in range(number))


def with_batch(catalogue: Catalogue, slug: str, awards: tuple[Award, ...]) -> Catalogue:
    head = BatchHead(badge="english-b2", date=date(2024, 3, 1))
    batch = Batch(slug, f"content/awards/2024/{slug}.yaml", head, awards)
    return replace(catalogue, batches={**catalogue.batches, slug: batch})


def test_a_batch_without_a_list_gets_one(site: Catalogue) -> None:
    drawn, register = draw_places(site, Register(), AWARDS, first())
    assert drawn == {AWARDS[0]: ("aaaaaaaa", 0), AWARDS[1]: ("aaaaaaaa", 1)}
    assert register.current == drawn
    assert register.lists == {
        "aaaaaaaa": StatusList("example", SLUG, SMALLEST, {0: frozenset({AWARDS[0]}), 1: frozenset({AWARDS[1]})})
    }


def test_each_batch_has_a_list_of_its_own(site: Catalogue) -> None:
    two = with_batch(site, "second", crowd(1))
    drawn, register = draw_places(two, Register(), {AWARDS[0], crowd(1)[0].id}, first())
    assert [name for name, _ in drawn.values()] == ["aaaaaaaa", "bbbbbbbb"]
    assert [found.batch for found in register.lists.values()] == [SLUG, "second"]


def test_only_the_awards_asked_for_get_a_place(site: Catalogue) -> None:
    assert set(draw_places(site, Register(), {AWARDS[1]}, first())[0]) == {AWARDS[1]}


def test_a_list_is_never_named_as_another_ever_was(site: Catalogue) -> None:
    locked = replace(site, locked={"gone": (Entry("aaaaaaaa", 3, "0" * 64),)})
    lists = {"bbbbbbbb": StatusList("example", "other", SMALLEST)}
    drawn, _ = draw_places(locked, Register(lists=lists), {AWARDS[0]}, first())
    assert drawn == {AWARDS[0]: ("cccccccc", 0)}


def test_an_index_that_was_used_or_whose_bit_is_set_is_never_drawn(site: Catalogue) -> None:
    owners = {0: frozenset({AWARDS[0]}), 3: frozenset({"gone"})}
    lists = {"dddddddd": StatusList("example", SLUG, SMALLEST, owners, frozenset({1}))}
    drawn, _ = draw_places(site, Register(lists=lists), AWARDS, first())
    assert drawn == {AWARDS[0]: ("dddddddd", 2), AWARDS[1]: ("dddddddd", 4)}


@given(st.sets(st.integers(0, 15)), st.integers(0, 2**32))
def test_every_free_index_may_be_drawn_and_no_other(site: Catalogue, used: set[int], seed: int) -> None:
    lists = {"dddddddd": StatusList("example", SLUG, 64, dict.fromkeys(used, frozenset({"gone"})))}
    drawn, _ = draw_places(site, Register(lists=lists), AWARDS, Chance(Random(seed).randrange, lambda: "eeeeeeee"))
    free = sorted(set(range(64)) - used)
    if len(used) < 16:
        expected = free[Random(seed).randrange(len(free))]
        assert drawn[AWARDS[0]] == ("dddddddd", expected)
    assert len({("dddddddd", index) for index in used} | set(drawn.values())) == len(used) + 2


def test_beyond_a_quarter_the_batch_gets_another_list(site: Catalogue) -> None:
    quarter = SMALLEST // 4
    owners = {index: frozenset({"gone"}) for index in range(quarter - 1)}
    lists = {"dddddddd": StatusList("example", SLUG, SMALLEST, owners)}
    drawn, register = draw_places(site, Register(lists=lists), AWARDS, first())
    assert drawn == {AWARDS[0]: ("dddddddd", quarter - 1), AWARDS[1]: ("aaaaaaaa", 0)}
    assert register.lists["aaaaaaaa"].batch == SLUG


def test_a_large_batch_has_a_list_four_times_its_size(site: Catalogue) -> None:
    awards = crowd(40_000)
    large = with_batch(site, "large", awards)
    _, register = draw_places(large, Register(), {awards[0].id}, first())
    assert register.lists["aaaaaaaa"].size == 262_144


def test_the_same_draws_give_the_same_places(site: Catalogue) -> None:
    def draw() -> object:
        chance: Callable[[int], int] = Random(7).randrange
        return draw_places(site, Register(), AWARDS, Chance(chance, lambda: "aaaaaaaa"))

    assert draw() == draw()
