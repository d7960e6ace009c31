"""`badgesite build`: the clock and the number of processors, for build.py."""

from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import click

from badgesite.build import Built, build
from badgesite.commands.console import Session, day, number, processes, quiet_option
from badgesite.commands.publishing import stays_at
from badgesite.errors import counted


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to build into, beside content/ by default.  [default: site]",
)
@click.option(
    "--as-of",
    metavar="DATE",
    type=day,
    help="The day as of which awards are valid or expired.  [default: today, UTC]",
)
@click.option("--locked", is_flag=True, help="Refuse (exit 5) what the lock files do not know yet: for CI.")
@click.option("--drafts", is_flag=True, help="Show awards that are not signed, or not as recorded: a preview.")
@click.option(
    "--base", metavar="URL", help="Build what stays at a former address of the site, into site-<host> by default."
)
@click.option("--jobs", type=number(1, 999), metavar="N", help="At most so many processes.  [default: by size]")
@quiet_option
@click.pass_obj
def command(
    session: Session,
    out: Path | None,
    as_of: date | None,
    locked: bool,
    drafts: bool,
    base: str | None,
    jobs: int | None,
) -> None:
    """Make the site's folder of plain files, ready for any web server.

    The same content, day and versions give the same bytes. Files that are equal are not touched; a build that stops,
    for whatever reason, leaves the old site whole.

    On a site that signs, an award that is not signed, or not as it is recorded, ends the build with 4: `badgesite
    sign` comes before it. A preview with --drafts shows such awards all the same, and is not to be published.

    \b
    Today's site:              badgesite build
    As it was on a given day:  badgesite build --as-of 2025-06-30 --out then
    What stays after a move:   badgesite build --base https://old.example.edu/
    """
    base = base and base.rstrip("/") + "/"
    folder = out or session.root / (f"site-{urlsplit(base).netloc}" if base else "site")
    built = build(
        session.root,
        folder,
        as_of or _today(),
        locked=locked,
        drafts=drafts,
        base=base,
        jobs=jobs or processes(),
        progress=session.progress,
    )
    _tell(session, folder, built)


def _tell(session: Session, folder: Path, built: Built) -> None:
    for problem in built.warnings:
        session.warn(str(problem))
    session.say(_summary(folder, built))
    for old, awards in built.stays.items():
        session.say(stays_at(old, awards))
    if built.drafts:
        shown = f"{counted(built.drafts, 'award')} shown as not issued, or not as issued"
        session.warn(f"{shown}: a preview, not to be published")


def _today() -> date:
    return datetime.now(UTC).date()


def _summary(folder: Path, built: Built) -> str:
    elsewhere = f" here, {built.elsewhere:,} at former addresses" if built.elsewhere else ""
    return (
        f"built {folder.as_posix()}/: {counted(built.badges, 'badge')}, {counted(built.awards, 'award')}{elsewhere}, "
        f"{counted(built.files, 'file')} "
        f"({built.written} written, {built.unchanged} unchanged, {built.removed} removed)"
    )
