"""The `badgesite` command: finds the verb, and turns errors into messages and exit codes."""

import sys
from importlib import import_module
from pathlib import Path

import click

from badgesite import __version__
from badgesite.commands.console import Session
from badgesite.errors import BadgesiteError

VERBS = ("init", "new", "award", "check", "build", "serve", "unbake", "lock", "schema")


class Verbs(click.Group):
    """The verbs; each is imported when it is called, so that `--help` is there at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order in which one meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb: `command` in badgesite/commands/<verb>.py."""
        if cmd_name not in VERBS:
            return None
        found = import_module(f"badgesite.commands.{cmd_name}").command
        return found if isinstance(found, click.Command) else None


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="badgesite")
@click.option(
    "--site",
    "-C",
    "root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The site's folder, which holds content/.  [default: this folder]",
)
@click.pass_context
def badgesite(context: click.Context, root: Path) -> None:
    """Publish verifiable Open Badges from YAML in a Git repository.

    \b
    A first site:   badgesite init my-badges
    What to build:  badgesite build
    """
    context.obj = Session(root)


def main() -> None:
    """Run the command line; the exit code says how it went (PRODUCT.md section 4)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        badgesite(standalone_mode=True)
    except BadgesiteError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
