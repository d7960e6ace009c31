"""`badgesite diff`: what a build would change of what is published, before it does."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import click

from badgesite import writer
from badgesite.commands.console import Session, day, number, processes, quiet_option
from badgesite.commands.publishing import stays_at
from badgesite.diff import Difference, Part, difference
from badgesite.earlier import Earlier, in_folder, online
from badgesite.errors import PermanenceError, UsageError

VERSION = 1
_TOLD = 12  # names in a line
_PAGES_LIMIT = 1_000_000_000  # bytes; what GitHub Pages takes
_MANIFEST_LIMIT = 200_000_000
_WORDS = {"new": "new", "changed": "changed", "redrawn": "drawn anew", "lost": "LOST"}


@click.command(short_help="Say what a build would change of what is published.")
@click.option("--against", metavar="DIR|URL", help="Compare with another folder, or a site online.  [default: site]")
@click.option("--as-of", type=day, metavar="DATE", help="As of this day (UTC).  [default: today]")
@click.option("--drafts", is_flag=True, help="Take what is not signed yet as not issued, as `build --drafts` does.")
@click.option("--base", metavar="URL", help="Of what stays at this former address: see docs/moving-house.md.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--jobs", type=number(1, 64), metavar="N", help="At most N processes.  [default: one per processor]")
@quiet_option
@click.pass_obj
def command(
    session: Session,
    against: str | None,
    as_of: date | None,
    drafts: bool,
    base: str | None,
    as_json: bool,
    jobs: int | None,
) -> None:
    """Say what a build would add, change and lose, whose names it would publish, and how much it weighs.

    Nothing is written. It is compared with the last output in site/, with another folder, or with a site online, of
    which only what anyone may find is known. Ends with 0, or with 5 if something published would be lost.

    \b
    badgesite diff
    badgesite diff --against https://badges.example.edu/
    """
    base = base and base.rstrip("/") + "/"
    earlier = _earlier(session, against, f"site-{urlsplit(base).netloc}" if base else "site")
    when = as_of or datetime.now(UTC).date()
    found = difference(
        session.root, earlier, when, drafts=drafts, base=base, jobs=jobs or processes(), progress=session.progress
    )
    for line in [_as_json(found)] if as_json else _told(found):
        session.fact(line)
    if found.weight.size > _PAGES_LIMIT:
        session.warn(f"the site has {_size(found.weight.size)}, and GitHub Pages takes 1 GB; use another host")
    click.get_current_context().exit(PermanenceError.exit_code if found.lost else 0)


def _earlier(session: Session, against: str | None, output: str) -> Earlier:
    """What to compare with, by default what `build` wrote; UsageError for a folder that was named and is not there."""
    if against and against.lower().startswith(("https:", "http:")):
        from badgesite.network.fetching import Limits, Network

        network = Network(limits=Limits(size=_MANIFEST_LIMIT, seconds=60, all_seconds=120))
        return online(against, network.fetch)
    folder = Path(against) if against else session.root / output
    if against and not folder.exists():
        raise UsageError(f'there is no folder "{against}"; name one, or an address that begins with https://')
    return in_folder(folder, writer.kept(folder))


def _told(found: Difference) -> Iterator[str]:
    """The difference in lines for people."""
    nothing = len(tuple(_changes(found))) == 0
    yield f"compared with {found.against}:{' nothing would change' if nothing else ''}"
    yield from _changes(found)
    if found.unseen:
        yield _unseen(found)
    weight = found.weight
    before = f", was {_size(weight.before[1])}" if not found.unseen and weight.before[0] else ""
    yield f"weight: {weight.files:,} files, {_size(weight.size)}{before}"
    if weight.biggest:
        yield f"biggest: {', '.join(f'{path} ({_size(size)})' for path, size in weight.biggest)}"
    for base, awards in found.stays.items():
        yield stays_at(base, awards)
    for path in found.lost[:_TOLD]:
        yield f"would be lost: {path}"
    if (more := len(found.lost) - _TOLD) > 0:
        yield f"would be lost: {more} more"


def _changes(found: Difference) -> Iterator[str]:
    for kind in ("badge", "issuer", "page"):
        yield from _lines(f"{kind}s", found.parts[kind])
    for slug, part in islice(found.batches.items(), _TOLD):
        yield f"awards in {slug or 'no batch'}: {_counts(part)}"
    if (more := len(found.batches) - _TOLD) > 0:
        yield f"awards in {more} more batches, so in all: {_counts(found.parts['award'])}"
    for label, keys in (("keys that come", found.keys[0]), ("keys that go", found.keys[1])):
        if keys:
            yield f"{label}: {', '.join(keys)}"
    for label, listed in (
        ("names that become visible", False),
        ("names that come into lists, for anyone to find", True),
    ):
        names = [f"{each.name} ({each.award})" for each in found.names if each.listed is listed]
        if names:
            yield f"{label}: {len(names)}: {_some(names)}"
    yield from _lines("other files", found.other)


def _counts(part: Part) -> str:
    return ", ".join(f"{len(names)} {word}" for word, names in _events(part))


def _lines(label: str, part: Part) -> Iterator[str]:
    for word, names in _events(part):
        yield f"{label} {word}: {len(names)}: {_some(names)}"


def _events(part: Part) -> Iterator[tuple[str, tuple[str, ...]]]:
    for field, word in _WORDS.items():
        if names := getattr(part, field):
            yield word, names


def _some(names: list[str] | tuple[str, ...]) -> str:
    more = len(names) - _TOLD
    return ", ".join(names[:_TOLD]) + (f" and {more} more" if more > 0 else "")


def _unseen(found: Difference) -> str:
    if found.same_awards:
        return "awards: all are online as they would be, to the byte"
    return (
        "awards: some differ from what is online; which, only those in public lists can tell, as no other is in any "
        "list: compare with the folder that was published"
    )


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 1_000_000 else f"{-(-size // 1000)} kB"


def _as_json(found: Difference) -> str:
    def part(each: Part) -> dict[str, list[str]]:
        return {field: list(getattr(each, field)) for field in _WORDS}

    document = {
        "version": VERSION,
        "against": found.against,
        **{f"{kind}s": part(each) for kind, each in found.parts.items()},
        "batches": {slug: part(each) for slug, each in found.batches.items()},
        "other": part(found.other),
        "keys": {"new": list(found.keys[0]), "lost": list(found.keys[1])},
        "names": [{"award": each.award, "name": each.name, "listed": each.listed} for each in found.names],
        "lost": list(found.lost),
        "stays": dict(found.stays),
        "weight": {
            "files": found.weight.files,
            "bytes": found.weight.size,
            "before": None if found.unseen else dict(zip(("files", "bytes"), found.weight.before, strict=True)),
            "biggest": [{"path": path, "bytes": size} for path, size in found.weight.biggest],
        },
        "unlisted_awards": ("same" if found.same_awards else "unknown") if found.unseen else "compared",
    }
    return json.dumps(document, ensure_ascii=False, indent=2)
