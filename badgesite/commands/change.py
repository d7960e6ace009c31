"""`badgesite change`: the clock, chance and the address that nobody should see on a command line, for change.py."""

import secrets
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from badgesite import change as story
from badgesite.change import Changes, Wishes
from badgesite.commands.choosing import TOLD, awards_options, described, named, picked, tell_left
from badgesite.commands.console import Session, agreed, writing_options
from badgesite.commands.publishing import builds
from badgesite.content.records.desk import Desk, opened
from badgesite.errors import UsageError

_LONGEST = 200  # characters of a text that is told


@click.command()
@awards_options
@click.option("--name", metavar="TEXT", help="The holder's name; kept in private/ where it is not shown.")
@click.option("--result", metavar="RESULT", help="What was achieved, as the badge's results have it.")
@click.option("--credits", metavar="NUMBER", help="Credits earned.")
@click.option("--narrative", metavar="TEXT", help="A sentence about this award, which is published.")
@click.option("--evidence", metavar="URL", multiple=True, help="A web address that shows what was done; repeatable.")
@click.option(
    "--expires", "--valid-until", "expires", metavar="DATE|never", help="The last day on which it is valid, YYYY-MM-DD."
)
@click.option("--visibility", metavar="WORD", help="unnamed, unlisted or public.")
@click.option("--language", metavar="TAG", help="The recipient's language.")
@click.option("--unit", metavar="UNIT", help="The issuer's unit that awarded it.")
@click.option("--email", metavar="ADDRESS|-", help="The holder's new address; - asks for it, or reads it from stdin.")
@click.option("--again", is_flag=True, help="Let whoever has the new address hold the badge twice.")
@click.option("--group", hidden=True)
@writing_options
@click.pass_obj
def command(
    session: Session,
    /,
    words: tuple[str, ...],
    listed: str | None,
    badge: str | None,
    evidence: tuple[str, ...],
    again: bool,
    group: str | None,
    dry_run: bool,
    yes: bool,
    folder: Path | None,
    **fields: str | None,
) -> None:
    """Correct an award, or renew it; its address stays the same.

    AWARD is an id, the address of the award's page or of one of its documents, or its holder's e-mail address. Several,
    or a LIST of them, take the same validity, visibility, unit or language at once. An empty text takes a field out.

    The record says that it was changed, and since when. What was signed is issued anew by `badgesite sign --replace`.

    \b
    A misspelt name:  badgesite change 3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11 --name "Ada Esempio"
    A renewal:        badgesite change renewed.csv --expires 2029-07-14
    A new address:    badgesite change ada@example.org --badge english-b2 --email -
    """
    if group is not None:
        raise UsageError("--group is fixed when an award is recorded, and statistics count it; it does not change")
    private_folder = folder or session.root / "private"
    wanted = named(session, words, listed, private_folder)
    wishes = _wishes({**fields, "evidence": " ".join(evidence) if evidence else None}, again=again)
    with opened(session.root, private_folder, writes=not dry_run) as desk:
        tell_left(session, desk)
        changes = story.plan_changes(desk, picked(session, desk, wanted, badge), wishes)
        _tell(session, desk, changes)
        if changes.changes and not dry_run:
            _write(session, desk, changes, yes=yes)


def _wishes(fields: Mapping[str, str | None], *, again: bool) -> Wishes:
    given = {word: value for word, value in fields.items() if value is not None}
    if given.get("email") == "-":
        given["email"] = _address()
    return Wishes(given, datetime.now(UTC).date(), lambda: secrets.token_hex(16), again=again)


def _write(session: Session, desk: Desk, changes: Changes, *, yes: bool) -> None:
    if not agreed("Write it", default=True, yes=yes):
        session.say("nothing written")
        return
    written = story.record(desk, changes)
    for path in written:
        session.say(f"wrote {path}")
    if any(change.person for change in changes.changes):
        session.say(f"noted in {desk.folder}")
    if written:
        session.say(f"next: git add content, commit, and {_next(desk, changes)}")


def _next(desk: Desk, changes: Changes) -> str:
    publishing = builds(desk.catalogue, (change.batch.slug for change in changes.changes))
    if not desk.catalogue.site.signs:
        return publishing
    if changes.replaces:
        standing = any(change.replaces and not change.after.revoked for change in changes.changes)
        then = "holders then fetch their new credential" if standing else "what was revoked stays revoked"
        return f"badgesite sign --replace, once it is reviewed: {then}"
    return "badgesite sign, once it is reviewed" if _unsigned(desk, changes) else publishing


def _unsigned(desk: Desk, changes: Changes) -> bool:
    return any(change.before.id not in desk.catalogue.credentials for change in changes.changes)


def _tell(session: Session, desk: Desk, changes: Changes) -> None:
    alike = f"; {len(changes.alike)} say so already" if changes.alike else ""
    session.fact(f"{len(changes.changes)} to change{alike}")
    for change in changes.changes[:TOLD]:
        session.fact(described(desk, change.batch, change.before))
        for word, was, now in change.differences:
            session.fact(f"  {word}: was {_short(was)}, now {_short(now)}" if was else f"  {word}: {now}")
    if (more := len(changes.changes) - TOLD) > 0:
        session.fact(f"... and {more} more")


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."


def _address() -> str:
    """An address asked for on a terminal, or the first line of stdin."""
    if sys.stdin.isatty():
        return str(click.prompt("The holder's new e-mail address", err=True))
    return sys.stdin.readline().strip()
