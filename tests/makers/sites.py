"""A signed site with two awards, one of which can be left unsigned, and the context that makers get."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from badgesite.content.reading import read_or_raise
from badgesite.crypto.public_keys import read_keys
from badgesite.makers.context import Context, context_of
from tests.signing import sign, write_signed_site
from tests.sites import AWARDS

SIGNED, UNSIGNED = AWARDS


def context_in(root: Path) -> Context:
    """The context of a signed site, in which the second award has no credential."""
    sign(write_signed_site(root))
    catalogue = read_or_raise(root).catalogue
    assert catalogue
    signed = {award: one for award, one in catalogue.credentials.items() if award != UNSIGNED}
    return context_of(replace(catalogue, credentials=signed), root, date(2024, 3, 1), keys=read_keys(root)[0])
