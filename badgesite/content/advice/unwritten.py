"""Texts that their author is still to write (✎): none becomes permanent with the first award of its badge."""

from collections.abc import Collection, Iterator
from pathlib import Path

from badgesite.content.advice.everything import text_places
from badgesite.content.permanence.lock_files import Places
from badgesite.content.permanence.locks import frozen_badges
from badgesite.errors import ContentError, Place, Problem
from badgesite.model.catalogue import Catalogue
from badgesite.model.text import UNWRITTEN

_WHAT = f"the text is not written yet (it begins with {UNWRITTEN}), and becomes permanent with the first award"


def refuse_unwritten(root: Path, catalogue: Catalogue, places: Places, badges: Collection[str] = ()) -> None:
    """ContentError for each unwritten text of `badges`, and of badges with awards, whose words are still free.

    Words that lock files have already are only advised of; in a rehearsal nothing becomes permanent.
    """
    if not catalogue.site.rehearsal and (found := tuple(unwritten(root, catalogue, places, badges))):
        raise ContentError(problems=found)


def unwritten(root: Path, catalogue: Catalogue, places: Places, badges: Collection[str]) -> Iterator[Problem]:
    """A problem for each unwritten text of `badges`, and of badges with awards, that no lock file has."""
    awarded = {*badges, *(batch.badge for batch, _ in catalogue.each_award())}
    for slug in sorted(awarded - frozen_badges(root)):
        file = places.get(f"badge:{slug}", Place("content/badges"))
        for place, words in text_places(root, file, catalogue.badges[slug]):
            if words.startswith(UNWRITTEN):
                yield Problem(place, _WHAT, "write it first")
