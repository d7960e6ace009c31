"""What stands for an award that was erased: a page, and the stub of its assertion (OB 2.0)."""

from collections.abc import Iterator

from badgesite.artifact import Artifact, text_artifact
from badgesite.makers.context import Context
from badgesite.pages.award_pages import erased_pages
from badgesite.standards import ob2


def tombstones(context: Context) -> Iterator[Artifact]:
    """Per erased award: its page in every language, and assertion.json; no credential, and no picture."""
    catalogue, plan = context.catalogue, context.plan
    yield from erased_pages(context.theme, catalogue, plan, context.as_of)
    for issuer in catalogue.issuers:
        for erased in catalogue.erased_of(issuer):
            stub = ob2.text_of(ob2.erased_assertion(plan, erased.award))
            yield text_artifact(plan.assertion(erased.award), stub, listed=False)
