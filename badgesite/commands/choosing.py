"""AWARD|LIST... of the commands that work on recorded awards: read, and the awards that are meant found."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from badgesite.commands.console import Session
from badgesite.commands.recipients import HERE, is_list, read_file, warn_of_place
from badgesite.content.records.desk import Desk
from badgesite.errors import Place, Problem, UsageError
from badgesite.lists.days import in_words
from badgesite.lists.named import OR_LIST, First, Named, Picked, holds_id, pick, read_named, read_word
from badgesite.model.award import Award, Batch
from badgesite.model.scalars import shown

TOLD = 20  # awards that are told one by one
FINISHED = {
    "placed": "put in place what a run that was cut off had written",
    "dropped": "dropped what a run that was cut off had still to write, as its files were changed since; "
    "look at git diff",
}


def awards_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add AWARD|LIST..., --list and --badge, the arguments `words`, `listed` and `badge`, to a command."""
    badge = click.option("--badge", metavar="BADGE", help="The badge that is meant, of a holder who has several.")
    return words_or_list(badge(command), "AWARD|LIST...")


def words_or_list(command: Callable[..., Any], metavar: str) -> Callable[..., Any]:
    """Add words that name awards or lists, and --list, the arguments `words` and `listed`, to a command."""
    listed = click.option(
        "--list", "listed", metavar="FILE", help="A CSV or .xlsx list, whatever it is called; - reads it from stdin."
    )
    return click.argument("words", metavar=metavar, nargs=-1)(listed(command))


def named(
    session: Session, words: tuple[str, ...], listed: str | None, folder: Path, first: First = "award"
) -> tuple[Named, ...]:
    """What was named, in words and in lists; UsageError for words, ListError for rows, that name nothing.

    Of a list with both columns, the one that is to come `first` counts.
    """
    if not words and not listed:
        raise UsageError("name an AWARD by its id, its page's address, or its holder's e-mail address; or name a LIST")
    lists = [*filter(_is_list, words), *([listed] if listed else [])]
    read = [
        read_word(word, Place(f"{HERE.path}, AWARD {number}") if len(words) > 1 else HERE, OR_LIST)
        for number, word in enumerate(words, start=1)
        if word not in lists
    ]
    if problems := [each for each in read if isinstance(each, Problem)]:
        raise UsageError(problems=problems)
    rows = [each for name in lists for each in _from_list(session, name, folder, first)]
    return (*(each for each in read if isinstance(each, Named)), *rows)


def _is_list(word: str) -> bool:
    """Whether a word names a list: by how it ends, or as it is a file, though none of a built site's.

    A file that is called like an e-mail address is not meant by it, as nobody would see which of them is.
    """
    return is_list(word) or (Path(word).is_file() and not holds_id(word) and "@" not in Path(word).name)


def _from_list(session: Session, listed: str, folder: Path, first: First) -> tuple[Named, ...]:
    """What a list names; `-` is stdin."""
    from badgesite.lists.table import MAX_BYTES

    if listed == "-":
        return read_named(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin", first)
    found = read_named(read_file(listed), Path(listed).name, first)
    if any(each.address for each in found):
        warn_of_place(session, Path(listed), folder)
    return found


def picked(session: Session, desk: Desk, wanted: tuple[Named, ...], badge: str | None) -> Picked:
    """The awards of the site that are meant; UsageError for a badge that it does not have."""
    return pick(desk.catalogue, wanted, known_badge(desk, badge), desk.index, session.progress)


def known_badge(desk: Desk, badge: str | None) -> str | None:
    """The badge that is meant by --badge, as it is called now; UsageError for one that the site does not have."""
    badge = desk.catalogue.former_badges.get(badge, badge) if badge else None
    if badge is not None and badge not in desk.catalogue.badges:
        known = ", ".join(sorted(desk.catalogue.badges)[:12])
        raise UsageError(f"--badge: {shown(badge)} is not a badge of this site; there are {known}")
    return badge


def described(desk: Desk, batch: Batch, award: Award) -> str:
    """An award in a few words, without its holder."""
    name = desk.catalogue.badges[batch.badge].name.in_language(desk.catalogue.site.languages[0])
    return f'{award.id} ("{name}", {in_words(batch.date)})'


def tell_left(session: Session, desk: Desk) -> None:
    """Say what an earlier run had left, and what became of it."""
    for line in _left(desk):
        session.say(line)
    for problem in desk.warnings:
        session.warn(str(problem))


def _left(desk: Desk) -> Iterator[str]:
    if desk.finished:
        yield FINISHED[desk.finished]
    for path in desk.removed:
        yield f"removed {path}, which an interrupted run had left"
    for name in desk.taken_back:
        yield f"took back what an interrupted run had noted of {name}"
    for name in desk.forgotten:
        yield f"took out of {desk.folder / name} what it knew of awards that were erased"
    for name in desk.relinked:
        yield f"gave the links in {desk.folder / name} the site's address, in place of the rehearsal's"
