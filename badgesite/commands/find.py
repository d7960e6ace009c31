"""`badgesite find`: the clock, the list and the files that it writes, for find.py."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from badgesite import find as story
from badgesite.commands.choosing import named, words_or_list
from badgesite.commands.console import Session, private_option, quiet_option
from badgesite.commands.git import taken_up
from badgesite.content.records import private
from badgesite.content.records.desk import opened
from badgesite.errors import UsageError, counted
from badgesite.files import write_whole
from badgesite.find import Answer, Line

_FILE = click.Path(dir_okay=False, path_type=Path)


def _asked(command: Callable[..., Any]) -> Callable[..., Any]:
    return words_or_list(command, "ADDRESS|LIST...")


@click.command()
@_asked
@click.option("--csv", "table", type=_FILE, metavar="FILE", help="Write them to a CSV file, for a spreadsheet.")
@click.option("--json", "document", type=_FILE, metavar="FILE", help="Write them to a JSON file.")
@click.option("--yes", "-y", is_flag=True, help="Write over a file that is there.")
@click.option("--language", metavar="TAG", help="The language of the words.  [default: the site's first]")
@private_option
@quiet_option
@click.pass_obj
def command(
    session: Session,
    words: tuple[str, ...],
    listed: str | None,
    table: Path | None,
    document: Path | None,
    yes: bool,
    language: str | None,
    folder: Path | None,
) -> None:
    """Say which awards are somebody's: with badge, day, state, result and link.

    ADDRESS is an e-mail address, or an award's id or link; a LIST (CSV or .xlsx) has a column email, or award. Holders
    are found in private/, and where that does not know them, by trying their address with the salt of every award. Ends
    with 1 if nothing at all was found.

    What is printed and written names people: it is for the office. The files are readable by you alone, and cannot lie
    where others would see them. They have what a Diploma Supplement says: title, issuer, unit, date, credits, result,
    level, workload and address.

    \b
    One person:   badgesite find ada@example.org
    An export:    badgesite find graduates.xlsx --csv ../supplement.csv --language en
    """
    private_folder = folder or session.root / "private"
    outputs = {path: text_of for path, text_of in ((table, story.as_csv), (document, story.as_json)) if path}
    for path in outputs:
        _refuse(session, path, private_folder, over=yes)
    asked = named(session, words, listed, private_folder, "email")
    with opened(session.root, private_folder, writes=False) as desk:
        spoken = _spoken(desk.catalogue.site.languages, language)
        today = datetime.now(UTC).date()
        answers = story.look_up(desk.catalogue, asked, desk.index, today, spoken, session.progress)
    for path, text_of in outputs.items():
        _write(session, path, text_of(answers), private_folder)
    for told in () if outputs else _told(answers):
        session.fact(told)
    session.say(_summary(answers))
    click.get_current_context().exit(0 if any(answer.lines or answer.erased for answer in answers) else 1)


def _spoken(languages: Sequence[str], language: str | None) -> str:
    """The language of the words; UsageError for one that the site does not have."""
    if language is not None and language not in languages:
        raise UsageError(f'--language: the site has no language "{language}"; there are {", ".join(languages)}')
    return language or languages[0]


def _refuse(session: Session, path: Path, folder: Path, *, over: bool) -> None:
    """UsageError for a file that others would see, whose folder is not there, or (unless `over`) that is there."""
    private.refuse_published(session.root, path, path.as_posix())
    place, kept = path.resolve(), folder.resolve()
    if not place.is_relative_to(kept) and taken_up(session.root, place):
        mend = f"write it to {(folder / path.name).as_posix()}"
        raise UsageError(f"{path.as_posix()} would lie where Git takes it up; {mend}")
    if not place.is_relative_to(kept) and not place.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent.as_posix()}; make it first, or name another")
    if path.exists() and not over:
        raise UsageError(f"{path.as_posix()} is there already; name another file, or write over it with --yes")


def _write(session: Session, path: Path, text: str, folder: Path) -> None:
    if path.resolve().is_relative_to(folder.resolve()):
        private.prepare(folder)
    write_whole(path, text.encode(), 0o600)
    session.say(f"wrote {path}")


def _told(answers: Sequence[Answer]) -> Iterator[str]:
    """A table: who was asked for, and below it their awards."""
    for answer in answers:
        where = f"{answer.place}: " if answer.place.line else ""
        nothing = f"erased on {answer.erased}; nothing of it is kept" if answer.erased else "no award"
        yield f"{where}{answer.asked}: {counted(len(answer.lines), 'award') if answer.lines else nothing}"
        rows = [_cells(line) for line in answer.lines]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _cells(line: Line) -> tuple[str, ...]:
    state = f"valid until {line.valid_until}" if line.state == "valid" and line.valid_until else line.state
    state = f"{line.state} since {line.state_since}" if line.state == "revoked" else state
    state = f"expired, valid until {line.valid_until}" if line.state == "expired" else state
    return line.date, line.title, line.result, state, line.url


def _summary(answers: Sequence[Answer]) -> str:
    awards = sum(len(answer.lines) for answer in answers)
    without = sum(not answer.lines for answer in answers)
    nobody = f"; {without} of {len(answers)} asked for have none" if without and len(answers) > 1 else ""
    return f"{counted(awards, 'award')} found{nobody}"
