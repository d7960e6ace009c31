"""What stands for an award that was erased: that it was, when and by whom, and nothing else."""

from dataclasses import dataclass

from badgesite.model.signed import Erased
from badgesite.pages.edition import Day, Edition
from badgesite.pages.views.page import Link, Linker


@dataclass(frozen=True, slots=True)
class ErasedView:
    """The day, the issuer, and the stub that software reads."""

    day: Day
    issuer: Link
    assertion: str


def erased_view(edition: Edition, link: Linker, issuer: str, erased: Erased) -> ErasedView:
    """The tombstone of an award of an issuer, whose page `link` starts from."""
    plan = edition.plan
    name = edition.said(edition.catalogue.issuers[issuer].name)
    page = Link(link(plan.issuer_page(issuer, edition.tag)), name)
    return ErasedView(edition.day(erased.day), page, link(plan.assertion(erased.award)))
