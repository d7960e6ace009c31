"""The keys of an issuer's page: its own, the newest first, in the languages of the site."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from badgesite.crypto.private_keys import make_pair
from badgesite.crypto.public_keys import KeyRing, Words
from badgesite.makers.context import context_of
from badgesite.makers.key_lives import key_lives
from badgesite.model.key_life import KeyLife
from tests.signing import BASE, reading_of, write_signed_site

DAY = date(2026, 1, 15)
OLD, NEW = (make_pair("example", datetime(year, 9, 1, tzinfo=UTC)) for year in (2022, 2023))


def lives(root: Path, keys: KeyRing, publish: str = "[ob2, ob3]") -> dict[str, tuple[KeyLife, ...]]:
    catalogue = reading_of(write_signed_site(root, publish=publish))[1]
    return dict(key_lives(context_of(catalogue, root, DAY, keys=keys)))


def test_the_newest_key_comes_first_and_test_keys_of_other_sites_are_left_out(tmp_path: Path) -> None:
    ended = replace(OLD.p256.public, end=datetime(2023, 9, 1, tzinfo=UTC), base_url=BASE)
    other = replace(NEW.p256.public, base_url="https://badges.example.org/")
    found = lives(tmp_path, KeyRing({"example": (ended, NEW.ed25519.public, other)}))
    assert found == {
        "example": (
            KeyLife("2023-09-01-ed25519", "Ed25519", NEW.ed25519.public.fragment, date(2023, 9, 1)),
            KeyLife("2022-09-01-p256", "P-256", ended.fragment, date(2022, 9, 1), date(2023, 9, 1)),
        )
    }


def test_a_site_that_does_not_sign_tells_of_none(tmp_path: Path) -> None:
    assert lives(tmp_path, KeyRing({"example": (NEW.p256.public,)}), publish="[ob2]") == {}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((("", "Perso"),), (("it", "Perso"),)),
        ((("en", "Lost"), ("it", "Perso")), (("it", "Perso"), ("en", "Lost"))),
        ((("en", "Lost"), ("de", "Verloren")), (("en", "Lost"),)),
        ((("de", "Verloren"),), (("it", "Verloren"),)),
    ],
)
def test_why_it_was_revoked_is_told_in_the_languages_of_the_site(
    tmp_path: Path, words: Words, told: tuple[tuple[str, str], ...]
) -> None:
    revoked = replace(NEW.p256.public, revoked=datetime(2024, 3, 1, tzinfo=UTC), reason=words)
    (life,) = lives(tmp_path, KeyRing({"example": (revoked,)}))["example"]
    assert life.revoked == date(2024, 3, 1)
    assert life.reason
    assert life.reason.by_language == told
