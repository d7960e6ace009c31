from pathlib import Path

from badgesite.content.reading import read_or_raise
from badgesite.model.undrawn import Undrawn
from badgesite.pages.cards.fonts import Lettering
from badgesite.pages.cards.undrawn import undrawn
from tests.sites import BADGE, BADGE_PATH, write_site


def test_each_text_that_lacks_characters_is_named_with_its_language(tmp_path: Path) -> None:
    badge = BADGE.replace("en: English B2}", "en: 'English 漢字 🐍 漢'}", 1)
    catalogue = read_or_raise(write_site(tmp_path, {BADGE_PATH: badge})).catalogue
    assert catalogue
    found = list(undrawn(catalogue, Lettering()))
    assert found == [Undrawn("badge:english-b2.name", "en", "English 漢字 🐍 漢", "漢字🐍")]


def test_letters_with_accents_of_their_own_are_not_lacking(tmp_path: Path) -> None:
    badge = BADGE.replace("en: English B2}", "en: 'Cafe\u0301 \u1e9e Ελλ'}", 1)
    catalogue = read_or_raise(write_site(tmp_path, {BADGE_PATH: badge})).catalogue
    assert catalogue
    assert list(undrawn(catalogue, Lettering())) == []
