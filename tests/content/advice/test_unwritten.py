"""What nobody has written yet does not become permanent."""

from pathlib import Path

import pytest

from badgesite.content.advice.unwritten import refuse_unwritten
from badgesite.content.permanence.locks import write_missing
from badgesite.content.reading import read_or_raise
from badgesite.errors import ContentError
from badgesite.model.text import UNWRITTEN
from tests.sites import BADGE, BADGE_PATH, BATCH_PATH, write_site

BASE = "https://badges.example.edu/"
UNFINISHED = {BADGE_PATH: BADGE.replace("it: Inglese B2", f"it: {UNWRITTEN} Inglese B2").replace("75 h", UNWRITTEN)}
NONE_YET = {**UNFINISHED, BATCH_PATH: None}


def refuse(root: Path, *badges: str) -> None:
    reading = read_or_raise(root)
    assert reading.catalogue
    refuse_unwritten(root, reading.catalogue, reading.places, badges)


def test_every_text_that_is_not_written_yet_is_told_at_its_place(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        refuse(write_site(tmp_path, UNFINISHED, base_url=BASE))
    told = "the text is not written yet (it begins with ✎), and becomes permanent with the first award; write it first"
    assert str(caught.value).splitlines() == [f"{BADGE_PATH}:3:8: {told}", f"{BADGE_PATH}:16:26: {told}"]


def test_a_badge_that_nobody_has_is_refused_only_if_it_is_to_be_awarded(tmp_path: Path) -> None:
    root = write_site(tmp_path, NONE_YET, base_url=BASE)
    refuse(root)
    with pytest.raises(ContentError):
        refuse(root, "english-b2")


def test_words_that_are_permanent_already_and_those_of_a_rehearsal_are_not_refused(tmp_path: Path) -> None:
    refuse(write_site(tmp_path / "rehearsal", UNFINISHED), "english-b2")
    root = write_site(tmp_path / "published", UNFINISHED, base_url=BASE)
    catalogue = read_or_raise(root).catalogue
    assert catalogue
    write_missing(root, catalogue)
    refuse(root, "english-b2")
