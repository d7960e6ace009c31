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


def test_an_index_is_burnt_even_if_its_other_award_has_moved_on() -> None:
    moved_on = one_list({7: frozenset({ADA, BO}), 8: frozenset({BO})}, frozenset({7}))
    assert Register({ADA: ("aaaaaaaa", 7), BO: ("aaaaaaaa", 8)}, moved_on).burnt() == {ADA}


def test_a_credential_counts_only_if_the_bits_of_all_others_of_its_award_are_set() -> None:
    owners = {index: frozenset({ADA}) for index in (7, 8, 9)}
    current = {ADA: ("aaaaaaaa", 8)}
    nobody: frozenset[str] = frozenset()
    for signed, burnt in ((7, 9), nobody), ((7,), {ADA}), ((), {ADA}), ((7, 8), {ADA}):
        register = Register(current, one_list(owners, frozenset(signed)))
        assert register.outdated() == burnt
        assert register.burnt() == burnt
        assert register.withdrawn() == frozenset()


def test_of_a_list_that_is_gone_nobody_knows_which_credential_counts() -> None:
    owners = {7: frozenset({ADA}), 8: frozenset({ADA}), 9: frozenset({BO})}
    register = Register({ADA: ("aaaaaaaa", 8), BO: ("aaaaaaaa", 9)}, one_list(owners, None))
    assert register.burnt() == {ADA}


def test_a_merge_knows_which_credential_is_earlier_and_all_bits_that_were_set() -> None:
    owners = {index: frozenset({ADA}) for index in (7, 8, 9)}
    both = {"aaaaaaaa": StatusList("example", "batch", SMALLEST, owners, frozenset(), frozenset({7}))}
    current = {ADA: ("aaaaaaaa", 9)}
    assert Register(current, both).burnt() == {ADA}
    merged = Register(current, both, earlier=frozenset({("aaaaaaaa", 8)}))
    assert merged.burnt() == frozenset()
    assert merged.bits("aaaaaaaa") == {7, 8}
    assert merged.due_lists() == ("aaaaaaaa",)


def test_an_award_all_of_whose_bits_are_set_was_revoked_whatever_its_record_says() -> None:
    owners = {7: frozenset({ADA}), 8: frozenset({ADA}), 9: frozenset({BO, CY})}
    current = {ADA: ("aaaaaaaa", 8), BO: ("aaaaaaaa", 9)}
    register = Register(current, one_list(owners, frozenset({7, 8, 9})))
    assert register.withdrawn() == {ADA}
    assert register.burnt() == {BO}
    assert Register(current, register.lists, {ADA}).withdrawn() == frozenset()


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
