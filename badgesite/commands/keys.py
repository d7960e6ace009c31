"""`badgesite keys`: the clock, the passphrase and the printing, for keys.py."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from badgesite import keys as story
from badgesite.commands.console import Session, quiet_option, sure
from badgesite.commands.git import is_ignored
from badgesite.commands.key_ends import retire, revoke
from badgesite.commands.key_options import default_folder, keys_option, passphrase_option
from badgesite.commands.key_ring import read
from badgesite.commands.passphrases import Passphrases, halves
from badgesite.crypto.public_keys import KINDS, KeyRing, PublicKey
from badgesite.errors import UsageError
from badgesite.keys import Listed
from badgesite.model.catalogue import Catalogue
from badgesite.rotation import pairs

_SHORT = 12  # characters; people's shorter ones are found by trying


@click.group(short_help="Make the keys that credentials are signed with, say what they are, and end them.")
def command() -> None:
    """Make the keys that credentials are signed with, say what they are, and end them.

    \b
    badgesite keys new example
    badgesite keys list
    badgesite keys retire example
    badgesite keys revoke example 2026-01-31 --reason "A laptop was stolen"
    """


command.add_command(retire)
command.add_command(revoke)


@command.command(short_help="Make a pair of keys for an issuer.")
@click.argument("issuer", required=False)
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Put the private halves below this folder, outside Git.  [default: your folder for settings]",
)
@click.option("--yes", "-y", is_flag=True, help="Make another pair for an issuer that has one, and do not ask.")
@passphrase_option
@quiet_option
@click.pass_obj
def new(session: Session, issuer: str | None, folder: Path | None, yes: bool, descriptor: int | None) -> None:
    """Make a pair of keys for ISSUER: Ed25519 for proofs, P-256 for JWTs.

    The public halves are written to keys/ISSUER/, to be committed with the content. The private halves are encrypted
    with a passphrase, and written where only you may read them; whoever has both can issue in the issuer's name.

    \b
    badgesite keys new example
    badgesite keys new example --to /media/stick/badges
    """
    catalogue, ring = read(session)
    if issuer is None:
        raise UsageError(f"say for which issuer: {', '.join(catalogue.issuers)}")
    passphrases = Passphrases(descriptor)
    now = datetime.now(UTC)
    if not _another(catalogue, ring, issuer, now, yes=yes):
        session.say("nothing made")
        return

    def passphrase() -> str:
        words = passphrases.new(issuer)
        if len(words) < _SHORT:
            session.warn(
                f"the passphrase has fewer than {_SHORT} characters; whoever gets the files can find it by trying"
            )
        return words

    place = story.Place(session.root, folder or default_folder(), is_ignored)
    public, private = story.new_pair(place, catalogue, ring, issuer, passphrase, now)
    for path in (*public, *map(str, private)):
        session.fact(path)
    session.say(
        f"commit keys/{issuer}/; keep a copy of the two .pem files, and of the passphrase, where others find them"
    )
    if folder:
        session.say(f"they are not where badgesite looks by itself: sign with --keys {folder}")
    if "ob3" not in catalogue.site.publish:
        session.say("to sign with them, add ob3 to publish: in content/site.yaml")
    for line in _of_earlier(issuer, [key for key in ring.of(issuer) if not key.revoked]):
        session.say(line)


def _of_earlier(issuer: str, keys: Sequence[PublicKey]) -> Iterator[str]:
    """What becomes of the keys that are good already."""
    if keys:
        yield "from now on these sign; what the earlier keys signed stays good"
    if any(not key.end for key in keys):
        yield f"so that the earlier ones can sign no more: badgesite keys retire {issuer}"


def _another(catalogue: Catalogue, ring: KeyRing, issuer: str, now: datetime, *, yes: bool) -> bool:
    """Whether to make a pair: asked of a person if the issuer has one that may sign; UsageError if nobody is there."""
    base = catalogue.site.base
    present = [key for kind in KINDS if (key := ring.current(issuer, kind, now, base))]
    if len(present) < len(KINDS):
        return True
    what = f"{issuer} has keys already (since {max(key.start for key in present).date()})"
    refusal = f"{what}; with --yes another pair is made, with which it signs from now on"
    return sure(f"{what}; make another pair, with which it signs from now on?", refusal, yes=yes)


@command.command("list", short_help="Say what each key is, and how many credentials it signed.")
@keys_option
@quiet_option
@click.pass_obj
def list_keys(session: Session, halves_folder: Path | None) -> None:
    """Say what each key is: since when it signs, or why no more, what it signed, and whether its private half is here.

    Above each pair stands the name by which `keys retire` and `keys revoke` take it.

    \b
    badgesite keys list
    """
    now = datetime.now(UTC)
    catalogue, ring = read(session)
    place = halves(halves_folder)
    listing = story.listing(catalogue, ring, place)
    for issuer, keys in listing.items():
        stray = "" if issuer in catalogue.issuers else "  (no issuer of this site)"
        session.fact(f"{issuer}{stray}")
        for line in _lines(keys, now):
            session.fact(f"  {line}")
        if not keys:
            session.fact("  no keys")
            session.say(f"make some with `badgesite keys new {issuer}`")
    if any(not (each.at_hand or each.key.end or each.key.revoked) for keys in listing.values() for each in keys):
        session.say(f"private halves, which are .pem files, were looked for in {place.folder}; --keys looks elsewhere")


def _lines(keys: tuple[Listed, ...], now: datetime) -> Iterator[str]:
    """The name of each pair, a line for each of its keys, in columns, and below a revoked one why it was."""
    rows = {
        each.key.name: (
            each.key.name,
            KINDS[each.key.kind],
            _validity(each, now),
            _signed(each),
            f"private half {'found' if each.at_hand else 'not found'}",
        )
        for each in keys
    }
    widths = [max(map(len, column)) for column in zip(*rows.values(), strict=True)]
    for pair, halves_of in pairs([each.key for each in keys]).items():
        yield pair
        for key in halves_of:
            cells = zip(rows[key.name], widths, strict=True)
            yield "  " + "  ".join(cell.ljust(width) for cell, width in cells).rstrip()
            yield from (f"    {words}" for _, words in key.reason)


def _signed(listed: Listed) -> str:
    if not (listed.signed.credentials or listed.signed.lists):
        return "signed nothing"
    return f"signed {listed.signed}{', to be signed again' if listed.key.revoked else ''}"


def _validity(listed: Listed, now: datetime) -> str:
    key = listed.key
    words = [f"since {key.start.date()}"]
    if key.end:
        words.append(f"{'retired' if key.end < now else 'until'} {key.end.date()}")
    if key.revoked:
        words.append(f"revoked {key.revoked.date()}")
    if key.base_url:
        words.append(f"test key for {key.base_url} alone")
    return ", ".join(words)
