"""`badgesite find`: the clock, the list and the files that it writes, for find.py."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from badgesite import find as story
from badgesite.commands.choosing import from_list
from badgesite.commands.console import Session, private_option, quiet_option
from badgesite.commands.git import taken_up
from badgesite.commands.recipients import HERE
from badgesite.content.records import private
from badgesite.content.records.desk import opened
from badgesite.errors import ContentError, Problem, UsageError
from badgesite.files import write_whole
from badgesite.find import Answer, Line
from badgesite.lists.named import Named, read_word

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("asked", metavar="ADDRESS|LIST|-")
@click.option("--csv", "table", type=_FILE, metavar="FILE", help="Write them to a CSV file, for a spreadsheet.")
@click.option("--json", "document", type=_FILE, metavar="FILE", help="Write them to a JSON file.")
@click.option("--yes", "-y", is_flag=True, help="Write over a file that is there.")
@click.option("--language", metavar="TAG", help="The language of the words.  [default: the site's first]")
@private_option
@quiet_option
@click.pass_obj
def command(
    session: Session,
    asked: str,
    table: Path | None,
    document: Path | None,
    yes: bool,
    language: str | None,
    folder: Path | None,
) -> None:
    """Say which awards are somebody's: with badge, day, state, result and link.

    ADDRESS is an e-mail address, or an award's id or link; a LIST (CSV or .xlsx) has a column email, or award. Holders
    are found in private/, and where that does not know them, by trying their address with the salt of every award.

    What is printed and written names people: it is for the office. The files are readable by you alone, and cannot lie
    where others would see them. They have what a Diploma Supplement says: title, issuer, unit, date, credits, result,
    level, workload and address.

    \b
    One person:   badgesite find ada@example.org
    An export:    badgesite find graduates.xlsx --csv ../supplement.csv --language en
    """
    private_folder = folder or session.root / "private"
    outputs = {path: words for path, words in ((table, story.as_csv), (document, story.as_json)) if path}
    for path in outputs:
        _refuse(session, path, private_folder, over=yes)
    named = _named(session, asked, private_folder)
    with opened(session.root, private_folder, writes=False) as desk:
        languages = desk.catalogue.site.languages
        if language is not None and language not in languages:
            raise UsageError(f'--language: the site has no language "{language}"; there are {", ".join(languages)}')
        today = datetime.now(UTC).date()
        answers = story.look_up(desk.catalogue, named, desk.index, today, language or languages[0], session.progress)
    for path, words in outputs.items():
        _write(session, path, words(answers), private_folder)
    if not outputs:
        for told in _told(answers):
            session.fact(told)
    session.say(_summary(answers))


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


def _named(session: Session, asked: str, folder: Path) -> Sequence[Named]:
    if asked == "-" or Path(asked).is_file():
        return from_list(session, asked, folder, first="email")
    named = read_word(asked, HERE)
    if not isinstance(named, Problem):
        return (named,)
    if "@" not in asked and Path(asked).suffix:
        return from_list(session, asked, folder)  # which says that there is no such file
    raise ContentError(problems=[named])


def _told(answers: Sequence[Answer]) -> Iterator[str]:
    """A table: who was asked for, and below it their awards."""
    for answer in answers:
        where = "" if answer.place == HERE else f"{answer.place}: "
        nothing = f"erased on {answer.erased}; nothing of it is kept" if answer.erased else "no award"
        yield f"{where}{answer.asked}: {_count(len(answer.lines)) if answer.lines else nothing}"
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
    return f"{_count(awards)} found{nobody}"


def _count(awards: int) -> str:
    return f"{awards} award{'' if awards == 1 else 's'}"
