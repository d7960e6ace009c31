"""Catalogues made of nouns, for counting: no file is read, so that ten thousand awards take a moment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from typing import NamedTuple

from badgesite.model.award import Award, Batch, BatchHead, Recipient, Revocation
from badgesite.model.badge import BadgeClass
from badgesite.model.catalogue import Catalogue
from badgesite.model.issuer import Issuer
from badgesite.model.signed import Erased
from badgesite.model.site import Site
from badgesite.model.text import text

_IDENTITY, _SALT = "sha256$" + "a1" * 32, "c1" * 16


class Given(NamedTuple):
    """So many awards of one sort."""

    day: str
    number: int = 1
    group: str | None = None
    badge: str = "b2"
    unit: str | None = None
    revoked: bool = False


def period(first: str, last: str, target: int | None = None, name: str = "") -> dict[str, object]:
    return {"name": name or f"{first} {last}", "from": first, "to": last, "target": target}


def catalogue(
    given: Iterable[Given],
    indicators: Sequence[Mapping[str, object]] = (),
    groups: Sequence[str] = ("student", "staff", "external"),
    erased: Sequence[tuple[str, str]] = (),
    names: Mapping[str, str] | None = None,
) -> Catalogue:
    """A site with badges b2 (category language, unit cla), ai (no category, unit ict) and free (neither).

    Each sort of award is a batch; `erased` are ids with the slug of their batch, `names` other names of badges.
    """
    site = Site.model_validate(
        {
            "title": "Badges",
            "categories": {"language": "Languages", "digital": "Digital"},
            "groups": {group: {"name": group.title()} for group in groups},
            "indicators": list(indicators),
        }
    )
    issuer = Issuer(
        slug="uni",
        name=text("University"),
        url="https://www.example.edu",
        email="a@example.edu",
        units={"cla": text("Language Centre"), "ict": text("IT")},
    )
    badges = {slug: _badge(slug, (names or {}).get(slug, slug)) for slug in ("ai", "b2", "free")}
    numbers = count(1)
    batches = {f"batch-{index:04}": _batch(f"batch-{index:04}", one, numbers) for index, one in enumerate(given)}
    gone = {award: Erased(award, date(2026, 1, 1), batch, "b2") for award, batch in erased}
    return Catalogue(site, {"uni": issuer}, badges, batches, {}, {}, {}, erased=gone)


def _badge(slug: str, name: str) -> BadgeClass:
    return BadgeClass(
        slug=slug,
        issuer="uni",
        unit={"b2": "cla", "ai": "ict"}.get(slug),
        category={"b2": "language"}.get(slug),
        name=text(name),
        description=text("What it is."),
        criteria=text("What it takes."),
        image="picture.svg",
    )


def _batch(slug: str, given: Given, numbers: Iterable[int]) -> Batch:
    day = date.fromisoformat(given.day)
    revoked = Revocation(date(2026, 1, 2), "Mistake") if given.revoked else None
    awards = tuple(
        Award(
            id=f"3f0c7a52-6f2e-4c1b-9a57-{number:012x}",
            recipient=Recipient(_IDENTITY, _SALT),
            group=given.group,
            unit=given.unit,
            revoked=revoked,
        )
        for number, _ in zip(numbers, range(given.number), strict=False)
    )
    return Batch(slug, f"content/awards/{slug}.yaml", BatchHead(badge=given.badge, date=day), awards)
