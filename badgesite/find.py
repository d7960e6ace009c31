"""The story of `find`: which awards are somebody's, with what a help desk or a Diploma Supplement says of each."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

from badgesite.content.records.private import Index, harmless
from badgesite.errors import Place
from badgesite.lists.holders import awards_of
from badgesite.lists.named import Named
from badgesite.lists.progress import Progress, silent
from badgesite.model.award import Award, Batch
from badgesite.model.badge import BadgeClass
from badgesite.model.catalogue import Catalogue
from badgesite.model.text import Text
from badgesite.plan import plan_of_batch


@dataclass(frozen=True, slots=True)
class Line:
    """One award, in words of one language; empty is what is not said of it."""

    award: str
    title: str
    issuer: str
    unit: str
    date: str
    state: str
    state_since: str
    valid_until: str
    name: str
    result: str
    credits: str
    ects: str
    eqf: str
    workload: str
    activity: str
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked for, where, and the awards; `asked` is the address or id as it was read.

    `erased` is the day on which the award of that id was erased.
    """

    place: Place
    asked: str
    lines: tuple[Line, ...]
    erased: date | None = None


def look_up(
    catalogue: Catalogue,
    asked: Sequence[Named],
    index: Index,
    as_of: date,
    language: str,
    progress: Progress = silent,
) -> tuple[Answer, ...]:
    """An answer to each question, in their order, the latest award first; of awards as they stand on a day."""
    theirs = awards_of(catalogue, [each.address for each in asked if each.address], index, progress)
    by_id = {award.id: (batch, award) for batch, award in catalogue.each_award()}
    answers = []
    for each in asked:
        found = theirs[each.address] if each.address else [by_id[each.award]] if each.award in by_id else []
        newest = sorted(found, key=lambda pair: pair[0].date, reverse=True)
        lines = tuple(_line(catalogue, *pair, as_of, language) for pair in newest)
        erased = catalogue.erased.get(each.award or "")
        day = erased.day if erased else None
        answers.append(Answer(each.place, each.address or each.award or "", lines, day))
    return tuple(answers)


def as_csv(answers: Sequence[Answer]) -> str:
    """Every award on a row, with the address it was asked for; for a spreadsheet, which takes no cell for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("asked", *(field.name for field in fields(Line))))
    for answer in answers:
        for line in answer.lines:
            writer.writerow([harmless(cell) for cell in (answer.asked, *asdict(line).values())])
    return "\ufeff" + text.getvalue()  # Excel takes it for UTF-8 by its mark


def as_json(answers: Sequence[Answer]) -> str:
    """What was asked, and the awards of each; what is not said of one is left out."""
    document = [
        {"asked": answer.asked, "awards": [_given(asdict(line)) for line in answer.lines]} for answer in answers
    ]
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _given(line: Mapping[str, str]) -> dict[str, str]:
    return {name: words for name, words in line.items() if words}


def _line(catalogue: Catalogue, batch: Batch, award: Award, as_of: date, language: str) -> Line:
    badge, plan = catalogue.badges[batch.badge], plan_of_batch(catalogue, batch.slug)
    issuer, elements = catalogue.issuers[badge.issuer], badge.microcredential
    unit, last = award.unit or badge.unit, catalogue.expires(batch, award)
    state, since = catalogue.state(batch, award, as_of).value, ""
    if award.revoked:
        since = str(award.revoked.date)
    elif state == "expired":
        since = str(last)

    def said(text: Text | None) -> str:
        return text.in_language(language) if text else ""

    return Line(
        award=award.id,
        title=said(badge.name),
        issuer=said(issuer.name),
        unit=said(issuer.units[unit]) if unit else "",
        date=str(batch.date),
        state=state,
        state_since=since,
        valid_until=str(last or ""),
        name=catalogue.shown_name(batch, award) or "",
        result=_result(badge, award.result, language),
        credits=_number(award.credits),
        ects=_number(elements.ects) if elements else "",
        eqf=_number(elements.eqf) if elements else "",
        workload=said(elements.workload) if elements else "",
        activity=said(batch.head.activity.name) if batch.head.activity else "",
        url=plan.url(plan.award_page(award.id, language)),
    )


def _number(value: int | float | None) -> str:
    return "" if value is None else str(value)


def _result(badge: BadgeClass, result: str | None, language: str) -> str:
    names = {value.id: value.name for value in badge.result.values} if badge.result else {}
    return names[result].in_language(language) if result in names else result or ""
