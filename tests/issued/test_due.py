"""What build and check tell of what is not signed yet, or no longer says what was signed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from badgesite.content.signed.lines import line_of, signed_in
from badgesite.crypto.private_keys import make_pair
from badgesite.crypto.public_keys import KeyRing, key_text, read_keys
from badgesite.issued.disowned import Disowned
from badgesite.issued.due import Due, due, problems, shared_problems
from badgesite.model.signed import Signed
from badgesite.standards.ob3 import Difference
from tests.signing import NOW, PAIR, reading_of, sign, write_keys, write_signed_site
from tests.sites import AWARDS, BATCH, BATCH_PATH

LOCK = "content/published/batches/english-b2-2023-07-14.lock"
CREDENTIALS = BATCH_PATH.replace(".yaml", ".credentials.jsonl")


def found_in(root: Path, *, compared: bool = True) -> Due:
    return due(reading_of(root)[0], read_keys(root)[0], compared=compared)


def told(root: Path) -> list[str]:
    reading = reading_of(root)[0]
    return [str(problem) for problem in problems(reading, due(reading, read_keys(root)[0]))]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_signed_site(tmp_path)


def test_all_records_are_new_before_the_first_run_and_none_after_it(site: Path) -> None:
    assert found_in(site) == Due(found_in(site).register, new=AWARDS)
    assert told(site)[0] == (
        f"{BATCH_PATH}:5:9: the award {AWARDS[0]} is recorded and not signed; run `badgesite sign`"
    )
    sign(site)
    assert found_in(site) == Due(found_in(site).register)
    assert found_in(site).register.current.keys() == set(AWARDS)
    assert told(site) == []


def test_a_record_that_says_something_else_is_told_with_both(site: Path) -> None:
    sign(site)
    write_signed_site(site, {BATCH_PATH: BATCH.replace("Ada Esempio", "Ada Rossi")})
    assert found_in(site).changed == {AWARDS[0]: (Difference("name", "Ada Esempio", "Ada Rossi"),)}
    assert told(site) == [
        f'{BATCH_PATH}:5:9: name was "Ada Esempio", now "Ada Rossi" (award {AWARDS[0]}); '
        "nothing is published until you put back what was signed, or run `badgesite sign --replace`"
    ]


def test_whoever_reads_every_credential_anyway_need_not_have_them_compared(site: Path) -> None:
    sign(site)
    write_signed_site(site, {BATCH_PATH: BATCH.replace("Ada Esempio", "Ada Rossi")})
    assert found_in(site, compared=False).changed == {}


def test_a_list_is_due_when_an_award_was_revoked(site: Path) -> None:
    sign(site)
    write_signed_site(site, {BATCH_PATH: BATCH + "    revoked: {date: 2024-03-01, reason: By mistake}\n"})
    assert len(found_in(site).lists) == 1
    assert told(site) == [
        f"{BATCH_PATH}:12:9: the award {AWARDS[1]} is revoked, and its status list does not say so yet; "
        "run `badgesite sign`"
    ]


def test_a_list_that_no_key_of_the_issuer_signed_is_due(site: Path) -> None:
    sign(site)
    reading = reading_of(site)[0]
    assert len(due(reading, KeyRing()).lists) == 1
    assert due(reading, KeyRing({"example": (PAIR.ed25519.public, PAIR.p256.public)})).lists == ()


BROKEN: dict[str, Callable[[Signed], Signed]] = {
    "another signature": lambda signed: replace(signed, signature="A" * 86),
    "no signature": lambda signed: replace(signed, signature="AAAA"),
    "another moment": lambda signed: replace(signed, text=signed.text.replace(b"2024-03-01", b"2024-03-02")),
    "no such day": lambda signed: replace(signed, text=signed.text.replace(b"2024-03-01", b"2024-02-31")),
    "another key": lambda signed: replace(signed, kid=signed.kid[:-1] + "_"),
    "another issuer": lambda signed: replace(signed, kid=signed.kid.replace("example#", "other#")),
    "before the key": lambda signed: replace(signed, text=signed.text.replace(b"2024-03-01", b"2021-03-01")),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=list(BROKEN))
def test_a_list_whose_signature_does_not_hold_is_due(site: Path, change: Callable[[Signed], Signed]) -> None:
    sign(site)
    (path,) = (site / "content/status/example").iterdir()
    signed = signed_in(path.read_bytes().rstrip())
    assert signed
    path.write_bytes(line_of(change(signed)))
    assert len(found_in(site).lists) == 1


def test_a_credential_in_no_lock_file_counts_if_its_issuer_signed_it(site: Path) -> None:
    sign(site)
    (site / LOCK).unlink()
    assert found_in(site).forged == {}
    line, other = (site / CREDENTIALS).read_bytes().splitlines(keepends=True)
    (site / CREDENTIALS).write_bytes(line.replace(b"Ada Esempio", b"Eve Esempio") + other)
    assert list(found_in(site).forged) == [AWARDS[0]]
    assert told(site)[-1] == (
        f"{CREDENTIALS}:1:1: the signature does not fit the document: a byte of it was changed (award {AWARDS[0]}); "
        f"take the file back from Git: git checkout -- {CREDENTIALS}"
    )


def test_an_index_that_two_awards_have_is_told_of_both(site: Path) -> None:
    sign(site)
    lock = (site / LOCK).read_text()
    name, index = found_in(site).register.current[AWARDS[1]]
    more = f"{AWARDS[0]} {name}#{index} {'0' * 64}"
    (site / LOCK).write_text(lock + more + "\n")
    assert found_in(site).burnt == AWARDS
    assert found_in(site).lists == (name,)
    assert told(site)[0].endswith(" revoked, as a later one was signed for it; run `badgesite sign`")
    (shared,) = shared_problems(reading_of(site)[0], found_in(site))
    assert f"the index {index} of the status list {name} is that of the award {AWARDS[1]} and of {AWARDS[0]}" in str(
        shared
    )


def test_a_list_has_room_for_every_index_that_is_locked(site: Path) -> None:
    sign(site)
    (name,) = found_in(site).register.lists
    lock = (site / LOCK).read_text()
    (site / LOCK).write_text(lock + f"{AWARDS[0]} {name}#{2**27 - 1} {'0' * 64}\n")
    assert found_in(site).register.lists[name].size == 2**27


@pytest.mark.parametrize("kind", ["ed25519", "p256"])
def test_what_a_revoked_key_signed_is_told_of_the_key_with_the_way_out(site: Path, kind: str) -> None:
    sign(site)
    key = replace(getattr(PAIR, kind).public, revoked=NOW)
    (site / key.path).write_text(key_text(key))
    found = found_in(site)
    assert found.changed == {}
    assert found.disowned == Disowned(
        dict.fromkeys(AWARDS, key), dict.fromkeys(found.lists, key), frozenset({"example"})
    )
    what = f"{key.path}: the key was revoked on 2024-03-01, and 2 credentials and 1 status list that it signed must be"
    new = "make new keys with `badgesite keys new example`, then "
    assert told(site) == [f"{what} signed again; {new}run `badgesite sign`"]
    write_keys(site, make_pair("example", NOW - timedelta(days=1)))
    assert told(site) == [f"{what} signed again; run `badgesite sign`"]
    assert found_in(site, compared=False).disowned.credentials == found.disowned.credentials


def test_a_record_that_says_something_else_is_told_first_also_if_the_key_was_revoked(site: Path) -> None:
    sign(site)
    key = replace(PAIR.p256.public, revoked=NOW)
    (site / key.path).write_text(key_text(key))
    (site / BATCH_PATH).write_text(BATCH.replace("Ada Esempio", "Ada Rossi"))
    found = found_in(site)
    assert list(found.changed) == [AWARDS[0]]
    assert list(found.disowned.credentials) == [AWARDS[1]]


def test_a_key_that_might_not_sign_at_that_moment_is_told_of_what_it_signed(site: Path) -> None:
    sign(site)
    retired = replace(PAIR.p256.public, end=NOW - timedelta(days=1))
    (site / retired.path).write_text(key_text(retired))
    (differing,) = {each for found in found_in(site).changed.values() for each in found}
    assert differing.field == "signature"
    assert differing.now.startswith(f"the key {retired.path} was valid until 2024-02-29T09:30:00Z")
    assert len(found_in(site).lists) == 1


def test_bits_that_a_revoked_key_signed_stay_set(site: Path) -> None:
    sign(site)
    write_signed_site(site, {BATCH_PATH: BATCH + "    revoked: {date: 2024-03-01, reason: By mistake}\n"})
    sign(site)
    (name,) = found_in(site).register.lists
    before = found_in(site).register.lists[name].signed
    for each in PAIR:
        key = replace(each.public, revoked=NOW)
        (site / key.path).write_text(key_text(key))
    assert found_in(site).register.lists[name].signed == before
    assert before
