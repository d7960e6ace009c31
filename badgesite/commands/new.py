"""`badgesite new`: a badge, an issuer or a language to fill in."""

from difflib import get_close_matches
from pathlib import Path

import click

from badgesite.commands.console import Session, quiet_option
from badgesite.content.languages import unknown_language
from badgesite.content.reading import read_or_raise
from badgesite.errors import UsageError
from badgesite.files import write_whole
from badgesite.model.text import LANGUAGE, UNWRITTEN
from badgesite.new import Wanted, badge_files, issuer_files, put
from badgesite.pages.dates import own_name
from badgesite.pages.look.translation import begun
from badgesite.pages.theme import DEFAULT, translation_path, translations
from badgesite.pages.wording import SOURCE_LANGUAGE
from badgesite.starter.words import slug_of

_ELSEWHERE = {
    "award": "awards are made by `badgesite award`",
    "batch": "awards are made by `badgesite award`",
    "page": "a page is a file that you write: content/pages/about.md",
    "site": "a site is made by `badgesite init`",
    "key": "keys are made by `badgesite keys new`",
}


class _Nouns(click.Group):
    """What can be new; for other things, where they come from."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command for a noun; UsageError if there is none."""
        word = args[0].lower()
        if self.get_command(ctx, args[0]) is None and not word.startswith("-"):
            near = get_close_matches(word, self.list_commands(ctx), 1)
            guess = f'did you mean "{near[0]}"?' if near else "say badge, issuer or language"
            mend = _ELSEWHERE.get(word.removesuffix("s"), guess)
            raise UsageError(f'"{args[0]}" is nothing that `badgesite new` makes; {mend}')
        return super().resolve_command(ctx, args)


@click.group(cls=_Nouns, short_help="Add a badge, an issuer or a language to fill in.")
def command() -> None:
    """Add a badge, an issuer or a language of the pages to fill in: valid from the first moment, with its texts marked.

    \b
    badgesite new badge first-aid
    badgesite new issuer medical-school
    badgesite new language de
    """


@command.command(short_help="Write a badge, and a picture beside it.")
@click.argument("words", metavar="SLUG", nargs=-1)
@click.option("--issuer", metavar="SLUG", help="Who awards it; needed when the site has several issuers.")
@click.option("--folder", metavar="NAME", help="A folder below content/badges, for your own order.")
@click.option("--replaces", metavar="SLUG", help="An earlier badge that it takes the place of; begins as its copy.")
@click.option("--from", "copy_of", metavar="SLUG", help="A badge to begin as a copy of.")
@quiet_option
@click.pass_obj
def badge(
    session: Session,
    words: tuple[str, ...],
    issuer: str | None,
    folder: str | None,
    replaces: str | None,
    copy_of: str | None,
) -> None:
    """Write a badge named SLUG, and a picture beside it; the slug is its address, and permanent once published.

    \b
    badgesite new badge english-c1 --folder language
    badgesite new badge english-b2-2027 --replaces english-b2
    """
    wanted = Wanted(_slug(words, "badge", "first-aid"), issuer, folder, replaces, copy_of)
    _write(session, badge_files(session.root, read_or_raise(session.root, drafts=True), wanted))


@command.command(short_help="Write an issuer.")
@click.argument("words", metavar="SLUG", nargs=-1)
@quiet_option
@click.pass_obj
def issuer(session: Session, words: tuple[str, ...]) -> None:
    """Write an issuer named SLUG; the slug is its address, and permanent once published.

    \b
    badgesite new issuer medical-school
    """
    slug = _slug(words, "issuer", "medical-school")
    _write(session, issuer_files(session.root, read_or_raise(session.root, drafts=True), slug))


@command.command(short_help="Write a translation of the pages' own words to fill in.")
@click.argument("tag")
@quiet_option
@click.pass_obj
def language(session: Session, tag: str) -> None:
    """Write the file in which the pages' own words are translated to the language TAG, in the theme of the site.

    If it is there, what this version of badgesite says besides is added to it, and nothing that you wrote is lost.

    \b
    badgesite new language de
    """
    if not LANGUAGE.fullmatch(tag):
        raise UsageError(f'"{tag}" is no language tag; write one in small letters, like de or pt-br')
    catalogue = read_or_raise(session.root, drafts=True).catalogue
    fault = unknown_language(tag)
    if fault and not (catalogue and tag in catalogue.site.languages):
        raise UsageError("; ".join(fault))
    theme, *parents = catalogue.look.themes if catalogue else (DEFAULT,)
    path = f"themes/{theme}/{translation_path(tag)}"
    file = session.root / path
    old = (path, file.read_bytes()) if file.is_file() else None
    found = begun(tag, own_name(tag), translations(theme, session.root, SOURCE_LANGUAGE, *parents), old)
    write_whole(file, found.data)
    session.fact(path)
    session.say(f"{found.empty} of {found.messages} messages are to be translated; what is empty is said in English")
    if catalogue and tag not in catalogue.site.languages:
        session.say(f"add {tag} to languages in content/site.yaml, then see what `badgesite check` says")


def _slug(words: tuple[str, ...], kind: str, example: str) -> str:
    """The one word that names what is to be made; UsageError for none, or for several."""
    if not words:
        raise UsageError(f"the {kind} needs a name, like `badgesite new {kind} {example}`")
    if len(words) > 1:
        said = " ".join(words)
        mend = f"`badgesite new {kind} {slug_of(said) or example}`"
        raise UsageError(
            f'the name in the address is one word: {mend}; what people read, "{said}", is name: in its file'
        )
    return words[0]


def _write(session: Session, files: dict[str, bytes]) -> None:
    put(session.root, files)
    for path in files:
        session.fact(path)
    if any(UNWRITTEN.encode() in data for path, data in files.items() if Path(path).suffix == ".yaml"):
        session.say(f"write the texts that begin with {UNWRITTEN}, then see what `badgesite check` says")
    else:
        session.say("change what is different, then see what `badgesite check` says")
