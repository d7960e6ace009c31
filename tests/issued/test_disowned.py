"""What a revoked key signed is known by the names of the keys in its signatures, and counted for people."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from badgesite.crypto.private_keys import make_pair
from badgesite.crypto.public_keys import KeyRing, PublicKey
from badgesite.issued.disowned import Disowned, bare, disowned_problems, revoked_key
from badgesite.model.signed import Signed
from tests.signing import NOW, PAIR, reading_of, sign, write_signed_site

ED25519, P256 = (key.public for key in PAIR)


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    root: Path = write_signed_site(tmp_path_factory.mktemp("signed"))
    sign(root)
    return next(iter(reading_of(root)[1].credentials.values()))


def ring(*keys: PublicKey) -> KeyRing:
    return KeyRing({"example": keys})


@pytest.mark.parametrize("kind", ["ed25519", "p256"])
def test_either_half_of_a_pair_is_enough(signed: Signed, kind: str) -> None:
    halves = [replace(key, revoked=NOW) if key.kind == kind else key for key in (ED25519, P256)]
    (gone,) = (key for key in halves if key.revoked)
    assert revoked_key(signed, "example", ring(*halves)) == gone


def test_good_keys_and_other_issuers_disown_nothing(signed: Signed) -> None:
    retired = (replace(ED25519, end=NOW), replace(P256, end=NOW))
    other = replace(make_pair("example", NOW).p256.public, revoked=NOW)
    assert revoked_key(signed, "example", ring(*retired, other)) is None
    assert revoked_key(signed, "other", ring(replace(P256, revoked=NOW))) is None


def test_an_issuer_is_bare_without_a_key_of_each_kind_that_goes_on() -> None:
    assert bare(ring(ED25519, P256)) == frozenset()
    for ended in (replace(P256, revoked=NOW), replace(P256, end=NOW - timedelta(days=1))):
        assert bare(ring(ED25519, ended)) == {"example"}


def test_a_problem_for_each_key_counts_what_it_signed() -> None:
    first, second = replace(ED25519, revoked=NOW), replace(P256, revoked=NOW)
    found = Disowned({"a": first, "b": first, "c": second}, {"list": second}, frozenset({"example"}))
    mend = "make new keys with `badgesite keys new example`, then run `badgesite sign`"
    what, then = "the key was revoked on 2024-03-01, and", f"that it signed must be signed again; {mend}"
    assert [str(problem) for problem in disowned_problems(found)] == [
        f"{first.path}: {what} 2 credentials {then}",
        f"{second.path}: {what} 1 credential and 1 status list {then}",
    ]
