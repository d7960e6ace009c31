"""`badgesite lock`: write down what is published, so that it cannot vanish or change by accident."""

import click

from badgesite.commands.console import Session, quiet_option
from badgesite.content.locks import write_missing
from badgesite.content.reading import read_or_raise


@click.command()
@quiet_option
@click.pass_obj
def command(session: Session) -> None:
    """Add the missing lines to the lock files in content/published/.

    A lock file says what was ever published: an award's id, a digest of each word of a badge that has been awarded.
    `build` refuses to publish a site from which such a thing has vanished. Lines are only added; the marks that a
    merge left in a lock file are resolved to the lines of both sides. Commit the files with the content.

    \b
    Example:
      badgesite lock && git add content/published
    """
    reading = read_or_raise(session.root)
    written = write_missing(session.root, reading.catalogue, places=reading.places) if reading.catalogue else ()
    for path in written:
        session.fact(path)
    session.say("nothing was missing" if not written else "commit these files with the content")
