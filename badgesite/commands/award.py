"""`badgesite award`: the clock, chance, the list's file and the question, for award.py."""

import secrets
import uuid
from datetime import UTC, datetime
from pathlib import Path

import click

from badgesite import award as story
from badgesite.award import Circumstances, Proposal
from badgesite.commands.choosing import tell_left
from badgesite.commands.console import Session, agreed, writing_options
from badgesite.commands.key_options import Issuing, sign_option
from badgesite.commands.outcome import tell, warn
from badgesite.commands.recipients import HERE, Lists, is_list, rows_of
from badgesite.content.advice.samples import samples
from badgesite.content.records import private, writing
from badgesite.content.records.desk import Desk, opened
from badgesite.errors import BadgesiteError, UsageError
from badgesite.lists.rows import Row, Rows, make_row
from badgesite.model.scalars import shown
from badgesite.starter.words import slug_of

_WORDS = ("name", "visibility", "result", "unit", "group", "language", "date")
_LOCKS = "content/published/"


@click.command()
@click.argument("badge")
@click.argument("named", metavar="[LIST|ADDRESS|-]", nargs=-1)
@click.option("--date", metavar="DATE", help="The day of award, as YYYY-MM-DD.  [default: today, UTC]")
@click.option("--day-first/--month-first", default=None, help="How to read dates like 3/4/2025 in a list.")
@click.option(
    "--ignore-column", "ignored", multiple=True, metavar="NAME", help="Pass over a column of the list; repeatable."
)
@click.option("--batch", metavar="NAME", help="The new batch's name.  [default: the badge and the date]")
@click.option("--name", metavar="TEXT", help="The holder's name, for a single address.")
@click.option("--visibility", metavar="WORD", help="unnamed, unlisted or public.  [default: the badge's, the site's]")
@click.option("--result", metavar="RESULT", help="What was achieved, as the badge's results have it.")
@click.option("--unit", metavar="UNIT", help="The issuer's unit that awards.")
@click.option("--group", metavar="GROUP", help="The kind of recipient.  [default: by the address's domain]")
@click.option("--language", metavar="TAG", help="The recipient's language.")
@click.option("--again", is_flag=True, help="Award people who have the badge already, too.")
@click.option("--print", "to_print", is_flag=True, help="Print the record of one address for pasting into a batch.")
@sign_option
@writing_options
@click.pass_obj
def command(
    session: Session,
    /,
    badge: str,
    named: tuple[str, ...],
    folder: Path | None,
    batch: str | None,
    again: bool,
    to_print: bool,
    issuing: Issuing | None,
    dry_run: bool,
    yes: bool,
    day_first: bool | None,
    ignored: tuple[str, ...],
    **words: str | None,
) -> None:
    """Record awards: for a list, for one address, or for the drafts of a batch written by hand.

    LIST is a CSV or .xlsx file with a column email, and if you like name, visibility, language, group, unit, result,
    credits, narrative, evidence, date, badge. Options fill its empty cells. Addresses are never written into content/.

    \b
    A course's list:             badgesite award english-b2 course.xlsx --date 2025-07-14
    One person:                  badgesite award english-b2 ada@example.org --name "Ada Esempio"
    Drafts of a batch (no LIST): badgesite award content/awards/2025/english-b2-july.yaml
    """
    given = {word: value for word, value in words.items() if value is not None}
    recipients = _one(badge, named)
    _refuse_mixed(badge, recipients, [*given, *(["batch"] if batch else []), *(["print"] if to_print else [])])
    private_folder = folder or session.root / "private"
    rows = rows_of(session, recipients, given, to_print, Lists(private_folder, day_first, ignored))
    with opened(session.root, private_folder, writes=not dry_run) as desk:
        _begin(session, desk, issuing, to_print)
        proposal = _proposal(session, desk, badge, rows, given, again, batch)
        if to_print:
            _print(session, desk, proposal, dry_run)
            return
        paths = _write(session, desk, proposal, yes=yes, dry_run=dry_run)
    _go_on(session, desk, paths, issuing)


def _begin(session: Session, desk: Desk, issuing: Issuing | None, to_print: bool) -> None:
    """Say what an interrupted run had left, and refuse to sign what cannot be."""
    tell_left(session, desk)
    if issuing:
        from badgesite.sign import refuse_unsigned  # what signs takes a while to load

        if to_print:
            raise UsageError("--sign does not go with --print, which records nothing; run `badgesite sign` later")
        refuse_unsigned(desk.catalogue)


def _circumstances(session: Session, desk: Desk, again: bool) -> Circumstances:
    return Circumstances(
        today=datetime.now(UTC).date(),
        draw_id=lambda: str(uuid.uuid4()),
        draw_salt=lambda: secrets.token_hex(16),
        index=desk.index,
        taken=desk.taken,
        again=again,
        progress=session.progress,
    )


def _proposal(
    session: Session, desk: Desk, badge: str, rows: Rows | None, given: dict[str, str], again: bool, name: str | None
) -> Proposal:
    """What the rows ask for, or without any, the drafts of the batch in the file that was named for a badge.

    Texts that it would make permanent, and that are still to be written or an example's, are warned of.
    """
    circumstances = _circumstances(session, desk, again)
    if rows is not None:
        proposal = story.plan_awards(desk.catalogue, rows, _defaults(badge, given), circumstances, name)
    else:
        batch = desk.batch_at(Path(badge))
        proposal = story.plan_drafts(desk.catalogue, batch, desk.text_of(batch), circumstances)
    awarded = {batch.badge for batch in proposal.batches} if proposal.new else set()
    for problem in (*story.to_be_written(desk, proposal), *samples(desk.root, desk.catalogue, desk.places, awarded)):
        session.warn(str(problem))
    return proposal


def _print(session: Session, desk: Desk, proposal: Proposal, dry_run: bool) -> None:
    """Print the record of one award for pasting; stdout holds that alone, so that it can be appended to a batch."""
    session.say(str(proposal))
    if not dry_run and proposal.new:
        session.say(f"address and link: {story.note_printed(desk, proposal)}")
    for batch in proposal.batches:
        for award in batch.awards:
            session.fact(writing.record(award).rstrip("\n"))


def _write(session: Session, desk: Desk, proposal: Proposal, *, yes: bool, dry_run: bool) -> tuple[str, ...] | None:
    """Say what will happen; if nobody minds, write it, and give the paths; None if somebody does."""
    complete = proposal.completed is not None and not proposal.new
    session.fact("nothing to complete: the batch has no drafts" if complete else str(proposal))
    tell(session, desk.catalogue, proposal)
    warn(session, desk.catalogue, proposal, datetime.now(UTC).date())
    if dry_run:
        return None
    if not agreed("Write them", default=True, yes=yes or not proposal.new):
        session.say("nothing written")
        return None
    paths = story.lock(desk.root, desk.catalogue) if complete else story.record(desk, proposal, session.progress)
    locked = [path for path in paths if path.startswith(_LOCKS)]
    for path in paths:
        if path not in locked:
            session.say(f"wrote {path}")
    if locked:
        session.say(f"locked in {_LOCKS}: {len(locked)} file{'' if len(locked) == 1 else 's'}")
    for slug, people in proposal.people.items():
        if people:
            session.say(f"addresses and links: {private.people_file(desk.folder, slug)}")
    return paths


def _go_on(session: Session, desk: Desk, written: tuple[str, ...] | None, issuing: Issuing | None) -> None:
    """Issue what was recorded, or say what comes next; nothing of both if nothing was wanted after all."""
    if issuing and written is not None:
        from badgesite.commands.sign import Wishes, sign

        try:
            sign(session, Wishes(issuing.folder, issuing.descriptor))
        except BadgesiteError:
            session.say(
                "the awards are recorded; what is not issued yet waits for this: mend it, and run `badgesite sign`:"
            )
            raise
    elif written:
        then = "badgesite sign, once it is reviewed" if desk.catalogue.site.signs else "badgesite build"
        session.say(f"next: git add content, commit, and {then}")


def _one(badge: str, named: tuple[str, ...]) -> str | None:
    """The list or the address, if one was named; UsageError for several words, in which no address is repeated."""
    if len(named) < 2:
        return named[0] if named else None
    if all("@" in word for word in named):
        what = "award takes one address or one list; for several people, write a CSV or .xlsx list with a column email"
        raise UsageError(what)
    if all("@" in word or is_list(word) for word in named):
        raise UsageError("award takes one list at a time; award them one after the other")
    if "@" in badge:
        raise UsageError(
            "the badge comes first, as one word, and one list or address follows: badgesite award BADGE LIST"
        )
    slug = slug_of(" ".join((badge, *(word for word in named[:-1] if "@" not in word))))
    raise UsageError(f"BADGE is one word, and one list or address follows: badgesite award {slug or 'BADGE'} LIST")


def _refuse_mixed(badge: str, recipients: str | None, given: list[str]) -> None:
    """Words that do not go together: a list before its badge, options beside drafts."""
    if recipients is None:
        _refuse_beside_drafts(badge, given)
    elif "@" in badge or is_list(badge):
        raise UsageError(f"the badge comes first: badgesite award {recipients} {shown(badge)}")


def _refuse_beside_drafts(file: str, given: list[str]) -> None:
    if Path(file).is_dir():
        raise UsageError(f"{file}: that is a folder; name the file in it")
    if not file.lower().endswith((".yaml", ".yml")):
        raise UsageError("name a LIST or an ADDRESS after the badge; or a batch's .yaml alone, to complete its drafts")
    if given:
        raise UsageError(f"--{given[0]} does not go with {Path(file).name}; write it into the draft records")


def _defaults(badge: str, given: dict[str, str]) -> Row:
    """The command's own words for cells that are empty."""
    row, faults = make_row({"badge": badge, **given}, HERE, {})
    if faults:
        raise UsageError(problems=faults)
    return row
