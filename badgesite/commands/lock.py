"""`badgesite lock`: write down what is published, so that it cannot vanish or change by accident."""

from collections.abc import Iterator
from pathlib import Path

import click

from badgesite.commands.console import Session, private_option, quiet_option
from badgesite.content.advice.samples import samples
from badgesite.content.advice.unwritten import refuse_unwritten
from badgesite.content.permanence.lock_files import of_kind, read_all
from badgesite.content.permanence.locks import compare, files_missing
from badgesite.content.reading import read_or_raise
from badgesite.content.records import private
from badgesite.content.records.desk import alone_at
from badgesite.content.signed.writing import settled, write_signed
from badgesite.errors import PermanenceError
from badgesite.issued.standing import fit_to_lock
from badgesite.model.catalogue import Catalogue
from badgesite.model.site import REHEARSAL_BASE

_BUSY = "another badgesite command is at work here; wait until it has ended, and run this again"


@click.command()
@private_option
@quiet_option
@click.pass_obj
def command(session: Session, folder: Path | None) -> None:
    """Add the missing lines to the lock files in content/published/.

    A lock file says what was ever published: an award's id, a digest of each word of a badge that has been awarded.
    `build` refuses to publish a site from which such a thing has vanished. Lines are only added; the marks that a
    merge left in a file that badgesite wrote are resolved to both sides. Commit the files with the content. Links in
    private/ that were made before the site had its address get it.

    \b
    Example:
      badgesite lock && git add content/published
    """
    with alone_at(session.root):
        reading = read_or_raise(session.root, conflicts=True)
        if reading.catalogue is None:
            return
        if broken := compare(session.root, reading, conflicts=True).broken:
            raise PermanenceError(problems=broken)
        refuse_unwritten(session.root, reading.catalogue, reading.places)
        fit_to_lock(session.root, reading)
        locked = read_all(session.root)[0]
        first, free = not locked, reading.catalogue.badges.keys() - {slug for _, slug in of_kind(locked, "badges")}
        told = tuple(samples(session.root, reading.catalogue, reading.places, free))
        files = files_missing(session.root, reading.catalogue, places=reading.places)
        written = write_signed(session.root, {**settled(session.root, reading.catalogue, reading.merged), **files})
    for path in written:
        session.fact(path)
    for line in _permanent(reading.catalogue) if first and written else ():
        session.say(line)
    for problem in told:
        session.warn(str(problem))
    _relink(session, folder or session.root / "private", reading.catalogue)
    if reading.merged:
        session.say(
            "of what was signed on both sides the later was kept; run `badgesite sign`, which revokes the other"
        )
    session.say("nothing was missing" if not written else "commit these files with the content")


def _permanent(catalogue: Catalogue) -> Iterator[str]:
    """What the first lock is about, in words."""
    site = catalogue.site
    awarded = sorted({batch.badge for batch, _ in catalogue.each_award()})
    awards = sum(1 for _ in catalogue.each_award())
    yield "once they are published, these are permanent:"
    yield f"  the address of the site, {site.base}, and its languages, {', '.join(site.languages)}"
    for word, slugs in (("issuers", catalogue.issuers), ("badges", catalogue.badges), ("pages", catalogue.pages)):
        if slugs:
            yield f"  the names of the {word}: {', '.join(slugs)}"
    if awards:
        yield f"  {awards} award{'' if awards == 1 else 's'}, and what the badges awarded say: {', '.join(awarded)}"
    yield "until then you can think again: remove content/published/, change what you like, and lock anew"


def _relink(session: Session, folder: Path, catalogue: Catalogue) -> None:
    """Give links that were made in a rehearsal the site's address."""
    if not folder.is_dir():
        return
    recorded = {award.id for _, award in catalogue.each_award()}
    with private.alone(folder, _BUSY, attempts=1):
        for name in private.relink(folder, recorded, REHEARSAL_BASE, catalogue.site.base):
            session.say(f"gave the links in {folder / name} the site's address, in place of the rehearsal's")
