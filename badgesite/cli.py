"""The `badgesite` command: finds the verb, and turns errors into messages and exit codes."""

import os
import re
import sys
import traceback
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

import click

from badgesite import __version__
from badgesite.commands.console import Session
from badgesite.errors import BadgesiteError

VERBS = (
    ("init", "Make a working site: one issuer, two badges, a workflow that publishes it."),
    ("new", "Add a badge or an issuer to fill in."),
    ("award", "Award a badge to the people of a list, or to one address."),
    ("check", "Say what is wrong with the content, and what could be better."),
    ("build", "Make the site from the content."),
    ("diff", "Say what a build would change of what is published, and what it would lose."),
    ("serve", "Show the site on this machine, and again after each change."),
    ("keys", "Make the keys that credentials are signed with, and say what they are."),
    ("sign", "Issue signed credentials for what is recorded: Open Badges 3.0."),
    ("revoke", "Take awards back, with a date and a reason."),
    ("change", "Correct or renew an award: result, validity, name, visibility, address."),
    ("erase", "Keep nothing of an award, or of all that somebody holds, but that it was erased."),
    ("find", "Say which awards are somebody's, or everybody's on a list."),
    ("notify", "Write a letter to each holder of a batch, ready to be sent by your mail program."),
    ("unbake", "Read the credentials out of a badge picture, anybody's."),
    ("verify", "Say whether a badge is genuine and valid: any badge, or a whole built site."),
    ("move", "Give a badge another name; its old addresses go on answering."),
    ("lock", "Record what is published, so that it never changes unseen."),
    ("schema", "Write the JSON Schema by which editors check and complete the files."),
)  # in the order in which one meets them; told here so that --help imports no verb

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)", re.DOTALL)  # as click says it
STOPPED = 130
BUG = 70


class Verbs(click.Group):
    """The verbs; each is imported when it is called, so that `--help` is there at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the verbs, in order."""
        return [verb for verb, _ in VERBS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb: `command` in badgesite/commands/<verb>.py."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found = import_module(f"badgesite.commands.{cmd_name}").command
        return found if isinstance(found, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with a line for each."""
        with formatter.section("Commands"):
            formatter.write_dl(VERBS)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that is called; UsageError with the nearest one if there is no such verb."""
        verbs = self.list_commands(ctx)
        if args[0] not in verbs and not args[0].startswith("-"):
            near = get_close_matches(args[0].lower(), verbs, n=1)
            mend = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(verbs)}"
            raise click.UsageError(f'"{args[0]}" is nothing that badgesite does; {mend}', ctx)
        return super().resolve_command(ctx, args)


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
    if os.environ.get("NO_COLOR"):
        context.color = False
    context.obj = Session(root)
    _finish_killed(context.obj)


def _finish_killed(session: Session) -> None:
    """What a build had committed when it was killed is put in place before anything else happens to the site."""
    if not any(session.root.glob(".*.badgesite/journal")):
        return
    from badgesite import writer

    for target in writer.unfinished(session.root):
        if writer.finish_killed(session.root, target):
            session.say(f"finished {target.as_posix()}/, which a build that was cut off had begun to put in place;")
            session.say("if the power had failed, run `badgesite build` too, which looks at every byte")


def main() -> None:
    """Run the command line; the exit code says how it went (docs/formats.md, Exit codes)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run())


def run(arguments: list[str] | None = None) -> int:
    """Run one command line, by default the process's own; every end becomes a message and an exit code."""
    try:
        code = badgesite.main(arguments, prog_name="badgesite", standalone_mode=False)
        sys.stdout.flush()
    except BadgesiteError as error:
        return _told(str(error), error.exit_code)
    except click.ClickException as error:
        _mended(error).show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _told("stopped; nothing is left half-written", STOPPED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has gone: nobody to tell
        return 1
    except OSError as error:
        return _told(_trouble(error), 3)
    except Exception:
        traceback.print_exc()
        return _told(
            f"this is a mistake in badgesite {__version__}, not in your files; "
            "please report it with the lines above (read them first: they may name files of yours)",
            BUG,
        )
    return code if isinstance(code, int) else 0


def _mended(error: click.ClickException) -> click.ClickException:
    """A fault in the words of a command line, with the mend that click leaves out."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if extra := _EXTRA.fullmatch(error.message):
        what = f'"{_without_addresses(extra[1])}" is more than this command takes'
        mend = "a name is one word, with hyphens in place of spaces (first-aid); anything else with spaces needs quotes"
        return click.UsageError(f"{what}; {mend}", context)
    if isinstance(error, click.NoSuchOption) and error.option_name in ("--site", "-C") and context:
        verb = context.command_path.partition(" ")[2]
        return click.UsageError(f"--site stands before the verb: badgesite --site FOLDER {verb}", context)
    return error


def _without_addresses(extra: str) -> str:
    """The words that are too many; one that may be an e-mail address is not repeated in a message."""
    return " ".join("..." if "@" in word else word for word in extra.split(" "))


def _told(message: str, code: int) -> int:
    click.echo(message, err=True)
    return code


def _trouble(error: OSError) -> str:
    what = (error.strerror or str(error) or type(error).__name__).lower()
    if isinstance(error, PermissionError):
        what += "; look at its permissions, and whether another program holds it"
    elif isinstance(error, NotADirectoryError):
        what += "; a file stands where a folder is needed: choose another place"
    return f"{Path(os.fsdecode(error.filename)).as_posix()}: {what}" if isinstance(error.filename, str) else what


if __name__ == "__main__":
    main()
