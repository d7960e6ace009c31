"""`badgesite serve`: the site on this machine, built again after each change."""

import signal
import webbrowser
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from badgesite.build import build
from badgesite.commands.console import Session, day, number, processes, quiet_option
from badgesite.content.folders import how_to_a_site
from badgesite.errors import OutputError
from badgesite.serve import serve


@click.command(short_help="Show the site on this machine, and again after each change.")
@click.option("--port", metavar="N", type=number(0, 65535), default=8000, help="0 takes any free one.  [default: 8000]")
@click.option("--open", "in_browser", is_flag=True, help="Open it in the browser.")
@click.option(
    "--as-of",
    metavar="DATE",
    type=day,
    help="The day as of which awards are valid or expired.  [default: today, UTC]",
)
@quiet_option
@click.pass_obj
def command(session: Session, port: int, in_browser: bool, as_of: date | None) -> None:
    """Show the site on this machine alone, build it again after each change, and reload the pages.

    Problems are shown in the page, over the last good one, until they are mended. Awards that are
    not signed yet are shown as not issued. Ctrl-C ends it; site/ stays as it is.
    In a rehearsal the pages show the port they are at; documents and pictures keep the address that `build` gives them.

    \b
    badgesite serve
    badgesite serve --port 8080 --open
    """
    if not (session.root / "content").is_dir():
        raise OutputError(f"{(session.root / 'content').as_posix()} is not there; {how_to_a_site(session.root)}")

    def ready(url: str) -> None:
        session.fact(url)
        session.say("Ctrl-C ends it.")
        if in_browser:
            webbrowser.open(url)

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), TemporaryDirectory(prefix="badgesite-", ignore_cleanup_errors=True) as folder:
        out, unsigned = Path(folder) / "site", 0

        def rebuild() -> str:
            nonlocal unsigned
            today = as_of or datetime.now(UTC).date()
            built = build(session.root, out, today, drafts=True, jobs=processes(), progress=session.progress)
            if built.drafts != unsigned:
                unsigned = built.drafts
                session.say(_of_unsigned(unsigned))
            return built.base

        serve(session.root, out, port, rebuild, ready, session.say)


def _of_unsigned(number: int) -> str:
    if not number:
        return "all awards are signed as recorded"
    awards = "1 award is" if number == 1 else f"{number} awards are"
    return f"{awards} not signed as recorded: shown as not issued, or not as issued"
