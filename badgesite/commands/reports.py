"""How a report of `verify` is printed: numbered steps for people, an object for software."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

import click

from badgesite.verify.report import Check, Outcome, Report
from badgesite.verify.words import host_of, plain, quoted

_MARKS: Mapping[Outcome, tuple[str, str, str]] = {
    "passed": ("✓", "passed", "green"),
    "failed": ("✗", "failed", "red"),
    "unchecked": ("–", "not checked", "yellow"),
}
_COLOURS = {"valid": "green", "unknown": "yellow"}
_WORDS = 2000  # characters of a sentence that are printed
_TITLE = 120


def lines_of(report: Report) -> Iterator[str]:
    """The answer, what the badge says of itself, and each step with its number."""
    colour = _COLOURS.get(report.answer, "red")
    headline = click.style(plain(report.headline, _WORDS), fg=colour, bold=True)
    yield f"{plain(report.name, _WORDS)}: {headline}"
    if said := _said(report):
        yield f"   it says: {said}"
    readable = any(check.outcome == "passed" for check in report.checks)
    for number, check in enumerate(report.checks if readable else report.checks[:1], 1):
        yield _step(number, check)
    if report.read:
        hosts = ", ".join(dict.fromkeys(plain(host_of(read.address)) for read in report.read))
        yield f"   {len(report.read)} {'file' if len(report.read) == 1 else 'files'} read from {hosts}"


def _step(number: int, check: Check) -> str:
    mark, word, colour = _MARKS[check.outcome]
    outcome = click.style(f"{mark} {word:<12}", fg=colour)
    return f"   {number} {check.step:<13} {outcome} {plain(check.words, _WORDS)}"


def _said(report: Report) -> str:
    subject = report.subject
    named = [quoted(subject.title, _TITLE), f"for {quoted(subject.holder)}" if subject.holder else ""]
    parts = (
        " ".join(filter(None, named)),
        f"awarded on {subject.awarded}" if subject.awarded else "",
        f"until {subject.until}" if subject.until else "",
        f"by {quoted(subject.issuer)}" if subject.issuer else "",
    )
    return ", ".join(filter(None, parts))


def object_of(report: Report) -> dict[str, object]:
    """The report for software, as docs/verifying.md describes it."""
    return {
        "name": report.name,
        "answer": report.answer,
        "headline": report.headline,
        "badge": asdict(report.subject),
        "checks": [{**asdict(check), "number": number} for number, check in enumerate(report.checks, 1)],
        "read": [{**asdict(read), "moment": read.moment.isoformat()} for read in report.read],
    }
