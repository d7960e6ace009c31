"""Keys that signed what was published are missed; whatever anybody may have put there is not asked about."""

from pathlib import Path

from badgesite.crypto.public_keys import KeyRing, read_keys
from badgesite.issued.lost import lost_keys
from tests.signing import PAIR, reading_of, sign, write_signed_site

LOCK = "content/published/batches/english-b2-2023-07-14.lock"


def told(root: Path, keys: KeyRing) -> list[str]:
    return [str(problem) for problem in lost_keys(reading_of(root)[1], keys)]


def test_keys_that_are_there_are_not_missed(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    assert told(tmp_path, read_keys(tmp_path)[0]) == []


def test_each_missing_key_is_told_once_and_an_issuer_without_any_once(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    (missing,) = told(tmp_path, KeyRing({"example": (PAIR.ed25519.public,)}))
    assert f"the public key {PAIR.p256.public.fragment} that signed 2 credentials;" in missing
    (missing,) = told(tmp_path, KeyRing())
    assert missing.startswith("keys/example: there is no public key, and credentials were signed; ")


def test_nothing_is_missed_for_what_no_lock_file_knows_or_another_site_signed(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    place = tmp_path / LOCK
    locked = place.read_text()
    place.write_text("".join(line for line in locked.splitlines(keepends=True) if "#" not in line))
    assert told(tmp_path, KeyRing()) == []
    place.write_text(locked)
    write_signed_site(tmp_path, base_url="https://other.example.edu/")
    assert told(tmp_path, KeyRing()) == []
