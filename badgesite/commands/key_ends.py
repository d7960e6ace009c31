"""`badgesite keys retire` and `keys revoke`: the clock, the questions and the printing, for rotation.py."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from badgesite import rotation as story
from badgesite.commands.console import Session, quiet_option, sure
from badgesite.commands.key_options import keys_option
from badgesite.commands.key_ring import read
from badgesite.commands.passphrases import halves
from badgesite.content.records import desk
from badgesite.crypto.public_keys import KINDS, PublicKey
from badgesite.issued.signatures import Tally
from badgesite.model.catalogue import Catalogue
from badgesite.rotation import Holding

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")
_LAST = timedelta(days=1, seconds=-1)


def _moment(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[datetime, bool] | None:
    """A moment, or the beginning of a day and True."""
    if value is None:
        return None
    try:
        if found := _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value).replace(tzinfo=UTC), not found[1]
    except ValueError:
        pass  # the 31st of February
    raise click.BadParameter(f'"{value}" is not a moment; write it like 2026-01-31 or 2026-01-31T12:00:00Z')


_date = click.option("--date", "moment", metavar="MOMENT", callback=_moment, help="When, in UTC.  [default: now]")
_yes = click.option("--yes", "-y", is_flag=True, help="Do not ask.")


@click.command(short_help="Let keys sign no more; what they signed stays good.")
@click.argument("issuer")
@click.argument("names", nargs=-1, metavar="[KEY]...")
@_date
@click.option("--yes", "-y", is_flag=True, help="Also if nobody can sign for the issuer any more.")
@keys_option
@quiet_option
@click.pass_obj
def retire(
    session: Session,
    issuer: str,
    names: tuple[str, ...],
    moment: tuple[datetime, bool] | None,
    yes: bool,
    halves_folder: Path | None,
) -> None:
    """Let keys of ISSUER sign no more: without KEY, all but the pair that signs now. What they signed stays good.

    KEY is a pair (2026-01-31, as `keys list` names it), one of its halves (2026-01-31-p256), or its name in did.json.
    Make the next pair first; with --date the keys may sign to the end of a day.

    \b
    Once a year:  badgesite keys new example
                  badgesite keys retire example
    """
    now = _now()
    until = now if moment is None else moment[0] + (_LAST if moment[1] else timedelta())
    with _held(session, issuer) as (held, _):
        changed = story.retired(held, names, until, now, last=yes)
        for path in story.put(session.root, changed):
            session.fact(path)
    if not changed:
        session.fact("nothing to retire")
        session.say(f"these sign: {_paths(held.signing(now))}; before they retire: badgesite keys new {issuer}")
        return
    session.say(f"commit keys/{issuer}/; what these keys signed stays good, so leave their files there")
    if until <= now and (found := _private(changed, halves_folder)):
        session.say(f"nobody needs their private halves any more; remove them, and copies: {found}")


@click.command(short_help="Declare keys invalid: nothing that they signed counts, and sign issues it anew.")
@click.argument("issuer")
@click.argument("names", nargs=-1, required=True, metavar="KEY...")
@click.option("--reason", required=True, metavar="TEXT", help="What happened, for those who verify; it is published.")
@_date
@_yes
@keys_option
@quiet_option
@click.pass_obj
def revoke(
    session: Session,
    issuer: str,
    names: tuple[str, ...],
    reason: str,
    moment: tuple[datetime, bool] | None,
    yes: bool,
    halves_folder: Path | None,
) -> None:
    """Declare keys of ISSUER invalid, because somebody else may have them. This cannot be taken back.

    KEY is a pair (2026-01-31, as `keys list` names it), one of its halves (2026-01-31-p256), or its name in did.json.
    Nothing that it ever signed is good any more: it leaves did.json, and the next sign issues everything anew with
    another pair. The issuer's page says when and why.

    \b
    badgesite keys new example --yes
    badgesite keys revoke example 2026-01-31 --reason "A laptop was stolen"
    badgesite sign
    """
    now = _now()
    with _held(session, issuer) as (held, catalogue):
        words = story.reason_of(reason, catalogue.addresses)
        changed = story.revoked(held, names, moment[0] if moment else now, words, now)
        if not changed:
            session.fact("nothing to revoke: it was revoked before")
        elif not _sure(held, changed, yes=yes):
            session.say("nothing revoked")
            return
        for path in story.put(session.root, changed):
            session.fact(path)
        after = held.with_changed(changed)
    if changed:
        for line in _to_do(after, now):
            session.say(line)
        if found := _private(changed, halves_folder):
            session.say(f"on this machine they are {found}")


@contextmanager
def _held(session: Session, issuer: str) -> Iterator[tuple[Holding, Catalogue]]:
    """What the issuer holds, while no other run writes records or signs."""
    with desk.alone_at(session.root):
        catalogue, ring = read(session)
        yield story.holding(catalogue, ring, issuer), catalogue


def _sure(held: Holding, keys: Sequence[PublicKey], *, yes: bool) -> bool:
    """Whether a person says so; UsageError if nobody is there."""
    tallies = [held.signed.get(key.fragment, Tally()) for key in keys]
    most = max(tallies, key=lambda tally: tally.credentials + tally.lists)
    what = f"revokes {_paths(keys)} for good: what they signed counts no more ({most}), and is to be signed again"
    return sure(f"{what}. Revoke?", f"{what}; with --yes it is done", yes=yes)


def _to_do(held: Holding, now: datetime) -> Iterator[str]:
    """What comes next, in the order in which it has to be done."""
    signing = held.signing(now)
    if len(signing) < len(KINDS):
        yield f"next: badgesite keys new {held.issuer}, with another passphrase, for nobody can sign any more"
    else:
        yield f"{_paths(signing)} sign from now on; if those may be in other hands too, revoke them as well"
    yield f"then: badgesite sign; commit content/ and keys/{held.issuer}/; badgesite build, and publish it at once"
    yield "replace the secrets of the CI, and remove the private halves and their copies wherever they are"


def _private(keys: Sequence[PublicKey], folder: Path | None) -> str:
    """Where private halves of these keys lie on this machine, as far as it is known."""
    return ", ".join(str(path) for path in map(halves(folder).found, keys) if path.is_file())


def _paths(keys: Sequence[PublicKey]) -> str:
    return " and ".join(key.path for key in keys)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
