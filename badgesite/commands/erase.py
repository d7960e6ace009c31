"""`badgesite erase`: the clock, the lists and the question, for erase.py."""

from datetime import UTC, datetime
from pathlib import Path

import click

from badgesite import erase as story
from badgesite.commands.choosing import awards_options, described, known_badge, named, tell_left
from badgesite.commands.console import Session, sure, writing_options
from badgesite.commands.leftovers import leftovers
from badgesite.content.records.desk import Desk, opened
from badgesite.erase import Erasure

_FOR_GOOD = "erasing cannot be undone: say --yes to go on, or --dry-run to see what would go"


@click.command()
@awards_options
@writing_options
@click.pass_obj
def command(
    session: Session,
    words: tuple[str, ...],
    listed: str | None,
    badge: str | None,
    dry_run: bool,
    yes: bool,
    folder: Path | None,
) -> None:
    """Erase awards: record, credential, picture and name go, here and from the next build on.

    AWARD is an id, the address of the award's page or of one of its documents, or its holder's e-mail address, which
    means all that they hold (of --badge, if you say it). A LIST has a column award, id or email.

    At the address of an award stays a page that says that it was erased, and nothing of badge or holder; whoever checks
    a copy learns that it no longer counts. What only people can still do is printed at the end. Erasing is for
    personal data: an award that was a mistake is revoked.

    \b
    One award:            badgesite erase 3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11
    All of somebody's:    badgesite erase ada@example.org
    Without the address:  badgesite erase - < address.csv
    """
    private_folder = folder or session.root / "private"
    wanted = named(session, words, listed, private_folder)
    today = datetime.now(UTC).date()
    with opened(session.root, private_folder, writes=not dry_run) as desk:
        tell_left(session, desk)
        erasure = story.plan_erasure(desk, wanted, known_badge(desk, badge), today, session.progress)
        _tell(session, desk, erasure)
        if dry_run or not erasure.awards:
            return
        if not sure(_question(len(erasure.awards)), _FOR_GOOD, yes=yes):
            session.say("nothing written")
            return
        for path in story.record(desk, erasure):
            session.say(f"wrote {path}" if Path(session.root, path).exists() else f"removed {path}")
        for line in leftovers(desk, erasure, story.traces(desk, erasure)):
            session.fact(line)


def _tell(session: Session, desk: Desk, erasure: Erasure) -> None:
    session.fact(str(erasure))
    for batch, award in erasure.awards:
        unseen = "" if award.id in erasure.published else ", which was never published and leaves nothing"
        session.fact(f"erases {described(desk, batch, award)}{unseen}")
    for erased in erasure.already:
        session.say(f"passed over, erased on {erased.day}: {erased.award}")


def _question(awards: int) -> str:
    return "Erase it for good" if awards == 1 else f"Erase these {awards} for good"
