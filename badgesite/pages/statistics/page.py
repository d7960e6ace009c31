"""The page of statistics, drawn in every language."""

from collections.abc import Iterator
from datetime import date

from badgesite.artifact import Artifact, text_artifact
from badgesite.model.catalogue import Catalogue
from badgesite.pages.edition import editions
from badgesite.pages.statistics.view import statistics_view
from badgesite.pages.theme import Theme
from badgesite.pages.views.page import JSON, Document, chrome, page_view, relative
from badgesite.plan import STATISTICS_CSV, STATISTICS_JSON, Plan
from badgesite.statistics.tables import Statistics

CSV = "text/csv"


def statistics_pages(
    theme: Theme, catalogue: Catalogue, plan: Plan, as_of: date, found: Statistics
) -> Iterator[Artifact]:
    """A page in each language of the site."""
    for edition in editions(theme, catalogue, plan, as_of):
        address = plan.statistics_page
        link = relative(plan, address(edition.tag))
        documents = (Document(CSV, link(STATISTICS_CSV)), Document(JSON, link(STATISTICS_JSON)))
        title = (edition.body_language, edition.wording.gettext("Statistics"))
        html = edition.draw(
            "statistics.html",
            page=page_view(edition, address, title, documents=documents),
            chrome=chrome(edition, link),
            statistics=statistics_view(edition, link, found),
        )
        yield text_artifact(address(edition.tag), html)
