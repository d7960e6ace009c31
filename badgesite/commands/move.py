"""`badgesite move`: a badge under another name, whose old addresses go on answering."""

import click

from badgesite import move as story
from badgesite.commands.console import Session, quiet_option, sure
from badgesite.content.reading import read, read_or_raise
from badgesite.content.records.desk import alone_at
from badgesite.errors import UsageError

_NEVER = {
    "issuer": "an issuer never moves: its keys, and all that they signed, are in its name; change its name: instead",
    "page": "a page never moves: write a new one, and in the old one where it is",
    "award": "an award never moves: its address is on paper and in wallets; `badgesite change` corrects what it says",
    "batch": "a batch never moves: its name is in lock files; its file may go into any folder of content/awards/",
    "site": "a site that gets another address says formerly: in content/site.yaml; see docs/moving-house.md",
}


class _Nouns(click.Group):
    """What can be moved; of other things, why not."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command for a noun; UsageError if there is none."""
        word = args[0].lower()
        if self.get_command(ctx, args[0]) is None and not word.startswith("-"):
            singular = {"batches": "batch"}.get(word, word.removesuffix("s"))
            raise UsageError(_NEVER.get(singular, f'"{args[0]}" is nothing that moves; `badgesite move badge OLD NEW`'))
        return super().resolve_command(ctx, args)


@click.group(cls=_Nouns, short_help="Give a badge another name; its old addresses go on answering.")
def command() -> None:
    """Give a badge another name, while its old addresses go on answering.

    \b
    badgesite move badge english-b2 english-b2-2024
    """


@command.command(short_help="Rename a badge.")
@click.argument("old")
@click.argument("new")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@quiet_option
@click.pass_obj
def badge(session: Session, old: str, new: str, yes: bool) -> None:
    """Call the badge OLD by the name NEW: its file is renamed, and says `formerly`.

    The documents at the old address go on answering as they did, its page leads on to the new one, and all that was
    awarded keeps naming it as it was; later awards name it anew. The name OLD is never free again, so it asks first. If
    the file was renamed by hand already, this does the rest.

    \b
    Example:
      badgesite move badge english-b2 english-b2-2024
    """
    with alone_at(session.root):
        wanted = story.plan_move(session.root, read(session.root, drafts=True), old, new)
        what = f'the badge "{old}" would be called "{new}" for good, and the name "{old}" never be free again'
        if not sure(f"{what}. Rename it?", f"{what}; with --yes it is done", yes=yes):
            session.say("nothing renamed")
            return
        story.move(session.root, wanted)
        locked = story.lock(session.root, read_or_raise(session.root, drafts=True), wanted)
    for path in (wanted.target, *locked):
        session.fact(path)
    session.say(f'the badge "{old}" is called "{new}" now; its old addresses go on answering')
    if wanted.awards:
        awards = "1 award keeps" if wanted.awards == 1 else f"{wanted.awards} awards keep"
        session.say(f"{awards} naming it as it was when they were recorded")
    session.say("next: badgesite build, and commit content/")
