"""The index of all we publish: four tuples of makers: for the site, badges, awards, and what was erased."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from itertools import groupby

from badgesite.artifact import Artifact, Written, text_artifact
from badgesite.makers.awards import award_documents
from badgesite.makers.cards import share_cards
from badgesite.makers.classes import (
    achievements,
    badge_documents,
    issuer_documents,
    pictures,
    profiles,
    status_lists,
)
from badgesite.makers.context import Context, Recorded
from badgesite.makers.erased import tombstones
from badgesite.makers.pages import award_pages, class_pages, indexes
from badgesite.makers.statistics import statistics
from badgesite.plan import MANIFEST

SHAPING = ("badgesite", "babel", "font-roboto", "fonttools", "jinja2", "markdown", "nh3", "pillow", "resvg-py")

CLASS_MAKERS: tuple[Callable[[Context], Iterator[Artifact]], ...] = (
    issuer_documents,
    badge_documents,
    profiles,
    achievements,
    status_lists,
    pictures,
    class_pages,
    statistics,
    indexes,
)
BADGE_MAKERS: tuple[Callable[[Context, str], Iterator[Artifact]], ...] = (share_cards,)
AWARD_MAKERS: tuple[Callable[[Context, Iterable[Recorded]], Iterator[Artifact]], ...] = (award_pages, award_documents)
ERASED_MAKERS: tuple[Callable[[Context], Iterator[Artifact]], ...] = (tombstones,)


def class_artifacts(context: Context) -> Iterator[Artifact]:
    """Everything there is once, or once per issuer, badge and page."""
    for maker in CLASS_MAKERS:
        yield from maker(context)


def badge_artifacts(context: Context, badge: str) -> Iterator[Artifact]:
    """What each badge (slug) has that takes its time."""
    for maker in BADGE_MAKERS:
        yield from maker(context, badge)


def award_artifacts(context: Context, awards: Iterable[Recorded]) -> Iterator[Artifact]:
    """Everything below awards/; quickest when awards of one badge stand together.

    What was recorded where the site was before stays there, and nowhere else.
    """
    here = (each for each in awards if context.catalogue.base_of(each[0].slug) == context.plan.base)
    for _, of_badge in groupby(here, key=lambda recorded: recorded[0].badge):
        together = tuple(of_badge)
        for maker in AWARD_MAKERS:
            yield from maker(context, together)


def erased_artifacts(context: Context) -> Iterator[Artifact]:
    """Everything below awards/ that stands for those that were erased."""
    for maker in ERASED_MAKERS:
        yield from maker(context)


def manifest(as_of: date, shared: Iterable[Written], awards: Iterable[Written], fonts: Iterable[str] = ()) -> Artifact:
    """manifest.json: what anyone may find, with its SHA-256 and size, the day, and the versions that shaped the bytes.

    Among these are the font packages of the site (`fonts`).
    `awards` is one digest over every file below awards/, in all languages: the SHA-256 of the lines
    `<sha256 of the file>  <path>`, sorted by path, each ended by a line feed, as `sha256sum` prints them.
    """
    awards, shaping = tuple(awards), sorted({*SHAPING, *fonts})
    listed = sorted((item for item in (*shared, *awards) if item.listed), key=lambda item: item.path)
    document = {
        "version": 1,
        "as_of": as_of.isoformat(),
        "versions": {name: version(name) for name in shaping},
        "awards": {"sha256": digest_of(awards)},
        "files": {item.path: {"sha256": item.digest, "size": item.size} for item in listed},
    }
    return text_artifact(MANIFEST, json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def digest_of(awards: Iterable[Written]) -> str:
    """The one digest over all awards, as manifest.json has it."""
    lines = (f"{item.digest}  {item.path}\n" for item in sorted(awards, key=lambda item: item.path))
    return sha256("".join(lines).encode()).hexdigest()
