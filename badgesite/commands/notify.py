"""`badgesite notify`: the clock, the batches that are meant, and where letters may lie, for notify.py."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from badgesite import notify as story
from badgesite.commands.choosing import described, tell_left
from badgesite.commands.console import Session, private_option, quiet_option
from badgesite.commands.git import taken_up
from badgesite.commands.recipients import HERE
from badgesite.content.letters import kept
from badgesite.content.records import private
from badgesite.content.records.desk import Desk, opened
from badgesite.content.yaml.sentences import suggestion
from badgesite.errors import Place, Problem, UsageError, counted
from badgesite.model.award import Batch
from badgesite.model.scalars import shown
from badgesite.notify import Mailing

_MANY = 12  # batches that are named in a message


@click.command()
@click.argument("words", metavar="BATCH...", nargs=-1)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where the letters go, a folder for each batch.  [default: notify/ in private/]",
)
@click.option(
    "--language", metavar="TAG", help="The language for holders whose record names none.  [default: the site's first]"
)
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
@private_option
@quiet_option
@click.pass_obj
def command(
    session: Session, words: tuple[str, ...], out: Path | None, language: str | None, dry_run: bool, folder: Path | None
) -> None:
    """Write a letter to each holder of a BATCH, for you to send; nothing is sent.

    BATCH is the name of a file in content/awards/, without .yaml. Each letter is an .eml file that a mail program opens
    as a draft, with text, HTML and the badge's picture, in the holder's language. Beside them lies mail-merge.csv, for
    a letter of your own. Addresses are those of private/; awards that are revoked or expired get no letter.

    Build and publish before you send: the letters lead to the pages of the awards. A second run writes the letters
    anew. Delete them when they are sent.

    \b
    One batch:        badgesite notify english-b2-2026-07-14
    See what it does: badgesite notify english-b2-2026-07-14 --dry-run
    """
    if not words:
        raise UsageError("name a BATCH, as the files in content/awards/ are called, without .yaml")
    private_folder = folder or session.root / "private"
    place = out or private_folder / kept.FOLDER
    _refuse(session, place, private_folder)
    now = datetime.now(UTC)
    with opened(session.root, private_folder, writes=not dry_run) as desk:
        tell_left(session, desk)
        _refuse_language(desk, language)
        mailing = story.plan_letters(desk, _batches(desk, words), now.date(), language)
        session.fact(_summary(mailing))
        if not dry_run:
            _write(session, desk, mailing, place, now)
        for line in _unknown(desk, mailing):
            session.fact(line)
    click.get_current_context().exit(1 if mailing.unknown and not mailing.letters else 0)


def _refuse(session: Session, place: Path, folder: Path) -> None:
    """UsageError for a place of letters that others would see, or in a folder that is not there."""
    what = f"--out {place.as_posix()}"
    private.refuse_place(session.root, folder)
    private.refuse_place(session.root, place, what)
    if place.resolve().is_relative_to(folder.resolve()):
        return
    if taken_up(session.root, place / kept.TABLE):
        mend = "choose a folder outside, or leave --out away"
        raise UsageError(f"{what} would lie where Git takes it up; {mend}")
    if not place.parent.is_dir():
        raise UsageError(f"there is no folder {place.parent.as_posix()}; make it first, or name another")


def _refuse_language(desk: Desk, language: str | None) -> None:
    languages = desk.catalogue.site.languages
    if language is not None and language not in languages:
        raise UsageError(f"--language: the site has no language {shown(language)}; there are {', '.join(languages)}")


def _batches(desk: Desk, words: tuple[str, ...]) -> list[Batch]:
    """The batches that are meant, each once; UsageError with every word that names none."""
    found, problems = dict[str, Batch](), []
    for number, word in enumerate(words, start=1):
        batch = _batch(desk, word)
        if batch:
            found[batch.slug] = batch
        else:
            place = Place(f"{HERE.path}, BATCH {number}") if len(words) > 1 else HERE
            problems.append(Problem(place, *_no_batch(desk, word)))
    if problems:
        raise UsageError(problems=problems)
    return list(found.values())


def _batch(desk: Desk, word: str) -> Batch | None:
    """The batch of that name, or whose file is named."""
    batches = desk.catalogue.batches
    if word in batches:
        return batches[word]
    batch = batches.get(Path(word).stem)
    paths = {Path(word).resolve(), (desk.root / word).resolve()}
    files = [(desk.root / path).resolve() for path in (batch.path, batch.table) if path] if batch else []
    return batch if not paths.isdisjoint(files) or word in [file.name for file in files] else None


def _no_batch(desk: Desk, word: str) -> tuple[str, str]:
    if "@" in word:
        return (
            "an address is no batch",
            "name the batch that the award is in, as the files in content/awards/ are called",
        )
    what, batches = f"there is no batch {shown(word)}", desk.catalogue.batches
    if given := [slug for slug, batch in batches.items() if word in (batch.badge, batch.recorded_badge)]:
        newest = sorted(given, key=lambda slug: batches[slug].date, reverse=True)[:_MANY]
        return what, f"that is a badge, and its latest batches are {', '.join(newest)}"
    near = suggestion(Path(word).stem, batches, only_close=len(batches) > _MANY)
    return what, near or "name one as the files in content/awards/ are called"


def _summary(mailing: Mailing) -> str:
    """How many letters there are, in which languages, and of how many awards there is none."""
    each = ", ".join(f"{number:,} {tag}" for tag, number in sorted(mailing.languages.items()))
    ended = ", ".join(f"{number:,} {word}" for word, number in sorted(mailing.ended.items()))
    none = [*([ended] if ended else []), *([f"{len(mailing.unknown):,} without an address"] if mailing.unknown else [])]
    return f"{counted(len(mailing.letters), 'letter')}{f': {each}' if each else ''}" + (
        f"; none for {', '.join(none)}" if none else ""
    )


def _write(session: Session, desk: Desk, mailing: Mailing, place: Path, now: datetime) -> None:
    inside = place.resolve().is_relative_to(desk.folder.resolve())
    if inside and mailing.letters:
        private.prepare(desk.folder)
        place.parent.mkdir(parents=True, exist_ok=True)
    _, removed = story.write(desk, mailing, place, now, session.progress)
    for batch in mailing.batches:
        if any(letter.batch is batch for letter in mailing.letters):
            session.fact(f"{(place / batch.slug).as_posix()}/")
    if removed:
        session.say(f"removed {counted(removed, 'earlier letter')}")
    if odd := sum(private.harmless(letter.email) != letter.email for letter in mailing.letters):
        what = f"in {kept.TABLE}, {odd:,} of the addresses begin as a formula does, and have ' before them"
        session.warn(f"{what}; send the .eml to whom they are of")
    if mailing.letters:
        session.say("they lead to the published pages: build and publish, look at one, then send them and delete them")
        if not inside:
            session.say("`badgesite erase` does not look there")


def _unknown(desk: Desk, mailing: Mailing) -> Iterator[str]:
    if mailing.unknown:
        yield "no address is known of the holders of:"
    yield from (f"  {described(desk, batch, award)}" for batch, award in mailing.unknown)
    if mailing.unknown:
        kept_in = f"{desk.folder.as_posix()}/"
        yield f"  {kept_in} has none that the record is of: name the folder of whoever awarded them with --private,"
        yield f"  or add a row to {kept_in}<batch>.csv ({','.join(private.COLUMNS)})"
