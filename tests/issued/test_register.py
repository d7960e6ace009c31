"""Which bits are to be set, and which credentials need a successor."""

from badgesite.issued.register import Register, StatusList

ADA, BO, CY = (f"00000000-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
SMALLEST = 131_072


def one_list(owners: dict[int, frozenset[str]], signed: frozenset[int] | None = frozenset()) -> dict[str, StatusList]:
    return {"aaaaaaaa": StatusList("example", "batch", SMALLEST, owners, signed)}


def test_the_bit_of_a_credential_that_counts_is_clear() -> None:
    register = Register({ADA: ("aaaaaaaa", 7)}, one_list({7: frozenset({ADA})}))
    assert register.bits("aaaaaaaa") == frozenset()


def test_a_revoked_award_has_its_bit_set() -> None:
    register = Register({ADA: ("aaaaaaaa", 7)}, one_list({7: frozenset({ADA})}), {ADA})
    assert register.bits("aaaaaaaa") == {7}


def test_an_earlier_credential_of_an_award_has_its_bit_set() -> None:
    register = Register({ADA: ("aaaaaaaa", 7)}, one_list({7: frozenset({ADA}), 8: frozenset({ADA})}))
    assert register.bits("aaaaaaaa") == {8}


def test_a_credential_of_an_award_that_is_gone_has_its_bit_set() -> None:
    assert Register({}, one_list({7: frozenset({ADA})})).bits("aaaaaaaa") == {7}


def test_a_bit_once_set_stays_set_whatever_the_records_say() -> None:
    register = Register({ADA: ("aaaaaaaa", 7)}, one_list({7: frozenset({ADA})}, frozenset({7, 9})))
    assert register.bits("aaaaaaaa") == {7, 9}


def test_an_index_of_two_awards_is_burnt_and_both_need_another() -> None:
    register = Register(
        {ADA: ("aaaaaaaa", 7), BO: ("aaaaaaaa", 7), CY: ("aaaaaaaa", 8)},
        one_list({7: frozenset({ADA, BO}), 8: frozenset({CY})}),
    )
    assert register.bits("aaaaaaaa") == {7}
    assert register.burnt() == {ADA, BO}


def test_an_index_is_burnt_even_if_its_other_award_has_moved_on_or_its_bit_was_set() -> None:
    moved_on = {7: frozenset({ADA, BO}), 8: frozenset({BO})}
    assert Register({ADA: ("aaaaaaaa", 7), BO: ("aaaaaaaa", 8)}, one_list(moved_on)).burnt() == {ADA}
    was_set = one_list({7: frozenset({ADA})}, frozenset({7}))
    assert Register({ADA: ("aaaaaaaa", 7)}, was_set).burnt() == {ADA}


def test_a_revoked_award_needs_no_other_index() -> None:
    owners = {7: frozenset({ADA, BO})}
    register = Register({ADA: ("aaaaaaaa", 7), BO: ("aaaaaaaa", 7)}, one_list(owners, frozenset({7})), {ADA})
    assert register.burnt() == {BO}


def test_new_positions_join_the_old_ones() -> None:
    register = Register({ADA: ("aaaaaaaa", 7)}, one_list({7: frozenset({ADA})}))
    after = register.with_positions({ADA: ("aaaaaaaa", 9), BO: ("aaaaaaaa", 8)})
    assert after.current == {ADA: ("aaaaaaaa", 9), BO: ("aaaaaaaa", 8)}
    assert after.bits("aaaaaaaa") == {7}
    assert register.bits("aaaaaaaa") == frozenset()
