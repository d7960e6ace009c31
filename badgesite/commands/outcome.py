"""What `badgesite award` says beside its first line: which badges and days, and what is odd about them."""

from collections.abc import Sequence
from datetime import date

from badgesite.award import Proposal
from badgesite.commands.console import Session
from badgesite.errors import Place
from badgesite.lists.days import in_words
from badgesite.model.catalogue import Catalogue

_MOST = 10  # batches that are told one by one
_TOLD = 5  # rows without a result that are told one by one
_LONG_AGO = 10  # years


def tell(session: Session, catalogue: Catalogue, proposal: Proposal) -> None:
    """Say how many awards of which badge, dated when."""
    batches = [batch for batch in proposal.batches if proposal.people.get(batch.slug)]
    for batch in batches[:_MOST]:
        name = catalogue.badges[batch.badge].name.in_language(catalogue.site.languages[0])
        session.say(f'{len(proposal.people[batch.slug])} of "{name}", dated {in_words(batch.date)}')
    if len(batches) > _MOST:
        session.say(f"... and of {len(batches) - _MOST} more badges or days")


def warn(session: Session, catalogue: Catalogue, proposal: Proposal, today: date) -> None:
    """Tell of awards without the result that their badge measures, and of days that are likely misspelt."""
    for badge, places in proposal.unmeasured.items():
        awards = "1 award has" if len(places) == 1 else f"{len(places)} awards have"
        what = f'{awards} no result, which "{badge}" measures{_lines(places)}'
        session.warn(f"{what}; say --result, or give the list a column result")
    before = (today.year - _LONG_AGO, today.month, today.day)
    days = {batch.date for batch in proposal.batches if proposal.people.get(batch.slug)}
    for day in sorted(day for day in days if (day.year, day.month, day.day) < before):
        session.warn(f"{in_words(day)} lies more than ten years back; is the year right? it never changes afterwards")


def _lines(places: Sequence[Place]) -> str:
    """The first rows of a list, and how many more there are; nothing of an address that was named by itself."""
    rows = [place.line for place in places if place.line]
    if not rows:
        return ""
    more = f" and {len(rows) - _TOLD:,} more" if len(rows) > _TOLD else ""
    kind = "row" if places[0].path.lower().endswith(".xlsx") else "line"
    named = ", ".join(map(str, rows[:_TOLD]))
    return f" ({places[0].path}, {kind}{'' if len(rows) == 1 else 's'} {named}{more})"
