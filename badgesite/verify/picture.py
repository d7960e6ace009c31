"""A picture with a badge of each standard: both must be of one award, or what is valid of one is read into the other.

Each report says so in its step `readable`. Titles may be in two languages, so it is only told that they differ. Holders
are compared as far as both badges let anybody: two hashes with different salts tell nothing, and then that is said.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from badgesite.verify.badge import Badge
from badgesite.verify.case import Remembered
from badgesite.verify.ob2.documents import Document, Documents
from badgesite.verify.recipient import same_holder
from badgesite.verify.report import Check, Report, Subject
from badgesite.verify.words import is_beside, quoted

_UNTOLD = "nobody can tell whether the other badge in it is of the same person"


def of_one_award(
    badges: Sequence[Badge], reports: Sequence[Report], fetch: Remembered, what: str = "the picture carries"
) -> tuple[Report, ...]:
    """The reports of all badges in one picture; of one that carries two awards, each says that it is not readable.

    The same goes for the page of an award: `what` says what has two.
    """
    if len(reports) != 2:
        return tuple(reports)
    same = _same_holder(badges, reports, fetch)
    differ = [*_publishers(reports[0].subject, reports[1].subject), *(["whose they are"] if same is False else ())]
    if differ:
        words = f"{what} badges of two awards, which differ in {' and in '.join(differ)}"
        return tuple(_with(report, Check("readable", "failed", words, "mismatch")) for report in reports)
    remarks = ["" if same else f"; {_UNTOLD}"] * 2
    titles = [report.subject.title for report in reversed(reports)]
    if all(titles) and titles[0].casefold() != titles[1].casefold():
        called = (f"; the other badge in it is called {quoted(title)}" for title in titles)
        remarks = [title + said for title, said in zip(called, remarks, strict=True)]
    return tuple(_with(each, _remarked(each.checks[0], said)) for each, said in zip(reports, remarks, strict=True))


def _remarked(readable: Check, said: str) -> Check:
    return replace(readable, words=f"{readable.words}{said}")


def _with(report: Report, readable: Check) -> Report:
    return replace(report, checks=(readable, *report.checks[1:]))


def _publishers(one: Subject, other: Subject) -> Iterator[str]:
    if one.domain and other.domain and not is_beside(one.domain, other.domain):
        yield f"who publishes them ({one.domain} and {other.domain})"


def _same_holder(badges: Sequence[Badge], reports: Sequence[Report], fetch: Remembered) -> bool | None:
    """Whether both are of the same person; None if nobody can tell."""
    told = {check.outcome for report in reports for check in report.checks if check.step == "recipient"}
    if {"passed", "failed"} <= told:
        return False
    return True if told == {"passed"} else same_holder(*(_document(badge, fetch) for badge in badges))


def _document(badge: Badge, fetch: Remembered) -> Document:
    """What counts: of a hosted badge what its host serves, if that was read."""
    served = Documents(fetch.known)(badge.id) if badge.form == "ob2" else None
    return served if isinstance(served, Mapping) and served.get("revoked") is not True else badge.document
