"""`badgesite award`: the clock, chance, the list's file and the question, for award.py."""

import secrets
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path

import click

from badgesite import award as story
from badgesite.award import Circumstances, Proposal
from badgesite.commands.console import Session, quiet_option
from badgesite.content import locks, naming, private, reading, writing
from badgesite.errors import OutputError, PermanenceError, Place, UsageError
from badgesite.lists.rows import Row, Rows, make_row
from badgesite.model.addresses import addresses_in
from badgesite.model.award import Batch
from badgesite.model.catalogue import Catalogue

_WORDS = ("name", "visibility", "result", "unit", "group", "language", "date")
_LOCKS = "content/published/"
_HERE = Place("the command line")


@click.command()
@click.argument("badge")
@click.argument("recipients", metavar="LIST|ADDRESS|-", required=False)
@click.option("--date", metavar="DATE", help="The day of award, as YYYY-MM-DD.  [default: today, UTC]")
@click.option("--batch", metavar="NAME", help="The new batch's name.  [default: the badge and the date]")
@click.option("--name", metavar="TEXT", help="The holder's name, for a single address.")
@click.option("--visibility", metavar="WORD", help="unnamed, unlisted or public.  [default: the badge's, the site's]")
@click.option("--result", metavar="RESULT", help="What was achieved, as the badge's results have it.")
@click.option("--unit", metavar="UNIT", help="The issuer's unit that awards.")
@click.option("--group", metavar="GROUP", help="The kind of recipient.  [default: by the address's domain]")
@click.option("--language", metavar="TAG", help="The recipient's language.")
@click.option("--again", is_flag=True, help="Award people who have the badge already, too.")
@click.option("--print", "to_print", is_flag=True, help="Print the record of one address for pasting into a batch.")
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before writing.")
@click.option(
    "--private",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="BADGESITE_PRIVATE",
    help="Where addresses and links go, outside Git; also $BADGESITE_PRIVATE.  [default: private]",
)
@quiet_option
@click.pass_obj
def command(
    session: Session,
    /,
    badge: str,
    recipients: str | None,
    folder: Path | None,
    batch: str | None,
    again: bool,
    to_print: bool,
    dry_run: bool,
    yes: bool,
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
    desk = _Desk(session, _private_folder(session, folder), again, writes=not (dry_run or to_print))
    if recipients is None:
        _refuse_beside_drafts(badge, [*given, *(["batch"] if batch else []), *(["print"] if to_print else [])])
        proposal = desk.plan_drafts(Path(badge))
    else:
        rows = _rows(recipients, given, to_print)
        proposal = desk.plan(rows, _defaults(badge, given), batch)
    if to_print:
        session.say(str(proposal))  # stdout holds the record alone, so that it can be appended to a batch
        desk.print(proposal, dry_run)
        return
    session.fact(str(proposal))
    if not dry_run and _agreed(proposal, yes):
        desk.write(proposal)


class _Desk:
    """Where one award is planned and written: the site, private/, and what an earlier run left lying."""

    def __init__(self, session: Session, folder: Path, again: bool, *, writes: bool) -> None:
        self.session, self.folder, self.again = session, folder, again
        self.root = session.root
        if writes:
            for path in writing.remove_strays(self.root):
                session.say(f"removed {path}, which an interrupted run had left")
        self.catalogue = self._read()
        if writes:
            for name in private.tidy(folder, self._real()):
                session.say(f"took back what an interrupted run had noted of {name}")

    def _read(self) -> Catalogue:
        read = reading.read_or_raise(self.root, drafts=True)
        if read.catalogue is None:
            raise OutputError("the site cannot be read")
        if broken := locks.compare(self.root, read).broken:
            raise PermanenceError(problems=broken)
        return read.catalogue

    def _real(self) -> set[str]:
        return {award.id for _, award in self.catalogue.each_award()}

    def _circumstances(self) -> Circumstances:
        return Circumstances(
            today=datetime.now(UTC).date(),
            draw_id=lambda: str(uuid.uuid4()),
            draw_salt=lambda: secrets.token_hex(16),
            index=private.read_index(self.folder),
            taken=naming.taken_names(self.root),
            again=self.again,
        )

    def plan(self, rows: Rows, defaults: Row, batch: str | None) -> Proposal:
        """New batches for the rows."""
        return story.plan_awards(self.catalogue, rows, defaults, self._circumstances(), batch)

    def plan_drafts(self, file: Path) -> Proposal:
        """The drafts of a batch completed."""
        batch = self._batch_at(file)
        content = (self.root / batch.path).read_bytes()
        proposal = story.plan_drafts(self.catalogue, batch, content.decode(), self._circumstances())
        for address in addresses_in(proposal.completed or b""):
            if address not in self.catalogue.addresses:
                self.session.warn(f"{batch.path} still holds an e-mail address, perhaps in a comment; remove it")
                break
        return proposal

    def _batch_at(self, file: Path) -> Batch:
        """The batch in a file; its path counts from this folder, or as messages have it from the site's."""
        found = next((path for path in (file, self.root / file) if path.is_file()), None)
        if found is None:
            raise UsageError(f"there is no file {file.as_posix()}; look at its path, or name LIST or ADDRESS too")
        for batch in self.catalogue.batches.values():
            if (self.root / batch.path).resolve() == found.resolve():
                return batch
        raise UsageError(f"{file.as_posix()} is no batch of this site; batches lie in content/awards/")

    def print(self, proposal: Proposal, dry_run: bool) -> None:
        """Print the record of one award for pasting, and note the person in private/."""
        for batch in proposal.batches:
            if not dry_run:
                people = {private.PRINTED: proposal.people[batch.slug]}
                private.write_people(self.folder, people, proposal.index, self._real())
                self.session.say(f"address and link: {private.people_file(self.folder, private.PRINTED)}")
            for award in batch.awards:
                self.session.fact(writing.record(award).rstrip("\n"))

    def write(self, proposal: Proposal) -> None:
        """Write what was proposed, and say what comes next."""
        paths = story.record(self.root, self.folder, self.catalogue, proposal)
        locked = [path for path in paths if path.startswith(_LOCKS)]
        for path in paths:
            if path not in locked:
                self.session.say(f"wrote {path}")
        if locked:
            self.session.say(f"locked in {_LOCKS}: {len(locked)} file{'' if len(locked) == 1 else 's'}")
        for slug, people in proposal.people.items():
            if people:
                self.session.say(f"addresses and links: {private.people_file(self.folder, slug)}")
        if paths:
            self.session.say("next: git add content, commit, and badgesite build")


def _private_folder(session: Session, folder: Path | None) -> Path:
    chosen = folder or session.root / "private"
    content = (session.root / "content").resolve()
    if chosen.resolve().is_relative_to(content):
        raise UsageError("private/ cannot lie in content/, which is published; choose another folder")
    return chosen


def _refuse_beside_drafts(file: str, given: list[str]) -> None:
    if not file.lower().endswith((".yaml", ".yml")):
        raise UsageError("name a LIST or an ADDRESS after the badge; or a batch's .yaml alone, to complete its drafts")
    if given:
        raise UsageError(f"--{given[0]} does not go with {Path(file).name}; write it into the draft records")


def _defaults(badge: str, given: dict[str, str]) -> Row:
    """The command's own words for cells that are empty."""
    row, faults = make_row({"badge": badge, **given}, _HERE, {})
    if faults:
        raise UsageError(problems=faults)
    return row


def _rows(recipients: str, given: dict[str, str], to_print: bool) -> Rows:
    if "@" in recipients and not Path(recipients).is_file():
        row, faults = make_row({"email": recipients}, _HERE, {})
        if faults:
            raise UsageError(problems=faults)
        return Rows((row,))
    if to_print or "name" in given:
        raise UsageError(f"--{'print' if to_print else 'name'} is for a single ADDRESS; a list has a column for names")
    return _list_rows(recipients)


def _list_rows(recipients: str) -> Rows:
    from badgesite.lists.reading import read_list  # the reader of workbooks takes a while to load
    from badgesite.lists.table import MAX_BYTES

    if recipients == "-":
        return read_list(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin")
    path = Path(recipients)
    try:
        with path.open("rb") as file:
            return read_list(file.read(MAX_BYTES + 1), path.name)
    except FileNotFoundError as error:
        raise UsageError(f"there is no list {recipients}, and it is no address; look at its path") from error
    except OSError as error:
        raise OutputError(f"{recipients} cannot be read: {error.strerror}; is it open in another program?") from error


def _agreed(proposal: Proposal, yes: bool) -> bool:
    """Whether to go on: asked of a person on a terminal, and taken as said elsewhere."""
    if yes or not proposal.new or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    return click.confirm("Write them", default=True, err=True)
