"""Keys end: retired ones sign no more, revoked ones never counted; nobody is left without keys by accident."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from badgesite.crypto.private_keys import make_pair
from badgesite.crypto.public_keys import KeyRing, PublicKey, read_keys
from badgesite.errors import BadgesiteError, KeyFileError, UsageError
from badgesite.issued.signatures import Tally
from badgesite.rotation import Holding, holding, named, put, reason_of, retired, revoked
from tests.signing import BASE, NOW, PAIR, reading_of, sign, write_keys, write_signed_site

DAY = timedelta(days=1)
START = NOW - 30 * DAY
OLD, NEW = make_pair("example", START - 300 * DAY), make_pair("example", START)
OLD_KEYS, NEW_KEYS = (tuple(key.public for key in pair) for pair in (OLD, NEW))
AGAIN = make_pair("example", START, [key.name for key in NEW_KEYS])


def held(*keys: PublicKey, **signed: Tally) -> Holding:
    return Holding("example", KeyRing({"example": tuple(sorted(keys, key=lambda key: key.name))}), BASE, signed)


def test_without_names_all_but_the_pair_that_signs_are_retired() -> None:
    changed = retired(held(*OLD_KEYS, *NEW_KEYS), (), NOW, NOW)
    assert changed == tuple(replace(key, end=NOW) for key in OLD_KEYS)


def test_what_has_ended_already_is_left_as_it_is() -> None:
    ended = (replace(OLD_KEYS[0], end=NOW - DAY), replace(OLD_KEYS[1], revoked=NOW - DAY))
    assert retired(held(*ended, *NEW_KEYS), (), NOW, NOW) == ()
    assert retired(held(ended[0], *NEW_KEYS), (ended[0].name,), NOW, NOW) == ()
    sooner = retired(held(replace(OLD_KEYS[0], end=NOW + DAY), *NEW_KEYS), (), NOW, NOW)
    assert [key.end for key in sooner] == [NOW]


@pytest.mark.parametrize("until", [NOW, NOW + 9 * DAY, NOW - DAY])
def test_the_last_pair_is_not_retired_unless_it_is_said_to_be_the_last(until: datetime) -> None:
    for keys, names in (((), NEW_KEYS), (OLD_KEYS, NEW_KEYS)):
        ended = tuple(replace(key, end=NOW - 2 * DAY) for key in keys)
        site = held(*ended, *names)
        with pytest.raises(KeyFileError, match=r"nobody could sign for example after .*`badgesite keys new example`"):
            retired(site, [key.name for key in names], until, NOW)
        assert len(retired(site, [key.name for key in names], until, NOW, last=True)) == 2


def test_one_half_alone_is_not_retired_if_no_other_of_its_kind_is_left() -> None:
    with pytest.raises(KeyFileError, match="nobody could sign for example"):
        retired(held(*NEW_KEYS), (NEW_KEYS[1].name,), NOW, NOW)


def test_the_only_pair_is_not_retired_by_not_naming_any() -> None:
    with pytest.raises(KeyFileError, match="example has one pair of keys, with which it signs; make the next one with"):
        retired(held(*NEW_KEYS), (), NOW, NOW)


def test_a_key_does_not_end_before_what_it_signed() -> None:
    key = OLD_KEYS[0]
    signed = {key.fragment: Tally(1, 1, NOW)}
    with pytest.raises(UsageError, match=rf"signed something on .*Z, .*`badgesite keys revoke example {key.name}`"):
        retired(held(*OLD_KEYS, *NEW_KEYS, **signed), (), NOW - DAY, NOW)
    assert len(retired(held(*OLD_KEYS, *NEW_KEYS, **signed), (), NOW, NOW)) == 2


@pytest.mark.parametrize(
    ("key", "until", "told"),
    [
        (OLD_KEYS[0], OLD_KEYS[0].start - DAY, "is valid only from"),
        (replace(OLD_KEYS[0], revoked=NOW - DAY), NOW, "was revoked on 2024-02-29"),
    ],
)
def test_what_cannot_be_retired_is_told(key: PublicKey, until: datetime, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        retired(held(key, *NEW_KEYS), (key.name,), until, NOW)


NAMES: dict[str, Callable[[PublicKey], str]] = {
    "its name": lambda key: key.name,
    "its file": lambda key: key.path,
    "its file on Windows": lambda key: key.path.replace("/", "\\"),
    "its name in did.json": lambda key: key.fragment,
    "its DID URL": lambda key: key.method("did:web:badges.example.edu:issuers:example"),
}


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
def test_a_half_is_named_in_several_ways(name: Callable[[PublicKey], str]) -> None:
    site = held(*OLD_KEYS, *NEW_KEYS)
    assert named(site, [name(key) for key in OLD_KEYS]) == OLD_KEYS
    assert named(site, [name(NEW_KEYS[1])]) == (NEW_KEYS[1],)


def test_a_pair_is_named_by_its_day_and_those_of_one_day_by_their_numbers() -> None:
    site = held(*NEW_KEYS, *(key.public for key in AGAIN))
    day = str(START.date())
    assert named(held(*NEW_KEYS), [day]) == NEW_KEYS
    assert named(site, [f"{day}-1"]) == NEW_KEYS
    with pytest.raises(UsageError, match=f"2 pairs were made on {day}: say which is meant: {day}-1 .*; {day}-2 "):
        named(site, [day])
    with pytest.raises(UsageError, match=f'did you mean "{day}-2"'):
        named(held(*(key.public for key in AGAIN)), [day])
    assert [key.name for key in named(site, [f"{day}-2"])] == [f"{day}-ed25519-2", f"{day}-p256-2"]


@pytest.mark.parametrize("name", ["2024-01-3", "x#y", "", "keys/example/"])
def test_a_name_that_is_none_is_told_with_the_nearest(name: str) -> None:
    with pytest.raises(UsageError, match=r'^example has no key "'):
        named(held(*NEW_KEYS), [name])


def test_revoking_says_when_and_why_and_does_not_do_it_twice() -> None:
    site = held(*OLD_KEYS, *NEW_KEYS)
    changed = revoked(site, [NEW_KEYS[0].name], NOW - DAY, "A laptop was stolen", NOW)
    assert changed == (replace(NEW_KEYS[0], revoked=NOW - DAY, reason=(("", "A laptop was stolen"),)),)
    assert revoked(site.with_changed(changed), [NEW_KEYS[0].name], NOW, "Again", NOW) == ()


@pytest.mark.parametrize(("moment", "told"), [(NOW + DAY, "is still to come"), (START - DAY, "was made on")])
def test_a_moment_at_which_no_key_can_be_revoked_is_told(moment: datetime, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        revoked(held(*NEW_KEYS), [NEW_KEYS[0].name], moment, "Why", NOW)


def test_the_keys_of_a_site_end_in_their_files(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    fresh = make_pair("example", NOW)
    write_keys(tmp_path, fresh)
    catalogue = reading_of(tmp_path)[1]
    site = holding(catalogue, read_keys(tmp_path)[0], "example")
    assert {str(tally) for tally in site.signed.values()} == {"2 credentials and 1 status list"}
    ended = retired(site, [PAIR.p256.public.name], NOW, NOW)
    changed = (*ended, *revoked(site, [fresh.p256.public.name], NOW, "Perché", NOW))
    assert put(tmp_path, changed) == tuple(key.path for key in changed)
    ring, problems = read_keys(tmp_path)
    assert problems == ()
    assert set(ring.of("example")) == set(site.with_changed(changed).keys)
    assert "Perché" in (tmp_path / fresh.p256.public.path).read_text("utf-8")


@pytest.mark.parametrize(
    ("issuer", "error", "told"),
    [
        ("exmple", UsageError, 'there is no issuer "exmple"; did you mean "example"?'),
        ("example", KeyFileError, "example has no keys; make some with `badgesite keys new example`"),
    ],
)
def test_who_holds_no_keys_is_told(tmp_path: Path, issuer: str, error: type[BadgesiteError], told: str) -> None:
    catalogue = reading_of(write_signed_site(tmp_path))[1]
    with pytest.raises(error) as caught:
        holding(catalogue, KeyRing(), issuer)
    assert str(caught.value) == told


def test_the_keys_of_an_issuer_that_is_gone_can_still_end(tmp_path: Path) -> None:
    catalogue = reading_of(write_signed_site(tmp_path))[1]
    former = make_pair("former", START)
    site = holding(catalogue, KeyRing({"former": tuple(key.public for key in former)}), "former")
    assert len(retired(site, [str(START.date())], NOW, NOW, last=True)) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (" \n", "the reason is empty"),
        ("x" * 1001, "the reason has 1,001 characters, and 1,000 are the most"),
        ("a\x07b", r"control character U\+0007"),
        ("Ask eve@example.net", "holds the e-mail address e…@example.net"),
    ],
)
def test_a_reason_that_cannot_be_published_is_refused(words: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        reason_of(words, {"office@example.edu"})


def test_a_reason_is_one_line_and_may_name_an_address_of_the_site() -> None:
    assert reason_of(" A laptop\n was stolen; office@example.edu ", {"office@example.edu"}) == (
        "A laptop was stolen; office@example.edu"
    )
