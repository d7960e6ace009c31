"""`badgesite sign`: the clock, chance, the private keys and the passphrase, for sign.py."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from badgesite import sign as story
from badgesite.commands.console import Session, number, processes, quiet_option
from badgesite.commands.key_options import keys_option, passphrase_option
from badgesite.commands.passphrases import Passphrases, halves
from badgesite.commands.publishing import builds
from badgesite.crypto.private_keys import Pair, load
from badgesite.errors import ContentError, KeyFileError, Place, UsageError
from badgesite.issued.due import difference_problems
from badgesite.issued.places import Chance
from badgesite.issued.proposal import Proposal, propose, refuse_differences
from badgesite.model.catalogue import Catalogue
from badgesite.sign import Ledger, Signing

_LOCKS = "content/published/"
_MANY = 20  # files, that would be told one by one
_FINISHED = {
    "placed": "put in place what a run that was cut off had signed",
    "dropped": "dropped what a run that was cut off had signed, as content/ or keys/ was changed since; "
    "what is due is found again",
}
_REVOKED = 20  # that are told one by one
_CHANCE = Chance(secrets.randbelow, lambda: secrets.token_hex(4))


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person asked for: private halves in `folder`, the passphrase from an open file, so many processes."""

    folder: Path | None = None
    descriptor: int | None = None
    jobs: int | None = None
    replaces: bool = False


@click.command()
@click.option("--replace", "replaces", is_flag=True, help="Issue anew what says something else than its record.")
@click.option("--dry-run", is_flag=True, help="Say what would be issued, and write nothing; needs no key.")
@keys_option
@passphrase_option
@click.option("--jobs", type=number(1, 999), metavar="N", help="At most so many processes.  [default: by size]")
@quiet_option
@click.pass_obj
def command(
    session: Session,
    replaces: bool,
    dry_run: bool,
    halves_folder: Path | None,
    descriptor: int | None,
    jobs: int | None,
) -> None:
    """Issue credentials for all records that have none, and sign what has changed in the status lists.

    The only command that reads a private key. It writes beside the records, edits none of them, and does nothing when
    nothing is new: run it when the records have been reviewed, and commit what it writes.

    A record that says something else than its credential (a name, a result) is shown at the end, and keeps the one it
    has; with --replace it gets a new credential at the same address, and the old one counts no more.

    \b
    What would be issued:     badgesite sign --dry-run
    Issue it:                 badgesite sign
    After a name was mended:  badgesite sign --replace
    """
    sign(session, Wishes(halves_folder, descriptor, jobs, replaces), dry_run=dry_run)


def sign(session: Session, wishes: Wishes, *, dry_run: bool = False) -> None:
    """Say what will be issued, and issue it; then SignatureError if records differ from what was signed for them."""
    now = datetime.now(UTC).replace(microsecond=0)
    with story.opened(session.root, now, writes=not dry_run) as ledger:
        _tell(session, ledger)
        proposal = propose(ledger.catalogue, ledger.reading, ledger.due, _CHANCE, replaces=wishes.replaces)
        for line in _proposed(ledger, proposal, dry_run=dry_run):
            session.fact(line)
        for problem in difference_problems(ledger.reading, ledger.due) if wishes.replaces else ():
            session.say(str(problem))
        if not dry_run:
            with _nothing_signed():
                pairs, jobs = _pairs(ledger, proposal, wishes, now), wishes.jobs or processes()
                written = story.issue(ledger, proposal, Signing(pairs, now, jobs, session.progress))
            for line in _told(ledger.catalogue, written, waits=bool(ledger.due.changed) and not wishes.replaces):
                session.say(line)
        if not wishes.replaces:
            refuse_differences(ledger.reading, ledger.due)


def _proposed(ledger: Ledger, proposal: Proposal, *, dry_run: bool) -> Iterator[str]:
    """What will be issued in a line, and what will be revoked, which nobody can take back."""
    if not proposal:
        merged = ", ".join(sorted(ledger.reading.merged))
        done = "would keep" if dry_run else "kept"
        yield f"{done} both sides of the merge in {merged}; nothing new to sign" if merged else "nothing to sign"
        return
    yield f"to sign: {proposal}"
    for key, counted in ledger.due.disowned.told():
        yield f"signs again what {key.path} signed, as it was revoked on {key.revoked:%Y-%m-%d}: {counted}"
    revoked = set(proposal.revoked[:_REVOKED])
    for batch, award in ledger.catalogue.each_award():
        if award.id in revoked and award.revoked:
            place = ledger.reading.places.get(f"award:{award.id}", Place(batch.path))
            name = ledger.catalogue.badges[batch.badge].name
            yield f"revokes for good: {place} {award.id} ({name}): {award.revoked.reason}"
    if (more := len(proposal.revoked) - _REVOKED) > 0:
        yield f"revokes for good: {more} more"


@contextmanager
def _nothing_signed() -> Iterator[None]:
    """Have an end of the run take back what its first line announced."""
    try:
        yield
    except (KeyFileError, UsageError, ContentError) as error:
        told = ": ".join(filter(None, ("nothing was signed", error.message)))
        raise type(error)(told, error.problems) from error


def _tell(session: Session, ledger: Ledger) -> None:
    if ledger.finished:
        session.say(_FINISHED[ledger.finished])
    for problem in ledger.warnings:
        session.warn(str(problem))


def _pairs(ledger: Ledger, proposal: Proposal, wishes: Wishes, now: datetime) -> dict[str, Pair]:
    """The private keys of each issuer that has something to sign."""
    passphrases, place = Passphrases(wishes.descriptor), halves(wishes.folder)
    base = ledger.catalogue.site.base

    def pair(issuer: str) -> Pair:
        return load(ledger.keys, issuer, place, lambda: passphrases.of(issuer), moment=now, base_url=base)

    return {issuer: pair(issuer) for issuer in proposal.issuers}


def _told(catalogue: Catalogue, written: Sequence[str], *, waits: bool) -> Iterator[str]:
    """The files, and what comes next; a build `waits` while something is to be decided, which is told at the end."""
    locked = [path for path in written if path.startswith(_LOCKS)]
    others = [path for path in written if not path.startswith(_LOCKS)]
    if len(others) > _MANY:
        yield f"wrote {len(others)} files in content/awards/ and content/status/"
    else:
        yield from (f"wrote {path}" for path in others)
    if locked:
        yield f"locked in {_LOCKS}: {len(locked)} file{'' if len(locked) == 1 else 's'}"
    if written:
        then = "decide about:" if waits else builds(catalogue, catalogue.batches)
        yield f"next: git add content keys, commit, and {then}"
