"""`badgesite verify`: the clock, the network and the printing, for verify/."""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

import click
from pydantic_core import PydanticCustomError

from badgesite.commands.console import Session, day, number, processes, quiet_option
from badgesite.commands.reports import lines_of, object_of
from badgesite.errors import FetchError, OutputError, UsageError
from badgesite.lists.addresses import read_address
from badgesite.lists.named import is_award
from badgesite.model.site import REHEARSAL_BASE
from badgesite.network.fetching import Network
from badgesite.served import Fetch, Served
from badgesite.verify.award_page import badges_at
from badgesite.verify.badge import UnreadableError, read_badges
from badgesite.verify.case import Remembered
from badgesite.verify.picture import of_one_award
from badgesite.verify.report import Report
from badgesite.verify.sites.folder import open_folder
from badgesite.verify.sites.manifest import altered
from badgesite.verify.sites.site import Verdict, counts, lost_awards, order_of, verdicts
from badgesite.verify.verifying import unreadable, verify
from badgesite.verify.words import plain

VERSION = 1
FAILED, OUT_OF_REACH = 1, 3
_LARGEST = 16 * 1024 * 1024
_WORDS = 2000  # characters of a fault that are printed
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)
_ENDINGS = (".png", ".svg", ".json", ".jsonld", ".jwt", ".txt", ".html", ".zip", ".pdf", ".jpg")
_LAST_SECOND = time(23, 59, 59, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every badge: as of when, whose it should be, and whether the network may be used."""

    now: datetime
    email: str | None
    offline: bool


@dataclass(slots=True)
class Told:
    """What was found, badge by badge and site by site."""

    reports: list[Report] = field(default_factory=list)
    sites: list[dict[str, object]] = field(default_factory=list)
    faults: int = 0
    missing: list[str] = field(default_factory=list)
    unread: int = 0  # folders that are no site

    @property
    def exit_code(self) -> int:
        """1 if something failed; else 3 if something was out of reach; 1, too, for what is not known otherwise.

        Only what is not known because no host was to be asked ends with 0, as what is valid does.
        """
        if self.faults or any(report.failed for report in self.reports):
            return FAILED
        if self.unread or self.missing or any(report.out_of_reach for report in self.reports):
            return OUT_OF_REACH
        return FAILED if any(report.open and not report.unasked for report in self.reports) else 0


@click.command(short_help="Say whether a badge is genuine and valid, and whose it is: any badge.")
@click.argument("things", metavar="FILE|IMAGE|URL|DIR...", nargs=-1, required=True)
@click.option("--email", metavar="ADDRESS", help="Whether it is of the holder of this address; - reads it from stdin.")
@click.option("--offline", is_flag=True, help="Ask no host: what would need one is not checked.")
@click.option("--as-of", "as_of", type=day, metavar="DATE", help="As of the end of this day (UTC).  [default: now]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--jobs",
    type=number(1, 64),
    metavar="N",
    help="Verify a site in at most N processes.  [default: one per processor]",
)
@quiet_option
@click.pass_obj
def command(
    session: Session,
    things: tuple[str, ...],
    email: str | None,
    offline: bool,
    as_of: date | None,
    as_json: bool,
    jobs: int | None,
) -> None:
    """Verify badges of any maker, step by step: Open Badges 2.0 and 3.0, from JSON, a JWT, a PNG, an SVG or an address.

    A folder is taken for a site that `badgesite build` made: all its awards are verified, without any network. Ends
    with 0 if it is valid, with 1 if something failed or is not known, with 3 if a file or host was out of reach.

    \b
    badgesite verify badge.png
    badgesite verify https://badges.example.edu/awards/3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11/
    badgesite verify badge.png --email ada@example.org
    badgesite verify site/
    """
    moment = datetime.combine(as_of, _LAST_SECOND) if as_of else _now()
    question = Question(moment, _address(email, things), offline)
    told = Told()
    _require_sense(things, question)
    for thing in things:
        if Path(thing).is_dir():
            _tell_site(session, told, Path(thing), question, jobs or processes(), as_json)
        else:
            _tell(session, told, thing, question, as_json)
    if as_json:
        badges = [object_of(each) for each in told.reports]
        found = {"version": VERSION, "badges": badges, "sites": told.sites, "missing": told.missing}
        session.fact(json.dumps(found, indent=2))
    click.get_current_context().exit(told.exit_code)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _address(email: str | None, things: tuple[str, ...]) -> str | None:
    """The address to compare with, which is never printed."""
    if email == "-":
        if "-" in things:
            raise UsageError("standard input cannot be the badge and the address at once; name a file")
        email = sys.stdin.readline().strip()
    try:
        sound = email is None or read_address(email) == email.strip().lower()
    except PydanticCustomError:
        sound = False
    if not sound:
        raise UsageError("--email: that is no e-mail address; write one alone, like name@example.org")
    return email


def _require_sense(things: tuple[str, ...], question: Question) -> None:
    """UsageError for what cannot be asked of one of these, before anything is said of the others."""
    for thing in things:
        if question.offline and _is_address(thing):
            raise UsageError(f"--offline asks no host; name a file instead of {thing}")
        if question.email is not None and Path(thing).is_dir():
            raise UsageError("--email asks of one badge whose it is; `badgesite find` looks through all awards")


def _is_address(thing: str) -> bool:
    return thing.lower().startswith(("https://", "http://"))


def _tell(session: Session, told: Told, thing: str, question: Question, as_json: bool) -> None:
    """Verify what one word of the command line names, and print it."""
    for report in _reports(session, told, thing, question):
        if told.reports and not as_json:
            session.fact("")
        told.reports.append(report)
        for line in () if as_json else lines_of(report):
            session.fact(line)


def _reports(session: Session, told: Told, thing: str, question: Question) -> Iterator[Report]:
    """A report of each badge in it; none of a file that is not there, which is told, and the next is verified."""
    ask: Fetch = _nobody if question.offline else Network().fetch
    fetch = Remembered(ask, _now)
    try:
        badges = badges_at(thing, fetch) if _is_address(thing) else read_badges(_read(thing))
    except FileNotFoundError:
        told.missing.append(thing)
        session.warn(plain(f"there is no file {thing}{_hint(thing)}", _WORDS))
        return
    except (UnreadableError, FetchError) as error:
        yield unreadable(error, thing)
        return
    found = [verify(badge, fetch=fetch, now=question.now, email=question.email, name=thing) for badge in badges]
    pictured = badges[0].carrier in ("png", "svg")
    yield from of_one_award(badges, found, fetch, "the picture carries" if pictured else "the page names")


def _hint(thing: str) -> str:
    """What somebody meant, perhaps, who named a file that is not there."""
    if is_award(thing):
        return f"; it looks like an award's id: `badgesite find {thing}` says its address; add badge.png to that"
    host = thing.partition("/")[0]
    if _HOST.fullmatch(host) and ("/" in thing or not host.lower().endswith(_ENDINGS)):
        return f"; if it is at a host, write https://{thing}"
    return "; look at its path"


def _nobody(address: str) -> Served:
    raise FetchError(address, "offline", "no host is asked with --offline")


def _read(name: str) -> bytes:
    """A file's bytes; one that cannot be read is out of reach, as a host may be. FileNotFoundError for none."""
    try:
        data = sys.stdin.buffer.read(_LARGEST + 1) if name == "-" else _beginning(Path(name))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise FetchError(name, "unreachable", (error.strerror or str(error)).lower()) from error
    if len(data) > _LARGEST:
        raise UnreadableError(f"the file is larger than {_LARGEST // 1024 // 1024} MB, which no badge is")
    return data


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_LARGEST + 1)


def _tell_site(session: Session, told: Told, root: Path, question: Question, jobs: int, as_json: bool) -> None:
    """Verify a built site: how many awards are in each state, and everything that is wrong."""
    try:
        folder = open_folder(root)
    except OutputError as error:
        told.unread += 1
        told.sites.append({"name": str(root), "base": "", "awards": 0, "faults": [str(error)]})
        session.warn(plain(str(error), _WORDS))
        return
    found = list[Verdict]()
    order = order_of(folder, question.now)
    with session.progress("verifying", len(folder.awards())) as advance:
        for verdict in verdicts(order, jobs):
            found.append(verdict)
            advance(1)
    faults = [*lost_awards(order), *(fault for verdict in found for fault in verdict.faults), *altered(folder)]
    told.faults += len(faults)
    states = {str(state): count for state, count in counts(found).items()}
    told.sites.append({"name": str(root), "base": folder.base, "awards": len(found), **states, "faults": faults})
    if as_json:
        return
    for fault in faults:
        session.fact(plain(f"{root.as_posix().rstrip('/')}/{fault}", _WORDS))
    said = ", ".join(f"{count} {state}" for state, count in states.items())
    awards = f"{len(found)} award{'' if len(found) == 1 else 's'}"
    session.fact(f"{root.as_posix()}: {awards}{f': {said}' if said else ''}")
    if folder.base == REHEARSAL_BASE:
        session.warn(f"{root.as_posix()} is a rehearsal at {folder.base}: its badges are valid nowhere else")
