"""`badgesite check`: every problem and warning, for people, programs and pull requests."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import click

from badgesite.check import Checked, check
from badgesite.commands.console import Session, processes, quiet_option
from badgesite.errors import PermanenceError, Place, Problem, ThemeError
from badgesite.pages.theme import load_theme

VERSION = 1
_SITE = Place("content/site.yaml")
_COLOURS = {"error": "red", "warning": "yellow"}


@click.command(short_help="Say what is wrong, and what could be better.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="Lines for people, a JSON object, or annotations for GitHub.",
)
@click.option("--drafts", is_flag=True, help="Take what is not signed yet for a warning: for pull requests.")
@quiet_option
@click.pass_obj
def command(session: Session, form: Literal["text", "json", "github"], drafts: bool) -> None:
    """Say what would stop a build, with the place and the mend, and what could be better.

    Ends with 1 if something would stop a build, with 5 if something published would vanish or change, with 4 if only
    signatures are wanting, else with 0.

    \b
    badgesite check
    badgesite check --format github

    The JSON object has "version" (1), "counts" ("badges", "awards", "errors", "warnings"; the first two null if the
    content could not be read) and "problems": a list of "path", "line", "column" (0 for unknown), "severity" ("error"
    or "warning"), "what" and "mend".
    """
    today = datetime.now(UTC).date()
    checked = check(session.root, today, drafts=drafts, jobs=processes(), progress=session.progress)
    found = (*checked.everything, *_of_theme(session.root, checked))
    if form == "json":
        session.fact(_as_json(checked, found))
    for problem in found if form != "json" else ():
        session.fact(_as_annotation(session.root, problem) if form == "github" else _as_line(problem))
    session.say(_summary(checked, found))
    if checked.catalogue and checked.catalogue.site.rehearsal and checked.exit_code != PermanenceError.exit_code:
        session.say("a rehearsal: until base_url is set in content/site.yaml, nothing is final")
    click.get_current_context().exit(checked.exit_code)


def _of_theme(root: Path, checked: Checked) -> tuple[Problem, ...]:
    """What the translations of the pages' own words lack."""
    if checked.catalogue is None:
        return ()
    site = checked.catalogue.site
    try:
        theme = load_theme(site.theme, root, *checked.catalogue.look.themes[1:])
    except ThemeError:
        return ()  # told already
    found = {
        problem
        for number, tag in enumerate(site.languages)
        for problem in theme.translation_warnings(tag, checked.places.get(f"site.languages.{number}", _SITE))
    }
    return tuple(sorted(found))


def _as_line(problem: Problem) -> str:
    severity = click.style(problem.severity, fg=_COLOURS[problem.severity], bold=True)
    return f"{problem.place}: {severity}: {_sentence(problem)}"


def _sentence(problem: Problem) -> str:
    return f"{problem.what}; {problem.mend}" if problem.mend else problem.what


def _as_annotation(root: Path, problem: Problem) -> str:
    """A workflow command of GitHub Actions; its paths are from the checked-out repository."""
    place = problem.place
    repository = os.environ.get("GITHUB_WORKSPACE") or os.getcwd()
    path = Path(os.path.relpath(root / place.path, repository)).as_posix()
    where = {"file": path} | ({"line": str(place.line), "col": str(place.column or 1)} if place.line else {})
    fields = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in where.items())
    return f"::{problem.severity} {fields}::{_escaped(_sentence(problem))}"


def _escaped(text: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _as_json(checked: Checked, found: tuple[Problem, ...]) -> str:
    badges, awards = _contents(checked)
    errors, warnings = _tally(found)
    problems = [
        {
            "path": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "severity": problem.severity,
            "what": problem.what,
            "mend": problem.mend,
        }
        for problem in found
    ]
    counts = {"badges": badges, "awards": awards, "errors": errors, "warnings": warnings}
    return json.dumps({"version": VERSION, "counts": counts, "problems": problems}, ensure_ascii=False, indent=2)


def _contents(checked: Checked) -> tuple[int, int] | tuple[None, None]:
    if checked.catalogue is None:
        return None, None
    return len(checked.catalogue.badges), sum(1 for _ in checked.catalogue.each_award())


def _tally(found: tuple[Problem, ...]) -> tuple[int, int]:
    errors = sum(problem.severity == "error" for problem in found)
    return errors, len(found) - errors


def _summary(checked: Checked, found: tuple[Problem, ...]) -> str:
    errors, warnings = _tally(found)
    outcome = f"{_number(errors, 'problem')}, {_number(warnings, 'warning')}"
    badges, awards = _contents(checked)
    if badges is None or awards is None:
        return outcome
    return f"{_number(badges, 'badge')}, {_number(awards, 'award')}: {outcome}"


def _number(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
