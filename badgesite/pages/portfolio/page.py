"""The page of portfolios, drawn in a language."""

from badgesite.artifact import Artifact, text_artifact
from badgesite.pages.edition import Edition
from badgesite.pages.portfolio.view import gathering
from badgesite.pages.views.page import OWN_FILES, chrome, page_view, relative


def portfolio_page(edition: Edition) -> Artifact:
    """The page in the language of `edition`; which awards it shows, the fragment of its address says."""
    address = edition.plan.portfolio_page
    link = relative(edition.plan, address(edition.tag))
    title = (edition.body_language, edition.wording.gettext("Portfolio"))
    html = edition.draw(
        "portfolio.html",
        page=page_view(edition, address, title, hidden=True),
        chrome=chrome(edition, link, OWN_FILES),
        gathering=gathering(edition, link),
    )
    return text_artifact(address(edition.tag), html)
