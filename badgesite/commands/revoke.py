"""`badgesite revoke`: the clock, the lists and the question, for revoke.py."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from badgesite import revoke as story
from badgesite.commands.choosing import TOLD, awards_options, described, named, picked, tell_left
from badgesite.commands.console import Session, agreed, day, writing_options
from badgesite.commands.publishing import builds
from badgesite.content.records.desk import Desk, opened
from badgesite.revoke import Withdrawal


@click.command()
@awards_options
@click.option("--reason", metavar="TEXT", required=True, help="Why, in a sentence; it is published.")
@click.option("--date", "when", type=day, metavar="DATE", help="From which day on, YYYY-MM-DD.  [default: today, UTC]")
@writing_options
@click.pass_obj
def command(
    session: Session,
    words: tuple[str, ...],
    listed: str | None,
    badge: str | None,
    reason: str,
    when: date | None,
    dry_run: bool,
    yes: bool,
    folder: Path | None,
) -> None:
    """Take awards back: their pages and documents say that they were revoked, when and why.

    AWARD is an id, the address of the award's page or of one of its documents, or its holder's e-mail address. A LIST
    (CSV or .xlsx) has a column award, id or email. All are revoked or none; those that are already are passed over.

    It is written into the records, for review. Once it is signed, nobody can take it back.

    \b
    One award:      badgesite revoke 3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11 --reason "Awarded by mistake"
    By its holder:  badgesite revoke ada@example.org --badge english-b2 --reason "Awarded by mistake"
    A whole list:   badgesite revoke withdrawn.xlsx --reason "The exam was annulled"
    """
    private_folder = folder or session.root / "private"
    wanted = named(session, words, listed, private_folder)
    today = datetime.now(UTC).date()
    with opened(session.root, private_folder, writes=not dry_run) as desk:
        tell_left(session, desk)
        chosen = picked(session, desk, wanted, badge)
        withdrawal = story.plan_revocation(desk, chosen, reason, when or today, today)
        _tell(session, desk, withdrawal)
        if dry_run or not withdrawal.awards:
            return
        if not agreed("Revoke them", default=False, yes=yes):
            session.say("nothing written")
            return
        for path in story.record(desk, withdrawal):
            session.say(f"wrote {path}")
    session.say(f"next: git add content, commit, and {_next(desk, withdrawal)}")


def _next(desk: Desk, withdrawal: Withdrawal) -> str:
    if desk.catalogue.site.signs:
        return "badgesite sign, once it is reviewed"
    return builds(desk.catalogue, (batch.slug for batch, _ in withdrawal.awards))


def _tell(session: Session, desk: Desk, withdrawal: Withdrawal) -> None:
    session.fact(str(withdrawal))
    for batch, award in withdrawal.awards[:TOLD]:
        session.fact(f"revokes from {withdrawal.revocation.date}: {described(desk, batch, award)}")
    if (more := len(withdrawal.awards) - TOLD) > 0:
        session.fact(f"revokes: {more} more")
    for batch, award in withdrawal.already[:TOLD]:
        since = f"since {award.revoked.date}" if award.revoked else ""
        session.say(f"passed over, revoked {since}: {described(desk, batch, award)}")
