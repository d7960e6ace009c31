"""The page that shows several awards together: what its script has to know, which puts it together in the browser."""

from dataclasses import dataclass

from badgesite.pages.edition import Edition
from badgesite.pages.views.page import Linker

MOST = 50  # awards on one page
_ANY = "ID"  # stands in an address where the id of an award does


@dataclass(frozen=True, slots=True)
class Gathering:
    """`script` and `root` (of the site) are links from the page; `bases` are the site's addresses, today's and those
    before it; `page` is the page's own.

    `award` is the link to an award's page, `address` its address, with "ID" in the place of the id.
    """

    script: str
    root: str
    bases: tuple[str, ...]
    page: str
    award: str
    address: str
    most: int


def gathering(edition: Edition, link: Linker) -> Gathering:
    """For the page in the language of `edition`, from which `link` leads away."""
    plan, scripts = edition.plan, edition.theme.scripts
    award = plan.award_page(_ANY, edition.tag)
    return Gathering(
        script=link(plan.module(scripts.folder, scripts.digest, "portfolio.js")),
        root=link(plan.home(plan.first)),
        bases=(plan.base, *edition.catalogue.site.formerly),
        page=plan.url(plan.portfolio_page(edition.tag)),
        award=link(award),
        address=plan.url(award),
        most=MOST,
    )
