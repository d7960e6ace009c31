"""How commands speak: facts on stdout, talk on stderr, and a bar on a terminal for what takes long."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from badgesite.errors import UsageError

_YES, _NO = ("y", "yes", "s", "si", "sì", "si\u0300"), ("n", "no")
_MOST_PROCESSES = 8  # beyond these the disk is the slower one, and each costs memory


@dataclass(frozen=True, slots=True)
class Session:
    """What every command needs to know: the site's folder, and whether to keep quiet."""

    root: Path
    quiet: bool = False

    def fact(self, line: str) -> None:
        """Print what was asked for, on stdout."""
        click.echo(line)

    def say(self, line: str) -> None:
        """Tell what happens, on stderr, unless asked to be quiet."""
        if not self.quiet:
            click.echo(line, err=True)

    def warn(self, line: str) -> None:
        """Tell what a person should look at, on stderr, quiet or not."""
        click.echo(f"warning: {line}", err=True)

    @contextmanager
    def progress(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        """A bar on stderr if it is a terminal; gives a function that takes how many more are done."""
        if self.quiet or not sys.stderr.isatty() or total < 1:
            yield lambda done: None
            return
        with click.progressbar(length=total, label=label, file=sys.stderr) as bar:
            yield bar.update


def confirmed(question: str, *, default: bool) -> bool:
    """Ask a person on stderr until the answer is yes or no, in English or Italian; Enter says `default`."""

    def read(said: str) -> str:
        word = said.strip().casefold()
        if word not in (*_YES, *_NO, ""):
            raise click.UsageError("answer y (s) or n")
        return word

    choices = "Y/n" if default else "y/N"
    word = click.prompt(f"{question} [{choices}]", default="", show_default=False, value_proc=read, err=True)
    return default if word == "" else word in _YES


def agreed(question: str, *, default: bool, yes: bool) -> bool:
    """Whether to go on: asked of a person on a terminal who has not said `yes`, and taken as said elsewhere."""
    return yes or not (sys.stdin.isatty() and sys.stderr.isatty()) or confirmed(question, default=default)


def sure(question: str, refusal: str, *, yes: bool) -> bool:
    """Whether to do what cannot be undone: a person says `yes`, or is asked; UsageError(`refusal`) if nobody is there.

    Enter says no.
    """
    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(refusal)
    return confirmed(question, default=False)


def day(text: str) -> date:
    """The type of an option that is a day, as YYYY-MM-DD; a usage error if the word is none."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter(f'"{text}" is not a day; write it as YYYY-MM-DD, like 2025-06-30') from None


def number(least: int, most: int) -> Callable[[str], int]:
    """The type of an option that is a whole number within bounds; a usage error if the word is none."""

    def read(text: str | int) -> int:
        digits = str(text)
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10 and least <= int(digits) <= most):
            raise click.BadParameter(f'"{digits}" is not a whole number from {least} to {most}; write digits alone')
        return int(digits)

    return read


def private_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --private, the argument `folder`, to a command."""
    return click.option(
        "--private",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="BADGESITE_PRIVATE",
        help="Where addresses and links go, outside Git; also $BADGESITE_PRIVATE.  [default: private]",
    )(command)


def writing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --dry-run, --yes and --private, the arguments `dry_run`, `yes` and `folder`, and --quiet to a command."""
    dry_run = click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
    yes = click.option("--yes", "-y", is_flag=True, help="Do not ask before writing.")
    return dry_run(yes(private_option(quiet_option(command))))


def quiet_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --quiet to a command that takes the session with `@click.pass_obj`."""

    def callback(context: click.Context, parameter: click.Parameter, value: bool) -> None:
        if value:
            context.obj = replace(context.obj, quiet=True)

    return click.option(
        "--quiet",
        "-q",
        is_flag=True,
        expose_value=False,
        is_eager=False,
        callback=callback,
        help="Say nothing but errors and what was asked for.",
    )(command)


def processes() -> int:
    """How many processes make a site, if nobody says: as many as the machine has processors, up to eight."""
    return min(os.cpu_count() or 1, _MOST_PROCESSES)
