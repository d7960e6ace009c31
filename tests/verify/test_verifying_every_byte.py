"""No byte of a signed award can be another: what was signed and altered anywhere is never valid."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badgesite.errors import FetchError
from badgesite.served import Fetch, Served
from badgesite.verify.badge import UnreadableError, read_badges
from badgesite.verify.sites.folder import open_folder
from badgesite.verify.verifying import verify
from tests.verify.built import NOW, VALID, write_built_site


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_built_site(tmp_path_factory.mktemp("every_byte")) / "site"


@cache
def _fetch(site: Path) -> Fetch:
    """Everything of the site but its awards, so that nothing but the signature can tell."""
    folder = open_folder(site)

    def fetch(address: str) -> Served:
        if "/awards/" in address:
            raise FetchError(address, "offline", "only the signature is to tell")
        return folder.fetch(address)

    return fetch


def _answer(site: Path, data: bytes) -> str:
    try:
        (badge,) = read_badges(data)
    except UnreadableError:
        return "unreadable"
    return verify(badge, fetch=_fetch(site), now=NOW).answer


@pytest.mark.parametrize("name", ["credential.json", "credential.jwt"])
def test_a_signed_award_with_any_byte_flipped_is_refused(signed: Path, name: str) -> None:
    data = (signed / "awards" / VALID / name).read_bytes().rstrip(b"\n")
    assert _answer(signed, data) in {"valid", "unknown"}

    @given(st.integers(0, len(data) - 1), st.integers(1, 255))
    def refused(place: int, flip: int) -> None:
        altered = bytearray(data)
        altered[place] ^= flip
        assert _answer(signed, bytes(altered)) in {"invalid", "unreadable"}

    refused()
