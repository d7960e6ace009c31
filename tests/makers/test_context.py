"""What every maker needs is gathered once."""

from pathlib import Path

from badgesite.crypto.public_keys import KeyRing
from badgesite.makers.context import context_of, draw
from badgesite.plan import plan_of
from tests.makers.sites import context_in


def test_a_context_has_the_addresses_of_its_site_and_the_keys_that_are_given(tmp_path: Path) -> None:
    context = context_in(tmp_path)
    assert context.plan == plan_of(context.catalogue.site)
    assert len(context.keys.of("example")) == 2
    bare = context_of(context.catalogue, tmp_path, context.as_of)
    assert bare.keys == KeyRing()
    assert bare.not_issued == frozenset()


def test_a_band_changes_a_picture_and_no_band_does_not(tmp_path: Path) -> None:
    (picture,) = context_in(tmp_path).catalogue.badge_pictures.values()
    assert draw(picture, "") == draw(picture, "") != draw(picture, "Revoked")
