"""`badgesite init`: a working site to start from."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

import badgesite
from badgesite.commands.asking import Asking
from badgesite.commands.console import Session, quiet_option
from badgesite.errors import UsageError
from badgesite.init import Answers, checked, first_files
from badgesite.model.site import Visibility
from badgesite.starter.pins import pins
from badgesite.starter.placing import place

_TAGGED = re.compile(r"([a-z]{2,3}(?:-[a-z0-9]{2,8})*)=(.*)", re.DOTALL)


@click.command(short_help="Make a working site.")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option("--title", multiple=True, metavar="TEXT", help="The site's name; LANGUAGE=TEXT for each of several.")
@click.option(
    "--language",
    multiple=True,
    metavar="TAG",
    help="A language; repeat it, the main one first.  [default: it on a machine that speaks Italian, else en]",
)
@click.option("--issuer-name", multiple=True, metavar="TEXT", help="Who awards; LANGUAGE=TEXT for each of several.")
@click.option("--issuer-url", metavar="URL", help="The institution's website.")
@click.option("--issuer-email", metavar="ADDRESS", help="An address to write to; it is published.")
@click.option("--base-url", metavar="URL", help="Where the site will be published; permanent, best decided later.")
@click.option(
    "--visibility", type=click.Choice(["unnamed", "unlisted", "public"], False), help="Who sees holders' names."
)
@click.option("--basis", metavar="TEXT", help="The document on whose ground names are shown.")
@click.option(
    "--sign/--no-sign",
    "signs",
    default=None,
    help="Whether awards are signed too, as Open Badges 3.0.  [default: sign]",
)
@click.option("--yes", "-y", is_flag=True, help="Ask nothing; take the defaults for what is not given.")
@quiet_option
@click.pass_obj
def command(session: Session, /, folder: Path | None, yes: bool, **given: Any) -> None:
    """Make a working site in DIR (this folder if none is named): one issuer, two badges, a workflow for GitHub Pages.

    On a terminal it asks a few questions. The site is a rehearsal until it is told its address.

    \b
    badgesite init my-badges
    badgesite init my-badges --language it --language en --issuer-name "Università di Esempio" --yes
    """
    target = session.root / (folder or "")
    packages = pins("badgesite")
    answers = checked(_answers(given, Asking(sys.stdin.isatty() and not yes)))
    kept = place(target, first_files(answers, _example(), packages))
    for path in kept:
        session.warn(f"{path} was there already and is as it was")
    if any(line.startswith("badgesite==") for line in packages):
        what = f"requirements.txt names badgesite {badgesite.__version__}"
        session.say(f"{what}; if no package index has that, write its Git address there, as its first lines say")
    _tell(session, target, answers)


def _answers(given: Mapping[str, Any], ask: Asking) -> Answers:
    languages = _tags(given["language"]) or ask.languages()
    title = _by_language(given["title"], languages) or ask.title(languages)
    name = _by_language(given["issuer_name"], languages) or ask.issuer_name(languages)
    url = ask.issuer_url() if given["issuer_url"] is None else given["issuer_url"]
    email = ask.issuer_email() if given["issuer_email"] is None else given["issuer_email"]
    base_url = given["base_url"] or ask.base_url()
    basis = given["basis"] or (None if given["visibility"] else ask.basis())
    visibility: Visibility = given["visibility"] or ("unlisted" if basis else "unnamed")
    signs = ask.signs() if given["signs"] is None else given["signs"]
    return Answers(languages, title, name, url, email, base_url, visibility, basis, signs)


def _tags(given: tuple[str, ...]) -> tuple[str, ...]:
    """The languages of an option, which may also stand together: it,en."""
    return tuple(tag for words in given for tag in words.replace(",", " ").split())


def _by_language(given: tuple[str, ...], languages: tuple[str, ...]) -> dict[str, str]:
    """The texts of an option by language: one without a language is for all that have none of their own."""
    texts: dict[str, str] = {}
    for words in given:
        tagged = _TAGGED.fullmatch(words)
        language, text = (tagged[1], tagged[2]) if tagged else ("", words)
        if language and language not in languages:
            raise UsageError(f'"{words}" is in none of the site\'s languages; add --language {language}')
        if language in texts:
            raise UsageError(f'"{text}" is one text too many; write LANGUAGE=TEXT for each language')
        texts[language] = text
    if texts and not texts.keys() & {"", languages[0]}:
        raise UsageError(f'a text is missing in "{languages[0]}", the first language; give {languages[0]}=TEXT too')
    both = {language: texts.get(language, texts.get("")) for language in languages}
    return {language: text for language, text in both.items() if text is not None}


def _example() -> Path:
    """The content of the example: in a wheel among our data, in a checkout beside the package."""
    package = Path(badgesite.__file__).resolve().parent
    return next(path for path in (package / "data" / "content", package.parent / "content") if path.is_dir())


def _tell(session: Session, target: Path, answers: Answers) -> None:
    here = target.resolve() == Path.cwd().resolve()
    session.say("A site is ready." if here else f"A site is ready in {target}.")
    for command_line, what in (
        *(() if here else ((f'cd "{target}"' if " " in str(target) else f"cd {target}", "go there"),)),
        ("badgesite serve", "look at it"),
        ("badgesite new badge my-badge", "add a badge of your own"),
        *_steps(answers),
    ):
        session.say(f"  {command_line:<44} {what}")
    session.say("README.md says how to publish it.")


def _steps(answers: Answers) -> tuple[tuple[str, str], ...]:
    """What comes after a look around: a rehearsal, or, where the address is known, awards that are final."""
    git = ("git init", "keep its history: what is published comes from Git")
    if not answers.base_url:
        return (("badgesite award english-b2 ada@example.org", "rehearse an award"), git)
    check = ("badgesite check", "see what is still an example, while that can be changed")
    lock = ("badgesite lock", "note what is published: from then on it is permanent")
    award = ("badgesite award english-b2 ../people.csv", "record awards for a list of people")
    if not answers.signs:
        return (git, check, lock, award)
    keys = (f"badgesite keys new {answers.issuer}", "make the keys that awards are signed with, once")
    return (git, keys, check, lock, award, ("badgesite sign", "sign them, when somebody has looked at them again"))
