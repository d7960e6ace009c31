"""What each key signed is counted, with the moment of the last time."""

from datetime import timedelta
from pathlib import Path

from badgesite.crypto.private_keys import make_pair
from badgesite.issued.signatures import Tally, signatures
from tests.signing import NOW, PAIR, reading_of, sign, write_keys, write_signed_site
from tests.sites import BATCH, BATCH_PATH

LATER = NOW + timedelta(days=1)


def test_both_halves_of_a_pair_signed_everything(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    whole = Tally(credentials=2, lists=1, last=NOW)
    assert signatures(reading_of(tmp_path)[1]) == {key.public.fragment: whole for key in PAIR}
    assert str(whole) == "2 credentials and 1 status list"


def test_what_another_pair_signed_later_is_its_own(tmp_path: Path) -> None:
    sign(write_signed_site(tmp_path))
    fresh = make_pair("example", LATER)
    write_keys(tmp_path, fresh)
    write_signed_site(tmp_path, {BATCH_PATH: BATCH.replace("Ada Esempio", "Ada Rossi")})
    sign(tmp_path, LATER, replaces=True, pairs={"example": fresh})
    found = signatures(reading_of(tmp_path)[1])
    assert found[PAIR.p256.public.fragment] == Tally(credentials=1, lists=0, last=NOW)
    assert found[fresh.p256.public.fragment] == Tally(credentials=1, lists=1, last=LATER)
